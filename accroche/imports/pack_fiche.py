"""What a pack tells of a sheet, and the tables that a sheet and a semaine share (``docs/pack.md``)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, create_model, model_validator

from accroche.actions.champs import Voie, autres
from accroche.actions.lignee import PATTERN as ORIGINE
from accroche.actions.regles import CodeCle, CodeTheme, Nature, RolePartenaire, SourceAction, Temporalite
from accroche.actions.saisie import ActiviteSaisie
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.regles import TypePartenaire
from accroche.dossier.dossier import ActionDossier, LienSaisi, PartenaireSaisi, PorteurSaisi
from accroche.imports.pack_tables import Flag, Line, Name, Number, Prose, Table, once
from accroche.lib import uai


def in_order(window: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    """The same two days; raises ``ValueError`` when the second is before the first."""
    if window[1] < window[0]:
        raise ValueError("la fin précède le début")
    return window


Day = Annotated[dt.date, Field(strict=True)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]
UrlOrNone = Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=500)]
Uai = Annotated[str, AfterValidator(uai.parse)]


class TablePartenaire(Table):
    """An organisation that takes part."""

    name: Name
    kind: TypePartenaire = TypePartenaire.UNKNOWN
    internal: Flag = False


class TablePartenaireAction(TablePartenaire):
    """The same in an action: what it is there for."""

    role: RolePartenaire = RolePartenaire.UNKNOWN
    part: Line = ""


class TableDatee(Table):
    """What has days."""

    starts: Day | None = None
    ends: Day | None = None

    @model_validator(mode="after")
    def _days(self) -> Self:
        if self.ends and not self.starts:
            raise ValueError("« ends » sans « starts »")
        if self.starts and self.ends:
            in_order((self.starts, self.ends))
        return self


class TableLien(Table):
    """An address and its words."""

    url: Url
    label: str = ""


class TablePorteur(Table):
    """Who carries an action."""

    name: Name
    kind: TypePorteur
    commune: str = ""
    insee: Annotated[str, StringConstraints(pattern=r"^(\d{5}|2[AB]\d{3})?$")] = ""
    uai: Uai = ""
    latitude: float | None = Field(default=None, ge=-90, le=90, strict=True)
    longitude: float | None = Field(default=None, ge=-180, le=180, strict=True)

    @model_validator(mode="after")
    def _place(self) -> Self:
        if (self.latitude is None) is not (self.longitude is None):
            raise ValueError("« latitude » et « longitude » vont ensemble")
        return self


class TableActivite(TableDatee):
    """One of several things inside an action."""

    title: Name
    description: Prose = ""


class TableFicheEcrite(TableDatee):
    """A sheet, but for its texts of one line, which the table of fields names."""

    title: Name
    prize: str = ""
    remarkable: Flag = False
    chosen: Flag = False
    description: Prose = ""
    refaire: Prose = ""
    temporality: Temporalite = Temporalite.UNKNOWN
    nature: Nature = Nature.UNKNOWN
    levels: tuple[Niveau, ...] = ()
    audience_size: Annotated[int, Field(strict=True, ge=0)] | None = None
    themes: Annotated[tuple[CodeTheme, ...], once()] = ()
    cles: Annotated[tuple[CodeCle, ...], once()] = ()
    source: SourceAction = SourceAction.SEMAINE
    experitheque_id: Number | None = None
    reprise_de: Annotated[str, StringConstraints(pattern=ORIGINE)] = ""
    links: Annotated[tuple[TableLien, ...], once("url")] = ()
    partenaires: Annotated[tuple[TablePartenaireAction, ...], once("name", "kind")] = ()
    activites: tuple[TableActivite, ...] = ()
    porteurs: Annotated[tuple[TablePorteur, ...], once("name", "kind", "commune")] = ()

    def dossier(self) -> ActionDossier:
        """The sheet as plain data."""
        return ActionDossier(
            title=self.title,
            porteurs=tuple(PorteurSaisi(**porteur.model_dump()) for porteur in self.porteurs),
            liens=tuple(LienSaisi(link.url, link.label) for link in self.links),
            description=self.description,
            refaire=self.refaire,
            prize=self.prize,
            remarkable=self.remarkable,
            chosen=self.chosen,
            temporality=self.temporality,
            nature=self.nature,
            levels=self.levels,
            starts=self.starts,
            ends=self.ends,
            **{line.name: getattr(self, line.name) for line in LINES},
            audience_size=self.audience_size,
            themes=self.themes,
            cles=self.cles,
            activites=tuple(ActiviteSaisie(**row.model_dump()) for row in self.activites),
            partenaires=tuple(PartenaireSaisi(**partner.model_dump()) for partner in self.partenaires),
            source=self.source,
            experitheque_id=self.experitheque_id,
            reprise_de=self.reprise_de,
        )


#: The texts of one line of a sheet that the file gives as they are.
LINES = autres(Voie.PACK, TableFicheEcrite.model_fields)
if TYPE_CHECKING:
    TableFiche = TableFicheEcrite
else:
    TableFiche = create_model(
        "TableFiche", __base__=TableFicheEcrite, **{line.name: (Line, "") for line in LINES}
    )
