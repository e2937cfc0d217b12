from __future__ import annotations

import pytest

from accroche.campagne.regles import Indicateur
from accroche.catalogue.provenance import Reponse, provenance, reponse_of
from accroche.lib.chiffres import Chiffre, Kind

DIX = Chiffre(Kind.EXACT, 10)
TRENTE_ENVIRON = Chiffre(Kind.ABOUT, 30)
NC = Chiffre(Kind.NOT_COMMUNICATED)
INDISPONIBLE = Chiffre(Kind.UNAVAILABLE)
TOUS = Chiffre(Kind.ALL)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((DIX,), Reponse.NOMBRE),
        ((DIX, NC), Reponse.NOMBRE),
        ((TOUS,), Reponse.TOUS),
        ((NC,), Reponse.NC),
        ((Chiffre(Kind.EXACT, 144, additive=False),), Reponse.NC),
        ((INDISPONIBLE,), Reponse.INDISPONIBLE),
        ((), Reponse.INDISPONIBLE),
    ],
)
def test_an_answer_is_classed_as_totals_class_it(figures: tuple[Chiffre, ...], expected: Reponse) -> None:
    assert reponse_of(figures) is expected


def test_a_total_keeps_every_row_and_says_what_each_adds() -> None:
    ailleurs = Chiffre(Kind.EXACT, 144, additive=False)
    found = provenance(
        [
            ("Amiens", "amiens", (DIX,)),
            ("Besançon", "besancon", (DIX, ailleurs)),
            ("Guyane", "guyane", (NC,)),
            ("Strasbourg", "strasbourg", (INDISPONIBLE,)),
        ],
        Indicateur.ACTIONS,
    )
    assert [(row.name, row.counted) for row in found.apports] == [
        ("Amiens", 10),
        ("Besançon", 10),
        ("Guyane", None),
        ("Strasbourg", None),
    ]
    assert sum(row.counted or 0 for row in found.apports) == found.total.added


def test_the_explanation_names_who_is_missing_and_why() -> None:
    found = provenance(
        [
            ("Amiens", "amiens", (DIX,)),
            ("Bordeaux", "bordeaux", (TRENTE_ENVIRON,)),
            ("Rennes", "rennes", (Chiffre(Kind.MORE_THAN, 30),)),
            ("Guyane", "guyane", (NC,)),
            ("La Réunion", "la-reunion", (TOUS,)),
            ("Strasbourg", "strasbourg", (INDISPONIBLE,)),
        ],
        Indicateur.ACTIONS,
    )
    text = " ".join(found.explications)
    assert "donnés par 3\u00a0académies" in text
    assert "Guyane n’a pas communiqué de nombre" in text
    assert "La Réunion répond «\u00a0tous\u00a0»" in text
    assert "Données non disponibles\u00a0: Strasbourg." in text
    assert "environ" in text
    assert "minimum" in text
    assert "C’est donc une somme\u00a0: le vrai total peut être plus grand ou plus petit." in text
    assert "le total réel" not in text


def test_schools_of_two_numbers_may_be_counted_twice() -> None:
    lyon = (Chiffre(Kind.EXACT, 14, "durant la semaine"), Chiffre(Kind.EXACT, 70, "toute l’année"))
    found = provenance([("Lyon", "lyon", lyon)], Indicateur.ETABLISSEMENTS)
    assert found.phrase == "au plus 84\u00a0écoles et établissements"
    assert "Lyon donne plusieurs nombres, où les mêmes peuvent se retrouver." in found.explications
    assert provenance([("Lyon", "lyon", lyon)], Indicateur.ACTIONS).phrase == "84\u00a0actions"


def test_nothing_counted_explains_nothing_but_the_absence() -> None:
    found = provenance([("Toulouse", "toulouse", ())], Indicateur.ACTIONS)
    assert found.phrase == "nombre non disponible"
    assert found.explications == ("Données non disponibles\u00a0: Toulouse.",)
