"""How the report, its parts and their versions are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from accroche.commun.changements import Changement, Vocabulaire
from accroche.redaction.contenu import GROUPES, LABELS, Valeurs, in_words
from accroche.redaction.models import VersionPartie
from accroche.redaction.parties import Partie
from accroche.redaction.queries.textes import PartieLue

VOCABULAIRE: Final = Vocabulaire(
    lambda name: LABELS.get(name, name),
    in_words,
    order=tuple(LABELS),
    chosen=("ministere", "contact", "licence", "couverture"),
)

#: What each chapter of the report is made of, in its order: parts that are written, and what is computed.
_CHAPITRES: Final[tuple[tuple[str, str, tuple[Partie, ...]], ...]] = (
    ("L’édition en bref", "Chiffres et carte : calculés sur les fiches.", ()),
    ("Messages clés", "", (Partie.MESSAGES,)),
    ("Introduction", "", (Partie.INTRODUCTION,)),
    ("Ce que disent les chiffres", "Calculé sur les fiches.", ()),
    ("Les académies", "Une fiche par académie, écrite par chacune.", ()),
    (
        "Conclusion",
        "",
        (Partie.PREAMBULE, *(partie for partie in Partie if partie.objectif)),
    ),
    ("Perspectives", "Avec les axes que les académies retiennent.", (Partie.PERSPECTIVES, Partie.TUTORAT)),
    ("Totaux et sources", "Calculés, avec la provenance de chaque chiffre.", ()),
    ("Mentions", "", (Partie.MENTIONS,)),
)


@dataclass(frozen=True, slots=True)
class Chapitre:
    """A chapter of the report: its title, what is computed of it, and its parts that are written."""

    title: str
    note: str
    parties: tuple[PartieLue, ...]


def chapitres(report: Mapping[Partie, PartieLue]) -> tuple[Chapitre, ...]:
    """Return the table of contents of a report."""
    return tuple(
        Chapitre(title, note, tuple(report[partie] for partie in parties))
        for title, note, parties in _CHAPITRES
    )


@dataclass(frozen=True, slots=True)
class GroupeImprime:
    """A group of académies as it is printed."""

    label: str
    academies: tuple[str, ...]
    reason: str


def groupes(told: Valeurs) -> tuple[GroupeImprime, ...]:
    """The groups that are printed."""
    return tuple(
        GroupeImprime(GROUPES.get(row["kind"], row["kind"]), tuple(row["academies"]), row["reason"])
        for row in told.get("tutorats", ())
        if row["academies"]
    )


def mentions(told: Valeurs) -> tuple[tuple[str, str], ...]:
    """The lines of the imprint that say something."""
    return tuple((LABELS[name], value) for name, value in told.items() if name in LABELS and value)


def apercu(partie: Partie, told: Valeurs) -> dict[str, Any]:
    """What the preview of a part shows."""
    return {
        "partie": partie,
        "texte": told.get("texte", ""),
        "citees": told.get("academies", ()),
        "messages_cles": [one for one in told.get("messages", ()) if one],
        "perspectives": [row for row in told.get("perspectives", ()) if row["text"].strip()],
        "groupes": groupes(told),
        "mentions": mentions(told) if partie is Partie.MENTIONS else (),
    }


@dataclass(frozen=True, slots=True)
class VersionLue:
    """A version with what it changed from the one before."""

    row: VersionPartie
    changes: tuple[Changement, ...]


def versions(rows: Iterable[VersionPartie]) -> list[VersionLue]:
    """Versions, the latest first, each with what it changed."""
    found = list(rows)
    return [
        VersionLue(row, changed(before.valeurs, row.valeurs) if before else ())
        for row, before in zip(found, [*found, None][1:], strict=True)
    ]


def changed(before: Valeurs, after: Valeurs) -> tuple[Changement, ...]:
    """What two tellings of a part say differently, in words."""
    names = dict.fromkeys((*before, *after))
    pairs = {name: (before.get(name, ""), after.get(name, "")) for name in names}
    return VOCABULAIRE.told({name: pair for name, pair in pairs.items() if pair[0] != pair[1]})
