"""The edition as JSON and back."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from accroche.dossier.dossier import Niveau
from accroche.dossier.exemples import exemples
from accroche.dossier.instantane import UnknownShapeError, digest, dump, load, same_content
from tests.dossier.sample import CAEN, DIJON, EDITION, FORUM, OLD_EDITION, without_steering

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier


def test_there_and_back(pack_2015: EditionDossier) -> None:
    for dossier in (pack_2015, EDITION):
        assert load(json.loads(json.dumps(dump(dossier)))) == without_steering(dossier)


def test_a_version_frozen_before_the_new_facts_reads_as_one_in_which_nobody_said_them() -> None:
    frozen = json.loads(json.dumps(dump(EDITION)))
    for semaine in frozen["semaines"]:
        for name in ("alliances", "portage", "appel", "bassins", "strategie", "medias"):
            del semaine[name]
        for row in semaine["partners"]:
            del row["role"]
        for row in semaine["temps_forts"]:
            del row["authorities"]
    assert load(frozen) == EDITION
    assert same_content(frozen, dump(EDITION)), "an upgrade alone makes no new version"


def test_same_edition_same_digest(pack_2015: EditionDossier) -> None:
    again = load(dump(pack_2015))
    assert digest(dump(again)) == digest(dump(pack_2015))
    assert digest(dump(EDITION)) != digest(dump(pack_2015))


@given(st.permutations(list(Niveau)))
def test_levels_are_told_in_one_order(levels: list[Niveau]) -> None:
    (semaine,) = dump(replace(EDITION, semaines=(replace(DIJON, levels=frozenset(levels)),)))["semaines"]
    assert semaine["levels"] == sorted(level.value for level in Niveau)


@given(st.text(), st.text())
def test_different_texts_have_different_digests(left: str, right: str) -> None:
    digests = {digest(dump(replace(EDITION, title=text))) for text in (left, right)}
    assert len(digests) == (1 if left == right else 2)


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": "é"}) == digest({"b": "é", "a": 1})
    assert digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_what_was_frozen_before_examples_were_chosen_shows_as_many() -> None:
    """A frozen version never changes: sheets declared here were printed whole, and stay so."""
    told = json.loads(Path(__file__).with_name("forme_1.json").read_text("utf-8"))
    assert not any(semaine.all_examples for semaine in load(told).semaines)
    for semaine in told["semaines"]:
        for action in semaine["actions"]:
            action["source"] = "declaration"
    for semaine in load(told).semaines:
        assert exemples(semaine) == semaine.actions


def test_a_version_frozen_in_the_first_shape_is_read() -> None:
    """What another Accroche froze, whose actions had a telling of their own."""
    told = json.loads(Path(__file__).with_name("forme_1.json").read_text("utf-8"))
    assert told["shape"] == 1
    assert load(told) == OLD_EDITION
    assert same_content(told, dump(OLD_EDITION))
    assert not same_content(told, dump(EDITION))


def test_a_version_holds_nobody_to_ask_nor_when_a_sheet_was_sent() -> None:
    sent = replace(
        FORUM, private_email="prof@ac-dijon.fr", submitted=dt.datetime(2016, 3, 1, 9, 0, tzinfo=dt.UTC)
    )
    edition = replace(EDITION, semaines=(CAEN, replace(DIJON, actions=(sent, *DIJON.actions[1:]))))
    assert dump(edition) == dump(EDITION)


@pytest.mark.parametrize("shape", [None, 0, 4, "1"])
def test_an_instant_of_another_version_is_refused_by_name(shape: object) -> None:
    with pytest.raises(UnknownShapeError, match="lit les formes 1 à 3"):
        load(dump(EDITION) | {"shape": shape})


@pytest.mark.parametrize(
    "change",
    [
        {"semaines": None},
        {"semaines": [{"academie": "Dijon"}]},
        {"edition": None},
        {"tutorats": [{"kind": "possible"}]},
    ],
)
def test_data_of_another_shape_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        load(dump(EDITION) | change)
