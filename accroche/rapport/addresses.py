"""Web addresses of a report: cut at line ends in the body, listed whole at the foot of the page."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from accroche.rapport.lines import Line

_ADDRESS = re.compile(r"https?://[^\s<>«»\"“”]+")
_ADDRESS_LINE = re.compile(r"https?://[^\s<>«»\"“”]+", re.IGNORECASE)
_MAX_ADDRESS = 4_000
# Blank lines between a description and its own link; the foot of the page is further down.
_LINK_GAP = 2


def is_address(line: Line) -> bool:
    """Tell whether the line is an address and nothing else."""
    return _ADDRESS_LINE.fullmatch(line.text) is not None


def trim(address: str) -> str:
    """Strip the punctuation of the sentence around an address."""
    while address:
        last = address[-1]
        if last in ".,;:!?’'" or (last == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        else:
            break
    return address


def is_complete(address: str) -> bool:
    """Tell whether an address has a host and does not stop at a hyphen."""
    if address.endswith("-") or len(address) > _MAX_ADDRESS:
        return False
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return "." in host.strip(".")


@dataclass(slots=True)
class Foot:
    """The addresses listed at the foot of the pages: their spelling is the right one."""

    addresses: tuple[str, ...] = ()
    _spellings: dict[str, str] = field(default_factory=dict)
    _sorted: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, addresses: Iterable[str]) -> Foot:
        """Build the foot from its lines, each whole address once, in order."""
        spellings: dict[str, str] = {}
        for address in addresses:
            if is_complete(address):
                spellings.setdefault(address.casefold(), address)
        return cls(tuple(spellings.values()), spellings, sorted(spellings))

    def spelling(self, address: str) -> str | None:
        """Give the foot's spelling of ``address``, whatever its capitals."""
        return self._spellings.get(address.casefold())

    def begins(self, start: str) -> bool:
        """Tell whether an address of the foot begins with ``start`` and goes further."""
        key = start.casefold()
        rank = bisect.bisect_right(self._sorted, key)
        return rank < len(self._sorted) and self._sorted[rank].startswith(key)


def joins(end: str, following: str, foot: Foot) -> bool:
    """Tell whether the last word of a line and the first of the next are one.

    Two cases: a word or an address cut after its own hyphen, and an address cut anywhere
    when the foot of the page has the whole of it.
    """
    if not end or not following or len(end) > _MAX_ADDRESS:
        return False
    start = end.rfind("http")
    if start < 0 or "://" not in end[start:]:
        return end[-1] == "-" and end[-2:-1].isalnum()
    address = end[start:]
    if address[-1] == "-":
        return True
    if not foot.begins(address):
        return False
    whole = address + following
    return foot.spelling(trim(whole)) is not None or foot.begins(whole)


def assemble(lines: Sequence[str], foot: Foot) -> str:
    """Join wrapped lines into one text, words and addresses made whole again."""
    if not lines:
        return ""
    pieces = [lines[0]]
    end = lines[0].rpartition(" ")[2]
    for line in lines[1:]:
        joined = joins(end, line.partition(" ")[0], foot)
        pieces.append(line if joined else f" {line}")
        end = end + line if joined and " " not in line else line.rpartition(" ")[2]
    return "".join(pieces)


def respell(text: str, foot: Foot) -> tuple[str, tuple[str, ...]]:
    """Give ``text`` with its addresses in their right spelling, and those addresses."""
    found: list[str] = []

    def _one(match: re.Match[str]) -> str:
        raw = match.group()
        clean = trim(raw)
        right = foot.spelling(clean) or clean
        found.append(right)
        return right + raw[len(clean) :]

    return _ADDRESS.sub(_one, text), tuple(found)


def split_foot(lines: Sequence[Line], *, links_at_end: bool) -> tuple[list[Line], list[Line]]:
    """Split the lines of a part into its body and the addresses at the foot of its pages.

    A foot repeats the addresses of its page in their order, so it begins where the first
    address of the page comes back, or the first one since the last foot when a page was cut.
    When neither does, only the end of the part may have a foot: its last addresses, less
    those that follow the text closely when ``links_at_end`` says that it may end with links.
    """
    body: list[Line] = []
    foot: list[Line] = []
    start = 0
    earlier = ""
    for rank in range(1, len(lines) + 1):
        if rank < len(lines) and lines[rank].page == lines[start].page:
            continue
        page = lines[start:rank]
        cut, certain = _foot_start(page, earlier)
        if not certain and rank < len(lines):
            cut = len(page)
        elif not certain and links_at_end:
            while cut < len(page) and page[cut].blanks <= _LINK_GAP:
                cut += 1
        body.extend(page[:cut])
        foot.extend(page[cut:])
        earlier = "" if cut < len(page) else earlier or _first_address(page)
        start = rank
    return body, foot


def _foot_start(page: Sequence[Line], earlier: str) -> tuple[int, bool]:
    """Give the rank of the first of the closing addresses that are a foot, and whether one is sure.

    ``earlier`` is the first address of the pages before. Without certainty, the rank is
    that of the first closing address.
    """
    start = len(page)
    while start and is_address(page[start - 1]):
        start -= 1
    if start == len(page):
        return start, True
    here = _first_address(page[:start])
    ranks = [r for mark in (here, earlier) if mark and (r := _rank(page, start, mark)) is not None]
    if ranks:
        return min(ranks), True
    if not here and (rank := _rank(page, start + 1, page[start].text.casefold())) is not None:
        return rank, True
    return start, not start


def _rank(page: Sequence[Line], start: int, address: str) -> int | None:
    return next((r for r in range(start, len(page)) if page[r].text.casefold().startswith(address)), None)


def _first_address(lines: Sequence[Line]) -> str:
    for line in lines:
        match = _ADDRESS.search(line.text)
        if match:
            return trim(match.group()).casefold()
    return ""
