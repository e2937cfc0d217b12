"""Reads an edition pack: the readable files of ``docs/pack.md``, strictly."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from accroche.annuaire.regles import Niveau
from accroche.campagne.champs import ABSENCE, ENTRE_NOUS
from accroche.campagne.regles import (
    MENTOR_LIMIT,
    Alliances,
    Appel,
    Autorite,
    Charge,
    CodeAxe,
    CodeObjectif,
    Obstacle,
    Portage,
    RoleSemaine,
    Signataire,
    StatutSemaine,
    TypeMedia,
    TypeRessource,
    TypeTempsFort,
    TypeTutorat,
)
from accroche.dossier.dossier import (
    AxeCatalogue,
    AxeRetenu,
    EditionDossier,
    EtapeDossier,
    MentionsDossier,
    ObjectifDossier,
    PartenaireDossier,
    PerspectiveDossier,
    RessourceDossier,
    Retombee,
    SemaineDossier,
    TempsFortDossier,
    TexteStrategie,
    TutoratDossier,
)
from accroche.imports.pack_fiche import Day, UrlOrNone
from accroche.imports.pack_fiche import TableDatee as _Dated
from accroche.imports.pack_fiche import TableFiche as _Action
from accroche.imports.pack_fiche import TablePartenaire as _Partner
from accroche.imports.pack_fiche import in_order as _in_order
from accroche.imports.pack_grille import FILE, read_grille
from accroche.imports.pack_tables import Flag, Line, Name, Number, PackError, Prose
from accroche.imports.pack_tables import Table as _Table
from accroche.imports.pack_tables import once as _once
from accroche.imports.pack_tables import read as _read
from accroche.lib import chiffres
from accroche.lib.texte import slug

__all__ = ["PACKS", "PackError", "available_packs", "read_pack"]

PACKS = Path(__file__).with_name("packs")


def _windows(windows: tuple[tuple[dt.date, dt.date], ...]) -> tuple[tuple[dt.date, dt.date], ...]:
    if any(after[0] <= before[1] for before, after in pairwise(windows)):
        raise ValueError("les périodes se suivent, de la première à la dernière")
    return windows


Window = Annotated[tuple[Day, Day], AfterValidator(_in_order)]
Names = Annotated[tuple[Name, ...], _once()]


class _Axis(_Table):
    code: CodeAxe
    detail: Prose = ""


class _Figures(_Table):
    actions: str
    etablissements: str


class _PartnerOfSemaine(_Partner):
    role: RoleSemaine = RoleSemaine.UNKNOWN


class _Stop(_Table):
    place: Name
    date: Day | None = None


class _Event(_Dated):
    title: Name
    kind: TypeTempsFort
    place: str = ""
    summary: Prose = ""
    stops: tuple[_Stop, ...] = ()
    authorities: Annotated[tuple[Autorite, ...], _once()] = ()


class _Strategy(_Table):
    title: Name
    date: Day | None = None
    url: UrlOrNone = ""


class _Medium(_Table):
    media: Name
    kind: TypeMedia = TypeMedia.UNKNOWN
    date: Day | None = None
    url: UrlOrNone = ""


class _Resource(_Table):
    title: Name
    kind: TypeRessource
    url: UrlOrNone = ""
    published: Flag | None = None


class _Semaine(_Table):
    academie: Name
    windows: Annotated[tuple[Window, ...], AfterValidator(_windows)]
    ordinal: Number | None = None
    status: StatutSemaine
    levels: frozenset[Niveau] = frozenset()
    levels_unknown: tuple[Niveau, ...] = ()
    title: str = ""
    themes: tuple[Name, ...] = ()
    pilot: str = ""
    sponsor: Prose = ""
    funding: Prose = ""
    committee: Prose = ""
    narrative: Prose = ""
    partners_narrative: Prose = ""
    examples_note: Prose = ""
    axes: Annotated[tuple[_Axis, ...], _once("code")] = ()
    chiffres: _Figures
    partenaires: Annotated[tuple[_PartnerOfSemaine, ...], _once("name", "kind")] = ()
    temps_forts: tuple[_Event, ...] = ()
    ressources: tuple[_Resource, ...] = ()
    alliances: Alliances = Alliances.UNKNOWN
    portage: Portage = Portage.UNKNOWN
    appel: Appel = Appel.UNKNOWN
    bassins: Names = ()
    strategie: tuple[_Strategy, ...] = ()
    medias: tuple[_Medium, ...] = ()
    obstacle: Obstacle = Obstacle.UNKNOWN
    obstacle_text: Prose = ""
    help_asked: Flag | None = None
    help_text: Prose = ""
    staff_days: Annotated[int, Field(strict=True, ge=0)] | None = None
    staff_strain: Charge = Charge.UNKNOWN
    mentor_offer: Annotated[int, Field(strict=True, ge=0, le=MENTOR_LIMIT)] | None = None
    absence_by: Signataire = Signataire.UNKNOWN
    absence_on: Day | None = None
    absence_word: Prose = ""
    actions: tuple[_Action, ...] = ()

    @model_validator(mode="after")
    def _signed(self) -> Self:
        told = [bool(part) for part in (self.absence_by, self.absence_on, self.absence_word)]
        if any(told) and not all(told):
            raise ValueError("« absence_by », « absence_on » et « absence_word » vont ensemble")
        return self

    @model_validator(mode="after")
    def _unknown(self) -> Self:
        if self.levels & set(self.levels_unknown):
            raise ValueError("un niveau de « levels » est connu : il n’est pas dans « levels_unknown »")
        return self

    @model_validator(mode="after")
    def _called(self) -> Self:
        if self.bassins and self.appel is not Appel.CERTAINS:
            raise ValueError("« bassins » va avec appel = « certains »")
        return self

    def dossier(self, source: str) -> SemaineDossier:
        return SemaineDossier(
            academie=self.academie,
            windows=self.windows,
            ordinal=self.ordinal,
            status=self.status,
            levels=self.levels,
            levels_unknown=tuple(level for level in Niveau if level in self.levels_unknown),
            actions_figures=chiffres.parse(self.chiffres.actions, source=source),
            etablissements_figures=chiffres.parse(self.chiffres.etablissements, source=source),
            title=self.title,
            themes=self.themes,
            pilot=self.pilot,
            sponsor=self.sponsor,
            funding=self.funding,
            committee=self.committee,
            narrative=self.narrative,
            partners_narrative=self.partners_narrative,
            partners=tuple(PartenaireDossier(**partner.model_dump()) for partner in self.partenaires),
            axes=tuple(AxeRetenu(axis.code, axis.detail) for axis in self.axes),
            temps_forts=tuple(
                TempsFortDossier(
                    title=event.title,
                    kind=event.kind,
                    starts=event.starts,
                    ends=event.ends,
                    place=event.place,
                    summary=event.summary,
                    stops=tuple(EtapeDossier(stop.place, stop.date) for stop in event.stops),
                    authorities=Autorite.in_order(event.authorities),
                )
                for event in self.temps_forts
            ),
            ressources=tuple(RessourceDossier(**resource.model_dump()) for resource in self.ressources),
            actions=tuple(action.dossier() for action in self.actions),
            examples_note=self.examples_note,
            strategie=tuple(TexteStrategie(**text.model_dump()) for text in self.strategie),
            medias=tuple(Retombee(**one.model_dump()) for one in self.medias),
            **{name: getattr(self, name) for name in AS_TOLD},
        )


#: What of a semaine the file gives as it is.
AS_TOLD = ("alliances", "portage", "appel", "bassins", *ABSENCE, *ENTRE_NOUS)


class _Passage(_Table):
    title: Prose = ""
    text: Name


class _Perspective(_Table):
    title: Name
    text: Name
    acteur: Line = ""
    echeance: Line = ""


class _Imprint(_Table):
    ministere: Line = ""
    contact: Prose = ""
    licence: Prose = ""
    credits: Prose = ""
    couverture: Line = ""


class _CatalogueAxis(_Table):
    code: CodeAxe
    label: Name
    text: Prose = ""
    pistes: tuple[Name, ...] = ()


class _Goal(_Table):
    code: CodeObjectif
    label: Name
    conclusion: Prose
    academies: Names = ()


class _Tutoring(_Table):
    kind: TypeTutorat
    academies: Names
    reason: Prose = ""


class _Edition(_Table):
    edition: Name
    title: Name
    previous_academies: Names = ()
    notes: tuple[Name, ...] = ()
    introduction: tuple[_Passage, ...] = ()
    messages: tuple[Name, ...] = ()
    preambule: Prose = ""
    mentions: _Imprint = _Imprint()
    axes: Annotated[tuple[_CatalogueAxis, ...], _once("code")] = ()
    objectifs: Annotated[tuple[_Goal, ...], _once("code")] = ()
    perspectives: tuple[_Perspective, ...] = ()
    tutorats: tuple[_Tutoring, ...] = ()


def available_packs() -> list[str]:
    """The editions shipped as packs, newest first."""
    return sorted((path.parent.name for path in PACKS.glob("*/edition.toml")), reverse=True)


def read_pack(edition: str, packs: Path = PACKS) -> EditionDossier:
    """Read the pack of ``edition`` (« 2015-2016 »), académies in the order of their file names.

    Raises :class:`PackError` when there is none, or when a file is not as ``docs/pack.md`` says.
    """
    folder = packs / edition
    if edition not in {path.name for path in packs.iterdir()} or not (folder / "edition.toml").is_file():
        known = ", ".join(sorted(path.name for path in packs.iterdir() if path.is_dir()))
        raise PackError(f"Aucun dossier d’édition « {edition} ». Éditions fournies : {known}.")
    head = _read(folder / "edition.toml", _Edition)
    if head.edition != edition:
        raise PackError(f"edition.toml, edition : « {head.edition} » n’est pas son dossier, « {edition} ».")
    source = f"Synthèse nationale {edition}"
    semaines = []
    for path in sorted(folder.glob("academies/*.toml")):
        semaine = _read(path, _Semaine)
        if slug(semaine.academie) != path.stem:
            raise PackError(f"{path.name} : l’académie « {semaine.academie} » porte un autre nom de fichier.")
        try:
            semaines.append(semaine.dossier(source))
        except chiffres.ChiffreError as error:
            raise PackError(f"{path.name}, chiffres : {error}") from error
    return EditionDossier(
        edition=head.edition,
        title=head.title,
        semaines=tuple(semaines),
        introduction=tuple((text.title, text.text) for text in head.introduction),
        axes=tuple(AxeCatalogue(axis.code, axis.label, axis.text, axis.pistes) for axis in head.axes),
        objectifs=tuple(
            ObjectifDossier(goal.code, goal.label, goal.conclusion, goal.academies) for goal in head.objectifs
        ),
        perspectives=tuple(PerspectiveDossier(**one.model_dump()) for one in head.perspectives),
        tutorats=tuple(TutoratDossier(group.kind, group.academies, group.reason) for group in head.tutorats),
        previous_academies=head.previous_academies,
        notes=head.notes,
        grille=read_grille(folder / FILE).grille if (folder / FILE).is_file() else None,
        messages=head.messages,
        preambule=head.preambule,
        mentions=MentionsDossier(**head.mentions.model_dump()),
    )
