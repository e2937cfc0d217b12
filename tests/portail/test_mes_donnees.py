"""What a person is given of themselves: every table that may name somebody, and nothing of anybody else."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models import CharField, EmailField, TextField

from accroche.actions import operations
from accroche.actions.cycle import Etat
from accroche.actions.models import PieceJointe
from accroche.actions.phrases import DONE
from accroche.actions.saisie import Contenu, PorteurSaisi
from accroche.commun import journal, mail
from accroche.comptes import operations as comptes
from accroche.comptes.models import DemandeRattachement, User
from accroche.comptes.operations.appareils import open_device
from accroche.comptes.regles import TypeRole
from accroche.portail.gestes import GESTES
from accroche.portail.presentation import PAGE
from accroche.portail.queries import LEFT_OUT, PARTIES
from accroche.relecture.operations.echanges import comment
from accroche.votes.models import Candidature, Note, Scrutin
from accroche.votes.operations.vote import ask_to_vote
from tests import factories
from tests.actions.declaring import signed_in
from tests.donnees import archive_of, own_data_of
from tests.factories import NOW
from tests.test_consistency import text, with_suffix

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

ADDRESS, OTHER = "agathe@ac-dijon.fr", "collegue@ac-dijon.fr"
DAY = dt.timedelta(days=1)
#: How columns that hold whom one may be are called.
NAMES = re.compile(r"^(author|actor|consent|owner)_(name|by)$|_contact$|_phone$|^voter$")


def personal_columns() -> set[str]:
    """Every column of ours, and of what signs people in, that may name a person."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            is_person = column.remote_field is not None and column.remote_field.model is User
            is_text = isinstance(column, CharField | TextField) and not column.choices
            if is_person or isinstance(column, EmailField) or (is_text and NAMES.search(column.name)):
                found.add(f"{model._meta.label}.{column.name}")
    return found


def test_every_column_that_may_name_somebody_is_told_or_says_why_not() -> None:
    told = {f"{part.model._meta.label}.{column}" for part in PARTIES for column in part.columns}
    assert personal_columns() - told - LEFT_OUT.keys() == set(), "add it to PARTIES, or to LEFT_OUT with why"
    assert not told & LEFT_OUT.keys()
    assert LEFT_OUT.keys() <= personal_columns()
    assert len({part.key for part in PARTIES}) == len(PARTIES)


def test_what_the_journal_tells_has_words() -> None:
    written = re.compile(r"journal\.record(?:_many)?\([^\"()]+?, \"([a-z_]+)\"")
    verbs = {verb for path in with_suffix(".py", under="accroche/") for verb in written.findall(text(path))}
    assert len(verbs) > 20
    assert verbs - DONE.keys() - GESTES.keys() == set()


def lived(where: Territory, school: Etablissement, moderator: User) -> User:
    """A person who did about everything the site lets people do, beside a colleague."""
    other = factories.person(TypeRole.PORTEUR, OTHER, etablissement=school)
    person = factories.user(ADDRESS, "Agathe Partante")
    access = factories.access(person)
    comptes.ask_to_join(person, school, message="Professeure de lettres", at=NOW)
    request = DemandeRattachement.objects.get(user=person)
    comptes.answer_request(request, accepted=True, access=factories.access(other), at=NOW)
    comptes.invite(ADDRESS, TypeRole.PORTEUR, access=factories.access(other), at=NOW, etablissement=school)
    comptes.link_proconnect(person, "sub-1", at=NOW)
    comptes.rename(person, "Agathe Partante-Élue", at=NOW)
    person.refresh_from_db()
    content = Contenu(
        title="Forum des métiers",
        private_phone="0612345678",
        starts=dt.date(2026, 12, 1),
        porteurs=(PorteurSaisi(uai=school.uai),),
    )
    year = where.semaine.edition
    own = operations.declare(content, edition=year, access=access, at=NOW)
    elsewhere = factories.school(where, 8)
    third = factories.access(
        factories.person(TypeRole.PORTEUR, "tierce@ac-dijon.fr", etablissement=elsewhere)
    )
    hers = replace(
        content,
        title="Chez la collègue",
        private_phone="0699999999",
        porteurs=(PorteurSaisi(uai=elsewhere.uai),),
    )
    theirs = operations.declare(hers, edition=year, access=third, at=NOW)
    comment(own, "Un mot de moi", access=access, at=NOW)
    comment(theirs, "Un mot d’une autre", access=third, at=NOW)
    piece = factories.piece(own, "plan.pdf")
    PieceJointe.objects.filter(pk=piece.pk).update(consent_by=ADDRESS)
    piece.refresh_from_db()
    piece.file.save("plan.pdf", ContentFile(b"%PDF-plan"))
    vote = Scrutin.objects.create(
        edition=year, slug="vote", title="Innover", opens_at=NOW, closes_at=NOW + DAY
    )
    published = factories.action(where, factories.school(where, 7), Etat.PUBLISHED, title="Élue par elle")
    candidature = Candidature.objects.create(scrutin=vote, action=published, position=0)
    vote.jury.add(person)
    Note.objects.create(candidature=candidature, juror=person, mark=14, comment="Bien vu", at=NOW)
    ask_to_vote(candidature, ADDRESS, at=NOW)
    mail.queue(to=OTHER, subject="Pour une autre", body="Secret", key="autre", at=NOW)
    later = NOW + 9999 * DAY
    mail.queue(to=ADDRESS, subject="1234 5678", body="Un code", key="code", at=NOW, until=later)
    journal.record(person, "end_role", at=NOW, actor=moderator, note="Sur votre compte")
    open_device(person, "", label="Firefox sur Windows", kept=True, at=NOW, first=True)
    return person


@pytest.mark.django_db
def test_a_person_is_given_all_that_names_them_and_nothing_of_others(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    client = signed_in(lived(where, school, moderator))
    packed = archive_of(client)
    told = own_data_of(client)
    filled = {key for key, rows in told.items() if key != "le" and rows}
    assert filled >= {
        *("compte", "proconnect", "roles", "invitations", "demandes", "appareils", "fiches", "messages"),
        *("accords", "jurys", "notes", "votes", "journal", "courriels"),
    }
    [sheet] = told["fiches"]
    assert sheet["contenu"]["Premier jour"] == "01/12/2026"
    assert sheet["état"] == "Brouillon"
    assert told["notes"][0]["note"] == 14
    assert "Sur votre compte" in {row["note"] for row in told["journal"]}
    whole = str(told)
    assert "0612345678" in whole
    assert "Professeure de lettres" in whole
    assert "1234 5678" not in whole, "a code that still serves is in its mailbox alone"
    assert "Élue par elle" not in str(told["votes"]), "a vote that can be proved can be bought"
    for of_another in ("0699999999", "d’une autre", "Pour une autre", "Chez la collègue"):
        assert of_another not in whole
    [name] = [name for name in packed.namelist() if name.startswith("fichiers/")]
    assert name.endswith("plan.pdf")
    assert packed.read(name) == b"%PDF-plan"
    page = packed.read(PAGE).decode()
    for words in ("Ce qu’Accroche sait de moi", "Mes fiches", "Brouillon", "(heure de Paris)", "Rien sous"):
        assert words in page


@pytest.mark.django_db
def test_ten_archives_an_hour_are_enough() -> None:
    client = signed_in(factories.user())
    for _ in range(10):
        archive_of(client)
    refused = client.get("/comptes/moi/donnees/")
    assert refused.status_code == 429
    assert "Réessayez à partir de" in refused.content.decode()
