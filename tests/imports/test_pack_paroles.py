"""What the sentences of the 2015-2016 pack may say of the report they retell, and how they say it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from accroche.imports.pack import PACKS
from accroche.lib.texte import accentuees
from tests.test_own_words import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accroche.dossier.dossier import EditionDossier, SemaineDossier

FOLDER = PACKS / "2015-2016"
FILES = [FOLDER / "edition.toml", *sorted((FOLDER / "academies").glob("*.toml"))]


@pytest.fixture
def semaines(pack_2015: EditionDossier) -> dict[str, SemaineDossier]:
    return {semaine.academie: semaine for semaine in pack_2015.semaines}


#: Those whom the report names and our sentences tell of, with their function beside each mention.
NAMED = {
    "Laurent Rossignol": r"Laurent Rossignol,? \(?(?:inspecteur|IEN-IO)",
    "Brigitte Franz": r"Brigitte Franz, du réseau d’éducation prioritaire \(coordinatrice\)",
    "Dalila Mokrane": r"Dalila Mokrane, de la Ville du Creusot \(animatrice",
    "Camille Vandewalle": r"Camille Vandewalle, l’institutrice",
    "William Marois": r"William Marois, recteur",
    "Fabien Fenouillet": r"Fabien Fenouillet, professeur",
    "Aziz Jellab": r"Aziz Jellab, inspecteur général",
    "Yohann Sangaré": r"Yohann Sangaré, (?:parrain|ancien basketteur|basketteur)",
    "Anne Lessard": r"Anne Lessard(?:, professeure|\n.*titulaire|$)",
}
#: What the report never says of anything: stronger than its words, or theirs of somebody else.
BEYOND = (
    r"le plus souvent|presque toujours|toujours au sein|trop souvent|volontiers (?:d’un|les|plusieurs)"
    r"|concours national|plan national|réseau national|\btransmi[st]|n’ont pas répondu|n’a pas répondu"
)


def told() -> Iterator[tuple[str, str]]:
    """Every text of the pack, with its file and key."""
    for file in FILES:
        for key, text in values(tomllib.loads(file.read_text(encoding="utf-8"))):
            yield f"{file.stem}.{key}", text


def test_people_are_named_with_their_function() -> None:
    texts = list(told())
    for name, rule in NAMED.items():
        mentions = [(key, text) for key, text in texts if name in text]
        assert mentions, name
        # the title of an event is its name, told with the function in the line under it
        odd = [key for key, text in mentions if not key.endswith("title") and not re.search(rule, text)]
        assert odd == [], name
    # young people who bear witness, and who does not matter to the sentence
    unnamed = (
        r"\b(?:Aude et|Stanley|Marianne Tessier|Jean-Pierre Leccia|Martine Aubry|M\.|Mme|Monsieur|Madame)\b"
    )
    assert [key for key, text in texts if re.search(unnamed, text)] == []


def test_nothing_is_said_more_strongly_than_the_report_does() -> None:
    found = [f"{key}: {match[0]}" for key, text in told() if (match := re.search(BEYOND, text))]
    assert found == []


def test_capitals_bear_their_accents() -> None:
    assert [key for key, text in told() if accentuees(text) != text] == []


def test_only_what_the_report_says_unpublished_is_so(semaines: dict[str, SemaineDossier]) -> None:
    said = {
        public: {name for name, one in semaines.items() for r in one.ressources if r.published is public}
        for public in (False, None)
    }
    assert said[False] == {"Guyane", "Nancy-Metz"}
    assert said[None] == {"Clermont-Ferrand", "Dijon", "Montpellier", "Nantes", "Nice"}


def test_seven_axes_are_of_the_premier_degre_and_one_of_every_level(
    semaines: dict[str, SemaineDossier],
) -> None:
    kept = {name: axe.detail for name, one in semaines.items() for axe in one.axes if axe.code == "niveaux"}
    assert len(kept) == 8
    assert {name for name, detail in kept.items() if not re.search(r"premier degré|écoles", detail)} == {
        "Limoges"
    }
    assert "maternelle" in kept["Limoges"]
