"""The open JSON of an edition: its exact shape, its figures, and the command that writes it."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accroche.campagne.models import Edition
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.edition_json import edition_json
from accroche.imports.operations import load_dossier
from accroche.relecture.operations.edition import publish_edition
from tests.dossier.sample import DIJON, EDITION

if TYPE_CHECKING:
    from pathlib import Path


def export(edition: str, out: Path) -> str:
    said = io.StringIO()
    call_command("export_edition", edition, out=out, stdout=said)
    return said.getvalue()


def by_name(data: dict[str, Any]) -> dict[str, Any]:
    return {semaine["academie"]: semaine for semaine in data["semaines"]}


def as_before(now: Any, before: Any) -> Any:
    """Return of ``now`` only the keys that ``before`` has: what a reader of the first documents sees."""
    if isinstance(before, dict):
        return {name: as_before(now[name], value) for name, value in before.items()}
    if isinstance(before, list):
        return [as_before(one, other) for one, other in zip(now, before, strict=True)]
    return now


def test_the_keys_of_the_first_documents_stay_with_their_values() -> None:
    before = {
        "academie": "Dijon",
        "windows": [["2016-01-18", "2016-01-22"], ["2016-03-14", "2016-03-18"]],
        "ordinal": 1,
        "status": "reported",
        "levels": {"premier_degre": False, "college": True, "lycee": True, "lycee_professionnel": False},
        "chiffres": {
            "actions": [{"kind": "exact", "value": 19, "perimeter": "", "note": "recensées"}],
            "etablissements": [{"kind": "more_than", "value": 30, "perimeter": "", "note": ""}],
        },
        "axes": ["niveaux", "structuration"],
        "actions": [
            {
                "title": "Forum des métiers",
                "carriers": [
                    {
                        "name": "Lycée Le Castel",
                        "commune": "Dijon",
                        "level": "lycee",
                        "uai": "0010001W",
                    }
                ],
                "urls": ["http://www.ac-dijon.fr/forum"],
            },
            {"title": "Atelier", "carriers": [], "urls": []},
        ],
    }
    assert as_before(edition_json(EDITION)["semaines"][1], before) == before


def test_totals_of_a_small_edition() -> None:
    assert edition_json(EDITION)["totals"] == {
        "actions": {
            "sum": 19,
            "lower_bound": 19,
            "is_exact": False,
            "is_approximate": False,
            "approximate": [],
            "overlapping": [],
            "counted": 1,
            "answered": 1,
            "not_communicated": [],
            "all": [],
            "unavailable": ["Caen"],
        },
        "etablissements": {
            "sum": 30,
            "lower_bound": 30,
            "is_exact": False,
            "is_approximate": False,
            "approximate": [],
            "overlapping": [],
            "counted": 1,
            "answered": 1,
            "not_communicated": [],
            "all": [],
            "unavailable": ["Caen"],
        },
        "semaines": {
            "reported": 2,
            "unavailable": [],
            "first_edition": ["Dijon"],
            "later_edition": ["Caen"],
        },
        "levels": {"premier_degre": 0, "college": 1, "lycee": 1, "lycee_professionnel": 0},
        "axes": {"structuration": 1, "niveaux": 1},
        "example_actions": 2,
    }
    assert {"edition", "semaines", "totals"} <= edition_json(EDITION).keys()


def test_the_real_edition(pack_2015: EditionDossier) -> None:
    data = json.loads(json.dumps(edition_json(pack_2015)))
    lyon = by_name(data)["Lyon"]
    perimeters = [figure.pop("perimeter") for figure in lyon["chiffres"]["actions"]]
    source = {"source": "Synthèse nationale 2015-2016", "additive": True}
    assert lyon["chiffres"]["actions"] == [
        {"kind": "exact", "value": 31, "note": "", **source},
        {"kind": "exact", "value": 58, "note": "", **source},
    ]
    assert perimeters == [
        "actions organisées pour la Semaine de la persévérance scolaire",
        "actions existantes identifiées lors de la Semaine",
    ]
    assert [figure["value"] for figure in lyon["chiffres"]["etablissements"]] == [14, 70]
    totals = data["totals"]
    assert totals["actions"]["lower_bound"] == totals["actions"]["sum"] == 1153
    schools = totals["etablissements"]
    assert (schools["sum"], schools["lower_bound"]) == (747, None)
    assert (schools["approximate"], schools["overlapping"]) == (["Bordeaux"], ["Lyon"])
    assert (totals["actions"]["counted"], totals["actions"]["answered"]) == (24, 28)
    assert totals["actions"]["not_communicated"] == ["Guyane", "La Réunion", "Orléans-Tours", "Reims"]
    assert totals["etablissements"]["all"] == ["La Réunion"]
    assert totals["semaines"]["unavailable"] == ["Strasbourg", "Toulouse"]
    assert totals["semaines"]["reported"] == 28
    assert totals["example_actions"] == sum(len(semaine["actions"]) for semaine in data["semaines"]) == 97


def test_nothing_said_is_null_and_never_zero(pack_2015: EditionDossier) -> None:
    semaines = by_name(edition_json(pack_2015))
    assert semaines["Guyane"]["chiffres"]["actions"][0]["kind"] == "not_communicated"
    assert semaines["Guyane"]["chiffres"]["actions"][0]["value"] is None
    assert semaines["Strasbourg"]["chiffres"]["actions"][0]["kind"] == "unavailable"
    assert semaines["Strasbourg"]["ordinal"] is None


def test_only_schools_have_a_level(pack_2015: EditionDossier) -> None:
    porteurs = [
        porteur
        for semaine in edition_json(pack_2015)["semaines"]
        for action in semaine["actions"]
        for porteur in action["carriers"]
    ]
    assert {porteur["level"] for porteur in porteurs if porteur["name"].startswith("CIO")} == {""}
    assert {porteur["level"] for porteur in porteurs if porteur["name"].startswith("Collège")} == {"college"}


def test_an_empty_edition_is_whole() -> None:
    data = edition_json(replace(EDITION, semaines=()))
    assert data["semaines"] == []
    assert data["totals"]["actions"]["is_exact"] is False


@pytest.mark.django_db
def test_the_file_is_what_the_database_holds_every_time(
    pack_2015: EditionDossier, edition_2015: Edition, tmp_path: Path
) -> None:
    first, second = tmp_path / "made/here/first.json", tmp_path / "second.json"
    assert "30 semaines" in export(edition_2015.year, first)
    export(edition_2015.year, second)
    assert first.read_bytes() == second.read_bytes()
    text = first.read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert "persévérance" in text
    assert json.loads(text) == edition_json(pack_2015)


@pytest.mark.django_db
def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    load_dossier(replace(EDITION, semaines=(DIJON,)), origin="pack")
    out = tmp_path / "edition.json"
    out.write_text("x" * 100_000, encoding="utf-8")
    export("2015-2016", out)
    assert json.loads(out.read_text(encoding="utf-8"))["edition"] == "2015-2016"


@pytest.mark.django_db
def test_an_unknown_edition_says_how_to_load_it(tmp_path: Path) -> None:
    Edition.objects.create(year="2014-2015", title="A")
    with pytest.raises(CommandError, match=r"« 2015-2016 » inconnue .*2014-2015.*accroche load_edition"):
        export("2015-2016", tmp_path / "edition.json")
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("out", "message"),
    [
        (".", "est un dossier : donnez un nom de fichier"),
        ("file/edition.json", r"Impossible de créer le dossier .*Choisissez un autre emplacement"),
        ("n" * 300, r"Impossible d’écrire .*Choisissez un autre emplacement"),
        ("loop", r"Impossible d’écrire .*Choisissez un autre emplacement"),
    ],
)
def test_where_it_cannot_write_it_says_what_to_do(tmp_path: Path, out: str, message: str) -> None:
    load_dossier(replace(EDITION, semaines=()), origin="pack")
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(CommandError, match=message):
        export("2015-2016", tmp_path / out)


@pytest.mark.django_db
def test_what_waits_for_moderation_is_told_beside_the_file(tmp_path: Path) -> None:
    load_dossier(replace(EDITION, semaines=(DIJON,)), origin="rapport")
    waiting = sum(len(semaine.actions) for semaine in (DIJON,))
    said = export("2015-2016", tmp_path / "edition.json")
    assert f"{waiting} action" in said
    assert "ne publiez pas ce fichier tel quel" in said
    publish_edition(Edition.objects.get(), at=dt.datetime(2016, 9, 1, tzinfo=dt.UTC))
    assert "ne publiez pas" not in export("2015-2016", tmp_path / "edition.json")
