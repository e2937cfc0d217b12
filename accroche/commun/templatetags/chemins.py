"""``{% url %}`` under Django's own name, which finds each address once (``commun/chemins.py``)."""

from __future__ import annotations

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as of_django
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from accroche.commun.chemins import path_of

register = template.Library()


class _Found(URLNode):
    """Django's node: nothing of the page one reads changes an address of ours."""

    def render(self, context: Context) -> str:
        if self.kwargs:
            return str(super().render(context))
        found = ""
        try:
            found = path_of(self.view_name.resolve(context), *(arg.resolve(context) for arg in self.args))
        except NoReverseMatch:
            if self.asvar is None:
                raise
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> _Found:
    """Read as Django does."""
    node = of_django(parser, token)
    return _Found(node.view_name, node.args, node.kwargs, node.asvar)
