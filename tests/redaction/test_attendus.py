"""What is expected of an académie's sheet: done, missing, or nothing to ask."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import Indicateur, Signataire, StatutSemaine
from accroche.dossier.comptage import Decompte, counted_figures
from accroche.dossier.dossier import AxeRetenu, PartenaireDossier, SemaineDossier
from accroche.lib.chiffres import parse
from accroche.redaction.attendus import Attendu, Etat, GrilleRendue, Suivi, asked, done, suivi_of

EMPTY = SemaineDossier("Dijon", (), None, StatutSemaine.PREPARING)
WHOLE = replace(
    EMPTY,
    status=StatutSemaine.REPORTED,
    narrative="Une semaine.",
    actions_figures=parse("12"),
    etablissements_figures=parse("N.C."),
    partners=(PartenaireDossier("CLEMI", internal=True), PartenaireDossier("Zup de Co")),
    levels=frozenset({Niveau.LYCEE}),
    axes=(AxeRetenu("niveaux"),),
)


def told(semaine: SemaineDossier, exemples: int = 0, fiches: int = 0, **more: Any) -> Suivi:
    rest: dict[str, Any] = {"grille": None, "due": {}} | more
    return suivi_of(semaine, number=1, slug="dijon", exemples=exemples, fiches=fiches, **rest)


def words(row: Suivi, attendu: Attendu) -> tuple[Etat, str]:
    case = row.cases[attendu]
    return case.etat, re.sub(r"\s", " ", case.dit)


def test_a_whole_sheet_lacks_nothing() -> None:
    row = told(WHOLE, exemples=2, fiches=9, grille=GrilleRendue(signed=True, answered=3, asked=3))
    assert row.manques == ()
    assert {one: words(row, one)[1] for one in Attendu} == {
        Attendu.COMPTE: "rendu, avec son récit",
        Attendu.CHIFFRES: "actions : 12 ; établissements : N.C.",
        Attendu.EXEMPLES: "2 exemples",
        Attendu.PARTENAIRES: "2 partenaires, dont 1 hors Éducation nationale",
        Attendu.NIVEAUX: "lycée",
        Attendu.AXES: "1 axe",
        Attendu.GRILLE: "signée",
    }


COUNTED = counted_figures(Indicateur.ACTIONS, (), Decompte())


@pytest.mark.parametrize(
    ("semaine", "more", "attendu", "says"),
    [
        (EMPTY, {}, Attendu.COMPTE, "rien"),
        (replace(EMPTY, narrative="Un récit."), {}, Attendu.COMPTE, "récit écrit, pas encore rendu"),
        (replace(WHOLE, narrative=""), {}, Attendu.COMPTE, "rendu, sans récit"),
        (EMPTY, {}, Attendu.CHIFFRES, "rien"),
        (replace(EMPTY, actions_figures=parse("")), {}, Attendu.CHIFFRES, "rien"),
        (replace(EMPTY, actions_figures=parse("tous")), {}, Attendu.CHIFFRES, "actions : tous"),
        # nothing is published yet: a count of nothing is no answer
        (replace(EMPTY, actions_figures=COUNTED), {}, Attendu.CHIFFRES, "rien"),
        (WHOLE, {}, Attendu.EXEMPLES, "aucune fiche publiée"),
        (WHOLE, {"fiches": 1}, Attendu.EXEMPLES, "aucun, sur 1 fiche publiée"),
        (EMPTY, {}, Attendu.PARTENAIRES, "rien"),
        (EMPTY, {}, Attendu.NIVEAUX, "rien"),
        (EMPTY, {}, Attendu.AXES, "rien"),
        (WHOLE, {"grille": GrilleRendue(False, 2, 3)}, Attendu.GRILLE, "2 critères sur 3, pas signée"),
    ],
)
def test_what_is_missing(semaine: SemaineDossier, more: dict[str, Any], attendu: Attendu, says: str) -> None:
    row = told(semaine, **more)
    assert words(row, attendu) == (Etat.MANQUE, says)
    assert attendu in row.manques


def test_nothing_is_asked_of_who_has_no_data_nor_without_a_grid() -> None:
    absent = replace(
        EMPTY,
        status=StatutSemaine.UNAVAILABLE,
        absence_by=Signataire.ACADEMIE,
        absence_on=dt.date(2027, 6, 1),
        absence_word="le SAIO",
    )
    row = told(absent)
    assert row.manques == ()
    assert re.sub(r"\s", " ", row.absence) == "signé le 1er juin 2027 par l’académie, d’après le SAIO"
    assert words(told(WHOLE), Attendu.GRILLE) == (Etat.SANS_OBJET, "pas de grille")
    rows = [row, told(WHOLE), told(EMPTY)]
    assert [(done(rows, one), asked(rows, one)) for one in (Attendu.NIVEAUX, Attendu.GRILLE)] == [
        (1, 2),
        (0, 0),
    ]


def test_late_is_what_is_missing_after_its_last_day() -> None:
    due = {Attendu.AXES: dt.date(2027, 5, 1)}
    row = told(EMPTY, due=due)
    assert [row.is_late(dt.date(2027, 5, day)) for day in (1, 2)] == [False, True]
    assert not told(WHOLE, due=due).is_late(dt.date(2027, 6, 1))
