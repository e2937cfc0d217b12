"""A person who did everything the site lets people do, then deletes their account: no table names them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.urls import reverse

from accroche.actions import operations
from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action, Commentaire
from accroche.actions.regles import Temporalite
from accroche.actions.saisie import Contenu, PorteurSaisi
from accroche.commun.models import JournalEntry, Message
from accroche.comptes import operations as comptes
from accroche.comptes.models import DemandeRattachement, User
from accroche.comptes.queries import life_of
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.echanges import comment
from accroche.votes.models import Candidature, Scrutin
from accroche.votes.operations.organisation import add_juror, remove_juror
from accroche.votes.operations.vote import ask_to_vote
from tests import factories
from tests.actions.declaring import signed_in
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

ADDRESS = "agathe.partante@ac-dijon.fr"
NAMES = ("Agathe Partante", "Agathe Partante-Élue", "Agathe")


def everything() -> dict[str, str]:
    """What every table of the database holds, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - its own names
            text = str(cursor.fetchall())
            # SQLite keeps the accents of JSON escaped
            found[table] = text + re.sub(r"\\+u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
    return found


def content(school: Etablissement, **more: Any) -> Contenu:
    told = {
        "title": "Forum des métiers",
        "description": "Les élèves rencontrent des professionnels. " * 4,
        "levels": ("lycee",),
        "temporality": Temporalite.ANNEE,
        "private_contact": NAMES[0],
        "private_email": ADDRESS,
        "private_phone": "0612345678",
        "porteurs": (PorteurSaisi(uai=school.uai),),
    }
    return Contenu(**(told | more))


def without_account(where: Territory, school: Etablissement) -> Action:
    """Declared by a link, confirmed, changed, with a file and a message, then sent."""
    edition = where.semaine.edition
    action = operations.declare(
        content(school), edition=edition, access=factories.access(None), at=NOW, email=ADDRESS
    )
    operations.ask_to_confirm(action, access=factories.access(None, sheets=frozenset({action.pk})), at=NOW)
    mail = Message.objects.filter(to=ADDRESS).latest("pk")
    [token] = re.findall(r"/declarer/lien/([\w-]+)/", mail.body)
    operations.follow_link(token, access=factories.access(None), at=NOW)
    opened = factories.access(None, sheets=frozenset({action.pk}))
    action.refresh_from_db()
    comment(action, f"Écrivez-moi à {ADDRESS}.", access=opened, at=NOW)
    return Action.objects.get(pk=action.pk)


def test_no_table_names_who_deleted_their_account(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    other = factories.person(TypeRole.PORTEUR, "collegue@ac-dijon.fr", etablissement=school)
    admin = factories.person(TypeRole.ADMINISTRATEUR, "admin@exemple.fr")
    began = without_account(where, school)

    person = factories.user(ADDRESS, "")
    comptes.rename(person, NAMES[0], at=NOW)
    person.refresh_from_db()
    comptes.ask_to_join(person, school, message=f"{NAMES[0]}, professeure, {ADDRESS}", at=NOW)
    request = DemandeRattachement.objects.get(user=person)
    comptes.answer_request(
        request, accepted=True, access=factories.access(other), at=NOW, note=f"Bienvenue {NAMES[0]}"
    )
    comptes.invite(ADDRESS, TypeRole.PORTEUR, access=factories.access(other), at=NOW, etablissement=school)
    comptes.link_proconnect(person, "sub-1", at=NOW)
    comptes.grant(
        person, TypeRole.MODERATEUR, access=factories.access(admin), at=NOW, academie=where.academie
    )
    comptes.invite(
        ADDRESS, TypeRole.LECTEUR, access=factories.access(moderator), at=NOW, academie=where.academie
    )
    access = factories.access(person)
    comptes.invite("nouvelle@ac-dijon.fr", TypeRole.PORTEUR, access=access, at=NOW, etablissement=school)

    edition = where.semaine.edition
    own = operations.declare(
        content(school, title="Journée portes ouvertes"), edition=edition, access=access, at=NOW
    )
    own = operations.save(
        own,
        content(school, title="Journée portes ouvertes", private_contact=NAMES[0].upper()),
        access=access,
        at=NOW,
        version=own.version,
    ).action
    own = operations.move(own, Step.SUBMIT, access=access, at=NOW)
    theirs = operations.declare(
        content(school, title="Tutorat", private_email=other.email),
        edition=edition,
        access=factories.access(other),
        at=NOW,
    )
    theirs = operations.move(theirs, Step.SUBMIT, access=factories.access(other), at=NOW)
    comment(theirs, f"Appelez {ADDRESS}", access=access, at=NOW)
    operations.move(theirs, Step.ASK, access=access, at=NOW, reason=f"Voir avec {ADDRESS}")
    comptes.rename(person, NAMES[1], at=NOW)
    person.refresh_from_db()
    scrutin = Scrutin.objects.create(
        edition=edition,
        academie=where.academie,
        slug="innovation",
        title="Innovation",
        opens_at=NOW + dt.timedelta(days=1),
        closes_at=NOW + dt.timedelta(days=2),
    )
    run = factories.access(moderator)
    add_juror(scrutin, ADDRESS, access=run, at=NOW)
    remove_juror(scrutin, person, access=run, at=NOW)
    published = factories.action(where, school, Etat.PUBLISHED)
    candidature = Candidature.objects.create(scrutin=scrutin, action=published, position=0)
    ask_to_vote(candidature, ADDRESS, at=NOW + dt.timedelta(days=1, hours=1))
    comptes.rename(person, NAMES[2], at=NOW)
    person.refresh_from_db()
    client = signed_in(person)
    client.get(reverse("portail:tableau"))

    held = everything()
    assert sum(ADDRESS in text for text in held.values()) > 5, "much names them before"
    assert sum(NAMES[0] in text for text in held.values()) > 2
    client.post(reverse("portail:supprimer_compte"))

    for table, text in everything().items():
        assert ADDRESS not in text.lower(), table
        for name in NAMES[:2]:
            assert name.lower() not in text.lower(), table
        assert "0612345678" not in text, table
    assert Action.objects.get(pk=began.pk).title == "Forum des métiers"
    assert Commentaire.objects.filter(text__contains="Écrivez-moi à").exists(), "what was written stays"
    assert JournalEntry.objects.filter(verb="add_juror").exists()
    assert Message.objects.filter(to=other.email).exists()
    assert not any("efface" in event.words or "efface" in event.who for event in life_of(school, NOW))
