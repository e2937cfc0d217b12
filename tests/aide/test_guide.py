"""The guide as pages: whole, linked, searched, and offered where it helps."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.urls import get_resolver, reverse
from hatchling.builders.wheel import WheelBuilder

from accroche.aide import guide, presentation
from tests.matrix_rules import RULES
from tests.strictness import ROOT

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.any_database


def test_a_wheel_holds_every_page() -> None:
    held = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    written = {path.name for path in (ROOT / "docs" / "guide").glob("*.md")}
    assert {f"accroche/aide/guide/{name}" for name in written} <= held


@pytest.mark.django_db
def test_every_link_of_every_page_leads_somewhere(client: Client) -> None:
    pages = presentation.pages()
    anchors = {code: {one.anchor for one in page.parties} for code, page in pages.items()}
    lost = []
    for code, page in pages.items():
        here = reverse("aide:page", args=[code]) if code else reverse("aide:guide")
        assert page.title, code
        assert ".md" not in re.sub(r"<(code|pre)>.*?</\1>", "", page.html, flags=re.DOTALL), code
        for told in re.findall(r'href="([^"]*)"', page.html):
            path, _, anchor = unescape(told).partition("#")
            to = re.fullmatch(r"/aide/(?:([a-z0-9-]+)/)?", path or here)
            if to is None or (to[1] or "") not in pages or (anchor and anchor not in anchors[to[1] or ""]):
                lost.append((code, told))
    assert not lost
    listed = set(re.findall(r'href="/aide/([a-z0-9-]+)/"', pages[""].html))
    assert listed == pages.keys() - {""}, "the first page names each of the others"
    html = client.get("/aide/travailler-avec-un-tableur/").content.decode()
    assert 'href="#importer-le-recensement-de-l-academie"' in html
    assert html.count("<h1") == 1
    assert client.get("/aide/nulle-part/").status_code == 404


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("photos", "photos-et-documents"),
        ("PHOTO", "photos-et-documents"),
        ("comment déclarer une action ?", "declarer-une-action"),
        ("declarer action", "declarer-une-action"),
        ("droit a l’image", "photos-et-documents"),
        ("agenda", "agenda"),
        ("importer le recensement", "travailler-avec-un-tableur"),
    ],
)
def test_a_question_finds_its_page(question: str, first: str) -> None:
    found = guide.search(question, presentation.pages())
    assert found[0].page.code == first
    assert found[0].is_whole


def test_what_no_page_says_whole_is_found_in_part_and_nonsense_not_at_all() -> None:
    pages = presentation.pages()
    assert not any(one.is_whole for one in guide.search("photo zzyzx", pages))
    assert guide.search("photo zzyzx", pages)[0].page.code == "photos-et-documents"
    assert guide.search("zzyzx", pages) == guide.search("de la", pages) == guide.search("", pages) == []
    assert guide.words_of("mot") == ("mot",)
    # « mot » is not looked for in « motif »
    assert all("mot" in one.partie.text.lower().split() or one.marks for one in guide.search("mot", pages))


@pytest.mark.django_db
def test_the_page_of_a_search_says_what_it_found(client: Client) -> None:
    html = client.get("/aide/", {"q": "Brouillon"}).content.decode()
    assert "<mark>brouillon</mark>" in html
    assert "/aide/declarer-une-action/#" in html
    assert 'value="Brouillon"' in html
    assert "Aucune page de l’aide ne dit cela" in client.get("/aide/?q=zzyzx").content.decode()
    assert "200 caractères au plus" in client.get("/aide/", {"q": "a" * 10_000}).content.decode()
    assert "Donnez un mot" in client.get("/aide/?q=de+la").content.decode()
    hostile = client.get("/aide/", {"q": "<script>alert(1)</script> photo"}).content.decode()
    assert "<script>alert" not in hostile


def test_what_helps_with_a_page_exists() -> None:
    pages = presentation.pages()
    told = {**presentation.OF_APP, **presentation.OF_ROUTE}
    assert {code for code in told.values() if code} <= pages.keys() - {""}
    assert presentation.OF_ROUTE.keys() <= RULES.keys()
    assert presentation.OF_APP.keys() <= get_resolver().app_dict.keys()


@pytest.mark.django_db
def test_the_footer_offers_help_with_the_page_one_reads(client: Client) -> None:
    html = client.get("/carte/").content.decode()
    assert re.search(r'href="/aide/la-carte/">Aide de cette page<', html)
    assert 'href="/avis/?page=/carte/"' in html
    mentions = client.get("/mentions-legales/").content.decode()
    assert "Aide de cette page" not in mentions
    for address in ("/aide/", "/contact/", "/avis/", "/plan-du-site/", "/annuaire/"):
        assert f'href="{address}' in mentions, address
    lost = client.get("/nulle-part/")
    assert lost.status_code == 404
    assert 'href="/avis/"' in lost.content.decode()


@pytest.mark.django_db
def test_the_map_of_the_site_names_each_page_for_everybody(client: Client) -> None:
    html = client.get("/plan-du-site/").content.decode()
    for name in ("catalogue:recherche", "catalogue:carte", "catalogue:agenda", "aide:guide", "aide:contact"):
        assert f'href="{reverse(name)}"' in html, name
    assert f'href="{reverse("aide:avis")}"' in html
