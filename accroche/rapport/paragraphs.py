"""Paragraphs out of wrapped lines: text, bullets, and addresses that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accroche.rapport.addresses import Foot, assemble, is_address, is_complete, respell, trim
from accroche.rapport.lines import Line, fact
from accroche.rapport.problems import Problems

_BULLETS = ("- ", "• ", "\uf0b7 ", "\uf0a7 ")
_END_SIGNS = frozenset(".:;!?…»)")
# A sentence broken by the layout has at most this many blank lines in its middle.
_MAX_BLANKS = 2
# A bullet's line this long that ends without punctuation has been wrapped.
_FULL_BULLET = 95
_OPEN_SIGNS = frozenset(",(–-")
# An element that stops before this part of the line glued under it has ended: the next word had room.
_EARLY = 0.66
# In double-spaced prose, a line that stops earlier than this and ends a sentence ends a paragraph.
_FULL_LINE = 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its first line's number, and the addresses it holds."""

    number: int
    text: str
    bullet: bool = False
    addresses: tuple[str, ...] = ()
    lone_address: bool = False


def paragraphs(lines: Iterable[Line], foot: Foot, problems: Problems) -> list[Paragraph]:
    """Group lines into paragraphs; doubtful addresses are reported."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, foot):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, foot, problems) for group in groups]


def _continues(group: Sequence[Line], line: Line, foot: Foot) -> bool:
    """Tell whether a line goes on with the paragraph of ``group``."""
    previous = group[-1]
    end = previous.text.rpartition(" ")[2]
    if line.text.startswith(_BULLETS) or is_address(line):
        return False
    if "://" in end and end.endswith("-") and line.blanks <= _MAX_BLANKS:
        return True
    if line.blanks == 0 and len(group) == 1 and is_address(previous):
        return foot.spelling(trim(end)) is None and foot.begins(end)
    if line.blanks == 0 and line.page == previous.page:
        return not _stands_under(group, line)
    # Across a gap, only a sentence that the layout has broken goes on.
    full = group[0].text.startswith(_BULLETS) and len(previous.text) >= _FULL_BULLET and line.blanks == 1
    goes_on = line.text[0].islower() or line.text[0] == "»" or line.blanks == 0 or full
    return line.blanks <= _MAX_BLANKS and previous.text[-1] not in _END_SIGNS and goes_on


def _stands_under(group: Sequence[Line], line: Line) -> bool:
    """Tell whether a line is a text of its own, glued under the element of a list that ended well before."""
    previous = group[-1].text
    return (
        group[0].text.startswith(_BULLETS)
        and line.text[0].isupper()
        and previous[-1] not in _OPEN_SIGNS
        and len(previous) + 1 + len(line.text.partition(" ")[0]) <= len(line.text) * _EARLY
    )


def _paragraph(group: Sequence[Line], foot: Foot, problems: Problems) -> Paragraph:
    bullet = group[0].text.startswith(_BULLETS)
    raw = assemble([line.text for line in group], foot)
    if bullet:
        raw = raw[2:].lstrip()
    text, addresses = respell(raw, foot)
    sure = tuple(a for a in addresses if _is_sure(a, group[0], foot, problems))
    alone = len(addresses) == 1 and trim(text) == addresses[0]
    return Paragraph(group[0].number, fact(text), bullet, sure, alone)


def _is_sure(address: str, line: Line, foot: Foot, problems: Problems) -> bool:
    if foot.spelling(address) is not None:
        return True
    if not is_complete(address):
        problems.note(
            line.number,
            address,
            "Cette adresse est coupée et le pied de page ne la donne pas : elle n’est pas reprise. "
            "Complétez-la dans le texte.",
        )
        return False
    if "Semaine" in address:
        problems.note(
            line.number,
            address,
            "« Semaine » a peut-être pris sa majuscule par erreur dans cette adresse, et le pied de page "
            "ne permet pas de le savoir. Ouvrez l’adresse et corrigez-la au besoin.",
        )
    return True


def as_text(found: Iterable[Paragraph]) -> str:
    """Write paragraphs one after the other, bullets on lines of their own."""
    pieces: list[str] = []
    after_bullet = False
    for paragraph in found:
        if pieces:
            pieces.append("\n" if paragraph.bullet and after_bullet else "\n\n")
        pieces.append(f"- {paragraph.text}" if paragraph.bullet else paragraph.text)
        after_bullet = paragraph.bullet
    return "".join(pieces)


def prose(lines: Sequence[Line]) -> str:
    """Join double-spaced lines (introduction, conclusion) into paragraphs."""
    groups: list[list[str]] = []
    previous = ""
    for line in lines:
        finished = previous.endswith((".", "!", "?")) and len(previous) < _FULL_LINE
        if not groups or finished or line.blanks > _MAX_BLANKS:
            groups.append([])
        groups[-1].append(line.text)
        previous = line.text
    no_foot = Foot()
    return "\n\n".join(fact(assemble(group, no_foot)) for group in groups)
