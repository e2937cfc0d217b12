"""What an extractor sets side by side or twice, one after the other again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: Fewer lines of a habit are an accident.
_ENOUGH: Final = 8
CELLS = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
_RULED = re.compile(r"[ \t|:+=-]*")
_LETTER_BY_LETTER = re.compile(r"[^\W\d_](?: [^\W\d_’'-]| ?[’'] ?[^\W\d_]| [’'-]){4,}")
_LEVEL: Final = (
    r"[ \t]{0,40}(?:\S{1,3}[ \t]{1,4})?(?:Premier degr[ée]|Coll[èe]ge|Lyc[ée]e(?: professionnel)?)"
)
_BOX = re.compile(_LEVEL + r"(?: \S{1,3})?[ \t]*\r?")
_BESIDE = re.compile(
    rf"(?P<box>{_LEVEL}(?: \S{{1,3}})?)(?: {{3,}}| *\t+ *)"
    r"(?P<rest>(?!\S{1,3}[ \t])(?!Premier|Coll.ge|Lyc.e).{4,160})"
)
_MAX_HEADING: Final = 200
#: A short word letter by letter: « d e s ».
_MAX_LETTERED: Final = 7


def tables(text: str) -> tuple[str, str]:
    """Rows between bars: two cells are a label and its value, a row of labels has its marks below."""
    lines = text.split("\n")
    rows = {rank: match[1].split("|") for rank, line in enumerate(lines) if (match := CELLS.fullmatch(line))}
    if not rows:
        return text, ""
    for rank, cells in rows.items():
        clean = [cell.strip() for cell in cells]
        if _RULED.fullmatch(lines[rank]):
            lines[rank] = ""
        elif len(clean) == 2 and all(clean):  # noqa: PLR2004  label and value
            lines[rank] = f"{clean[0].rstrip(' :')} : {clean[1]}"
        else:
            lines[rank] = "\t".join(clean) if len(clean) > 2 else " ".join(filter(None, clean))  # noqa: PLR2004
    return "\n".join(lines), "Des lignes sont entre barres (« | ») : elles sont lues comme un tableau."


def columns_of_boxes(text: str) -> tuple[str, str]:
    """Levels side by side with their marks on the row below, in the same columns."""
    lines = text.split("\n")
    found = 0
    for rank in range(len(lines) - 1):
        if "\t" not in lines[rank] or "degr" not in lines[rank]:
            continue
        heads, marks = (line.strip("\r").split("\t") for line in lines[rank : rank + 2])
        marks += [""] * (len(heads) - len(marks))
        if len(heads) < 4 or len(heads) != len(marks) or max(map(len, marks)) > 3:  # noqa: PLR2004
            continue
        lines[rank] = "\n".join(
            f"{head.strip()} {mark.strip()}".strip() for head, mark in zip(heads, marks, strict=True)
        )
        lines[rank + 1] = ""
        found += 1
    return "\n".join(lines), "Les niveaux sont en colonnes, leurs coches dessous." if found else ""


def beside_boxes(text: str) -> tuple[str, str]:
    """Levels at the left and the counts at the right of them: those go below."""
    lines = text.split("\n")
    kept: list[str] = []
    right: list[str] = []
    found = 0
    for line in lines:
        beside = _BESIDE.fullmatch(line) if len(line) <= _MAX_HEADING else None
        if beside:
            kept.append(beside["box"])
            right.append(beside["rest"])
            found += 1
            continue
        if right and not _BOX.fullmatch(line):
            kept += ["", *right]
            right = []
        kept.append(line)
    if found < _ENOUGH:
        return text, ""
    return "\n".join([*kept, *right]), (
        "Les cases à cocher et les nombres sont côte à côte : les nombres sont lus après les cases."
    )


def doubled(text: str) -> tuple[str, str]:
    """Lines given twice, one under the other: bold that an extractor takes for two texts."""
    lines = text.split("\n")
    kept: list[str] = []
    twice = 0
    last = ""
    for line in lines:
        plain_line = line.strip()
        if plain_line and plain_line == last and "://" not in plain_line and len(plain_line) > 2:  # noqa: PLR2004
            twice += 1
            last = ""
            continue
        kept.append(line)
        last = plain_line
    if twice < _ENOUGH:
        return text, ""
    given = sum(1 for line in lines if line.strip())
    if twice * 2 >= given * 0.7:  # addresses too, then
        kept = [
            line for rank, line in enumerate(kept) if not rank or line != kept[rank - 1] or not line.strip()
        ]
    said = f"{twice} lignes sont données deux fois de suite : la seconde est laissée de côté."
    return "\n".join(kept), said


def letters(text: str) -> tuple[str, str]:
    """Headings whose letters are each given twice, or parted by spaces: « AAccaadd… », « A c a d… »."""
    lines = text.split("\n")
    found = 0
    for rank, line in enumerate(lines):
        words = line.strip()
        if not 6 < len(words) <= _MAX_HEADING:  # noqa: PLR2004  shorter says nothing
            continue
        if words[0] == words[1] and _are_twice("".join(words.split())):
            lines[rank] = re.sub(r"([^\s])\1", r"\1", words)
            found += 1
        elif words[1] == " " and all(
            _LETTER_BY_LETTER.fullmatch(one) or len(one) <= _MAX_LETTERED for one in _apart(words)
        ):
            if not any(_LETTER_BY_LETTER.fullmatch(one) for one in _apart(words)):
                continue
            lines[rank] = " ".join(one.replace(" ", "") for one in _apart(words))
            found += 1
    if not found:
        return text, ""
    return "\n".join(lines), (
        f"{found} titres ont leurs lettres doublées ou espacées : ils sont lus comme des mots ordinaires."
    )


def _are_twice(letters: str) -> bool:
    return len(letters) % 2 == 0 and letters[::2] == letters[1::2]


def _apart(words: str) -> Sequence[str]:
    return re.split(r" {2,}|\t+", words)
