"""Reading the archive of one's own data, as its person does."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from django.urls import reverse

from accroche.portail.presentation import DATA

if TYPE_CHECKING:
    from django.test import Client


def archive_of(client: Client) -> ZipFile:
    """Return the archive a person downloads."""
    response: Any = client.get(reverse("portail:mes_donnees"))
    assert response.status_code == 200
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def own_data_of(client: Client) -> Any:
    """Return what it holds for programs."""
    return json.loads(archive_of(client).read(DATA))
