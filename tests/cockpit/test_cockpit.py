"""Where an académie stands, now and on a past day: rules over plain facts."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from accroche.actions.cycle import Etat
from accroche.campagne.regles import StatutSemaine, TypePartenaire
from accroche.cockpit.cockpit import (
    EcriturePage,
    FichesComptees,
    Lacune,
    PageVue,
    Signe,
    after_day,
    constats,
    manques,
    states_before,
)
from accroche.cockpit.partenariats import Partenariat, by_kind, in_order, kept, together
from accroche.cockpit.presentation.dessins import Donnee, graphique
from accroche.cockpit.presentation.tableaux import Compte


def day(number: int) -> dt.datetime:
    return dt.datetime(2026, 11, number, 12, tzinfo=dt.UTC)


DATES = EcriturePage(day(5), {"windows": ""})
LEVELS = EcriturePage(day(8), {"levels": []})
EMPTIED = EcriturePage(day(12), {"windows": "23 novembre"})
FULL = frozenset({"windows", "levels"})
ONE = FichesComptees(Counter({Etat.PUBLISHED: 1}))


@pytest.mark.parametrize(
    ("page", "fiches", "moment", "said"),
    [
        (PageVue(), FichesComptees(), None, "non non non"),
        # a page that was written, and says nothing that counts
        (PageVue(lines=(EcriturePage(day(3), {"narrative": ""}),)), FichesComptees(), None, "3 non non"),
        (PageVue(FULL, (DATES, LEVELS)), FichesComptees(), None, "5 8 non"),
        (PageVue(FULL, (DATES, LEVELS)), FichesComptees(), after_day(dt.date(2026, 11, 8)), "5 8 non"),
        (PageVue(FULL, (DATES, LEVELS)), FichesComptees(), after_day(dt.date(2026, 11, 7)), "5 non non"),
        (PageVue(FULL, (DATES, LEVELS)), FichesComptees(), after_day(dt.date(2026, 11, 4)), "non non non"),
        # what was told once, and is no more
        (PageVue(frozenset({"levels"}), (DATES, LEVELS, EMPTIED)), FichesComptees(), None, "5 non non"),
        (
            PageVue(frozenset({"levels"}), (DATES, LEVELS, EMPTIED)),
            FichesComptees(),
            after_day(dt.date(2026, 11, 9)),
            "5 8 non",
        ),
        # a file wrote it: there now, and nothing tells since when
        (PageVue(FULL), FichesComptees(), None, "oui oui non"),
        (PageVue(FULL), FichesComptees(), after_day(dt.date(2026, 11, 9)), "? ? non"),
        (PageVue(status=StatutSemaine.REPORTED), FichesComptees(), None, "oui oui non"),
        (
            PageVue(status=StatutSemaine.REPORTED),
            FichesComptees(),
            after_day(dt.date(2026, 11, 9)),
            "? ? non",
        ),
        (
            PageVue(status=StatutSemaine.REPORTED, lines=(EcriturePage(day(6), {"status": "preparing"}),)),
            FichesComptees(),
            after_day(dt.date(2026, 11, 9)),
            "6 6 non",
        ),
        (
            PageVue(status=StatutSemaine.REPORTED, lines=(EcriturePage(day(6), {"status": "preparing"}),)),
            FichesComptees(),
            after_day(dt.date(2026, 11, 5)),
            "non non non",
        ),
        (PageVue(status=StatutSemaine.UNAVAILABLE), FichesComptees(), None, "non non non"),
        (PageVue(signed=day(7)), FichesComptees(), None, "7 7 non"),
        (PageVue(signed=day(7)), FichesComptees(), after_day(dt.date(2026, 11, 6)), "non non non"),
        # who publishes has opened
        (PageVue(), ONE, None, "oui non oui"),
        (PageVue(), FichesComptees(undated=2), after_day(dt.date(2026, 11, 9)), "? non ?"),
    ],
)
def test_signs(page: PageVue, fiches: FichesComptees, moment: dt.datetime | None, said: str) -> None:
    found = constats(page, fiches, moment)
    words = []
    for signe in Signe:
        one = found[signe]
        words.append("?" if one.undated else str(one.since.day) if one.since else "oui" if one.yes else "non")
    assert " ".join(words) == said


def test_what_is_missing_follows_the_day_and_the_kind_of_edition() -> None:
    page = PageVue(FULL, (DATES, LEVELS))
    assert manques(page, ONE, None, counted=True) == (
        Lacune.PILOTE,
        Lacune.PARTENAIRES,
        Lacune.RESSOURCES,
    )
    before = manques(page, FichesComptees(), after_day(dt.date(2026, 11, 4)), counted=True)
    assert {Lacune.DATES, Lacune.NIVEAUX, Lacune.FICHE} <= set(before)
    assert Lacune.CHIFFRES in manques(page, ONE, None, counted=False), "a report gives its own figures"
    undated = manques(page, FichesComptees(undated=1), after_day(dt.date(2026, 11, 9)), counted=True)
    assert Lacune.FICHE not in undated, "nothing tells that there was none"


def test_sheets_are_undone_and_never_guessed() -> None:
    moment = after_day(dt.date(2026, 11, 9))
    sheets = [
        (1, "published", day(2)),  # nothing since
        (2, "published", day(2)),  # published later
        (3, "draft", day(15)),  # not there yet
        (4, "published", None),  # came with a file, of which nothing tells when
        (5, "withdrawn", None),  # the same, but the journal tells of it before
    ]
    found = dict(states_before(sheets, {2: "submitted", 5: "published"}, frozenset({5}), moment))
    assert found == {1: Etat.PUBLISHED, 2: Etat.SUBMITTED, 4: None, 5: Etat.PUBLISHED}


def test_partners_count_an_academie_and_a_sheet_once() -> None:
    rows = [
        Partenariat(1, "Zone 51", TypePartenaire.ASSOCIATION, internal=False, semaines={1, 2}, actions={7}),
        Partenariat(2, "Écoute", TypePartenaire.ASSOCIATION, internal=False, semaines={2}, actions={7, 8}),
        Partenariat(3, "CLEMI", TypePartenaire.OPERATEUR, internal=True, semaines={3}),
        Partenariat(4, "Mairie", TypePartenaire.UNKNOWN, internal=False, semaines={3}),
    ]
    assert [one.name for one in in_order(rows)] == ["CLEMI", "Écoute", "Mairie", "Zone 51"]
    told = together(kept(rows, TypePartenaire.ASSOCIATION, internal=False))
    assert (told.partners, told.academies, told.actions) == (2, 2, 2)
    assert [one.kind for one in by_kind(kept(rows, internal=False))] == [
        TypePartenaire.ASSOCIATION,
        TypePartenaire.UNKNOWN,
    ]


def test_a_drawing_fills_its_bars_and_says_all_it_shows() -> None:
    key = [("a", "Un"), ("b", "Deux")]
    drawn = graphique("x", "Titre", [Donnee("Collège", "3", (1, 2), 4), Donnee("Lycée", "0", (0, 0), 4)], key)
    assert drawn is not None
    assert [(part.name, part.x, part.width) for part in drawn.bars[0].parts] == [
        ("a", "0%", "25%"),
        ("b", "25%", "50%"),
    ]
    assert drawn.bars[1].parts == ()
    assert drawn.description == "Collège\N{NO-BREAK SPACE}: 3. Lycée\N{NO-BREAK SPACE}: 0."
    assert graphique("x", "Titre", [Donnee("Lycée", "0", (0,))], key[:1]) is None


@pytest.mark.parametrize(("value", "word"), [(1, "établissement"), (2, "établissements")])
def test_what_a_number_counts_agrees_with_it(value: int, word: str) -> None:
    assert Compte(value, "", "établissements").word == word
    assert Compte(value, "", "établissements", "Amiens").word == f"{word}, Amiens"
