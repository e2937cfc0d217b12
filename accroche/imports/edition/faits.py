"""A record's facts as JSON-ready fields, the units in which a load compares and writes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from accroche.dossier.dossier import ActionDossier, EditionDossier, SemaineDossier

_EDITION = TypeAdapter(EditionDossier)
_SEMAINE = TypeAdapter(SemaineDossier)
_ACTION = TypeAdapter(ActionDossier)

Facts = dict[str, Any]


def edition_facts(dossier: EditionDossier) -> Facts:
    """The edition's own fields, without its semaines nor what is computed from them."""
    facts: Facts = _EDITION.dump_python(replace(dossier, semaines=()), mode="json")
    del facts["semaines"], facts["previous_academies"], facts["edition"]
    return facts


def semaine_facts(dossier: SemaineDossier) -> Facts:
    """The semaine's own fields, without its actions. Levels read as a set: sorted."""
    facts: Facts = _SEMAINE.dump_python(replace(dossier, actions=()), mode="json")
    del facts["actions"], facts["academie"]
    facts["levels"].sort()
    return facts


def action_facts(dossier: ActionDossier) -> Facts:
    """The action's fields. Themes and levels read as sets: sorted."""
    facts: Facts = _ACTION.dump_python(dossier, mode="json")
    facts["themes"].sort()
    facts["levels"].sort()
    return facts
