"""A search as an address: read whatever it holds, written in one way."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.catalogue.criteres import (
    AROUND,
    FACETTES,
    LAST_PAGE,
    LONGEST,
    MOST_CHOICES,
    WIDEST,
    Criteres,
    Ordre,
    Point,
    clean,
    read,
    without,
)


class Address(dict[str, list[str]]):
    """The parameters of an address, read as Django does."""

    def __init__(self, query: str) -> None:
        super().__init__(parse_qs(query, keep_blank_values=True, max_num_fields=10_000))

    def get(self, name: str, default: Any = "") -> Any:
        return self[name][-1] if name in self else default

    def getlist(self, name: str) -> list[str]:
        return dict.get(self, name, [])


def read_query(query: str) -> Criteres:
    return read(Address(query)).criteres


words = st.text(max_size=LONGEST).map(clean).map(lambda text: text[:LONGEST].strip())
days = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180), words)


def chosen(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    facette = next(facette for facette in FACETTES if facette.name == name)
    codes = (
        sorted(facette.words)
        or {
            "academie": ["dijon", "aix-marseille", "la-reunion"],
            "departement": ["58", "2A", "974"],
        }[name]
    )
    return st.lists(st.sampled_from(codes), max_size=4).map(tuple)


@st.composite
def searches(draw: st.DrawFn) -> Criteres:
    du, au = sorted((draw(days), draw(days)), key=lambda day: day or dt.date(1990, 1, 1))
    return Criteres(
        q=draw(words),
        edition=draw(st.sampled_from(["", "2015-2016"])),
        **{f.field: draw(chosen(f.name)) for f in FACETTES if not f.single},
        video=draw(st.booleans()),
        etablissement=draw(st.sampled_from(["", "0580031U"])),
        commune=draw(st.sampled_from(["", "58194", "2A004"])),
        selection=draw(st.sampled_from(["", "le-theatre"])),
        pres_de=draw(st.none() | points),
        rayon=draw(st.none() | st.integers(1, WIDEST)),
        du=du,
        au=au,
        tri=draw(st.sampled_from(Ordre)),
        page=draw(st.integers(1, LAST_PAGE)),
    )


@given(searches())
def test_an_address_names_one_search_and_a_search_one_address(criteres: Criteres) -> None:
    found = read(Address(criteres.canonical()))
    assert found.criteres == criteres
    assert found.problems == ()
    assert found.criteres.canonical() == criteres.canonical()


NAMES = [*(f.name for f in FACETTES), "q", "pres", "lieu", "rayon", "du", "au", "tri", "page", "commune"]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30)), max_size=12))
def test_whatever_is_typed_is_read_and_written_back(pairs: list[tuple[str, str]]) -> None:
    found = read_query(urlencode(pairs, errors="replace"))
    assert read_query(found.canonical()) == found
    assert len(found.canonical()) < 100 * LONGEST


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("q=&edition=&niveau=&rayon=30&tri=&page=1", ""),
        ("niveau=lycee&niveau=college&niveau=lycee", "niveau=college&niveau=lycee"),
        ("page=2&q=++d%C3%A9crochage+&tri=pertinence", "q=d%C3%A9crochage&page=2"),
        ("tri=date", ""),
        ("q=a&tri=date", "q=a&tri=date"),
        ("pres=46.98765,3.16234&lieu=Nevers&rayon=30&tri=distance", "pres=46.99,3.16&lieu=Nevers"),
        ("pres=46.98765,3.16234&rayon=20", "pres=46.99,3.16&rayon=20"),
        ("rayon=50&lieu=Nevers", ""),
        ("video=on", "video=1"),
        ("du=1/3/2027", "du=2027-03-01"),
        ("commune=2a004&etablissement=0580031u", "etablissement=0580031U&commune=2A004"),
    ],
)
def test_what_goes_without_saying_is_left_out(query: str, canonical: str) -> None:
    found = read(Address(query))
    assert (found.criteres.canonical(), found.problems) == (canonical, ())


@pytest.mark.parametrize(
    ("query", "kept", "told"),
    [
        ("q=" + "a" * 10_000, "q=" + "a" * LONGEST, "trop longue"),
        ("q=a%00b%1f%ed%a0%80", "q=a+b+%EF%BF%BD%EF%BF%BD%EF%BF%BD", ""),
        ("niveau=maternelle&niveau=lycee", "niveau=lycee", "« Niveau »"),
        ("academie=../../etc", "", "« Académie »"),
        ("academie=" + "&academie=".join(f"a{n:02}" for n in range(50)),
         "academie=" + "&academie=".join(f"a{n:02}" for n in range(MOST_CHOICES)), "30 choix"),
        ("pres=95,3", "", "toute la France"),
        ("pres=nan,nan", "", "toute la France"),
        ("pres=1,2&rayon=-5", "pres=1.00,2.00", f"{AROUND} km"),
        ("pres=1,2&rayon=9999", f"pres=1.00,2.00&rayon={WIDEST}", f"{WIDEST} km"),
        ("pres=1,2&rayon=%C2%B2", "pres=1.00,2.00", "kilomètres"),
        ("page=1000000000", f"page={LAST_PAGE}", "précisez"),
        ("page=" + "9" * 5000, f"page={LAST_PAGE}", "précisez"),
        ("page=-1", "", "première"),
        ("page=%D9%A1", "", "première"),
        ("du=2026-02-30", "", "2026-02-30"),
        ("du=30/02/2026", "", "30/02/2026"),
        ("du=12/3", "", "24/11/2026"),
        ("du=0001-01-01", "", "0001-01-01"),
        ("du=2026-05-02&au=2026-05-01", "du=2026-05-01&au=2026-05-02", "échangées"),
        ("tri=hasard", "", "ordre"),
        ("tri=distance", "", "près de quel lieu"),
        ("edition=2016", "", "édition"),
        ("commune=Nevers", "", "commune"),
        ("etablissement=58", "", "établissement"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_and_bounded(query: str, kept: str, told: str) -> None:
    found = read(Address(query))
    assert found.criteres.canonical() == kept
    assert told in " ".join(found.problems).replace("\u00a0", " ")
    assert bool(told) == bool(found.problems)


def test_a_choice_is_taken_away_alone_or_with_its_filter() -> None:
    both = Criteres(q="a", niveaux=("college", "lycee"), video=True, page=3)
    assert without(both, "niveau", "lycee") == Criteres(q="a", niveaux=("college",), video=True)
    assert without(both, "niveau") == Criteres(q="a", video=True)
    assert without(both, "video", "1") == Criteres(q="a", niveaux=("college", "lycee"))
    assert without(both, "q") == Criteres(niveaux=("college", "lycee"), video=True)
    near = Criteres(pres_de=Point(47, 3.16, "Nevers"), rayon=20, tri=Ordre.DISTANCE)
    assert without(near, "pres_de") == Criteres()


def test_a_position_is_kept_to_a_kilometre_and_distances_are_those_of_the_earth() -> None:
    nevers = Point(46.98765, 3.15912)
    assert (nevers.lat, nevers.lon) == (46.99, 3.16)
    assert nevers.distance_to(47.32, 5.04) == pytest.approx(146.7, abs=1.5)
    assert Point(0, 179.99).distance_to(0, -179.99) == pytest.approx(2.2, abs=0.1)
    assert Point(-0.001, 0).lat == 0
