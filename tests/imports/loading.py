"""What the tests of loading share: a small edition, loaded, changed and read back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from django.test.utils import CaptureQueriesContext

from accroche.actions.models import Action
from accroche.campagne.models import Edition
from accroche.dossier.dossier import AxeCatalogue, EditionDossier, ObjectifDossier, TutoratDossier
from accroche.dossier.queries.dossier import dossier_of
from accroche.imports.operations import LoadReport, load_dossier
from tests.conftest import PUBLISHED_AT, _models
from tests.dossier.sample import CAEN, DIJON, EDITION, FORUM


def load(dossier: EditionDossier, origin: str = "pack", **options: Any) -> LoadReport:
    return load_dossier(dossier, origin=origin, **{"publish_at": PUBLISHED_AT} | options)


def stored() -> EditionDossier:
    return dossier_of(Edition.objects.get(year="2015-2016"))


def with_dijon(**changes: Any) -> EditionDossier:
    return replace(EDITION, semaines=(CAEN, replace(DIJON, **changes)))


def with_forum(**changes: Any) -> EditionDossier:
    return with_dijon(actions=(replace(FORUM, **changes), *DIJON.actions[1:]))


def other_edition() -> dict[str, Any]:
    """Each of an edition's own fields, changed."""
    return {
        "title": "Semaine de l’engagement",
        "introduction": (("Autre", "Texte."),),
        "axes": (
            AxeCatalogue("niveaux", "Tous les niveaux"),
            AxeCatalogue("animation", "Animer"),
            AxeCatalogue("structuration", "Structurer"),
        ),
        "objectifs": (ObjectifDossier("mobiliser_partenaires", "Mobiliser", "", ("Caen",)),),
        "perspectives": (),
        "tutorats": (TutoratDossier("possible", ("Caen",)), TutoratDossier("prioritaire", ("Dijon",))),
        "notes": (),
    }


def forum() -> Action:
    return Action.objects.get(slug="forum-des-metiers")


def rows() -> dict[str, list[tuple[Any, ...]]]:
    return {model.__name__: sorted(model._base_manager.values_list(), key=repr) for model in _models()}


def verbs(queries: CaptureQueriesContext) -> Counter[str]:
    return Counter(query["sql"].split()[0] for query in queries)
