"""What was posted and could not be taken, given back in a page from which it is sent again.

Whoever answers « not now », « not like this » or « who are you? » to a form shows
``commun/_renvoyer.html`` with :func:`posted`: nothing that was typed is lost, and nothing is kept here.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest

from accroche.commun.envois import FIELD, OURS

#: What a text that was written has, and a number, a code or the digest of a page have not.
_WORDS: Final = 3


def posted(request: HttpRequest, *, same_key: bool = False) -> dict[str, Any]:
    """What was sent, and the names of the files that must be chosen again.

    Only of a form that proved it comes from this site: what another site posted is not given a button.
    ``same_key``: sent again, it is the same form, whose first sending may still end.
    """
    if request.method != "POST" or not (
        getattr(request, "csrf_processing_done", False) or getattr(request, "from_here", False)
    ):
        return {"posted": request.method not in {"GET", "HEAD"}}
    left_out = OURS - {FIELD} if same_key else OURS
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]
    files = [upload.name for name, uploads in request.FILES.lists() for upload in uploads]
    return {
        "posted": True,
        "again": True,
        "fields": fields,
        "texts": [value for _, value in fields if _is_written(value)],
        "files": files,
        "multipart": request.content_type == "multipart/form-data",
        "same_key": same_key,
    }


def comes_from_here(request: HttpRequest) -> bool:
    """Whether a form whose token is refused was nonetheless sent by a page of ours, as the browser says.

    A browser tells where a form it posts comes from, and no page can have it say otherwise. One too old to
    tell is believed: the token alone then protects, and a person still has to press the button.
    """
    told = request.headers
    if told.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    here = (request.scheme, request.get_host())
    for header in ("Origin", "Referer"):
        if header in told:
            parts = urlsplit(told[header])
            return (parts.scheme, parts.netloc) == here
    return True


def _is_written(value: str) -> bool:
    return len(value.split(maxsplit=_WORDS)) >= _WORDS and not value.startswith(("{", "["))
