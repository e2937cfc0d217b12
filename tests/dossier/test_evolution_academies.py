"""Two editions, académie by académie: never ranked, N.C. never zero, and why what is not compared is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accroche.campagne.regles import StatutSemaine
from accroche.dossier.comptage import COUNTED
from accroche.dossier.dossier import SemaineDossier
from accroche.dossier.evolution import Sens
from accroche.dossier.evolution_academies import CoteEdition, LigneAcademie, balance, by_academie, certain
from accroche.lib.chiffres import Chiffre, Kind, parse

SCOPES = "en 2015-2016, dans le dossier de presse\u00a0; en 2026-2027, rien de précisé"
BASE = SemaineDossier("Dijon", (), None, StatutSemaine.REPORTED)


def said(academie: str, actions: str) -> SemaineDossier:
    return replace(BASE, academie=academie, actions_figures=parse(actions))


def counted(academie: str, count: int | None) -> SemaineDossier:
    kind = Kind.NOT_COMMUNICATED if count is None else Kind.EXACT
    return replace(BASE, academie=academie, actions_figures=(Chiffre(kind, count, source=COUNTED),))


def line(before: list[SemaineDossier], after: list[SemaineDossier], *, closed: bool = False) -> LigneAcademie:
    """The one line of actions, as everybody is told it."""
    was, now = (
        CoteEdition("2015-2016", before, is_closed=True),
        CoteEdition("2026-2027", after, is_closed=closed),
    )
    bounded = certain(was, now), certain(now, was)
    (found,) = by_academie(*bounded, {"Caen": "Normandie", "Rouen": "Normandie"})["actions"]
    return found


@pytest.mark.parametrize(
    ("before", "after", "phrase"),
    [
        ("19", "22", "3 de plus"),
        ("19", "19", "inchangé"),
        ("0", "3", "3 de plus"),
        ("environ 30", "31", "non comparable\u00a0: les deux nombres ne sont pas assez précis"),
        ("N.C.", "22", "non comparable\u00a0: N.C. en 2015-2016"),
        ("N.C.", "N.C.", "non comparable\u00a0: N.C. en 2015-2016 et en 2026-2027"),
        ("", "N.C.", "non comparable\u00a0: données non disponibles en 2015-2016\u00a0; N.C. en 2026-2027"),
        ("tous", "22", "non comparable\u00a0: «\u00a0tous\u00a0», sans nombre en 2015-2016"),
        ("19 actions", "22", "3 de plus"),
        (
            "19 dans le dossier de presse",
            "22",
            f"non comparable\u00a0: périmètres différents ({SCOPES})",
        ),
    ],
)
def test_what_is_said_of_one_academie(before: str, after: str, phrase: str) -> None:
    assert line([said("Dijon", before)], [said("Dijon", after)]).phrase == phrase


def test_academies_that_became_one_are_added_up_and_named() -> None:
    merged = line([said("Caen", "22"), said("Rouen", "7")], [said("Normandie", "33")])
    assert (merged.academie, merged.before, merged.phrase) == ("Normandie", ("Caen", "Rouen"), "4 de plus")
    partly = line([said("Caen", "22"), said("Rouen", "N.C.")], [said("Normandie", "33")])
    assert partly.phrase == "non comparable\u00a0: N.C. de Rouen en 2015-2016"
    alone = line([], [said("Mayotte", "3")])
    assert alone.phrase == "non comparable\u00a0: pas de semaine en 2015-2016"


def test_what_is_counted_and_may_still_rise_tells_no_fall() -> None:
    """Three sheets read so far are no loss of a hundred actions; 130 are more for certain."""
    few = line([said("Dijon", "110")], [counted("Dijon", 3)])
    assert (few.ligne.after, few.why) == ("au moins 3", "les deux nombres ne sont pas assez précis")
    assert line([said("Dijon", "110")], [counted("Dijon", 130)]).phrase == "au moins 20 de plus"
    silent = line([said("Dijon", "110")], [counted("Dijon", None)])
    assert (silent.ligne.after, "aucune fiche publiée" in silent.phrase) == ("rien de publié", True)
    assert line([said("Dijon", "110")], [said("Dijon", "N.C.")]).ligne.after == "nombre non communiqué"
    assert line([counted("Dijon", 9)], [counted("Dijon", 3)]).ligne.after == "au moins 3"
    assert line([counted("Dijon", 9)], [counted("Dijon", 3)], closed=True).phrase == "6 de moins"


def test_academies_stand_by_the_alphabet_whatever_they_did() -> None:
    before = [said(name, "10") for name in ("Nice", "Étampes", "Dijon")]
    after = [said("Dijon", "5"), said("Étampes", "50"), said("Nice", "N.C.")]
    rows = by_academie(CoteEdition("a", before), CoteEdition("b", after), {})["actions"]
    assert [row.academie for row in rows] == ["Dijon", "Étampes", "Nice"]
    assert {sens: count for sens, count in balance(rows).items() if count} == {
        Sens.HAUSSE: 1,
        Sens.BAISSE: 1,
        Sens.INCONNU: 1,
    }
