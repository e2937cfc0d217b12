"""A version of the grid is told once, given to editions, and then nobody writes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accroche.campagne.grille import CritereDit, GrilleDite
from accroche.campagne.models import Critere, Edition, Grille, GrilleEdition
from accroche.campagne.operations import attach_grille, begin_answers, load_grille
from accroche.campagne.operations.grille import (
    BegunGridError,
    Chargement,
    GrilleError,
    ReplacedError,
    UnreadyError,
)
from accroche.campagne.queries import grille_dite, grille_of, origines_between
from accroche.campagne.queries.grille import attached
from accroche.commun import journal
from accroche.comptes.permissions import ANONYMOUS, OPERATOR
from accroche.imports.operations.grille import take_grille
from tests.dossier.sample import GRILLE
from tests.races import at_once, passed

pytestmark = pytest.mark.django_db

AT = dt.datetime(2016, 6, 1, 8, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=300)
SECOND = replace(GRILLE, code="2017", name="Grille de 2017")
DUE = dt.date(2016, 7, 5)


@pytest.fixture
def edition(db: None) -> Edition:
    return Edition.objects.create(year="2015-2016", title="Semaine")


def loaded(told: GrilleDite = GRILLE, **options: Any) -> Grille:
    load_grille(told, at=AT, **options)
    return Grille.objects.complete().get(code=told.code)


def test_a_version_comes_back_as_it_was_told() -> None:
    assert load_grille(GRILLE, at=AT) is Chargement.CREATED
    assert grille_dite(loaded()) == GRILLE
    assert load_grille(GRILLE, at=LATER) is Chargement.SAME


def test_a_file_never_changes_a_version_that_is_there() -> None:
    loaded()
    assert load_grille(replace(GRILLE, preamble="Autrement."), at=LATER) is Chargement.KEPT
    assert grille_dite(loaded()) == GRILLE


def test_a_version_that_lacks_something_is_not_loaded() -> None:
    with pytest.raises(UnreadyError, match="n’a pas de nom"):
        load_grille(replace(GRILLE, name=" "), at=AT)
    assert not Grille.objects.exists()


@pytest.mark.parametrize(
    ("previous", "origines", "said"),
    [
        ("2010", {}, "« 2010 » n’est pas là"),
        ("2016", {"4.1": {"9.9"}}, "pas de critère « 9.9 »"),
        ("", {"4.1": {"4.1"}}, "pas de critère « 4.1 »"),
    ],
)
def test_a_mapping_names_what_is_there(previous: str, origines: dict[str, set[str]], said: str) -> None:
    loaded()
    with pytest.raises(GrilleError, match=said):
        load_grille(SECOND, at=AT, previous=previous, origines=origines)
    assert Grille.objects.count() == 1


def between(old: Grille, new: Grille) -> dict[str, list[str]] | None:
    found = origines_between(old, new)
    return None if found is None else {code: sorted(olds) for code, olds in found.items()}


def test_versions_are_compared_through_those_between() -> None:
    first = loaded()
    second = loaded(SECOND, previous="2016", origines={"4.1": {"4.1", "2.1"}, "4.2": {"4.2"}})
    third = loaded(replace(SECOND, code="2018"), previous="2017", origines={"2.1": {"4.1"}})
    assert between(first, second) == {"4.1": ["2.1", "4.1"], "4.2": ["4.2"], "2.1": []}
    assert between(first, third) == {"4.1": [], "4.2": [], "2.1": ["2.1", "4.1"]}
    assert between(second, second) == {code: [code] for code in ("4.1", "4.2", "2.1")}
    # nothing leads back
    assert between(third, first) is None
    assert between(loaded(replace(GRILLE, code="autre")), third) is None


def test_an_edition_takes_a_version_which_is_frozen(edition: Edition, django_assert_num_queries: Any) -> None:
    assert grille_of(edition) is None
    assert attached(edition) is None
    held = attach_grille(edition, loaded(), access=OPERATOR, at=AT, due_on=DUE)
    assert (held.opened_at, held.due_on, held.answered_at) == (AT, DUE, None)
    assert loaded().frozen_at == AT
    with django_assert_num_queries(6):
        assert grille_of(edition) == GRILLE
    told = journal.entries(edition).get()
    assert (told.verb, told.changes) == (
        "attach_grille",
        {"grille": [None, "2016"], "due_on": [None, "2016-07-05"]},
    )
    # the same again says nothing, another day does
    attach_grille(edition, loaded(), access=OPERATOR, at=LATER, due_on=DUE)
    assert journal.entries(edition).count() == 1
    held = attach_grille(edition, loaded(), access=OPERATOR, at=LATER)
    assert (held.opened_at, held.due_on) == (AT, None)
    assert loaded().frozen_at == AT


def test_only_who_steers_gives_a_version(edition: Edition) -> None:
    grille = loaded()
    with pytest.raises(PermissionDenied):
        attach_grille(edition, grille, access=ANONYMOUS, at=AT)
    assert loaded().frozen_at is None


def test_a_closed_edition_takes_no_version(edition: Edition) -> None:
    grille = loaded()
    Edition.objects.update(closed_at=AT)
    with pytest.raises(GrilleError, match="est close"):
        attach_grille(edition, grille, access=OPERATOR, at=AT)
    edition.refresh_from_db()
    assert take_grille(edition, GRILLE, at=AT) == ["sans grille, l’édition est close"]
    assert loaded().frozen_at is None


def test_a_version_that_lacks_something_is_given_to_nobody(edition: Edition) -> None:
    grille = loaded()
    Critere.objects.filter(objectif__grille=grille, code="2.1").update(axe="")
    with pytest.raises(UnreadyError, match="aucun axe de travail"):
        attach_grille(edition, grille, access=OPERATOR, at=AT)
    assert loaded().frozen_at is None
    assert not GrilleEdition.objects.exists()


def test_another_version_takes_its_place_until_somebody_answers(edition: Edition) -> None:
    first, second = loaded(), loaded(SECOND)
    attach_grille(edition, first, access=OPERATOR, at=AT)
    attach_grille(edition, second, access=OPERATOR, at=LATER)
    assert grille_of(edition) == SECOND
    assert loaded().frozen_at == AT
    with pytest.raises(ReplacedError):
        begin_answers(edition, first, at=LATER)
    begin_answers(edition, second, at=LATER)
    begin_answers(edition, second, at=LATER + dt.timedelta(days=1))
    with pytest.raises(BegunGridError):
        attach_grille(edition, first, access=OPERATOR, at=LATER)
    assert GrilleEdition.objects.get().answered_at == LATER


@pytest.mark.django_db(transaction=True)
def test_answering_and_replacing_at_once_do_not_both_pass(edition: Edition) -> None:
    first, second = loaded(), loaded(SECOND)
    attach_grille(edition, first, access=OPERATOR, at=AT)

    def act(number: int) -> None:
        if number:
            begin_answers(edition, first, at=LATER)
        else:
            attach_grille(edition, second, access=OPERATOR, at=LATER)

    assert passed(at_once(2, act), GrilleError) == 1
    held = GrilleEdition.objects.get()
    assert (held.grille == first) is (held.answered_at is not None)


@pytest.mark.django_db(transaction=True)
def test_two_who_give_a_version_at_once_give_it_once(edition: Edition) -> None:
    grille = loaded()
    results = at_once(3, lambda _: attach_grille(edition, grille, access=OPERATOR, at=AT))
    assert passed(results, GrilleError) == 3
    assert GrilleEdition.objects.count() == 1


def test_a_criterion_weighs_at_least_one() -> None:
    heavy = CritereDit("1", "Lourd", "niveaux", ("a", "b", "c", "d", "e"), weight=9)
    with pytest.raises(UnreadyError, match="de 1 à 5"):
        load_grille(replace(GRILLE, objectifs=(replace(GRILLE.objectifs[0], criteres=(heavy,)),)), at=AT)
