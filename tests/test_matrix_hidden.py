"""Every address again beside what is not there yet: there is no trace of it.

That is a visitor's draft whose address nobody confirmed, and the sheets that an import brings, before all of
them are there.
"""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action, Theme
from accroche.actions.operations import arrivage, ask_to_confirm, declare, follow_link, move
from accroche.actions.operations.confirmation import confirm
from accroche.actions.saisie import Contenu, PartenaireSaisi, PorteurSaisi
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import Semaine
from accroche.commun.models import Message
from accroche.comptes.permissions import ANONYMOUS
from accroche.dossier.queries.dossier import dossier_of
from accroche.imports.queries.confrontation import held_marks
from accroche.pilotage.couverture import Etape
from accroche.pilotage.queries import couverture
from accroche.relecture.queries.doublons import doublons_for
from tests import factories
from tests.factories import NOW
from tests.imports.recensement.concurrence import hidden
from tests.matrix_rules import RULES
from tests.test_matrix import HEALTH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from accroche.annuaire.models import Etablissement
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

#: What the draft says, and nothing else in the world.
WORDS = ("Forum clandestin", "Cirque Zavatta", "Fondation Xylophone", "inconnue@exemple.fr")
LOOKING = ("porteur", "moderateur", "national")
BETWEEN = ("porteur", "national")
#: Pages that must change once the sheets of an import are there, or the test sees nothing.
TOLD = ("relecture:file", "relecture:reconnaissance", "portail:tableau")
#: Tells when a person last signed in, and what they did: who brings the sheets knows of them.
OWN = "portail:mes_donnees"
#: What differs from one answer to the next whatever the database holds.
FLEETING = re.compile(rb"(csrfmiddlewaretoken|cle_envoi)\" value=\"[^\"]*\"")
#: Who is enough to ask each page's queries of another database.
FEW = ("moderateur",)
#: Lists that are narrowed by what is asked for.
SEARCHES = {
    "relecture:file": ("?texte=clandestin", "?etat=draft", "?etat="),
    "portail:exporter_fiches": ("?etat=draft", "?etat=toutes"),
    "relecture:doublons": ("?titre=Forum+clandestin&etablissement={uai}",),
    "actions:reprendre": ("?etablissement={uai}",),
    "annuaire:suggestions": ("?q=Zavatta",),
    "pilotage:couverture": ("?etape=brouillon",),
}


def told(answer: Any) -> bytes:
    """What an answer says, without what differs each time; of a workbook, without when it was made."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as book:
            parts = [(name, book.read(name)) for name in book.namelist() if name != "docProps/core.xml"]
        return repr(parts).encode()
    return FLEETING.sub(b"", body)


def begun(school: Etablissement, address: str = WORDS[3]) -> Action:
    """A complete draft of somebody nobody knows, in the name of a school."""
    content = Contenu(
        title=WORDS[0],
        description="On s’y retrouve.",
        temporality="semaine",
        levels=("college",),
        porteurs=(PorteurSaisi(school.uai), PorteurSaisi("", TypePorteur.COLLEGE, WORDS[1], "Dijon")),
        partenaires=(PartenaireSaisi(WORDS[2]),),
        private_email=WORDS[3],
    )
    return declare(content, edition=factories.edition(), access=ANONYMOUS, at=NOW, email=address)


def pages(world: World, uai: str, names: Iterable[str] = RULES) -> dict[tuple[str, str], bytes]:
    """What addresses answer to each person who may open them."""
    found = {}
    for who in ("anonymous", *LOOKING) if connection.vendor == "sqlite" else FEW:
        client = world.browser(who)
        for name in names:
            rule = RULES[name]
            if name in {OWN, HEALTH} or who not in rule.own or 200 not in rule.get:
                continue
            # what everybody reads is asked as nobody, and as who may see most there
            if who in BETWEEN and "anonymous" in rule.own:
                continue
            address = reverse(name, kwargs=rule.arguments(world.own))
            for query in ("", *SEARCHES.get(name, ())):
                found[f"{name}{query}", who] = told(client.get(address + query.format(uai=uai)))
    return found


def test_no_page_shows_a_draft_nobody_confirmed_nor_what_has_not_arrived(world: World) -> None:
    """Every page is the same to the byte, lists narrowed to it included; once it is there it is read."""
    Theme.objects.get_or_create(code="orientation")
    school = factories.school(world.own.where, 7)
    # an académie whose first sheet of the edition it is
    first = factories.territory("Paris", "75")
    away = factories.school(first, 8)
    first.semaine.delete()
    # of another database only the queries are asked: those of the lists that are narrowed, and of what counts
    names = RULES if connection.vendor == "sqlite" else {*SEARCHES, *TOLD}
    before = pages(world, school.uai, names)
    draft, other = begun(school), begun(away, "autre@exemple.fr")
    ask_to_confirm(draft, access=factories.access(None, sheets=frozenset({draft.pk})), at=NOW)
    mail = Message.objects.get(to=WORDS[3])
    token = re.findall(r"/lien/([\w-]+)/", mail.body)[0]
    mail.delete()  # who runs the site sees what waits to be sent
    arriving = hidden(world.own.where, world.people["moderateur"])
    beside = pages(world, school.uai, names)
    assert [key for key in before if before[key] != beside[key]] == []
    arrivage.reveal(arriving)
    there = pages(world, school.uai, TOLD)
    assert {name for (name, _), body in there.items() if body != before[name, _]} >= set(TOLD)
    assert WORDS[0].encode() not in b"".join(there.values())
    assert not Semaine.objects.filter(pk=other.semaine_id).exists()
    confirm(other)
    assert Semaine.objects.filter(pk=other.semaine_id).exists()

    follow_link(token, access=ANONYMOUS, at=NOW)
    assert WORDS[0] in pages(world, school.uai, ["relecture:file"])["relecture:file", "moderateur"].decode()
    draft.refresh_from_db()
    assert (draft.etat, draft.slug) == (Etat.SUBMITTED, "forum-clandestin")


def test_no_page_of_the_draft_itself_opens_and_no_step_is_made(world: World) -> None:
    draft = begun(factories.school(world.own.where, 7))
    for who in LOOKING:
        client = world.browser(who)
        for name in ("relecture:fiche", "actions:modifier", "actions:envoyee", "actions:pieces"):
            assert client.get(reverse(name, args=[draft.pk])).status_code in {302, 403, 404}, (who, name)
        client.post(reverse("relecture:etape", args=[draft.pk]), {"etape": "submit", "version": 0})
        client.post(reverse("relecture:commenter", args=[draft.pk]), {"text": "Bonjour"})
        person = factories.access(world.people[who])
        for step in (Step.SUBMIT, Step.WITHDRAW):
            with pytest.raises(PermissionDenied):
                move(draft, step, access=person, at=NOW)
    draft.refresh_from_db()
    assert (draft.etat, draft.unconfirmed, draft.commentaires.count()) == (Etat.DRAFT, True, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.with_unconfirmed.filter(pk=draft.pk).update(etat=Etat.PUBLISHED)


def test_nothing_counts_exports_compares_or_merges_it(world: World, tmp_path: Path) -> None:
    where, moderator = world.own.where, factories.access(world.people["moderateur"])
    school = factories.school(where, 7)
    draft = begun(school)
    assert doublons_for(WORDS[0], school, where.semaine, moderator) == []
    assert draft.pk not in held_marks(where.semaine).values()
    assert not where.semaine.actions.filter(pk=draft.pk).exists(), "what a pack is laid over"
    edition = where.semaine.edition
    everything = dossier_of(edition, Action.objects.all())
    assert WORDS[0] not in repr(everything)
    covered = couverture.schools(couverture.cadre_of(edition, dt.date(2026, 11, 24)), moderator)
    steps = [row.etape for row in couverture.effectifs(covered.filter(uai=school.uai))]
    assert steps == [Etape.NOTHING]
    call_command("export_edition", edition.year, out=tmp_path / "edition.json")
    assert WORDS[0] not in (tmp_path / "edition.json").read_text()
