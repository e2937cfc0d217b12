"""Whether the cells of a column agree with what its heading announces: one place, one table a rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from accroche.imports.recensement import vocabulaire as voc
from accroche.imports.recensement.champs import DAYS, LEVELS, Champ
from accroche.imports.recensement.contenu import Cases
from accroche.imports.recensement.especes import Espece

#: Cells under which one odd one would tell against a plain heading.
_ENOUGH: Final = 3
#: Cells that have to be there before they say what their column is.
_FEWEST: Final = 2
_HALF: Final = 0.5
#: A title says something of its own: the same few words over and over are kinds of events.
_VARIED: Final = 0.4
_ALL: Final = 0.8
_NEARLY_ALL: Final = 0.85
#: The share of cells that have to be words, for their column to be titles.
_MOST: Final = 0.7
#: What the share of schools is worth more, under a heading of places.
_BENEFIT: Final = 0.3
#: The share of kinds of school under what may be a kind of event: « École », now and then, is a place of it.
_MOST_TYPES: Final = 0.75
#: From which share on some of the cells are known for something.
_A_FEW: Final = 0.2
_LONGEST_TITLE: Final = 150
_LONGEST_COMMUNE: Final = 40
_LONGEST_ROOM: Final = 5
#: Characters under which what may be a format, « À distance », describes nothing.
_SHORT: Final = 30
_LONGEST_LEVELS: Final = 60


def _titles(held: Cases) -> float:
    if held.length > _LONGEST_TITLE or (held.filled > _ENOUGH and held.variety < _VARIED):
        return 0
    words, days = held.share(Espece.WORDS), held.share(Espece.DAY)
    # « Semaine de la persévérance »; some titles are long, some are codes
    return max(words + days, _NEARLY_ALL) if words > days and words + days >= _MOST else 0


def _named_levels(held: Cases) -> float:
    """How many name levels, of a column that is not made of « tous »: whoever comes to a fair."""
    return held.levels if held.everybody < _HALF else 0


def _names(held: Cases) -> float:
    """How many are proper names where a level could be ticked: « Henri Morat » under « Collège »."""
    return held.proper if held.levels < _HALF and held.ticks < _HALF else 0


def names_people(held: Cases | None) -> bool:
    """Whether most cells name somebody: « Mme Roche » is whom to write to, and carries nothing."""
    return held is not None and held.people > _HALF


def names_somebody(held: Cases | None) -> bool:
    """Whether most cells name somebody under what may also be an organisation: « Anne Roux »."""
    return held is not None and max(held.people, held.somebody) > _HALF


def are_speakers(held: Cases | None) -> bool:
    """Whether those who come are people: by their first names alone, or as people are called, some known."""
    if held is None or held.organisations >= _A_FEW:
        return False
    known = max(held.given, held.somebody)
    return known > _HALF or (held.full_names >= _MOST and known >= _A_FEW)


def some_organise(held: Cases | None) -> bool:
    """Whether some cells begin as schools and organisations do."""
    return held is not None and held.organisations >= _A_FEW


def are_partly_people(held: Cases | None) -> bool:
    """Whether some cells name somebody, by a first name as well, and hardly one an organisation."""
    if held is None or some_organise(held):
        return False
    return held.people + held.given + held.somebody >= _A_FEW


def name_organisations(held: Cases | None) -> bool:
    """Whether many cells begin as schools and organisations do, each its own: who is given something."""
    return held is not None and held.organisations >= _VARIED and held.variety > _HALF


def names_or_may_name_people(held: Cases | None) -> bool:
    """Whether somebody is named in half of the cells, or nearly all are written as people are called."""
    return names_somebody(held) or may_name_people(held)


def may_name_people(held: Cases | None) -> bool:
    """Whether nearly all cells are written as people are called, in whatever language: « Ben Best »."""
    return held is not None and held.full_names >= _NEARLY_ALL


def says_the_same(held: Cases | None) -> bool:
    """Whether cells are titles, but for saying the same on many rows: « Portes ouvertes »."""
    return (
        held is not None and held.variety < _VARIED and _titles(replace(held, distinct=held.filled)) >= _MOST
    )


def are_names_of_several(held: Cases | None) -> bool:
    """Whether cells are proper names that come back, of no people, places nor kinds: who does what."""
    if held is None or not says_the_same(held) or names_or_may_name_people(held):
        return False
    others = max(held.communes, held.types, held.kinds_alone, held.levels, held.ticks)
    return held.proper >= _ALL and held.distinct > 1 and others < _HALF


def may_be_varied(held: Cases | None) -> bool:
    """Whether cells may be titles that each row has of its own, as far as anything is known of them."""
    return held is None or _titles(held) >= _MOST


def may_name_actions(held: Cases) -> bool:
    """Whether texts that describe are short, and each of its own: one may stand for its action."""
    return held.filled >= _ENOUGH and held.variety >= _ALL and held.length <= _LONGEST_TITLE


def names_places(held: Cases | None) -> bool:
    """Whether cells are proper names, each of its own: « Pasteur », « Les Trois Rivières »."""
    if held is None or held.variety < _HALF or held.people >= _HALF or held.communes >= _HALF:
        return False
    return held.patronyms >= _ALL and held.proper >= _HALF


def may_be_titles(held: Cases | None, *, carried: bool, named: bool = False) -> bool:
    """Whether cells could be titles of actions, whatever stands above them: short texts, none like another.

    No names of people, places, schools nor organisations; not one word each, as states and kinds are.
    ``carried``: another column says who carries the actions, so that a text may speak of schools; ``named``:
    the heading says that they name something.
    """
    if held is None or held.filled < _FEWEST or held.length > _LONGEST_TITLE or held.variety < _ALL:
        return False
    carriers = () if carried else (held.organisations,)
    return (
        held.share(Espece.WORDS) >= _ALL
        and (named or (held.several_words >= _MOST and held.patronyms < _ALL))
        and max(
            *carriers,
            held.people,
            held.names,
            held.communes,
            held.types,
            0 if carried and held.levels < _ALL else held.levels,  # « Bienvenue aux 6e »
            held.everybody,
            held.ticks,
            held.kinds_alone,
        )
        < _HALF
    )


def _names_some(held: Cases) -> bool:
    """Whether cells may name organisations: no kinds of them, nor one word that is in every row."""
    says_one_word = held.distinct == 1 and held.filled > _ENOUGH and held.several_words == 0
    return held.kinds_alone < _HALF and not (says_one_word and held.organisations == 0)


def _are_persons(held: Cases) -> bool:
    return names_or_may_name_people(held) or not _names_some(held)


def _communes(held: Cases) -> float:
    """How many may be names of communes, or are, where they are known."""
    if held.length > _LONGEST_COMMUNE or held.schools > _HALF:
        return 0
    return max(held.communes, held.share(Espece.WORDS) if not held.knows_communes else 0)


def _rooms(held: Cases) -> tuple[Espece, ...]:
    """Codes, where they are as short as those of rooms: « B204 »."""
    return (Espece.CODE,) if held.length <= _LONGEST_ROOM else ()


_TEXT: Final = (Espece.WORDS, Espece.PROSE)
#: What the cells have to be, of a heading that may say several things: the share of them that is at least so.
_DEMANDES: Final[dict[str, tuple[Callable[[Cases], float], float]]] = {
    voc.ECOLES: (lambda held: min(1, held.schools + _BENEFIT) if held.schools >= _HALF else 0, _HALF),
    # of places, one in two that is a school tells that schools are named there
    voc.LIEUX: (lambda held: min(1, held.schools + _BENEFIT) if held.schools >= _HALF else 0, _HALF),
    voc.TYPES: (lambda held: held.types, _MOST_TYPES),
    voc.NATURES: (lambda held: held.natures, 0.5),
    voc.THEMES: (lambda held: held.themes, 0.3),
    # « Catégorie », of events more often than of what they are about
    voc.RUBRIQUES: (lambda held: held.themes, _NEARLY_ALL),
    voc.NIVEAUX: (_named_levels, _ALL),
    voc.JOURS: (lambda held: held.share(Espece.DAY), 0.5),
    voc.NOMBRES: (lambda held: held.share(Espece.NUMBER), 0.6),
    voc.COMMUNES: (_communes, 0.6),
    voc.TITRES: (_titles, _MOST),
    voc.NOMS: (lambda held: held.share(Espece.WORDS) if _names_some(held) else 0, 0.6),
    # « Lauréat »: an organisation, where nobody is named
    voc.MORALES: (lambda held: 0 if _are_persons(held) else held.share(Espece.WORDS), 0.6),
    voc.PROPRES: (_names, 0.6),
    voc.ADRESSES: (lambda held: min(1, held.share(Espece.URL) + _BENEFIT), _ALL),
    # « Mairie de Nolay », « Association Graines »: a list of who, under « Nom »
    voc.ORGANISMES: (lambda held: min(1, held.organisations + _BENEFIT), _ALL),
    voc.ENDROITS: (lambda held: min(1, held.share(*_TEXT, Espece.LINKED, *_rooms(held)) + _BENEFIT), _ALL),
    voc.TEXTES: (lambda held: held.share(Espece.WORDS, Espece.PROSE), 0.6),
    voc.RECITS: (lambda held: held.share(*_TEXT) if held.length >= _SHORT else 0, 0.6),
    voc.COURRIELS: (lambda held: min(1, held.share(Espece.EMAIL) + _BENEFIT), _ALL),
    voc.TELEPHONES: (lambda held: min(1, held.share(Espece.PHONE, Espece.NUMBER) + _BENEFIT), _ALL),
}
_LINE: Final = (Espece.WORDS, Espece.PROSE, Espece.CODE, Espece.LINKED)
#: What the cells have to be at least, of a heading that says one thing: kinds, and their share.
_AU_MOINS: Final[dict[Champ, tuple[tuple[Espece, ...], float]]] = {
    # a title may be a number, a day or a code now and then: « 1984 », « 11 novembre »
    Champ.TITRE: (_LINE, 0.5),
    Champ.DESCRIPTION: (_TEXT, 0.5),
    Champ.TYPE: (_LINE, 0.5),
    Champ.ETABLISSEMENT: ((*_LINE, Espece.UAI), 0.5),
    Champ.UAI: ((Espece.UAI,), 0.3),
    Champ.COMMUNE: ((Espece.WORDS,), 0.6),
    Champ.ACADEMIE: ((Espece.WORDS,), 0.6),
    # a spreadsheet may have kept days as numbers, which look like postal codes
    Champ.DATES: ((Espece.DAY, Espece.POSTAL, *_TEXT), 0.5),
    Champ.DEBUT: ((Espece.DAY, Espece.POSTAL, Espece.WORDS), 0.5),
    Champ.FIN: ((Espece.DAY, Espece.POSTAL, Espece.WORDS), 0.5),
    Champ.MOIS: ((Espece.DAY, Espece.WORDS), 0.5),
    Champ.LIEU: (_TEXT, 0.5),
    Champ.TEMPORALITE: ((*_LINE, Espece.DAY), 0.5),
    Champ.NIVEAUX: ((*_LINE, Espece.NUMBER, Espece.DAY), 0.5),
    Champ.NATURE: (_LINE, 0.5),
    Champ.THEMES: (_LINE, 0.5),
    Champ.CLASSES: ((*_LINE, Espece.NUMBER, Espece.DAY), 0.5),
    Champ.EFFECTIF: ((Espece.NUMBER, Espece.WORDS, Espece.CODE), 0.5),
    Champ.PUBLIC: ((*_LINE, Espece.DAY), 0.5),
    Champ.PARTENAIRES: (_TEXT, 0.5),
    Champ.AUTORITE: (_LINE, 0.5),
    Champ.CONTACT_PUBLIC: ((*_LINE, Espece.EMAIL, Espece.PHONE), 0.5),
    Champ.CONTACT: ((*_LINE, Espece.EMAIL, Espece.PHONE), 0.5),
    Champ.COURRIEL: ((Espece.EMAIL,), 0.3),
    Champ.TELEPHONE: ((Espece.PHONE, Espece.NUMBER, Espece.WORDS), 0.5),
    Champ.LIENS: ((Espece.URL,), 0.3),
}
#: Where some cells at least have to be understood, once there are enough of them to tell.
_COMPRIS: Final[dict[Champ, Callable[[Cases], float]]] = {
    Champ.TYPE: lambda held: held.types,
    Champ.NIVEAUX: lambda held: held.levels,
    Champ.NATURE: lambda held: held.natures,
    Champ.THEMES: lambda held: held.themes,
    Champ.TEMPORALITE: lambda held: held.moments,
    Champ.DATES: lambda held: held.share(Espece.DAY, Espece.POSTAL),
    Champ.DEBUT: lambda held: held.share(Espece.DAY, Espece.POSTAL),
    Champ.FIN: lambda held: held.share(Espece.DAY, Espece.POSTAL),
}
_UNDERSTOOD: Final = 0.2


def accord(champ: Champ, asks: str, held: Cases | None) -> float:
    """Return how far the cells agree that their column says ``champ``: 0, not at all, to 1.

    ``asks``: what its heading asks of them, nothing when it says one thing; ``held``: None for empty cells,
    which contradict nothing and prove nothing.
    """
    if held and _contradicts(champ, held, asks=bool(asks)):
        return 0
    if asks:
        measure, least = _DEMANDES[asks]
        agreed = measure(held) if held else 0
        return agreed if agreed >= least else 0
    if held is None:
        return 1
    if held.filled >= _ENOUGH:
        especes, least = _AU_MOINS.get(champ, (tuple(Espece), 0))
        understood = _COMPRIS.get(champ)
        if held.share(*especes) < least or (understood and understood(held) < _UNDERSTOOD):
            return 0
    elif champ in DAYS and not held.share(*_AU_MOINS[champ][0]):
        return 0  # « 0h25 », of two rows
    # « 1D/2D »: levels, where no other column says them
    return _HALF if champ is Champ.PUBLIC and _named_levels(held) >= _ALL else 1


def _contradicts(champ: Champ, held: Cases, *, asks: bool) -> bool:
    """Whether cells are something else for sure, whatever their share: people, names of schools, hours."""
    if champ in {Champ.ETABLISSEMENT, Champ.LIEU}:
        return names_people(held) or (champ is Champ.LIEU and held.nowhere > _HALF)
    if champ is Champ.PUBLIC:
        return names_somebody(held)  # pupils by their names: whom it is for is no list of them
    if asks:
        return False
    if champ is Champ.EFFECTIF:
        # « Élèves concernés », of whom the cells say the level and not the number
        return _named_levels(held) >= _ALL and held.share(Espece.NUMBER) < _UNDERSTOOD
    if champ in LEVELS:
        schools = held.schools > _HALF and held.types < _HALF and held.variety > _HALF
        return schools or _names(held) >= _MOST
    # when a form was sent, or at what time: never the day of an action
    return champ in DAYS and held.share(Espece.STAMP, Espece.HOUR) > _HALF


#: What cells say by themselves, under a heading nobody knows: the field, and whether they are it for sure.
#: Nothing of what a form or an office may also note: no day alone, no title, no commune.
_BY_THEMSELVES: Final[tuple[tuple[Champ, Callable[[Cases], bool]], ...]] = (
    (Champ.COURRIEL, lambda held: held.share(Espece.EMAIL) >= _ALL),
    (Champ.TELEPHONE, lambda held: held.share(Espece.PHONE) >= _ALL),
    # one address for all rows is of the site or of a picture, not of an action
    (Champ.LIENS, lambda held: held.share(Espece.URL) >= _ALL and held.distinct > 1),
    (Champ.CONTACT, names_people),
    (Champ.TYPE, lambda held: held.types >= _ALL),
    (
        Champ.ETABLISSEMENT,
        lambda held: held.organisations >= _ALL and held.variety > _HALF and held.types < _HALF,
    ),
    (
        Champ.DATES,
        # no office writes the day of the week of what it received or decided
        lambda held: held.share(Espece.DAY) >= _ALL and max(held.periods, held.weekdays) >= _HALF,
    ),
    (
        Champ.NIVEAUX,
        # a text that tells of a class is no list of levels
        lambda held: _named_levels(held) >= _ALL and held.schools < _HALF and held.length <= _LONGEST_LEVELS,
    ),
    (
        Champ.DESCRIPTION,
        lambda held: max(held.share(Espece.PROSE), held.sentences) > _HALF and held.variety > _HALF,
    ),
)


def by_themselves(held: Cases | None) -> Champ | None:
    """Return what cells are whatever stands above them; None when they could be several things."""
    if held is None or held.filled < _FEWEST:
        return None
    return next((champ for champ, is_it in _BY_THEMSELVES if is_it(held)), None)
