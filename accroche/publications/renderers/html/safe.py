"""HTML as plain text that says so: what is drawn already is not escaped again.

No Django here: its templates, and any other, know such a text by ``__html__``.
"""

from __future__ import annotations

from html import escape as escaped


class Html(str):
    """A text that is HTML already."""

    __slots__ = ()

    def __html__(self) -> Html:
        """Return itself: how a template asks whether to escape."""
        return self


def escape(text: str) -> Html:
    """Return ``text`` as HTML that shows it; what is HTML already stays."""
    return Html(text if hasattr(text, "__html__") else escaped(text))


def element(template: str, *texts: str) -> Html:
    """Return ``template`` with each ``{}`` replaced by one of ``texts``, escaped."""
    return Html(template.format(*map(escape, texts)))
