"""What resembles an action, by the words that tell what it is about: those it says often, and few others say.

The library chooses such words itself, and of those that tell as much any: another page at each asking.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from tantivy import Occur, Query, Searcher

from accroche.integrations.tantivy.analyse import words
from accroche.integrations.tantivy.interrogation import one_of
from accroche.integrations.tantivy.schema import KEY, schema

#: A word to compare by: the field, the stem, and the weight it has, of 1.
Mot: TypeAlias = tuple[str, str, float]

#: Words that two actions are compared by at most.
COMPARED: Final = 20
#: What one action alone says, no other resembles.
FEWEST_SAY: Final = 2
#: A word tells that two actions resemble one another when no more of them say it than so many, or one in so
#: many: what everybody says tells nothing, and takes as long as there are actions.
FEW_SAY: Final = 1_000
MANY_SAY: Final = 4
#: Actions that are ranked at most, where there are more: those that say one of the words that tell most.
RANKED: Final = 10_000
#: How much a choice in common counts, beside a word.
CHOICE: Final = 2.0


def closest(
    searcher: Searcher, texts: Mapping[str, list[str]], choix: Mapping[str, tuple[str, ...]], size: int
) -> list[int]:
    """Keys of those that say the most of the same words, or hold the same choices."""
    said_by, there = searcher.doc_freq, searcher.num_docs
    ranked = telling_words(texts, said_by, there, max(FEW_SAY, there // MANY_SAY))
    if ranked and there > RANKED:
        found = _keys(searcher, resembling_among(ranked, leading(ranked, said_by, RANKED), choix), size)
        if len(found) >= size:
            return found
    query = resembling(ranked, choix)
    return _keys(searcher, query, size) if query else []


def _keys(searcher: Searcher, query: Query, size: int) -> list[int]:
    found = searcher.search(query, limit=max(1, size), count=False)
    keys = searcher.fast_field_values(KEY, [at for _, at in found.hits])
    return [int(key or 0) for key in keys]


def telling_words(
    texts: Mapping[str, list[str]], said_by: Callable[[str, str], int], size: int, most: int
) -> list[Mot]:
    """The words that tell most, what tells most first; the same at each asking.

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


def leading(ranked: Sequence[Mot], said_by: Callable[[str, str], int], most: int) -> int:
    """How many of these words, the first at least, ``most`` actions say between them."""
    left = most
    for rank, (name, stem, _) in enumerate(ranked):
        left -= said_by(name, stem)
        if rank and left < 0:
            return rank
    return len(ranked)


def resembling(ranked: Sequence[Mot], choix: Mapping[str, tuple[str, ...]]) -> Query | None:
    """Those that say one of these words or hold one of these choices; None where none is given."""
    parts = [(Occur.Should, one) for one in _choices(choix)]
    if ranked:
        parts.append((Occur.Should, _one_of_words(ranked)))
    return Query.boolean_query(parts) if parts else None


def resembling_among(ranked: Sequence[Mot], first: int, choix: Mapping[str, tuple[str, ...]]) -> Query:
    """The same of those that say one of the ``first`` words; the rest, and choices, rank them.

    Each choice around the rest: in a list of parts the library would read each from end to end, and half
    of a country may hold one; so it looks at the places of those that say one of the words.
    """
    parts = [(Occur.Must, _one_of_words(ranked[:first]))]
    if ranked[first:]:
        parts.append((Occur.Should, _one_of_words(ranked[first:])))
    query = Query.boolean_query(parts)
    for one in _choices(choix):
        query = Query.boolean_query([(Occur.Must, query), (Occur.Should, one)])
    return query


def _choices(choix: Mapping[str, tuple[str, ...]]) -> list[Query]:
    held = [(name, value) for name, values in choix.items() for value in values]
    return [Query.boost_query(one_of(name, (value,)), CHOICE) for name, value in held]


def _one_of_words(ranked: Sequence[Mot]) -> Query:
    return Query.boolean_query([(Occur.Should, _word(one)) for one in ranked])


def _word(mot: Mot) -> Query:
    name, stem, weight = mot
    return Query.boost_query(Query.term_query(schema(), name, stem, "freq"), weight)
