"""Whether a table looks like a list of actions: of people, of things or of places, it is asked about.

Columns that are understood say nothing of what the rows are: « Nom » and « Ville » are of residences as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from accroche.imports.recensement import vocabulaire as voc
from accroche.imports.recensement.champs import CARRIERS, DAYS, LEVELS, Champ
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.contexte import ITS_NAMES
from accroche.imports.recensement.ecriture import normal

#: What only an action has, beside its name, its place and who carries it.
_WHEN: Final = DAYS | {Champ.MOIS, Champ.TEMPORALITE}
_FOR_WHOM: Final = LEVELS | {
    *(Champ.PUBLIC, Champ.NIVEAUX, Champ.CLASSES, Champ.EFFECTIF, Champ.NATURE),
}
_ABOUT: Final = _FOR_WHOM | {Champ.DESCRIPTION, Champ.PARTENAIRES, Champ.THEMES}
#: A heading that says the name of an action, and not of whatever has one.
_OF_AN_ACTION: Final = re.compile(
    rf"\b(?:titre|title|intitule|sujet|subject|topic|quoi|what|theme|thematique|tache|task)\b|\b{voc.A_THING}"
)
#: The same, for sure: things are bought under « Intitulé » or « Title » too.
_OF_ITSELF: Final = re.compile(rf"\btitre\b|\b{voc.A_THING}")
#: What is bought, kept or lent.
_OF_GOODS: Final = re.compile(
    r"\b(?:fournisseur|quantite|qte|qty|quantity|stock|sku|pri unitaire|unit price|facture|invoice|marque"
    r"|numero de serie|serial|immatriculation|article|device)\b"
)
#: What is told of what somebody has to do, or of a programme, and of nothing else: two of them, beside what.
_OF_PROJECTS: Final = re.compile(
    r"\b(?:objectif|avancement|progression|progress|deadline|echeance|priorite|priority|budget|estimation|vote"
    r"|realisation|responsable|pilote|porteur|heure|time|salle|room|speaker|intervenant|weekday)\b"
)
#: Who somebody is.
_OF_PEOPLE: Final = re.compile(
    r"\b(?:naissance|birth|birthday|sexe|gender|civilite|nationalite|nationality|age)\b"
)
#: Where something is, and when it is open.
_OF_PLACES: Final = re.compile(
    r"\b(?:lat|latitude|lng|lon|longitude|gp|adresse|address|rue|code postal|cp|horaire|telephone|tel)\b"
)
#: One of which tells that what has a name and is described is none of what people do.
_OF_NO_PROJECT: Final = (_OF_GOODS, _OF_PLACES, re.compile(r"\b(?:pri|price)\b"))
#: Two headings of a kind tell what the rows are; one may be beside anything.
_TELL: Final = 2
#: Columns of a table that is wide, and the share of them that is understood of one that is no list of ours.
_WIDE: Final = 8
_LITTLE: Final = 0.25
#: The score of a heading that says for sure that it describes.
_SURELY: Final = 90
_WHY: Final = (
    "Ce tableau{} ne ressemble pas à une liste d’actions : {}. Si c’en est une, {}, "
    "ou un titre pour toutes les lignes ; sinon, rien n’est à importer."
)


def strangeness(sheet: str, columns: Sequence[Column]) -> str:
    """Return why a table may be no list of actions, and what to do; nothing of one that looks like it."""
    why = _why([one for one in columns if one.heading])
    if not why:
        return ""
    title = next((one for one in columns if one.champ is Champ.TITRE), None)
    answer = (
        f"dites que la colonne {title.letter}, « {title.heading} », donne bien le titre"
        if title
        else "dites quelle colonne donne le titre"
    )
    return _WHY.format(f" (feuille « {sheet} »)" if sheet else "", why, answer)


def _why(columns: Sequence[Column]) -> str:
    words = [normal(one.heading) for one in columns]
    said = {one.champ for one in columns} - {Champ.IGNORE}
    title = next((one for one in columns if one.champ is Champ.TITRE), None)
    untold = said.isdisjoint(_ABOUT), said.isdisjoint(_WHEN)
    nothing_sure = said.isdisjoint(_FOR_WHOM) and untold[1]
    if not said or (title is not None and (title.remembered or not any(untold))):
        return ""
    named = title is not None and _OF_AN_ACTION.search(normal(title.heading)) is not None
    nobody = title is None or said.isdisjoint(CARRIERS)
    # « Nom » and what it is, or beside what is to be done; « Nom de base » says of what, and of no action
    sold_or_placed = Champ.COMMUNE in said or any(_how_many(one, words) for one in _OF_NO_PROJECT)
    is_project = (title is not None and Champ.DESCRIPTION in said) and (
        (normal(title.heading) in ITS_NAMES and not sold_or_placed) or _how_many(_OF_PROJECTS, words) >= _TELL
    )
    # « Nom de l’action », « Établissement » beside « Facture »: its expenses
    is_action = title is not None and _OF_ITSELF.search(normal(title.heading)) and not (untold[1] and nobody)
    # « Description », of grants: what is done is told, and the title is asked
    described = any(one.champ is Champ.DESCRIPTION and one.score >= _SURELY for one in columns)
    rules = (
        (not is_action and _how_many(_OF_GOODS, words) >= _TELL, "il semble dire ce qui est acheté ou rangé"),
        (
            not named and _how_many(_OF_PEOPLE, words) >= _TELL - (title is None),
            "il semble dire qui sont des personnes",
        ),
        (
            # a place is of whatever happens
            title is None
            and not described
            and len(columns) >= _WIDE
            and len(said - {Champ.LIEU}) < len(columns) * _LITTLE,
            "presque aucune de ses colonnes n’en dit quelque chose",
        ),
        (
            not named and untold[1] and nobody and _how_many(_OF_PLACES, words) >= _TELL,
            "il semble dire où sont des lieux, et aucune colonne ne dit quel jour",
        ),
        (
            not named and not is_project and nobody and (all(untold) or (title is not None and nothing_sure)),
            "aucune colonne ne dit sûrement quel jour, pour qui, ni ce qui est fait",
        ),
    )
    return next((why for holds, why in rules if holds), "")


def _how_many(pattern: re.Pattern[str], words: Sequence[str]) -> int:
    return sum(pattern.search(heading) is not None for heading in words)
