"""Reads of the report of an edition: what each part says, who wrote last, who is at it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from accroche.campagne.models import Edition
from accroche.commun.tri import alphabetical
from accroche.comptes.permissions import Access
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.dossier import edition_dossier
from accroche.redaction.contenu import EtatConstate, Valeurs, constat, objectif_label, valeurs
from accroche.redaction.delais import THERE
from accroche.redaction.models import PartieEcrite, RedacteurPresent, VersionPartie
from accroche.redaction.parties import Partie


@dataclass(frozen=True)
class PartieLue:
    """A part of an edition's report: what it says, how far it has come, and who wrote it last here."""

    partie: Partie
    label: str
    valeurs: Valeurs
    constat: EtatConstate
    ecrite: PartieEcrite | None


def partie_of(edition: Edition, partie: Partie) -> PartieLue:
    """Return one part."""
    row = PartieEcrite.objects.select_related("by").filter(edition=edition, partie=partie).first()
    return _read(edition_dossier(edition), partie, row)


def report_of(edition: Edition) -> dict[Partie, PartieLue]:
    """Return all parts, in a fixed number of queries."""
    dossier = edition_dossier(edition)
    rows = {row.partie: row for row in PartieEcrite.objects.select_related("by").filter(edition=edition)}
    return {partie: _read(dossier, partie, rows.get(partie.value)) for partie in Partie}


def _read(dossier: EditionDossier, partie: Partie, row: PartieEcrite | None) -> PartieLue:
    told = valeurs(dossier, partie)
    code = partie.objectif
    label = f"Conclusion : {objectif_label(dossier, code)}" if code else partie.label
    return PartieLue(partie, label, told, constat(partie, told), row)


def noms_of(edition: Edition) -> tuple[str, ...]:
    """The académies of an edition by their names."""
    found = edition.semaines.order_by(alphabetical("academie__name"))
    return tuple(found.values_list("academie__name", flat=True))


def others_at(
    edition: Edition, partie: Partie, access: Access, at: dt.datetime
) -> QuerySet[RedacteurPresent]:
    """Who else has the page of a part open."""
    there = RedacteurPresent.objects.filter(edition=edition, partie=partie, at__gte=at - THERE)
    return there.exclude(user=access.user).select_related("user")


def versions_of(edition: Edition, partie: Partie) -> QuerySet[VersionPartie]:
    """The versions of a part, the latest first."""
    found = VersionPartie.objects.filter(partie__edition=edition, partie__partie=partie)
    return found.select_related("by", "partie")
