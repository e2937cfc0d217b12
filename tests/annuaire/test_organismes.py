"""Which organisations say by their name what they are."""

from __future__ import annotations

import pytest

from accroche.annuaire.organismes import (
    ORGANISMES,
    describes_a_kind,
    kind_of,
    kind_of_opening,
    kind_told,
    sounds_like_a_school,
)
from accroche.annuaire.regles import NIVEAU_DE, TypePorteur
from accroche.rapport import organisations


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("CIO de Beaune", TypePorteur.CIO),
        ("DSDEN 58 | Direction académique de l’Yonne", TypePorteur.DSDEN),
        ("Rectorat | DRANE de Dijon | DANE | Académie d’Amiens | Région académique", TypePorteur.ACADEMIE),
        ("GRETA 21 | Réseau Canopé 21 | France Travail", TypePorteur.OPERATEUR),
        ("MLDS Nord | Réseau FOQUALE du Châtillonnais", TypePorteur.RESEAU),
        ("CCI Côte-d’Or | Chambre d’agriculture", TypePorteur.CHAMBRE),
        (
            "Mairie de Nolay | Ville de Dijon | Conseil départemental de la Nièvre | Région Bretagne",
            TypePorteur.COLLECTIVITE,
        ),
        (
            "Mission locale | UNSS Côte-d'Or | MFR d'Agencourt | Ligue de l’enseignement | Association Zzz",
            TypePorteur.ASSOCIATION,
        ),
        (
            "E2C | École de la 2e chance | CFA de la chambre de métiers | PJJ - STEMO | INSPÉ | IREM | Musée",
            TypePorteur.AUTRE,
        ),
        (
            "Médiathèque Champollion | Théâtre de la ville de Beaune | SARL Martin | École de musique",
            TypePorteur.AUTRE,
        ),
        # nothing for sure: somebody is asked
        ("Le Pôle jeunesse | La Source | Jean Moulin | Institution Saint-Joseph | Centre social", None),
        (
            "Lycée X | Collège de la Mission locale | Association sportive du collège X | LP de la Chambre",
            None,
        ),
    ],
)
def test_a_name_says_what_it_is_or_nothing(names: str, kind: TypePorteur | None) -> None:
    for name in names.split(" | "):
        assert kind_of(name) is kind, name


@pytest.mark.parametrize(
    "name", ["Mission locale de Nevers", "MFR d’Agencourt", "GRETA 21", "École de danse"]
)
def test_a_report_and_a_census_say_the_same_of_an_organisation(name: str) -> None:
    assert organisations.kind_of(name) is kind_of_opening(name) is kind_of(name)


def test_an_organisation_opens_what_names_one() -> None:
    assert kind_of_opening("Un forum avec la mission locale") is None
    told = ("Association - initiative locale", "Association - Les Amis", "MJC - atelier vélo", "Mairie")
    assert [describes_a_kind(one) for one in told] == [True, False, False, False]
    assert organisations.kind_of("Lycée de la Mission locale") is TypePorteur.LYCEE


def test_what_sounds_like_a_school_is_one_until_told() -> None:
    assert sounds_like_a_school("Association sportive du collège X")
    assert sounds_like_a_school("LP Zzyzx")
    assert not sounds_like_a_school("École de la deuxième chance")
    assert not sounds_like_a_school("Le Pôle jeunesse")


def test_each_kind_that_is_no_school_can_be_chosen() -> None:
    assert set(ORGANISMES) == set(TypePorteur) - set(NIVEAU_DE)
    assert kind_told("Autre organisme") is kind_told("autre") is TypePorteur.AUTRE
    assert kind_told("collège") is None
