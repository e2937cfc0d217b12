"""What evidence reads, from the database: sheets are counted where they are, never loaded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from accroche.actions.models import Action, ActionPartenaire
from accroche.annuaire.queries.succession import successors
from accroche.campagne.models import Edition
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.dossier import edition_dossier
from accroche.evaluation.queries.faits import told_publicly
from accroche.lib.texte import sort_key
from accroche.redaction.preuves import Matiere, PreuveComptee, preuves


def preuves_of(edition: Edition, partie: str) -> tuple[PreuveComptee, ...]:
    """Return the evidence that stands beside a part of the report; a fixed number of queries."""
    return preuves(matiere_of_edition(edition), partie)


def matiere_of_edition(edition: Edition) -> Matiere:
    """Return what evidence reads of an edition and of the one before; a fixed number of queries."""
    told = told_publicly(edition)
    earlier = Edition.objects.reported().filter(year__lt=edition.year).order_by("-year").first()
    return Matiere(
        dossier=replace(edition_dossier(edition), semaines=tuple(one for one, _ in told)),
        faits={semaine.academie: faits for semaine, faits in told},
        des_fiches=_partners_of_sheets(edition),
        previous=_previous(earlier) if earlier else None,
        successors=successors() if earlier else {},
        closed=(edition.is_closed, bool(earlier and earlier.is_closed)),
    )


def _previous(edition: Edition) -> EditionDossier:
    return EditionDossier(
        edition.year, semaines=tuple(one for one, _ in told_publicly(edition, with_sheets=False))
    )


def _partners_of_sheets(edition: Edition) -> dict[str, tuple[str, ...]]:
    sheets = Action.objects.accepted() if edition.is_counted else Action.objects.told()
    rows = ActionPartenaire.objects.filter(
        action__in=sheets.filter(semaine__edition=edition).order_by().values("pk"), partenaire__internal=False
    )
    names = rows.order_by().values_list("action__semaine__academie__name", "partenaire__name").distinct()
    found: dict[str, list[str]] = defaultdict(list)
    for academie, partner in names:
        found[academie].append(partner)
    return {academie: tuple(sorted(partners, key=sort_key)) for academie, partners in found.items()}
