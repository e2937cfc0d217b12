"""Writes the chosen fields of an edition's national part; each field replaces the rows it stands for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from accroche.annuaire.models import Academie
from accroche.campagne.models import (
    Axe,
    CitationObjectif,
    Edition,
    Mentions,
    Objectif,
    Texte,
    Tutorat,
    TutoratAcademie,
)
from accroche.campagne.regles import SectionTexte
from accroche.commun.insertion import check_lengths, insert_rows
from accroche.dossier.dossier import AxeCatalogue, EditionDossier


def add_axes(edition: Edition, axes: Sequence[AxeCatalogue]) -> None:
    """Add the axes that the edition's catalogue lacks, after those it has."""
    known = set(edition.axes.values_list("code", flat=True))
    missing = [axe for axe in axes if axe.code not in known]
    insert_rows(
        Axe,
        [
            Axe(edition=edition, position=position, **_worded(axe), code=axe.code)
            for position, axe in enumerate(missing, start=len(known))
        ],
    )


def _worded(axe: AxeCatalogue) -> dict[str, Any]:
    return {"label": axe.label, "text": axe.text, "pistes": list(axe.pistes)}


def write_edition(
    edition: Edition, dossier: EditionDossier, fields: Collection[str], academies: Mapping[str, Academie]
) -> None:
    """Write the named fields of an edition, whose axes are there already (:func:`add_axes`)."""
    if "title" in fields or "notes" in fields:
        edition.title = dossier.title if "title" in fields else edition.title
        edition.notes = list(dossier.notes) if "notes" in fields else edition.notes
        check_lengths([edition])
        edition.save(update_fields=["title", "notes"])
    told = _told(dossier)
    for section in SectionTexte:
        if section.value in fields:
            _write_texts(edition, section, told[section])
    if "mentions" in fields:
        check_lengths([Mentions(edition=edition, **asdict(dossier.mentions))])
        Mentions.objects.update_or_create(edition=edition, defaults=asdict(dossier.mentions))
    if "axes" in fields:
        _write_axes(edition, dossier)
    if "objectifs" in fields:
        edition.objectifs.all().delete()
        objectifs = [
            Objectif(edition=edition, code=o.code, label=o.label, conclusion=o.conclusion, position=position)
            for position, o in enumerate(dossier.objectifs)
        ]
        citations = [
            CitationObjectif(objectif=objectif, academie=academies[name], position=position)
            for objectif, goal in zip(objectifs, dossier.objectifs, strict=True)
            for position, name in enumerate(goal.academies)
        ]
        insert_rows(Objectif, objectifs)
        insert_rows(CitationObjectif, citations)
    if "tutorats" in fields:
        edition.tutorats.all().delete()
        tutorats = [
            Tutorat(edition=edition, kind=group.kind, reason=group.reason, position=position)
            for position, group in enumerate(dossier.tutorats)
        ]
        places = [
            TutoratAcademie(tutorat=tutorat, academie=academies[name], position=position)
            for tutorat, group in zip(tutorats, dossier.tutorats, strict=True)
            for position, name in enumerate(group.academies)
        ]
        insert_rows(Tutorat, tutorats)
        insert_rows(TutoratAcademie, places)


def _told(dossier: EditionDossier) -> dict[SectionTexte, list[dict[str, str]]]:
    """What each section of texts says, as the columns of its rows."""
    return {
        SectionTexte.INTRODUCTION: [{"title": title, "text": text} for title, text in dossier.introduction],
        SectionTexte.MESSAGES: [{"text": text} for text in dossier.messages],
        SectionTexte.PREAMBULE: [{"text": dossier.preambule}] if dossier.preambule else [],
        SectionTexte.PERSPECTIVES: [asdict(perspective) for perspective in dossier.perspectives],
    }


def _write_axes(edition: Edition, dossier: EditionDossier) -> None:
    # an axis in use is never deleted: rows are renewed in place
    rows = {row.code: row for row in edition.axes.all()}
    for position, axe in enumerate(dossier.axes):
        row = rows[axe.code]
        told = {**_worded(axe), "position": position}
        if any(getattr(row, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(row, name, value)
            check_lengths([row])
            row.save(update_fields=list(told))


def _write_texts(edition: Edition, section: SectionTexte, texts: Sequence[dict[str, str]]) -> None:
    edition.textes.filter(section=section).delete()
    rows = [
        Texte(edition=edition, section=section, position=position, **told)
        for position, told in enumerate(texts)
    ]
    insert_rows(Texte, rows)
