"""Reads an edition pack: the readable files of ``docs/pack.md``, strictly."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from accroche.actions.dossier import (
    ActionDossier,
    AxeCatalogue,
    AxeRetenu,
    EditionDossier,
    EtapeDossier,
    Lien,
    ObjectifDossier,
    PartenaireDossier,
    PerspectiveDossier,
    PorteurDossier,
    RessourceDossier,
    SemaineDossier,
    TempsFortDossier,
    TutoratDossier,
)
from accroche.actions.regles import CodeTheme, Nature, SourceAction, Temporalite
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.regles import (
    CodeAxe,
    CodeObjectif,
    StatutSemaine,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
    TypeTutorat,
)
from accroche.lib import chiffres
from accroche.lib.texte import slug

PACKS = Path(__file__).with_name("packs")

Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True)]


class PackError(ValueError):
    """A pack is missing or malformed; the message names the file and the key."""


class _Table(BaseModel):
    """A TOML table: every key is known, every value has its type."""

    model_config = ConfigDict(extra="forbid", frozen=True)


T = TypeVar("T", bound=_Table)


class _Axis(_Table):
    code: CodeAxe
    detail: Prose = ""


class _Figures(_Table):
    actions: str
    etablissements: str


class _Partner(_Table):
    name: str
    kind: TypePartenaire = TypePartenaire.UNKNOWN
    internal: bool = False

    def dossier(self) -> PartenaireDossier:
        return PartenaireDossier(self.name, self.kind, self.internal)


class _Stop(_Table):
    place: str
    date: dt.date | None = None


class _Event(_Table):
    title: str
    kind: TypeTempsFort
    starts: dt.date | None = None
    ends: dt.date | None = None
    place: str = ""
    summary: Prose = ""
    stops: tuple[_Stop, ...] = ()


class _Resource(_Table):
    title: str
    kind: TypeRessource
    url: Url | Literal[""] = ""
    published: bool = True


class _Link(_Table):
    url: Url
    label: str = ""


class _Carrier(_Table):
    name: str
    kind: TypePorteur
    commune: str = ""
    insee: Annotated[str, StringConstraints(pattern=r"^(\d{5}|2[AB]\d{3})?$")] = ""
    uai: str | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)


class _Action(_Table):
    title: str
    prize: str = ""
    remarkable: bool = False
    description: Prose = ""
    temporality: Temporalite = Temporalite.UNKNOWN
    nature: Nature = Nature.UNKNOWN
    levels: tuple[Niveau, ...] = ()
    themes: tuple[CodeTheme, ...] = ()
    source: SourceAction = SourceAction.SEMAINE
    experitheque_id: int | None = None
    links: tuple[_Link, ...] = ()
    partenaires: tuple[_Partner, ...] = ()
    porteurs: tuple[_Carrier, ...] = ()

    def dossier(self) -> ActionDossier:
        return ActionDossier(
            title=self.title,
            carriers=tuple(PorteurDossier(**carrier.model_dump()) for carrier in self.porteurs),
            links=tuple(Lien(link.url, link.label) for link in self.links),
            description=self.description,
            prize=self.prize,
            remarkable=self.remarkable,
            temporality=self.temporality,
            nature=self.nature,
            levels=tuple(level for level in Niveau if level in self.levels),
            themes=tuple(sorted(self.themes)),
            partners=tuple(partner.dossier() for partner in self.partenaires),
            source=self.source,
            experitheque_id=self.experitheque_id,
        )


class _Semaine(_Table):
    academie: str
    windows: tuple[tuple[dt.date, dt.date], ...]
    ordinal: int | None = Field(default=None, ge=1)
    status: StatutSemaine
    levels: frozenset[Niveau] = frozenset()
    title: str = ""
    themes: tuple[str, ...] = ()
    pilot: str = ""
    sponsor: Prose = ""
    funding: Prose = ""
    committee: Prose = ""
    narrative: Prose = ""
    partners_narrative: Prose = ""
    examples_note: Prose = ""
    axes: tuple[_Axis, ...] = ()
    chiffres: _Figures
    partenaires: tuple[_Partner, ...] = ()
    temps_forts: tuple[_Event, ...] = ()
    ressources: tuple[_Resource, ...] = ()
    actions: tuple[_Action, ...] = ()

    def dossier(self, source: str) -> SemaineDossier:
        return SemaineDossier(
            academie=self.academie,
            windows=self.windows,
            ordinal=self.ordinal,
            status=self.status,
            levels=self.levels,
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
            partners=tuple(partner.dossier() for partner in self.partenaires),
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
                )
                for event in self.temps_forts
            ),
            ressources=tuple(RessourceDossier(**resource.model_dump()) for resource in self.ressources),
            actions=tuple(action.dossier() for action in self.actions),
            examples_note=self.examples_note,
        )


class _Text(_Table):
    title: str
    text: Prose


class _CatalogueAxis(_Table):
    code: CodeAxe
    label: str


class _Goal(_Table):
    code: CodeObjectif
    label: str
    conclusion: Prose
    academies: tuple[str, ...] = ()


class _Tutoring(_Table):
    kind: TypeTutorat
    academies: tuple[str, ...]
    reason: Prose = ""


class _Edition(_Table):
    edition: str
    title: str
    previous_academies: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    introduction: tuple[_Text, ...] = ()
    axes: tuple[_CatalogueAxis, ...] = ()
    objectifs: tuple[_Goal, ...] = ()
    perspectives: tuple[_Text, ...] = ()
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
        axes=tuple(AxeCatalogue(axis.code, axis.label) for axis in head.axes),
        objectifs=tuple(
            ObjectifDossier(goal.code, goal.label, goal.conclusion, goal.academies) for goal in head.objectifs
        ),
        perspectives=tuple(PerspectiveDossier(text.title, text.text) for text in head.perspectives),
        tutorats=tuple(TutoratDossier(group.kind, group.academies, group.reason) for group in head.tutorats),
        previous_academies=head.previous_academies,
        notes=head.notes,
    )


def _read(path: Path, model: type[T]) -> T:
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return model.model_validate(data)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{path.name} : fichier TOML illisible ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PackError(f"{path.name}, {where} : {first['msg']}.") from error
