"""What a document says of itself: who publishes it, which version it is, what changed since the last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from accroche.dossier.comparaison import Difference
from accroche.lib.dates import format_date
from accroche.lib.texte import NBSP
from accroche.publications.blocs import text
from accroche.publications.outline import Column, Paragraph, Section, Table

#: How documents name a telling that is not frozen.
WORKING: Final = "Version de travail"
#: Characters of a passage shown in the table of changes.
SHORT = 160
#: Characters shown before the first that differs.
BEFORE = 60


@dataclass(frozen=True, slots=True)
class Version:
    """Which telling this is: a frozen version with its day and digest, or (None) a working one."""

    number: int
    settled: dt.date
    digest: str

    @property
    def label(self) -> str:
        """How the cover names it."""
        return f"Version{NBSP}{self.number}, arrêtée le {format_date(self.settled)}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What this telling says otherwise than an earlier frozen version."""

    since: Version
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes a document and where; its version (None: a working one), and what that changed."""

    organisation: str
    site_url: str = ""
    version: Version | None = None
    changes: Changes | None = None


def changes_section(changes: Changes) -> Section:
    """Return what was said and what is said now: a correction is visible (domain rule 4)."""
    title = f"Ce qui a changé depuis la version{NBSP}{changes.since.number}"
    if not changes.differences:
        return Section("changements", title, (Paragraph(text("Rien n’a changé.")),))
    table = Table(
        caption=f"Différences avec la version{NBSP}{changes.since.number}, arrêtée le "
        f"{format_date(changes.since.settled)}",
        columns=(Column("Où"), Column("Quoi"), Column("Avant"), Column("Maintenant")),
        rows=tuple(
            (text(d.where), text(d.fact), *(text(words) for words in _around(d.left, d.right)))
            for d in changes.differences
        ),
    )
    return Section("changements", title, (table,))


def _around(left: str, right: str) -> tuple[str, str]:
    """Return two passages cut for a table cell, where they begin to differ."""
    pairs = enumerate(zip(left, right, strict=False))
    shared = next((place for place, (a, b) in pairs if a != b), min(len(left), len(right)))
    start = 0
    if max(len(left), len(right)) > SHORT and shared > BEFORE:
        start = left.rfind(" ", 0, shared - BEFORE) + 1
    return _short(left, start), _short(right, start)


def _short(words: str, start: int) -> str:
    opening, rest = "…" if start else "", words[start:]
    return opening + (rest if len(rest) <= SHORT else f"{rest[:SHORT].rsplit(' ', 1)[0]}…")
