"""What a visitor thinks of the site: three answers, and how long they are kept."""

from __future__ import annotations

import datetime as dt
from typing import Final

from accroche.lib.libelles import Libelle

#: How long an opinion is kept, whether it was handled or not; told on the form and in the legal notice.
KEPT: Final = dt.timedelta(days=365)


class Satisfaction(Libelle):
    """How it went, in the words and the order of the State's « Je donne mon avis »."""

    BAD = "pas_bien", "Pas bien"
    AVERAGE = "moyen", "Moyen"
    GOOD = "tres_bien", "Très bien"


class EtatAvis(Libelle):
    """Whether somebody of the bureau has dealt with it."""

    NEW = "a_traiter", "À traiter"
    HANDLED = "traites", "Traités"
