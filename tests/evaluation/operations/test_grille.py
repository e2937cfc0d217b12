"""Writing a version of the grid: two at once lose nothing, and what an edition uses stays as it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from accroche.campagne.grille import itself, manques
from accroche.campagne.models import Critere, Grille
from accroche.campagne.operations import attach_grille
from accroche.campagne.operations.grille import GrilleError, UnreadyError
from accroche.campagne.queries import grille_dite, origines_between
from accroche.campagne.queries.grille import origines_of
from accroche.commun import journal
from accroche.commun.conflit import marks
from accroche.comptes.permissions import OPERATOR
from accroche.comptes.regles import TypeRole
from accroche.evaluation.operations.grille import (
    FrozenError,
    StaleGrilleError,
    copy_grille,
    critere_values,
    delete_grille,
    move_critere,
    remove_critere,
    tete_values,
    write_critere,
    write_tete,
)
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed

if TYPE_CHECKING:
    from accroche.comptes.permissions import Access

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def draft(db: None) -> Grille:
    return factories.grille("2027")


def critere(grille: Grille, code: str = "4.1") -> Critere:
    return Critere.objects.select_related("objectif").get(objectif__grille=grille, code=code)


def fresh(grille: Grille) -> Grille:
    return Grille.objects.complete().get(pk=grille.pk)


def codes(grille: Grille) -> list[str]:
    return [one.code for one in grille_dite(fresh(grille)).criteres]


def write(grille: Grille, which: str, *, shown: dict[str, Any] | None = None, **typed: Any) -> dict[str, Any]:
    """Type ``typed`` over what the page showed, which is what is there unless ``shown``."""
    row = critere(grille, which)
    read = shown or critere_values(row)
    _, changed = write_critere(grille, row.pk, read | typed, read=marks(read), access=OPERATOR, at=LATER)
    return changed


def test_what_is_typed_is_kept_and_told(draft: Grille) -> None:
    changed = write(draft, "4.1", title="Faire savoir", level_2="Un journal.", evidence=["medias", "fiches"])
    assert set(changed) == {"title", "level_2", "evidence"}
    row = critere(draft)
    assert (row.title, row.levels[2], row.evidence) == ("Faire savoir", "Un journal.", ["fiches", "medias"])
    told = journal.entries(draft).get()
    assert (told.verb, told.changes["title"]) == ("write_critere", ["Annoncer", "Faire savoir"])
    assert fresh(draft).updated_at == LATER
    # the same again is no change
    assert write(draft, "4.1") == {}
    assert journal.entries(draft).count() == 1


def test_what_each_left_alone_is_not_theirs_to_impose(draft: Grille) -> None:
    shown = critere_values(critere(draft))
    write(draft, "4.1", title="Faire savoir")
    # the second page still shows the old title, and changes another field
    assert set(write(draft, "4.1", shown=shown, weight=3)) == {"weight"}
    assert (critere(draft).title, critere(draft).weight) == ("Faire savoir", 3)


def test_what_both_wrote_is_shown_to_the_second(draft: Grille) -> None:
    shown = critere_values(critere(draft))
    write(draft, "4.1", title="Faire savoir")
    with pytest.raises(StaleGrilleError) as refused:
        write(draft, "4.1", shown=shown, title="Annoncer partout", weight=3)
    assert refused.value.fields == ("title",)
    assert (critere(draft).title, critere(draft).weight) == ("Faire savoir", 2)
    # the same word twice is no quarrel
    assert write(draft, "4.1", shown=shown, title="Faire savoir") == {}


def test_a_criterion_moves_and_goes_and_comes(draft: Grille) -> None:
    first = critere(draft, "4.1").pk
    move_critere(draft, first, up=True, access=OPERATOR, at=LATER)
    assert codes(draft) == ["4.1", "4.2", "2.1"]
    move_critere(draft, first, up=False, access=OPERATOR, at=LATER)
    assert codes(draft) == ["4.2", "4.1", "2.1"]
    write(draft, "4.2", objectif="mobiliser_partenaires")
    assert codes(draft) == ["4.1", "2.1", "4.2"]
    assert remove_critere(draft, first, access=OPERATOR, at=LATER) == "4.1 Annoncer"
    blank = critere_values(critere(draft, "2.1")) | {"code": "2.2", "title": "Nouveau", "axe": ""}
    write_critere(draft, None, blank, read={}, access=OPERATOR, at=LATER)
    assert codes(draft) == ["2.1", "4.2", "2.2"]
    assert [str(one) for one in manques(grille_dite(fresh(draft)))] == [
        "Communiquer : cet objectif n’a aucun critère",
        "2.2 : aucun axe de travail n’est choisi",
    ]
    for again in (first, 0):
        with pytest.raises(Critere.DoesNotExist):
            remove_critere(draft, again, access=OPERATOR, at=LATER)


def test_a_code_is_that_of_one_criterion(draft: Grille) -> None:
    with pytest.raises(GrilleError, match=r"déjà le numéro 2\.1"):
        write(draft, "4.1", code="2.1")
    with pytest.raises(GrilleError, match="vient d’être retiré"):
        write(draft, "4.1", objectif="ailleurs")
    with pytest.raises(GrilleError, match="n’a pas tous ces critères"):
        write(draft, "4.1", anciens=["9.9"])


def test_objectives_are_renamed_ordered_added_and_taken_away(draft: Grille) -> None:
    values = tete_values(draft)
    one, two = values["objectifs"]
    typed = values | {
        "name": "La grille",
        "objectifs": [two, [one[0], "Dire"], [None, "Mobiliser les élèves !"]],
    }
    changed = write_tete(draft, typed, read=marks(values), access=OPERATOR, at=LATER)
    assert set(changed) == {"name", "objectifs"}
    told = grille_dite(fresh(draft))
    assert (told.name, [(one.code, one.label) for one in told.objectifs]) == (
        "La grille",
        [
            ("mobiliser_partenaires", "Mobiliser"),
            ("communiquer", "Dire"),
            ("mobiliser_les_eleves", "Mobiliser les élèves !"),
        ],
    )
    now = tete_values(fresh(draft))
    with pytest.raises(GrilleError, match="« Mobiliser » a encore des critères"):
        write_tete(
            draft, now | {"objectifs": now["objectifs"][1:]}, read=marks(now), access=OPERATOR, at=LATER
        )
    write_tete(draft, now | {"objectifs": now["objectifs"][:2]}, read=marks(now), access=OPERATOR, at=LATER)
    assert len(tete_values(fresh(draft))["objectifs"]) == 2
    # who read the page before is told what was written since
    with pytest.raises(StaleGrilleError) as refused:
        write_tete(
            draft,
            values | {"name": "Autre", "preamble": "À nous."},
            read=marks(values),
            access=OPERATOR,
            at=LATER,
        )
    assert refused.value.fields == ("name",)


def test_a_copy_of_what_is_frozen_comes_from_it_criterion_by_criterion(draft: Grille) -> None:
    attach_grille(factories.edition(), draft, access=OPERATOR, at=NOW)
    copy = copy_grille(draft, "2028", "Suivante", access=OPERATOR, at=LATER)
    assert (copy.previous, copy.frozen_at) == (draft, None)
    assert origines_between(draft, copy) == itself(grille_dite(fresh(draft)))
    write(copy, "4.1", anciens=["4.1", "4.2"])
    write(copy, "4.2", anciens=[])
    assert write(copy, "4.1", anciens=["4.1", "4.2"]) == {}
    # a copy of a draft follows what the draft follows
    second = copy_grille(copy, "2028-b", "Autre", access=OPERATOR, at=LATER)
    assert second.previous == draft
    assert origines_of(second) == {"4.1": {"4.1", "4.2"}, "2.1": {"2.1"}}
    with pytest.raises(GrilleError, match="déjà le code"):
        copy_grille(draft, "2028", "Encore", access=OPERATOR, at=LATER)
    delete_grille(second, access=OPERATOR, at=LATER)
    assert set(Grille.objects.values_list("code", flat=True)) == {"2027", "2028"}


def everything(grille: Grille, access: Access) -> list[Any]:
    """Each gesture that writes a version."""
    row = critere(grille)
    return [
        lambda: write_critere(grille, row.pk, critere_values(row), read={}, access=access, at=LATER),
        lambda: write_tete(grille, tete_values(grille), read={}, access=access, at=LATER),
        lambda: move_critere(grille, row.pk, up=True, access=access, at=LATER),
        lambda: remove_critere(grille, row.pk, access=access, at=LATER),
        lambda: delete_grille(grille, access=access, at=LATER),
    ]


def test_nobody_writes_what_an_edition_uses_nor_without_steering(draft: Grille) -> None:
    moderator = factories.access(
        factories.person(TypeRole.MODERATEUR, academie=factories.territory().academie)
    )
    for gesture in everything(draft, moderator):
        with pytest.raises(PermissionDenied):
            gesture()
    attach_grille(factories.edition(), draft, access=OPERATOR, at=NOW)
    before = grille_dite(fresh(draft))
    for gesture in everything(draft, OPERATOR):
        with pytest.raises(FrozenError):
            gesture()
    assert grille_dite(fresh(draft)) == before


@pytest.mark.django_db(transaction=True)
def test_freezing_while_someone_saves_freezes_what_was_saved_or_refuses_it() -> None:
    draft = factories.grille("2027")
    edition = factories.edition()
    shown = critere_values(critere(draft))

    def act(number: int) -> None:
        if number:
            write(draft, "4.1", shown=shown, title="Faire savoir")
        else:
            attach_grille(edition, draft, access=OPERATOR, at=NOW)

    results = at_once(2, act)
    saved = passed(results, FrozenError) == 2
    assert (critere(draft).title == "Faire savoir") is saved
    assert fresh(draft).frozen_at == NOW


@pytest.mark.django_db(transaction=True)
def test_emptying_while_an_edition_takes_it_never_leaves_a_frozen_grid_that_lacks_something() -> None:
    draft = factories.grille("2027")
    edition = factories.edition()

    def act(number: int) -> None:
        if number:
            remove_critere(draft, critere(draft, "2.1").pk, access=OPERATOR, at=NOW)
        else:
            attach_grille(edition, draft, access=OPERATOR, at=NOW)

    results = at_once(2, act)
    assert passed(results, GrilleError) == 1
    now = fresh(draft)
    refused = next(one for one in results if isinstance(one, Exception))
    assert (now.frozen_at is None) is isinstance(refused, UnreadyError)
    assert bool(manques(grille_dite(now))) is (now.frozen_at is None)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_field_at_once_are_not_both_heard() -> None:
    draft = factories.grille("2027")
    shown = critere_values(critere(draft))
    results = at_once(3, lambda number: write(draft, "4.1", shown=shown, title=f"Titre {number}"))
    assert passed(results, StaleGrilleError) == 1
    copies = at_once(2, lambda _: copy_grille(draft, "2028", "Copie", access=OPERATOR, at=NOW))
    assert passed(copies, GrilleError) == 1
