"""Which column holds what: what the headings announce, what the cells are, and what the other columns say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from accroche.imports.recensement.accord import (
    accord,
    are_partly_people,
    are_speakers,
    may_be_varied,
    may_name_actions,
    may_name_people,
    name_organisations,
    names_people,
    names_somebody,
    some_organise,
)
from accroche.imports.recensement.autres import WHO
from accroche.imports.recensement.champs import LEVELS, Champ
from accroche.imports.recensement.colonne import TAKEN, Candidat, Column, letter
from accroche.imports.recensement.contenu import Cases
from accroche.imports.recensement.contexte import ITS_NAMES, in_context, told_in_english
from accroche.imports.recensement.ecriture import asked_for, choice_of, common_word, normal
from accroche.imports.recensement.entetes import (
    EXACT,
    RESEMBLES,
    Supposition,
    alternatives,
    autre,
    guess,
    inside,
    is_a_thing,
    suppositions,
    under,
)
from accroche.imports.recensement.especes import Espece
from accroche.imports.recensement.mois import with_months
from accroche.imports.recensement.mots import are_titles
from accroche.imports.recensement.niveaux import read_levels
from accroche.imports.recensement.plusieurs import actions_of, with_later_actions
from accroche.imports.recensement.questions import asked_in
from accroche.imports.recensement.raisons import SHOWN, because, why_not
from accroche.imports.recensement.replis import (
    BRIEF,
    OR_TITLE,
    PERHAPS,
    brief,
    replis,
)
from accroche.imports.recensement.vocabulaire import NIVEAUX
from accroche.lib.tableur.cellules import Cell, line_of

__all__ = ["Column", "guess", "letter", "normal", "recognise"]

#: What codes of schools are worth whatever stands above them, and how many of the cells have to be some.
_CODES: Final = 95
_ALL_CODES: Final = 0.8
#: The score of what a part of a heading says, out of what the whole would.
_PART: Final = 0.9
_HALF: Final = 0.5
#: How much less an empty column says than one that is filled.
_EMPTY: Final = 1
_UNDER: Final = 0.95
#: The score of a place, less than of a school or a commune that stands there: those say who and where.
_WHERE: Final = 62
_TOLD_APART: Final = 0.8
#: The score of an answer that has its column, and how many make a question of several.
_TICKS: Final = 85
_SEVERAL: Final = 2
#: Fields that list things, of which each may have its column.
_LISTED: Final = frozenset({Champ.NIVEAUX, Champ.PARTENAIRES, Champ.THEMES, Champ.CLASSES, Champ.PUBLIC})
#: What a question asks, when its answers are levels: « Partenaires [Collège] » names none.
_OF_LEVELS: Final = re.compile(r"\b(?:niveau|niveaux|degre|cycle|classe|public|eleve|scolarite)\b")
#: Who a person may be as well as an organisation; « Jean Moulin », under « Collège porteur », is one.
_OR_SOMEBODY: Final = re.compile(
    r"^(?!.*\b(?:etablissement|ecole|college|lycee|structure|organisme|association|school)\b)"
    r".*\b(?:porteur|porteuse|organisateur|organisatrice|organizer|demandeur|host|hote|owner|lead|qui|who)\b"
)
_A_PERSON: Final = re.compile(r"\b(?:owner|lead)\b")
_WHO_ALONE: Final = frozenset(("qui", "who"))
#: Who is no person even where it bears the name of one: « Partenaires » of « Simone Veil ».
_PARTNERS: Final = re.compile(r"\bpart(?:enaire|ner)")
#: Who leads, a person or an organisation, and what of the score it is worth: less than who carries.
_LEADING: Final = 0.6
_LEADS: Final = frozenset(("coordinator", "coordinateur", "coordonnateur", "pilote"))
#: Answers that would be taken for whole fields: « Contact [Nom du projet] » says no title.
_NOT_AN_ANSWER: Final = frozenset({Champ.IDENTIFIANT, Champ.VERSION, Champ.ETAT, Champ.IGNORE, Champ.TITRE})
#: What « Contacts » is when its cells are all of one kind.
_WRITTEN_TO: Final = ((Champ.COURRIEL, Espece.EMAIL), (Champ.TELEPHONE, Espece.PHONE))


def recognise(
    headings: Sequence[Cell],
    remembered: Mapping[str, str] | None = None,
    held: Sequence[Cases | None] | None = None,
) -> list[Column]:
    """Return what each column holds. ``remembered``: normal heading to field, from earlier corrections.

    ``held``: what the cells of each column are; None when they have not been looked at: headings decide then.
    Two columns that say the same: the surest has it, the first between equals; the other says its next, or is
    left aside, unless the field may repeat.
    """
    texts = [line_of(cell) for cell in headings]
    words = _told_alone([normal(text) for text in texts])
    if held is not None and _is_ours(words):
        held = None  # our own export, headings and all
    told = list(held or ()) + [None] * (len(texts) - len(held or ()))
    choices = [
        choice
        for position in range(len(texts))
        for choice in _choices(
            position,
            texts[position],
            words[position],
            told[position],
            remembered or {},
            blind=held is None,
            twice=held is not None and words.count(words[position]) > 1,
        )
    ]
    if held is not None:
        choices += _answers(texts, words, told)
        choices += _ticked(texts, told, {one.position for one in choices if one.score >= TAKEN})
    groups = actions_of(texts, words, lambda position: may_be_varied(told[position]))
    columns = _settled(choices, groups, texts, words, told, blind=held is None)
    if groups and not any(one.action for one in columns):  # « Activité 1 », where another column is the title
        columns = _settled(choices, {}, texts, words, told, blind=held is None)
    return with_months(columns, told)


def _told_alone(words: list[str]) -> list[str]:
    """Headings without the word that begins most of them, where it says nothing; « Action date » stays."""
    first = common_word(words)
    if not first or first in WHO or suppositions(first) or is_a_thing(first) or autre(first):
        return words
    if autre(f"date {first}"):  # « Commande date » is an order’s
        return words
    return [heading.removeprefix(f"{first} ") for heading in words]


def _settled(
    choices: list[Candidat],
    groups: Mapping[int, tuple[int, int]],
    texts: Sequence[str],
    words: Sequence[str],
    told: Sequence[Cases | None],
    *,
    blind: bool,
) -> list[Column]:
    """What each column holds, the surest first; ``groups``: those of several actions of a row."""
    later = {position for position, (rank, _) in groups.items() if rank > 1}
    choices = [one for one in choices if one.position not in later]
    choices = in_context(choices, texts, words, told)
    if not blind:
        # what tells of later actions is told by the first
        shown = ["" if position in later else heading for position, heading in enumerate(words)]
        choices += _for_want_of_better(shown, told, choices)
        choices = _with_a_title(choices, words, told)
    given: dict[int, Candidat] = {}
    holders: dict[Champ, int] = {}
    for choice in sorted(choices, key=lambda one: (-one.score, one.position)):
        if choice.score < TAKEN or choice.position in given:
            continue
        free = choice.champ is Champ.IGNORE or choice.champ.may_repeat or choice.answer
        if free or choice.champ not in holders:
            given[choice.position] = choice
            if not choice.answer:
                holders.setdefault(choice.champ, choice.position)
    columns = [
        _column(position, text, given.get(position), told[position])
        or Column(position, text, Champ.IGNORE, 0, reason=why_not(position, words, told, choices, holders))
        for position, text in enumerate(texts)
    ]
    return with_later_actions(columns, groups)


def _column(position: int, heading: str, choice: Candidat | None, held: Cases | None) -> Column | None:
    if choice is None:
        return None
    why = because(choice, heading, held)
    return Column(position, heading, choice.champ, choice.score, choice.remembered, why, choice=choice.answer)


def _is_ours(words: Sequence[str]) -> bool:
    """Whether a table has the two columns all our exports begin with."""
    return {"identifiant", "version"} <= set(words)


def _choices(
    position: int,
    text: str,
    words: str,
    held: Cases | None,
    memory: Mapping[str, str],
    *,
    blind: bool,
    twice: bool,
) -> Iterator[Candidat]:
    """What a column may hold by itself. ``blind``: its cells have not been looked at.

    ``twice``: another heading is of the same words, but for what is in brackets.
    """
    if (whole := normal(text)) in memory:
        yield Candidat(position, Champ(memory[whole]), EXACT + 1, "", remembered=True)
        return
    if held and held.share(Espece.UAI) >= _ALL_CODES:
        yield Candidat(position, Champ.UAI, _CODES, "d’après les cases")
    below = under(text)
    if blind:
        for part, weight in ((words, 1), (below, _UNDER)):
            for one in suppositions(part):
                yield Candidat(
                    position, one.champ, (_unseen(one) if one.asks else one.score) * weight, one.why
                )
        return
    found = [_agreed(position, words, one, held) for one in suppositions(words)]
    yield from _asked(position, text, held, found)
    if autre(words):
        yield from found
        return
    if carriers := _carriers_inside(position, text, held, found):
        yield from carriers
        found = [replace(one, score=min(one.score, TAKEN)) for one in found]
    yield from _of_a_part(position, below, held, _UNDER)
    if not any(one.score >= TAKEN for one in found) or twice:
        parts = [one for part in alternatives(text) for one in _of_a_part(position, part, held, _PART)]
        yield from parts
        if twice and any(one.score >= TAKEN for one in parts):
            # « Projet (objectif) », beside « Projet (nom) »: what is in brackets tells them apart
            found = [replace(one, score=one.score * _TOLD_APART) for one in found]
    yield from found


def _asked(position: int, text: str, held: Cases | None, found: Sequence[Candidat]) -> Iterator[Candidat]:
    """What the part of a long question asks that asks something, where the whole says nothing."""
    if not any(one.score >= TAKEN for one in found):
        yield from (one for part in asked_in(text) for one in _of_a_part(position, part, held, _PART))


def _carriers_inside(
    position: int, text: str, held: Cases | None, found: Sequence[Candidat]
) -> list[Candidat]:
    """« Nom partenaire (organisateur) »: who carries, unless another column says it."""
    if not any(one.champ is Champ.PARTENAIRES for one in found):
        return []
    parts = [one for part in inside(text) for one in _of_a_part(position, part, held, _PART)]
    return [one for one in parts if one.champ is Champ.ETABLISSEMENT and one.score >= TAKEN]


def _of_a_part(position: int, words: str, held: Cases | None, weight: float) -> Iterator[Candidat]:
    """What a part of a heading says by itself."""
    for one in suppositions(words):
        choice = _agreed(position, words, one, held)
        yield replace(choice, score=choice.score * weight, why=f"d’après « {words} », dans l’en-tête")


def _agreed(position: int, words: str, one: Supposition, held: Cases | None) -> Candidat:
    """What a heading may announce, as far as its cells agree; whom they name, or the levels of a public."""
    announced = min(one.score, _WHERE) if one.champ is Champ.LIEU else one.score
    champ, score, why = one.champ, announced * accord(one.champ, one.asks, held), one.why
    if carriers := _of_carriers(words, one, held):
        weight = _LEADING if champ is Champ.CONTACT else _PART
        return Candidat(position, Champ.ETABLISSEMENT, one.score * weight, f"{why}, {carriers}")
    if held is None:
        score -= _EMPTY
    if _are_persons(champ, words, held):
        return Candidat(position, Champ.CONTACT, one.score * _PART, f"{why}, où sont nommées des personnes,")
    if champ is Champ.TITRE and words in ITS_NAMES and names_somebody(held):
        return Candidat(position, Champ.CONTACT, one.score, f"{why}, où sont nommées des personnes,")
    unsaid = words in ITS_NAMES and may_name_people(held)
    if champ is Champ.TITRE and one.asks and (unsaid or names_somebody(held)):
        score = 0  # « Nom du lauréat »: no name of a person is told for a title
    if champ is Champ.CONTACT and held:
        for written, espece in _WRITTEN_TO:
            if held.share(espece) >= _ALL_CODES:
                return Candidat(position, written, one.score * _UNDER, f"{why}, où il n’y a que cela,")
    if champ is Champ.PUBLIC and not one.asks and 0 < score < TAKEN:
        levels = accord(Champ.NIVEAUX, NIVEAUX, held)
        return (
            Candidat(position, Champ.NIVEAUX, one.score * _PART * levels, why)
            if levels
            else Candidat(position, champ, score, why)
        )
    return Candidat(position, champ, score, why)


def _are_persons(champ: Champ, words: str, held: Cases | None) -> bool:
    """Whether people are named where organisations would be public: « Anne Roux », under « Intervenant »."""
    if champ is Champ.PARTENAIRES:  # « Partenaires » are organisations, « Simone Veil » among them
        return (names_somebody(held) or are_speakers(held)) and not _PARTNERS.search(words)
    # « Qui ? » of a planning: volunteers by their first names, some by both, beside what is done
    may_be = names_somebody(held) or (words in _WHO_ALONE and are_partly_people(held))
    may_be |= _A_PERSON.search(words) is not None and may_name_people(held) and not some_organise(held)
    named = names_people(held) or (_OR_SOMEBODY.search(words) is not None and may_be)
    return champ is Champ.ETABLISSEMENT and named


def _of_carriers(words: str, one: Supposition, held: Cases | None) -> str:
    """Which carriers stand under what may be titles or whom it is for: « Nom » of communes, who is helped."""
    if one.champ is Champ.TITRE and words in ITS_NAMES and held and held.communes > _HALF:
        return "où sont nommées des communes,"
    helped = one.champ is Champ.PUBLIC and words == "beneficiaire"
    leads = one.champ is Champ.CONTACT and words in _LEADS
    if (helped or leads) and name_organisations(held):
        return "où sont nommés des organismes,"
    return ""


def _ticked(texts: Sequence[str], told: Sequence[Cases | None], taken: Collection[int]) -> Iterator[Candidat]:
    """Columns that one answer each has to itself, ticked: « Partenaires [Mairie] », « Niveaux – 6e »."""
    asked: dict[str, list[tuple[int, str]]] = {}
    for position, text in enumerate(texts):
        question, answer = choice_of(text)
        held = told[position]
        if (
            answer
            and position not in taken
            and (held is None or held.ticks >= _ALL_CODES or held.distinct == 1)
        ):
            asked.setdefault(question, []).append((position, answer))
    for question, answers in asked.items():
        champ = next((one.champ for one in suppositions(normal(question)) if one.champ in _LISTED), None)
        ticks = any((held := told[position]) and held.ticks for position, _ in answers)
        if champ is None or (len(answers) < _SEVERAL and not ticks) or (held is None and not ticks):
            continue
        for position, answer in answers:
            named = champ
            if champ is Champ.PUBLIC and read_levels(answer).levels:
                named = Champ.NIVEAUX
            why = f"une des réponses à « {question[:SHOWN]} »"
            yield Candidat(position, named, _TICKS, why, answer=answer)


def _answers(texts: Sequence[str], words: Sequence[str], told: Sequence[Cases | None]) -> Iterator[Candidat]:
    """What a column may hold that is one answer of several to a question: « Niveaux [Collège] », ticked."""
    for position, text in enumerate(texts):
        if not (about := asked_for(text)):
            continue
        for one in suppositions(about):
            levels = one.champ not in LEVELS or _OF_LEVELS.search(words[position])
            if not one.asks and levels and one.champ not in _NOT_AN_ANSWER:
                score = one.score * accord(one.champ, "", told[position]) if told[position] else 0
                yield Candidat(
                    position, one.champ, score, f"d’après « {about} », une des réponses à la question"
                )


def _for_want_of_better(
    words: Sequence[str], told: Sequence[Cases | None], choices: Sequence[Candidat]
) -> list[Candidat]:
    """What the columns are whose headings say nothing that their cells agree with."""
    taken = {one.position: one.champ for one in choices if one.score >= TAKEN}
    said = {one.champ for one in choices if one.score >= TAKEN}
    thought: dict[int, set[Champ]] = {}
    for one in choices:
        thought.setdefault(one.position, set()).add(one.champ)
    return [Candidat(*one) for one in replis(words, told, thought, taken, said)]


def _with_a_title(
    choices: list[Candidat], words: Sequence[str], told: Sequence[Cases | None]
) -> list[Candidat]:
    """What columns may hold, where no column could be the title but one that describes."""
    taken = [one for one in choices if one.score >= TAKEN]
    said = {one.champ for one in taken}
    if Champ.TITRE not in said and (english := told_in_english(words, told)):
        return [*choices, *english]
    if Champ.TITRE in said:
        return choices
    described = [one.position for one in taken if one.champ is Champ.DESCRIPTION and not one.remembered]
    carried = not said.isdisjoint({Champ.ETABLISSEMENT, Champ.UAI})
    if any(one.why == PERHAPS for one in choices):  # it may be this one as well
        found = brief(words, told, described, carried=carried)
        return [
            replace(one, why=one.why.rstrip(",") + OR_TITLE) if one.position == found else one
            for one in choices
        ]
    thought = {one.position for one in choices}
    if any(
        heading and held and not autre(heading) and are_titles(held, carried)
        for position, (heading, held) in enumerate(zip(words, told, strict=False))
        if position not in thought
    ):
        return choices  # names under an unknown heading: no description is taken for them
    found = brief(words, told, described, carried=carried)
    if found is None:  # « a one to two sentence summary of your idea »: asked about
        may_be = [at for at in described if (held := told[at]) and may_name_actions(held)]
        return [
            replace(one, why=one.why.rstrip(",") + OR_TITLE) if one.position in may_be[:1] else one
            for one in choices
        ]
    return [
        replace(one, champ=Champ.TITRE, why=BRIEF)
        if one.position == found and one.champ is Champ.DESCRIPTION
        else one
        for one in choices
    ]


def _unseen(one: Supposition) -> float:
    """The score of what only its cells can tell, when nobody looked: « Location » alone is a commune."""
    alone = one.champ in {Champ.COMMUNE, Champ.TITRE, Champ.EFFECTIF} or one.why.startswith(RESEMBLES)
    return one.score if alone else 0
