"""The legend beside the tile map says the shades the tiles are drawn with."""

from __future__ import annotations

from django.template.loader import render_to_string

from accroche.annuaire.tuiles import SHADE_BOUNDS, SHADES, shade


def test_the_legend_names_every_shade_in_order() -> None:
    told = render_to_string("catalogue/_legende.html")
    places = [told.find(label) for label in SHADES]
    assert -1 not in places
    assert places == sorted(places)


def test_each_shade_starts_at_its_bound() -> None:
    assert [shade(bound - 1) for bound in SHADE_BOUNDS] == [0, 1, 2]
    assert [shade(bound) for bound in SHADE_BOUNDS] == [1, 2, 3]
    assert len(SHADES) == len(SHADE_BOUNDS) + 1
