"""Each fact that the reader finds in the reference document is printed in the sheet of its académie."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from accroche.actions.regles import SourceAction
from accroche.annuaire.regles import Niveau
from accroche.campagne.phrases import alliances_told
from accroche.campagne.regles import StatutSemaine
from accroche.lib.chiffres import format_chiffre
from accroche.lib.dates import format_windows
from accroche.lib.texte import comparable, ordinal_feminin, slug
from accroche.publications.blocs import sheet_id
from accroche.publications.documents.synthese import build
from accroche.publications.outline import Document, LevelBoxes, Link, Section
from accroche.publications.versions import Imprint
from accroche.publications.vignettes import SOURCE_TAGS
from accroche.rapport.reading import read
from accroche.rapport.source import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.dossier.dossier import ActionDossier, EditionDossier, SemaineDossier

pytestmark = pytest.mark.any_database

#: A fact: what it is about, and the words or the address that tell it.
Fact = tuple[str, str]


@pytest.fixture(scope="module")
def read_there(shared_dir: Path) -> EditionDossier:
    path = shared_dir / "seeds" / "000_2ce074a5ed108ce0.txt"
    if not path.is_file():
        pytest.skip("the 2015-2016 synthesis is not beside this clone")
    return read(read_text(path), "2015-2016").dossier


@pytest.fixture(scope="module")
def sheets(pack_2015: EditionDossier) -> dict[str, Section]:
    document = build(pack_2015, Imprint("Bureau national"))
    return {section.id: section for _, section in document.walk()}


def facts(semaine: SemaineDossier, labels: dict[str, str]) -> Iterator[Fact]:
    """What the document says of a semaine that is no prose."""
    yield "dates", format_windows(semaine.windows)
    if semaine.ordinal:
        yield "rang", f"{ordinal_feminin(semaine.ordinal)} édition"
    boxes = [f"{level.label} : {'oui' if level in semaine.levels else 'non'}" for level in Niveau]
    yield from (("niveau", box) for box in (boxes if semaine.levels else ["niveaux non dits"]))
    for figure in (*semaine.actions_figures, *semaine.etablissements_figures):
        yield "chiffre", format_chiffre(figure)
    for bassin in semaine.bassins:
        yield "bassin", bassin
    for action in semaine.actions:
        yield from of_action(action)
    for resource in semaine.ressources:
        yield "ressource", resource.url
    for axe in semaine.axes:
        yield "axe", labels[axe.code]
    for phrase in alliances_told(semaine.alliances, semaine.portage):
        yield "alliances", phrase
    if semaine.status is StatutSemaine.UNAVAILABLE:
        yield "statut", "Données non disponibles"


def besides(semaine: SemaineDossier) -> Iterator[Fact]:
    """What the pack tells of a semaine that the reader takes for prose."""
    for event in semaine.temps_forts:
        yield from (("temps fort", event.title), *(("étape", stop.place) for stop in event.stops))
    for partner in semaine.partners:
        yield "partenaire", partner.name
    for resource in semaine.ressources:
        yield "ressource", resource.title
    for text in semaine.strategie:
        yield "stratégie", text.title
    for action in semaine.actions:
        yield from (("partenaire de l’action", one.name) for one in action.partenaires)


def of_action(action: ActionDossier) -> Iterator[Fact]:
    """What it says of an example."""
    yield "titre", action.title
    if action.prize:
        yield "prix", action.prize
    for porteur in action.porteurs:
        yield "porteur", porteur.name
        if porteur.commune:
            yield "commune", porteur.commune
    for link in action.liens:
        yield "lien", link.url
    if action.source in SOURCE_TAGS:
        yield "origine", SOURCE_TAGS[SourceAction(action.source)]


def told(block: object) -> Iterator[str]:
    """Every text that a part of a document prints, its addresses, and its boxes as answers."""
    if isinstance(block, LevelBoxes):
        if block.unknown:
            yield "niveaux non dits"
        else:
            yield from (f"{label} : {'oui' if ticked else 'non'}" for label, ticked in block.items)
    elif isinstance(block, str):
        yield block
    elif isinstance(block, Link):
        yield from (block.text, block.url)
    elif isinstance(block, tuple):
        for part in block:
            yield from told(part)
    elif dataclasses.is_dataclass(block):
        for field in dataclasses.fields(block):
            yield from told(getattr(block, field.name))


def key(text: str) -> str:
    return slug(comparable(text))


def test_each_fact_of_the_document_is_printed_on_its_sheet(
    read_there: EditionDossier, pack_2015: EditionDossier, sheets: dict[str, Section]
) -> None:
    missing, found = [], Counter[str]()
    labels = {axe.code: axe.label for axe in pack_2015.axes}
    for semaine, ours in zip(read_there.semaines, pack_2015.semaines, strict=True):
        printed = f"-{'-'.join(key(text) for text in told(sheets[sheet_id(semaine.academie)]))}-"
        for kind, words in (*facts(semaine, labels), *besides(ours)):
            found[semaine.academie] += 1
            if f"-{key(words)}-" not in printed:
                missing.append(f"{semaine.academie}, {kind} : {words}")
    assert missing == []
    assert sum(found.values()) >= 458
    assert sum(count for _, count in found.most_common(12)) >= 365


def test_the_national_facts_are_printed(read_there: EditionDossier, pack_2015: EditionDossier) -> None:
    document = build(pack_2015, Imprint("Bureau national"))
    printed = f"-{'-'.join(key(text) for text in told(parts(document)))}-"
    for objectif in read_there.objectifs:
        assert f"-{key(objectif.label)}-" in printed
        assert objectif.academies == next(
            one.academies for one in pack_2015.objectifs if one.code == objectif.code
        )
    assert [group.academies for group in read_there.tutorats] == [
        group.academies for group in pack_2015.tutorats
    ]
    kept = Counter(axe.code for semaine in read_there.semaines for axe in semaine.axes)
    assert kept == Counter(axe.code for semaine in pack_2015.semaines for axe in semaine.axes)
    assert sum(kept.values()) == 61


def parts(document: Document) -> tuple[Section, ...]:
    return document.sections
