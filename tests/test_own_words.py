"""No sentence of the reference document in the repository: facts and figures carry over, prose does not."""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from accroche.imports.pack import PACKS
from tests.strictness import ROOT
from tests.test_consistency import files, named, text

if TYPE_CHECKING:
    from pathlib import Path

#: So many words in a row are somebody's sentence, not a turn everybody uses.
RUN = 8

PACK = PACKS / "2015-2016"

#: Keys of the pack that hold facts, told as the report prints them, and why.
FACTS = {
    "title": "the name of an action or of an event",
    "name": "the name of an organisation",
    "place": "where an event is held",
    "label": "the national grid's own name of an objective, the name of a page one is sent to",
    "prize": "the name of a prize",
    "actions": "a figure with what the académie says of it, one fact for the reader of a report",
    "etablissements": "a figure with what the académie says of it",
}

#: What else is no sentence, and why it stands in the repository.
KNOWN = {
    "Nombre d’actions identifiées :": "heading of a sheet's form, which the reader recognises",
    "Nombre d’écoles/établissements impliqué(e)s :": "heading of a sheet's form",
    "Exemples d’actions mises en œuvre dans l’Académie": "heading of a sheet's form",
    "Premier degré Collège Lycée Lycée professionnel": "the four boxes of a sheet's form",
    "Perspectives pour l’édition 2016-2017 de la Semaine de la persévérance scolaire": "heading of a part",
    "Semaine de la persévérance scolaire": "name of the event",
    "La Synthèse nationale (Edition 2015-2016)": "name of the document, at the foot of each page",
    "Académies présentant la plus grande marge de progrès": "what the reader looks for before a list",
    "Académies qui viennent d’amorcer une nouvelle dynamique": "what the reader looks for before a list",
    "Collèges Félix Tisserand, Nuits-Saint-Georges": "a school and its commune",
    "Claude Guyot, Arnay-le-Duc ; Lazare Carnot, Nolay": "schools and their communes",
    "Choiseul (Haÿ-les-roses), Roland Garros (Villeneuve Saint-Georges)": "schools and their communes",
    "Aix-Marseille, Bordeaux, Clermont-Ferrand, Créteil, Grenoble": "names of académies, in their order",
    "14 – 18 Mars 2016": "days",
    "Le numérique, un levier au service de la réussite": "the name Créteil gave to its semaine's theme",
    "Département de la recherche, du développement, de l’innovation et de l’expérimentation": "a service",
    "Direction régionale aux droits des femmes et à l’égalité": "a service",
    "OIVE : Observatoire international de la violence à l’école": "a service, after its acronym",
    "MLDS : Mission de lutte contre le décrochage scolaire": "a service, after its acronym",
    "STMG : Sciences et technologies du management et de la gestion": "a diploma, after its acronym",
    "Soigner l’accueil du jeune et de sa famille": "one of the sixteen keys, public and older",
}


def words(told: str) -> list[str]:
    """Return the words of a text, without case, accents nor web addresses, which are facts."""
    plain = re.sub(r"https?://\S+", " § ", told).casefold().replace("œ", "oe")
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+|§", plain)


def runs(told: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Return each row of words that is long enough to be a sentence."""
    return (run for n in range(len(told) - RUN + 1) if "§" not in (run := tuple(told[n : n + RUN])))


def values(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Return every text of a TOML file with the name of its key."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from values(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from values(value, key)
    elif isinstance(data, str):
        yield key, data


def pack_texts() -> Iterator[tuple[Path, str, str]]:
    """Return each text of the pack: its file, its key, its words."""
    for path in (PACK / "edition.toml", *sorted((PACK / "academies").glob("*.toml"))):
        for key, told in values(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield path, key, told


@pytest.fixture(scope="session")
def printed(shared_dir: Path) -> frozenset[tuple[str, ...]]:
    found = list((shared_dir / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the reference document is not beside this clone")
    return frozenset(run for path in found for run in runs(words(path.read_text(encoding="utf-8"))))


def test_the_prose_of_the_pack_is_ours(printed: frozenset[tuple[str, ...]]) -> None:
    copied = [
        f"{path.stem}.{key}: {' '.join(run)}"
        for path, key, told in pack_texts()
        if key not in FACTS and key != "url" and told not in KNOWN
        # the name of an event or a work is quoted as it is
        for run in runs(words(re.sub(r"«[^»]*»", " § ", told)))
        if run in printed
    ]
    assert copied == []


@pytest.fixture(scope="session")
def facts() -> re.Pattern[str]:
    """Return what finds the facts in a row of words, the longest first."""
    known = {" ".join(words(told)) for _, key, told in pack_texts() if key in FACTS}
    known |= {" ".join(words(told)) for told in KNOWN}
    longest = sorted((told for told in known if told.count(" ") > 1), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


@cache
def words_of(path: Path) -> tuple[str, ...]:
    """Return the words of a file of the repository; each word is held once."""
    return tuple(map(sys.intern, words(text(path))))


def test_nothing_else_holds_its_sentences(
    printed: frozenset[tuple[str, ...]], facts: re.Pattern[str]
) -> None:
    copied = [
        f"{named(path)}: {' '.join(run)}"
        for path in files()
        # the facts are looked for where something would be left without them
        if PACK not in path.parents and not printed.isdisjoint(runs(words_of(path)))
        for run in runs(facts.sub("§", " ".join(words_of(path))).split())
        if run in printed
    ]
    assert copied == []


def test_each_thing_known_is_still_said_somewhere() -> None:
    told = [" ".join(words_of(path)) for path in files() if named(path) != "tests/test_own_words.py"]
    assert [one for one in KNOWN if not any(" ".join(words(one)) in page for page in told)] == []
    assert (ROOT / "accroche").is_dir()
