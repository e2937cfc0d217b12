"""What is printed of a figure, and where it is said to come from, told whole for each kind of figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accroche.dossier.comptage import ANNOUNCED, COUNTED
from accroche.lib.chiffres import Chiffre, Kind, total
from accroche.publications.blocs import (
    Provenances,
    academie_sheet,
    counted_provenance,
    sheet_figure,
    total_provenance,
)
from accroche.publications.outline import Figure, KeyFigures, Provenance
from tests.dossier.sample import CAEN
from tests.publications import recit

EXACT = (Chiffre(Kind.EXACT, 1200),)
MINIMUM = (Chiffre(Kind.AT_LEAST, 30, source="Rectorat"),)
TWO = (
    Chiffre(Kind.EXACT, 31, "premier degré", source="Bilan"),
    Chiffre(Kind.ABOUT, 58, "second degré", "l'été", "Rectorat"),
    Chiffre(Kind.EXACT, 2, note="l'été", source="Bilan"),
)
OTHER = (
    Chiffre(Kind.EXACT, 19, source="Bilan"),
    Chiffre(Kind.MORE_THAN, 144, "fiches", source="Expérithèque", additive=False),
)
ONLY_OTHER = (Chiffre(Kind.EXACT, 144, "fiches", "une note", additive=False),)
SILENT = (Chiffre(Kind.NOT_COMMUNICATED),)
UNAVAILABLE = (Chiffre(Kind.UNAVAILABLE),)
ALL = (Chiffre(Kind.ALL, note="dit-elle"),)
HERE = (
    Chiffre(Kind.EXACT, 3, note="3 ici", source=COUNTED),
    Chiffre(Kind.EXACT, 5, "annoncées par l’académie", source=ANNOUNCED, additive=False),
)
NONE_HERE = (Chiffre(Kind.NOT_COMMUNICATED, source=COUNTED),)

FIGURES = {
    "nothing": (
        (),
        "[non disponible](#p-caen-actions) | actions identifiées",
        ["non disponible ; Aucun chiffre n’est disponible pour cette académie."],
    ),
    "exact": (
        EXACT,
        "[1^200](#p-caen-actions) | actions identifiées",
        ["1^200 ; Chiffre déclaré par l’académie."],
    ),
    "minimum": (
        MINIMUM,
        "[au moins 30](#p-caen-actions) | actions identifiées",
        ["au moins 30 ; Chiffre déclaré par l’académie (Rectorat)."],
    ),
    "several, one approximate": (
        TWO,
        "[31 + environ 58 + 2](#p-caen-actions) | actions identifiées | premier degré~; second degré~; l’été",
        [
            "31 + environ 58 + 2 ; Chiffre déclaré par l’académie (Bilan et Rectorat).",
            "  premier degré | 31 | ",
            "  second degré | environ 58 | l’été",
            "  actions identifiées | 2 | l’été",
        ],
    ),
    "another perimeter": (
        OTHER,
        "[19](#p-caen-actions) | actions identifiées | plus de 144 fiches (autre périmètre, non additionné)",
        [
            "19 ; Chiffre déclaré par l’académie (Bilan et Expérithèque).",
            "  actions identifiées | 19 | ",
            "  fiches | plus de 144 | plus de 144~: autre périmètre, non additionné",
        ],
    ),
    "only another perimeter": (
        ONLY_OTHER,
        (
            "[144](#p-caen-actions) | actions identifiées | "
            "144 fiches (autre périmètre, non additionné)~; une note"
        ),
        ["144 ; Chiffre déclaré par l’académie.", "  fiches | 144 | une note"],
    ),
    "not communicated": (
        SILENT,
        "[N.C.](#p-caen-actions) | actions identifiées",
        ["N.C. ; L’académie a répondu sans communiquer ce nombre."],
    ),
    "unavailable": (
        UNAVAILABLE,
        "[non disponible](#p-caen-actions) | actions identifiées",
        ["non disponible ; Aucun chiffre n’est disponible pour cette académie."],
    ),
    "all": (
        ALL,
        "[tous](#p-caen-actions) | actions identifiées | dit-elle",
        ["tous ; Chiffre déclaré par l’académie.", "  actions identifiées | tous | dit-elle"],
    ),
    "counted here": (
        HERE,
        "[3](#p-caen-actions) | actions identifiées | 3 ici",
        [
            (
                "3 ; Compté sur les fiches publiées, dont la liste est dans les données de la synthèse "
                "(Fiches publiées sur Accroche et Annoncé par l’académie)."
            ),
            "  actions identifiées | 3 | 3 ici",
            "  annoncées par l’académie | 5 | ",
        ],
    ),
    "nothing to count here": (
        NONE_HERE,
        "[N.C.](#p-caen-actions) | actions identifiées",
        [
            (
                "N.C. ; Aucune fiche n’est publiée à ce jour, ce qui n’est pas zéro action "
                "(Fiches publiées sur Accroche)."
            )
        ],
    ),
}


@pytest.mark.parametrize(("figures", "printed", "where"), FIGURES.values(), ids=FIGURES)
def test_a_figure_of_a_sheet(figures: tuple[Chiffre, ...], printed: str, where: list[str]) -> None:
    provenances = Provenances()
    found = academie_sheet(replace(CAEN, actions_figures=figures), {}, provenances)
    keys = next(block for block in found.blocks if isinstance(block, KeyFigures))
    assert recit.value(keys.items[0]) == printed
    first, *rows = where
    assert recit.provenances(provenances.all()[:1]) == [
        f"#p-caen-actions Académie de Caen~: actions identifiées = {first}",
        *rows,
    ]


def test_a_figure_is_one_of_the_field_asked_for() -> None:
    provenances = Provenances()
    semaine = replace(CAEN, academie="La Réunion", etablissements_figures=MINIMUM)
    figure = sheet_figure(semaine, "etablissements_figures", "ce qu'on compte", "lieux", provenances)
    assert figure == Figure("au moins 30", "p-la-reunion-lieux")
    assert recit.provenances(provenances.all()) == [
        (
            "#p-la-reunion-lieux Académie de La Réunion~: ce qu’on compte = au moins 30 ; "
            "Chiffre déclaré par l’académie (Rectorat)."
        )
    ]


def test_the_first_provenance_of_a_name_stays() -> None:
    provenances = Provenances()
    one, other = (Provenance(ident, "Un", "1", "Dit.") for ident in ("p-un", "p-autre"))
    assert provenances.all() == ()
    assert provenances.figure("1", one) == Figure("1", "p-un")
    assert provenances.figure("2", other) == Figure("2", "p-autre")
    assert provenances.figure("un", replace(one, value="2")) == Figure("un", "p-un")
    assert provenances.all() == (one, other)


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        (
            [("Caen", TWO), ("Dijon", OTHER), ("Lyon", SILENT), ("Nice", ONLY_OTHER)],
            [
                (
                    "Somme des nombres donnés par 2~académies, édition 2015-2016. Caen~: nombre approché. "
                    "Le vrai total peut donc être plus grand ou plus petit que cette somme. "
                    "N.C. n’est pas compté comme "
                    "zéro~; un autre périmètre n’est pas additionné."
                ),
                "  Caen | 31 (premier degré), environ 58 (second degré) et 2 | l’été~; l’été",
                (
                    "  Dijon | 19~; hors total~: plus de 144 (fiches) | "
                    "plus de 144~: autre périmètre, non additionné"
                ),
                "  Lyon | N.C. | ",
                "  Nice | 144 (fiches) | une note",
            ],
        ),
        (
            [("Caen", EXACT)],
            [
                (
                    "Somme des nombres donnés par 1~académie, édition 2015-2016. N.C. n’est pas compté comme "
                    "zéro~; un autre périmètre n’est pas additionné."
                ),
                "  Caen | 1^200 | ",
            ],
        ),
        (
            [("Caen", HERE), ("Lyon", NONE_HERE)],
            [
                (
                    "Compté sur les fiches publiées sur Accroche dans 1~académie, édition 2015-2016. "
                    "Une académie sans fiche publiée n’est pas comptée comme zéro~; ce que les académies "
                    "annoncent figure à côté et n’est pas additionné. "
                    "La liste des fiches est dans les données de la synthèse."
                ),
                "  Caen | 3~; hors total~: 5 (annoncées par l’académie) | 3 ici",
                "  Lyon | N.C. | ",
            ],
        ),
    ],
    ids=["several", "one", "counted"],
)
def test_where_a_total_comes_from(parts: list[tuple[str, tuple[Chiffre, ...]]], where: list[str]) -> None:
    statement, *rows = where
    found = total_provenance("p-actions", "Actions", "au moins 1", total(parts), "2015-2016")
    assert recit.provenances([found]) == [f"#p-actions Actions = au moins 1 ; {statement}", *rows]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "L’une. Il n’y en a aucune."),
        (["Caen"], "L’une. C’est Caen."),
        (["Caen", "Lille", "Paris"], "L’une. Ce sont Caen, Lille et Paris."),
    ],
)
def test_where_a_count_of_academies_comes_from(names: list[str], said: str) -> None:
    found = counted_provenance("p-x", "Académies", "trois", names, "L'une.")
    assert found == Provenance("p-x", "Académies", "trois", said)
