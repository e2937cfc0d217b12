"""How French is cut into words: elision, capitals and accents first, then the stem.

Accents are folded **before** stemming, in the text and in what is typed: « evenement » and « évènements »
have one stem. The plain form, folded and not stemmed, is for what is exact, begun or misspelt.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

import tantivy

from accroche.lib.texte import normalised

#: Names of the analysers in the schema.
STEMMED: Final = "fr"
PLAIN: Final = "plain"
#: What is left of a word before an apostrophe; dropped, with its place, from texts and from what is typed.
ELIDED: Final = ("l", "d", "qu", "j", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "quoiqu")
#: Words that tell nothing of a subject: kept in texts, for phrases, and left out of what is typed.
EMPTY: Final = frozenset(
    """a ai au aux avec ce ces cette chez comment dans de des du elle en est et eux il ils je la le les
    leur leurs mais me mes mon ne nos notre nous on ou par pas pour qu que quel quelle quels quelles qui
    sa se ses son sont sur ta te tes ton tu un une vos votre vous y""".split()  # noqa: SIM905 - read as prose
)
#: What the French stemmer leaves of the endings of those who do a thing, and of doing it.
ENDINGS: Final = ("eur", "eus", "ag", "ement")
#: Letters that are enough to be of one family: « message » and « messe » are of two.
SHORTEST_ROOT: Final = 6
#: A word longer than this (in bytes) is none: it is not indexed.
LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class MotLu:
    """A word of a text: its stem, its plain form, its place among the words, where it stands in the text."""

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
    plain = analyser(PLAIN).pre_tokenize(text).tokens
    stems = analyser(STEMMED).pre_tokenize(text).tokens
    return [
        MotLu(stem.text, one.text, one.position, one.char_offset_from, one.char_offset_to)
        for one, stem in zip(plain, stems, strict=True)
    ]


def family(stem: str) -> tuple[str, ...]:
    """The other stems of a word's family: of what is done, of who does it, of doing it.

    « décrochage », « décrocheur » and « décrocher » have three stems, and people mean one thing.
    """
    root = next((stem.removesuffix(end) for end in ENDINGS if stem.endswith(end)), stem)
    if len(root) < SHORTEST_ROOT:
        return ()
    return tuple(one for one in (root, *(root + end for end in ENDINGS)) if one != stem)


def telling(text: str) -> list[MotLu]:
    """The words of what was typed, without those that tell nothing; all of them when none tells anything."""
    found = words(normalised(text))
    return [word for word in found if word.plain not in EMPTY] or found
