"""What a part of the report says, as JSON values by field: read of an edition, put back, and its state.

What a page shows and takes, what versions keep and what a comparison tells are these values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from accroche.campagne.regles import CodeObjectif, TypeTutorat
from accroche.dossier.dossier import (
    EditionDossier,
    MentionsDossier,
    ObjectifDossier,
    PerspectiveDossier,
    TutoratDossier,
)
from accroche.integrations.markdown.redige import lines, parse
from accroche.lib.libelles import Libelle
from accroche.lib.redige import Intertitre
from accroche.redaction.parties import OBJECTIFS, Partie

#: What a part says: a text, rows or names, by the code of each field.
Valeurs = dict[str, Any]

#: Characters of a heading of the introduction, as its column holds them.
HEADING_LENGTH: Final = 200
_HEADING: Final = "## "
#: The fields of an edition that each part is written to.
_OF_EDITION: Final = {
    Partie.MESSAGES: "messages",
    Partie.INTRODUCTION: "introduction",
    Partie.PREAMBULE: "preambule",
    Partie.PERSPECTIVES: "perspectives",
    Partie.TUTORAT: "tutorats",
    Partie.MENTIONS: "mentions",
}


def field_of(partie: Partie) -> str:
    """The field of an edition a part is written to."""
    return _OF_EDITION.get(partie, "objectifs")


def valeurs(dossier: EditionDossier, partie: Partie) -> Valeurs:
    """Return what a part of an edition says; texts with each paragraph on its line."""
    if code := partie.objectif:
        found = next((one for one in dossier.objectifs if one.code == code), None)
        return {
            "texte": lines(found.conclusion) if found else "",
            "academies": list(found.academies) if found else [],
        }
    return _READ[partie](dossier)


_READ: Final[Mapping[Partie, Callable[[EditionDossier], Valeurs]]] = {
    Partie.MESSAGES: lambda told: {"messages": [lines(text) for text in told.messages]},
    Partie.INTRODUCTION: lambda told: {"texte": _in_one(told.introduction)},
    Partie.PREAMBULE: lambda told: {"texte": lines(told.preambule)},
    Partie.PERSPECTIVES: lambda told: {
        "perspectives": [asdict(one) | {"text": lines(one.text)} for one in told.perspectives]
    },
    Partie.TUTORAT: lambda told: {
        "tutorats": [
            {"kind": str(one.kind), "academies": list(one.academies), "reason": lines(one.reason)}
            for one in told.tutorats
        ]
    },
    Partie.MENTIONS: lambda told: asdict(told.mentions),
}


def applied(dossier: EditionDossier, partie: Partie, told: Mapping[str, Any]) -> EditionDossier:
    """Return the edition with a part that says ``told``."""
    if code := partie.objectif:
        return replace(dossier, objectifs=_concluded(dossier, code, told))
    changed: Any = {field_of(partie): _TAKEN[partie](told)}
    return replace(dossier, **changed)


_TAKEN: Final[Mapping[Partie, Callable[[Mapping[str, Any]], Any]]] = {
    Partie.MESSAGES: lambda told: tuple(told["messages"]),
    Partie.INTRODUCTION: lambda told: passages(told["texte"]),
    Partie.PREAMBULE: lambda told: told["texte"],
    Partie.PERSPECTIVES: lambda told: tuple(PerspectiveDossier(**row) for row in told["perspectives"]),
    Partie.TUTORAT: lambda told: tuple(
        TutoratDossier(row["kind"], tuple(row["academies"]), row["reason"]) for row in told["tutorats"]
    ),
    Partie.MENTIONS: lambda told: MentionsDossier(**told),
}


def settled(partie: Partie, told: Mapping[str, Any]) -> Valeurs:
    """Return what is read again of ``told`` once it is written: two spaces are one, a heading has no bold.

    What a page sends and what versions keep is this, so that nobody is asked to choose between a text and
    itself.
    """
    return valeurs(applied(EditionDossier(""), partie, told), partie)


def _concluded(
    dossier: EditionDossier, code: CodeObjectif, told: Mapping[str, Any]
) -> tuple[ObjectifDossier, ...]:
    """The objectives of an edition, one of them concluded; a new one takes its national place."""
    held = {one.code: one for one in dossier.objectifs}
    new = code not in held
    before = held.get(code) or ObjectifDossier(code, objectif_label(dossier, code))
    held[code] = replace(before, conclusion=told["texte"], academies=tuple(told["academies"]))
    rank = {known.value: number for number, known in enumerate(CodeObjectif)}
    found = held.values()
    return tuple(sorted(found, key=lambda one: rank.get(one.code, len(rank))) if new else found)


def objectif_label(dossier: EditionDossier, code: CodeObjectif) -> str:
    """How an edition words an objective: its own words, those of its grid, or the usual ones."""
    own = {one.code: one.label for one in dossier.objectifs}
    of_grid = {one.code: one.label for one in dossier.grille.objectifs} if dossier.grille else {}
    return own.get(code) or of_grid.get(code) or OBJECTIFS[code]


def _in_one(introduction: Sequence[tuple[str, str]]) -> str:
    """The passages as one text, their titles as its headings."""
    parts = (part for title, text in introduction for part in (title and _HEADING + title, lines(text)))
    return "\n\n".join(filter(None, parts))


def passages(text: str) -> tuple[tuple[str, str], ...]:
    """Return the passages of an introduction: each heading begins one, what stands before it has no title."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for block in lines(text).split("\n\n"):
        read = parse(block) if block.startswith(_HEADING) else ()
        if read and isinstance(read[0], Intertitre):
            found.append((read[0].text, []))
        elif block:
            found[-1][1].append(block)
    return tuple((title, "\n\n".join(blocks)) for title, blocks in found if title or blocks)


# -- its state -------------------------------------------------------------------------------------


class EtatPartie(Libelle):
    """How far a part has come."""

    VIDE = "vide", "Vide"
    COMMENCEE = "commencee", "Commencée"
    ECRITE = "ecrite", "Écrite"


@dataclass(frozen=True, slots=True)
class EtatConstate:
    """How far a part has come, and what of it will not be printed, or is missing, in words."""

    etat: EtatPartie
    manques: tuple[str, ...] = ()


def constat(partie: Partie, told: Mapping[str, Any]) -> EtatConstate:
    """Return how far a part has come. A part that is empty is not printed, and says so."""
    if not any(_said(value) for value in told.values()):
        return EtatConstate(EtatPartie.VIDE)
    manques = tuple(_manques(partie, told))
    return EtatConstate(EtatPartie.COMMENCEE if manques else EtatPartie.ECRITE, manques)


def _said(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_said, value.values()))
    return any(map(_said, value)) if isinstance(value, list) else bool(value.strip())


def _manques(partie: Partie, told: Mapping[str, Any]) -> Iterator[str]:
    if partie.objectif and not told["texte"].strip():
        yield "Des académies sont citées, sans texte de conclusion."
    for number, row in enumerate(told.get("perspectives", ()), start=1):
        if not row["text"].strip():
            yield f"La perspective {number} n’a pas de texte : elle n’est pas imprimée."
        elif not (row["acteur"] and row["echeance"]):
            yield f"La perspective {number} ne dit pas qui agit ou pour quand."
    for number, row in enumerate(told.get("tutorats", ()), start=1):
        if not row["academies"]:
            yield f"Le groupe {number} n’a pas d’académie : il n’est pas imprimé."
    if partie is Partie.MENTIONS:
        yield from (f"{LABELS[name]} : à remplir." for name in _EXPECTED if not told[name])


_EXPECTED: Final = ("ministere", "contact", "licence")
#: How people call each field.
LABELS: Final = {
    "texte": "Texte",
    "academies": "Académies citées",
    "messages": "Messages clés",
    "perspectives": "Perspectives",
    "tutorats": "Groupes d’académies",
    "ministere": "Ministère",
    "contact": "Contact",
    "licence": "Licence",
    "credits": "Crédits",
    "couverture": "Ligne de couverture",
}

#: How each kind of group is called where it is written.
GROUPES: Final = {kind.value: kind.label for kind in TypeTutorat}


def in_words(name: str, value: Any) -> str:
    """A value as people read it: rows one after the other, a line for each thing they say."""
    if name == "academies":
        return ", ".join(value)
    if name in {"messages", "perspectives", "tutorats"}:
        return "\n\n".join("\n".join(filter(None, _row_in_words(row))) for row in value)
    return str(value)


def _row_in_words(row: Any) -> Iterator[str]:
    if isinstance(row, str):
        yield row
        return
    for name, value in row.items():
        if name == "kind":
            yield GROUPES.get(value, value)
        else:
            yield ", ".join(value) if isinstance(value, list) else value
