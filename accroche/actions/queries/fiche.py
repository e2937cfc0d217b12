"""Reads of one sheet."""

from __future__ import annotations

import datetime as dt

from accroche.actions.controle import Fiche, Image
from accroche.actions.models import Action
from accroche.actions.regles import Consentement, TypePiece


def fiche_of(action: Action) -> Fiche:
    """Return what the rules of ``controle.py`` read of a sheet."""
    first = int(action.semaine.edition.year[:4])
    activities = list(action.activites.all())
    texts = {"title": action.title, "description": action.description, "audience_note": action.audience_note}
    texts |= {"authority": action.authority, "public_contact": action.public_contact}
    days = {"starts": action.days} if action.days else {}
    for number, activity in enumerate(activities, 1):
        texts[f"activites-{number}"] = f"{activity.title}\n{activity.description}"
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
        texts={name: text for name, text in texts.items() if text},
        days=days,
        images=tuple(
            Image(piece.name, Consentement(piece.consent).allows_publication)
            for piece in action.pieces.all()
            if piece.kind == TypePiece.IMAGE
        ),
    )
