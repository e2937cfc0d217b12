"""What the cockpit shows: key figures, tables and drawings, each number with the rows it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.annuaire.models import Bassin
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Semaine
from accroche.campagne.regles import Charge, TypeRessource
from accroche.lib.dates import format_date, format_figures
from accroche.lib.moments import day_here
from accroche.lib.texte import NBSP, liste, nombre, pluriel
from accroche.pilotage.cockpit import SHOWN, EtatAcademie, Presence, Signe, fiches_total, having
from accroche.pilotage.couverture import Avancement, Effectif, Etape, group, total
from accroche.pilotage.forms.couverture import ALL, NO_BASSIN
from accroche.pilotage.partenariats import Partenariat, ParType, by_kind, kept, together
from accroche.pilotage.presentation.dessins import Donnee, Graphique, graphique
from accroche.pilotage.presentation.lignes import Quoi
from accroche.pilotage.queries.cockpit import Releve
from accroche.pilotage.queries.ecoles import Annuaire


@dataclass(frozen=True, slots=True)
class Compte:
    """A number, the rows behind it, and a word beside it for who only hears the number (``of``)."""

    value: int
    href: str
    of: str = ""

    @property
    def text(self) -> str:
        """The number as it is written."""
        return nombre(self.value)


@dataclass(frozen=True, slots=True)
class ChiffreCle:
    """A key figure: what it counts, out of how many (None: of no known whole)."""

    label: str
    compte: Compte
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class RangeeTableau:
    """A row of a table: its name, where that leads, and its cells: numbers with their rows, or words."""

    label: str
    href: str
    cells: tuple[Compte | str, ...]


@dataclass(frozen=True, slots=True)
class TableauChiffres:
    """A table; ``foot``: the row that adds up the others; ``prose``: the heading of its column of words."""

    code: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[RangeeTableau, ...]
    foot: RangeeTableau | None = None
    prose: str = ""

    @property
    def lines(self) -> list[tuple[RangeeTableau, list[tuple[str, Compte | str]]]]:
        """The rows and the last one, each cell with its heading."""
        every = (*self.rows, *((self.foot,) if self.foot else ()))
        return [(row, list(zip(self.headings[1:], row.cells, strict=True))) for row in every]


@dataclass(frozen=True)
class LiensCockpit:
    """Where the numbers of a page lead: the lists of its edition, day and académie."""

    edition: str
    day: dt.date | None = None
    academie: str = ""

    @property
    def base(self) -> dict[str, str]:
        """What every address repeats."""
        day = self.day.isoformat() if self.day else ""
        return {"edition": self.edition, "le": day, "academie": self.academie}

    def to(self, quoi: Quoi, **filtres: object) -> str:
        """The list of ``quoi`` that these filters keep."""
        return f"{reverse('pilotage:lignes', args=[quoi])}?{_query(self.base | _words(filtres))}"

    def of(self, academie: str) -> LiensCockpit:
        """The same, of one académie."""
        return LiensCockpit(self.edition, self.day, academie)

    def schools(self, etape: str, **place: object) -> str:
        """The schools of a step: the list of coverage, or that of a past day."""
        if self.day:
            return self.to(Quoi.ETABLISSEMENTS, etape="" if etape == ALL else etape or "restent", **place)
        page = reverse("pilotage:etablissements")
        return f"{page}?{_query(self.base | {'etape': etape} | _words(place))}"


def _words(filtres: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in filtres.items()}


def _query(filtres: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in filtres.items() if value})


# -- who stands where ------------------------------------------------------------------------------


def cles(rows: Sequence[EtatAcademie], liens: LiensCockpit, schools: Avancement | None) -> list[ChiffreCle]:
    """The first figures of the page."""
    found = []
    for signe, words in (
        (Signe.OUVERT, "ont ouvert leur semaine"),
        (Signe.REPONDU, "ont répondu"),
        (Signe.PUBLIE, "ont publié"),
    ):
        there = len(having(rows, signe, present=True))
        href = liens.to(Quoi.ACADEMIES, signe=signe, present="oui")
        found.append(ChiffreCle(f"académies {words}", Compte(there, href), len(rows)))
    sheets = fiches_total(rows)
    for etat, words in ((Etat.PUBLISHED, "fiches publiées"), (Etat.SUBMITTED, "fiches à relire")):
        found.append(ChiffreCle(words, Compte(sheets.of(etat), liens.to(Quoi.FICHES, etat=etat))))
    if schools is not None:
        left = Compte(schools.missing, liens.schools(""))
        found.append(ChiffreCle("établissements n’ont pas déclaré", left, schools.schools))
    return found


def academies(rows: Sequence[EtatAcademie], liens: LiensCockpit) -> TableauChiffres:
    """Where each académie stands, in alphabetical order: no row is before another for what it did."""
    counted = any(row.avancement is not None for row in rows)
    headings = (
        "Académie",
        *(signe.short for signe in Signe),
        *(_HEADINGS[etat] for etat in SHOWN),
        *(("Ont déclaré",) if counted else ()),
        MISSING,
    )
    lines = tuple(_academie(row, liens.of(row.slug), counted=counted) for row in rows)
    sheets = fiches_total(rows)
    foot = RangeeTableau(
        "Ensemble",
        "",
        (
            *(
                Compte(
                    len(having(rows, signe, present=True)),
                    liens.to(Quoi.ACADEMIES, signe=signe, present="oui"),
                    "académies",
                )
                for signe in Signe
            ),
            *(Compte(sheets.of(etat), liens.to(Quoi.FICHES, etat=etat), "fiches") for etat in SHOWN),
            *(
                (_rate(sum((row.avancement or Avancement() for row in rows), Avancement())),)
                if counted
                else ()
            ),
            "",
        ),
    )
    return TableauChiffres("academies", "Académie par académie", headings, lines, foot, prose=MISSING)


MISSING = "Ce qui manque"
_HEADINGS = {
    Etat.DRAFT: "Brouillons",
    Etat.SUBMITTED: "À relire",
    Etat.TO_COMPLETE: "À compléter",
    Etat.PUBLISHED: "Publiées",
}


def _academie(row: EtatAcademie, liens: LiensCockpit, *, counted: bool) -> RangeeTableau:
    missing = "données non disponibles" if row.unavailable else liste(one.label for one in row.manques)
    return RangeeTableau(
        row.name,
        _of_academie(liens, row.slug),
        (
            *(_sign(row.signes[signe]) for signe in Signe),
            *(
                Compte(row.fiches.of(etat), liens.to(Quoi.FICHES, etat=etat), f"fiches, {row.name}")
                for etat in SHOWN
            ),
            *((_rate(row.avancement or Avancement()),) if counted else ()),
            missing or "rien",
        ),
    )


def _of_academie(liens: LiensCockpit, slug: str) -> str:
    page = reverse("pilotage:cockpit_academie", args=[liens.edition, slug])
    return f"{page}?le={liens.day.isoformat()}" if liens.day else page


def _sign(constat: Presence) -> str:
    if constat.yes:
        return f"oui, {_short(constat.since)}" if constat.since else "oui"
    return "sans date" if constat.undated else "non"


def _short(at: dt.datetime) -> str:
    return format_figures(day_here(at))


def _rate(avancement: Avancement) -> str:
    return "–" if avancement.rate is None else f"{avancement.rate}{NBSP}%"


def etats_fiches(row: EtatAcademie, liens: LiensCockpit) -> TableauChiffres:
    """The sheets of an académie by state, all of them."""
    lines = tuple(
        RangeeTableau(
            etat.label, "", (Compte(row.fiches.of(etat), liens.to(Quoi.FICHES, etat=etat), etat.label),)
        )
        for etat in Etat
    )
    if row.fiches.undated:
        href = liens.to(Quoi.FICHES, etat="sans-date")
        lines = (*lines, RangeeTableau("Sans date", "", (Compte(row.fiches.undated, href),)))
    return TableauChiffres("fiches", "Les fiches", ("État", "Fiches"), lines)


# -- coverage --------------------------------------------------------------------------------------

_STEPS = (
    (Etape.PUBLISHED, "a-part--publiee", "Fiche publiée"),
    (Etape.SENT, "a-part--envoyee", "En relecture"),
    (Etape.DRAFT, "a-part--brouillon", "Brouillon"),
)


def niveaux(rows: Iterable[Effectif], liens: LiensCockpit) -> tuple[TableauChiffres, Graphique | None]:
    """The schools by level, from the youngest pupils up, and their drawing."""
    found = group((row.level, row) for row in rows)
    by_level = [(level, found.get(level, Avancement())) for level in Niveau]
    lines = tuple(
        RangeeTableau(level.label, "", _schools(avancement, liens, niveau=level))
        for level, avancement in by_level
    )
    foot = RangeeTableau("Ensemble", "", _schools(total(rows), liens))
    drawing = graphique(
        "niveaux",
        "Établissements de chaque niveau, par avancement",
        [
            Donnee(
                level.label,
                f"{nombre(one.declared)} sur {nombre(one.schools)} ({_rate(one)})",
                (one.published, one.sent, one.draft),
                one.schools or 1,
            )
            for level, one in by_level
        ],
        [(name, words) for _, name, words in _STEPS],
    )
    return TableauChiffres("niveaux", "Niveau par niveau", ("Niveau", *_SCHOOLS), lines, foot), drawing


_SCHOOLS = ("Établissements", "Fiche publiée", "En relecture", "Restent", "Ont déclaré")


def _schools(one: Avancement, liens: LiensCockpit, **place: object) -> tuple[Compte | str, ...]:
    return (
        Compte(one.schools, liens.schools(ALL, **place), "établissements"),
        Compte(one.published, liens.schools(Etape.PUBLISHED, **place), "établissements"),
        Compte(one.sent, liens.schools(Etape.SENT, **place), "établissements"),
        Compte(one.missing, liens.schools("", **place), "établissements"),
        _rate(one),
    )


def en_retrait(rows: Iterable[Effectif]) -> str:
    """Which levels are covered less than the whole, in one sentence; empty when none is."""
    everything = list(rows)
    mean = total(everything)
    found = group((row.level, row) for row in everything)
    behind = [
        f"{level.label.lower()} ({_rate(one)})"
        for level in Niveau
        if (one := found.get(level, Avancement())).schools
        and one.declared * mean.schools < mean.declared * one.schools
    ]
    if not behind:
        return ""
    return f"En dessous de l’ensemble ({_rate(mean)}){NBSP}: {liste(behind)}."


def lieux_de(of: Annuaire, rows: Sequence[Effectif], liens: LiensCockpit) -> list[TableauChiffres]:
    """The schools of an académie by département, then by bassin."""
    tables = []
    places = group((row.departement, row) for row in rows)
    if len(places) > 1:
        named = sorted((of.cadre.departements[number] for number in places), key=lambda one: one.code)
        lines = tuple(
            RangeeTableau(str(one), "", _schools(places[one.pk], liens, departement=one.code))
            for one in named
        )
        tables.append(TableauChiffres("departements", "Par département", ("Département", *_SCHOOLS), lines))
    bassins = group((row.bassin, row) for row in rows)
    if any(bassins):
        held = Bassin.objects.filter(pk__in=[number for number in bassins if number])
        known = [(str(one.pk), one.name, bassins[one.pk]) for one in held]
        if None in bassins:
            known.append((NO_BASSIN, "Sans bassin", bassins[None]))
        lines = tuple(RangeeTableau(name, "", _schools(one, liens, bassin=code)) for code, name, one in known)
        tables.append(TableauChiffres("bassins", "Par bassin", ("Bassin", *_SCHOOLS), lines))
    return tables


# -- partners, resources, strain -------------------------------------------------------------------


def partenaires(
    found: Iterable[Partenariat], liens: LiensCockpit
) -> tuple[TableauChiffres, Graphique | None]:
    """The partners from outside the Éducation nationale by kind, then those within it."""
    rows = list(found)
    outside = by_kind(kept(rows, internal=False))
    lines = [
        RangeeTableau(
            one.kind.label if one.kind else "Type non précisé",
            "",
            _partners(one, liens, interne="non", type=one.kind or "inconnu"),
        )
        for one in outside
    ]
    for words, code, internal in (
        ("Ensemble hors Éducation nationale", "non", False),
        ("Au sein de l’Éducation nationale", "oui", True),
    ):
        lines.append(
            RangeeTableau(words, "", _partners(together(kept(rows, internal=internal)), liens, interne=code))
        )
    drawing = graphique(
        "partenaires",
        "Partenaires hors Éducation nationale, par type",
        [
            Donnee(
                one.kind.label if one.kind else "Type non précisé",
                f"{nombre(one.partners)}, {nombre(one.academies)} "
                f"{pluriel(one.academies, 'académie', 'académies')}",
                (one.partners,),
            )
            for one in outside
        ],
        [("a-part--publiee", "Partenaires")],
    )
    headings = ("Type", "Partenaires", "Académies", "Fiches publiées")
    return TableauChiffres("partenaires", "Par type de partenaire", headings, tuple(lines)), drawing


def _partners(one: ParType, liens: LiensCockpit, **filtres: object) -> tuple[Compte | str, ...]:
    return (
        Compte(one.partners, liens.to(Quoi.PARTENAIRES, **filtres), "partenaires"),
        Compte(one.academies, liens.to(Quoi.ACADEMIES, **filtres), "académies"),
        Compte(one.actions, liens.to(Quoi.FICHES, etat=Etat.PUBLISHED, **filtres), "fiches"),
    )


def ressources(
    counts: Mapping[tuple[str, bool], tuple[int, set[int]]], liens: LiensCockpit
) -> tuple[TableauChiffres, Graphique | None]:
    """The resources by kind: those that are published, those only transmitted, and the académies."""
    kinds = [kind for kind in ("", *TypeRessource) if (kind, True) in counts or (kind, False) in counts]
    kinds = [*(kind for kind in kinds if kind), *(kind for kind in kinds if not kind)]
    nothing: tuple[int, set[int]] = (0, set())
    lines, bars = [], []
    for kind in kinds:
        (shown, where), (sent, sent_where) = (
            counts.get((kind, True), nothing),
            counts.get((kind, False), nothing),
        )
        words, code = TypeRessource(kind).label if kind else "Type non précisé", kind or "inconnu"
        lines.append(
            RangeeTableau(
                words,
                "",
                (
                    Compte(shown, liens.to(Quoi.RESSOURCES, ressource=code, publiee="oui"), "ressources"),
                    Compte(sent, liens.to(Quoi.RESSOURCES, ressource=code, publiee="non"), "ressources"),
                    Compte(len(where | sent_where), liens.to(Quoi.ACADEMIES, ressource=code), "académies"),
                ),
            )
        )
        bars.append(Donnee(words, nombre(shown + sent), (shown, sent)))
    drawing = graphique(
        "ressources",
        "Ressources produites, par type",
        bars,
        [("a-part--publiee", "Publiées"), ("a-part--envoyee", "Transmises seulement")],
    )
    headings = ("Type", "Publiées", "Transmises seulement", "Académies")
    return TableauChiffres("ressources", "Par type de ressource", headings, tuple(lines)), drawing


def charge(semaines: Iterable[Semaine], liens: LiensCockpit) -> tuple[TableauChiffres, ChiffreCle]:
    """How heavy the semaine was: académies by answer, and the days of work that were told."""
    rows = list(semaines)
    answers = [(one.value, one.label) for one in Charge if one] + [("", "Non dit")]
    lines = tuple(
        RangeeTableau(
            words,
            "",
            (
                Compte(
                    sum(1 for one in rows if one.staff_strain == code),
                    liens.to(Quoi.CHARGE, charge=code or "inconnu"),
                    "académies",
                ),
            ),
        )
        for code, words in answers
    )
    told = [one.staff_days for one in rows if one.staff_days is not None]
    who = pluriel(len(told), "académie le dit", "académies le disent")
    days = ChiffreCle(
        f"journées de travail au moins{NBSP}: {nombre(len(told))} {who}, sur {nombre(len(rows))}",
        Compte(sum(told), liens.to(Quoi.CHARGE, jours="oui")),
    )
    return TableauChiffres("charge", "Ce qu’en disent les académies", ("Charge", "Académies"), lines), days


# -- what comes next -------------------------------------------------------------------------------


def fermeture(asked: Releve, today: dt.date) -> str:
    """Until when schools declare, or since when they no longer do; empty where nobody declares."""
    opens, closes = asked.edition.declaration_opens, asked.edition.declaration_closes
    if opens is None or closes is None:
        return ""
    if today < opens:
        return f"Les déclarations ouvriront le {format_date(opens)}."
    if today > closes:
        return f"Les déclarations sont fermées depuis le {format_date(closes)}."
    return f"Les établissements déclarent jusqu’au {format_date(closes)}."
