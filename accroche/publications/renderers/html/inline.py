"""Lines of text as HTML: escaped runs, and links to addresses we trust the form of."""

from __future__ import annotations

from typing import Final, assert_never
from urllib.parse import urlsplit

from accroche.publications.outline import Figure, Inline, Line, Link, Ref, Text
from accroche.publications.renderers.html.anchors import Anchors
from accroche.publications.renderers.html.safe import Html, element, escape

_SCHEMES: Final = frozenset({"http", "https"})


def is_web_address(url: str) -> bool:
    """Tell whether ``url`` may be followed: http(s), with a host, without blanks or control characters."""
    if not url.isprintable() or any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in _SCHEMES and bool(parts.hostname)
    except ValueError:
        return False


def line(content: Line, anchors: Anchors) -> Html:
    """Return a line as HTML."""
    # Each run is escaped by itself: joining adds nothing.
    return Html("".join(_run(run, anchors) for run in content))


def link(item: Link) -> Html:
    """Return a link, or its words alone when the address is not one of the web."""
    if not is_web_address(item.url):
        return escape(item.text)
    # On paper an address follows its link, unless the link already reads as the address.
    bare = "doc-bare" if item.text == item.url else "doc-link"
    return element('<a class="{}" href="{}" rel="noopener">{}</a>', bare, item.url, item.text)


def figure(item: Figure, anchors: Anchors) -> Html:
    """Return a figure as a link to its provenance."""
    cited = anchors.cite(item.provenance)
    if cited is None:
        return escape(item.text)
    return element(
        '<a class="doc-figure" id="{}" href="#{}" title="{}, d’où vient ce chiffre ?">{}</a>',
        *cited,
        item.text,
        item.text,
    )


def _run(run: Inline, anchors: Anchors) -> Html:
    match run:
        case Text(text, strong):
            return element("<strong>{}</strong>", text) if strong else escape(text)
        case Link():
            return link(run)
        case Ref(text, target):
            anchor = anchors.section(target)
            return element('<a href="#{}">{}</a>', anchor, text) if anchor else escape(text)
        case Figure():
            return figure(run, anchors)
        case _:
            assert_never(run)
