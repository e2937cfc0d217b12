"""Writing a sheet: who may, in which state, what it leaves in the journal and the mails, and races."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Activite
from accroche.actions.operations import (
    DeclarationError,
    NotReadyError,
    StaleError,
    declare,
    save,
)
from accroche.actions.operations.confirmation import confirm
from accroche.actions.operations.declaration import ready, write
from accroche.actions.queries import content_of
from accroche.actions.regles import SourceAction
from accroche.actions.saisie import (
    ActiviteSaisie,
    Contenu,
    LienSaisi,
    PartenaireSaisi,
    PorteurSaisi,
)
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Partenaire, Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.commun import journal
from accroche.commun.limites import LimitError
from accroche.commun.models import JournalEntry, Message
from accroche.commun.plafonds import DRAFTS_MAILBOX
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

pytestmark = pytest.mark.django_db


def content(school: Etablissement, **more: Any) -> Contenu:
    defaults: dict[str, Any] = {
        "title": "Forum des métiers",
        "description": "Les élèves rencontrent des professionnels.",
        "porteurs": (PorteurSaisi(school.uai),),
    }
    return Contenu(**defaults | more)


def full(school: Etablissement) -> Contenu:
    """Every field filled."""
    return Contenu(
        title="Forum des métiers",
        description="Les élèves rencontrent des professionnels.",
        porteurs=(
            PorteurSaisi(school.uai, school.kind, school.name, school.commune),
            PorteurSaisi("", "chambre", "Chambre de métiers", "Dijon"),
        ),
        levels=("college",),
        temporality="semaine",
        starts=dt.date(2026, 11, 23),
        ends=dt.date(2026, 11, 27),
        classes="4e A",
        audience_size=120,
        audience_note="et leurs parents",
        nature="prevention",
        themes=("orientation", "parents"),
        cles=("equipe",),
        partenaires=(PartenaireSaisi("ONISEP", "participe", "prête des kakémonos"),),
        liens=(LienSaisi("https://college.example/forum", "Le programme"),),
        activites=(
            ActiviteSaisie("Ateliers", "Par métier", dt.date(2026, 11, 23)),
            ActiviteSaisie("Bilan"),
        ),
        authority="La rectrice",
        public_contact="03 du collège",
        private_contact="Camille Petit",
        private_email="camille@ac-dijon.fr",
        private_phone="0380000000",
    )


# -- a new sheet -----------------------------------------------------------------------------------


def test_three_things_are_enough_for_a_draft(where: Territory, school: Etablissement) -> None:
    person = factories.user()
    made = declare(content(school), edition=where.semaine.edition, access=factories.access(person), at=NOW)
    assert (made.etat, made.source, made.declarant) == (Etat.DRAFT, SourceAction.DECLARATION, person)
    assert (made.semaine, made.slug, made.created_at) == (where.semaine, "forum-des-metiers", NOW)
    assert made.porteurs.get().etablissement == school
    entry = journal.entries(made).get()
    assert (entry.verb, entry.actor) == ("declare", person)
    assert not Message.objects.exists(), "nobody is told of a draft"


def test_all_that_is_written_is_read_back(where: Territory, school: Etablissement) -> None:
    access = factories.access(factories.user())
    made = declare(full(school), edition=where.semaine.edition, access=access, at=NOW)
    assert content_of(Action.objects.get(pk=made.pk)) == full(school)


def test_the_semaine_follows_the_school_and_is_opened_when_it_is_the_first(school: Etablissement) -> None:
    away = factories.territory("Lyon", "69")
    other = factories.school(away)
    edition = away.semaine.edition
    Semaine.objects.filter(academie=away.academie).delete()
    access = factories.access(factories.user())
    made = declare(content(other), edition=edition, access=access, at=NOW)
    assert (made.semaine.academie, made.semaine.status) == (away.academie, StatutSemaine.PREPARING)
    moved = save(made, content(school), access=access, at=NOW).action
    assert moved.semaine.academie.name == "Dijon"


def test_a_school_of_no_academie_and_an_unknown_code_are_refused_with_the_place(
    where: Territory, school: Etablissement
) -> None:
    access = factories.access(factories.user())
    where.departement.academies.clear()
    for wrong, words in (
        (content(school), "aucune académie"),
        (content(school, porteurs=()), "Choisissez"),
        (content(school, porteurs=(PorteurSaisi("0210009X"),)), "0210009X"),
    ):
        with pytest.raises(DeclarationError, match=words) as caught:
            declare(wrong, edition=where.semaine.edition, access=access, at=NOW)
        assert caught.value.field == "etablissement"
    assert not Action.with_unconfirmed.exists()


def test_the_same_title_gets_an_address_of_its_own(where: Territory, school: Etablissement) -> None:
    access = factories.access(factories.user())
    slugs = [
        declare(content(school, title=title), edition=where.semaine.edition, access=access, at=NOW).slug
        for title in ("Forum", "Forum", "Forum", "!!!", "a" * 300)
    ]
    assert slugs[:4] == ["forum", "forum-2", "forum-3", "action"]
    assert list(Action.objects.order_by("pk").values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_a_visitor_gives_an_address_and_not_too_many_sheets(where: Territory, school: Etablissement) -> None:
    edition, nobody = where.semaine.edition, factories.access(None)
    with pytest.raises(DeclarationError) as caught:
        declare(content(school), edition=edition, access=nobody, at=NOW)
    assert caught.value.field == "email"
    for _ in range(DRAFTS_MAILBOX.most):
        made = declare(content(school), edition=edition, access=nobody, at=NOW, email="Prof@example.fr ")
        assert (made.declarant_email, made.declarant) == ("prof@example.fr", None)
    with pytest.raises(LimitError):
        declare(content(school), edition=edition, access=nobody, at=NOW, email="prof@example.fr")
    later = NOW + dt.timedelta(minutes=61)
    assert declare(content(school), edition=edition, access=nobody, at=later, email="prof@example.fr")
    person = factories.access(factories.user("prof@example.fr"))
    assert declare(content(school), edition=edition, access=person, at=NOW).declarant_email == ""


@pytest.mark.parametrize("etat", Etat)
def test_only_a_moderator_s_import_skips_the_draft(
    where: Territory, school: Etablissement, etat: Etat
) -> None:
    away = factories.territory("Lyon", "69")
    for who, academie, may in (
        (TypeRole.MODERATEUR, where.academie, {Etat.DRAFT, Etat.SUBMITTED}),
        (TypeRole.MODERATEUR, away.academie, {Etat.DRAFT}),
        (TypeRole.LECTEUR, where.academie, {Etat.DRAFT}),
    ):
        person = factories.person(who, f"{who}@{academie.slug}.example", academie=academie)
        access = factories.access(person)
        if etat in may:
            made = declare(content(school), edition=where.semaine.edition, access=access, at=NOW, etat=etat)
            assert made.etat == etat
            assert made.submitted_at == (None if etat is Etat.DRAFT else NOW)
        else:
            with pytest.raises(PermissionDenied):
                declare(content(school), edition=where.semaine.edition, access=access, at=NOW, etat=etat)


# -- a change ----------------------------------------------------------------------------------------

PEOPLE: dict[str, Callable[[Territory, Territory, Etablissement], tuple[TypeRole, dict[str, Any]] | None]] = {
    "nobody": lambda _own, _away, _school: None,
    "own_school": lambda _own, _away, school: (TypeRole.PORTEUR, {"etablissement": school}),
    "own_moderator": lambda own, _away, _school: (TypeRole.MODERATEUR, {"academie": own.academie}),
    "own_referent": lambda own, _away, _school: (TypeRole.REFERENT, {"bassin": own.bassin}),
    "own_reader": lambda own, _away, _school: (TypeRole.LECTEUR, {"academie": own.academie}),
    "other_moderator": lambda _own, away, _school: (TypeRole.MODERATEUR, {"academie": away.academie}),
    "national": lambda _own, _away, _school: (TypeRole.NATIONAL, {}),
}
WRITERS = {"own_school", "own_moderator", "own_referent"}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("etat", Etat)
def test_who_may_write_in_which_state(where: Territory, school: Etablissement, who: str, etat: Etat) -> None:
    away = factories.territory("Lyon", "69")
    target = factories.action(where, school)
    sheet = factories.action(where, school, etat, merged_into=target if etat is Etat.MERGED else None)
    told = PEOPLE[who](where, away, school)
    access = factories.access(factories.person(told[0], **told[1]) if told else None)
    new = replace(content_of(sheet), title="Un autre titre")
    editable = etat in {Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE}
    if (who in WRITERS and editable) or (who == "own_moderator" and etat is Etat.PUBLISHED):
        saved = save(sheet, new, access=access, at=NOW)
        assert saved.action.title == "Un autre titre"
        assert saved.action.etat == etat
        entry = journal.entries(sheet).get()
        assert (entry.verb, entry.changes) == ("edit", {"title": [sheet.title, "Un autre titre"]})
        return
    with pytest.raises(PermissionDenied):
        save(sheet, new, access=access, at=NOW)
    assert not JournalEntry.objects.exists()
    sheet.refresh_from_db()
    assert sheet.version == 0


def test_a_published_sheet_that_could_not_stay_public_is_left_as_it_was(
    where: Territory, school: Etablissement
) -> None:
    moderator = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    sheet = factories.action(where, school, Etat.PUBLISHED)
    new = replace(content_of(sheet), description="Appelez-moi au 06 12 34 56 78.")
    with pytest.raises(NotReadyError) as caught:
        save(sheet, new, access=moderator, at=NOW)
    assert [(r.field, r.excerpt) for r in caught.value.remarks] == [("description", "06 12 34 56 78")]
    sheet.refresh_from_db()
    assert (sheet.version, JournalEntry.objects.count()) == (0, 0)
    assert "06 12" not in sheet.description


def test_a_change_is_told_field_by_field_and_to_the_owners_once(
    where: Territory, school: Etablissement
) -> None:
    owner = factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school)
    referent = factories.person(TypeRole.REFERENT, "referent@ac-dijon.fr", bassin=where.bassin)
    sheet = declare(content(school), edition=where.semaine.edition, access=factories.access(owner), at=NOW)
    changes = save(sheet, full(school), access=factories.access(referent), at=NOW).changes
    assert changes["audience_size"] == (None, 120)
    assert changes["starts"] == (None, "2026-11-23")
    assert changes["themes"] == ([], ["orientation", "parents"])
    assert changes["porteurs"][1][1] == "Chambre de métiers, Dijon"
    assert changes["partenaires"] == ([], ["ONISEP – participe – prête des kakémonos"])
    assert changes["liens"] == ([], ["Le programme : https://college.example/forum"])
    assert changes["activites"][1][0] == "Ateliers – le 23\u00a0novembre 2026 – Par métier"
    assert "title" not in changes
    # not to the contact that was typed, whom nobody knows to be one
    mail = Message.objects.get(to="porteur@ac-dijon.fr")
    assert "Nombre d’élèves\n  avant\u00a0: (vide)\n  après\u00a0: 120" in mail.body
    assert "Premier jour\n  avant\u00a0: (vide)\n  après\u00a0: 23/11/2026" in mail.body
    assert "après\u00a0: Orientation, Parents" in mail.body

    save(sheet, content(school), access=factories.access(owner), at=NOW, version=1)
    assert Message.objects.count() == 1, "who answers for the sheet knows what they did"


def test_the_same_content_again_changes_nothing(where: Territory, school: Etablissement) -> None:
    access = factories.access(factories.user())
    sheet = declare(full(school), edition=where.semaine.edition, access=access, at=NOW)
    again = save(sheet, full(school), access=access, at=NOW, version=7)
    assert (again.changes, again.action.version, journal.entries(sheet).count()) == ({}, 0, 1)


def test_a_draft_saved_while_typing_leaves_no_line(where: Territory, school: Etablissement) -> None:
    access = factories.access(factories.user())
    sheet = declare(content(school), edition=where.semaine.edition, access=access, at=NOW)
    saved = save(sheet, full(school), access=access, at=NOW, autosave=True)
    assert (saved.action.version, journal.entries(sheet).count()) == (1, 1)
    waiting = factories.action(where, school, Etat.SUBMITTED, declarant=access.user)
    save(waiting, full(school), access=access, at=NOW, autosave=True)
    assert journal.entries(waiting).get().verb == "edit"


def test_who_read_an_older_version_overwrites_nothing(where: Territory, school: Etablissement) -> None:
    access = factories.access(factories.user())
    sheet = declare(full(school), edition=where.semaine.edition, access=access, at=NOW)
    save(sheet, replace(full(school), title="Premier"), access=access, at=NOW, version=0)
    with pytest.raises(StaleError):
        save(sheet, replace(full(school), title="Second", liens=()), access=access, at=NOW, version=0)
    held = Action.objects.get(pk=sheet.pk)
    assert (held.title, held.liens.count(), held.version) == ("Premier", 1, 1)


def test_activities_that_stay_keep_their_row(where: Territory, school: Etablissement) -> None:
    access = factories.access(factories.user())
    sheet = declare(full(school), edition=where.semaine.edition, access=access, at=NOW)
    origin = factories.action(where, school)
    first, second = sheet.activites.all()
    Activite.objects.filter(pk=second.pk).update(absorbed_from=origin)
    new = replace(
        full(school),
        activites=(
            ActiviteSaisie("Bilan de l’année", number=second.pk),
            ActiviteSaisie("Sortie"),
            ActiviteSaisie("Copie", number=second.pk),
            ActiviteSaisie("D’ailleurs", number=first.pk + 1000),
        ),
    )
    save(sheet, new, access=access, at=NOW)
    rows = list(sheet.activites.all())
    assert [row.title for row in rows] == ["Bilan de l’année", "Sortie", "Copie", "D’ailleurs"]
    assert (rows[0].pk, rows[0].absorbed_from) == (second.pk, origin)
    assert not Activite.objects.filter(pk=first.pk).exists()


def test_carriers_and_partners_are_there_once(where: Territory, school: Etablissement) -> None:
    access = factories.access(factories.user())
    Partenaire.objects.create(name="ONISEP", kind="operateur", internal=True)
    twice = content(
        school,
        porteurs=(PorteurSaisi(school.uai), PorteurSaisi(school.uai, name="Autre nom")),
        partenaires=(PartenaireSaisi("ONISEP", "participe"), PartenaireSaisi("ONISEP", "finance")),
    )
    for _ in range(2):
        sheet = declare(twice, edition=where.semaine.edition, access=access, at=NOW)
        assert sheet.portages.count() == 1
        assert sheet.participations.get().role == "participe"
    assert Porteur.objects.get().name == school.name
    assert Partenaire.objects.get().kind == "operateur"


def test_a_sheet_that_waits_does_not_leave_its_academie(where: Territory, school: Etablissement) -> None:
    away = factories.school(factories.territory("Lyon", "69"))
    moderator = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    sheet = factories.action(where, school)
    with pytest.raises(DeclarationError, match="autre académie"):
        save(sheet, content(away), access=moderator, at=NOW)


def test_an_address_taken_that_very_moment_is_told_as_a_writing_meanwhile(
    where: Territory, school: Etablissement, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = factories.territory("Lyon", "69")
    held = factories.action(away, None, slug="forum")
    access = factories.access(factories.user())
    sheet = declare(content(school), edition=where.semaine.edition, access=access, at=NOW)
    monkeypatch.setattr("accroche.actions.operations.declaration.free_slugs", lambda *_: iter([held.slug]))
    with pytest.raises(StaleError):
        save(sheet, content(factories.school(away)), access=access, at=NOW)
    sheet.refresh_from_db()
    assert (sheet.semaine, sheet.version) == (where.semaine, 0)


def test_who_has_no_account_is_told_with_a_link_that_opens_the_sheet(
    where: Territory, school: Etablissement
) -> None:
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    sheet = factories.action(where, school, declarant_email="prof@example.fr", private_email="")
    factories.followed(sheet)
    save(sheet, full(school), access=factories.access(moderator), at=NOW)
    message = Message.objects.get(to="prof@example.fr")
    assert "/declarer/lien/" in message.body
    assert sheet.acces.get(used_at=None).submits is False


def test_the_address_of_a_visitor_changes_until_it_is_confirmed(
    where: Territory, school: Etablissement
) -> None:
    sheet = declare(
        content(school), edition=where.semaine.edition, access=factories.access(None), at=NOW, email="a@b.fr"
    )
    access = factories.access(None, sheets=frozenset({sheet.pk}))
    sheet = save(sheet, content(school), access=access, at=NOW, email="Prof@b.fr").action
    assert sheet.declarant_email == "prof@b.fr"
    made = ready(sheet, content(school), access=access, at=NOW, email="c@b.fr")
    confirm(sheet)
    with pytest.raises(StaleError):  # its link was followed while another address was typed
        write(made, access=access, at=NOW)
    assert save(sheet, content(school), access=access, at=NOW, email="c@b.fr").action.declarant_email == (
        "prof@b.fr"
    )
