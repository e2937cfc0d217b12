"""What is written in a sheet, as plain data."""

from __future__ import annotations

from accroche.actions.models import Action
from accroche.actions.queries.lignee import origine_told
from accroche.actions.saisie import (
    COLUMNS,
    ActiviteSaisie,
    Contenu,
    Distinctions,
    LienSaisi,
    PartenaireSaisi,
    PieceDite,
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


def distinctions_of(action: Action) -> Distinctions:
    """Return what is known of a sheet that nobody types; reads what ``lignee.ORIGINE_PARTS`` follows."""
    return Distinctions(
        prize=action.prize,
        remarkable=action.remarkable,
        chosen=action.chosen,
        source=action.source,
        experitheque_id=action.experitheque_id,
        reprise_de=origine_told(action),
        declared=action.created_at,
        submitted=action.submitted_at,
    )


def content_of(action: Action, *, as_printed: bool = False) -> Contenu:
    """Return what a person may write of a sheet, as it stands in the database.

    ``as_printed``: schools by the names of the edition's time; otherwise as the directory names them today.
    """
    return Contenu(
        **{name: getattr(action, name) for name in COLUMNS},
        porteurs=tuple(_porteur(row.porteur, as_printed=as_printed) for row in action.portages.all()),
        levels=tuple(level.value for level in action.levels),
        themes=tuple(theme.code for theme in action.themes.all()),
        cles=tuple(cle.code for cle in action.cles.all()),
        partenaires=tuple(
            PartenaireSaisi(
                row.partenaire.name, row.role, row.part, row.partenaire.kind, row.partenaire.internal
            )
            for row in action.participations.all()
        ),
        liens=tuple(LienSaisi(row.url, row.label) for row in action.liens.all()),
        activites=tuple(
            ActiviteSaisie(row.title, row.description, row.starts, row.ends, row.pk)
            for row in action.activites.all()
        ),
    )


def pieces_of(action: Action) -> tuple[PieceDite, ...]:
    """Return what is said of each attachment, public or not, in their order."""
    return tuple(
        PieceDite(row.name, row.kind, row.caption, row.consent, row.state) for row in action.pieces.all()
    )


def _porteur(porteur: Porteur, *, as_printed: bool) -> PorteurSaisi:
    named = porteur if as_printed else porteur.school or porteur
    return PorteurSaisi(
        porteur.uai or "",
        named.kind,
        named.name,
        named.commune,
        porteur.insee,
        porteur.latitude,
        porteur.longitude,
    )
