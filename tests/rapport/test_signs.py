"""Which sign opens an action, where a few sheets write it otherwise."""

from __future__ import annotations

from accroche.rapport.lines import Line
from accroche.rapport.signs import Zone, actions_of, learn_signs

USUAL = ["‣ Un verger, Lycée Bel Air, Vire", "On y plante :", "• des pommiers", "• des poiriers"]
ARROW, BULLET = frozenset("‣"), frozenset("•")
#: The author took the bullet of lists here.
SLIP = [
    "• Un rucher, Collège du Bois, Eu",
    "On y garde :",
    "• des ruches",
    "• Une radio, Lycée du Parc, Eu",
    "Elle dit la météo.",
]


def test_the_bullet_of_lists_opens_actions_only_where_it_opens_the_examples() -> None:
    rows = [*USUAL * 4, *SLIP]
    lines = [Line(number, text, blanks=not text.startswith("•")) for number, text in enumerate(rows, start=1)]
    zones = [Zone(rank, rank + 4) for rank in (0, 4, 8, 12)] + [Zone(16, len(rows))]
    signs = learn_signs(lines, zones, [])
    assert (signs.actions, signs.lists, signs.rare, signs.shared) == (ARROW, BULLET, BULLET, False)
    assert [actions_of(lines, zone, signs) for zone in zones] == [
        *(([rank], []) for rank in (0, 4, 8, 12)),
        ([16, 19], [16, 19]),  # both told
    ]
