"""The style sheet holds what our pages may bear of the DSFR, and is kept by browsers as long as it holds."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

from accroche.commun import feuille
from accroche.lib import css

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.any_database

#: Names of classes that Django or Python would put together of parts that nothing can find in the files.
BUILT = re.compile(r"(?<![\w-])fr-[\"'{`%]")
#: What stands in what a DSFR page bears by itself, whatever our files name.
ASKED = re.compile(r"url\(([^)\"']+)\)")


def test_a_class_is_one_that_our_files_name_or_a_script_makes_of_one() -> None:
    classes = feuille.Classes({"fr-modal", "fr-badge--", "fr-btn--sm"}, {"opened", "scroll-divider"})
    for borne in ("fr-modal", "fr-modal--opened", "fr-badge--info", "fr-btn--sm", "fr-collapsing", "a-liste"):
        assert borne in classes, borne
    for other in (
        "fr-modal--closed",
        "fr-badge",
        "fr-btn",
        "fr-btn--lg",
        "fr-modal-opened",
        "fr-tabs--opened",
    ):
        assert other not in classes, other
    told = feuille.named_in("""<p class="fr-mb-2w {% if a %}fr-tag--{{ kind }}{% endif %}" data-fr-js="">""")
    assert told == {"fr-mb-2w", "fr-tag--"}


def test_every_class_that_we_name_whole_keeps_its_rules() -> None:
    named = {
        name for path in feuille.sources() for name in feuille.named_in(path.read_text(encoding="utf-8"))
    }
    sheet = feuille.of_dsfr()
    whole = "".join(feuille.shipped(name) for name in feuille.SHEETS)
    borne = {name for name in named - feuille.GIVEN if re.search(rf"\.{name}(?![\w-])", whole)}
    assert len(borne) > 100
    assert {name for name in borne if not re.search(rf"\.{name}(?![\w-])", sheet)} == set()
    # themes, screens, and what stands whatever the classes
    for kept in (
        ":root[data-fr-theme=dark]",
        "@media (min-width:48em)",
        "@font-face",
        "a{",
        ".fr-modal--opened",
    ):
        assert kept in sheet, kept
    assert ".fr-consent" not in sheet
    assert list(css.pieces(sheet)), "a browser reads it"


def test_no_class_is_built_of_parts_that_nothing_finds() -> None:
    built = {
        path.name: BUILT.findall(text)
        for path in feuille.sources()
        if path.suffix in {".html", ".js"} and BUILT.search(text := path.read_text(encoding="utf-8"))
    }
    assert not built, "write the whole name of the class, once for each case, or its component and « -- »"


def test_no_widget_of_django_dsfr_shows_classes_that_no_file_of_ours_names() -> None:
    used = [
        path.name
        for path in feuille.sources()
        if re.search(
            r"load dsfr_tags|include [\"']dsfr/|from dsfr|import dsfr", path.read_text(encoding="utf-8")
        )
    ]
    assert not used, "let accroche/commun/feuille.py read the templates of django-dsfr too"


def test_what_the_sheet_asks_for_is_there() -> None:
    for asked in set(ASKED.findall(feuille.feuille().text)):
        if not asked.startswith("data:"):
            assert finders.find(asked.removeprefix("/static/")), asked


@pytest.mark.django_db
def test_the_sheet_travels_compressed_and_is_kept_for_a_year_under_its_name(client: Client) -> None:
    address = feuille.feuille().address
    assert f'href="{address}"' in client.get("/plan-du-site/").content.decode()
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert len(response.content) < 35_000
    told = gzip.decompress(response.content).decode()
    assert told == feuille.feuille().text
    begins = [
        told.index(one) for one in (".fr-btn{", ":root {", ".a-entete {", ".a-etroit {", ".a-menu__ligne {")
    ]
    assert begins == sorted(begins), "ours are read after the DSFR's, in their order"
    # a page still open from before an upgrade
    old = client.get(re.sub(r"-[0-9a-f]+\.css", "-0.css", address))
    assert (old.status_code, old.headers["Cache-Control"]) == (200, "public, max-age=60")
