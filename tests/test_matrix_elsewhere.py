"""The matrix as an adversary walks it: every address with a query, then a form, that names the other side."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.urls import reverse

from accroche.actions.models import Commentaire
from accroche.comptes.models import Invitation, Role
from tests.matrix import FORM_ONLY, PEOPLE, SIGNED_IN
from tests.matrix_rules import RULES
from tests.world import Side, World, leaks

# who may see what is the same rows of both databases; their queries are asked of both by the matrix
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

#: The people whose territory is one side, and who may do most there.
OF_ONE_SIDE = ("porteur", "referent_bassin", "moderateur")


def naming(side: Side) -> dict[str, Any]:
    """A query or a form that names everything of ``side``, under the names our pages use."""
    sheets = [side.draft.pk, side.waiting.pk, side.to_complete.pk, side.published.pk, side.withdrawn.pk]
    return {
        "academie": side.where.academie.pk,
        "departement": side.where.departement.pk,
        "bassin": side.where.bassin.pk,
        "etablissement": side.school.uai,
        "etablissements": [side.school.pk],
        "ecoles": [side.school.uai],
        "semaine": side.where.semaine.pk,
        "action": side.waiting.pk,
        "fiche": side.waiting.pk,
        "fiches": sheets,
        "actions": sheets,
        "pk": sheets,
        "piece": side.piece.pk,
        "demande": side.demande.pk,
        "reponse": "oui",
        "role": side.role.pk,
        "invitation": side.invitation.pk,
        "scrutin": side.scrutin.pk,
        "candidature": side.candidature.pk,
        "previous": side.published.pk,
        "doublon": side.waiting.pk,
        "autre": side.waiting.pk,
        "email": "quelquun@example.fr",
        "kind": "porteur",
        "etape": "publish",
        "step": "publish",
        "confirmer": "1",
        "title": "Un titre",
        "q": side.name,
    }


def test_the_net_holds_what_it_should_catch(world: World) -> None:
    """What a moderator reads of the own side would be told if anybody else read it."""
    address = reverse("relecture:fiche", kwargs={"pk": world.own.waiting.pk})
    page = world.browser("moderateur").get(address)
    assert not leaks(world, "moderateur", page)
    assert f"own sheet {world.own.waiting.pk}" in leaks(world, "no_role", page)
    assert "own comment" in leaks(world, "by_link", page)


def test_a_query_that_names_the_other_territory_shows_nothing_of_it(world: World) -> None:
    """One world for all addresses: making it costs more than asking."""
    wrong = []
    by_slug = naming(world.other) | {"academie": world.other.where.academie.slug}
    clients = {who: world.browser(who) for who in OF_ONE_SIDE}
    for name, rule in RULES.items():
        address = reverse(name, kwargs=rule.arguments(world.own))
        asking = set(OF_ONE_SIDE[::2] if "anonymous" in rule.own else OF_ONE_SIDE)
        for who in sorted(rule.own & asking) if not rule.get & FORM_ONLY else ():
            # how a page reads its address is its own, whoever asks
            for query in (naming(world.other), by_slug) if who == OF_ONE_SIDE[-1] else (naming(world.other),):
                sid = transaction.savepoint()
                response = clients[who].get(address, query)
                wrong += [f"{who} reads {leak} at {address}" for leak in leaks(world, who, response)]
                transaction.savepoint_rollback(sid)
    assert not wrong


#: Open to whoever has an account, or to all: one asks to join, or declares for, any school.
OPEN = (frozenset(PEOPLE), SIGNED_IN)


def held_by(side: Side) -> dict[str, Any]:
    """What the database holds of one side, to be found unchanged."""
    things = {name: getattr(side, name) for name in Side.__dataclass_fields__}
    found: dict[str, Any] = {}
    for name, thing in things.items():
        if isinstance(thing, Model):
            found[name] = type(thing)._default_manager.filter(pk=thing.pk).values().get()
    here = {"academie": side.where.academie, "etablissement": side.school, "bassin": side.where.bassin}
    for column, place in here.items():
        for model in (Role, Invitation):
            found[f"{model.__name__} {column}"] = model.objects.filter(**{column: place}).count()
    found["comments"] = Commentaire.objects.filter(action__semaine=side.where.semaine).count()
    return found


def test_a_form_about_one_s_own_place_never_reaches_the_other(world: World) -> None:
    wrong = []
    before = held_by(world.other)
    clients = {who: world.browser(who) for who in OF_ONE_SIDE}
    for name, rule in RULES.items():
        address = reverse(name, kwargs=rule.arguments(world.own))
        for who in sorted(rule.own & set(OF_ONE_SIDE)) if rule.own not in OPEN else ():
            sid = transaction.savepoint()
            clients[who].post(address, naming(world.other))
            after = held_by(world.other)
            wrong += [f"{who} changed {key} at {address}" for key in before if before[key] != after[key]]
            transaction.savepoint_rollback(sid)
    assert not wrong
