"""What changed since the académie last judged a sheet, whoever changed it, and by whatever way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.urls import reverse

from accroche.actions.cycle import JUDGES, Etat, Side, Step, steps_from
from accroche.actions.models import Action, Lecture
from accroche.actions.operations import save
from accroche.actions.operations.cycle import move
from accroche.actions.queries import content_of
from accroche.actions.regles import Consentement, EtatPiece
from accroche.actions.saisie import ActiviteSaisie, LienSaisi
from accroche.commun import journal
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.echanges import comment
from accroche.relecture.presentation.depuis import Depuis, depuis
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def owner(school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, "prof@ac-dijon.fr", etablissement=school)


def step(sheet: Action, made: Step, who: User, hours: int, reason: str = "") -> Action:
    fresh = Action.objects.get(pk=sheet.pk)
    return move(fresh, made, access=factories.access(who), at=NOW + hours * HOUR, reason=reason)


def write(sheet: Action, who: User, hours: int, *, autosave: bool = False, **fields: Any) -> None:
    fresh = Action.objects.get(pk=sheet.pk)
    content = replace(content_of(fresh), **fields)
    save(fresh, content, access=factories.access(who), at=NOW + hours * HOUR, autosave=autosave)


def read(sheet: Action) -> Depuis | None:
    fresh = Action.objects.get(pk=sheet.pk)
    return depuis(fresh, list(journal.entries(fresh)), fresh.commentaires.all())


def told(sheet: Action) -> dict[str, tuple[str, str]]:
    """Each change by its label, what was and what is."""
    found = read(sheet)
    assert found
    assert found.changes is not None
    return {
        change.label: (
            "".join(part.text for part in change.passages if part.kind != "inserted"),
            "".join(part.text for part in change.passages if part.kind != "deleted"),
        )
        for change in found.changes
    }


def test_a_sheet_that_was_never_judged_has_nothing_new(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    sheet = factories.action(where, school)
    assert read(sheet) is None
    comment(sheet, "Une question", access=factories.access(moderator), at=NOW)
    assert read(sheet) is None, "a message is no judgement"


def test_the_request_its_answer_and_what_changed(
    where: Territory, school: Etablissement, moderator: User, owner: User
) -> None:
    sheet = factories.action(where, school, public_contact="")
    photo, gone = factories.piece(sheet), factories.piece(sheet, "ancienne.jpg")
    step(sheet, Step.ASK, moderator, 1, "Quel jour ?")
    assert read(sheet) is None, "while the school is waited for, that nothing is new is no news"
    write(
        sheet,
        owner,
        2,
        starts=NOW.date(),
        classes="4e B",
        private_phone="03 80 12 34 56",
        liens=(LienSaisi("https://example.fr"),),
    )
    comment(sheet, "Le 24, dans la cour.", access=factories.access(owner), at=NOW + 3 * HOUR)
    type(photo).objects.filter(pk=photo.pk).update(caption="La cour", consent=Consentement.NOBODY)
    gone.delete()
    factories.piece(sheet, "nouvelle.jpg")
    step(sheet, Step.SUBMIT, owner, 4)
    pending = Consentement.PENDING.label
    assert told(sheet) == {
        "Premier jour": ("", "24/11/2026"),
        "Classes": ("", "4e B"),
        "Liens": ("", "https://example.fr"),
        "Pièces jointes": (
            f"fete.jpg – {pending}\nancienne.jpg – {pending}",
            f"fete.jpg – La cour – {Consentement.NOBODY.label}\nnouvelle.jpg – {pending} – nouveau fichier",
        ),
    }, "never whom to ask"
    found = read(sheet)
    assert found
    assert (found.step, found.asked.text, found.undone) == (Step.ASK, "Quel jour ?", False)
    assert [(one.who, one.text) for one in found.messages] == [(str(owner), "Le 24, dans la cour.")]


def test_what_saved_itself_without_a_line_of_the_journal_is_told(
    where: Territory, school: Etablissement, moderator: User, owner: User
) -> None:
    """A published sheet taken up again is a draft, which saves itself while one types."""
    sheet = factories.action(where, school)
    step(sheet, Step.PUBLISH, moderator, 1)
    step(sheet, Step.REVISE, owner, 2)
    write(sheet, owner, 3, autosave=True, title="Un tout autre titre")
    assert not journal.entries(sheet).filter(verb="edit").exists()
    step(sheet, Step.SUBMIT, owner, 4)
    assert told(sheet) == {"Titre": (sheet.title, "Un tout autre titre")}


def test_a_file_replaced_under_the_same_name_is_told(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    sheet = factories.action(where, school)
    before = factories.piece(sheet)
    step(sheet, Step.ASK, moderator, 1, "Une autre photo ?")
    before.delete()
    factories.piece(sheet)
    assert told(sheet)["Pièces jointes"][1].endswith("nouveau fichier")


def test_a_judgement_taken_back_leaves_what_was_read(
    where: Territory, school: Etablissement, moderator: User, owner: User
) -> None:
    """Who cancels a request did not read what was written meanwhile."""
    sheet = factories.action(where, school)
    step(sheet, Step.ASK, moderator, 1, "Quel jour ?")
    write(sheet, owner, 2, classes="4e B")
    step(sheet, Step.CANCEL_ASK, moderator, 3)
    found = read(sheet)
    assert found
    assert found.undone
    assert told(sheet) == {"Classes": ("", "4e B")}


def test_a_sheet_judged_before_it_was_kept_says_so(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    sheet = factories.action(where, school)
    step(sheet, Step.ASK, moderator, 1, "Quel jour ?")
    Lecture.objects.all().delete()
    found = read(sheet)
    assert found
    assert found.changes is None


@pytest.mark.parametrize("made", Step)
def test_judging_alone_keeps_what_was_read(
    where: Territory, school: Etablissement, moderator: User, made: Step
) -> None:
    if made in {Step.MERGE, Step.SPLIT}:
        return
    etat = next(etat for etat in Etat if made in steps_from(etat))
    sheet = factories.action(where, school, etat)
    step(sheet, made, moderator, 1, "Parce que")
    assert Lecture.objects.filter(action=sheet).exists() is (made in JUDGES)
    assert set(Step) >= JUDGES
    assert all(made in {one for etat in Etat for one in steps_from(etat, Side.MODERATOR)} for made in JUDGES)


def test_it_stands_before_the_rest_for_who_decides_alone(
    where: Territory, school: Etablissement, moderator: User, owner: User, django_assert_max_num_queries: Any
) -> None:
    sheet = factories.action(where, school)
    ready = factories.piece(sheet)
    waiting = factories.piece(sheet, "panorama.jpg")
    type(waiting).objects.filter(pk=waiting.pk).update(
        state=EtatPiece.PREPARING, file="", consent=Consentement.RECORDED
    )
    step(sheet, Step.ASK, moderator, 1, "Quel jour ?")
    write(sheet, owner, 2, classes="4e B")
    step(sheet, Step.SUBMIT, owner, 3)
    address = reverse("relecture:fiche", args=[sheet.pk])
    pages = {}
    for who in (moderator, owner):
        client = factories.browser_of()
        client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
        with django_assert_max_num_queries(60):
            pages[who] = client.get(address).content.decode()
    html = pages[moderator]
    assert html.index("depuis la dernière relecture") < html.index("Ce que dit la fiche")
    assert "4e B</ins>" in html
    assert "depuis la dernière relecture" not in pages[owner]
    # seen, not only named: with its missing description, its consent, and the public page
    for page in pages.values():
        assert f'src="{reverse("actions:piece", args=[ready.pk])}"' in page
        assert "l’image reste invisible du public" in page
        # one that is not drawn yet is told, and what was answered about it
        assert "panorama.jpg" in page
        assert "En préparation" in page
        assert Consentement.RECORDED.label in page
        assert reverse("catalogue:apercu_fiche", args=[sheet.pk]) in page


def test_a_day_that_was_written_with_a_plain_space_did_not_change(
    where: Territory, school: Etablissement, moderator: User, owner: User
) -> None:
    sheet = factories.action(where, school)
    write(sheet, owner, 1, activites=(ActiviteSaisie("Visite", starts=dt.date(2026, 11, 23)),))
    step(sheet, Step.ASK, moderator, 2, "Où ?")
    kept = Lecture.objects.get(action=sheet)
    assert kept.said["activites"] == ["Visite – le 23\u00a0novembre 2026"]
    kept.said["activites"] = ["Visite – le 23 novembre 2026"]
    kept.save()
    write(sheet, owner, 3, classes="4e B")
    assert told(sheet) == {"Classes": ("", "4e B")}
