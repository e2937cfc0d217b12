"""A version frozen before editions had their grid reads as it did; ``test_recits.py`` reads one printed."""

from __future__ import annotations

from dataclasses import replace

from accroche.dossier import instantane
from accroche.publications.documents.synthese import build
from accroche.publications.outline import Document, Section
from accroche.publications.versions import Imprint
from tests.dossier.sample import EDITION

IMPRINT = Imprint("Bureau national")


def conclusion(document: Document) -> dict[str, Section]:
    """Its parts by their anchor, in order."""
    found = next(one for one in document.sections if one.id == "conclusion")
    return {one.id: one for one in found.sections}


def test_a_version_frozen_before_the_grid_is_printed_as_it_was() -> None:
    bare = replace(EDITION, grille=None)
    before = instantane.dump(bare)
    del before["grille"]
    again = build(instantane.load(before), IMPRINT)
    assert list(conclusion(again)) == ["objectif-communiquer"]
    assert "grille" not in {table.name for table in again.data}
    assert instantane.same_content(before, instantane.dump(bare))
    assert not instantane.same_content(before, instantane.dump(EDITION))
