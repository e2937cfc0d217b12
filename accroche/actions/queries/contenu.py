"""What is written in a sheet, as plain data."""

from __future__ import annotations

from accroche.actions.models import Action
from accroche.actions.saisie import (
    COLUMNS,
    ActiviteSaisie,
    Contenu,
    LienSaisi,
    PartenaireSaisi,
    PorteurSaisi,
)
from accroche.annuaire.models import Porteur

#: What :func:`content_of` reads, to prefetch when there are several sheets.
CONTENT_PARTS = (
    "portages__porteur__etablissement",
    "participations__partenaire",
    "liens",
    "activites",
    "themes",
    "cles",
)


def _porteur(porteur: Porteur) -> PorteurSaisi:
    school = porteur.school
    named = school or porteur  # a school is named as the directory does today
    return PorteurSaisi(porteur.uai or "", named.kind, named.name, named.commune)


def content_of(action: Action) -> Contenu:
    """Return what a person may write of a sheet, as it stands in the database."""
    return Contenu(
        **{name: getattr(action, name) for name in COLUMNS},
        porteurs=tuple(_porteur(row.porteur) for row in action.portages.all()),
        levels=tuple(level.value for level in action.levels),
        themes=tuple(theme.code for theme in action.themes.all()),
        cles=tuple(cle.code for cle in action.cles.all()),
        partenaires=tuple(
            PartenaireSaisi(row.partenaire.name, row.role, row.part) for row in action.participations.all()
        ),
        liens=tuple(LienSaisi(row.url, row.label) for row in action.liens.all()),
        activites=tuple(
            ActiviteSaisie(row.title, row.description, row.starts, row.ends, row.pk)
            for row in action.activites.all()
        ),
    )
