"""What a visitor may do, known to every view; and no view without a rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accroche.commun.http import network_of
from accroche.comptes.decorators import rule_of
from accroche.comptes.http import current_access, give_device_token, person_of, sign_in_first
from accroche.comptes.permissions import Access, access_of
from accroche.comptes.regles import Right


def access_for(request: HttpRequest) -> Access:
    """Return what this visitor may do now.

    ``request.opened_sheets``: how an app above says which sheets the browser opens by itself.
    """
    user = request.user if request.user.is_authenticated else None
    sheets: frozenset[int] = getattr(request, "opened_sheets", frozenset)()
    return replace(access_of(user, timezone.now(), sheets), network=network_of(request))


class Identification(AuthenticationMiddleware):
    """Django's, where a sign-in is also checked against its device: ended there, it is nobody's here."""

    def process_request(self, request: HttpRequest) -> None:
        """Give each request its ``user``: read at first use."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request, timezone.now()))  # type: ignore[assignment]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Give a browser that just signed in what it is recognised by."""
        give_device_token(request, response)
        return response


class DenyByDefault:
    """Gives each request its ``access``, and refuses a view whose rule the visitor does not meet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with ``request.access`` there for the views: read at first use."""
        request.access = SimpleLazyObject(lambda: access_for(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse before the view runs; who could sign in is asked to."""
        rule = rule_of(view)
        if rule is None:
            raise PermissionDenied("This view says nothing about who may open it.")
        if rule.public:
            return None
        access = current_access(request)
        if not access.is_signed_in:
            return sign_in_first(request)
        if rule.rights and not any(access.has(Right(right)) for right in rule.rights):
            raise PermissionDenied
        return None
