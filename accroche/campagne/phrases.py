"""The new facts of a semaine in plain sentences, the same on its page and in the synthesis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from accroche.campagne.regles import Alliances, Appel, Autorite, Portage, Signataire
from accroche.lib.dates import format_date
from accroche.lib.libelles import Libelle
from accroche.lib.texte import liste

_ALLIANCES: Final = {
    Alliances.INTERNES: "Les alliances restent dans l’Éducation nationale.",
    Alliances.SURTOUT_INTERNES: "Les alliances se nouent souvent dans l’Éducation nationale.",
    Alliances.INTERNES_EXTERNES: "Les alliances se nouent dans l’Éducation nationale et au-dehors.",
    Alliances.NC: "L’académie n’a pas communiqué ses alliances.",
}
_PORTAGE: Final = {
    Portage.PORTEURS: "Ce sont les porteurs de projet qui trouvent les partenaires.",
    Portage.SERVICES: "Ce sont les services de l’académie qui trouvent les partenaires.",
    Portage.LES_DEUX: "Porteurs de projet et services de l’académie trouvent chacun des partenaires.",
    Portage.NC: "L’académie n’a pas communiqué qui trouve les partenaires.",
}


def alliances_told(alliances: Alliances, portage: Portage) -> tuple[str, ...]:
    """Say between whom the alliances are, and who weaves them; nothing of what nobody said."""
    return tuple(filter(None, (_ALLIANCES.get(alliances), _PORTAGE.get(portage))))


def appel_told(appel: Appel, bassins: Sequence[str]) -> str:
    """Say which bassins were called to take part; empty when nobody said."""
    named = bassins and appel is Appel.CERTAINS
    return f"{appel.label} : {liste(bassins)}" if named else appel.label


def partner_told(name: str, role: Libelle) -> str:
    """Name a partner, with what part it takes when it is known."""
    return f"{name} ({role.label})" if role else name


def absence_told(by: Signataire, on: dt.date | None, word: str) -> str:
    """Say who signed that there are no data, when, and on whose word; empty when nobody did."""
    return f"signé le {format_date(on)} par {by.label}, d’après {word}" if on else ""


def presence_told(authorities: Iterable[Autorite]) -> str:
    """Say who in authority was there; empty when nobody said."""
    told = ", ".join(f"{one.label[0].lower()}{one.label[1:]}" for one in authorities)
    return f"Autorités présentes : {told}." if told else ""
