"""What kind of organisation a name begins with, and which names are départements."""

from __future__ import annotations

import re
from typing import Final

from accroche.annuaire.organismes import kind_of_opening
from accroche.dossier.dossier import TypePorteur
from accroche.imports.rapport.lines import folded

# Schools, by kind, and what a report prints where others print who carries an action. What organisations that
# are no school are, the directory says.
_RULES: Final[tuple[tuple[TypePorteur, str], ...]] = (
    (TypePorteur.LYCEE, r"micro-?\s?lycees?"),
    (TypePorteur.LYCEE_PROFESSIONNEL, r"lycees? (?:agricoles? )?professionnels?|lpa?|sep"),
    (TypePorteur.LYCEE, r"lycees?|lgt|lpo|cite scolaire"),
    (TypePorteur.COLLEGE, r"colleges?|clg|(?:ateliers?|classes?|dispositifs?) relais|segpa"),
    (TypePorteur.ECOLE, r"ecoles?|groupes? scolaires?"),
    (TypePorteur.RESEAU, r"regroupements?|bassins?"),
    (TypePorteur.ACADEMIE, r"concours academique|academie"),
    (TypePorteur.AUTRE, r"antennes?"),
)
_PATTERNS: Final = tuple((kind, re.compile(rf"(?:{pattern})(?![\w])")) for kind, pattern in _RULES)
#: The longest opening a rule looks at.
_OPENING: Final = 60

DEPARTEMENTS: Final = frozenset(
    folded(name)
    for name in re.split(
        ",",
        "Ain,Aisne,Allier,Alpes-de-Haute-Provence,Hautes-Alpes,Alpes-Maritimes,Ardèche,Ardennes,Ariège,Aube,"
        "Aude,Aveyron,Bouches-du-Rhône,Calvados,Cantal,Charente,Charente-Maritime,Cher,Corrèze,Corse-du-Sud,"
        "Haute-Corse,Côte-d’Or,Côtes-d’Armor,Creuse,Dordogne,Doubs,Drôme,Eure,Eure-et-Loir,Finistère,Gard,"
        "Haute-Garonne,Gers,Gironde,Hérault,Ille-et-Vilaine,Indre,Indre-et-Loire,Isère,Jura,Landes,"
        "Loir-et-Cher,Loire,Haute-Loire,Loire-Atlantique,Loiret,Lot,Lot-et-Garonne,Lozère,Maine-et-Loire,"
        "Manche,Marne,Haute-Marne,Mayenne,Meurthe-et-Moselle,Meuse,Morbihan,Moselle,Nièvre,Nord,Oise,Orne,"
        "Pas-de-Calais,Puy-de-Dôme,Pyrénées-Atlantiques,Hautes-Pyrénées,Pyrénées-Orientales,Bas-Rhin,"
        "Haut-Rhin,Rhône,Haute-Saône,Saône-et-Loire,Sarthe,Savoie,Haute-Savoie,Paris,Seine-Maritime,"
        "Seine-et-Marne,Yvelines,Deux-Sèvres,Somme,Tarn,Tarn-et-Garonne,Var,Vaucluse,Vendée,Vienne,"
        "Haute-Vienne,Vosges,Yonne,Territoire de Belfort,Essonne,Hauts-de-Seine,Seine-Saint-Denis,"
        "Val-de-Marne,Val-d’Oise,Guadeloupe,Martinique,Guyane,La Réunion,Mayotte",
    )
)


def kind_of(name: str) -> TypePorteur | None:
    """Give the kind of organisation ``name`` opens with, None when it opens with none known."""
    opening = name[:_OPENING]
    known = kind_of_opening(opening)
    if known:
        return known
    key = folded(opening)
    return next((kind for kind, pattern in _PATTERNS if pattern.match(key)), None)
