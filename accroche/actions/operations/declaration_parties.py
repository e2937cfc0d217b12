"""The rows that hang on a sheet, written from its content: each list replaces the one before."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django.db.models import F

from accroche.actions.models import (
    Action,
    ActionPartenaire,
    ActionPorteur,
    Activite,
    Cle,
    Lien,
    Theme,
)
from accroche.actions.saisie import ActiviteSaisie, Contenu, PorteurSaisi
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Partenaire

#: Farther than any list goes: rows stand there while their places are given anew.
ASIDE = 10_000
#: The lists of a sheet, as its content names them.
ALL = frozenset({"porteurs", "partenaires", "liens", "themes", "cles", "activites"})


def write_parts(action: Action, content: Contenu, names: Container[str] = ALL) -> None:
    """Make the lists of ``action`` those of ``content``, whose schools are all in the directory.

    ``names``: the lists that changed, when that is known; the others are left as they are.
    """
    if "porteurs" in names:
        action.portages.all().delete()
        ActionPorteur.objects.bulk_create(
            ActionPorteur(action=action, porteur=porteur_of(action, row), position=position)
            for position, row in enumerate(content.porteurs)
        )
    if "partenaires" in names:
        action.participations.all().delete()
        ActionPartenaire.objects.bulk_create(
            ActionPartenaire(
                action=action,
                partenaire=partenaire_of(row.name),
                role=row.role,
                part=row.part,
                position=position,
            )
            for position, row in enumerate(content.partenaires)
        )
    if "liens" in names:
        action.liens.all().delete()
        Lien.objects.bulk_create(
            Lien(action=action, url=row.url, label=row.label, position=position)
            for position, row in enumerate(content.liens)
        )
    if "themes" in names:
        action.themes.set([Theme.objects.get_or_create(code=code)[0] for code in content.themes])
    if "cles" in names:
        action.cles.set([Cle.objects.get_or_create(code=code)[0] for code in content.cles])
    if "activites" in names:
        _write_activities(action, content.activites)


def porteur_of(action: Action, row: PorteurSaisi) -> Porteur:
    """Find or make the carrier of a line; two at once make one."""
    academie = action.semaine.academie
    if row.uai:
        defaults: dict[str, Any] = {
            "academie": academie,
            "kind": row.kind,
            "name": row.name,
            "commune": row.commune,
        }
        return Porteur.objects.get_or_create(etablissement_id=row.uai, defaults=defaults)[0]
    return Porteur.objects.get_or_create(
        academie=academie, kind=row.kind, name=row.name, commune=row.commune, etablissement=None
    )[0]


def partenaire_of(name: str) -> Partenaire:
    """Find or make the partner of that name; when two kinds of it are known, the first written."""
    found = Partenaire.objects.filter(name=name).order_by("pk").first()
    return found or Partenaire.objects.get_or_create(name=name, kind="", internal=False)[0]


def _write_activities(action: Action, activities: tuple[ActiviteSaisie, ...]) -> None:
    """Keep the rows that are still there: a merge may have to find them again."""
    held = {row.pk: row for row in action.activites.all()}
    kept = {row.number for row in activities if row.number in held}
    action.activites.exclude(pk__in=kept).delete()
    action.activites.update(position=F("position") + ASIDE)
    for position, row in enumerate(activities):
        columns = {
            "position": position,
            "title": row.title,
            "description": row.description,
            "starts": row.starts,
            "ends": row.ends,
        }
        if row.number in kept:
            Activite.objects.filter(pk=row.number).update(**columns)
            kept.discard(row.number)  # the same line twice: the second is new
        else:
            Activite.objects.create(action=action, **columns)
