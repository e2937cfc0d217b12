from __future__ import annotations

import datetime as dt

from accroche.catalogue.calendrier import calendrier

JOUR = dt.date


def test_windows_gather_by_month_and_by_dates() -> None:
    mars = (JOUR(2016, 3, 14), JOUR(2016, 3, 18))
    janvier = (JOUR(2016, 1, 18), JOUR(2016, 1, 22))
    novembre = (JOUR(2015, 11, 23), JOUR(2015, 11, 27))
    found = calendrier(
        "2015-2016",
        [
            ("Amiens", "amiens", [novembre]),
            ("Dijon", "dijon", [janvier, mars]),
            ("Poitiers", "poitiers", [mars]),
        ],
    )
    assert [mois.first for mois in found.mois] == [JOUR(2015, 11, 1), JOUR(2016, 1, 1), JOUR(2016, 3, 1)]
    (creneau,) = found.mois[-1].creneaux
    assert creneau.window == mars
    assert [repere.name for repere in creneau.academies] == ["Dijon", "Poitiers"]
    assert found.annee == ()


def test_a_whole_school_year_stands_apart() -> None:
    found = calendrier("2015-2016", [("Limoges", "limoges", [(JOUR(2015, 9, 1), JOUR(2016, 7, 5))])])
    assert found.mois == ()
    assert [repere.name for repere in found.annee] == ["Limoges"]


def test_no_dates_give_an_empty_calendar() -> None:
    found = calendrier("2015-2016", [("Amiens", "amiens", [])])
    assert (found.mois, found.annee) == ((), ())
