"""A record's facts as JSON-ready fields, the units in which a load compares and writes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accroche.actions.champs import CHAMPS, Voie
from accroche.dossier import adaptateurs
from accroche.dossier.dossier import ActionDossier, EditionDossier, SemaineDossier
from accroche.dossier.instantane import action_of_shape_1

#: What no file writes of an action: whom to ask, when it was declared here, files.
NOT_OF_A_FILE = frozenset(champ.name for champ in CHAMPS if not champ.goes(Voie.PACK))

Facts = dict[str, Any]


def edition_facts(dossier: EditionDossier) -> Facts:
    """The edition's own fields, without its semaines nor what is computed from them.

    Its grid is a version of its own: it is there or not, and never changes with a file.
    """
    facts: Facts = adaptateurs.of_edition().dump_python(replace(dossier, semaines=()), mode="json")
    del facts["semaines"], facts["previous_academies"], facts["edition"], facts["grille"]
    return facts


def semaine_facts(dossier: SemaineDossier) -> Facts:
    """The semaine's own fields, without its actions. Levels read as a set: sorted."""
    facts: Facts = adaptateurs.of_semaine().dump_python(replace(dossier, actions=()), mode="json")
    del facts["actions"], facts["academie"]
    facts["levels"].sort()
    return facts


def action_facts(dossier: ActionDossier) -> Facts:
    """The action's fields. Themes and levels read as sets: sorted. An activity's row is not a fact."""
    facts: Facts = adaptateurs.of_action().dump_python(dossier, mode="json", exclude=set(NOT_OF_A_FILE))
    facts["themes"].sort()
    facts["levels"].sort()
    for activity in facts["activites"]:
        del activity["number"]
    return facts


def remembered(told: Facts, *, whole: bool) -> Facts:
    """Return what a record remembers of an action, in today's fields whatever the day it was written.

    A memory of the first shape says nothing of days, classes, activities…: no file told them then.
    ``whole``: what the source said, which is every field; otherwise what the database then held of some.
    """
    facts = action_of_shape_1(told)
    if "partenaires" in facts:
        facts["partenaires"] = [_PARTENAIRE | partner for partner in facts["partenaires"]]
    return {name: value for name, value in _UNTOLD.items() if whole and name not in told} | facts


def remembered_semaine(told: Facts) -> Facts:
    """Return what a record remembers of a semaine, its rows with the parts that were added since."""
    return _completed(told, {"partners": {"role": ""}, "temps_forts": {"authorities": []}})


def remembered_edition(told: Facts) -> Facts:
    """Return what a record remembers of an edition, its rows with the parts that were added since."""
    return _completed(
        told, {"axes": {"text": "", "pistes": []}, "perspectives": {"acteur": "", "echeance": ""}}
    )


def _completed(told: Facts, since: Facts) -> Facts:
    return told | {name: [empty | row for row in told[name]] for name, empty in since.items() if name in told}


_UNTOLD = action_facts(ActionDossier(""))
_PARTENAIRE = {"role": "", "part": ""}
