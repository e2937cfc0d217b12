"""What a heading may announce: fields, from the surest, each with why. The cells decide after."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from accroche.imports.recensement.autres import AUTRES, NAME_OF_SOMETHING
from accroche.imports.recensement.champs import LEVELS, Champ
from accroche.imports.recensement.ecriture import (
    ASKED,
    IS_THERE,
    LEVELS_OF_HEADINGS,
    PLURAL,
    SHORTENED,
    SMALL,
    normal,
    unglued,
)
from accroche.imports.recensement.synonymes import SYNONYMS
from accroche.imports.recensement.vocabulaire import (
    A_THING,
    A_TITLE,
    ADRESSES,
    BEGINNINGS,
    COMMUNES,
    COURRIELS,
    ENDINGS,
    JOURS,
    NIVEAUX,
    NOMS,
    PEUT_ETRE,
    QUESTIONS,
    RECITS,
    TELEPHONES,
    TITRES,
)

#: A heading this close to a known one is taken for it, out of 100. Under it, « Nom du chef » would be a
#: « Nom du contact »; above it, « Etablisement » would be unknown.
CLOSE: Final = 86
_MIN_LETTERS: Final = 4
#: Characters of a word of which one letter makes another word, and of its beginning, which has to be there.
_SHORT: Final = 8
_SAME: Final = 2
EXACT: Final = 100
_GROUPED: Final = 99
_CORE: Final = 96
_BEGINS: Final = 90
_ASKS: Final = 88
_NAMED: Final = 64
#: A heading is a few words; a longer text that begins like one is a row, unless it asks something.
_MOST_WORDS: Final = 8
_QUESTION_WORDS: Final = 30
#: « Action prévue pendant la semaine de la persévérance scolaire » may be as long.
_OF_ACTIONS: Final = re.compile(
    r"(?:actions?|projets?) (?:prevue?s?|menee?s?|realisee?s?|proposee?s?|envisagee?s?)\b"
)
#: A table in several languages has ours, or none we read.
_OTHER_LANGUAGE: Final = re.compile(
    r"^(?:titre|title|intitule|description|resume|abstract|summary|presentation|mot cle|keyword|nom|name"
    r"|condition|lieu|location|venue|place)\b"
    r".*\b(?:en|es|de|it|pt|nl|oc|br|eu|ko|ja|zh|ar|ru|pl)$"
)


_QUESTION_CODE: Final = re.compile(r"^(?:g\d+)?q\d+[a-z]? (?=[a-z])")
#: What parts two ways of saying one thing, « Operation / Opération », and a group from what stands under it.
_ALTERNATIVES: Final = re.compile(r"[/|]")
_INSIDE: Final = re.compile(r"\(([^()]{1,40})\)")
#: What says whose a column is no more than the group it stands under.
_SAYS_LITTLE: Final = frozenset(
    ("nom", "name", "libelle", "type", "titre", "title", "adresse", "description")
)
_OF_A_THING: Final = re.compile(
    r"^(?:event|project|activity|card|task|item) (?=[a-z])(?!time\b)"
    r"|^(?:submission|proposal) (?=(?:title|name|url|link|description|abstract)$)"
    rf"|^(?:venue|location|place|address|lieu|{A_THING}) (?=(?:city|ville|commune|date)$|(?:nombre|nb) )"
)


@dataclass(frozen=True, slots=True)
class Supposition:
    """One field a heading may announce. ``score`` out of 100; ``why``: in words, {} the heading.

    One that ``asks`` something of the cells of its column is believed only when they agree: see ``accord``.
    """

    champ: Champ
    score: float
    why: str
    asks: str = ""


def under(heading: str) -> str:
    """Return what stands under the group a heading begins with, « Action – Date » is « date »; else nothing.

    The group has to be known, or to be what an action is called: « Comité – Date » is no date of ours.
    """
    group, *below = LEVELS_OF_HEADINGS.split(heading.strip(), maxsplit=1)
    if not below or not (suppositions(normal(group)) or is_a_thing(normal(group))):
        return ""
    words = normal(below[0])
    return "" if words in _SAYS_LITTLE else words


def is_a_thing(words: str) -> bool:
    """Whether normal words begin as an action may be called, « projet »."""
    return _NAMES_A_THING.match(words) is not None


def alternatives(heading: str) -> tuple[str, ...]:
    """Return the ways a heading says one thing, « Stand / atelier », « Suite (lien) »; else nothing."""
    parts = _ALTERNATIVES.split(heading)
    told = [*(parts if len(parts) > 1 else ()), *_INSIDE.findall(heading)]
    return tuple(words for part in told if (words := normal(part)) and words not in _SAYS_LITTLE)


def inside(heading: str) -> tuple[str, ...]:
    """Return what is in brackets in a heading, as normal words."""
    return tuple(normal(part) for part in _INSIDE.findall(heading))


def _core(words: str) -> str:
    return " ".join(word for word in words.split() if word not in SMALL)


_KNOWN: Final[dict[str, Champ]] = {
    PLURAL.sub("", words): champ for champ, all_ in SYNONYMS.items() for words in all_
} | {normal(champ.label): champ for champ in Champ if champ is not Champ.IGNORE}
#: Nobody else's heading is one of ours that nothing takes back, for being close to it.
_TAKEN: Final = {words: champ for words, champ in _KNOWN.items() if not champ.is_information}
_WORDS: Final = tuple(_TAKEN)
_CORES: Final[dict[str, Champ]] = {
    core: champ for words, champ in reversed(_TAKEN.items()) if (core := _core(words)) and core not in _KNOWN
}
_MAYBE: Final[dict[str, tuple[tuple[Champ, int, str], ...]]] = {
    words: maybe for all_, maybe in PEUT_ETRE for words in all_
}
_ENDINGS: Final = tuple((re.compile(pattern), maybe) for pattern, maybe in ENDINGS)
_BEGINNINGS: Final = tuple((re.compile(rf"\A(?:{pattern})"), champ) for pattern, champ in BEGINNINGS)
_QUESTIONS: Final = tuple((re.compile(rf"\A(?:{pattern})"), champ) for pattern, champ in QUESTIONS)
_TITLE: Final = re.compile(A_TITLE)
_NAMES_A_THING: Final = re.compile(A_THING)
_ITS_NAME: Final = re.compile(NAME_OF_SOMETHING)
_OTHERS: Final = tuple((re.compile("|".join(patterns)), what) for what, patterns in AUTRES)
#: Fields whose heading may stand above several columns.
_GROUPS: Final = frozenset({
    *(Champ.NIVEAUX, Champ.DATES, Champ.CONTACT, Champ.CONTACT_PUBLIC, Champ.PUBLIC, Champ.ETABLISSEMENT),
    *(Champ.CLASSES, Champ.TITRE),
})  # fmt: skip
#: « Action collège » is of a collège, « Écoles bénéficiaires » are schools.
_NOT_UNDER: Final[dict[Champ, frozenset[Champ]]] = {
    Champ.TITRE: LEVELS,
    # « Établissements invités »
    Champ.ETABLISSEMENT: frozenset({Champ.PUBLIC, Champ.EFFECTIF, Champ.AUTORITE, Champ.TITRE}),
    # « Date action 1 », « Contact action »: of an action, and not its title
    **dict.fromkeys((Champ.CONTACT, Champ.PUBLIC, Champ.NIVEAUX), frozenset({Champ.TITRE})),
    # « date_mission »: when, and not what it is about
    Champ.DATES: frozenset({Champ.TITRE, Champ.DESCRIPTION}),
}
#: How the reason of a misspelt heading begins.
RESEMBLES: Final = "l’en-tête ressemble à"
#: What cells have to be, where a heading is one word cut short.
_SHOWN_BY: Final = {
    **dict.fromkeys((Champ.DATES, Champ.DEBUT, Champ.FIN), JOURS),
    **dict.fromkeys((Champ.ETABLISSEMENT, Champ.PARTENAIRES, Champ.CONTACT, Champ.PUBLIC), NOMS),
    Champ.TITRE: TITRES,
    Champ.COMMUNE: COMMUNES,
    Champ.DESCRIPTION: RECITS,
    Champ.NIVEAUX: NIVEAUX,
}
#: What cells have to be, where a heading is no more than close to one that says so.
_PROVED: Final = {Champ.COURRIEL: COURRIELS, Champ.TELEPHONE: TELEPHONES, Champ.LIENS: ADRESSES}
#: The words of the longest known heading: a group and what stands under it have no more, each.
_LONGEST: Final = max(len(words.split()) for words in _WORDS)


@lru_cache(maxsize=4096)
def guess(words: str) -> tuple[Champ, float]:
    """Return what a normal heading holds and how sure, its cells unseen; IGNORE and 0 when none is close."""
    found = next((one for one in suppositions(words) if not one.asks), None)
    return (found.champ, found.score) if found else (Champ.IGNORE, 0)


@lru_cache(maxsize=4096)
def suppositions(words: str) -> tuple[Supposition, ...]:
    """Return what a normal heading may hold, from the surest; nothing when it is unknown."""
    words = _bare(words)
    if words in _KNOWN:
        first = (Supposition(_KNOWN[words], EXACT, "d’après l’en-tête"),)
        return first + tuple(one for one in _maybe(words) if one.champ is not first[0].champ)
    if autre(words) or _OTHER_LANGUAGE.match(words):
        return ()
    if maybe := _maybe(words):
        return tuple(_beside(words, one) for one in maybe)
    if len(words) < _MIN_LETTERS:
        return _cut_short(words)
    found = (
        _under_a_group(words)
        or _by_its_core(words)
        or _by_its_beginning(words)
        or _close(words)
        or _name_of_something(words)
    )
    if found:
        return (_beside(words, found),)
    return _written_out(words)


def _written_out(words: str) -> tuple[Supposition, ...]:
    """What a heading says that asks, or whose words are cut short, or written as one: « nomstructure »."""
    if (asked := _without_asking(words)) != _core(words) and (maybe := _maybe(asked)):
        return tuple(_beside(asked, one) for one in maybe)
    whole = " ".join(SHORTENED.get(word, word) for word in words.split())
    if whole != words:
        return _cut_short(words) if " " not in words else suppositions(whole)
    rest = (apart := unglued(words)).partition(" ")[2]
    is_known = rest in _KNOWN or rest in _MAYBE or is_a_thing(rest)
    return suppositions(apart) if apart != words and is_known else ()


def _cut_short(word: str) -> tuple[Supposition, ...]:
    """What one word cut short says, « deb », where the cells prove it: « com » is no comment then."""
    if word not in SHORTENED:
        return ()
    told = (one for one in suppositions(SHORTENED[word]) if one.champ in _SHOWN_BY)
    if len(word) < _MIN_LETTERS:  # « Partner (Orgs) » says no more than what partners are
        told = (one for one in told if one.champ is not Champ.ETABLISSEMENT)
    return tuple(replace(one, asks=one.asks or _SHOWN_BY[one.champ]) for one in told)


def _beside(words: str, found: Supposition) -> Supposition:
    """« Co-organisateurs », « Co-porteur »: with whom, and not who."""
    together = words.startswith("co ") and found.champ is Champ.ETABLISSEMENT
    return replace(found, champ=Champ.PARTENAIRES, asks="") if together else found


def abroad(words: str) -> str:
    """Return a heading without the language it says its cells are in, « nameEn »; nothing without one."""
    return words.rpartition(" ")[0] if _OTHER_LANGUAGE.match(words) else ""


def in_another_language(words: str) -> bool:
    """Whether a heading says that its cells are not in French: « nameKo »."""
    return _OTHER_LANGUAGE.match(words) is not None


@lru_cache(maxsize=4096)
def autre(words: str) -> str:
    """Return what a heading announces that is no field of ours, « une adresse postale »; else nothing."""
    words = _bare(words)
    if words in _KNOWN or words in _MAYBE or _TITLE.match(words):
        return ""
    if _OTHER_LANGUAGE.match(words):
        return "dans une autre langue"
    return next((what for pattern, what in _OTHERS if pattern.search(words)), "")


def _bare(words: str) -> str:
    """A heading without its language, the number of its question, or the thing a program says all are of."""
    words = _QUESTION_CODE.sub("", words.removesuffix(" fr") or words)
    if words in _KNOWN:
        return words
    return _asked_if_any(_OF_A_THING.sub("", words))


def _asked_if_any(words: str) -> str:
    """What « Avez-vous un partenaire ? Si oui, lequel ? » asks, where it is one thing we know."""
    question, yes, _ = words.partition(" si oui")
    if not yes:
        return words
    parts = question.split()
    while parts and (parts[0] in IS_THERE or parts[0] in SMALL):
        parts.pop(0)
    asked = " ".join(parts)
    return asked if asked in _KNOWN else words


def _maybe(words: str) -> tuple[Supposition, ...]:
    found = _MAYBE.get(words) or _MAYBE.get(_core(words))
    if not found:
        core = _core(words)  # « Nom de votre organisme »
        found = next(
            (maybe for told in (words, core) for pattern, maybe in _ENDINGS if pattern.search(told)), ()
        )
    return tuple(Supposition(champ, score, "d’après le mot « {} »", asks) for champ, score, asks in found)


def _under_a_group(words: str) -> Supposition | None:
    """« Niveaux concernés » above « Collège », « Dates » above « du »."""
    parts = words.split()
    if len(parts) > 2 * _LONGEST:
        return None
    for cut in range(1, len(parts)):
        group, part = " ".join(parts[:cut]), " ".join(parts[cut:])
        above = _KNOWN.get(group)
        if above in _GROUPS and part in _KNOWN and _KNOWN[part] not in _NOT_UNDER.get(above, ()):
            return Supposition(_KNOWN[part], _GROUPED, f"d’après « {group} » et « {part} »")
    return None


def _by_its_core(words: str) -> Supposition | None:
    """« Nom de votre école », « Quel est le titre du projet ? »."""
    parts = words.split()
    if len(parts) > _QUESTION_WORDS:
        return None
    core = _core(words)
    if core in _KNOWN or core in _CORES:
        return Supposition(_KNOWN.get(core) or _CORES[core], _CORE, "d’après l’en-tête")
    for pattern, champ in _QUESTIONS:
        if pattern.match(core):
            return Supposition(champ, _ASKS, "d’après la question posée")
    asked = _without_asking(words)
    if len(asked) >= len(core):
        return None
    if asked in _KNOWN or asked in _CORES:
        return Supposition(_KNOWN.get(asked) or _CORES[asked], _ASKS, "d’après la question posée")
    return next(
        (
            Supposition(champ, _ASKS, "d’après la question posée")
            for pattern, champ in _BEGINNINGS
            if pattern.match(asked)
        ),
        None,
    )


def _without_asking(words: str) -> str:
    """The words that count of what a question asks: « Quel est le nom de votre organisme ? »."""
    parts = words.split()
    while parts and (parts[0] in ASKED or parts[0] in SMALL):
        parts.pop(0)
    return _core(" ".join(parts))


def _by_its_beginning(words: str) -> Supposition | None:
    core = _core(words)
    long = len(words.split()) > _MOST_WORDS
    if len(core.split()) > _MOST_WORDS or (long and not _OF_ACTIONS.match(words)):
        return None
    return next(
        (
            Supposition(champ, _BEGINS, "d’après le début de l’en-tête")
            for pattern, champ in _BEGINNINGS
            # « Date de l’écrit » is no date of ours, whatever is left of it
            if pattern.match(words) or (champ is not Champ.DATES and pattern.match(core))
        ),
        None,
    )


def _name_of_something(words: str) -> Supposition | None:
    """« Nom de la cordée », « Intitulé de l’offre »: of whatever is no person, place nor organisation."""
    if len(words.split()) > _MOST_WORDS or not _ITS_NAME.match(words):
        return None
    return Supposition(Champ.TITRE, _NAMED, "d’après « {} »", TITRES)


def _close(words: str) -> Supposition | None:
    """Misspelt: « Descripitf »; what has a form of its own has to have it: « main_contact » no « mail »."""
    found = process.extractOne(words, _WORDS, scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE)
    if not found:
        return None
    if len(found[0]) < _SHORT and found[0][:_SAME] != words[:_SAME]:
        return None  # « Auction » is no « Action »
    champ = _KNOWN[found[0]]
    why = f"{RESEMBLES} « {found[0]} »"
    return Supposition(champ, float(found[1]), why, _PROVED.get(champ, ""))
