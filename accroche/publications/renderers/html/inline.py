"""Lines of text as HTML: escaped runs, and links to addresses we trust the form of."""

from __future__ import annotations

from typing import Final, assert_never
from urllib.parse import urlsplit

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from accroche.publications.outline import Figure, Inline, Line, Link, Ref, Text
from accroche.publications.renderers.html.anchors import Anchors

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


def line(content: Line, anchors: Anchors) -> SafeString:
    """Return a line as HTML."""
    # Each run is escaped by itself: joining adds nothing.
    return mark_safe("".join(_run(run, anchors) for run in content))  # noqa: S308


def link(item: Link) -> SafeString:
    """Return a link, or its words alone when the address is not one of the web."""
    if not is_web_address(item.url):
        return conditional_escape(item.text)
    # On paper an address follows its link, unless the link already reads as the address.
    bare = "doc-bare" if item.text == item.url else "doc-link"
    return format_html('<a class="{}" href="{}" rel="noopener">{}</a>', bare, item.url, item.text)


def figure(item: Figure, anchors: Anchors) -> SafeString:
    """Return a figure as a link to its provenance."""
    cited = anchors.cite(item.provenance)
    if cited is None:
        return conditional_escape(item.text)
    return format_html(
        '<a class="doc-figure" id="{}" href="#{}" title="D’où vient ce chiffre ?">{}</a>', *cited, item.text
    )


def _run(run: Inline, anchors: Anchors) -> SafeString:
    match run:
        case Text(text, strong):
            return format_html("<strong>{}</strong>", text) if strong else conditional_escape(text)
        case Link():
            return link(run)
        case Ref(text, target):
            anchor = anchors.section(target)
            return format_html('<a href="#{}">{}</a>', anchor, text) if anchor else conditional_escape(text)
        case Figure():
            return figure(run, anchors)
        case _:
            assert_never(run)
