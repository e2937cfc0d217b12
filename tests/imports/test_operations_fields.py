"""Loading an edition again: each field follows its file, there and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.regles import Nature, SourceAction, Temporalite
from accroche.actions.saisie import ActiviteSaisie
from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import (
    AxeRetenu,
    EditionDossier,
    EtapeDossier,
    PartenaireDossier,
    PartenaireSaisi,
    TempsFortDossier,
)
from accroche.imports.operations import LoadReport
from accroche.lib.chiffres import parse
from tests.conftest import made_once
from tests.dossier.sample import EDITION, LYCEE, PLACED
from tests.imports.loading import load, other_edition, stored, with_dijon, with_forum

if TYPE_CHECKING:
    from collections.abc import Iterator

# what is written is compared by what reads it, on either database the same
pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("_loaded", "db")]


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[LoadReport]:
    """The edition, loaded once for all; what each test loads is taken back after it."""
    yield from made_once(django_db_blocker, lambda: load(EDITION))


def follows(changed: EditionDossier, records: int = 1) -> None:
    """Hold that loading a changed file writes what it says to so many records, once."""
    report = load(changed)
    assert (report.updated, report.kept) == (records, [])
    assert stored() == changed
    assert load(changed) == LoadReport(unchanged=5, public=True)


def other_semaine() -> dict[str, Any]:
    return {
        "windows": ((dt.date(2016, 3, 14), dt.date(2016, 3, 18)),),
        "ordinal": None,
        "status": StatutSemaine.UNAVAILABLE,
        "levels": frozenset({Niveau.PREMIER_DEGRE}),
        "actions_figures": parse("31 actions\n58 actions existantes"),
        "etablissements_figures": parse("N.C."),
        "title": "",
        "themes": ("Autre", "Deux"),
        "pilot": "MLDS",
        "sponsor": "",
        "funding": "Autre",
        "committee": "",
        "narrative": "Autre",
        "partners_narrative": "Autre",
        "partners": (PartenaireDossier("CLEMI"),),
        "axes": (AxeRetenu("structuration", "Autre"),),
        "temps_forts": (TempsFortDossier("Autre", "forum", stops=(EtapeDossier("Paris"),)),),
        "ressources": (),
        "examples_note": "",
    }


def other_action() -> dict[str, Any]:
    return {
        "title": "Forum des métiers !",
        "porteurs": (replace(LYCEE, name="Lycée Carnot"), PLACED),
        "liens": (),
        "description": "",
        "prize": "",
        "remarkable": False,
        "temporality": Temporalite.LES_DEUX,
        "nature": Nature.REMEDIATION,
        "levels": (Niveau.PREMIER_DEGRE, Niveau.COLLEGE),
        "themes": ("langue",),
        "cles": ("ambition",),
        "partenaires": (PartenaireSaisi("CANOPE", "participe", "prête des livres"),),
        "starts": dt.date(2016, 3, 13),
        "ends": dt.date(2016, 3, 18),
        "classes": "4e B",
        "audience_size": 31,
        "audience_note": "des élèves de 4e",
        "activites": (ActiviteSaisie("Bilan", "Ensemble", dt.date(2016, 3, 18)),),
        "authority": "La rectrice",
        "public_contact": "Le secrétariat",
        "source": SourceAction.CARDIE,
        "experitheque_id": None,
    }


#: A field of a semaine beside one of an action: two records, one load.
PAIRS = list(zip(cycle(other_semaine()), other_action(), strict=False))


@pytest.mark.parametrize(("of_semaine", "of_action"), PAIRS)
def test_every_field_of_a_semaine_and_of_an_action_follows_its_file(of_semaine: str, of_action: str) -> None:
    assert len(PAIRS) >= len(other_semaine())
    forum = with_forum(**{of_action: other_action()[of_action]}).semaines[1].actions
    changed = with_dijon(actions=forum, **{of_semaine: other_semaine()[of_semaine]})
    follows(changed, records=2)
    load(EDITION)
    assert stored() == EDITION


@pytest.mark.parametrize("field", list(other_edition()))
def test_every_field_of_an_edition_follows_its_file(field: str) -> None:
    changed = replace(EDITION, **{field: other_edition()[field]})
    follows(changed)
