"""An edition as an open JSON document: the exchange format of ``export_edition``."""

from __future__ import annotations

from typing import Any

from accroche.dossier.bilan import bilan
from accroche.dossier.comptage import ANNOUNCED, COUNTED
from accroche.dossier.dossier import (
    ActionDossier,
    EditionDossier,
    Niveau,
    PorteurSaisi,
    SemaineDossier,
)
from accroche.lib.chiffres import Chiffre, Total


def edition_json(dossier: EditionDossier) -> dict[str, Any]:
    """Return the JSON-ready export: semaines as given, totals as computed."""
    computed = bilan(dossier)
    return {
        "edition": dossier.edition,
        "semaines": [_semaine(semaine) for semaine in dossier.semaines],
        "totals": {
            "actions": _total(computed.actions),
            "etablissements": _total(computed.etablissements),
            "semaines": {
                "reported": len(computed.reported),
                "unavailable": list(computed.unavailable),
                "first_edition": list(computed.first),
                "later_edition": [name for name, _ in computed.later],
            },
            "levels": {level.value: len(names) for level, names in computed.levels.items()},
            "axes": {code: len(names) for code, names in computed.axes.items()},
            "example_actions": computed.examples,
        },
    }


def _semaine(semaine: SemaineDossier) -> dict[str, Any]:
    return {
        "academie": semaine.academie,
        "windows": [[starts.isoformat(), ends.isoformat()] for starts, ends in semaine.windows],
        "ordinal": semaine.ordinal,
        "status": semaine.status.value,
        "levels": {level.value: level in semaine.levels for level in Niveau},
        "chiffres": {
            "actions": [_figure(figure) for figure in semaine.actions_figures],
            "etablissements": [_figure(figure) for figure in semaine.etablissements_figures],
        },
        "axes": [axe.code for axe in semaine.axes],
        "actions": [_action(action) for action in semaine.actions],
    }


def _figure(figure: Chiffre) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": figure.kind.value,
        "value": figure.value,
        "perimeter": figure.perimeter,
        "note": figure.note,
    }
    if figure.source in {COUNTED, ANNOUNCED}:
        # a count and what is announced beside it: only the first is to be added up
        told |= {"source": figure.source, "additive": figure.additive}
    return told


def _action(action: ActionDossier) -> dict[str, Any]:
    return {
        "title": action.title,
        "carriers": [_carrier(carrier) for carrier in action.porteurs],
        "urls": [link.url for link in action.liens],
    }


def _carrier(carrier: PorteurSaisi) -> dict[str, Any]:
    level = carrier.level
    return {
        "name": carrier.name,
        "commune": carrier.commune,
        "level": level.value if level else "",
        "uai": carrier.uai or None,
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        "lower_bound": total.lower_bound,
        "is_exact": total.is_exact,
        "is_approximate": total.is_approximate,
        "counted": len(total.counted),
        "answered": total.answered,
        "not_communicated": list(total.missing),
        "all": list(total.uncounted_all),
        "unavailable": list(total.unavailable),
    }
