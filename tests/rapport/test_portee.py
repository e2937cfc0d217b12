"""A past report compared with what tells its edition in full."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any

import pytest

from accroche.campagne.regles import Autorite
from accroche.dossier.comparaison import differences
from accroche.dossier.dossier import (
    ActionDossier,
    AxeCatalogue,
    EditionDossier,
    RessourceDossier,
    SemaineDossier,
    StatutSemaine,
    TempsFortDossier,
)
from accroche.rapport import portee
from accroche.rapport.portee import within
from tests.dossier.sample import DIJON, EDITION

SEMINAR = TempsFortDossier("Séminaire", "seminaire", dt.date(2016, 4, 7), dt.date(2016, 4, 7))
FULL = replace(
    SEMINAR,
    title="Persévérer",
    place="Lyon",
    authorities=(Autorite.RECTEUR, Autorite.ELUS),
    summary="Une matinée.",
)
MAP = RessourceDossier("", "site", "http://www.ac-lyon.fr/carte")
REPORT = EditionDossier(
    EDITION.edition,
    semaines=(
        SemaineDossier(
            "Dijon",
            DIJON.windows,
            1,
            StatutSemaine.REPORTED,
            temps_forts=(SEMINAR,),
            ressources=(MAP,),
            sponsor="Une marraine",
            actions=(ActionDossier("Forum"),),
        ),
    ),
)
(SEMAINE,) = REPORT.semaines


def compared(told: EditionDossier, report: EditionDossier = REPORT) -> tuple[list[str], str]:
    """The facts that differ, and what was left out."""
    kept, reste = within(report, told)
    return [one.fact for one in differences(report, kept)], str(reste)


def dijon(**changes: Any) -> EditionDossier:
    return replace(REPORT, semaines=(replace(SEMAINE, **changes),))


@pytest.mark.parametrize(
    ("told", "left_out"),
    [
        (REPORT, ""),
        (dijon(temps_forts=(FULL,)), ""),
        (dijon(temps_forts=(replace(FULL, kind="visite"), FULL)), "temps fort (1)"),
        (dijon(ressources=(replace(MAP, kind="carte", title="Carte"),)), ""),
        (dijon(ressources=(MAP, RessourceDossier("Dossier", "dossier_presse"))), "ressource (1)"),
        (dijon(sponsor="Une marraine, championne"), ""),
        (dijon(pilot="CARDIE", committee="Un comité"), "pilote (1), comité de pilotage (1)"),
        (dijon(themes=("Le numérique",)), "thèmes (académies)"),
        (dijon(actions=(ActionDossier("Forum", themes=("langue",)),)), "thèmes (actions)"),
        (replace(REPORT, notes=("Une note.",), grille=EDITION.grille), "notes, grille"),
    ],
)
def test_what_a_report_cannot_tell_is_no_difference_and_is_named(told: EditionDossier, left_out: str) -> None:
    found, reste = compared(told)
    assert found == []
    assert left_out in reste
    assert bool(left_out) == bool(reste)


@pytest.mark.parametrize(
    ("told", "fact"),
    [
        (dijon(temps_forts=()), "temps forts"),
        (dijon(temps_forts=(replace(FULL, starts=dt.date(2016, 4, 8)),)), "temps forts"),
        (dijon(ressources=(replace(MAP, published=False),)), "ressources"),
        (dijon(ressources=()), "ressources"),
        (dijon(sponsor="Un parrain"), "parrainage"),
        (dijon(narrative="Un récit."), "récit"),
        (replace(REPORT, objectifs=EDITION.objectifs), "objectifs"),
        (replace(REPORT, tutorats=EDITION.tutorats), "tutorats"),
        (replace(REPORT, perspectives=EDITION.perspectives), "perspectives"),
    ],
)
def test_what_it_tells_otherwise_is_one(told: EditionDossier, fact: str) -> None:
    assert compared(told)[0] == [fact]


def test_what_people_added_to_a_report_is_compared() -> None:
    typed = dijon(themes=("Le numérique",))
    named = replace(typed, axes=(AxeCatalogue("niveaux", "Toucher tous les niveaux"),))
    kept, reste = within(named, replace(typed, axes=EDITION.axes, notes=("Une note.",)), completed=True)
    assert differences(named, kept) == ()
    assert reste.unread == ["catalogue des axes", "notes"]
    kept, _ = within(typed, dijon(themes=("Les parents",)), completed=True)
    assert [one.fact for one in differences(typed, kept)] == ["thèmes"]


def test_the_report_says_more_than_the_other() -> None:
    placed = dijon(temps_forts=(replace(SEMINAR, place="Lyon", authorities=(Autorite.PREFET,)),))
    assert compared(REPORT, placed)[0] == ["temps forts"]


def test_what_is_read_is_there() -> None:
    """A field that is renamed would be set aside in silence."""
    for names, kind in (
        (portee.EDITION, EditionDossier),
        (portee.SEMAINE, SemaineDossier),
        (portee.ACTION, ActionDossier),
    ):
        assert names <= {one.name for one in fields(kind)}
