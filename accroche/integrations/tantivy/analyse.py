"""How French is cut into words: elision, capitals and accents first, then the stem.

Accents are folded **before** stemming, in the text and in what is typed: « evenement » and « évènements »
have one stem. The plain form, folded and not stemmed, is for what is exact, begun or misspelt.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final, NamedTuple

import tantivy

from accroche.lib.requete import EMPTY, SYNONYMES
from accroche.lib.texte import normalised

#: Names of the analysers in the schema.
STEMMED: Final = "fr"
PLAIN: Final = "plain"
#: What is left of a word before an apostrophe; dropped, with its place, from texts and from what is typed.
ELIDED: Final = ("l", "d", "qu", "j", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "quoiqu")
#: What the French stemmer leaves of the endings of those who do a thing, and of doing it.
ENDINGS: Final = ("eur", "eus", "ag", "ement")
#: Letters that are enough to be of one family: « message » and « messe » are of two.
SHORTEST_ROOT: Final = 6
#: Words whose stems are kept: a page of results reads two or three thousand, most of them the same.
STEMS_KEPT: Final = 16_384
#: A word longer than this (in bytes) is none: it is not indexed.
LONGEST: Final = 120


class MotLu(NamedTuple):
    """A word of a text: its stem, its plain form, its place among the words, where it stands in the text.

    A page of results reads some five thousand: a dataclass takes three times as long to be made.
    """

    stem: str
    plain: str
    place: int
    start: int
    end: int


@functools.cache
def analyser(name: str) -> tantivy.TextAnalyzer:
    """The analyser of that name."""
    # \p{M}: a letter and the accents beside it are one, should they have no composed form
    built = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*"))
    for one in (
        tantivy.Filter.remove_long(LONGEST),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.custom_stopword(list(ELIDED)),
    ):
        built = built.filter(one)
    if name == STEMMED:
        built = built.filter(tantivy.Filter.stemmer("french"))
    return built.build()


def words(text: str) -> list[MotLu]:
    """The words of a text, with both forms of each; ``start`` and ``end`` count characters of ``text``.

    ``text`` is composed (``lib.texte.normalised``), as all that enters the site is.
    """
    return [
        MotLu(stem_of(one.text), one.text, one.position, one.char_offset_from, one.char_offset_to)
        for one in analyser(PLAIN).pre_tokenize(text).tokens
    ]


@functools.lru_cache(STEMS_KEPT)
def stem_of(plain: str) -> str:
    """The stem of a word in its plain form, which is all that the stemmer reads of it."""
    found = analyser(STEMMED).analyze(plain)
    # what folding made two words of (« ½ ») has no stem
    return found[0] if len(found) == 1 else plain


def places_of(text: str, is_meant: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Where the words of a text stand that are meant, told by their plain forms; no other is read further."""
    tokens = analyser(PLAIN).pre_tokenize(text).tokens
    return [(one.char_offset_from, one.char_offset_to) for one in tokens if is_meant(one.text)]


def family(stem: str) -> tuple[str, ...]:
    """The other stems of a word's family: of what is done, of who does it, of doing it.

    « décrochage », « décrocheur » and « décrocher » have three stems, and people mean one thing; so do
    « 3ème », « 3e » and « troisième ».
    """
    same = _synonyms().get(stem, ())
    root = next((stem.removesuffix(end) for end in ENDINGS if stem.endswith(end)), stem)
    if len(root) < SHORTEST_ROOT:
        return same
    return (*same, *(one for one in (root, *(root + end for end in ENDINGS)) if one != stem))


@functools.cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """The stems of what is written otherwise, by each stem."""
    groups = [tuple(words(one)[0].stem for one in group) for group in SYNONYMES]
    return {stem: tuple(one for one in group if one != stem) for group in groups for stem in group}


def telling(text: str) -> list[MotLu]:
    """The words of what was typed, without those that tell nothing; all of them when none tells anything."""
    found = words(normalised(text))
    return [word for word in found if word.plain not in EMPTY] or found
