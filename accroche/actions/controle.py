"""What keeps a sheet from being sent, and from being public: rules on plain data.

Each remark names the field, quotes the place, and says how to mend it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import attrgetter

import phonenumbers

from accroche.actions.champs import CHAMPS, Voie
from accroche.actions.regles import Consentement, EtatPiece, TypePiece
from accroche.actions.saisie import Contenu, PieceDite, PorteurSaisi
from accroche.lib.dates import FIRST_MONTH, format_date


@dataclass(frozen=True, slots=True)
class Fiche:
    """What the rules read: the content itself, what is said of its attachments, and what surrounds them.

    ``has_contact``: whether somebody answers the académie's questions. ``edition_days``: the first and last
    day of the school year. ``declared``: whether somebody here answers for the sheet; one that a pack or a
    report told is all there will ever be.
    """

    content: Contenu
    pieces: tuple[PieceDite, ...]
    has_contact: bool
    edition_days: tuple[dt.date, dt.date]
    declared: bool = True


def edition_days(year: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day a sheet of an edition may tell.

    From the August in which staff are back, as lists are read, to the end of the one in which camps end.
    """
    first = int(year[:4])
    return dt.date(first, FIRST_MONTH, 1), dt.date(first + 1, 8, 31)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend: in which field, what and how, and the passage itself when there is one."""

    field: str
    message: str
    excerpt: str = ""
    #: It mends itself: there is nothing to do about it but to wait.
    passes: bool = False

    @property
    def place(self) -> tuple[str, int]:
        """The name of the field or of the list, and which row of it people count; 0: a field by itself."""
        name, _, number = self.field.partition("-")
        return name, int(number or 0)


def mark_of(remarks: tuple[Remark, ...]) -> str:
    """Return a mark of what is to be mended: the same remarks have the same; none has none."""
    told = "\n".join(f"{r.field} {r.message} {r.excerpt}" for r in remarks if not r.passes)
    if not told:
        return ""
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def missing(fiche: Fiche) -> tuple[Remark, ...]:
    """Return what is still missing to send the sheet to the académie; nothing when it is complete.

    Of a sheet nobody declared, nothing but a title: there is nobody to ask for the rest.
    """
    content, remarks = fiche.content, []
    if not content.title.strip():
        remarks.append(Remark("title", "Donnez un titre à l’action."))
    if not fiche.declared:
        return tuple(remarks)
    if not content.porteurs:
        remarks.append(Remark("etablissement", "Choisissez l’établissement qui porte l’action."))
    if not content.description.strip():
        remarks.append(Remark("description", "Dites en quelques phrases ce qui se passe."))
    if not content.levels:
        remarks.append(Remark("levels", "Cochez au moins un niveau."))
    if not content.temporality:
        remarks.append(Remark("temporality", "Dites si l’action a lieu pendant la semaine ou toute l’année."))
    if not fiche.has_contact:
        remarks.append(Remark("private_email", "Laissez une adresse pour les questions de l’académie."))
    return tuple(remarks)


def obstacles(fiche: Fiche) -> tuple[Remark, ...]:
    """Return what forbids publication: images without consent, private data in a text, wrong days."""
    remarks = [
        Remark(f"pieces-{number}", told, passes=piece.state == EtatPiece.PREPARING)
        for number, piece in enumerate(fiche.pieces, 1)
        if (told := obstacle(piece))
    ]
    remarks += _private_remarks(public_texts(fiche.content, fiche.pieces))
    first, last = fiche.edition_days
    remarks += [
        Remark(name, f"Cette date sort de l’année scolaire, du {format_date(first)} au {format_date(last)}.")
        for name, (starts, ends) in _days(fiche.content).items()
        if starts < first or ends > last
    ]
    return tuple(remarks)


def _private_remarks(texts: Mapping[str, str]) -> Iterator[Remark]:
    """What of these texts must not be public, or is too much to be searched."""
    digits = list(map(_digits_in, texts.values()))
    if max(digits, default=0) < _FEWEST_DIGITS and not _has_sign("\n".join(texts.values())):
        return  # most: what all of them together do not hold, none does
    left = MOST_DIGITS
    for (name, text), its_own in zip(texts.items(), digits, strict=True):
        left -= its_own
        if left < 0 and its_own >= _FEWEST_DIGITS:
            yield Remark(name, TOO_MANY_DIGITS)
        elif its_own >= _FEWEST_DIGITS or _has_sign(text):
            yield from (Remark(name, message, found) for message, found in _private(text))


def obstacle(piece: PieceDite) -> str:
    """What keeps an image from the site, and what to do; empty when nothing does.

    Whether it can be seen at all is looked at before any agreement.
    """
    if piece.kind != TypePiece.IMAGE:
        return ""
    if piece.state == EtatPiece.PREPARING:
        return f"L’image « {piece.name} » est en préparation : attendez qu’elle soit prête, ou retirez-la."
    if piece.state == EtatPiece.BROKEN:
        return f"L’image « {piece.name} » ne s’ouvre pas : retirez-la."
    if not Consentement(piece.consent).allows_publication:
        return f"Dites si les personnes visibles sur « {piece.name} » ont donné leur accord, ou retirez-la."
    return ""


def public_texts(content: Contenu, pieces: tuple[PieceDite, ...] = ()) -> dict[str, str]:
    """Return all that the public will read of a sheet, by the place where it is written; nothing empty.

    A list is numbered from 1, as people count: ``pieces-2`` is the second attachment.
    """
    texts = {
        name: told
        for name, text in zip(_TEXTS, _texts_of(content), strict=True)
        if text and not (told := str(text)).isspace()
    }
    for name, parts in _LISTS.items():
        rows = pieces if name == "pieces" else getattr(content, name)
        for number, row in enumerate(rows, 1) if rows else ():
            if (told := _typed(row, parts)) and not told.isspace():
                texts[f"{name}-{number}"] = told
    return texts


_TEXTS = tuple(champ.name for champ in CHAMPS if not champ.parts and champ.goes(Voie.CONTROLE))
_texts_of = attrgetter(*_TEXTS)
_LISTS = {
    champ.name: tuple(part.name for part in champ.parts if part.goes(Voie.CONTROLE))
    for champ in CHAMPS
    if champ.parts
}


def _typed(row: object, parts: tuple[str, ...]) -> str:
    """What somebody typed of a row; schools are named by the directory, only other carriers are typed."""
    if isinstance(row, PorteurSaisi) and row.uai:
        return ""
    return "\n".join(getattr(row, part) for part in parts)


def _days(content: Contenu) -> dict[str, tuple[dt.date, dt.date]]:
    """Each (first, last) day a sheet tells, by the place where it is written."""
    days = {"starts": content.days} if content.days else {}
    for number, activity in enumerate(content.activites, 1):
        if activity.starts:
            days[f"activites-{number}"] = (activity.starts, activity.ends or activity.starts)
    return days


#: How many numbers and addresses are told of one text: the others are told once these are gone.
MOST_TOLD = 20
#: Texts with more digits in all are refused, not searched for numbers, which costs a hundred times more.
MOST_DIGITS = 3000
TOO_MANY_DIGITS = (
    "Plus de 3\u202f000 chiffres, c’est trop pour que ce texte soit vérifié : mettez ces tableaux à part."
)
#: Under so many characters a text is read again sooner than it is looked up.
_SHORT = 200


def _has_sign(text: str) -> bool:
    """Whether a text holds what stands for the @ of an address: most hold nothing of the kind.

    Looking for that costs far less than searching, and a census has a hundred thousand sheets.
    """
    if "@" in text or "＠" in text:
        return True
    told = text.casefold()
    return _AROBASE in told or (("(a" in told or "[a" in told) and any(sign in told for sign in _BRACKETED))


def _private(text: str) -> tuple[tuple[str, str], ...]:
    """What of a text must not be public: what to do, and the passage."""
    return _found_private(text) if len(text) < _SHORT else _kept_private(text)


def _found_private(text: str) -> tuple[tuple[str, str], ...]:
    return (
        *(("Retirez ce numéro de téléphone : il serait public.", found) for found in telephones(text)),
        *(
            ("Retirez cette adresse personnelle, ou donnez celle de l’établissement.", found)
            for found in private_addresses(text)
        ),
    )


#: A sheet is read far more often than it is written: the same text is not searched again. A few megabytes.
_kept_private = lru_cache(maxsize=128)(_found_private)

#: The country whose numbers are written without a prefix, and its départements overseas.
REGIONS = ("FR", "GP", "RE", "YT", "GF", "MQ")
_DIGITS = re.compile(r"\d")
_RUN = re.compile(r"\d+")
#: More characters than a number has between two of its digits.
_APART = 30


#: The bytes of all that has no digit but ours: letters of Latin alphabets, and the signs of typography.
_WITHOUT_OTHERS = bytes(range(0xCC)) + b"\xe2"


def _digits_in(text: str) -> int:
    """How many digits a text holds, those of any script: most have but ours, and these are fast to count."""
    held = text.encode("utf-8", "surrogatepass")
    if held.translate(None, _WITHOUT_OTHERS):
        return len(_DIGITS.findall(text))
    return len(held) - len(held.translate(None, b"0123456789"))


def has_too_many_digits(text: str) -> bool:
    """Whether a text has too many digits to be searched for numbers."""
    return len(text) > MOST_DIGITS and _digits_in(text) > MOST_DIGITS


def telephones(text: str) -> list[str]:
    """Return the telephone numbers written in a text, as they are written, each once; the first ones of many.

    Years, sums, postal codes and UAI are none: a French number has ten digits. Those of six or eight that
    some islands have, « 27.12.26 », are days or numbers of pupils unless their country stands before them.
    """
    found: dict[str, None] = {}
    stretches = list(_stretches(text))
    if not stretches and "+" not in text:
        return []  # most of those that hold ten digits; five pairs are a stretch as well
    for stretch in stretches:
        for region in REGIONS:
            for match in islice(phonenumbers.PhoneNumberMatcher(stretch, region), MOST_TOLD):
                if _digits_in(match.raw_string) >= TELEPHONE_DIGITS:
                    found[match.raw_string] = None
        if len(found) >= MOST_TOLD:
            break
    for pairs in _PAIRS.finditer(text):
        if len(found) >= MOST_TOLD:
            break
        if not any(pairs[0] in other or other in pairs[0] for other in found):
            found[pairs[0]] = None
    return list(found)[:MOST_TOLD]


def _stretches(text: str) -> Iterator[str]:
    """The parts of a text with digits enough for a number, and what stands around them.

    The library takes a hundred times longer over a text than this does.
    """
    start, end, digits = 0, 0, 0
    for run in _RUN.finditer(text):
        if digits and run.start() - end > _APART:
            if digits >= TELEPHONE_DIGITS:
                yield text[max(0, start - _APART) : end + _APART]
            digits = 0
        if not digits:
            start = run.start()
        end = run.end()
        digits += end - run.start()
    if digits >= TELEPHONE_DIGITS:
        yield text[max(0, start - _APART) : end + _APART]


#: A French number with its zero, or with the country before it.
TELEPHONE_DIGITS = 10
#: One of Nouvelle-Calédonie, Wallis-et-Futuna or Saint-Pierre-et-Miquelon with its country: +687 27 12 34.
_FEWEST_DIGITS = 9

#: Five pairs with what people put between them, which the library does not read: 06/12/34/56/78, or the
#: narrow spaces of a word processor. No comma: « 01, 02, 03, 04, 05 » are départements. Three or four after
#: the country of these islands, or of Polynésie française.
_PAIRS = re.compile(
    r"(?<!\d)0[1-9](?:[\s/_·•.–-]{1,3}\d{2}){4}(?!\d)"
    r"|\+\s?(?:508|68[179])(?:[\s/_·•.–-]{0,3}\d{2}){3,4}(?!\d)"
)

#: What people write for the @, in small letters: a word between brackets, or this one by itself.
_AROBASE = "arobase"
_BRACKETED = tuple(left + word + right for left, right in ("()", "[]") for word in ("at", "a", _AROBASE))
_SIGN = rf"(?:[@＠]|{'|'.join(map(re.escape, _BRACKETED))}|\b{_AROBASE}\b)"
_DOT = r"(?:\.|\((?:dot|point)\)|\[(?:dot|point)\]|\bpoint\b)"
#: One part of a domain's name has at most 63 characters.
_PART = r"[\w-]{1,63}"
_WRITTEN = rf"[\w.+-]+\s?{_SIGN}\s?{_PART}(?:\s?{_DOT}\s?{_PART})+"
_ADDRESS = re.compile(_WRITTEN, re.IGNORECASE)
#: From each of its letters, a long word would be read to its end again: only from the first.
_ADDRESS_OF_A_WORD = re.compile(rf"(?<![\w.+-]){_WRITTEN}", re.IGNORECASE)
_AT = re.compile(rf"\s?{_SIGN}\s?", re.IGNORECASE)
_INSTITUTION = re.compile(r"(?:^|\.)(?:ac-[a-z-]+\.fr|gouv\.fr|onisep\.fr|reseau-canope\.fr)$")
#: A training platform of the ministry that has an @ in its name: « M@gistère. Au collège… » is no address.
_PLATFORM = re.compile(r"m@gist[eè]re\b", re.IGNORECASE)
#: What stands before the @ of a service rather than of a person; « ce.0210001a » is a school's.
_FUNCTION = re.compile(
    r"^(?:ce[.-]?\d{7}[a-z]|\d{7}[a-z]|contact|accueil|secretariat|info|infos|direction|vie-?scolaire|cio|cpe"
    r"|intendance|documentation|cdi|communication|presse)\b"
)


def private_addresses(text: str) -> list[str]:
    """Return the e-mail addresses of a text that are a person's own, as they are written, each once.

    The first ones of many.
    Those of an institution (académies, ministries) or of a service (contact@, ce.0210001a@) may be public;
    any other is taken for private.
    """
    found: dict[str, None] = {}
    for written in _addresses(text) if _has_sign(text) else ():
        local, domain = (part.strip().lower() for part in _AT.split(written, maxsplit=1))
        if not _INSTITUTION.search(domain.rstrip(".")) and not _FUNCTION.match(local):
            found[written] = None
            if len(found) >= MOST_TOLD:
                break
    return list(found)


def _addresses(text: str) -> Iterator[str]:
    """All that is written as an e-mail address; one may follow another within a word."""
    at = 0
    while match := _ADDRESS.match(text, at) or _ADDRESS_OF_A_WORD.search(text, at):
        if platform := _PLATFORM.match(text, match.start()):
            at = platform.end()  # an address may follow it at once
            continue
        yield match[0]
        at = match.end()
