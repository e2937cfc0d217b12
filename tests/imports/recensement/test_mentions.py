"""The names of one cell, made ready to be looked for."""

from __future__ import annotations

import pytest

from accroche.imports.recensement.mentions import carriers_in, searched, unsaid, with_kinds_alone


@pytest.mark.parametrize(
    ("names", "together"),
    [
        (("SEGPA", "Collège Pasteur"), ("SEGPA, Collège Pasteur",)),
        (("Collège Pasteur", "SEGPA"), ("Collège Pasteur, SEGPA",)),
        (("Carnot", "SEGPA", "Collège Pasteur"), ("Carnot", "SEGPA, Collège Pasteur")),
        (("SEGPA",), ("SEGPA",)),
        (("Mairie", "Collège Pasteur"), ("Mairie", "Collège Pasteur")),
    ],
)
def test_a_kind_of_school_alone_goes_with_its_neighbour(
    names: tuple[str, ...], together: tuple[str, ...]
) -> None:
    assert with_kinds_alone(names) == together


@pytest.mark.parametrize(
    ("names", "kind", "texts"),
    [
        (["Carnot", "Pasteur"], "Collège", ["Collège Carnot", "Pasteur"]),
        (["Lycée Carnot", "Pasteur"], "Collège", ["Lycée Carnot", "Pasteur"]),
        (["Carnot"], "Public", ["Carnot"]),
        (["Segpa, collège Carnot", "École, SEP, LP"], "", ["Segpa collège Carnot", "École, SEP LP"]),
    ],
)
def test_what_a_column_says_of_the_first_stands_before_it(
    names: list[str], kind: str, texts: list[str]
) -> None:
    assert searched(names, kind) == texts


def test_a_commune_is_told_where_no_name_says_it_and_codes_apart_from_names() -> None:
    assert unsaid("Dijon", ["Collège Carnot", "DIJON"]) == ""
    assert unsaid("Beaune", ["Collège Carnot", "Dijon"]) == "Beaune"
    assert carriers_in("0010001w ; Mairie de Nolay") == (("0010001W",), ("Mairie de Nolay",))
