"""What embeds need before anything else is read of a request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accroche.catalogue.integration import PREFIX


class NoCookies:
    """Reads and sets no cookie at all under the address of the embeds.

    A frame on somebody else's page follows nobody from site to site: who is signed in here is a visitor
    there, and what a layer inside would set or take back never leaves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; without cookies when it is an embed."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES = {}
        response = self.get_response(request)
        response.cookies.clear()
        return response
