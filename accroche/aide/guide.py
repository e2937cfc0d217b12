"""The French guide as pages: read once from ``docs/guide``, linked among themselves, searched in memory.

``guide`` beside this file leads to ``docs/guide``: one text for who reads the repository and who reads the
site; a wheel holds it as any file of the package.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from accroche.integrations.markdown import Paragraphes, render
from accroche.lib.requete import EMPTY, needles
from accroche.lib.texte import slug, sort_key

FOLDER: Final = Path(__file__).parent / "guide"
#: The table of contents, which is the first page.
FIRST: Final = "README"
#: Letters from which on a word is found at the beginning of another: « mot » is not looked for in « motif ».
STEM: Final = 4
#: Words of a question that are looked for; more would only narrow it to nothing.
MOST_WORDS: Final = 8
#: What a word weighs in a title, in a heading and in the text.
IN_TITLE, IN_HEADING, IN_TEXT = 9, 4, 1

_LINK: Final = re.compile(r"(?P<page>[a-zA-Z-]+)\.md(?P<anchor>#.*)?")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PageAide:
    """A page of the guide; ``code``: its name in its address, empty for the first one."""

    code: str
    title: str
    html: str
    parties: tuple[Paragraphes, ...]


@dataclass(frozen=True, slots=True)
class PassageAide:
    """A part of a page that says what was looked for, with where in its text."""

    page: PageAide
    partie: Paragraphes
    marks: tuple[tuple[int, int], ...]
    score: int
    is_whole: bool = False


@cache
def pages(address_of: Callable[[str], str]) -> dict[str, PageAide]:
    """Every page by its code; ``address_of``: where the page of a code is found, the first under « »."""

    def link(told: str) -> str:
        if told.startswith("#"):
            return told
        found = _LINK.fullmatch(told)
        # another document of the repository is on no page of the site
        if found is None or not (FOLDER / f"{found['page']}.md").is_file():
            return ""
        return address_of("" if found["page"] == FIRST else found["page"]) + (found["anchor"] or "")

    made = {}
    for path in sorted(FOLDER.glob("*.md")):
        code = "" if path.stem == FIRST else path.stem
        told = render(path.read_text(encoding="utf-8"), link)
        made[code] = PageAide(code, told.title, told.html, told.parties)
    return made


def words_of(question: str) -> tuple[str, ...]:
    """What is looked for: words without accents, in the singular, those that say nothing left out.

    A phrase is its words: nobody quotes a guide.
    """
    words = (word for needle in needles(question) for word in needle.split("-") if word not in EMPTY)
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def search(question: str, among: dict[str, PageAide]) -> list[PassageAide]:
    """The pages that say the most words of the question, each by its best part, the nearest first.

    ``is_whole``: they say all of them. The first page, which names the others, is not looked into.
    """
    wanted = words_of(question)
    if not wanted:
        return []
    found: dict[int, list[PassageAide]] = {}
    for page in among.values():
        if not page.code:
            continue
        parts = [_part(page, partie, wanted) for partie in page.parties]
        in_title = _said(page.title, wanted)
        count = len(in_title.union(*(words for words, _ in parts)))
        best = max((passage for _, passage in parts), key=lambda passage: passage.score)
        score = best.score + IN_TITLE * len(in_title)
        found.setdefault(count, []).append(replace(best, score=score, is_whole=count == len(wanted)))
    found.pop(0, None)
    nearest = found[max(found)] if found else []
    return sorted(nearest, key=lambda passage: (-passage.score, sort_key(passage.page.title)))


def _part(page: PageAide, partie: Paragraphes, wanted: tuple[str, ...]) -> tuple[set[str], PassageAide]:
    marks, times = [], dict.fromkeys(wanted, 0)
    for start, end, word in _folded(partie.text):
        needle = next((needle for needle in wanted if _says(word, needle)), None)
        if needle is not None:
            marks.append((start, end))
            times[needle] += 1
    heading = _said(partie.heading, wanted)
    said = {needle for needle, count in times.items() if count}
    score = IN_HEADING * len(heading) + sum(min(count, 3) * IN_TEXT for count in times.values())
    score += IN_TITLE * max(0, len(said) - 1)  # several words in one part say more
    return heading | said, PassageAide(page, partie, tuple(marks), score)


def _said(text: str, wanted: tuple[str, ...]) -> set[str]:
    return {needle for needle in wanted if any(_says(word, needle) for _, _, word in _folded(text))}


def _says(word: str, needle: str) -> bool:
    return word.startswith(needle) if len(needle) >= STEM else word in {needle, f"{needle}s", f"{needle}x"}


@lru_cache(1024)
def _folded(text: str) -> tuple[tuple[int, int, str], ...]:
    """Each word of a text: where it stands, and how it is looked for."""
    return tuple((found.start(), found.end(), slug(found.group())) for found in _WORD.finditer(text))
