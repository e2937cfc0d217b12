"""The national synthesis of an edition: one sheet per académie, a conclusion, perspectives, totals.

What it must hold comes from the ministry's synthesis of 2015-2016; its narratives come from the
edition's records, and every total, list and count is computed.
"""

from __future__ import annotations

from accroche.dossier.comptage import etendue
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.ventilation import Ventilation
from accroche.lib.dates import school_year
from accroche.lib.texte import capitale, en_lettres, nombre, pluriel, typographie
from accroche.publications.blocs import academie_sheet, text
from accroche.publications.documents.synthese import annexe, ouverture, reperes, suites, themes
from accroche.publications.documents.synthese.donnees import data_tables
from accroche.publications.documents.synthese.tirage import Tirage
from accroche.publications.outline import Document, Paragraph, Section, SectionKind, Tone
from accroche.publications.versions import WORKING, Imprint
from accroche.publications.visuels import calendar

__all__ = ["build"]


def build(dossier: EditionDossier, imprint: Imprint, ventilation: Ventilation | None = None) -> Document:
    """Build the synthesis of ``dossier``; equal arguments give equal documents, whatever the day.

    ``ventilation``: what all sheets add up to, where ``dossier`` holds its examples alone; it has no data.
    A working version is dated from the last day of its school year, since its text has no day of its own.
    """
    tirage = Tirage(dossier, imprint, ventilation)
    edition, version = dossier.edition, imprint.version
    # in reading order: provenances are listed as figures are printed
    sections: tuple[Section, ...] = (
        ouverture.overview(tirage),
        ouverture.introduction(tirage),
        ouverture.numbers(tirage),
        themes.results(tirage),
        _academies(tirage),
        suites.conclusion(tirage),
        suites.perspectives(tirage),
        annexe.totals(tirage),
        annexe.mentions(tirage),
    )
    sections = (*sections, reperes.acronyms(sections), reperes.index(tirage))
    return Document(
        title=typographie(dossier.title or "Semaine de la persévérance scolaire"),
        subtitle=f"Synthèse nationale de l’édition {edition}",
        organisation=imprint.organisation,
        version=version.label if version else WORKING,
        date=version.settled if version else school_year(edition)[1],
        abstract=typographie(_abstract(tirage)),
        sections=tuple(section for section in sections if section.blocks or section.sections),
        provenances=tirage.provenances.all(),
        data=() if ventilation else data_tables(dossier, tirage.bilan),
        site_url=imprint.site_url,
        keywords=("synthèse",),
        cover=typographie(" ".join(dossier.mentions.couverture.split())),
    )


def _abstract(tirage: Tirage) -> str:
    total, told = len(tirage.dossier.semaines), len(tirage.bilan.reported)
    actions = "aucun nombre d’actions communiqué"
    if tirage.bilan.actions.has_number:
        actions = f"{tirage.actions_text} d’après {etendue(tirage.bilan.actions)}"
    return (
        f"{capitale(en_lettres(total, 'une'))} {pluriel(total, 'académie', 'académies')}, "
        f"{nombre(told)} {pluriel(told, 'compte rendu', 'comptes rendus')}, {actions}."
    )


def _academies(tirage: Tirage) -> Section:
    labels = {axe.code: typographie(axe.label) for axe in tirage.dossier.axes}
    fiches = tirage.ventilation.by_academie()
    sheets = (
        academie_sheet(semaine, labels, tirage.provenances, fiches.get(semaine.academie, 0))
        for semaine in tirage.dossier.semaines
    )
    lead = Paragraph(
        text(
            "Chaque fiche réunit les dates, le récit, les niveaux, les chiffres, les partenaires "
            "et des exemples."
        ),
        Tone.LEAD,
    )
    blocks = (lead, calendar(tirage.dossier, typographie("Source : dates données par les académies.")))
    return Section("academies", "Les académies", blocks, tuple(sheets), kind=SectionKind.CHAPTER)
