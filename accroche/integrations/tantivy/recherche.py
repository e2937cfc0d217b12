"""Asks an index: which actions answer, how many by each choice, where they are, which resemble one another.

Queries are made of the library's objects, never in its language: whatever somebody types is words.
"""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, takewhile
from typing import Any, Final, TypeVar

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Occur, Query

from accroche.integrations.tantivy.analyse import MotLu, family, telling, words
from accroche.integrations.tantivy.choix import counted, of_all
from accroche.integrations.tantivy.errors import told
from accroche.integrations.tantivy.interrogation import Interrogation, filters
from accroche.integrations.tantivy.mots import ONE_SLIP, most_of, slips_of, typed_words
from accroche.integrations.tantivy.parente import closest
from accroche.integrations.tantivy.reponses import Compris, Etendue, Maille, cell_of, extent_of
from accroche.integrations.tantivy.retenues import MOST_LISTED, Retenues
from accroche.integrations.tantivy.schema import (
    ALL,
    CELL,
    DEGREES,
    FACETS,
    KEY,
    RANK,
    TEXTS,
    schema,
)
from accroche.lib.requete import Requete

_Answer = TypeVar("_Answer")

#: How much a word found as it is spelt adds, one that only begins so, one that resembles.
EXACT: Final = 1.0
BEGUN: Final = 0.4
NEAR: Final = 0.9
#: How much of its lesser fields a word found in several adds.
TIE: Final = 0.8
#: How much a word of the same family counts, beside the word itself.
FAMILY: Final = 0.5
#: What saying most of the words adds, where fewer are enough: more than any word is worth.
TIER: Final = 100.0
#: Letters from which a word may not be whole yet.
SHORTEST_BEGUN: Final = 2
#: Words the vocabulary is asked for at most when one is misspelt.
MOST_LIKE_IT: Final = 60_000
#: Answers of a spelling that are looked for together.
SPELLINGS: Final = 3
#: Fewer answers than this, and those that say fewer of the words are shown after them.
FEW: Final = 10
#: Words whose spellings are kept, of one state of the index.
WORDS_KEPT: Final = 500
#: The share of all actions from which those that do not answer are counted, and taken from the whole.
NEARLY_ALL: Final = 2 / 3


class Snapshot:
    """An index as of one commit; any number of threads ask it at once."""

    def __init__(
        self, searcher: tantivy.Searcher, withdrawn: float = math.inf, before: Snapshot | None = None
    ) -> None:
        """Keep what the library reads with; ``withdrawn``: how many stand in its lists still, at most.

        ``before``: the state it follows, whose questions :meth:`ask_again` asks.
        """
        self._searcher = searcher
        self._withdrawn = withdrawn
        self._waiting = before.asked() if before else []
        self.forget()

    def forget(self) -> None:
        """Let go of what was answered: a measure is of what has to be looked for."""
        # one search asks the same of a word several times: what it may be is found once
        self._is_known = functools.lru_cache(maxsize=WORDS_KEPT)(self._find_known)
        self._kin = functools.lru_cache(maxsize=WORDS_KEPT)(self._find_kin)
        self._completions = functools.lru_cache(maxsize=WORDS_KEPT)(self._find_completions)
        self._spellings = functools.lru_cache(maxsize=WORDS_KEPT)(self._find_spellings)
        self._retenues = Retenues()

    @property
    def size(self) -> int:
        """How many actions there are to find."""
        return self._searcher.num_docs

    def asked(self) -> list[tuple[Any, Any]]:
        """The latest questions without words or frames, each with how a state is asked it."""
        return self._retenues.asked()

    def ask_again(self, seconds: float = math.inf) -> None:
        """Ask what was asked of the state before, the latest first: the next to ask waits for none of it.

        Ends with the first that is answered after so many ``seconds``.
        """
        waiting, self._waiting = self._waiting, []
        end = time.monotonic() + seconds
        for question, ask in reversed(waiting):
            self._retenues.once(question, functools.partial(ask, self))
            if time.monotonic() >= end:
                return

    def _once(
        self, demande: Interrogation, question: tuple[object, ...], ask: Callable[[Snapshot], _Answer]
    ) -> _Answer:
        """What ``ask`` answers, asked once; of what is held to numbers, which may be many, each time."""
        if demande.keys is not None:
            return ask(self)
        # a frame of the map that somebody looked into is nobody else's, as words are
        again = None if demande.requete or demande.boites else ask
        return self._retenues.once((demande, *question), functools.partial(ask, self), again)

    def find(
        self, demande: Interrogation, size: int, offset: int = 0, *, by: str | None = None
    ) -> tuple[int, Sequence[tuple[int, float]]]:
        """How many answer, and keys and scores of some: the best first, or the greatest in ``by``."""
        if not size:  # nothing is ranked for a number
            return self.count(demande), ()
        if size > MOST_LISTED:
            return self._find(demande, size, offset, by)

        def ask(index: Snapshot) -> tuple[int, Sequence[tuple[int, float]]]:
            return index._find(demande, size, offset, by)

        return self._once(demande, ("find", size, offset, by), ask)

    def _find(
        self, demande: Interrogation, size: int, offset: int, by: str | None
    ) -> tuple[int, tuple[tuple[int, float], ...]]:
        with told():
            found = self._searcher.search(
                self._query(demande), limit=max(1, size), offset=offset, order_by_field=by
            )
            keys = self._searcher.fast_field_values(KEY, [at for _, at in found.hits])
            hits = zip(keys, found.hits, strict=True)
            rows = [(int(key or 0), float(score or 0) if by is None else 0.0) for key, (score, _) in hits]
            return _total(found), tuple(rows[:size])

    def places(self, demande: Interrogation, most: int) -> tuple[int, list[tuple[int, float, float]]]:
        """How many answer, and the keys and degrees of ``most`` of them that stand somewhere."""
        with told():
            found = self._searcher.search(self._query(demande), limit=max(1, most))
            addresses = [at for _, at in found.hits]
            columns = [self._searcher.fast_field_values(name, addresses) for name in (KEY, *DEGREES)]
            rows = zip(*columns, strict=True)
            return _total(found), [
                (int(key or 0), float(lat), float(lon)) for key, lat, lon in rows if None not in (lat, lon)
            ]

    def count(self, demande: Interrogation) -> int:
        """How many actions answer."""

        def ask(index: Snapshot) -> int:
            return index._count(demande)

        return self._once(demande, ("count",), ask)

    def _count(self, demande: Interrogation) -> int:
        if demande == Interrogation():
            return self.size
        # counting what each has one of, nothing is ranked
        return int(self._aggregate(demande, {"all": {"value_count": {"field": KEY}}})["all"]["value"])

    def few_until(self, demande: Interrogation, lasts: Sequence[int], most: int) -> int:
        """By how many of these days, the earliest first, no more than ``most`` of those that answer begin.

        Where a week holds too many, nobody looks at the rest of the year: it is listed at once, as it will
        be shown, or all that are in it would be counted again.
        """
        first, *later = lasts

        def ask(index: Snapshot) -> int:
            listed, _ = index.find(replace(demande, au=first), most, by=RANK)
            counts = (index._count(replace(demande, au=last)) for last in later)
            return sum(1 for _ in takewhile(most.__ge__, chain((listed,), counts)))

        return self._once(demande, ("few", most, *lasts), ask)

    def facets(
        self, demande: Interrogation, names: Iterable[str] = FACETS, *, total: int = 0
    ) -> dict[str, dict[str, int]]:
        """For each field, how many would answer with each choice: true under all the other filters.

        ``total``: how many answer, where that is known: of nearly all, those that do not are sooner counted.
        """
        asked = list(names)
        free = [name for name in asked if not demande.choix.get(name)]
        counts = self._counts(demande, free, total)
        return {
            name: counts[name] if name in counts else self._counts(demande.without(name), [name])[name]
            for name in asked
        }

    def _counts(self, demande: Interrogation, names: list[str], total: int = 0) -> dict[str, dict[str, int]]:
        if not names:
            return {}

        def ask(index: Snapshot) -> dict[str, dict[str, int]]:
            if demande == Interrogation():
                exact = not index._withdrawn
                return {name: of_all(index._searcher, name, is_exact=exact) for name in names}
            query = index._query(demande)
            if total <= index.size * NEARLY_ALL:
                return counted(index._searcher, query, names)
            whole = index._counts(Interrogation(), names)
            but = [(Occur.Must, Query.all_query()), (Occur.MustNot, query)]
            others = counted(index._searcher, Query.boolean_query(but), names)
            return {
                name: {
                    code: left
                    for code, count in whole[name].items()
                    if (left := count - others[name].get(code, 0))
                }
                for name in names
            }

        return self._once(demande, ("counts", *names), ask)

    def cells(self, demande: Interrogation, interval: int) -> Sequence[Maille]:
        """The squares of ``interval`` numbers each that hold an answer, by number."""
        inside: dict[str, Any] = {name: {"stats": {"field": name}} for name in DEGREES}
        asked: dict[str, Any] = {
            "histogram": {"field": CELL, "interval": float(interval), "min_doc_count": 1},
            "aggs": inside | {"last": {"max": {"field": KEY}}},
        }

        def ask(index: Snapshot) -> Sequence[Maille]:
            found = index._aggregate(demande, {"cells": asked})
            return [cell_of(one, interval) for one in found["cells"]["buckets"]]

        # the whole of a map is one question; its parts are thousands
        return self._once(demande, ("cells", interval), ask) if demande.tuiles is None else ask(self)

    def extent(self, demande: Interrogation) -> Etendue:
        """How many of those that answer stand somewhere, and the edges of their places."""

        def ask(index: Snapshot) -> Etendue:
            return extent_of(
                index._aggregate(demande, {name: {"stats": {"field": name}} for name in DEGREES})
            )

        return self._once(demande, ("extent",), ask)

    def _aggregate(self, demande: Interrogation, asked: dict[str, Any]) -> dict[str, Any]:
        with told():
            return dict(self._searcher.aggregate(self._query(demande), asked))

    def like(self, texts: Mapping[str, list[str]], close: Interrogation, size: int) -> list[int]:
        """Keys of those that say the most of the same: in ``texts`` by field, or by a choice of ``close``."""
        said = tuple((name, *values) for name, values in texts.items())

        def ask() -> list[int]:
            with told():
                return closest(self._searcher, texts, close.choix, size)

        return self._retenues.once((close, "like", said, size), ask)

    def least(self, requete: Requete) -> int:
        """How many of the words are enough: most of them, or fewer when hardly any action says so many.

        Whatever the filters: what a count promises is then what its filter gives.
        """
        most = most_of(len(typed_words(requete)))

        def ask(index: Snapshot) -> int:
            enough = most
            while enough > 1 and not index._finds(Interrogation(requete, least=enough), FEW):
                enough = enough // 2 if enough > 2 else 1  # noqa: PLR2004 - of two, one
            return enough

        return ask(self) if most <= 1 else self._once(Interrogation(requete), ("least",), ask)

    def _finds(self, demande: Interrogation, few: int) -> bool:
        """Whether so many actions answer; none is counted."""
        with told():
            found = self._searcher.search(self._query(demande), limit=few, count=False)
        return len(found.hits) >= few

    # -- how what was typed is understood --------------------------------------------------------------

    def understand(self, requete: Requete) -> Compris:
        """Which words are looked for, to mark them in what is shown and to tell what was corrected."""
        stems: set[str] = set()
        plain: set[str] = set()
        corrected: dict[str, str] = {}
        typed = [word for mot in requete.mots for word in telling(mot)]
        begun = self._begun(requete, typed)
        with told():
            for word in typed:
                spelt = [] if self._is_known(word, begun) else self._spellings(word.plain)
                if spelt:
                    corrected[word.plain] = spelt[0].plain
                for one in spelt or [word]:
                    stems |= {one.stem, *self._kin(one.stem)}
                    plain.add(one.plain)
        for phrase in requete.phrases:
            plain |= {word.plain for word in words(phrase)}
        return Compris(frozenset(stems), frozenset(plain), begun, corrected)

    def _begun(self, requete: Requete, typed: list[MotLu]) -> str:
        last = typed[-1].plain if typed and requete.is_going_on else ""
        return last if len(last) >= SHORTEST_BEGUN and not last.isdigit() else ""

    def _find_known(self, word: MotLu, begun: str) -> bool:
        """Whether somebody wrote a word, one of its family, or what begins as it does where it goes on."""
        if self._lives(ALL, word.plain) or any(self._lives(name, word.stem) for name in TEXTS):
            return True
        if self._kin(word.stem):
            return True
        return word.plain == begun and self._answers(
            Query.fuzzy_term_query(schema(), ALL, begun, 0, prefix=True)
        )

    def _spelt(self, word: MotLu) -> list[Query]:
        """A word in each of its fields, in its stem, its plain form, and the stems of its family."""
        stems = {word.stem: 1.0, **dict.fromkeys(self._kin(word.stem), FAMILY)}
        parts = [
            Query.boost_query(Query.term_query(schema(), name, stem, "freq"), boost * share)
            for stem, share in stems.items()
            for name, boost in TEXTS.items()
        ]
        return [*parts, Query.boost_query(Query.term_query(schema(), ALL, word.plain, "freq"), EXACT)]

    def _find_kin(self, stem: str) -> tuple[str, ...]:
        """The stems of a word's family that somebody wrote."""
        return tuple(one for one in family(stem) if any(self._lives(name, one) for name in TEXTS))

    def _find_completions(self, begun: str) -> list[MotLu]:
        """The most usual words that begin so."""
        found = self._searcher.terms_with_prefix(ALL, begun, limit=MOST_LIKE_IT)
        best = sorted(found, key=lambda one: (-one[1], one[0]))[:SPELLINGS]
        return [word for one, _ in best for word in words(one)[:1] if word.plain != begun]

    def _find_spellings(self, plain: str) -> list[MotLu]:
        """The words of the index nearest to one it does not know, the most usual first."""
        slips = slips_of(plain)
        if not slips:
            return []
        found = dict(self._searcher.terms_with_prefix(ALL, plain[0], limit=MOST_LIKE_IT))
        # the first letter may be the slip, when the next one is right
        found |= dict(self._searcher.terms_with_prefix(ALL, plain[1], limit=MOST_LIKE_IT))
        near = process.extract(plain, list(found), scorer=OSA.distance, score_cutoff=slips, limit=50)
        ranked = sorted((distance, -found[one], one) for one, distance, _ in near if len(one) >= ONE_SLIP)
        best: list[str] = []
        nearest: float = slips
        for distance, _, one in ranked:
            if len(best) == SPELLINGS or (best and distance > nearest):
                break
            if self._lives(ALL, one):
                best.append(one)
                nearest = distance
        return [word for one in best for word in words(one)[:1]]

    def _lives(self, name: str, term: str) -> bool:
        """Whether an action says a word still: the dictionary keeps what was withdrawn for a while."""
        said = self._searcher.doc_freq(name, term)
        # of more than were withdrawn, one is left
        return said > self._withdrawn or (said > 0 and self._answers(Query.term_query(schema(), name, term)))

    def _answers(self, query: Query) -> bool:
        return bool(self._searcher.search(query, limit=1, count=False).hits)

    # -- queries ---------------------------------------------------------------------------------------

    def _query(self, demande: Interrogation) -> Query:
        parts = [(Occur.Must, Query.const_score_query(one, 0.0)) for one in filters(demande)]
        if demande.requete:
            parts.insert(0, (Occur.Must, self._said(demande.requete, demande.least)))
        if not parts:
            return Query.all_query()
        return Query.boolean_query(parts) if len(parts) > 1 else parts[0][1]

    def _said(self, requete: Requete, least: int | None) -> Query:
        typed = typed_words(requete)
        begun = self._begun(requete, typed)
        asked = [self._word(word, begun) for word in typed]
        parts = []
        if asked:
            enough = min(least or most_of(len(asked)), len(asked))
            each = [(Occur.Should, one) for one in asked]
            parts.append((Occur.Must, Query.boolean_query(each, enough)))
            if enough < most_of(len(asked)):  # those that say more of the words come before all others
                more = Query.boolean_query(each, most_of(len(asked)))
                parts.append((Occur.Should, Query.const_score_query(more, TIER)))
        parts += [(Occur.Must, found) for phrase in requete.phrases if (found := _phrase(phrase))]
        return Query.boolean_query(parts) if parts else Query.empty_query()

    def _word(self, word: MotLu, begun: str) -> Query:
        """A word wherever it stands, as it is spelt first; what resembles it when nothing is spelt so."""
        if self._is_known(word, begun):
            parts = self._spelt(word)
            if word.plain == begun:
                start = Query.fuzzy_term_query(schema(), ALL, begun, 0, prefix=True)
                parts.append(Query.const_score_query(start, BEGUN))
                whole = [part for one in self._completions(begun) for part in self._spelt(one)]
                parts += [Query.boost_query(part, BEGUN) for part in whole]
            return Query.disjunction_max_query(parts, TIE)
        near = [part for one in self._spellings(word.plain) for part in self._spelt(one)]
        if near:
            return Query.boost_query(Query.disjunction_max_query(near, TIE), NEAR)
        slips = slips_of(word.plain)
        if slips:
            return Query.const_score_query(Query.fuzzy_term_query(schema(), ALL, word.plain, slips), NEAR)
        return Query.term_query(schema(), ALL, word.plain)


def _total(found: tantivy.SearchResult) -> int:
    # its types forget it
    return int(found.count or 0)  # type: ignore[attr-defined]


def _phrase(phrase: str) -> Query | None:
    found = words(phrase)
    if not found:
        return None
    if len(found) == 1:
        return Query.term_query(schema(), ALL, found[0].plain)
    first = found[0].place
    return Query.phrase_query(schema(), ALL, [(word.place - first, word.plain) for word in found])
