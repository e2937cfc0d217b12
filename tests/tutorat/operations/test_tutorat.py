"""What the bureau decides of a proposal, and confirming it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accroche.commun.models import Message
from accroche.tutorat.appariement import AppariementError
from accroche.tutorat.binome import Cote, EtatBinome, MotifSortie, Pas
from accroche.tutorat.models import Binome, ContrainteBinome
from accroche.tutorat.operations.binome import move
from accroche.tutorat.operations.tutorat import (
    StalePropositionError,
    confirm,
    constrain,
    release,
    set_academie,
)
from accroche.tutorat.queries.tutorat import proposition_of, reglages_of, version_of
from tests.factories import NOW
from tests.races import at_once, passed
from tests.tutorat.tutorats import Scene, active, proposed, scene

Kind = ContrainteBinome.Kind


@pytest.fixture
def found(db: None) -> Scene:
    return scene()


def pair(found: Scene) -> dict[str, str | None]:
    return {one.couple.mentee: one.couple.mentor for one in proposition_of(found.edition, NOW).pairs}


def constrained(found: Scene, mentor: str | None, kind: Kind) -> None:
    who = found.academies[mentor] if mentor else None
    constrain(found.edition, who, found.academies["Dijon"], kind, access=found.bureau, at=NOW)


def test_pins_exclusions_and_places_rearrange_the_proposal(found: Scene) -> None:
    assert pair(found) == {"dijon": None}  # nobody has anything to show yet
    constrained(found, "Lyon", Kind.PIN)
    assert pair(found) == {"dijon": "lyon"}
    constrained(found, "Lille", Kind.PIN)  # one pin takes the place of another
    assert pair(found) == {"dijon": "lille"}
    constrained(found, "Lille", Kind.EXCLUDE)
    constrained(found, None, Kind.EXCLUDE)
    assert pair(found) == {"dijon": "lyon"}
    set_academie(found.edition, found.academies["Lyon"], capacity=0, access=found.bureau, at=NOW)
    with pytest.raises(AppariementError, match="« Dijon »"):
        pair(found)
    release(found.edition, None, found.academies["Dijon"], access=found.bureau, at=NOW)
    assert pair(found) == {"dijon": None}
    set_academie(found.edition, found.academies["Dijon"], helped=None, access=found.bureau, at=NOW)
    assert pair(found) == {}


def test_only_the_bureau_decides(found: Scene) -> None:
    office, dijon = found.offices["Dijon"], found.academies["Dijon"]
    with pytest.raises(PermissionDenied):
        constrain(found.edition, None, dijon, Kind.PIN, access=office, at=NOW)
    with pytest.raises(PermissionDenied):
        release(found.edition, None, dijon, access=office, at=NOW)
    with pytest.raises(PermissionDenied):
        set_academie(found.edition, dijon, helped=False, access=office, at=NOW)
    with pytest.raises(PermissionDenied):
        confirm(found.edition, {"dijon": None}, version=0, access=office, at=NOW)
    with pytest.raises(ValueError, match="elle-même"):
        constrain(found.edition, dijon, dijon, Kind.PIN, access=found.bureau, at=NOW)
    with pytest.raises(ValueError, match="de 0 à 3"):
        set_academie(found.edition, dijon, capacity=4, access=found.bureau, at=NOW)


def test_both_academies_are_asked_and_the_bureau_accepts_its_own_part(found: Scene) -> None:
    constrained(found, "Lyon", Kind.PIN)
    binome = proposed(found, "lyon")
    told = {one.to: one.body for one in Message.objects.all()}
    assert set(told) == {"cardie@ac-lyon.fr", "cardie@ac-dijon.fr"}
    assert all(f"/pilotage/tutorats/binomes/{binome.pk}/" in body for body in told.values())
    assert binome.accepted == frozenset()
    move(binome, Pas.WITHDRAW, side=Cote.BUREAU, access=found.bureau, at=NOW)
    alone = proposed(found, None)
    assert alone.accepted == {Cote.MENTOR}
    assert pair(found) == {}  # served


def test_what_changed_since_it_was_read_is_not_sent(found: Scene) -> None:
    version = version_of(found.edition)
    with pytest.raises(StalePropositionError):
        confirm(found.edition, {"dijon": "lyon"}, version=version, access=found.bureau, at=NOW)
    with pytest.raises(StalePropositionError):
        confirm(found.edition, {"lyon": None}, version=version, access=found.bureau, at=NOW)
    constrained(found, "Lyon", Kind.EXCLUDE)
    with pytest.raises(StalePropositionError):
        confirm(found.edition, {"dijon": None}, version=version, access=found.bureau, at=NOW)
    assert not Binome.objects.exists()
    assert not Message.objects.exists()


def test_who_worked_together_does_not_again(found: Scene) -> None:
    constrained(found, "Lille", Kind.PIN)
    binome = active(found)
    move(binome, Pas.FINISH, side=Cote.MENTEE, access=found.offices["Dijon"], at=NOW)
    reglages = reglages_of(found.edition)
    assert ("lille", "dijon") in reglages.excluded
    assert not reglages.pinned
    with pytest.raises(ValueError, match="ne se répète pas"):
        constrained(found, "Lille", Kind.PIN)


def test_who_declined_is_not_asked_again(found: Scene) -> None:
    constrained(found, "Lille", Kind.PIN)
    declined: dict[str, Any] = {"access": found.offices["Lille"], "at": NOW, "reason": MotifSortie.CHARGE}
    move(proposed(found), Pas.DECLINE, side=Cote.MENTOR, **declined)
    assert ("lille", "dijon") in reglages_of(found.edition).excluded
    set_academie(found.edition, found.academies["Dijon"], helped=None, access=found.bureau, at=NOW)
    Binome.objects.update(ended_by=Cote.MENTEE)
    assert reglages_of(found.edition).helped["dijon"] is False


@pytest.mark.django_db(transaction=True)
def test_two_of_the_bureau_confirm_once() -> None:
    found = scene()
    version = version_of(found.edition)
    results = at_once(
        2,
        lambda _number: confirm(found.edition, {"dijon": None}, version=version, access=found.bureau, at=NOW),
    )
    assert passed(results, StalePropositionError) == 1
    assert Binome.objects.get().etat is EtatBinome.PROPOSED
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_one_confirms_makes_what_the_other_reads_old() -> None:
    found = scene()
    set_academie(found.edition, found.academies["Lyon"], helped=True, access=found.bureau, at=NOW)
    version = version_of(found.edition)
    results = at_once(
        2,
        lambda number: confirm(
            found.edition,
            {("dijon", "lyon")[number]: None},
            version=version,
            access=found.bureau,
            at=NOW,
        ),
    )
    assert passed(results, StalePropositionError) == 1
    assert Binome.objects.count() == 1
