"""Inviting a school to declare: who is written to, why others are not, and in which words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from accroche.integrations.courriel import AdresseError, acheminable
from accroche.lib.libelles import Libelle
from accroche.pilotage.couverture import Etape


def monday(day: dt.date) -> dt.date:
    """The first day of the ISO week of ``day``."""
    return day - dt.timedelta(days=day.weekday())


class Empechement(Libelle):
    """Why a chosen school is not written to."""

    NO_ADDRESS = "sans_adresse", "L’annuaire ne donne pas d’adresse électronique"
    BAD_ADDRESS = "mauvaise_adresse", "L’adresse de l’annuaire n’en est pas une à laquelle écrire"
    THIS_WEEK = "cette_semaine", "Déjà invité cette semaine"
    OPTED_OUT = "refus", "Ne souhaite plus recevoir d’invitation"
    DECLARED = "declare", "A déclaré entre-temps"
    CLOSED = "ferme", "N’est pas ouvert aujourd’hui"


def empechement(
    *, is_open: bool, etape: Etape, address: str, opted_out: bool, this_week: bool
) -> Empechement | None:
    """Why a school is not written to now; None when it may be. What no coming week mends comes first."""
    if not is_open:
        return Empechement.CLOSED
    if etape.has_declared:
        return Empechement.DECLARED
    if opted_out:
        return Empechement.OPTED_OUT
    if not address:
        return Empechement.NO_ADDRESS
    try:
        acheminable(address)
    except AdresseError:
        return Empechement.BAD_ADDRESS
    return Empechement.THIS_WEEK if this_week else None


#: Schools one sending takes: a request stays short, and nobody writes to a whole région by mistake.
BATCH = 500


class Mot(Libelle):
    """A word of the text that each school's mail replaces."""

    SCHOOL = "{etablissement}", "le nom et la commune de l’établissement"
    LINK = "{lien}", "l’adresse où il déclare, déjà remplie avec son code UAI"
    CLOSES = "{date}", "le moment où les déclarations ferment"


SUBJECT = "Votre établissement et la Semaine de la persévérance scolaire"

TEXT = """Bonjour,

Que fait {etablissement} pour que chaque élève garde l’envie d’apprendre ? Un forum, un tutorat, une \
rencontre avec des professionnels : toute action compte, même petite.

Quelques minutes suffisent pour la faire connaître, avec ou sans compte :
{lien}

Vous avez jusqu’au {date}. Merci de transmettre ce message à l’équipe concernée."""


@dataclass(frozen=True, slots=True)
class Lettre:
    """What one sends, with the words of :class:`Mot` still in it."""

    subject: str = SUBJECT
    text: str = TEXT

    def to(self, *, school: str, link: str, closes: str, stop: str) -> str:
        """The mail of one school: its words put in, its link if the text left it out, and the way out."""
        values = {Mot.SCHOOL: school, Mot.LINK: link, Mot.CLOSES: closes}
        # in one pass: a school named « {lien} » stays so
        body = _MOTS.sub(lambda found: values[Mot(found[0])], self.text.strip())
        if Mot.LINK not in self.text:
            body += f"\n\nDéclarer une action : {link}"
        return f"{body}\n\n-- \nNe plus recevoir d’invitation pour cet établissement : {stop}\n"


_MOTS = re.compile("|".join(re.escape(mot) for mot in Mot))
