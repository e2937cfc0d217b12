"""Actions that look like those of a great many editions, the same for every engine: made of chance, seeded.

Words follow a law of Zipf over a vocabulary that grows with the number of actions, as that of people does;
a few stand in most texts, most in a handful. Choices are as uneven as real ones: some académies have ten
times others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

#: Actions made at once.
SLICE: Final = 10_000
#: Words of a title, of a name, of an account.
LENGTHS: Final = {"titre": 6, "noms": 4, "texte": 34}
#: How many choices each filter has, and how many of them an action holds at most.
CHOICES: Final = {
    "edition": (10, 1),
    "academie": (30, 1),
    "departement": (101, 1),
    "niveau": (4, 2),
    "theme": (20, 3),
    "nature": (3, 1),
    "temporalite": (3, 1),
    "partenaire": (13, 3),
    "distinction": (2, 1),
    "video": (1, 1),
}
#: Of a hundred actions, how many hold any choice of it.
HELD: Final = {"distinction": 8, "video": 9, "nature": 60, "temporalite": 70}
SEVERAL: Final = tuple(name for name, (_, most) in CHOICES.items() if most > 1)
PLACES: Final = 60_000
_SYLLABLES: Final = [a + b for a in "bcdfgjlmnprstv" for b in ("a", "e", "i", "o", "u", "ou", "an", "in")]


@dataclass(frozen=True)
class ActionInventee:
    """One action: its texts by field, its choices by filter, its place, its day."""

    key: int
    texts: dict[str, str]
    choices: dict[str, list[str]]
    place: tuple[float, float]
    day: int


def vocabulary(size: int) -> list[str]:
    """As many words as ``size`` actions have, the commonest first; no two have one stem."""
    count = min(400_000, int(2_000 + 12 * size**0.75))
    base = len(_SYLLABLES)
    found = []
    for number in range(count):
        rest, word = number + base, ""
        while rest:
            rest, digit = divmod(rest, base)
            word += _SYLLABLES[digit]
        found.append(word + "k")  # which no French ending follows
    return found


def actions(size: int, seed: int = 16) -> Iterator[ActionInventee]:
    """``size`` actions, the same each time."""
    random = np.random.default_rng(seed)
    words = vocabulary(size)
    zipf = np.cumsum(1.0 / np.arange(2, len(words) + 2) ** 1.05)
    uneven = {name: np.cumsum(1.0 / np.arange(1, count + 1) ** 0.7) for name, (count, _) in CHOICES.items()}
    places = np.column_stack((random.uniform(42.5, 50.9, PLACES), random.uniform(-4.5, 8.0, PLACES)))

    def drawn(weights: Any, shape: Any) -> Any:
        return np.searchsorted(weights, random.random(shape) * weights[-1])

    for first in range(0, size, SLICE):
        count = min(SLICE, size - first)
        texts = {name: drawn(zipf, (count, length)) for name, length in LENGTHS.items()}
        choices = {name: drawn(uneven[name], (count, most)) for name, (_, most) in CHOICES.items()}
        held = {name: random.random(count) * 100 < share for name, share in HELD.items()}
        where = places[random.integers(0, PLACES, count)].tolist()
        days = random.integers(735_000, 738_650, count).tolist()
        rows = {name: table.tolist() for name, table in texts.items()}
        chosen = {name: table.tolist() for name, table in choices.items()}
        for at in range(count):
            yield ActionInventee(
                key=first + at + 1,
                texts={name: " ".join([words[word] for word in table[at]]) for name, table in rows.items()},
                choices={
                    name: [f"{name}-{code}" for code in dict.fromkeys(table[at])]
                    if name not in held or held[name][at]
                    else []
                    for name, table in chosen.items()
                },
                place=tuple(where[at]),
                day=days[at],
            )


def words_by_use(size: int) -> dict[str, str]:
    """A word that most actions say, one that some hundredths say, one that hardly any does."""
    words = vocabulary(size)
    return {"very common": words[0], "middling": words[120], "rare": words[-10]}
