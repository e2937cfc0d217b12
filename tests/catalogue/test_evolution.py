"""Two editions side by side for everybody: published ones alone, and nothing that stays between us."""

from __future__ import annotations

from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.campagne.champs import ENTRE_NOUS
from accroche.campagne.models import Edition, Semaine
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

OLD, NEW = "2025-2026", "2026-2027"
PAGE = f"/editions/{NEW}/evolution/{OLD}/"


def fill(*names: str) -> None:
    for number, name in enumerate(names):
        for year in (OLD, NEW):
            there = factories.territory(name, f"{number + 11}", year)
            factories.action(there, etat=Etat.PUBLISHED)
            factories.action(there, etat=Etat.SUBMITTED)


def test_the_page_and_its_files_say_the_same_at_a_fixed_cost(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            told.append(unescape(client.get(PAGE).content.decode()))
        return len(captured)

    told: list[str] = []
    fill("Dijon")
    asked()
    one = asked()
    fill("Dijon", "Lyon", "Nice")
    assert asked() == one
    assert told[-1].index("Dijon") < told[-1].index("Lyon") < told[-1].index("Nice")
    assert "ses nombres peuvent encore monter" in told[-1]
    assert 'role="img"' in told[-1], "one drawing, beside its tables"
    csv = b"".join(client.get(f"{PAGE}fichier/").streaming_content).decode()  # type: ignore[attr-defined]
    book = openpyxl.load_workbook(
        BytesIO(b"".join(client.get(f"{PAGE}fichier/?format=xlsx").streaming_content))  # type: ignore[attr-defined]
    )
    sheet = [[str(cell or "") for cell in row] for row in book.worksheets[0].values]
    assert sheet[0] == csv.lstrip("\ufeff").splitlines()[0].split(";")
    assert len(sheet) == len(csv.splitlines())
    for row in sheet[1:]:
        assert " ".join(row[5].split()) in " ".join(told[-1].split())


def test_only_two_published_editions_are_compared(client: Client) -> None:
    fill("Dijon")
    moved = client.get(f"/editions/{OLD}/evolution/{NEW}/")
    assert (moved.status_code, moved.headers["Location"]) == (301, PAGE)
    assert PAGE in client.get(f"/editions/{NEW}/").content.decode()
    assert PAGE in client.get(f"/editions/{OLD}/").content.decode()
    for address in (f"/editions/{NEW}/evolution/{NEW}/", f"/editions/{NEW}/evolution/2001-2002/"):
        assert client.get(address).status_code == 404
    Edition.objects.filter(year=OLD).update(published_at=None)
    for address in (PAGE, f"{PAGE}fichier/"):
        assert client.get(address).status_code == 404
    assert OLD not in client.get(f"/editions/{NEW}/").content.decode()


def test_what_stays_between_an_academie_and_the_bureau_is_not_told(client: Client) -> None:
    fill("Dijon")
    texts = {
        name: "Mot entre nous"
        for name in ENTRE_NOUS
        if Semaine._meta.get_field(name).get_internal_type() == "TextField"
    }
    assert texts
    Semaine.objects.update(**texts)
    assert "entre nous" not in client.get(PAGE).content.decode()
    told = b"".join(client.get(f"{PAGE}fichier/").streaming_content).decode()  # type: ignore[attr-defined]
    assert "entre nous" not in told
