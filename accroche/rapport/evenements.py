"""The ways in which a narrative says that an event took place; all are read without accents nor capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from accroche.campagne.regles import TypeTempsFort
from accroche.lib.nombres import value_of
from accroche.lib.texte import capitale, de

# -- what an event is called -------------------------------------------------------------------------------

#: Those that are one by their name alone, in the order in which they are looked for: the narrow ones first.
_NAMED: Final = (
    (TypeTempsFort.PRESSE, r"conferences? de presse|points? presse"),
    (TypeTempsFort.LANCEMENT, r"(?:demi-)?journees? d'(?:ouverture|lancement)"),
    (TypeTempsFort.FORMATION, r"journees? (?:academiques? )?de (?:formation|professionnalisation)"),
    (
        TypeTempsFort.JOURNEE,
        r"journees? (?:academiques?|departementales?|d'etudes?|de l'innovation|de la perseverance)",
    ),
    (TypeTempsFort.SEMINAIRE, r"seminaires?"),
    (TypeTempsFort.TABLE_RONDE, r"tables? rondes?"),
    (TypeTempsFort.CONFERENCE, r"conferences?|colloques?|webinaires?"),
    (TypeTempsFort.SALON, r"salons?"),
    (TypeTempsFort.TOURNEE, r"forums? itinerants?"),
    (TypeTempsFort.FORUM, r"forums?"),
    (TypeTempsFort.CEREMONIE, r"ceremonies?|inaugurations?"),
)
#: Those that are one where the report says that they took place, or lists its events.
_WIDER: Final = (
    (TypeTempsFort.PRESSE, r"presentations? (?:aux? [^.;:,]{3,40} et )?a la presse"),
    (
        TypeTempsFort.ANIMATION,
        (
            r"ateliers?(?! relais)|(?:evenements?|actions?|animations?) ponctuel(?:le)?s?|chaines? humaines?"
            r"|lach\w{1,3} de ballons|soirees?|expositions?|spectacles?|(?:journees? )?portes ouvertes"
            r"|cafes? des parents"
        ),
    ),
    (TypeTempsFort.CONFERENCE, r"interventions?"),
)
_KINDS: Final = tuple((kind, re.compile(noun)) for kind, noun in (*_NAMED, *_WIDER))
_NOUN: Final = rf"(?P<noun>\b(?:{'|'.join(noun for _, noun in _NAMED)})\b)"
_ANY: Final = rf"(?P<noun>\b(?:{'|'.join(noun for _, noun in (*_NAMED, *_WIDER))})\b)"
#: A text that speaks of an event, whether or not it says it took place.
_SPOKEN: Final = re.compile(
    rf"{_NOUN}|\bvisites?\b|\btemps forts?\b|\binaugur\w+|\btournee\b|\bemissions? de radio\b"
    r"|\bqui (?:est|sont) intervenue?s?\b"
    r"|\b(?:ouverture|lancement|cloture) de la semaine\b|\b(?:recteur|rectrice|dasen|prefet)\b"
)
_COUNT: Final = r"(?P<count>une?|deux|trois|quatre|cinq|plusieurs|des)"
_THE: Final = r"(?:l'|la |le |les |sa |son |leur )?(?:premi\w+ |second\w* |grande? )?"
AUTHORITY: Final = (
    r"(?:recteur|rectrice|dasen|directeurs? academiques?|directrice academique|inspect\w{2,12}|prefete?"
    r"|ministre|secretaire d'etat|elus|maire|autorites academiques)"
)
_WEEK: Final = r"\b(?:semaine|evenement|manifestation|edition)\b"

# -- how it is said to have taken place --------------------------------------------------------------------

_DONE: Final = r"\b(?:a|ont) (?!ete )(?:\w{2,20} )?(?!ete )"
_ORGANISED: Final = re.compile(
    _DONE + r"(?:organise|mis en place|tenu|propose|anime)\b|"
    r"\b(?:a|ont) su mobiliser [^.;:]{3,160}? (?:afin d'|pour )organiser\b"
)
_OBJECT: Final = re.compile(rf"\b{_COUNT} (?:premi\w+ |grande?s? )?{_ANY}")
_HELD: Final = re.compile(
    rf"\b(?:{_COUNT} |{_THE}){_ANY}[^.;:]{{0,120}}? "
    r"(?P<verb>(?:a|ont) (?:\w{2,20} )?ete (?:organise|mise? en place|tenu)"
    r"|(?:s'est|se sont) (?:tenu|deroule)|a eu lieu|ont eu lieu|(?:a|ont) (?:principalement )?consiste)"
)
#: « une conférence et une table ronde »
_AND: Final = re.compile(rf"(?:,| et) (?:{_COUNT} |{_THE}){_ANY}")
_HOLDING: Final = re.compile(
    rf"\b(?:la tenue|l'organisation|la mise en place) (?:d'(?P<count>une?) |du |de la |de |des ){_NOUN}"
)
_BESIDES: Final = re.compile(rf"\b(?:outre|par|avec) l'organisation (?:d'(?P<count>une?) |de |des |d'){_ANY}")
#: The line of a list that is about events.
_LISTED: Final = re.compile(rf"(?:{_COUNT} |{_THE}){_NOUN}")
#: The line of a list that the report says is of events.
_ANNOUNCED: Final = re.compile(
    r"(?:(?:la tenue|l'organisation|la mise en place) (?:de |des |du |de la |d'))?"
    rf"(?:{_COUNT} |{_THE}){_ANY}"
)
_ANNOUNCES: Final = re.compile(
    r"\b(?P<many>deux|trois|quatre|cinq|six|plusieurs) (?:\w{2,20} )?(?:evenements?|temps forts|rendez-vous"
    r"|manifestations)\b[^:]{0,120}: ?$"
)
#: « plusieurs » elements, at most.
_SEVERAL: Final = 6
#: « deux temps forts : un séminaire au Val et une table ronde »
_INLINE: Final = re.compile(
    r"\b(?P<many>deux|trois|quatre|cinq|six) (?:\w{2,20} )?(?:evenements?|temps forts|rendez-vous"
    r"|manifestations)\b[^:.;]{0,120}: (?=\S)"
)
_ITEM: Final = re.compile(
    r"(?:(?<=: )|(?<=, )|(?<= et ))"
    r"(?:(?:la tenue|l'organisation|la mise en place) (?:de |des |du |de la |d'))?"
    rf"(?:{_COUNT} |{_THE}){_ANY}"
)
_CALLED: Final = re.compile(_DONE + r"organise [^«.;]{0,60}\b(?:intitule|appele|baptise|denomme)e?s? « ?")
_VISIT: Final = re.compile(
    r"\b(?P<noun>visites?)\b(?: (?:d'|de |du |des )[^.;:]{3,120}?)? par "
    rf"(?:le |la |l'|les )?{AUTHORITY}\b"
)
_PRESENCE: Final = re.compile(
    rf"\b(?:not|relev|salu|soulign)\w{{1,4}} la (?P<noun>presence) (?:du |de la |des |de l'){AUTHORITY}"
    r"(?: de l'academie)? (?:a la |au |aux |a l')"
)
_CLOSED: Final = re.compile(
    r"\b(?:evenement|semaine|manifestation)[^.;:]{0,60}? a ete cloturee? par (?:le |la |l'|une? )?"
    r"(?P<noun>\w+)"
)
#: « une table ronde venant clôturer cet événement »
_CLOSING: Final = re.compile(
    rf"\b{_COUNT} {_NOUN}[^.;:]{{0,60}}? (?:venant |qui est venue? |qui a |ayant )"
    r"(?:clotur|ouv|lanc|conclu)\w{1,6}"
)
#: « la Semaine a été rythmée par l’intervention de… », « la Semaine a intégré les Journées… »
_RHYTHM: Final = re.compile(
    rf"{_WEEK}[^.;:]{{0,60}}? a (?:\w{{2,20}} )?ete (?:rythme|ponctue|marque|anime|enrichi)e? par "
    rf"(?:{_COUNT} |{_THE}){_ANY}"
)
_HELD_WITHIN: Final = re.compile(
    rf"{_WEEK}[^.;:]{{0,60}}? a (?:\w{{2,20}} )?(?:integre|accueilli|compris|inclus) "
    rf"(?:la manifestation |l'evenement )?(?:{_COUNT} |{_THE}){_NOUN}"
)
_OPENED: Final = re.compile(
    r"\b(?:le |l'|la )(?P<noun>(?P<what>lancement|ouverture|inauguration|cloture) de (?:la |cette )?semaine)"
    r"\b[^.;:]{0,60}? (?:a eu lieu|a pris place|s'est (?:tenu|deroule)e?|a ete organisee?)\b"
)
_OPENS: Final = {"cloture": TypeTempsFort.CLOTURE}
#: « L’association du Val, qui est intervenue au Collège du Val »
_CAME: Final = re.compile(
    r"(?P<noun>[^,;:.]{3,90}), qui (?:est|sont) intervenue?s? "
    r"(?:(?P<theme>sur le theme )|au |a la |a l'|aux |a )"
)
_PROGRAMME: Final = re.compile(r"\bau programme de (?:la |cette )(?P<noun>(?:demi-)?journee) du [0-9]")
# What is told of another year, or is only wished for.
_NOT_NOW: Final = re.compile(
    r"\b(?:avait|avaient|sera|seront|serait|seraient|pourrai\w+|devra\w*|souhait\w+|envisag\w+|prevoi\w+|aurait"
    r"|auraient|annulee?s?|reportee?s?|n'a pas|n'ont pas|prochaine edition|an prochain|edition precedente"
    r"|l'an dernier|edition [0-9]{4}-[0-9]{4})\b"
)
# What happens all the time is no event.
_USUAL: Final = re.compile(
    r"\b(?:tou(?:t au long|te) (?:de )?l'annee|chaque (?:annee|mois|semaine|jour)|hebdomadaires?"
    r"|mensuel\w{0,3}|regulierement|depuis (?:la rentree|[0-9]{4}|plusieurs annees))\b"
)
#: What only comes back to an event told before.
_AGAIN: Final = re.compile(
    r"\b(?:ce|cet|cette|ces|lors d\w*|durant|a l'issue d\w*|a l'occasion d\w*) (?:\w+ )?$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """An event in a sentence: where its name begins, what it is, its count, its name if told apart."""

    start: int
    kind: TypeTempsFort
    count: str = ""
    name: str = ""


def find(sentence: str, folded: str, *, opens_element: bool, announced: bool) -> list[Found]:
    """Find the events that a sentence says took place, in its order; ``folded`` is its flat text.

    ``opens_element``: it begins an element of a list; ``announced``: of one that is said to be of events.
    """
    if _NOT_NOW.search(folded) or _USUAL.search(folded):
        return []
    return sorted(_found(sentence, folded, opens_element, announced), key=lambda one: one.start)


def find_in_action(folded: str) -> list[Found]:
    """Find what the text of an example says of the semaine itself: its opening, a day and its programme."""
    if _NOT_NOW.search(folded):
        return []
    found = list(_opened(folded))
    if match := _PROGRAMME.search(folded):
        found.append(Found(match.start("noun"), TypeTempsFort.JOURNEE))
    return found


def announced(folded: str) -> int:
    """Tell how many events a text announces in a list below, and one for itself; 0 when it does not."""
    match = _ANNOUNCES.search(folded[-300:])
    return (value_of([match["many"]]) or _SEVERAL) + 1 if match else 0


def speaks(folded: str) -> bool:
    """Tell whether a text speaks of an event, be it held or not."""
    return any(not _AGAIN.search(folded[: match.start()]) for match in _SPOKEN.finditer(folded))


def _found(sentence: str, folded: str, opens_element: bool, announced: bool) -> Iterator[Found]:
    if match := _CALLED.search(folded):
        name = sentence[match.end() :].partition("»")[0].strip()
        if kind := _kind(folded[match.end() :]):
            yield Found(match.end(), kind, name=name)
        return
    for pattern, kind in ((_CLOSED, TypeTempsFort.CLOTURE), (_VISIT, TypeTempsFort.VISITE)):
        if match := pattern.search(folded):
            yield Found(match.start("noun"), kind)
            return
    if match := _PRESENCE.search(folded):
        name = sentence[match.start("noun") :].partition(";")[0].partition(",")[0].rstrip(". ")
        yield Found(match.start("noun"), TypeTempsFort.VISITE, name=capitale(name))
        return
    if opened := list(_opened(folded)):
        yield from opened
        return
    if opens_element and (match := _CAME.match(folded)):
        kind = TypeTempsFort.CONFERENCE if match["theme"] else TypeTempsFort.ANIMATION
        theme = sentence[match.end() :].partition("»")[0].strip(" «;.") if match["theme"] else ""
        who = _of(sentence[: match.end("noun")])
        yield Found(match.end(), kind, name=f"Intervention {who}{f' « {theme} »' if theme else ''}")
        return
    for match in _plain(folded, opens_element, announced):
        if noun := _kind(match["noun"]):
            yield Found(match.start("noun"), noun, count=match["count"] or "")


def _plain(folded: str, opens_element: bool, announced: bool) -> list[re.Match[str]]:
    if inline := _INLINE.search(folded):
        items = list(_ITEM.finditer(folded, inline.end()))
        if len(items) == value_of([inline["many"]]):
            return items
    if (match := _ORGANISED.search(folded)) and (found := list(_OBJECT.finditer(folded, match.end()))):
        return found
    for pattern in (_HELD, _HOLDING, _CLOSING, _RHYTHM, _HELD_WITHIN, _BESIDES):
        if (match := pattern.search(folded)) and (pattern is not _HELD or _agrees(match)):
            return [match]
    listed = (_ANNOUNCED if announced else _LISTED).match(folded) if opens_element else None
    return [listed] if listed else []


def _agrees(held: re.Match[str]) -> bool:
    """Tell whether the verb is that of the event, by their number: « une exposition… ont été »."""
    between = held.string[held.end("noun") : held.start("verb")]
    several = held["noun"].split(" ")[0].endswith("s")
    return several == held["verb"].startswith(("ont", "se")) or _AND.search(between) is not None


def _opened(folded: str) -> Iterator[Found]:
    if match := _OPENED.search(folded):
        yield Found(match.start("noun"), _OPENS.get(match["what"], TypeTempsFort.LANCEMENT))


def _kind(folded: str) -> TypeTempsFort | None:
    return next((kind for kind, noun in _KINDS if noun.match(folded)), None)


def _of(who: str) -> str:
    """« L’association du Val », « Le Cercle », « CANOPE » after « Intervention »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des "), ("La ", "de la "), ("L’", "de l’")):
        if who.startswith(article):
            return contracted + who.removeprefix(article)
    return de(who)
