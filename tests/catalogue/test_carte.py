from __future__ import annotations

from accroche.annuaire.tuiles import TUILES
from accroche.catalogue.carte import AcademieEnCarte, carte
from accroche.catalogue.provenance import Reponse
from accroche.lib.chiffres import Chiffre, Kind


def place(name: str, *figures: Chiffre) -> AcademieEnCarte:
    return AcademieEnCarte(name, name.lower(), figures)


def exact(value: int) -> Chiffre:
    return Chiffre(Kind.EXACT, value)


def test_shades_follow_the_number_and_nothing_else_has_one() -> None:
    names = ["Lille", "Amiens", "Rennes", "Paris", "Lyon", "Nice"]
    figures = [exact(9), exact(10), exact(30), exact(100), Chiffre(Kind.NOT_COMMUNICATED), None]
    tiles = carte(
        place(name, *([] if figure is None else [figure]))
        for name, figure in zip(names, figures, strict=True)
    )
    found = {tile.name: (tile.shade, tile.reponse) for tile in tiles}
    assert found == {
        "Lille": (1, Reponse.NOMBRE),
        "Amiens": (2, Reponse.NOMBRE),
        "Rennes": (3, Reponse.NOMBRE),
        "Paris": (4, Reponse.NOMBRE),
        "Lyon": (0, Reponse.NC),
        "Nice": (0, Reponse.INDISPONIBLE),
    }


def test_a_zero_is_a_number() -> None:
    (tile,) = carte([place("Lille", exact(0))])
    assert (tile.reponse, tile.short, tile.shade) == (Reponse.NOMBRE, "0", 1)


def test_a_number_that_is_not_exact_does_not_look_exact() -> None:
    (tile,) = carte([place("Rennes", Chiffre(Kind.MORE_THAN, 30))])
    assert tile.short == "30+"
    assert tile.figure == "au moins 30\u00a0actions"
    (tile,) = carte([place("Bordeaux", Chiffre(Kind.ABOUT, 30))])
    assert tile.short == "~30"


def test_tiles_come_row_by_row_then_overseas_as_the_tabulation_key_goes() -> None:
    tiles = carte(place(name) for name in ("Autre", "Nice", "Lille", "Guadeloupe", "Caen"))
    assert [tile.name for tile in tiles] == ["Lille", "Caen", "Nice", "Guadeloupe", "Autre"]


def test_an_academie_the_drawing_does_not_know_goes_under_it() -> None:
    bottom = max(row for _, _, row in TUILES.values())
    tiles = carte([place("Nouvelle-Ville"), place("Autre"), place("Lille")])
    unknown = [tile for tile in tiles if tile.name != "Lille"]
    assert [tile.code for tile in unknown] == ["NOU", "AUT"]
    assert all(tile.row > bottom for tile in unknown)
    assert len({(tile.row, tile.column) for tile in tiles}) == 3
