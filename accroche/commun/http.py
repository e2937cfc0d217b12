"""How public pages are cached, and what is asked for too often refused."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from accroche.commun.limites import LimitError
from accroche.commun.middleware import POLICY

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponse)

#: Long enough to absorb a crowd, short enough that a correction shows at once.
SECONDS = 60


def public_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let caches keep a page that is the same for everybody; errors are never kept."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:  # noqa: PLR2004 - OK
            # who signed in reads the same page under another header: a shared cache must not keep that
            access = getattr(request, "access", None)
            scope = "private" if access and access.is_signed_in else "public"
            patch_cache_control(response, **{scope: True}, max_age=SECONDS)
        return response

    return wrapped


def allow_frames(response: HttpResponse, origins: Iterable[str]) -> None:
    """Let this one page show players of ``origins`` (``https://host``): the rest of the site shows none."""
    if frames := " ".join(sorted(set(origins))):
        response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src {frames}"


def too_many(response: Response, error: LimitError, at: dt.datetime) -> Response:
    """Return ``response`` as the refusal of ``error``: 429, and in how many seconds to come back."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(max(1, math.ceil((error.retry_at - at).total_seconds())))
    return response
