"""What columns hold once the others are known: days, titles, names beside a kind of school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accroche.imports.recensement import vocabulaire as voc
from accroche.imports.recensement.accord import (
    are_names_of_several,
    may_be_varied,
    may_name_people,
    names_or_may_name_people,
    names_places,
    says_the_same,
)
from accroche.imports.recensement.champs import CARRIERS, DAYS, INFORMATION, Champ
from accroche.imports.recensement.colonne import TAKEN, Candidat
from accroche.imports.recensement.contenu import Cases
from accroche.imports.recensement.ecriture import number_of
from accroche.imports.recensement.entetes import EXACT, abroad, guess

_HALF: Final = 0.5
_OF_ACTIONS: Final = re.compile(r"(?:actions?|activites?|projets?)\b")
#: Headings of forms that say who answered beside them, and of calendars that say what in « Summary ».
_FORMS: Final = frozenset((
    *("prenom", "first name", "horodateur", "heure de debut", "adresse de messagerie"),
    *("timestamp", "completion time", "email address"),
))  # fmt: skip
#: Headings of a first name: the name beside it is a person's, « Nom de l’experte », unless it is an action's.
_FIRST_NAME: Final = re.compile(r"(?:prenom|first name|firstname|given name)\b")
_A_NAME: Final = re.compile(r"(?:nom|name|last name|surname|family name)\b(?!.*\b" + voc.A_THING + r"\b)")
_ONLY_A_NAME: Final = frozenset(("nom", "name"))
_YOUR_NAME: Final = re.compile(r"(?:quel est |what is )?(?:votre|ton|your|mon|my) (?:full )?(?:nom|name)$")
_SURELY: Final = 80
_ABROAD: Final = 60
#: Questions that go on from another: what they ask of is told there.
_IF_SO: Final = re.compile(r"\s*(?:si (?:oui|non)|if (?:yes|so|no))\b", re.IGNORECASE)
_OF_ITS_OWN: Final = frozenset((Champ.TITRE, Champ.ETABLISSEMENT, *DAYS))
_CALENDARS: Final = frozenset(("dtstart", "dtend"))
#: A beginning that is of the last day, an end that is of the first: how much less they are worth than others.
_INNER: Final = {
    Champ.DEBUT: re.compile(r"\b(?:derniere?|last)\b|\blastdate"),
    Champ.FIN: re.compile(r"\b(?:premiere?|first)\b|\bfirstdate"),
}
_FARTHER: Final = 5
_ENGLISH_TITLE: Final = re.compile(r"\b(?:title|name)\b")
_FRENCH_TITLE: Final = re.compile(r"\b(?:titre|intitule|libelle|nom)\b")
#: Headings of a name that says not of what: of a school, beside its kind, or of a person.
ITS_NAMES: Final = frozenset(("nom", "name", "denomination", "libelle", "designation"))
#: The score of a title that says the same on many rows, when nothing else says more.
_REPEATED: Final = 55
#: How many of them are each another, at least, where nothing else tells them apart.
_APART: Final = 0.2
_WHERE_ONE_MEETS: Final = re.compile(r"\b(?:rendez vou|rdv|rassemblement|depart|meeting point)\b")
_THEIR_NAMES: Final = "faute d’autre porteur, des noms qui reviennent à côté d’un titre : d’après « {} »"


def _of_people(one: Candidat, words: Sequence[str]) -> bool:
    """Whether people are named: beside a first name, or the hour of an answer, « Nom » is who answered.

    « Nom de l’établissement » beside a first name stays that of a school.
    """
    heading = words[one.position]
    if heading in _ONLY_A_NAME:
        return not _FORMS.isdisjoint(words) or any(map(_FIRST_NAME.match, words))
    named = one.champ is Champ.TITRE and _A_NAME.match(heading) is not None
    return named and any(map(_FIRST_NAME.match, words))


def _of_somebody_else(
    one: Candidat, heading: str, words: Sequence[str], told: Sequence[Cases | None]
) -> Candidat:
    if one.remembered:
        return one
    if one.champ is Champ.TITRE and _YOUR_NAME.match(words[one.position]):
        if names_or_may_name_people(told[one.position]):
            return replace(one, champ=Champ.CONTACT, score=_SURELY, why="qui a répondu, d’après « {} »")
        return replace(one, champ=Champ.IGNORE, score=EXACT, why="qui a répondu")
    if _of_people(one, words):
        return replace(one, champ=Champ.IGNORE, score=EXACT, why="qui a répondu")
    if one.champ in _OF_ITS_OWN and _IF_SO.match(heading):
        return replace(one, champ=Champ.IGNORE, score=EXACT, why="une question qui dépend d’une autre")
    return one


def in_context(
    choices: list[Candidat], texts: Sequence[str], words: Sequence[str], told: Sequence[Cases | None]
) -> list[Candidat]:
    """What columns may hold once the others are known."""
    champs = {one.champ for one in choices if one.score >= TAKEN}
    if not {Champ.IDENTIFIANT, Champ.VERSION} <= champs:
        foreign = {
            Champ.IDENTIFIANT: "un numéro d’un autre outil : nos exports ont aussi une colonne « Version »",
            Champ.VERSION: "une version d’autre chose : nos exports ont aussi une colonne « Identifiant »",
            **dict.fromkeys(INFORMATION, "n’est lu que dans nos propres exports, pour information"),
            Champ.ETAT: "l’état d’un autre outil",
            Champ.PRIX: "un prix ou un tarif : les prix reçus ne sont lus que dans nos propres exports",
        }
        choices = [
            replace(one, champ=Champ.IGNORE, score=EXACT, why=foreign[one.champ])
            if one.champ in foreign and not one.remembered
            else one
            for one in choices
        ]
    if not champs & {Champ.ETABLISSEMENT, Champ.UAI}:
        # « Établissement / Ville » alone names the school and its town in one cell
        choices = [
            replace(one, champ=Champ.ETABLISSEMENT)
            if one.champ is Champ.COMMUNE and words[one.position].startswith("etablissement")
            else one
            for one in choices
        ]
    if Champ.TYPE in champs and Champ.ETABLISSEMENT not in champs:
        # « Type », « Nom », « Ville »: a school by its kind and its name, when another column says the title
        titled = {one.position for one in choices if one.champ is Champ.TITRE and one.score >= TAKEN}
        choices = [
            replace(one, champ=Champ.ETABLISSEMENT, why=f"{one.why}, à côté du type d’établissement,")
            if one.champ is Champ.TITRE
            and words[one.position] in ITS_NAMES
            and len(titled) > 1
            and names_places(told[one.position])
            else one
            for one in choices
        ]
    choices = [_of_somebody_else(one, texts[one.position], words, told) for one in choices]
    if not _CALENDARS.isdisjoint(words):
        choices = [
            replace(one, champ=Champ.TITRE)
            if words[one.position] == "summary" and not one.remembered
            else one
            for one in choices
        ]
    if not any(one.champ is Champ.TITRE and one.score >= TAKEN for one in choices):
        # of one carrier, those that say the same would be one action
        carried = any(one.champ in CARRIERS and one.score >= TAKEN for one in choices)
        choices = [
            replace(
                one, score=_REPEATED, why="faute d’autre titre, même s’il revient souvent : d’après « {} »"
            )
            if one.champ is Champ.TITRE
            and says_the_same(held := told[one.position])
            and not may_name_people(held)
            and (carried or (held is not None and held.variety >= _APART))
            else one
            for one in choices
        ]
    choices = _carried(_by_names(_not_where_one_meets(choices, words), words), words, told)
    choices = [_in_french(_outermost(one, words[one.position]), choices, words) for one in choices]
    titles = [
        one for one in choices if one.champ is Champ.TITRE and one.score >= TAKEN and not one.remembered
    ]
    told_at_length = [one for one in titles if _tells_at_length(words[one.position], told[one.position])]
    if any(one not in told_at_length for one in titles):
        choices = [
            replace(one, champ=Champ.DESCRIPTION, why=f"{one.why}, où sont des phrases,")
            if one in told_at_length
            else one
            for one in choices
        ]
    return _days(choices, texts, words)


def told_in_english(words: Sequence[str], told: Sequence[Cases | None]) -> list[Candidat]:
    """« nameEn », where no column gives a title in French, and « descriptionEn » with it."""
    found = []
    for at, heading in enumerate(words):
        champ = guess(abroad(heading))[0] if heading.endswith(" en") else Champ.IGNORE
        if champ is Champ.DESCRIPTION:
            found.append(Candidat(at, champ, _ABROAD, "faute de texte en français : d’après « {} »"))
        if (champ is Champ.TITRE or abroad(heading) in ITS_NAMES) and not _names_people(told[at]):
            found.append(Candidat(at, Champ.TITRE, _ABROAD, "faute de titre en français : d’après « {} »"))
    return found if any(one.champ is Champ.TITRE for one in found) else []


def _names_people(held: Cases | None) -> bool:
    return not may_be_varied(held) or names_or_may_name_people(held)


def _not_where_one_meets(choices: list[Candidat], words: Sequence[str]) -> list[Candidat]:
    """« Lieu de rendez-vous » beside « Salle »: the action is in the latter."""
    places = [one for one in choices if one.champ is Champ.LIEU and one.score >= TAKEN]
    meeting = [one for one in places if _WHERE_ONE_MEETS.search(words[one.position]) and not one.remembered]
    if len(meeting) == len(places):
        return choices
    return [
        replace(one, champ=Champ.IGNORE, score=EXACT, why="où l’on se retrouve : une autre colonne dit où")
        if one in meeting
        else one
        for one in choices
    ]


def _by_names(choices: Sequence[Candidat], words: Sequence[str]) -> list[Candidat]:
    """« partners », of codes, beside « partner-name »: the names are read."""
    return [
        replace(one, champ=Champ.IGNORE, score=EXACT, why=f"dit par « {words[one.position]} name »")
        if one.champ is Champ.PARTENAIRES and not one.remembered and f"{words[one.position]} name" in words
        else one
        for one in choices
    ]


def _carried(choices: list[Candidat], words: Sequence[str], told: Sequence[Cases | None]) -> list[Candidat]:
    """« Nom », of choirs that come back, beside « Programme »: who does it, where no column says who."""
    taken = {one.champ for one in choices if one.score >= TAKEN}
    if Champ.TITRE not in taken or not taken.isdisjoint(CARRIERS):
        return choices
    return [
        replace(one, champ=Champ.ETABLISSEMENT, score=_REPEATED, why=_THEIR_NAMES)
        if one.champ is Champ.TITRE
        and one.score < TAKEN
        and words[one.position] in ITS_NAMES
        and are_names_of_several(told[one.position])
        else one
        for one in choices
    ]


def _outermost(one: Candidat, words: str) -> Candidat:
    """The first of several beginnings, the last of several ends: « Dernière date - Fin »."""
    inner = _INNER.get(one.champ)
    if inner is None or one.remembered or not inner.search(words):
        return one
    return replace(one, score=one.score - _FARTHER)


def _in_french(one: Candidat, choices: Sequence[Candidat], words: Sequence[str]) -> Candidat:
    """« Title » beside « Titre »: ours is the one in French."""
    if one.champ is not Champ.TITRE or one.remembered or not _ENGLISH_TITLE.search(words[one.position]):
        return one
    beside = any(
        other.champ is Champ.TITRE
        and other.score >= TAKEN
        and other.position != one.position
        and _FRENCH_TITLE.search(words[other.position])
        for other in choices
    )
    return replace(one, score=min(one.score, TAKEN)) if beside else one


def _tells_at_length(words: str, held: Cases | None) -> bool:
    """« Actions menées », of sentences: they tell what is done, where another column names it."""
    return held is not None and held.sentences > _HALF and _OF_ACTIONS.match(words) is not None


def _days(choices: list[Candidat], texts: Sequence[str], words: Sequence[str]) -> list[Candidat]:
    """Several columns of days: the first and the last of numbered ones; none beside a first and a last."""
    whole = [one for one in choices if one.champ is Champ.DATES and one.score >= TAKEN and not one.remembered]
    edges = {one.champ for one in choices if one.champ in {Champ.DEBUT, Champ.FIN} and one.score >= TAKEN}
    numbered = sorted(
        (one for one in whole if number_of(texts[one.position]) is not None),
        key=lambda one: number_of(texts[one.position]) or 0,
    )
    first = last = None
    if edges == {Champ.FIN} and whole and not numbered:
        first = max(whole, key=lambda one: (one.score, -one.position))
    elif not edges and len(numbered) > 1 and len({words[one.position] for one in numbered}) == 1:
        first, last = numbered[0], numbered[-1]
    elif edges != {Champ.DEBUT, Champ.FIN}:
        return choices
    return [
        replace(
            one, champ=Champ.DEBUT, why=one.why if last is None else "le premier de plusieurs jours numérotés"
        )
        if one is first
        else replace(one, champ=Champ.FIN, why="le dernier de plusieurs jours numérotés")
        if one is last
        else replace(
            one, champ=Champ.IGNORE, score=EXACT, why="le premier et le dernier jour ont chacun leur colonne"
        )
        if one in whole
        else one
        for one in choices
    ]
