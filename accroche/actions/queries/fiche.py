"""Reads of one sheet."""

from __future__ import annotations

import datetime as dt

from accroche.actions.controle import Fiche, Image
from accroche.actions.models import Action
from accroche.actions.regles import Consentement, EtatPiece, TypePiece

#: What :func:`fiche_of` reads besides the sheet, its semaine and its edition.
FICHE_PARTS = ("activites", "pieces", "porteurs", "participations__partenaire", "liens")


def fiche_of(action: Action) -> Fiche:
    """Return what the rules of ``controle.py`` read of a sheet."""
    first = int(action.semaine.edition.year[:4])
    days = {"starts": action.days} if action.days else {}
    for number, activity in enumerate(action.activites.all(), 1):
        if activity.starts:
            days[f"activites-{number}"] = (activity.starts, activity.ends or activity.starts)
    return Fiche(
        title=action.title,
        description=action.description,
        schools=tuple(str(porteur) for porteur in action.porteurs.all()),
        levels=tuple(action.levels),
        temporality=action.temporality,
        nature=action.nature,
        has_contact=bool(action.declarant_id or action.declarant_email or action.private_email),
        # a school year: from the first of September to the last of August
        edition_days=(dt.date(first, 9, 1), dt.date(first + 1, 8, 31)),
        texts={name: text for name, text in _public_texts(action).items() if text.strip()},
        days=days,
        images=tuple(
            Image(
                piece.name,
                Consentement(piece.consent).allows_publication,
                number,
                EtatPiece(piece.state),
            )
            for number, piece in enumerate(action.pieces.all(), 1)
            if piece.kind == TypePiece.IMAGE
        ),
    )


def _public_texts(action: Action) -> dict[str, str]:
    """Return all that the public will read of a sheet, by the place where it is written.

    A list is numbered from 1, as people count: ``pieces-2`` is the second attachment.
    """
    lists = {
        # schools are named by the directory; only the other carriers are typed
        "porteurs": [
            "" if row.porteur.etablissement_id else row.porteur.name for row in action.portages.all()
        ],
        "activites": [f"{row.title}\n{row.description}" for row in action.activites.all()],
        "partenaires": [f"{row.partenaire.name}\n{row.part}" for row in action.participations.all()],
        "liens": [row.label for row in action.liens.all()],
        "pieces": [f"{row.caption}\n{row.name}" for row in action.pieces.all()],
    }
    names = ("title", "description", "classes", "audience_note", "authority", "public_contact")
    return {name: getattr(action, name) for name in names} | {
        f"{name}-{number}": text for name, rows in lists.items() for number, text in enumerate(rows, 1)
    }
