"""Which words of an action tell what it is about: those it says often, and few others say.

The library chooses such words itself, and of those that tell as much any: another page at each asking.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from accroche.integrations.tantivy.analyse import words

#: Words that two actions are compared by at most.
COMPARED: Final = 20
#: What one action alone says, no other resembles.
FEWEST_SAY: Final = 2


def telling_words(
    texts: Mapping[str, list[str]], said_by: Callable[[str, str], int], size: int, most: int
) -> list[tuple[str, str, float]]:
    """The field, the stem and the weight, of 1, of each word that tells most; the same at each asking.

    ``said_by``: how many actions of ``size`` say a stem in a field; beyond ``most``, it tells nothing.
    """
    counts = Counter(
        (name, word.stem) for name, values in texts.items() for value in values for word in words(value)
    )
    ranked = []
    for (name, stem), times in counts.items():
        held = said_by(name, stem)
        if FEWEST_SAY <= held <= most:
            # what was deleted counts as said until the index forgets it: more may say it than there are
            others = max(0, size - held)
            ranked.append((-times * math.log1p((others + 0.5) / (held + 0.5)), name, stem))
    ranked.sort()
    return [(name, stem, weight / ranked[0][0]) for weight, name, stem in ranked[:COMPARED]]
