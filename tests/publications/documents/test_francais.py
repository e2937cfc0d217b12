"""The French of whole documents: every text that is printed of a real edition and of the invented one."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from accroche.lib.texte import accentuees, typographie
from accroche.portail.invention import invented
from accroche.publications.documents.synthese import build
from accroche.publications.outline import Document, Figure, Inline, Link, Ref, Text
from accroche.publications.versions import Imprint

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier

pytestmark = pytest.mark.any_database

#: What is no text: identifiers, addresses, codes, names of files.
NOT_READ = frozenset(
    {"id", "url", "target", "provenance", "code", "site_url", "language", "name", "type", "kind"}
)
#: Parts that hold sentences; the others are titles, labels and cells.
SENTENCES = frozenset(
    {"content", "paragraphs", "summary", "statement", "note", "abstract", "detail", "items"}
)
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
#: What no text of a document may hold, and why.
REFUSED = {
    "a straight quote": re.compile(r"['\"]"),
    "two spaces": re.compile(r"[ \u00a0\u202f]{2}"),
    "three dots": re.compile(r"\.\.\."),
    "a day in figures": re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"),
    "a day with a zero": re.compile(rf"\b0\d[ \u00a0](?:{MONTHS})\b"),
    "the first as 1": re.compile(rf"(?<![\d\u202f-])\b1[ \u00a0](?:{MONTHS})\b"),
    "a day of the week beside its date": re.compile(rf"\b(?:{DAYS})[ \u00a0]\d", re.IGNORECASE),
    "a month with a capital": re.compile(rf"\d[ \u00a0](?!(?:{MONTHS})\b)(?i:{MONTHS})\b"),
    "a plural after none or one": re.compile(
        r"(?<![\w,.\u202f/+-])[01][ \u00a0](?:actions|académies|écoles|établissements|fiches|ressources"
        r"|thèmes|éditions|semaines|temps forts|exemples|partenaires|lignes|comptes)\b"
    ),
    "de before a vowel": re.compile(r"\b[dD]e (?:Aix|Amiens|Orléans|Auxerre|Autun|Épinal|Embrun|Alençon)\b"),
    "le after de": re.compile(r"\bde (?:Le|Les) [A-ZÉ]"),
}


@pytest.fixture(scope="module", params=["real", "invented"])
def document(request: pytest.FixtureRequest, pack_2015: EditionDossier) -> Document:
    dossier = pack_2015 if request.param == "real" else invented(pack_2015)
    return build(dossier, Imprint("Bureau national"))


def texts(part: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document with the name of the field that holds it; a line is one text."""
    if isinstance(part, str):
        yield where, part
    elif isinstance(part, Text | Link | Ref | Figure):
        yield where, part.text
    elif isinstance(part, tuple) and part and isinstance(part[0], Inline):
        yield where, "".join(inline.text for inline in part)
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one, where)
    elif dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            if field.name not in NOT_READ and field.name != "data":
                yield from texts(getattr(part, field.name), field.name)


def printed(document: Document) -> list[tuple[str, str]]:
    found = [(where, re.sub(r"https?://\S+", "", text)) for where, text in texts(document)]
    assert len(found) > 1000
    return found


def test_signs_dates_and_agreements(document: Document) -> None:
    wrong = [
        f"{why}: {text[:120]}"
        for _, text in printed(document)
        for why, pattern in REFUSED.items()
        if pattern.search(text)
    ]
    assert wrong == []


def test_guillemets_are_closed(document: Document) -> None:
    odd = [text for _, text in printed(document) if text.count("«") != text.count("»")]
    assert odd == []


def test_capitals_bear_their_accents_and_texts_are_typeset(document: Document) -> None:
    odd = [text for _, text in printed(document) if accentuees(text) != text]
    assert odd == []
    assert [text for _, text in printed(document) if typographie(text) != text] == []


def test_no_sentence_begins_with_figures(document: Document) -> None:
    begins = re.compile(r"(?:^|(?<=[.!?…][ \u00a0]))\d")
    odd = [
        f"{where}: {text[:120]}"
        for where, text in printed(document)
        if where in SENTENCES and re.search(r"[.!?…]$", text) and begins.search(text)
    ]
    assert odd == []
