"""What a sheet cannot truly say: values that a slip, or a text read askew, has put there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accroche.annuaire.tuiles import TUILES
from accroche.dossier.dossier import ActionDossier
from accroche.lib.chiffres import Chiffre
from accroche.lib.dates import Window, school_year
from accroche.rapport.lines import folded
from accroche.rapport.problems import Problems

#: Beyond these, a text was read for a name; the longest official commune has 45 characters.
MAX_COMMUNE: Final = 60
MAX_NAME: Final = 150
MAX_TITLE: Final = 250
#: What a sheet can hold of a title, and of a commune.
MAX_HELD: Final = 300
MAX_HELD_COMMUNE: Final = 100
#: No académie has so many schools.
MAX_COUNT: Final = 5_000
#: A semaine that lasts longer, and not the whole year, is a slip in its dates.
MAX_DAYS: Final = 45
MAX_ORDINAL: Final = 12
_KNOWN: Final = {folded(name): name for name in TUILES}
_LETTERS = re.compile(r"[^a-z]")
_JOINED: Final = {_LETTERS.sub("", key): name for key, name in _KNOWN.items()}


def known_spelling(name: str) -> str:
    """Give the name of an académie as the directory spells it, whatever its capitals, accents and hyphens."""
    key = folded(name)
    return _KNOWN.get(key) or _JOINED.get(_LETTERS.sub("", key), name)


def known_academie(name: str) -> str:
    """Give the académie of the directory that bears this name, whatever its article; empty for none."""
    key = folded(name)
    return next((_KNOWN[one] for one in (key, f"la {key}") if one in _KNOWN), "")


def check_counts(figures: Sequence[Chiffre], what: str, number: int, problems: Problems) -> None:
    """Note a count that no académie can have."""
    for figure in figures:
        if figure.value is not None and figure.value > MAX_COUNT:
            problems.note(
                number,
                str(figure.value),
                f"Ce nombre {what} est invraisemblable pour une académie. Vérifiez-le.",
            )


def check_windows(windows: Sequence[Window], edition: str, number: int, problems: Problems) -> None:
    """Note a semaine that lasts for weeks and is not the school year."""
    for start, end in windows:
        days = (end - start).days + 1
        if days > MAX_DAYS and (start, end) != school_year(edition):
            problems.note(number, "", f"Cette semaine durerait {days} jours : vérifiez ses dates.")


def check_ordinal(ordinal: int | None, number: int, problems: Problems) -> None:
    """Note a rank that no semaine has reached."""
    if ordinal is not None and ordinal > MAX_ORDINAL:
        problems.note(number, "", f"Ce serait la {ordinal}e édition de cette académie : vérifiez le récit.")


def check_action(action: ActionDossier, number: int, problems: Problems) -> ActionDossier:
    """Note names and titles in which something else is mixed up; a title no sheet can hold is cut."""
    if len(action.title) > MAX_HELD:
        start = action.title[:MAX_TITLE].rpartition(" ")[0] or action.title[:MAX_TITLE]
        problems.note(
            number,
            action.title,
            f"Ce titre d’action fait {len(action.title)} caractères, {MAX_HELD} au plus : trop long, il est "
            "coupé. Ses mots ouvrent la description. Vérifiez que cette ligne est bien un titre, et non "
            "l’élément d’une liste.",
        )
        description = f"{action.title}\n\n{action.description}".rstrip()
        action = replace(action, title=f"{start}…", description=description)
    elif len(action.title) > MAX_TITLE:
        problems.note(
            number,
            action.title,
            "Ce titre d’action est trop long : la description y est sans doute mêlée. Laissez une ligne vide "
            "entre le titre et la description.",
        )
    for porteur in action.porteurs:
        for value, limit, what in (
            (porteur.name, MAX_NAME, "nom de porteur"),
            (porteur.commune, MAX_COMMUNE, "nom de commune"),
        ):
            if len(value) > limit:
                problems.note(
                    number,
                    value,
                    f"Ce {what} fait {len(value)} caractères : un autre texte y est sans doute mêlé. "
                    f"Vérifiez le titre « {action.title[:60]} ».",
                )
    return replace(
        action,
        porteurs=tuple(
            replace(one, commune="") if len(one.commune) > MAX_HELD_COMMUNE else one
            for one in action.porteurs
        ),
    )
