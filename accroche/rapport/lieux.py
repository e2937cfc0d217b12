"""The place that a sentence names beside an event: « au lycée du Val », « à Clairval »."""

from __future__ import annotations

import re
from typing import Final

from accroche.lib.texte import capitale

#: What has a name and is a place.
_INSTITUTION: Final = (
    r"(?:micro-)?lycees?|colleges?|ecoles?|espe|inspe|cios?|lp|lpa|lpo|legta|erea|universite|faculte"
    r"|amphitheatre|centres?|mairie|hotel de (?:ville|region|departement)|palais|theatre|mediatheque"
    r"|bibliotheque|salle|parc|maison|campus|iut|gymnase|stade|musee|chateau|cite scolaire|rectorat"
    r"|locaux|bef|bassin|atelier canope|canope"
)
#: Said of one place alone, they need no name.
_ALONE: Final = frozenset({"espe", "inspe", "rectorat"})
_AT: Final = re.compile(
    rf"(?<=[ (])(?:(?:au |a la |a l'|dans l(?:es? |a |'))(?=(?P<what>{_INSTITUTION})\b)|a (?=\w))"
)
_STOP: Final = re.compile(
    r"[,;.:()«]| (?:les? |du |au |des? )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
    r"| (?:les?|du|des|au|en|et|jusqu'au) [0-9]| (?:sur|en presence|sous|avec|pour|afin|qui|dont|ou|durant"
    r"|par|lors|autour|ainsi|puis|ont|est|sont|permettant|organisee?s?|a (?:ete|reuni|permis|eu)) "
    r"| a (?:destination|laquelle) | et (?:au|a la|a l'|aux|une?|des|les?|la) | dans | en "
)
_TOWN: Final = re.compile(
    r"[A-ZÀ-Þ][\w’'-]*(?:(?: (?:de|du|des|d’|sur|sous|en|les|lès|le|la|l’))? ?(?<=[ ’])[A-ZÀ-Þ][\w’'-]*)*"
)
#: « à la demande de… », or the next element of a list that lost its signs: « … à Clairval L’École du Val ».
_GLUED: Final = re.compile(r" à l(?:a |’)|(?<=[a-zà-ÿ]{3}) (?:L’|La |Le |Les |Une? )(?=[A-ZÀ-Þa-z])")
#: What is said to be done *for* or *about* the place that follows.
_NOT_THERE: Final = re.compile(
    r"\b(?:mise?s? en (?:oeuvre|œuvre|place)|destin|(?<!s'est )ouvert|consacr|dedi|grac|relati|suite|face"
    r"|jusqu|adress|offert|remis|propos|present|partici|associ|confi|hommage|soutien|appel|lie(?!u)|merci"
    r"|rapport|quant|acc)\w{0,12}['-]?\s?$"
)
#: Between an event and its place, and the longest of places.
_NEAR: Final = 150
_LONGEST: Final = 90


def place_in(sentence: str, folded: str, start: int, until: int) -> str:
    """Give the place named between two positions of a sentence, of which ``folded`` is the flat text.

    Empty when none is told by its name. Only the first is read, in the clause of the event.
    """
    end = min(until, start + _NEAR)
    for match in _AT.finditer(folded, start, end):
        if _NOT_THERE.search(folded[max(0, match.start() - 20) : match.start()]):
            continue
        begin = match.end()
        if match["what"] is None:
            town = _TOWN.match(sentence, begin)
            if town:
                return town.group().strip()
            continue
        stop = _STOP.search(folded, begin)
        name = sentence[begin : min(stop.start() if stop else len(sentence), until)].strip()
        glued = _GLUED.search(name)
        name = name[: glued.start()] if glued else name
        named = any(sign.isupper() for sign in name[1:]) or folded[begin : begin + len(name)] in _ALONE
        if named and len(name) <= _LONGEST:
            return capitale(name)
    return ""
