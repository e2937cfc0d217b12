"""What a cache may keep of an answer: public pages, for who is nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import resolve

from accroche.catalogue.integration import PREFIX
from accroche.commun.logs import SECRET_ARGUMENTS
from tests.matrix import PEOPLE, Rule

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


def kept(response: HttpResponseBase) -> bool:
    """Whether a cache may keep it; it always says."""
    told = response.headers["Cache-Control"]
    assert "no-store" in told or told.startswith("public"), told
    return "no-store" not in told


def may_be_kept(who: str, rule: Rule, address: str, response: HttpResponseBase) -> bool:
    """Whether what a GET or a HEAD of ``address`` gave ``who`` may be kept."""
    return (
        # nobody is known to an embed: it reads no cookie
        (who in {"anonymous", "by_link"} or address.startswith(PREFIX))
        and response.status_code in {200, 304}
        and rule.own == frozenset(PEOPLE)
        and not SECRET_ARGUMENTS & resolve(address).kwargs.keys()
    )
