"""Our cookies: of this very host alone where there is HTTPS, under their usual names elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from tests.actions.declaring import START

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from accroche.annuaire.models import Etablissement

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_cookies_are_of_this_very_host_alone_with_https(settings: Settings, school: Etablissement) -> None:
    """What a browser asks of the prefix: Secure, the whole site, no domain. Forms still go through."""
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.DEVICE_COOKIE_NAME = "__Host-appareil"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = True
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("actions:declarer"), secure=True)
    token = str(page.context["csrf_token"])
    sent = {**START, "etablissement": school.uai, "email": "a@example.fr", "csrfmiddlewaretoken": token}
    origin = {"origin": "https://testserver"}
    answer = client.post(reverse("actions:declarer"), sent, secure=True, headers=origin)
    assert answer.status_code == 302
    assert client.get(answer.headers["Location"], secure=True).status_code == 200, "its draft is its own"
    found = {name: morsel for name, morsel in client.cookies.items() if name.startswith("__Host-")}
    assert {"__Host-sessionid", "__Host-csrftoken"} <= found.keys()
    for name, morsel in found.items():
        assert (morsel["path"], morsel["domain"] or "") == ("/", ""), name
        assert morsel["samesite"] == "Lax", name
        assert morsel["httponly"], name
    assert settings.MESSAGE_STORAGE == "accroche.commun.messages.Storage"


def test_nothing_else_names_a_cookie() -> None:
    read = django_settings
    names = {read.SESSION_COOKIE_NAME, read.CSRF_COOKIE_NAME, read.MESSAGE_COOKIE_NAME}
    assert names == {"sessionid", "csrftoken", "messages"}, "without HTTPS, names stay as they were"
