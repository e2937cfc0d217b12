"""What reads people's text, whole: each function costs what its text's length costs, and no more."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pytest
from django.core.validators import URLValidator, validate_email
from django.template.defaultfilters import capfirst, linebreaks_filter, linebreaksbr, urlize

from accroche.actions import controle, formats, videos
from accroche.actions.saisie import Contenu
from accroche.annuaire import organismes
from accroche.annuaire.appariement import Moteur, communes, mention, mots, oreille, plusieurs
from accroche.annuaire.recherche import Index, School
from accroche.commun import mots_changes as differences
from accroche.commun.templatetags import accroche as filters
from accroche.imports.recensement import columns, niveaux
from accroche.imports.recensement import words as cells
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.columns import Column
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.table import Table, find_table
from accroche.integrations.markdown import redige
from accroche.integrations.tableur import texte as csv_text
from accroche.integrations.typst.breaks import soft
from accroche.integrations.typst.fonts import printable
from accroche.lib import chiffres, dates, texte, uai
from accroche.lib.tableur import cellules, periodes
from accroche.publications import nombres_anciens
from accroche.rapport import reading
from accroche.relecture import doublons, indices
from tests.annuaire.appariement.conftest import academies, facts, records
from tests.growth import growth
from tests.patterns import USUAL
from tests.thorough import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Callable

EDITION = "2015-2016"
LENGTH = 200_000 if THOROUGH else 2_400
#: Seconds a character that Python itself may take; a square of this length takes longer.
CHEAP = 1e-6
#: What people write, over and over.
WRITTEN = (
    *USUAL, "mot\n", "06 12 34 56 78 ", "0612345678/", "a@b.fr ", "a@b.fr", "a arobase b point ", "arobase-",
    "12, ", "et 12 ", "(dont 3) ", "dont ", "« mot » ", "du 14 au 18 mars 2016 ", "14/03/2016 et ",
    "8h30-9h ", "lundi ", "collège A et ", "Collège X, lycée Y ; ", "lycée des métiers ",
    "école ", "St ", "Paris 18e ",
    "0210001A ", "ex ", "N.-D. ", "a.b.", "college ", "dates ", "niveau college ", "uai ", "http://a.fr/x ",
    "www.a.fr ", "<a ", "<", "&", "Académie de Dijon\n", "• axe\n", "➔ action\n", "Partenaires\n",
    "http://a.fr/experitheque/", "x\n\n", "a;b\n",
)  # fmt: skip


def refused(read: Callable[[str], object]) -> Callable[[str], object]:
    """The same, where a text may be refused."""

    def reader(text: str) -> None:
        with suppress(ValueError):  # our own refusals, and Django's through its own class below
            read(text)

    return reader


@cache
def moteur() -> Moteur:
    return Moteur([facts(record) for record in records()], academies())


@cache
def index() -> Index:
    return Index(
        School(one.pk, one.uai, one.name, one.commune, "21000", one.kind, (), 1, True)
        for one in map(facts, records())
    )


def match(text: str) -> object:
    return moteur().match("Dijon", text)


def table(text: str) -> object:
    return find_table("", [(number, list(text.split(" ")[:50])) for number in range(3)])


def row(text: str) -> object:
    champs = [champ for champ in Champ if champ is not Champ.IGNORE]
    table = Table("", 1, tuple(Column(at, champ.value, champ, 100) for at, champ in enumerate(champs)))
    return RowReader(table, EDITION).read(2, [text] * len(champs))


def gate(text: str) -> object:
    year = (dt.date(2026, 8, 1), dt.date(2027, 8, 31))
    controle._kept_private.cache_clear()
    content = Contenu(title=text[:300], description=text)
    return controle.obstacles(controle.Fiche(content, (), has_contact=True, edition_days=year))


def title(text: str) -> object:
    return indices.indices(indices.Apercu(text, text, True, "semaine", True, 1, 0, True))


def likeness(text: str) -> object:
    return doublons.likeness(doublons.key_of.__wrapped__(text), doublons.key_of.__wrapped__(text[1:]))


def validated(text: str) -> None:
    for validate in (validate_email, URLValidator()):
        with suppress(Exception):
            validate(text)


READERS: dict[str, Callable[[str], Any]] = {
    "telephones": controle.telephones,
    "private_addresses": controle.private_addresses,
    "redige": redige.parse.__wrapped__,
    "redige, typed": redige.typed,
    "redige, lines": redige.lines.__wrapped__,
    "gate": gate,
    "indices": title,
    "likeness": likeness,
    "compare": lambda text: differences.shortened(differences.compare(text, text[::-1])),
    # the database holds no longer link
    "video_of": lambda text: [
        videos.video_of(f"{host}{text[:500]}") for host in ("https://youtu.be/", "https://")
    ],
    "comparable": texte.comparable,
    "typographie": texte.typographie,
    "slug": texte.slug,
    "ordinal": refused(texte.parse_ordinal),
    "de": texte.de,
    "windows": refused(lambda text: dates.parse_windows(text.splitlines() or [text], EDITION)),
    "chiffres": refused(chiffres.parse),
    "uai": refused(uai.parse),
    "cell": lambda text: (cellules.text_of(text), cellules.line_of(text), cellules.is_ticked(text)),
    "number": cellules.number_of,
    "several": cellules._parts.__wrapped__,
    "neutral": lambda text: cellules.unneutral(cellules.neutral(text)),
    "counted": lambda text: list(nombres_anciens.said_in(text, 12, {"mots"})),
    "period": refused(lambda text: periodes.read_when.__wrapped__(text, EDITION)),
    "heading": lambda text: columns.guess.__wrapped__(columns.normal.__wrapped__(text)),
    "table": table,
    "row": row,
    "levels": niveaux.read_levels.__wrapped__,
    "themes": cells.themes_of.__wrapped__,
    "moment": lambda text: (cells.nature_of.__wrapped__(text), cells.moment_of.__wrapped__(text)),
    "mentions": lambda text: [organismes.kind_of.__wrapped__(one) for one in cells.mentions_of(text)],
    "mention": mention.read,
    "parts": plusieurs.parts,
    "fold": lambda text: (mots.words(text), oreille.sound.__wrapped__(text)),
    "commune": communes.commune_key.__wrapped__,
    "match": match,
    "search": lambda text: index().find(text, limit=10),
    "report": refused(lambda text: reading.read(text, EDITION)),
    "report, line": refused(lambda text: reading.read(f"Académie de Dijon\n➔ {text}\n{text}", EDITION)),
    "csv": csv_text.separator_of,
    "typo": filters.paragraphes,
    "extrait": lambda text: (filters.extrait(text, 40), filters.en_grand(text)),
    "urlize": urlize,
    "linebreaks": lambda text: (linebreaks_filter(text), linebreaksbr(text)),
    # the other filters of Django that cut or name are given short texts
    "capfirst": capfirst,
    "normalised": lambda text: (texte.normalised(text), texte.normalised(text, "NFKD")),
    "printable": lambda text: (printable(text), soft(text)),
    "shown_name": lambda text: formats.shown_name(text, formats.Format.PDF),
    "validators": validated,
}


def repeated(body: str, length: int) -> str:
    return body * (length // len(body)) + "!"


@pytest.mark.parametrize("name", READERS)
def test_a_text_costs_what_its_length_costs(name: str) -> None:
    read = READERS[name]
    read("mot")  # what is made at first use is made
    slow = []
    for body in WRITTEN:
        grown = growth(read, partial(repeated, body), length=LENGTH, cheap=CHEAP)
        if grown.is_steep:
            slow.append(f"{body!r} x n: length to the power {grown.power:.1f}, {grown.seconds:.2f} s")
    assert not slow, f"{name} costs more than the length of its text:\n" + "\n".join(slow)
