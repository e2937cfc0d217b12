"""What a report says outside its sheets: introduction, objectives, perspectives, tutoring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from accroche.dossier.dossier import ObjectifDossier, PerspectiveDossier, TutoratDossier
from accroche.rapport.addresses import Foot, assemble
from accroche.rapport.axes import read_number
from accroche.rapport.lines import Line, fact, folded
from accroche.rapport.paragraphs import prose
from accroche.rapport.phrases import flat
from accroche.rapport.plausible import known_spelling
from accroche.rapport.problems import Problems

#: The end of a report is a few pages; beyond, it is not read.
MAX_ENDING: Final = 200_000
_OBJECTIFS: Final = (
    ("identifier_valoriser", "identifier et valoriser les actions"),
    ("mobiliser_partenaires", "mobiliser les partenaires"),
    ("integrer_strategie", "integrer la semaine dans une strategie"),
    ("communiquer", "communiquer et rendre visible"),
)
_PERSPECTIVES: Final = "perspectives pour l'edition"
_TEXT: Final = "text"
_PREVIOUS: Final = "previous"
_MAX_HEADING: Final = 130
_NUMBERED = re.compile(r"[1-9](?:[.)]|\.[1-9]\.?| ?[–-]) (?=[^\W\d_])")
#: What a file of Markdown or of numbered chapters has before its headings.
_CHAPTER = re.compile(r"(?:[0-9]{1,2}\.){1,3}[0-9]{0,2} |[ivx]{1,4}[.)] |[a-z][.)] ")
_MARKUP = re.compile(r"#{1,6} ?|\*\*|__")
_LIST: Final = r"[^()]{0,400}\(([^()]{1,600})\)"
_ALREADY = re.compile(rf"\b(\w+) academies avaient deja organise{_LIST}")
_TUTORATS: Final = (
    ("prioritaire", re.compile(rf"(academies presentant la plus grande marge de progres){_LIST}")),
    ("possible", re.compile(rf"(academies qui viennent d'amorcer une nouvelle dynamique){_LIST}")),
)


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of the report gives."""

    objectifs: tuple[ObjectifDossier, ...] = ()
    perspectives: tuple[PerspectiveDossier, ...] = ()
    tutorats: tuple[TutoratDossier, ...] = ()
    previous_academies: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Block:
    code: str
    heading: str
    lines: list[Line]


def read_introduction(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """Read the headings in capitals and their paragraphs."""
    blocks: list[tuple[str, list[Line]]] = []
    for line in lines:
        if line.text.isupper() and len(line.text) <= _MAX_HEADING:
            blocks.append((fact(line.text), []))
        else:
            if not blocks:
                blocks.append(("", []))
            blocks[-1][1].append(line)
    return tuple((heading, prose(body)) for heading, body in blocks if body)


def read_ending(lines: Sequence[Line], academies: Sequence[str], problems: Problems) -> Ending:
    """Read the end; every part may be absent."""
    kept = [_plain(line) for line in _bounded(lines, problems)]
    blocks = _once(_blocks(kept), problems)
    objectifs = tuple(
        ObjectifDossier(b.code, b.heading, prose(b.lines), _cited(b.lines, academies))
        for b in blocks
        if b.code and b.code not in {_TEXT, _PREVIOUS}
    )
    perspectives = tuple(PerspectiveDossier(b.heading, prose(b.lines)) for b in blocks if not b.code)
    whole = fact(assemble([line.text for line in kept], Foot()))
    number = kept[0].number if kept else 0
    tutorats = []
    for kind, pattern in _TUTORATS:
        found = pattern.search(flat(whole))
        if found:
            heading, names = (whole[found.start(n) : found.end(n)] for n in (1, 2))
            tutorats.append(TutoratDossier(kind, _names(names), heading))
    previous = _previous(whole, number, problems)
    texts = [(b.heading, prose(b.lines)) for b in blocks if b.code == _TEXT and b.lines]
    if not previous:
        texts.extend(("", prose(b.lines)) for b in blocks if b.code == _PREVIOUS)
    return Ending(objectifs, perspectives, tuple(tutorats), previous, tuple(texts))


def _plain(line: Line) -> Line:
    """The line without the markup of a heading, when it has some."""
    text = line.text
    if len(text) > _MAX_HEADING or not _MARKUP.match(text):
        return line
    return replace(line, text=_MARKUP.sub("", text).strip() or text)


def _bounded(lines: Sequence[Line], problems: Problems) -> list[Line]:
    kept: list[Line] = []
    size = 0
    for line in lines:
        size += len(line.text)
        if size > MAX_ENDING:
            problems.note(
                line.number,
                line.text,
                "La conclusion est anormalement longue : elle n’est pas lue au-delà de cette ligne. Vérifiez "
                "le fichier.",
            )
            break
        kept.append(line)
    return kept


def _blocks(lines: Iterable[Line]) -> list[_Block]:
    """Group the lines under the headings of the conclusion; a heading may wrap."""
    blocks: list[_Block] = [_Block(_TEXT, "Conclusion", [])]
    heading_open = False
    for line in lines:
        code = _code(line)
        if code is not None:
            heading = _NUMBERED.sub("", line.text, count=1) if not code else line.text
            blocks.append(_Block(code, fact(heading), []))
            heading_open = True
        elif heading_open and line.text[0].islower() and len(line.text) <= _MAX_HEADING // 2:
            blocks[-1].heading = fact(f"{blocks[-1].heading} {line.text}")
        elif "avaient deja organise" in flat(line.text[:MAX_ENDING]):
            blocks.append(_Block(_PREVIOUS, "", [line]))
            heading_open = False
        else:
            blocks[-1].lines.append(line)
            heading_open = False
    return blocks


def _once(blocks: Iterable[_Block], problems: Problems) -> list[_Block]:
    """Keep the first of the objectives and perspectives that come back."""
    kept: dict[tuple[str, str], _Block] = {}
    for block in blocks:
        key = (block.code, "" if block.code in dict(_OBJECTIFS) else block.heading)
        if block.code in {_TEXT, _PREVIOUS}:
            key = (block.code, str(len(kept)))
        elif key in kept:
            number = block.lines[0].number if block.lines else 1
            problems.note(
                number,
                block.heading,
                "Cette partie de la conclusion est déjà donnée plus haut : elle n’est pas reprise.",
            )
            continue
        kept[key] = block
    return list(kept.values())


def _code(line: Line) -> str | None:
    """Give the code of an objective's heading, an empty one for a numbered perspective, None for text."""
    if len(line.text) > _MAX_HEADING or line.text.endswith("."):
        return None
    key = _CHAPTER.sub("", folded(line.text), count=1)
    if key.startswith(_PERSPECTIVES):
        return _TEXT
    code = next((code for code, start in _OBJECTIFS if key.startswith(start)), None)
    return "" if code is None and _NUMBERED.match(line.text) else code


def _cited(lines: Sequence[Line], academies: Sequence[str]) -> tuple[str, ...]:
    """Give the académies a text cites, in its order."""
    text = fact(assemble([line.text for line in lines], Foot()))
    ranks: list[tuple[int, str]] = []
    for name in academies:
        match = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
        if match:
            ranks.append((match.start(), name))
    return tuple(name for _rank, name in sorted(ranks))


def _names(listing: str) -> tuple[str, ...]:
    names = re.split(r",| et ", listing)
    return tuple(known_spelling(name.strip()) for name in names if name.strip())


def _previous(whole: str, number: int, problems: Problems) -> tuple[str, ...]:
    found = _ALREADY.search(flat(whole))
    if found is None:
        return ()
    names = _names(whole[found.start(2) : found.end(2)])
    announced = read_number(found.group(1))
    if announced is not None and announced != len(names):
        problems.note(
            number,
            whole[found.start() : found.end()],
            f"La conclusion annonce {announced} académies qui avaient déjà organisé une semaine et en nomme "
            f"{len(names)}. Vérifiez la liste.",
        )
    return names
