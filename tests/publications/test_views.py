"""The synthesis on the site: who sees which version, and which files are offered."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from accroche.campagne.models import Edition, Semaine
from accroche.publications import fichiers, operations, queries
from accroche.publications.documents.kinds import SYNTHESE
from accroche.publications.fichiers import Version, fichiers_of, poids
from accroche.publications.models import Synthese
from accroche.publications.queries import version_of
from accroche.publications.versions import WORKING

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.any_database

PAGE = "/editions/2015-2016/synthese/"
SETTLED = dt.datetime(2016, 9, 12, 9, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2016, 10, 3, 9, 0, tzinfo=dt.UTC)
#: What may be downloaded of the synthesis, by name.
FICHIERS = fichiers_of(SYNTHESE)


@pytest.fixture
def outputs(tmp_path: Path, settings: Settings) -> Path:
    settings.OUTPUTS_ROOT = tmp_path
    return tmp_path / "2015-2016"


@pytest.fixture(autouse=True)
def _no_file_of_another_test(outputs: Path) -> None:
    assert not outputs.exists()


def write(folder: Path, version: str = WORKING, contents: dict[str, bytes] | None = None) -> None:
    """Write what a build of a version would, its content aside."""
    (folder / "donnees").mkdir(parents=True, exist_ok=True)
    files = {
        "synthese.pdf": b"%PDF " + bytes(2_100_000),
        "synthese.docx": b"PK",
        "synthese.html": b"<!DOCTYPE html>",
        "donnees/donnees.json": json.dumps({"document": {"version": version}}).encode(),
        "donnees/donnees.xlsx": b"PK",
        "donnees/chiffres.csv": b"a,b\r\n",
        "donnees/datapackage.json": b"{}",
    }
    for name, content in (files | (contents or {})).items():
        (folder / name).write_bytes(content)


def correct(edition: Edition) -> None:
    Semaine.objects.filter(edition=edition, academie__name="Dijon").update(sponsor="Une marraine")


def settle(edition: Edition, at: dt.datetime) -> Synthese:
    """Freeze a version, and publish it."""
    version = operations.freeze(edition, at=at)
    operations.publish(version, at=at)
    return version


def page(client: Client, path: str = PAGE) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    return html.document_fromstring(response.content)


def sent(client: Client, path: str, **options: Any) -> Any:
    """Return a response read to its end, as a browser does: one left unread closes the database late."""
    response = client.get(path, **options)
    assert response.getvalue()
    return response


def state(root: Any) -> str:
    (said,) = root.xpath("//p[@class='doc-state']")
    return " ".join(said.text_content().split())


def downloads(root: Any) -> dict[str, str]:
    """Return each download as the page words it, and its address (empty when there is none)."""
    items = root.xpath("//ul[@class='doc-downloads']/li/*")
    return {" ".join(item.text_content().split()): item.get("href", "") for item in items}


# -- the page -----------------------------------------------------------------------------------


def test_the_page_shows_the_whole_synthesis(client: Client, edition_2015: Edition) -> None:
    root = page(client)
    assert edition_2015.published_at is not None
    assert len(root.xpath("//h1")) == 1
    assert root.findtext("head/title").startswith("Synthèse nationale 2015-2016")
    assert len(root.xpath("//section[contains(@class, 'doc-sheet')]")) == 30
    ids = root.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert {href[1:] for href in root.xpath("//main//a/@href") if href.startswith("#")} <= set(ids)


def test_the_page_has_no_inline_style_and_no_inline_script(client: Client, edition_2015: Edition) -> None:
    root = page(client)
    assert edition_2015.year == "2015-2016"
    assert not root.xpath("//main//@style|//style|//script[not(@src)]")


def test_an_unpublished_edition_has_no_synthesis(
    client: Client, edition_2015: Edition, outputs: Path
) -> None:
    write(outputs)
    Edition.objects.filter(pk=edition_2015.pk).update(published_at=None)
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}synthese.pdf").status_code == 404
    assert client.get(f"{PAGE}donnees.zip").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["2014-2015", "2015", "x", "..", "%2e%2e"])
def test_an_unknown_edition_is_not_found(client: Client, year: str) -> None:
    assert client.get(f"/editions/{year}/synthese/").status_code == 404
    assert client.get(f"/editions/{year}/synthese/synthese.pdf").status_code == 404


def test_only_reading_is_possible(client: Client, edition_2015: Edition) -> None:
    assert edition_2015.pk
    assert client.post(PAGE).status_code == 405
    assert client.post(f"{PAGE}synthese.pdf").status_code == 405


def test_caches_may_keep_the_page_for_a_minute(client: Client, edition_2015: Edition) -> None:
    assert edition_2015.pk
    assert client.get(PAGE).headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(f"{PAGE}9/").headers["Cache-Control"] == "no-store, private"


def test_queries_do_not_grow_with_the_edition(
    client: Client, edition_2015: Edition, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    whole = Semaine.objects.filter(edition=edition_2015)
    with django_assert_max_num_queries(40) as first:
        client.get(PAGE)
    kept = whole.filter(academie__name__in=["Dijon", "Nice"]).values("pk")
    whole.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    with django_assert_num_queries(len(first)):
        client.get(PAGE)


def test_a_correction_shows_at_once(client: Client, edition_2015: Edition) -> None:
    assert b"Une marraine" not in client.get(PAGE).content
    correct(edition_2015)
    assert b"Une marraine" in client.get(PAGE).content


# -- versions -----------------------------------------------------------------------------------


def test_without_a_frozen_version_the_working_one_is_shown_and_says_so(
    client: Client, edition_2015: Edition
) -> None:
    assert queries.working_document(edition_2015).version == WORKING
    root = page(client)
    assert state(root).startswith("Cette version de travail suit les corrections")
    assert root.xpath("//p[@class='doc-version']/text()") == [WORKING]
    assert not root.xpath("//ul[@class='doc-versions']")


def test_a_frozen_version_is_shown_and_later_corrections_are_not(
    client: Client, edition_2015: Edition
) -> None:
    settle(edition_2015, SETTLED)
    correct(edition_2015)
    root = page(client)
    assert state(root).startswith("Cette version est arrêtée")
    version = "Version\u00a01, arrêtée le 12\u00a0septembre 2016"
    assert root.xpath("//p[@class='doc-version']/text()") == [version]
    assert "Une marraine" not in root.text_content()


def test_a_replaced_version_stays_readable_and_leads_to_the_last(
    client: Client, edition_2015: Edition
) -> None:
    settle(edition_2015, SETTLED)
    correct(edition_2015)
    settle(edition_2015, LATER)
    last = page(client)
    assert "Une marraine" in last.text_content()
    assert last.xpath("//ul[@class='doc-versions']//a/@href") == [f"{PAGE}1/"]
    old = page(client, f"{PAGE}1/")
    assert state(old).startswith("Cette version a été remplacée")
    assert old.xpath("//p[@class='doc-state']/a/@href") == [PAGE]
    assert "Une marraine" not in old.text_content()
    assert state(page(client, f"{PAGE}2/")).startswith("Cette version est arrêtée")
    assert client.get(f"{PAGE}3/").status_code == 404


# -- files --------------------------------------------------------------------------------------


def test_a_file_never_built_is_said_and_not_linked(client: Client, edition_2015: Edition) -> None:
    assert edition_2015.pk
    offered = downloads(page(client))
    assert len(offered) == len(FICHIERS)
    assert set(offered.values()) == {""}
    assert all("pas encore produit" in words for words in offered)
    for name in FICHIERS:
        assert client.get(f"{PAGE}{name}").status_code == 404


def test_a_built_file_is_offered_with_its_format_and_its_size(
    client: Client, edition_2015: Edition, outputs: Path
) -> None:
    assert edition_2015.pk
    write(outputs)
    offered = downloads(page(client))
    assert offered["La synthèse, mise en page (PDF, 2,1 Mo)"] == f"{PAGE}synthese.pdf"
    assert sorted(offered.values()) == sorted(f"{PAGE}{name}" for name in FICHIERS)
    for address in offered.values():
        assert sent(client, address).status_code == 200


@pytest.mark.parametrize("name", [name for name in FICHIERS if name != "donnees.zip"])
def test_a_file_is_sent_whole_and_named(
    client: Client, edition_2015: Edition, outputs: Path, name: str
) -> None:
    assert edition_2015.pk
    write(outputs)
    response = client.get(f"{PAGE}{name}")
    assert response.headers["Content-Type"] == FICHIERS[name].content_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    stem, extension = name.split(".")
    named = f'attachment; filename="{stem}-2015-2016.{extension}"'
    assert response.headers["Content-Disposition"] == named
    assert response.getvalue() == (outputs / FICHIERS[name].path).read_bytes()


def test_the_archive_holds_the_tables_and_their_schema_and_is_the_same_each_time(
    client: Client, edition_2015: Edition, outputs: Path
) -> None:
    assert edition_2015.pk
    write(outputs)
    first = client.get(f"{PAGE}donnees.zip").getvalue()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["chiffres.csv", "datapackage.json"]
        assert archive.read("chiffres.csv") == b"a,b\r\n"
    fichiers._packed.cache_clear()
    os.utime(outputs / "donnees" / "chiffres.csv", (0, 0))
    assert client.get(f"{PAGE}donnees.zip").getvalue() == first


@pytest.mark.parametrize("name", ["synthese.pdf", "donnees.zip"])
def test_a_reader_who_has_the_file_is_not_sent_it_again(
    client: Client, edition_2015: Edition, outputs: Path, name: str
) -> None:
    assert edition_2015.pk
    write(outputs)
    first = sent(client, f"{PAGE}{name}")
    again = client.get(f"{PAGE}{name}", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    if name == "synthese.pdf":
        since = first.headers["Last-Modified"]
        assert client.get(f"{PAGE}{name}", headers={"if-modified-since": since}).status_code == 304
    write(outputs, contents={"synthese.pdf": b"%PDF new", "donnees/chiffres.csv": b"c\r\n"})
    changed = sent(client, f"{PAGE}{name}", headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "secret_key",
        "synthese.exe",
        "SYNTHESE.PDF",
        "donnees",
        "donnees/donnees.json",
        "datapackage.json",
        "../../secret_key",
        "..%2f..%2fsecret_key",
        "%2e%2e/synthese.pdf",
        "synthese.pdf%00",
        "1/../synthese.pdf",
        "-1/synthese.pdf",
        "99/synthese.pdf",
        "1e3/synthese.pdf",
    ],
)
def test_no_other_name_is_ever_a_file(
    client: Client, edition_2015: Edition, outputs: Path, name: str
) -> None:
    assert edition_2015.pk
    write(outputs)
    (outputs.parent / "secret_key").write_text("secret")
    # an address with what no name can hold is refused before any page is looked for
    assert client.get(f"{PAGE}{name}").status_code == (400 if "%00" in name else 404)


def test_files_of_another_version_are_not_those_of_the_version_shown(
    client: Client, edition_2015: Edition, outputs: Path
) -> None:
    write(outputs)
    settle(edition_2015, SETTLED)
    assert set(downloads(page(client)).values()) == {""}
    assert client.get(f"{PAGE}synthese.pdf").status_code == 404
    write(outputs, "Version\u00a01, arrêtée le 12\u00a0septembre 2016")
    assert f"{PAGE}synthese.pdf" in downloads(page(client)).values()
    response = sent(client, f"{PAGE}synthese.pdf")
    assert 'filename="synthese-2015-2016-v1.pdf"' in response.headers["Content-Disposition"]


def test_files_that_may_quote_a_version_that_was_taken_back_are_not_offered(
    client: Client, edition_2015: Edition, outputs: Path
) -> None:
    """An operator built them, and nothing says what they quote; the site builds each in its own folder."""
    first = settle(edition_2015, SETTLED)
    correct(edition_2015)
    second = settle(edition_2015, LATER)
    write(outputs, version_of(second).label)
    assert sent(client, f"{PAGE}donnees.xlsx").status_code == 200
    operations.withdraw(first, "Un nom de trop.", at=LATER)
    assert client.get(f"{PAGE}donnees.xlsx").status_code == 404
    assert set(downloads(page(client)).values()) == {""}
    write(outputs / "2", version_of(second).label)
    assert sent(client, f"{PAGE}donnees.xlsx").status_code == 200


def test_a_frozen_version_may_have_a_folder_of_its_own(
    client: Client, edition_2015: Edition, outputs: Path
) -> None:
    settle(edition_2015, SETTLED)
    correct(edition_2015)
    settle(edition_2015, LATER)
    (outputs / "1").mkdir(parents=True)
    (outputs / "1" / "synthese.pdf").write_bytes(b"%PDF one")
    offered = downloads(page(client, f"{PAGE}1/"))
    assert [address for address in offered.values() if address] == [f"{PAGE}1/synthese.pdf"]
    assert client.get(f"{PAGE}1/synthese.pdf").getvalue() == b"%PDF one"
    assert client.get(f"{PAGE}synthese.pdf").status_code == 404
    assert client.get(f"{PAGE}2/synthese.pdf").status_code == 404


def test_the_files_an_older_release_built_are_still_those_of_their_version(tmp_path: Path) -> None:
    place = tmp_path / "2015-2016"
    told = {"document": {"version": "Version\u00a01, arrêtée le 27 novembre 2026"}}
    write(place, contents={"donnees/donnees.json": json.dumps(told).encode()})
    now, other = (
        Version("2015-2016", 1, f"Version 1, arrêtée le {day}") for day in ("27\u00a0novembre 2026", "2")
    )
    assert fichiers.folder_of(SYNTHESE, tmp_path, now) == place
    assert fichiers.folder_of(SYNTHESE, tmp_path, other) is None


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"document": 3}', b"\xff"])
def test_data_that_do_not_say_their_version_are_not_offered(tmp_path: Path, manifest: bytes) -> None:
    write(tmp_path / "2015-2016", contents={"donnees/donnees.json": manifest})
    folder = fichiers.folder_of(SYNTHESE, tmp_path, Version("2015-2016"))
    assert {offre.size for offre in fichiers.offres(SYNTHESE, folder)} == {None}


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 octets"),
        (999, "999 octets"),
        (1000, "1 ko"),
        (538_400, "538 ko"),
        (2_149_999, "2,1 Mo"),
        (3_000_000_000, "3,0 Go"),
    ],
)
def test_sizes_are_written_as_french_does(size: int, words: str) -> None:
    assert poids(size) == re.sub(" ", "\u00a0", words)
