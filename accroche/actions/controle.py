"""What keeps a sheet from being sent, and from being public: rules on plain data.

Each remark names the field, quotes the place, and says how to mend it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

import phonenumbers


@dataclass(frozen=True, slots=True)
class Image:
    """An attached image: its name, whether its people agreed to be shown, its rank among the attachments."""

    name: str
    may_be_public: bool
    number: int = 1


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
    remarks = [
        Remark(
            f"pieces-{image.number}",
            f"Dites si les personnes visibles sur « {image.name} » ont donné leur accord, ou retirez-la.",
        )
        for image in fiche.images
        if not image.may_be_public
    ]
    for name, text in fiche.texts.items():
        remarks += [
            Remark(name, "Retirez ce numéro de téléphone : il serait public.", found)
            for found in telephones(text)
        ]
        remarks += [
            Remark(
                name,
                "Retirez cette adresse personnelle, ou donnez celle de l’établissement.",
                found,
            )
            for found in private_addresses(text)
        ]
    first, last = fiche.edition_days
    remarks += [
        Remark(name, f"Cette date sort de l’année scolaire, du {first:%d/%m/%Y} au {last:%d/%m/%Y}.")
        for name, (starts, ends) in fiche.days.items()
        if starts < first or ends > last
    ]
    return tuple(remarks)


#: The country whose numbers are written without a prefix, and its départements overseas.
REGIONS = ("FR", "GP", "RE", "YT", "GF", "MQ")
_DIGITS = re.compile(r"\d")


def telephones(text: str) -> list[str]:
    """Return the telephone numbers written in a text, as they are written, each once.

    Years, sums, postal codes and UAI are none: a French number has ten digits.
    """
    found: dict[str, None] = {}
    for region in REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            if len(_DIGITS.findall(match.raw_string)) >= TELEPHONE_DIGITS:
                found[match.raw_string] = None
    for pairs in _PAIRS.finditer(text):
        if not any(pairs[0] in other or other in pairs[0] for other in found):
            found[pairs[0]] = None
    return list(found)


#: A French number with its zero, or with the country before it.
TELEPHONE_DIGITS = 10

#: Five pairs with what people put between them, which the library does not read: 06/12/34/56/78, or the
#: narrow spaces of a word processor. No comma: « 01, 02, 03, 04, 05 » are départements.
_PAIRS = re.compile(r"(?<!\d)0[1-9](?:[\s/_·•.–-]{1,3}\d{2}){4}(?!\d)")

_SIGN = r"(?:[@＠]|\((?:at|a|arobase)\)|\[(?:at|a|arobase)\]|\barobase\b)"
_DOT = r"(?:\.|\((?:dot|point)\)|\[(?:dot|point)\]|\bpoint\b)"
_ADDRESS = re.compile(rf"[\w.+-]+\s?{_SIGN}\s?[\w-]+(?:\s?{_DOT}\s?[\w-]+)+", re.IGNORECASE)
_AT = re.compile(rf"\s?{_SIGN}\s?", re.IGNORECASE)
_INSTITUTION = re.compile(r"(?:^|\.)(?:ac-[a-z-]+\.fr|gouv\.fr|onisep\.fr|reseau-canope\.fr)$")
#: What stands before the @ of a service rather than of a person; « ce.0210001a » is a school's.
_FUNCTION = re.compile(
    r"^(?:ce[.-]?\d{7}[a-z]|\d{7}[a-z]|contact|accueil|secretariat|info|infos|direction|vie-?scolaire|cio|cpe"
    r"|intendance|documentation|cdi|communication|presse)\b"
)


def private_addresses(text: str) -> list[str]:
    """Return the e-mail addresses of a text that are a person's own, as they are written, each once.

    Those of an institution (académies, ministries) or of a service (contact@, ce.0210001a@) may be public;
    any other is taken for private.
    """
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(text):
        written = match.group(0)
        local, domain = (part.strip().lower() for part in _AT.split(written, maxsplit=1))
        if not _INSTITUTION.search(domain.rstrip(".")) and not _FUNCTION.match(local):
            found[written] = None
    return list(found)
