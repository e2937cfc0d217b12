"""What a text went through on its way to us, undone: e-mail, web pages, fonts without a table of letters.

Each habit is learnt from the whole file before it is undone, and said: one sign is its author's.
"""

from __future__ import annotations

import html
import quopri
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Final

from accroche.lib import mojibake
from accroche.rapport import grids
from accroche.rapport.grids import CELLS

#: Fewer signs of a habit are an accident.
_ENOUGH: Final = 8
#: Of all lines with text, those that show a habit of the whole file.
_MOST: Final = 0.9
_WIDE: Final = 1_000
_QUOTED = re.compile(r"(?m)^[ \t]{0,3}((?:[>|][ \t]?){1,4})")
_PRINTABLE = re.compile(r"=(?:C[23]|E2)=[89AB][0-9A-F]")
_ENTITY = re.compile(r"&(?:#[0-9]{2,5}|#x[0-9A-Fa-f]{2,5}|[a-zA-Z]{3,8});")
_ANGLE = re.compile(r"<(https?://[^\s<>]{1,4000})>")
_ESCAPED = re.compile(r"\\([_*#\[\]()<>~.!`-])")
_CID = re.compile(r"\(cid:([0-9]{1,5})\) ?")
_PRIVATE: Final = 0xF000
_BYTE: Final = 256
_NUMBER = re.compile(r"[ \t]{0,8}([0-9]{1,6})(?=[ \t:.|)]|$)[:.|)]?")
_COMBINING: Final = {"´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "¨": "\u0308", "¸": "\u0327"}
_BEFORE = re.compile("[´`ˆ¨][aeiouAEIOU]|¸[cC]")
_ASKED = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])")
_ASKED_ANY = re.compile(r"(?<=[^\W\d_])\?|\?(?=[^\W\d_])")
_BARE_WORD = re.compile(r"(?<![^\s])[^\s/=]+(?![^\s])")
_LOST_APOSTROPHE = re.compile(
    "\\b([dlnscjmtDLNSCJMT]|[Qq]u|[Jj]usqu|[Ll]orsqu)\ufffd(?=[aeiouyhâàéèêëîïôœùûAEIOUYHÀÂÉÈÊÎÔŒ\ufffd])"
)
#: Apostrophes of other alphabets, of keyboards and of accents typed alone.
_APOSTROPHE = re.compile("(?<=[^\\W\\d_])[`´ʼ′‛ˈ‘](?=[^\\W\\d_])")
_ELIDED = re.compile(
    r"\b([dlnscjmtDLNSCJMT]|[Qq]u|[Jj]usqu|[Ll]orsqu) (?=[aeiouyhàâéèêëîïôœùûAEIOUYHÀÂÉÈÊÎÔŒ])"
)
_ANY_APOSTROPHE: Final = re.compile("[^\\W\\d_]['’`´][^\\W\\d_]")


def plain(text: str) -> tuple[str, tuple[str, ...]]:
    """Give ``text`` as it was written, and say in French what was undone of its way here.

    The number of lines changes where e-mail had cut them, and where lines were given twice: what is said then
    counts the lines that are left.
    """
    told: list[str] = []
    for undo in _UNDONE:
        text, said = undo(text)
        if said:
            told.append(said)
    return text, tuple(told)


def _printable(text: str) -> tuple[str, str]:
    if len(_PRINTABLE.findall(text[: _WIDE * 100])) < _ENOUGH or not text.isascii():
        return text, ""
    decoded = quopri.decodestring(text.encode("ascii")).decode("utf-8", errors="replace")
    return decoded, "Ce texte vient d’un courriel (« =C3=A9 ») : il est décodé, ses lignes sont recollées."


def _twice(text: str) -> tuple[str, str]:
    """Accents encoded twice, and the signs of a private font with them."""
    mended = mojibake.mended(text)
    for encoding, pattern in _TWICE:
        if len(pattern.findall(mended)) >= _ENOUGH:
            mended = pattern.sub(partial(_once, encoding), mended)
    if mended == text:
        return text, ""
    return mended, "Des accents avaient été codés deux fois (« Ã© » pour « é ») : ils sont rétablis."


def _sequences(encoding: str) -> re.Pattern[str]:
    """The sequences of two and three characters that ``encoding`` makes of one of a French text."""
    tails = {bytes([code]).decode(encoding, errors="ignore") or chr(code) for code in range(0x80, 0xC0)}
    two, three = (
        "".join({bytes([code]).decode(encoding, errors="ignore") for code in codes} - {""})
        for codes in ((0xC2, 0xC3, 0xC5), (0xE2, 0xEF))
    )
    tail = f"[{re.escape(''.join(sorted(tails)))}]"
    return re.compile(f"[{re.escape(two)}]{tail}|[{re.escape(three)}]{tail}{{2}}")


_TWICE: Final = tuple((name, _sequences(name)) for name in ("cp1252", "latin-1", "mac_roman"))


def _once(encoding: str, found: re.Match[str]) -> str:
    try:
        return b"".join(c.encode(encoding, errors="ignore") or c.encode("latin-1") for c in found[0]).decode()
    except UnicodeError:
        return found[0]


def _entities(text: str) -> tuple[str, str]:
    if len(_ENTITY.findall(text)) < _ENOUGH:
        return text, ""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text), (
        "Ce texte vient d’une page web (« &eacute; ») : ses caractères sont rétablis."
    )


def _quotes(text: str) -> tuple[str, str]:
    """Lines that an answer quotes: « > » before each."""
    given = sum(1 for line in text.split("\n") if line.strip())
    if given < _ENOUGH or len(_QUOTED.findall(text)) < given * _MOST:
        return text, ""
    if sum(CELLS.fullmatch(line) is not None for line in text.split("\n")) * 2 > given:
        return text, ""
    return _QUOTED.sub("", text), "Ce texte est cité dans un courriel (« > » devant chaque ligne)."


def _numbered(text: str) -> tuple[str, str]:
    """Numbers of lines in the margin: each line, or one in five; they grow by the same step."""
    lines = text.split("\n")
    found = [(rank, match) for rank, line in enumerate(lines) if (match := _NUMBER.match(line))]
    if len(found) < _ENOUGH * 4:
        return text, ""
    numbers = [(rank, int(match[1])) for rank, match in found]
    steps = Counter((there[0] - here[0], there[1] - here[1]) for here, there in pairwise(numbers))
    (_rows, step), _count = steps.most_common(1)[0]
    kept: set[int] = set()
    chain: list[int] = []
    last: int | None = None
    for rank, number in numbers:
        if last is not None and number == last + step:
            chain.append(rank)
            last = number
        elif number % max(step, 1) == 0 and (last is None or number <= step):
            chain.append(rank)  # numbers begin again with each page
            last = number
    kept = set(chain)
    wanted = sum(1 for line in lines if line.strip()) / max(step, 1)
    if step < 1 or len(kept) < max(_ENOUGH * 4, wanted * _MOST * 0.8):
        return text, ""
    width = max(match.end() for rank, match in found if rank in kept)
    for rank, match in found:
        if rank in kept:
            lines[rank] = lines[rank][match.end() :].strip(" \t")
    if step > 1:
        lines = [line if rank in kept else _dedented(line, width) for rank, line in enumerate(lines)]
    return "\n".join(lines), "Les lignes sont numérotées dans la marge : ces numéros sont laissés de côté."


def _dedented(line: str, width: int) -> str:
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def _codes(text: str) -> tuple[str, str]:
    """Signs that an extractor gives by their code in the font: « (cid:216) »."""
    codes = [int(code) for code in _CID.findall(text)]
    if not codes:
        return text, ""

    def _sign(found: re.Match[str]) -> str:
        code = int(found[1])
        return f"{chr(_PRIVATE + code)} " if 0x20 < code < _BYTE else "\ufffd "  # noqa: PLR2004  printable

    return _CID.sub(_sign, text), (
        f"{len(codes)} signes sont donnés par leur code (« (cid:216) ») : ils sont lus comme ceux de la "
        "police Wingdings."
    )


def _markdown(text: str) -> tuple[str, str]:
    text = _ANGLE.sub(r"\1", text)
    if len(_ESCAPED.findall(text)) < _ENOUGH:
        return text, ""
    return _ESCAPED.sub(r"\1", text), "Ce texte est en Markdown : les « \\ » devant les signes sont retirés."


def _spacing_accents(text: str) -> tuple[str, str]:
    """Accents that stand before their letters, as old typesetters write them: « pers´ev´erance »."""
    found = _BEFORE.findall(text)
    if len(found) < _ENOUGH * 4 or sum(one[1] in "eE" for one in found) * 3 < len(found) * 2:
        return text, ""
    return _BEFORE.sub(lambda m: unicodedata.normalize("NFC", m[0][1] + _COMBINING[m[0][0]]), text), (
        "Les accents sont à côté de leurs lettres (« ´e ») : ils y sont remis."
    )


def _lost(text: str) -> tuple[str, str]:
    """Letters that a program wrote « ? »: a question has a space before its sign, a word has none inside."""
    if len(_ASKED.findall(text)) >= _ENOUGH * 4:
        text = _BARE_WORD.sub(lambda found: _ASKED_ANY.sub("\ufffd", found[0]), text)
    return _LOST_APOSTROPHE.sub(r"\1’", text), ""


def _apostrophes(text: str) -> tuple[str, str]:
    text = _APOSTROPHE.sub("’", text)
    lost = len(_ELIDED.findall(text))
    if lost < _ENOUGH * 4 or lost < len(_ANY_APOSTROPHE.findall(text)) * 4:
        return text, ""
    return _ELIDED.sub(r"\1’", text), "Les apostrophes ont disparu : « l Académie » est lu « l’Académie »."


_UNDONE: Final[tuple[Callable[[str], tuple[str, str]], ...]] = (
    _printable,
    _twice,
    _entities,
    _quotes,
    _numbered,
    _codes,
    _markdown,
    grids.tables,
    grids.columns_of_boxes,
    grids.beside_boxes,
    grids.doubled,
    grids.letters,
    _spacing_accents,
    _lost,
    _apostrophes,
)
