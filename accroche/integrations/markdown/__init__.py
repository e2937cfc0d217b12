"""Markdown as the HTML of our pages, by markdown-it-py: raw HTML is shown as text, never taken.

Why: docs/adr, « The guide by markdown-it-py ».
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

from accroche.lib.texte import slug, typographie

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: What a table is put into: a wide one is moved sideways, by the keyboard too.
_TABLE: Final = '<div class="fr-table fr-table--bordered" tabindex="0" role="region" aria-label="{}">'


@dataclass(frozen=True, slots=True)
class Paragraphes:
    """A heading with what follows it up to the next: as plain text, to be searched.

    ``level``: 1 for what stands before the first heading below the title, whose ``anchor`` is empty.
    """

    level: int
    heading: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendu:
    """A document: its title, its body without it as safe HTML, and its parts in their order."""

    title: str
    html: str
    parties: tuple[Paragraphes, ...]


def render(text: str, address_of: Callable[[str], str]) -> Rendu:
    """Render a document that begins with its title.

    ``address_of``: where a link leads on the site, from what the document says; of an empty one the words
    are shown without it.
    """
    title, parties, heading = "", [Paragraphes(1, "", "", "")], ""
    kept: list[Token] = []
    taken: set[str] = set()
    tokens = iter(_parser().parse(text))
    for token in tokens:
        if token.type == "heading_open":
            inline = next(tokens)
            heading = _typeset(inline, address_of)
            if token.tag == "h1":
                title = heading
                next(tokens)  # its end
                continue
            anchor = _free(slug(heading), taken)
            token.attrSet("id", anchor)
            parties.append(Paragraphes(int(token.tag[1:]), heading, anchor, ""))
            kept += [token, inline]
            continue
        if token.type == "inline":
            _told(parties, _typeset(token, address_of))
        elif token.type in {"fence", "code_block"}:
            _told(parties, token.content)
        elif token.type == "table_open":
            token.meta["label"] = parties[-1].heading or title
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        kept.append(token)
    return Rendu(title, _parser().renderer.render(kept, _parser().options, {}), tuple(parties))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - no start waits for it

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _table_open(_self: object, tokens: Sequence[Token], at: int, *_more: object) -> str:
    return _TABLE.format(escape(tokens[at].meta["label"])) + "<table>\n"


def _table_close(*_all: object) -> str:
    return "</table></div>\n"


def _typeset(inline: Token, address_of: Callable[[str], str]) -> str:
    """Set the words of a line and its links, in place; return what it reads."""
    children = []
    open_links: list[bool] = []
    for child in inline.children or ():
        if child.type == "text":
            # what follows bold words or code begins within the sentence, where « : » has its space too
            child.content = typographie(f"…{child.content}")[1:]
        elif child.type == "link_open":
            address = address_of(str(child.attrGet("href")))
            open_links.append(bool(address))
            if not address:
                continue
            child.attrSet("href", address)
        elif child.type == "link_close" and not open_links.pop():
            continue
        children.append(child)
    inline.children = children
    return "".join(_words(children))


def _words(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        yield " " if child.type in {"softbreak", "hardbreak"} else child.content


def _told(parties: list[Paragraphes], text: str) -> None:
    last = parties[-1]
    parties[-1] = Paragraphes(last.level, last.heading, last.anchor, f"{last.text} {text}".strip())


def _free(anchor: str, taken: set[str]) -> str:
    """An anchor that no other heading has: « exporter », then « exporter-2 »."""
    found, number = anchor, 1
    while found in taken:
        number += 1
        found = f"{anchor}-{number}"
    taken.add(found)
    return found
