"""Who steers a semaine, and its committee, where a sheet says so in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from accroche.lib.texte import capitale
from accroche.rapport.paragraphs import Paragraph
from accroche.rapport.phrases import flat, sentences
from accroche.rapport.problems import Problems

_EVENT: Final = r"(?:cet evenement|l'evenement|(?:la|cette) (?:manifestation|semaine))"
_ARTICLE: Final = r"(?:le |la |l'|les )?"
#: Services that may steer one; another name is no service.
_SERVICE: Final = (
    r"(?:mlds|mission de lutte|cardie|saio|csaio|service|dsden|dafpic|dafco|daet|delegation|cellule|gip"
    r"|rectorat|pole|bureau|reseau foquale|direction|inspection|groupe)\b"
)
_NAME: Final = rf"{_ARTICLE}(?P<name>{_SERVICE}[^,.;:(]{{0,100}})"
_BY: Final = rf"(?:organise|pilote|porte|coordonne)e? par {_NAME}"
_PILOTS: Final = (
    re.compile(rf"\b{_BY}, {_EVENT}\b"),
    re.compile(rf"\b{_EVENT}[^.;:]{{0,60}}? {_BY}"),
    re.compile(rf"^{_NAME}, pilotes? de {_EVENT}\b"),
    re.compile(rf"\bpilotage[^.;:]{{0,60}}? (?:assure par|confie a) {_NAME}"),
)
_COMMITTEE: Final = re.compile(
    r"\b(?:comite|groupe|cellule)(?: academique| departemental| interdepartemental)? de (?:pilotage|suivi)"
    r"(?: d[ue] l?[a-z' -]{2,80}| de la [a-z' -]{2,80}| des [a-z' -]{2,80})?"
)
# Where the name of a service or of a committee ends.
_ENDS: Final = re.compile(
    r" (?:a|ont|est|sont|s'est|se|qui|dont|pour|afin|en|dans|lors|avec|au|aux|sous|reuni\w*|comprend|associe"
    r"|et) "
)
_ACRONYM: Final = re.compile(r"[A-Z]{3,8}\b")
_SPOKEN: Final = re.compile(r"\b(?:pilote par|pilotee par|pilotage|pilotes? de|copilot\w+)\b")


def read_pilotage(narrative: Sequence[Paragraph], problems: Problems) -> tuple[str, str]:
    """Read the service that steers and the committee; what is not understood of them is named."""
    pilots: list[str] = []
    committees: list[str] = []
    for paragraph, sentence in sentences(narrative):
        folded = flat(sentence)
        pilot = next(filter(None, (way.search(folded) for way in _PILOTS)), None)
        committee = None if "clotur" in folded else _COMMITTEE.search(folded)
        if pilot:
            pilots.append(_name(sentence, folded, pilot.start("name"), pilot.end("name")))
        elif committee:
            committees.append(_name(sentence, folded, committee.start(), committee.end()))
        elif _SPOKEN.search(folded):
            problems.leave(
                paragraph.number,
                sentence,
                "Cette phrase parle du pilotage sans nommer clairement un service ni un comité : elle reste "
                "dans le récit. Complétez la fiche à la main s’il le faut.",
            )
    return _one(pilots), _one(committees)


def _name(sentence: str, folded: str, start: int, end: int) -> str:
    if acronym := _ACRONYM.match(sentence, start):
        return acronym.group()
    stop = _ENDS.search(folded, start, end)
    return capitale(sentence[start : stop.start() if stop else end].strip())


def _one(names: Sequence[str]) -> str:
    """The first name that is told: later sentences come back to it."""
    return names[0] if names else ""
