"""What kind of organisation a name begins with, and which names are départements."""

from __future__ import annotations

import re
from typing import Final

from accroche.annuaire.organismes import kind_of_opening
from accroche.dossier.dossier import TypePorteur
from accroche.rapport.lines import folded

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


def kind_of(name: str) -> TypePorteur | None:
    """Give the kind of organisation ``name`` opens with, None when it opens with none known."""
    opening = name[:_OPENING]
    known = kind_of_opening(opening)
    if known:
        return known
    key = folded(opening)
    return next((kind for kind, pattern in _PATTERNS if pattern.match(key)), None)
