"""The frame of every page: brand, metadata, policy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

PATHS = [
    "/",
    "/editions/2015-2016/academies/",
    "/editions/2015-2016/academies/lyon/",
    "/mentions-legales/",
    "/nulle-part/",
]
pytestmark = [pytest.mark.usefixtures("edition_2015"), pytest.mark.any_database]


@pytest.mark.parametrize("path", PATHS)
def test_the_state_brand_is_off_by_default(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert "fr-logo" not in html
    assert "dsfr/dist/favicon" not in html
    assert "commun/neutre.css" in html


def test_the_state_brand_is_one_switch_away(client: Client, settings: Settings) -> None:
    settings.STATE_BRAND = True
    html = client.get("/").content.decode()
    assert html.count('class="fr-logo"') == 2
    assert "commun/neutre.css" not in html
    assert "accroche.svg" not in html


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_named_and_described(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    title = re.search(r"<title>(.+?) – Accroche</title>", html)
    social = re.search(r'<meta property="og:title" content="(.+?)">', html)
    assert title
    assert social
    assert title[1] == social[1]
    assert re.search(r'<meta name="description"\s+content="[^"]{40,}">', html)
    assert html.count("<h1") == 1
    assert '<html lang="fr"' in html


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client: Client, path: str) -> None:
    response = client.get(path)
    html = response.content.decode()
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)
    # facts for machines are no script: nothing runs them
    scripts = re.findall(r'<script(?! type="application/ld\+json">)[^>]*>', html)
    assert scripts
    assert all("src=" in tag for tag in scripts)
    assert all(url.startswith("/") for url in re.findall(r'\ssrc="([^"]+)"', html))
    # a canonical address is a whole one, and loads nothing
    loading = re.findall(r'<link(?! rel="canonical")[^>]+href="([^"]+)"', html)
    assert loading
    assert all(url.startswith("/") for url in loading)


@pytest.mark.parametrize("path", PATHS)
def test_prose_is_set_as_french_is(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    text = re.sub(r"<[^>]+>", "\n", html.split("<body>")[1]).replace("&nbsp;", "\u00a0")
    assert "'" not in text
    assert "&#x27;" not in text
    assert not re.search(r"\w [;:!?»]|« ", text)


@pytest.mark.parametrize(("path", "printed"), [(PATHS[2], True), ("/declarer/", False), (PATHS[4], False)])
def test_paper_has_the_licence_of_what_everybody_may_take_away_alone(
    client: Client, path: str, printed: bool
) -> None:
    """A draft and a contact that is never public are under none."""
    html = client.get(path).content.decode()
    footer = "fr-footer a-pied" if printed else "fr-footer a-pied a-ecran"
    assert html.count(f'<footer class="{footer}"') == 1
