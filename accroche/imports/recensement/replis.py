"""What a column is for want of better, where its heading is unknown: by its cells, by one of its words.

Each is taken only where no other column says the same, at a score that says how little is sure, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from accroche.imports.recensement.accord import by_themselves, may_be_titles, names_places
from accroche.imports.recensement.autres import WHO
from accroche.imports.recensement.champs import CARRIERS, DAYS, LEVELS, Champ
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.contenu import Cases
from accroche.imports.recensement.entetes import autre, in_another_language
from accroche.imports.recensement.mots import are_no_surnames, by_a_word, is_of_another, named_by
from accroche.imports.recensement.vocabulaire import A_THING

#: The score of what cells say by themselves, of what a word and they say, and of the only texts there are.
_CELLS: Final = 60
_A_WORD: Final = 56
_ONLY_TEXTS: Final = 52
#: Why the only texts of a table are its titles, where their heading says what they are about.
ASSUMED: Final = (
    "faute d’autre titre, la seule colonne de textes courts et variés : à vérifier ; d’après l’en-tête"
)
#: Why a description that is short is a title, where nothing else is.
BRIEF: Final = "faute d’autre titre, le plus court des textes qui décrivent : à vérifier ; d’après l’en-tête"
#: Characters of a description that may be one.
_BRIEF: Final = 80
_SAYS_BRIEF: Final = re.compile(r"\b(?:breve|bref|court|courte|succinct|succincte|short|brief)\b")
#: The share of sentences among titles: « Et après ? », « Osons ! ».
_FEW: Final = 0.3
#: Why a column that may be the title is left aside, and its score, under what is taken: of nine that were
#: taken for being alone, four were opponents, stops of a bus or what is taught.
PERHAPS: Final = "pourrait être le titre, mais l’en-tête ne le dit pas : choisissez-la si c’est le cas"
OR_TITLE: Final = ", à moins que ce ne soit le titre,"
_PERHAPS: Final = 40
#: Why columns of days are left aside, where none is taken: nothing says whose they are, or they are in words.
WHEN_PERHAPS: Final = "pourrait dire quand, mais l’en-tête ne le dit pas"
IN_SENTENCES: Final = "dit des jours dans des phrases, qui ne sont pas lus"
#: Why a column of names is left aside, where none says who carries the actions.
WHO_PERHAPS: Final = "pourrait dire qui porte l’action, mais l’en-tête ne le dit pas"
#: The fields that say the same as another.
_INSTEAD: Final[dict[Champ, frozenset[Champ]]] = {
    Champ.DATES: DAYS,
    Champ.NIVEAUX: LEVELS | {Champ.NIVEAUX, Champ.PUBLIC, Champ.CLASSES},
    Champ.ETABLISSEMENT: frozenset({Champ.ETABLISSEMENT, Champ.UAI}),
}
#: Who or where, beside when.
_WHERE: Final = frozenset({Champ.ETABLISSEMENT, Champ.UAI, Champ.COMMUNE, Champ.LIEU})
#: Against whom or where to: what is said of a match or a journey, and names none.
_OF_A_GAME: Final = re.compile(
    r"\b(?:adversaire|opponent|visiteur|domicile|exterieur|away|home|arret|destination|resultat)\b"
)
_BY_A_WORD: Final = "d’après le mot « {} », dans l’en-tête,"
_BESIDE_ITS_KIND: Final = "des noms propres, à côté du type d’établissement,"
#: Words of a heading that say what is done.
_WHAT: Final = re.compile(
    rf"\b(?:theme|thematique|topic|sujet|subject|tache|task|prestation|demarche|faison|menee?|realisee?"
    rf"|engagee?|proposee?|organisee?)\b|\b{A_THING}"
)
#: Words of a heading, above texts that it names.
_MOST_WORDS: Final = 12
#: Columns named of those that may be the title.
_NAMED: Final = 3
#: What a heading begins with that says how something is called: « Libellé module ».
_NAMES: Final = frozenset(("nom", "titre", "intitule", "libelle", "denomination", "name", "title"))


class Repli(NamedTuple):
    """What the column at ``position`` is taken for, and why."""

    position: int
    champ: Champ
    score: float
    why: str


def replis(
    words: Sequence[str],
    told: Sequence[Cases | None],
    thought: Mapping[int, Collection[Champ]],
    taken: Collection[int],
    said: Collection[Champ],
) -> Iterator[Repli]:
    """Yield what the columns of unknown headings may be.

    ``thought``: what headings announce, by position; ``taken``: those whose cells agree with it; ``said``:
    the fields they say.
    """
    found = list(_alone(words, told, thought, taken, said))
    yield from found
    now = {*said, *(one.champ for one in found)}
    known = {*taken, *thought, *(one.position for one in found)}
    left = [
        position
        for position, heading in enumerate(words)
        if heading and position not in known and not autre(heading) and not in_another_language(heading)
    ]
    carried = not _INSTEAD[Champ.ETABLISSEMENT].isdisjoint(now)
    for one in named_by(words, told, left, lambda champ: _is_said(champ, now), carried=carried):
        yield Repli(one.position, one.champ, _A_WORD, _BY_A_WORD.format(one.word))
        left.remove(one.position)
        now.add(one.champ)
    if Champ.TYPE in now and Champ.ETABLISSEMENT not in now:
        # « Type », « Patronyme », « Ville »: a school by its kind and its name, in two columns
        named = [position for position in left if names_places(told[position])]
        if len(named) == 1:
            yield Repli(named[0], Champ.ETABLISSEMENT, _A_WORD, _BESIDE_ITS_KIND)
            left.remove(named[0])
            now.add(Champ.ETABLISSEMENT)
    if Champ.TITRE not in now:
        carried = not _INSTEAD[Champ.ETABLISSEMENT].isdisjoint(now)
        told_where = not _INSTEAD[Champ.DATES].isdisjoint(now) and not _WHERE.isdisjoint(now)
        titles = list(_titles(words, told, left, carried=carried, sure=told_where))
        # « Thème », of no theme of ours: what each conference is about
        themes = [at for at, champs in thought.items() if {*champs} == {Champ.THEMES} and at not in taken]
        yield from titles or _titles(words, told, themes, carried=carried, sure=False)


def _alone(
    words: Sequence[str],
    told: Sequence[Cases | None],
    thought: Mapping[int, Collection[Champ]],
    taken: Collection[int],
    said: Collection[Champ],
) -> Iterator[Repli]:
    """What columns are by their cells alone, or by one word that they prove."""
    for position, heading in enumerate(words):
        held = told[position]
        if not heading or held is None or position in taken:
            continue
        champ = by_themselves(held)
        if champ in thought.get(position, ()) or (
            champ is Champ.ETABLISSEMENT and is_of_another(heading, champ)
        ):
            champ = None  # the heading says so, and the cells say why not
        if champ is Champ.DESCRIPTION and (
            len(heading.split()) > _MOST_WORDS or Champ.THEMES in thought.get(position, ())
        ):
            champ = None  # so long a heading is a text, as those below it; key words describe nothing
        # « Adresse académique », of mails, is no street
        known = autre(heading) and not (champ is Champ.COURRIEL and heading.startswith("adresse"))
        if champ and not known and not _is_said(champ, said):
            yield Repli(position, champ, _CELLS, "d’après les cases, sous un en-tête inconnu,")
        elif (by_word := by_a_word(heading, held)) and (
            by_word[0] is Champ.LIENS or not _is_said(by_word[0], said)
        ):
            champ, word = by_word
            yield Repli(position, champ, _A_WORD, _BY_A_WORD.format(word))


def _titles(
    words: Sequence[str], told: Sequence[Cases | None], left: Sequence[int], *, carried: bool, sure: bool
) -> Iterator[Repli]:
    """The one column of titles, under a heading that says what or names something; else those that may be.

    ``sure``: other columns say when and who or where: what is left then is what, unless it is of somebody.
    """
    several = texts = [position for position in left if may_be_titles(told[position], carried=carried)]
    if len(several) != 1:
        texts = [
            position
            for position in left
            if (parts := words[position].split())[0] in _NAMES
            and WHO.isdisjoint(parts)
            and (held := told[position])
            and are_no_surnames(held, carried)
        ]
    if len(texts) == 1 and (
        texts != several
        or _says_what(words[texts[0]])
        or (
            sure
            and not is_of_another(words[texts[0]], Champ.TITRE)
            and not _OF_A_GAME.search(words[texts[0]])
        )
    ):
        yield Repli(texts[0], Champ.TITRE, _ONLY_TEXTS, ASSUMED)
    else:
        for position in several:
            yield Repli(position, Champ.TITRE, _PERHAPS, PERHAPS)


def _says_what(heading: str) -> bool:
    return _WHAT.search(heading) is not None or heading.split(maxsplit=1)[0] in _NAMES


def brief(
    words: Sequence[str], told: Sequence[Cases | None], described: Sequence[int], *, carried: bool
) -> int | None:
    """Return which of the columns that describe is of titles: « Brève description »; None when none may be.

    Its texts are short, each of its own and no sentences; of several, the one that says so, or the shortest.
    """
    may_be = {
        position: cases.length
        for position in described
        if (cases := told[position])
        and may_be_titles(cases, carried=carried)
        and cases.length <= _BRIEF
        and cases.sentences < _FEW
    }
    return min(
        may_be, key=lambda position: (not _SAYS_BRIEF.search(words[position]), may_be[position]), default=None
    )


def _is_said(champ: Champ, said: Collection[Champ]) -> bool:
    return not _INSTEAD.get(champ, frozenset({champ})).isdisjoint(said)


def title_assumed(columns: Sequence[Column]) -> str:
    """Return what to tell of a title that is assumed or could be, and what to do; nothing of a sure one."""
    found = next((one for one in columns if one.reason.startswith((ASSUMED, BRIEF))), None)
    if found:
        return (
            f"Aucun en-tête n’annonce sûrement le titre des actions : la colonne {found.letter}, "
            f"« {found.heading} », est prise pour lui, parce que ses textes sont courts et variés. Vérifiez-"
            "le dans l’aperçu, ou choisissez une autre colonne."
        )
    perhaps = [one for one in columns if one.reason == PERHAPS or OR_TITLE in one.reason]
    if not perhaps or any(one.champ is Champ.TITRE for one in columns):
        return ""
    named = " ou ".join(f"{one.letter}, « {one.heading} »" for one in perhaps[:_NAMED])
    return (
        f"Aucun en-tête n’annonce le titre des actions. Si c’est la colonne {named}, choisissez-la ; sinon, "
        "dites un titre pour toutes les lignes."
    )


def days_untold(columns: Sequence[Column]) -> str:
    """Return what to tell of columns of days that are left aside, where no other says when; else nothing."""
    found = [one for one in columns if one.reason.startswith((WHEN_PERHAPS, IN_SENTENCES))]
    if not found or any(one.champ in DAYS for one in columns):
        return ""
    named = " ou ".join(f"{one.letter}, « {one.heading} »" for one in found[:_NAMED])
    return (
        "Les fiches n’auront pas de date : aucune colonne ne dit sûrement quand. Si c’est la colonne "
        f"{named}, choisissez-la."
    )


def carrier_untold(columns: Sequence[Column]) -> str:
    """Return which columns may say who carries the actions, where none is taken for it; else nothing."""
    if any(one.champ in CARRIERS for one in columns):
        return ""
    found = [one for one in columns if one.champ is Champ.PARTENAIRES or one.reason.startswith(WHO_PERHAPS)]
    if not found:
        return ""
    named = " ou ".join(f"{one.letter}, « {one.heading} »" for one in found[:_NAMED])
    return f"Si la colonne {named} dit qui porte les actions, choisissez-la pour « Établissement »."
