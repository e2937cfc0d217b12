"""What the bureau writes: a small Markdown, kept as it was typed and read here alone.

Paragraphs, « ## » headings of one level, « - » and « 1. » lists, ``**bold**`` and ``[words](https://…)``.
Everything else is what it looks like: no HTML, no emphasis by one sign, no image, no other heading; a line
that begins with « 2015. » begins no list. Why: docs/adr, « Rich text by markdown-it-py ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from accroche.lib.redige import Bloc, Bout, Bouts, Intertitre, LienEcrit, ListeEcrite, Paragraphe, plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


#: A space that begins no element, until the text is read: nobody types it.
_NO_MARK: Final = "\ue000"
_BLANK: Final = re.compile(f"[ \t\r\n\f{_NO_MARK}]+")
_YEAR: Final = re.compile("(?m)^([ \t]*[0-9]{3,}[.)])[ \t]")
_HEADING: Final = "## "
#: An address names a place: the « https:// » of the toolbar alone leads nowhere: it is no link.
_ADDRESS: Final = re.compile("(?i)https?://[^\\s/?#:]")
#: A whole address pasted after the « https:// » of the toolbar.
_TWICE: Final = re.compile(r"(?i)(\]\()https?://(?=https?://)")
#: What word processors paste before the lines of a list, and before those of a numbered one.
_BULLET: Final = re.compile(
    "^[ \t\u00a0]*(?:[-–—*•·▪◦‣●■➢✓\uf0b7\uf0a7][ \t\u00a0]|[oqvØü§]\t)[ \t\u00a0]*(?=\\S)"
)
_NUMBER: Final = re.compile("^[ \t\u00a0]*([0-9]{1,2})[.)][ \t\u00a0]+(?=\\S)")
_EMPTY_LINES: Final = re.compile(r"\n[ \t]*\n")
_BEGINS: Final = re.compile("^(##|-|1\\.) ")


@lru_cache(maxsize=16)  # a page that saves asks several times for the same text
def parse(text: str) -> tuple[Bloc, ...]:
    """Read a text; any text is one, in a time that its length takes."""
    return tuple(_read(kind, contents) for kind, contents in _parts(text))


def _read(kind: str, contents: list[str]) -> Bloc:
    told = [_mots(content) for content in contents]
    if kind in _LISTS:
        return ListeEcrite(kind == "ordered_list_open", tuple(told))
    return Intertitre(plain(told[0])) if kind == "heading_open" else Paragraphe(told[0])


@lru_cache(maxsize=16)
def lines(text: str) -> str:
    """Return ``text`` with each of its paragraphs, headings and elements on one line, as one types it.

    Files cut their lines where they like; who writes on a page sees them as paragraphs.
    """
    return "\n\n".join("\n".join(_signs(kind, contents)) for kind, contents in _parts(text))


def _signs(kind: str, contents: list[str]) -> Iterator[str]:
    for number, content in enumerate(contents, start=1):
        sign = {"ordered_list_open": f"{number}. ", "bullet_list_open": "- ", "heading_open": _HEADING}.get(
            kind
        )
        yield (sign or "") + content


def typed(text: str) -> str:
    """Return what somebody typed or pasted on a page in the signs of a kept text.

    Each line is a paragraph, since nobody cuts lines there; the bullets of word processors begin elements.
    Typed again, what :func:`lines` gives stays as it is.
    """
    kept: list[str] = []
    last = ""
    for raw in _TWICE.sub(r"\1", text).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line, sign = _signed(raw, last)
        # elements of one list stand together; between all else there is an empty line
        if line and kept and kept[-1] and not (sign and sign == last):
            kept.append("")
        if line or (kept and kept[-1]):
            kept.append(line)
        last = sign if line else last
    return "\n".join(kept).strip("\n")


def _signed(raw: str, last: str) -> tuple[str, str]:
    """A line with its sign as it is kept, and which sign that is; ``last``: that of the line before."""
    line = raw.strip(" \t\u00a0")
    if _BULLET.match(raw):
        return _BULLET.sub("- ", raw, count=1).rstrip(" \t\u00a0"), "-"
    if (number := _NUMBER.match(line)) and (number[1] == "1" or last == "1."):
        return _NUMBER.sub(r"\1. ", line, count=1), "1."
    return line, ""


def literal(text: str) -> str:
    """Return what was written before there were signs so that it reads as it then did.

    It had paragraphs alone; what has none of today's signs stays as it was. A no-break space after what would
    begin a heading or a list, and an invisible mark within bold or a link, say that none was meant.
    """
    parts = [part for part in _EMPTY_LINES.split(text.replace("\r", "")) if part.strip()]
    told = [_disarmed(part) for part in parts]
    return text if told == parts else "\n\n".join(told)


def _disarmed(part: str) -> str:
    words = _BLANK.sub(" ", part).strip()
    if parse(part) == (Paragraphe((Bout(words),)),):
        return part
    words = _BEGINS.sub("\\1\u00a0", words)
    return words.replace("**", "*\u2060*").replace("](", "]\u2060(")


# -- reading ---------------------------------------------------------------------------------------

_LISTS: Final = frozenset({"bullet_list_open", "ordered_list_open"})


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of a text: what kind of token opens each, and its contents as typed, each on one line.

    The elements of a list within another stand one by one in their place.
    """
    tokens = iter(_blocks().parse(_YEAR.sub(rf"\1{_NO_MARK}", text)))
    kind = ""
    for token in tokens:
        if token.type in _LISTS:
            if contents := list(_elements(tokens)):
                yield token.type, contents
        elif token.type == "heading_open":
            kind = token.type
        elif token.type == "inline":
            if content := _one_line(token.content):
                yield kind, [content]
            kind = ""


def _elements(tokens: Iterator[Token]) -> Iterator[str]:
    depth = 1
    content = ""
    for token in tokens:
        if token.type in {"list_item_open", "list_item_close"}:
            if content := _one_line(content):
                yield content
            content = ""
        elif token.type == "inline":
            content += f" {token.content}"
        elif token.type in _LISTS:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
            if not depth:
                return


def _one_line(content: str) -> str:
    return _BLANK.sub(" ", content).strip(" ")


def _mots(content: str) -> Bouts:
    (inline,) = _inline().parseInline(content)
    return _tidy(_runs(inline.children or ()))


def _runs(tokens: Sequence[Token]) -> Iterator[Bout | LienEcrit]:
    strong = False
    url, words = "", ""
    for token in tokens:
        content = token.content
        if token.type in {"strong_open", "strong_close"} and token.markup == "**":
            strong = token.type == "strong_open"
            continue
        if token.type == "link_open":
            url, words = str(token.attrGet("href")), ""
            continue
        if token.type == "link_close":
            yield LienEcrit(_BLANK.sub(" ", words).strip() or url, url)
            url = ""
            continue
        if token.type in {"softbreak", "hardbreak"}:
            content = " "
        elif token.type != "text":
            content = token.markup  # signs that mean nothing here, as they were typed
        if url:
            words += content
        else:
            yield Bout(content, strong)


def _tidy(runs: Iterable[Bout | LienEcrit]) -> Bouts:
    """One space between words, none around them all; words of one kind are one run."""
    kept: list[Bout | LienEcrit] = []
    for run in runs:
        last = kept[-1] if kept else None
        if isinstance(run, Bout) and isinstance(last, Bout) and last.strong == run.strong:
            kept[-1] = Bout(last.text + run.text, run.strong)
        else:
            kept.append(run)
    kept = [Bout(_BLANK.sub(" ", run.text), run.strong) if isinstance(run, Bout) else run for run in kept]
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while kept and isinstance(run := kept[end], Bout):
            kept[end] = Bout(strip(run.text, " "), run.strong)
            if kept[end].text:
                break
            del kept[end]
    return tuple(run for run in kept if run.text)


@cache
def _inline() -> MarkdownIt:
    """Return CommonMark's words with all that is not told above left out."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - no start waits for it

    parser = MarkdownIt("zero").enable(["emphasis", "link"])
    parser.validateLink = lambda url: bool(_ADDRESS.match(url))  # type: ignore[method-assign]
    return parser


@cache
def _blocks() -> MarkdownIt:
    """Return CommonMark's paragraphs, headings and lists as told above, their words unread."""
    from markdown_it import MarkdownIt  # noqa: PLC0415
    from markdown_it.rules_block import heading, list_block  # noqa: PLC0415

    def begins(state: StateBlock, line: int, *signs: str) -> bool:
        return state.src.startswith(signs, state.bMarks[line] + state.tShift[line])

    def intertitre(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return begins(state, start, _HEADING) and heading(state, start, end, silent)

    def liste(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # whether the next element ends the one before is asked of it silently: it may have any number
        follows = silent and state.sCount[start] < state.blkIndent
        return (follows or begins(state, start, "- ", "1. ")) and list_block(state, start, end, silent)

    parser = MarkdownIt("zero").disable(["inline", "text_join"])
    ends: RuleOptionsType = {"alt": ["paragraph"]}
    parser.block.ruler.before("paragraph", "intertitre", intertitre, ends)
    parser.block.ruler.at("list", liste, ends)
    parser.enable(["intertitre", "list"])
    return parser
