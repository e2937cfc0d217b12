"""What keeps a sheet from being sent, and from being public: rules on plain data.

Each remark names the field, quotes the place, and says how to mend it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Image:
    """An attached image: its name, and whether its people agreed to be shown."""

    name: str
    may_be_public: bool


@dataclass(frozen=True, slots=True)
class Fiche:
    """What the rules read of a sheet.

    ``texts``: each public text by its field's name; ``days``: each (first, last) day by its field's name.
    ``edition_days``: the first and last day of the school year.
    """

    title: str
    description: str
    schools: tuple[str, ...]
    levels: tuple[str, ...]
    temporality: str
    nature: str
    has_contact: bool
    edition_days: tuple[dt.date, dt.date]
    texts: dict[str, str] = field(default_factory=dict)
    days: dict[str, tuple[dt.date, dt.date]] = field(default_factory=dict)
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend: in which field, what and how, and the passage itself when there is one."""

    field: str
    message: str
    excerpt: str = ""


def missing(fiche: Fiche) -> tuple[Remark, ...]:
    """Return what is still missing to send the sheet to the académie; nothing when it is complete."""
    remarks = []
    if not fiche.title.strip():
        remarks.append(Remark("title", "Donnez un titre à l’action."))
    if not fiche.schools:
        remarks.append(Remark("etablissement", "Choisissez l’établissement qui porte l’action."))
    if not fiche.description.strip():
        remarks.append(Remark("description", "Dites en quelques phrases ce qui se passe."))
    if not fiche.levels:
        remarks.append(Remark("levels", "Cochez au moins un niveau."))
    if not fiche.temporality:
        remarks.append(Remark("temporality", "Dites si l’action a lieu pendant la semaine ou toute l’année."))
    if not fiche.has_contact:
        remarks.append(Remark("private_email", "Laissez une adresse pour les questions de l’académie."))
    return tuple(remarks)


def obstacles(fiche: Fiche) -> tuple[Remark, ...]:
    """Return what forbids publication: images without consent, private data in a text, wrong days."""
    return tuple(
        Remark("pieces", f"Dites si les personnes visibles sur « {image.name} » ont donné leur accord.")
        for image in fiche.images
        if not image.may_be_public
    )
