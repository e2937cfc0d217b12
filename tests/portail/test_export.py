"""The file of what a filter shows: those very sheets, no column more than one may read, its limits told."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.comptes.regles import TypeRole
from accroche.imports.models import Depot
from accroche.imports.recensement.champs import Champ
from accroche.portail.views import espace
from accroche.relecture.views import file
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.comptes.models import User

pytestmark = pytest.mark.django_db

FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"etat": "toutes"},
    {"etat": "published"},
    {"q": "forum"},
    {"niveau": "lycee", "etat": "toutes"},
    {"indice": "meme_texte"},
    {"q": "rien de tel"},
    {"etat": "inconnu", "niveau": "rien"},
)
LINE = re.compile(r'a-ligne__lien"\s+href="/fiches/(\d+)/')


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> list[Action]:
    """Sheets of two académies, in several states, on more than one page of the list."""
    monkeypatch.setattr(file, "PER_PAGE", 6)
    found = []
    for name, code in (("Dijon", "21"), ("Lyon", "69")):
        where = factories.territory(name, code)
        school = factories.school(where)
        found += [
            factories.action(
                where,
                school,
                etat,
                title=f"Forum {number} de {name}",
                description=f"Texte {number // 3}",
                lycee=number % 2 == 0,
                submitted_at=NOW.replace(hour=number % 24),
                private_email="camille@example.org",
            )
            for number, etat in enumerate(
                [Etat.SUBMITTED] * 7 + [Etat.TO_COMPLETE, Etat.PUBLISHED, Etat.REFUSED]
            )
        ]
    return found


def browser(who: User) -> Client:
    client = Client()
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def listed(client: Client, asked: dict[str, str]) -> list[int]:
    """The sheets of all the pages of the list, in their order."""
    found: list[int] = []
    for page in range(1, 9):
        response = client.get(reverse("relecture:file"), asked | {"page": str(page)})
        found += map(int, LINE.findall(response.content.decode()))
        if not response.context["page"].has_next():
            return found
    raise AssertionError


def received(client: Client, **asked: str) -> bytes:
    response: Any = client.get(reverse("portail:exporter_fiches"), asked)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def workbook(client: Client, **asked: str) -> tuple[list[list[Any]], str]:
    """Its rows, headings first, and what explains them."""
    book = openpyxl.load_workbook(BytesIO(received(client, format="xlsx", **asked)))
    rows = [[cell.value for cell in row] for row in book["Fiches"].iter_rows()]
    return rows, "\n".join(str(row[0].value) for row in book["Lisez-moi"])


def test_the_file_holds_the_rows_of_the_list_in_their_order(sheets: list[Action]) -> None:
    moderator = browser(factories.person(TypeRole.MODERATEUR, academie=sheets[0].semaine.academie))
    national = browser(factories.person(TypeRole.NATIONAL))
    sizes, told = [], set()
    for asked in FILTERS:
        for client in (moderator, national):
            expected = listed(client, asked)
            rows, notice = workbook(client, **asked)
            assert [row[0] for row in rows[1:]] == expected, asked
            assert f"{len(expected)} fiche" in notice
            told.add(re.search("par le filtre « (.*) »", notice)[1])  # type: ignore[index]
            lines = received(client, format="csv", **asked).decode("utf-8-sig").splitlines()
            assert [int(line.split(";")[0]) for line in lines[1:]] == expected, asked
            sizes.append(len(expected))
    assert sizes[:4] == [7, 14, 10, 20]
    assert {f"État : {Etat.SUBMITTED.label}", "État : Tous les états ; Niveau : Lycée"} <= told
    assert len(set(sizes)) > 5, "the filters do keep something else each"


@pytest.mark.any_database
def test_private_columns_are_for_who_moderates_all_of_it(sheets: list[Action]) -> None:
    moderator = factories.person(TypeRole.MODERATEUR, academie=sheets[0].semaine.academie)
    [headings, *_], told = workbook(browser(moderator))
    assert Champ.COURRIEL.label in headings
    assert "Académie" not in headings
    assert "plusieurs académies" not in told
    national = browser(factories.person(TypeRole.NATIONAL))
    rows, told = workbook(national, etat="toutes")
    assert not {Champ.COURRIEL.label, Champ.TELEPHONE.label, Champ.CONTACT.label} & set(rows[0])
    assert "camille@example.org" not in str(rows)
    assert {tuple(row[-2:]) for row in rows[1:]} == {("Dijon", "2026-2027"), ("Lyon", "2026-2027")}
    for words in ("plusieurs académies ou éditions", "n’y sont pas", "sont modifiées"):
        assert words in told
    # who moderates one of two académies reads no contact of the other
    both = factories.person(TypeRole.LECTEUR, "deux@example.fr", academie=sheets[-1].semaine.academie)
    factories.role(both, TypeRole.MODERATEUR, academie=sheets[0].semaine.academie)
    [headings, *_], _ = workbook(browser(both))
    assert Champ.COURRIEL.label not in headings


@pytest.mark.any_database
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_it_comes_back_as_any_export(sheets: list[Action], form: str) -> None:
    academie, edition = sheets[0].semaine.academie, sheets[0].semaine.edition
    client = browser(factories.person(TypeRole.MODERATEUR, academie=academie))

    def back(content: bytes) -> dict[str, int]:
        file = SimpleUploadedFile(f"fiches.{form}", content)
        address = reverse("imports:recensement")
        client.post(address, {"academie": academie.pk, "edition": edition.pk, "fichier": file})
        counts: dict[str, int] = Depot.objects.latest("pk").report["counts"]
        return counts

    assert back(received(client, format=form, etat="toutes"))["same"] == 10
    administrator = browser(factories.person(TypeRole.ADMINISTRATEUR))
    counts = back(received(administrator, format=form, etat="toutes"))
    assert (counts["same"], counts["refused"], counts["new"], counts["changed"]) == (10, 10, 0, 0)


@pytest.mark.any_database
def test_a_workbook_too_long_says_what_to_do(sheets: list[Action], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espace, "MOST_IN_A_WORKBOOK", 10)
    client = browser(factories.person(TypeRole.NATIONAL))
    answer = client.get(reverse("portail:exporter_fiches"), {"q": "forum", "format": "xlsx"}, follow=True)
    assert answer.redirect_chain == [(f"{reverse('relecture:file')}?q=forum", 302)]
    assert "choisissez le CSV" in answer.content.decode()
    assert len(received(client, q="forum", format="csv").splitlines()) == 15


@pytest.mark.any_database
def test_the_list_leads_to_its_file(sheets: list[Action]) -> None:
    client = browser(factories.person(TypeRole.MODERATEUR, academie=sheets[0].semaine.academie))
    html = client.get(reverse("relecture:file"), {"q": "forum", "page": "2"}).content.decode()
    assert "Emporter ces 7&nbsp;fiches" in html
    address = reverse("portail:exporter_fiches")
    for form in ("xlsx", "csv"):
        assert f'href="{address}?q=forum&amp;format={form}"' in html
