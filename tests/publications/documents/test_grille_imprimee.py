"""What the synthesis prints of the bureau's words and of the grid; ``test_recits.py`` reads one printed."""

from __future__ import annotations

from dataclasses import replace

from accroche.dossier import instantane
from accroche.dossier.dossier import MentionsDossier, PerspectiveDossier
from accroche.publications.documents.synthese import build
from accroche.publications.outline import Document, NumberedList, Paragraph, Section, Table, Text
from accroche.publications.versions import Imprint
from tests.dossier.sample import EDITION

IMPRINT = Imprint("Bureau national")


def conclusion(document: Document) -> dict[str, Section]:
    """Its parts by their anchor, in order."""
    found = next(one for one in document.sections if one.id == "conclusion")
    return {one.id: one for one in found.sections}


def test_a_version_frozen_before_the_grid_is_printed_as_it_was() -> None:
    bare = replace(EDITION, grille=None, preambule="")
    before = instantane.dump(bare)
    del before["grille"]
    again = build(instantane.load(before), IMPRINT)
    assert list(conclusion(again)) == ["objectif-communiquer"]
    assert "grille" not in {table.name for table in again.data}
    assert instantane.same_content(before, instantane.dump(bare))
    assert not instantane.same_content(before, instantane.dump(EDITION))


def test_an_edition_of_which_nobody_wrote_a_word_has_no_heading_without_text() -> None:
    """One declared here starts with the objectives of the edition before, and nothing under them."""
    goals = tuple(replace(one, conclusion="", academies=()) for one in EDITION.objectifs)
    untold = replace(
        EDITION, grille=None, preambule="", introduction=(("Mobiliser", " \n "), ("", "")), objectifs=goals,
        perspectives=(PerspectiveDossier("Aider", ""),), messages=("",), tutorats=(), axes=(),
        mentions=MentionsDossier(), semaines=(),
    )  # fmt: skip
    printed = build(untold, IMPRINT)
    assert not [one.id for _, one in printed.walk() if not (one.blocks or one.sections)]
    assert {one.id for _, one in printed.walk()} <= {
        "en-bref",
        "chiffres",
        "academies",
        "totaux",
        "remarques",
    }


def test_headings_of_a_text_are_sections_and_what_follows_it_stays_at_its_end() -> None:
    text = "Bien.\n\n## Sur les sites\n\n1. Un ;\n2. **deux**.\n\n## Vide"
    told = replace(EDITION.objectifs[0], conclusion=text)
    printed = build(replace(EDITION, objectifs=(told,)), IMPRINT)
    found = conclusion(printed)["objectif-communiquer"]
    assert [type(block) for block in found.blocks] == [Paragraph]
    (site,) = found.sections
    assert (site.id, site.title) == ("objectif-communiquer-1", "Sur les sites")
    numbered, read, table = site.blocks
    assert numbered == NumberedList(((Text("Un\u00a0;"),), (Text("deux", strong=True), Text("."))))
    assert [type(read), type(table)] == [Paragraph, Table]
