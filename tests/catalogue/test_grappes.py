"""Clusters: each action in exactly one, nothing lost, whatever the frame; against counting one by one."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accroche.catalogue.grappes import (
    APART,
    DEEPEST,
    MOST,
    TILE_LEVEL,
    ZOOMS,
    Cadre,
    CadreError,
    Tas,
    cellule,
    grouped,
    maillage,
    read_cadre,
    read_zoom,
    spaced,
)

pytestmark = pytest.mark.any_database

latitudes = st.floats(-90, 90) | st.floats(41, 51)
longitudes = st.floats(-180, 180) | st.floats(-5, 10)
piles = st.lists(
    st.builds(Tas, latitudes, longitudes, st.integers(1, 1000), st.integers(1, 10**9)), max_size=40
)
cadres = st.builds(
    lambda west, east, one, two: Cadre(west, min(one, two), east, max(one, two)),
    longitudes,
    longitudes,
    latitudes,
    latitudes,
)
zooms = st.integers(*ZOOMS)
WORLD = Cadre(-180, -90, 180, 90)


def flat(lat: float, lon: float, level: int) -> tuple[float, float]:
    """Columns and rows of Web Mercator by its usual formula, the poles cut off."""
    angle = math.radians(max(-85.06, min(85.06, lat)))
    down = (1 - math.asinh(math.tan(angle)) / math.pi) / 2
    top = 2**level - 1e-9
    return min(top, (lon + 180) / 360 * 2**level), max(0, min(top, down * 2**level))


@settings(max_examples=40, deadline=None)
@given(piles, cadres, zooms)
def test_each_pile_is_in_one_cluster_and_none_of_the_frame_is_missed(
    tas: list[Tas], cadre: Cadre, zoom: int
) -> None:
    by = maillage(cadre, zoom)
    assert 1 <= by.size <= MOST
    found = grouped(tas, by)
    drawn = spaced(found, by)
    # counted one by one, each position in its cell of Web Mercator
    plain: dict[tuple[int, int], int] = {}
    for one in tas:
        column, row = (int(side) for side in flat(one.lat, one.lon, by.level))
        inside = any(first <= column <= last for first, last in by.columns)
        if inside and by.rows[0] <= row <= by.rows[1]:
            plain[column, row] = plain.get((column, row), 0) + one.count
        else:
            assert not cadre.holds(one.lat, one.lon)
    assert sorted(grappe.count for grappe in found) == sorted(plain.values())
    assert sum(grappe.count for grappe in drawn) == sum(plain.values())
    for grappe in found:
        assert grappe.cadre.south - 1e-9 <= grappe.lat <= grappe.cadre.north + 1e-9
        assert grappe.action in {one.action for one in tas}
    # no marker over another
    spots = [flat(one.lat, one.lon, by.level) for one in drawn]
    for number, (across, down) in enumerate(spots):
        for other_across, other_down in spots[:number]:
            apart = max(abs(across - other_across), abs(down - other_down))
            assert apart >= APART * (1 - 1e-9)


@settings(max_examples=40, deadline=None)
@given(latitudes, longitudes, st.integers(4, 18))
def test_a_cell_is_an_interval_of_codes_and_holds_four_of_the_next_level(
    lat: float, lon: float, level: int
) -> None:
    code = cellule(lat, lon)
    assert 0 <= code < 4**DEEPEST
    assert code == int(float(code))  # the index counts in floats
    here, finer = code // 4 ** (DEEPEST - level), code // 4 ** (DEEPEST - level - 1)
    assert finer // 4 == here
    column, row = (int(side) for side in flat(lat, lon, level))
    assert here == sum((column >> bit & 1) << 2 * bit | (row >> bit & 1) << 2 * bit + 1 for bit in range(20))


@settings(max_examples=40, deadline=None)
@given(latitudes, longitudes, cadres, zooms)
def test_the_tiles_of_a_frame_hold_all_of_it(lat: float, lon: float, cadre: Cadre, zoom: int) -> None:
    by = maillage(cadre, zoom)
    tiles, code = by.tuiles(), cellule(lat, lon)
    if tiles is not None and by.holds(code // by.interval):
        assert code // 4 ** (DEEPEST - TILE_LEVEL) in tiles


def test_a_frame_over_the_180th_meridian_holds_both_sides() -> None:
    fiji_side, tonga_side, paris = Tas(-17, 179.5, 3, 1), Tas(-17, -179.5, 2, 2), Tas(48.8, 2.3, 9, 3)
    across = read_cadre("178,-20,182,-14")
    assert across == Cadre(178, -20, -178, -14)
    found = grouped([fiji_side, tonga_side, paris], maillage(across, 8))
    assert sorted(grappe.count for grappe in found) == [2, 3]
    # dragged twice around the world
    assert read_cadre("-362,40,-350,50") == Cadre(-2, 40, 10, 50)
    assert read_cadre("-500,-95,500,95") == WORLD


def test_all_at_one_point_is_told_from_what_a_zoom_parts() -> None:
    by = maillage(Cadre(2, 46, 4, 48), 6)
    (one,) = grouped([Tas(46.99, 3.16, 2, 1), Tas(46.99, 3.16, 10, 2)], by)
    assert one.is_one_place
    assert one.count == 12
    (two,) = spaced(grouped([Tas(46.99, 3.16, 2, 1), Tas(46.991, 3.16, 10, 2)], by), by)
    assert not two.is_one_place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NaN,1,2,3",
        "1,2,3",
        "1,2,3,4,5",
        "inf,0,1,1",
        "a,b,c,d",
        "1" * 10_000,
        "0,50,1,40",
        "1e9,0,1,1",
        "0,95,1,99",
    ],
)
def test_what_is_no_frame_is_refused_in_words(text: str) -> None:
    with pytest.raises(CadreError, match="cadre"):
        read_cadre(text)


@pytest.mark.parametrize("text", ["", "-1", "99", "1", "6.5", "٦", "1" * 10_000])
def test_what_is_no_zoom_is_refused_in_words(text: str) -> None:
    with pytest.raises(CadreError, match="zoom"):
        read_zoom(text)
