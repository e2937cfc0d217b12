"""Documents about an académie: on the site, for who may have them, and by the command."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from lxml import html

from accroche.actions.cycle import Etat
from accroche.campagne.models import Semaine
from accroche.comptes.regles import TypeRole
from accroche.publications.documents.kinds import KINDS
from accroche.publications.fichiers import fichiers_of
from accroche.publications.operations import draw_file
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from tests.factories import Territory

pytestmark = pytest.mark.django_db

KIND = KINDS["liste-recensement"]
PAGE = "/documents/liste-recensement/2026-2027/dijon/"
TELEPHONE = "06 12 34 56 78"


@pytest.fixture
def dijon() -> Territory:
    where = factories.territory()
    school = factories.school(where)
    factories.action(where, school, Etat.DRAFT, title="Brouillon à taire")
    factories.action(
        where,
        school,
        Etat.SUBMITTED,
        title="Fiche en attente",
        private_contact="Madame Secrète",
        private_phone=TELEPHONE,
        private_email="secret@example.fr",
        declarant_email="declarante@example.fr",
    )
    factories.action(where, school, Etat.PUBLISHED, title="Fiche publiée")
    factories.action(where, None, Etat.REFUSED, title="Fiche refusée")
    return where


def signed_in(where: Territory, kind: TypeRole = TypeRole.MODERATEUR) -> Client:
    client = Client()
    client.force_login(factories.person(kind, academie=where.academie))
    return client


def body(response: Any) -> Any:
    assert response.status_code == 200
    return html.document_fromstring(response.content)


def test_a_moderator_reads_every_sheet_but_drafts_and_nobody_s_contact(dijon: Territory) -> None:
    text = body(signed_in(dijon).get(PAGE)).text_content()
    for title in ("Fiche en attente", "Fiche publiée", "Fiche refusée"):
        assert title in text
    for kept in ("Brouillon à taire", "Secrète", TELEPHONE, "secret@example.fr", "declarante@example.fr"):
        assert kept not in text
    assert "Collège Dijon 1" in text


def test_no_file_tells_a_contact(dijon: Territory) -> None:
    client = signed_in(dijon)
    for name in ("liste-recensement.html", "donnees.json", "donnees.zip"):
        response = client.get(f"{PAGE}{name}")
        content = response.content
        if name.endswith("zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert archive.namelist() == ["datapackage.json", "fiches.csv"]
                content = b"".join(archive.read(one) for one in archive.namelist())
        assert b"Fiche en attente" in content
        for kept in ("Brouillon", "Secrète", TELEPHONE, "secret@example.fr", "declarante@"):
            assert kept.encode() not in content, (name, kept)


@pytest.mark.parametrize("name", fichiers_of(KIND))
def test_each_file_offered_is_given_under_a_name_that_says_what_it_is(dijon: Territory, name: str) -> None:
    client = signed_in(dijon)
    offered = body(client.get(PAGE)).xpath("//a[contains(@class, 'doc-download')]/@href")
    assert f"{PAGE}{name}" in offered
    response = client.get(f"{PAGE}{name}")
    assert response.headers["Content-Type"] == fichiers_of(KIND)[name].content_type
    stem, _, ending = name.partition(".")
    assert f'filename="{stem}-dijon-2026-2027.{ending}"' in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    assert response.content


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}synthese.pdf",
        f"{PAGE}..%2fsynthese.pdf",
        "/documents/liste-recensement/2026-2027/lyon/",
        "/documents/liste-recensement/1999-2000/dijon/",
        "/documents/synthese/2026-2027/dijon/",
        "/documents/affiche/2026-2027/dijon/",
    ],
)
def test_what_there_is_not_is_not_found(dijon: Territory, address: str) -> None:
    factories.territory("Lyon", "69")
    assert signed_in(dijon).get(address).status_code == 404


def test_an_academie_without_a_sheet_is_told_so() -> None:
    where = factories.territory()
    assert "Aucune fiche n’est déclarée" in body(signed_in(where).get(PAGE)).text_content()


def test_the_list_of_documents_leads_to_each(dijon: Territory) -> None:
    factories.territory("Lyon", "69")
    client = signed_in(dijon)
    assert "/documents/" in body(client.get(reverse("portail:tableau"))).xpath("//a/@href")
    found = body(client.get("/documents/"))
    assert [one for one in found.xpath("//main//a/@href") if "liste-recensement" in one] == [PAGE]
    Semaine.objects.all().delete()
    assert "Aucune semaine n’est encore ouverte" in body(client.get("/documents/")).text_content()


def test_one_too_long_to_be_laid_out_at_once_is_read_and_reused(
    dijon: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accroche.publications.fichiers.MOST_ROWS", 2)
    client = signed_in(dijon)
    page = body(client.get(PAGE))
    offered = {one.rpartition("/")[2] for one in page.xpath("//a[contains(@class, 'doc-download')]/@href")}
    assert offered == {"liste-recensement.html", "donnees.xlsx", "donnees.zip", "donnees.json"}
    assert "accroche build_document" in page.text_content()
    assert client.get(f"{PAGE}liste-recensement.pdf").status_code == 404
    assert client.get(f"{PAGE}donnees.json").status_code == 200


def test_the_drawing_itself_asks_who_may(dijon: Territory) -> None:
    wanted = fichiers_of(KIND)["donnees.json"]
    for kind in (TypeRole.LECTEUR, TypeRole.MODERATEUR):
        elsewhere = factories.territory("Lyon", "69").academie
        person = factories.person(kind, f"{kind}@lyon.fr", academie=elsewhere)
        with pytest.raises(PermissionDenied):
            draw_file(KIND, dijon.semaine, wanted, access=factories.access(person), day=NOW.date())


def test_it_asks_the_database_as_often_for_many_sheets(
    dijon: Territory, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(dijon)
    client.get(PAGE)
    with django_assert_max_num_queries(40) as few:
        client.get(PAGE)
    for number in range(2, 12):
        factories.action(dijon, factories.school(dijon, number), Etat.SUBMITTED)
    with django_assert_max_num_queries(len(few)):
        client.get(PAGE)


# -- the command --------------------------------------------------------------------------------------


def run(*args: str, **options: Any) -> str:
    said = io.StringIO()
    call_command("build_document", *args, stdout=said, **options)
    return said.getvalue()


def test_an_operator_builds_it(dijon: Territory, tmp_path: Path) -> None:
    said = run(KIND.name, "2026-2027", academie="Dijon", out=tmp_path, formats="html,data")
    assert "liste-recensement.html" in said
    assert "accroche publish_edition" not in said
    data = json.loads((tmp_path / "liste-recensement-donnees" / "donnees.json").read_bytes())
    assert [row["titre"] for row in data["tables"][0]["lignes"]] == [
        "Fiche en attente",
        "Fiche publiée",
        "Fiche refusée",
    ]


@pytest.mark.parametrize(
    ("args", "options", "said"),
    [
        (("liste-recensement",), {}, "ajoutez --academie"),
        (("liste-recensement",), {"academie": "caen"}, "n’a pas de semaine"),
        (("liste-recensement",), {"academie": "dijon", "freeze": True}, "rien n’en est arrêté"),
        (("synthese",), {"academie": "dijon"}, "retirez --academie"),
    ],
)
@pytest.mark.usefixtures("dijon")
def test_what_it_cannot_build_is_told(
    tmp_path: Path, args: tuple[str, ...], options: dict[str, Any], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        run(*args, "2026-2027", out=tmp_path, formats="data", **options)
    assert not list(tmp_path.rglob("*"))
