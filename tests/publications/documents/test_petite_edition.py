"""The synthesis of a very small edition: what code writes is French in the singular and for nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from accroche.campagne.regles import StatutSemaine
from accroche.dossier.comparaison import Difference
from accroche.dossier.dossier import (
    ActionDossier,
    EditionDossier,
    RessourceDossier,
    SemaineDossier,
    TempsFortDossier,
)
from accroche.lib.chiffres import Chiffre, Kind
from accroche.publications.documents.synthese import build
from accroche.publications.outline import (
    BarChart,
    Document,
    Inline,
    KeyFigures,
    Paragraph,
    Table,
)
from accroche.publications.versions import Changes, Imprint, Version

ONE = Chiffre(Kind.EXACT, 1)
DAY = dt.date(2016, 3, 1)
LILLE = SemaineDossier(
    "Lille",
    ((DAY, DAY),),
    1,
    StatutSemaine.REPORTED,
    actions_figures=(ONE,),
    etablissements_figures=(ONE,),
    temps_forts=(TempsFortDossier("Ouverture", "lancement", DAY),),
    ressources=(RessourceDossier("Film", "video", published=False),),
    actions=(ActionDossier("Le fil"),),
)


def document_of(*semaines: SemaineDossier) -> Document:
    return build(EditionDossier(edition="2015-2016", semaines=semaines), Imprint("Bureau"))


def words(line: tuple[Inline, ...]) -> str:
    return "".join(part.text for part in line).replace("\u00a0", " ").replace("\u202f", " ")


def lead(document: Document) -> str:
    chapter = next(found for _, found in document.walk() if found.id == "chiffres")
    return next(words(block.content) for block in chapter.blocks if isinstance(block, Paragraph))


def statement(document: Document, ident: str) -> str:
    return next(found.statement for found in document.provenances if found.id == ident)


def test_one_of_everything_is_singular() -> None:
    document = document_of(LILLE)
    assert "Une académie, 1 compte rendu, 1 action d’après" in document.abstract.replace("\u00a0", " ")
    assert lead(document) == (
        "L’académie a identifié 1 action dans 1 école ou établissement. La synthèse en présente 1 en "
        "exemple, avec 1 temps fort et 1 ressource, dont 1 non publiée."
    )
    opening = document.sections[0]
    keys = next(block for block in opening.blocks if isinstance(block, KeyFigures))
    assert [figure.label for figure in keys.items][2:] == ["académie a rendu compte", "première édition"]
    assert keys.items[3].detail == ""
    assert statement(document, "p-premieres").endswith("C’est Lille.")
    charts = [b for _, part in document.walk() for b in part.blocks if isinstance(b, BarChart)]
    assert charts[0].caption.endswith("qu’aucune n’a précisé")


def test_one_earlier_edition_is_singular() -> None:
    document = document_of(dataclasses.replace(LILLE, ordinal=2))
    conclusion = next(found for found in document.sections if found.id == "conclusion")
    (told,) = (words(block.content) for block in conclusion.blocks if isinstance(block, Paragraph))
    assert told == "Une académie avait déjà tenu une semaine : Lille."
    assert statement(document, "p-premieres").endswith("Il n’y en a aucune.")


@pytest.mark.parametrize("kind", [Kind.NOT_COMMUNICATED, Kind.UNAVAILABLE])
def test_nothing_is_told_without_a_zero_or_an_empty_list(kind: Kind) -> None:
    silent = SemaineDossier(
        "Lille",
        (),
        None,
        StatutSemaine.REPORTED,
        actions_figures=(Chiffre(kind),),
        etablissements_figures=(Chiffre(kind),),
    )
    document = document_of(silent)
    assert document.abstract.endswith("1 compte rendu, aucun nombre d’actions communiqué.")
    assert lead(document).strip() == "Aucune académie n’a encore donné de nombre d’actions."
    assert not statement(document, "p-lille-actions").startswith("Chiffre déclaré")


def test_actions_are_told_when_schools_are_not_counted() -> None:
    silent = (Chiffre(Kind.NOT_COMMUNICATED),)
    semaine = dataclasses.replace(LILLE, etablissements_figures=silent, temps_forts=(), ressources=())
    document = document_of(semaine)
    assert lead(document) == "L’académie a identifié 1 action. La synthèse en présente 1 en exemple."
    missing = next(block for block in document.sections[0].blocks if hasattr(block, "title"))
    assert "son nombre d’écoles et d’établissements" in repr(missing)


def test_a_change_far_into_a_passage_is_shown() -> None:
    told = "Une phrase que personne n’a touchée. " * 20
    change = Difference("Lille", "récit", f"{told}Avant.", f"{told}Après.")
    since = Version(1, DAY, "a" * 64)
    edition = EditionDossier(edition="2015-2016", semaines=(LILLE,))
    document = build(edition, Imprint("Bureau", changes=Changes(since, (change,))))
    annex = next(found for _, found in document.walk() if found.id == "changements")
    ((_, _, before, after),) = next(block.rows for block in annex.blocks if isinstance(block, Table))
    assert words(before).startswith("…")
    assert words(before).endswith("touchée. Avant.")
    assert words(after).endswith("touchée. Après.")
