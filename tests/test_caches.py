"""What browsers and caches may keep: public pages, for who is nobody; nothing else, whatever the address.

Of each address: its page in ``tests/test_matrix.py``, its head and forms in ``tests/test_log_output.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NOTHING = "no-store, private"


def test_an_unknown_address_and_a_refusal_are_kept_by_nobody(client: Client) -> None:
    assert client.get("/nulle-part/").headers["Cache-Control"] == NOTHING
    assert client.get("/?q=%00").headers["Cache-Control"] == NOTHING
    assert client.get("/mon-espace/").headers["Cache-Control"] == NOTHING


def test_files_that_never_change_are_kept(client: Client) -> None:
    response = client.get("/static/commun/accroche.css")
    assert "max-age" in response.headers["Cache-Control"]
    response.close()
