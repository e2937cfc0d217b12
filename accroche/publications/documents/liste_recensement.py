"""The census list of an académie: what was sent to it in an edition, where each sheet stands, counts.

A working paper for who moderates: it tells of sheets that are not public, and of nobody's contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from accroche.actions.cycle import Etat
from accroche.annuaire.regles import Niveau
from accroche.lib.dates import format_date, format_window
from accroche.lib.texte import (
    NBSP,
    capitale,
    de,
    en_lettres,
    liste,
    nombre,
    pluriel,
    slug,
    sort_key,
    typographie,
)
from accroche.publications.blocs import Provenances, text
from accroche.publications.donnees import day, levels, table
from accroche.publications.fiches import FicheCitee, FichesAcademie
from accroche.publications.outline import (
    Align,
    Callout,
    Column,
    DataTable,
    Document,
    Figure,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
    Provenance,
    Section,
    SectionKind,
    Table,
)
from accroche.publications.versions import Imprint

ELSEWHERE = "Sans établissement de l’annuaire"
_PARTS = (
    Column("Action"),
    Column("Portée par"),
    Column("Niveaux"),
    Column("Quand et où"),
    Column("État"),
)


def build(told: FichesAcademie, imprint: Imprint) -> Document:
    """Build the list; sheets in alphabetical order, under the département of their first school."""
    return _Liste(told, imprint).document()


class _Liste:
    """One list on its way: the sheets that count, those that do not, and the figures printed so far."""

    def __init__(self, told: FichesAcademie, imprint: Imprint) -> None:
        self.told = told
        self.imprint = imprint
        ordered = sorted(told.fiches, key=lambda fiche: (sort_key(fiche.title), fiche.number))
        self.declared = [fiche for fiche in ordered if fiche.etat.counts_as_declared]
        self.aside = [fiche for fiche in ordered if not fiche.etat.counts_as_declared]
        self.published = sum(fiche.etat is Etat.PUBLISHED for fiche in self.declared)
        self.provenances = Provenances()

    def document(self) -> Document:
        told = self.told
        sections = [self._overview()]
        if self.declared:
            sections.append(self._sheets())
        if self.aside:
            sections.append(self._set_aside())
        return Document(
            # the name is not parted from its word on the cover
            title=f"Recensement de l’académie {de(told.academie).replace(' ', NBSP, 1)}",
            subtitle=f"Liste des fiches de l’édition {told.edition}",
            organisation=self.imprint.organisation,
            version=f"État au {format_date(told.day)}",
            date=told.day,
            abstract=typographie(self._abstract()),
            sections=tuple(sections),
            provenances=self.provenances.all(),
            data=(_data(told),),
            site_url=self.imprint.site_url,
            is_public=False,
            keywords=("recensement",),
        )

    def _abstract(self) -> str:
        count = len(self.declared)
        if not count:
            return "Aucune fiche déclarée à ce jour."
        declared = pluriel(count, "fiche déclarée", "fiches déclarées")
        return (
            f"{capitale(en_lettres(count, 'une'))} {declared}, dont "
            f"{nombre(self.published)} {pluriel(self.published, 'publiée', 'publiées')}."
        )

    # -- figures ---------------------------------------------------------------------------------

    def _count(self, ident: str, label: str, count: int, rule: str) -> Figure:
        day = format_date(self.told.day)
        statement = typographie(f"Compté le {day} sur les fiches envoyées à l’académie : {rule}.")
        printed = nombre(count)
        return self.provenances.figure(printed, Provenance(f"p-{ident}", label, printed, statement))

    def _overview(self) -> Section:
        if not self.declared:
            none = (
                f"Aucune fiche n’est déclarée dans l’académie {de(self.told.academie)} pour l’édition "
                f"{self.told.edition}. Les brouillons ne figurent pas ici : leur établissement ne les a pas "
                "encore envoyés."
            )
            empty = Callout("Aucune fiche", text(none))
            return Section("en-bref", "En bref", (empty,), kind=SectionKind.CHAPTER)
        schools = {
            porteur.uai or (porteur.name, porteur.commune)
            for fiche in self.declared
            for porteur in fiche.porteurs
            if porteur.is_school
        }
        count = len(self.declared)
        figures = KeyFigures(
            (
                KeyFigure(
                    self._count(
                        "fiches", "Fiches déclarées", count, "celles qui attendent, à compléter et publiées"
                    ),
                    pluriel(count, "fiche déclarée", "fiches déclarées"),
                ),
                KeyFigure(
                    self._count("publiees", "Fiches publiées", self.published, "celles que le public lit"),
                    pluriel(self.published, "fiche publiée", "fiches publiées"),
                ),
                KeyFigure(
                    self._count(
                        "etablissements",
                        "Écoles et établissements",
                        len(schools),
                        "chaque école ou établissement une fois, même s’il porte plusieurs fiches",
                    ),
                    pluriel(len(schools), "école ou établissement", "écoles et établissements"),
                ),
            )
        )
        paper = (
            "Cette liste montre aussi des fiches qui ne sont pas publiques : gardez-la dans l’académie. "
            "Le public lit les fiches publiées sur le site."
        )
        blocks = (figures, Callout("Document de travail", text(paper)), self._levels(), self._departements())
        return Section("en-bref", "En bref", blocks, kind=SectionKind.CHAPTER)

    def _levels(self) -> Table:
        counts = [
            (level.label, sum(level in fiche.levels for fiche in self.declared), f"niveau-{level.value}")
            for level in Niveau
        ]
        if untold := sum(not fiche.levels for fiche in self.declared):
            counts.append(("Niveau non renseigné", untold, "niveau-inconnu"))
        return self._counts(
            "Fiches déclarées par niveau",
            "Niveau",
            counts,
            "celles qui touchent ce niveau",
            "Une fiche qui touche plusieurs niveaux est comptée à chacun.",
        )

    def _departements(self) -> Table:
        counts = [
            (name, len(fiches), f"departement-{slug(name)}")
            for name, fiches in _by_departement(self.declared)
        ]
        return self._counts(
            "Fiches déclarées par département",
            "Département",
            counts,
            "celles dont le premier établissement est dans ce département",
            "Une fiche est comptée une fois, au département de son premier établissement.",
        )

    def _counts(
        self, caption: str, what: str, counts: Iterable[tuple[str, int, str]], rule: str, note: str
    ) -> Table:
        rows = tuple(
            (text(label), (self._count(ident, f"{caption}{NBSP}: {label}", count, rule),))
            for label, count, ident in counts
        )
        return Table(caption, (Column(what), Column("Fiches", Align.END)), rows, note)

    # -- lists -----------------------------------------------------------------------------------

    def _sheets(self) -> Section:
        parts = tuple(
            Section(
                f"departement-{slug(name)}",
                typographie(name),
                (_table(f"{pluriel(len(fiches), 'Fiche déclarée', 'Fiches déclarées')}, {name}", fiches),),
            )
            for name, fiches in _by_departement(self.declared)
        )
        return Section("fiches", "Les fiches déclarées", sections=parts, kind=SectionKind.CHAPTER)

    def _set_aside(self) -> Section:
        why = Paragraph(
            text("Elles ne sont pas comptées : retirées, refusées, ou réunies à une autre fiche.")
        )
        table = _table("Fiches retirées, refusées ou fusionnées", self.aside)
        return Section("ecartees", "Les fiches écartées", (why, table), kind=SectionKind.CHAPTER)


def _by_departement(fiches: Iterable[FicheCitee]) -> list[tuple[str, list[FicheCitee]]]:
    """Return the sheets by département, in alphabetical order; those of none come last."""
    found: dict[str, list[FicheCitee]] = {}
    for fiche in fiches:
        found.setdefault(fiche.departement, []).append(fiche)
    names = sorted(found, key=lambda name: (not name, sort_key(name)))
    return [(name or ELSEWHERE, found[name]) for name in names]


def _table(caption: str, fiches: Sequence[FicheCitee]) -> Table:
    return Table(typographie(caption), _PARTS, tuple(_row(fiche) for fiche in fiches))


def _row(fiche: FicheCitee) -> tuple[Line, ...]:
    return (
        text(fiche.title or "Fiche sans titre"),
        text(_porteurs(fiche) or "non précisé"),
        text(capitale(liste(level.label.lower() for level in fiche.levels)) or "non précisé"),
        text(_when_and_where(fiche)),
        text(fiche.etat.label),
    )


def _when_and_where(fiche: FicheCitee) -> str:
    when = capitale(format_window(fiche.days)) if fiche.days else fiche.temporality.label
    return f"{when or 'Jour non précisé'} ; {fiche.place}" if fiche.place else when or "non précisé"


def _porteurs(fiche: FicheCitee) -> str:
    return " ; ".join(
        f"{one.name}, {one.commune}" if one.commune and one.commune != one.name else one.name
        for one in fiche.porteurs
    )


def _data(told: FichesAcademie) -> DataTable:
    return table(
        "fiches",
        "Fiches envoyées à l’académie",
        told.fiches,
        ("numero", "integer", "Numéro de la fiche sur le site", lambda fiche: fiche.number),
        ("titre", "string", "Titre de l’action", lambda fiche: fiche.title),
        ("etat", "string", "Code de l’état", lambda fiche: fiche.etat.value),
        ("etat_libelle", "string", "État de la fiche", lambda fiche: fiche.etat.label),
        (
            "declaree",
            "boolean",
            "Vrai si la fiche est comptée comme déclarée",
            lambda fiche: fiche.etat.counts_as_declared,
        ),
        ("porteurs", "string", "Porteurs, avec leur commune", _porteurs),
        (
            "uai",
            "string",
            "Identifiants des établissements reconnus",
            lambda fiche: " ; ".join(one.uai for one in fiche.porteurs if one.uai),
        ),
        (
            "departement",
            "string",
            "Département du premier établissement",
            lambda fiche: fiche.departement,
        ),
        *levels(attrgetter("levels")),
        (
            "debut",
            "date",
            "Premier jour, s’il est connu",
            lambda fiche: day(fiche.days[0] if fiche.days else None),
        ),
        (
            "fin",
            "date",
            "Dernier jour, s’il est connu",
            lambda fiche: day(fiche.days[1] if fiche.days else None),
        ),
        ("lieu", "string", "Lieu, quand ce n’est pas l’établissement", attrgetter("place")),
        (
            "temporalite",
            "string",
            "semaine, annee ou les_deux ; vide si non dit",
            lambda fiche: fiche.temporality.value,
        ),
    )
