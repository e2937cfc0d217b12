"""Examples of an académie in the synthesis: a few are shown, the others are counted and in the data."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from accroche.actions.regles import SourceAction
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import ActionDossier, EditionDossier, SemaineDossier
from accroche.dossier.exemples import MOST
from accroche.publications.documents.synthese import build
from accroche.publications.outline import Document, Example, Paragraph, Section
from accroche.publications.renderers import FORMATS
from accroche.publications.versions import Imprint


def edition(count: int, chosen: int) -> Document:
    actions = tuple(
        ActionDossier(
            f"Atelier {at}",
            description="Un récit.",
            source=SourceAction.DECLARATION.value,
            chosen=at < chosen,
            remarkable=at == count - 1,
        )
        for at in range(count)
    )
    semaine = SemaineDossier("Dijon", (), 1, StatutSemaine.REPORTED, actions=actions)
    return build(EditionDossier("2026-2027", (semaine,)), Imprint("Bureau national"))


def part(document: Document) -> Section:
    return next(found for _, found in document.walk() if found.id == "academie-dijon-actions")


def shown(document: Document) -> list[str]:
    return [block.title for block in part(document).blocks if isinstance(block, Example)]


def told(document: Document) -> list[str]:
    return [
        "".join(run.text for run in block.content).replace("\xa0", " ").replace("\u202f", " ")
        for block in part(document).blocks
        if isinstance(block, Paragraph)
    ]


def test_of_hundreds_of_sheets_a_few_are_shown_and_all_are_in_the_data() -> None:
    document = edition(count=400, chosen=50)
    assert shown(document) == ["Atelier 399", *(f"Atelier {at}" for at in range(MOST - 1))]
    assert told(document) == [
        (
            "Dans cette académie, 400 actions sont publiées ; douze sont montrées ici en exemple. "
            "Les 388 autres figurent dans les données de la synthèse."
        )
    ]
    (actions,) = (table for table in document.data if table.name == "actions")
    names = [field.name for field in actions.fields]
    rows = [dict(zip(names, row, strict=True)) for row in actions.rows]
    assert [row["rang"] for row in rows] == list(range(1, 401))
    assert {row["titre"] for row in rows if row["exemple"]} == set(shown(document))
    page = FORMATS["html"](document, render_to_string)
    assert isinstance(page, bytes)
    assert page.count(b'<div class="doc-example" id="') == MOST


@pytest.mark.parametrize(
    ("count", "chosen", "title", "sentence"),
    [
        (2, 1, "Exemples d’actions", None),
        (3, 1, "Exemples d’actions", "deux sont montrées ici en exemple. L’autre figure"),
        (1, 0, "Exemple d’action", None),
    ],
)
def test_the_others_are_told_in_a_plain_sentence(
    count: int, chosen: int, title: str, sentence: str | None
) -> None:
    document = edition(count, chosen)
    assert part(document).title == title
    said = told(document)
    assert len(said) == bool(sentence)
    assert (sentence or "") in "".join(said)


def test_an_academie_that_chose_none_says_so() -> None:
    actions = (ActionDossier("Atelier", source=SourceAction.DECLARATION.value),) * 2
    semaine = SemaineDossier("Dijon", (), 1, StatutSemaine.REPORTED, actions=actions)
    document = build(EditionDossier("2026-2027", (semaine,)), Imprint("Bureau national"))
    assert part(document).title == "Actions"
    assert told(document) == [
        (
            "Dans cette académie, 2 actions sont publiées ; elle n’en a pas encore choisi en exemple. "
            "Elles figurent dans les données de la synthèse."
        )
    ]
    assert shown(document) == []
