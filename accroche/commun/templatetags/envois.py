"""What every form that posts carries: Django's proof that it comes from here, and a key that serves once.

Under the name of Django's own tag (``builtins`` in the settings), so that no form can be without it.
"""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accroche.commun.envois import FIELD, new_key

register = template.Library()


class _Carried(CsrfTokenNode):
    """Django's hidden field, and ours."""

    def render(self, context: Context) -> SafeString:
        proof = SafeString(super().render(context))
        return proof and format_html('{}<input type="hidden" name="{}" value="{}">', proof, FIELD, new_key())


@register.tag
def csrf_token(_parser: template.base.Parser, _token: template.base.Token) -> _Carried:
    """Both hidden fields of a form that posts."""
    return _Carried()
