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


def test_a_bullet_of_lists_that_looks_like_a_title_among_actions_is_doubted() -> None:
    rows = [*USUAL, "• Une ruche, Collège du Bois, Eu", "On y garde des abeilles.", *USUAL]
    lines = [
        Line(n, text, blanks=2 * text.startswith(("• Une", "On y garde")))
        for n, text in enumerate(rows, start=1)
    ]
    zone = Zone(0, len(rows))
    assert actions_of(lines, zone, learn_signs(lines, [zone], [])) == ([0, 6], [4])


def test_a_sign_that_opens_titles_in_most_zones_is_learnt_under_a_line_of_another_text() -> None:
    rows = [
        "dans",
        "▪ Un verger, Lycée Bel Air, Vire",
        "On y plante :",
        "- des pommiers",
        "- des poiriers",
    ] * 4
    lines = [Line(number, text) for number, text in enumerate(rows, start=1)]
    signs = learn_signs(lines, [Zone(rank, rank + 5) for rank in (0, 5, 10, 15)], [])
    assert (signs.actions, signs.lost) == (frozenset("▪"), False)
