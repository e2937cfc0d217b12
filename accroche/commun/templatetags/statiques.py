"""``{% static %}`` under Django's own name, which finds the address of each file once.

A page names twenty of them. Django looks each time through the apps there are, and escapes what it finds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


class _Found(StaticNode):
    """Django's node: a name that is written in the template has one address."""

    def render(self, context: Context) -> str:
        name: Any = self.path.var
        if self.varname or self.path.filters or not isinstance(name, str) or not context.autoescape:
            return str(super().render(context))
        # our storage remembers it (``commun/stockage.py``)
        return _escaped(staticfiles_storage.url(name))


@lru_cache(1024)
def _escaped(address: str) -> SafeString:
    return conditional_escape(address)


@register.tag
def static(parser: Parser, token: Token) -> StaticNode:
    """Read as Django does."""
    return _Found.handle_token(parser, token)
