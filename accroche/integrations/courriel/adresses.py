"""Electronic addresses as people type them: what cannot be one is told, what looks mistyped is asked about.

Written for whoever types: a refusal says what to change, and a domain close to one that many use is a
question, never a correction. No network: whether a mailbox exists, only a mail tells.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import idna
from rapidfuzz.distance import OSA

from accroche.integrations.courriel.domaines import ACADEMIES, FREQUENT, REAL

#: Countries whose domains the same firms have: yahoo.de, hotmail.it.
COUNTRIES: Final = frozenset(
    re.findall(
        r"[a-z]+",
        """
        ae ar at au be bg br ca ch cl cn cz de dk es eu fi gr hk hr hu id ie il in it jp kr lu lv ma mx my nl
        no nz ph pl pt ro rs ru sa se sg sk th tn tr tw ua uk us vn za
        """,
    )
)
#: From this length on, a domain may be two mistakes away from the one that was meant (characters).
LONG: Final = 10
#: Names that are one firm's, or one académie's, in one ending only: any other ending is a mistake.
ALONE: Final = {
    domain.rpartition(".")[0]: domain
    for domain in (
        *ACADEMIES,
        "gmail.com",
        "googlemail.com",
        "wanadoo.fr",
        "laposte.net",
        "icloud.com",
        "club-internet.fr",
        "aliceadsl.fr",
        "numericable.fr",
        "bbox.fr",
    )
}
#: Spaces, and what is pasted along with an address: « mailto: », « <…> », a full stop.
AROUND: Final = " \t\r\n\u00a0\u202f\u200b\ufeff<>.,;"
_SEPARATORS: Final = re.compile(r"[\s,;/]+")
#: What servers take before « @ »: letters, digits and a few signs, single dots between them.
_LOCAL: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
#: Characters: before « @ », and in all.
LONGEST_LOCAL: Final = 64
LONGEST: Final = 254


class AdresseError(ValueError):
    """This is no address a mail can be sent to; the message says, in French, what to change."""


def nettoyee(text: str) -> str:
    """Return an address as mails need it: what was pasted around it goes, the domain in small letters.

    Raises :class:`AdresseError`.
    """
    shown = text.strip(AROUND)
    address = shown[7:] if shown.lower().startswith("mailto:") else shown
    if len([part for part in _SEPARATORS.split(address) if "@" in part]) > 1:
        raise AdresseError(f"« {_short(shown)} » contient plusieurs adresses : donnez-en une seule.")
    local, at, domain = address.rpartition("@")
    if not at or not local or "." not in domain:
        raise AdresseError("Cette adresse est incomplète : un nom, « @ », puis un domaine avec un point.")
    if not local.isascii():
        raise AdresseError(_accented(local, domain))
    if not _LOCAL.fullmatch(local) or len(local) > LONGEST_LOCAL or len(address) > LONGEST:
        raise AdresseError(_wrong(shown))
    domain = domain.lower()
    _encoded(domain, shown)
    return f"{local}@{domain}"


def acheminable(address: str) -> str:
    """Return an address as mail servers carry it, in ASCII. Raises :class:`AdresseError`."""
    local, _, domain = nettoyee(address).rpartition("@")
    return f"{local}@{_encoded(domain, address)}"


def _encoded(domain: str, shown: str) -> str:
    """The domain in ASCII, as the rules of international names say."""
    found = _in_ascii(domain)
    if not found:
        raise AdresseError(_wrong(shown))
    return found


@lru_cache(maxsize=1024)
def _in_ascii(domain: str) -> str:
    """The same, empty for what is no domain; a whole file of addresses has few, and each costs much."""
    try:
        found = idna.encode(domain, uts46=True, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError):
        return ""
    ending = found.rpartition(".")[2]
    return found if ending.isalpha() or ending.startswith("xn--") else ""


def _wrong(shown: str) -> str:
    return (
        f"« {_short(shown)} » n’est pas une adresse à laquelle écrire : vérifiez ses espaces, ses points, "
        "ses lettres."
    )


def proposition(address: str) -> str:
    """Return the address that may have been meant, when this one’s domain looks mistyped; else nothing."""
    local, at, domain = address.strip(AROUND).rpartition("@")
    meant = domaine_voisin(domain.lower()) if at and local else ""
    return f"{local}@{meant}" if meant else ""


def domaine_voisin(domain: str) -> str:
    """Return the frequent domain one mistake away (two in a long one); nothing for one that is real."""
    if not domain or domain in REAL or domain in FREQUENT or domain in ACADEMIES:
        return ""
    name = domain.rpartition(".")[0]
    if name in ALONE:
        return ALONE[name]
    wide = ACADEMIES if domain.startswith("ac") else FREQUENT
    near = [(_distance(domain, known), rank, known) for rank, known in enumerate(wide)]
    best = min(((gap, rank, known) for gap, rank, known in near if gap is not None), default=None)
    return best[2] if best else ""


def _distance(domain: str, known: str) -> int | None:
    """How many mistakes apart; None when it is too far to ask."""
    most = 2 if len(known) >= LONG else 1
    gap = OSA.distance(domain, known, score_cutoff=most)
    # the first letter is seldom the wrong one: with two mistakes, that is another name
    if gap > most or (gap > 1 and domain[0] != known[0]):
        return None
    name, _, ending = domain.rpartition(".")
    real_name, _, real_ending = known.rpartition(".")
    if len(known) >= LONG - 1 or name == real_name:
        # another country's domain of the same firm is real: yahoo.de, hotmail.it
        same_firm = name == real_name and ending in COUNTRIES
        return None if same_firm else gap
    # in a short name one letter makes another name: only one that was doubled, or not
    doubled = _undoubled(name) == _undoubled(real_name) and ending == real_ending
    return gap if doubled else None


def _undoubled(name: str) -> str:
    return re.sub(r"(.)\1+", r"\1", name)


def _accented(local: str, domain: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", local) if not unicodedata.combining(c))
    advice = f" Écrivez-la sans accent, par exemple {plain}@{domain}." if plain.isascii() else ""
    return (
        "Avant « @ », une adresse s’écrit sans accent : beaucoup de messageries refusent "
        f"« {_short(local)} ».{advice}"
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004 - what a message has room for
