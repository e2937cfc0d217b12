"""Where each académie of an edition stands, today or on a past day: pure rules over dated facts.

Nothing is guessed: what a past day was like is what stands now, undone line by line of the journal back to
that day. What bears no date is said to bear none, and counts neither as done nor as missing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from accroche.actions.cycle import Etat
from accroche.campagne.regles import StatutSemaine
from accroche.lib.libelles import Libelle
from accroche.lib.moments import PARIS
from accroche.lib.texte import nombre, pluriel
from accroche.pilotage.couverture import Avancement


class Signe(Libelle):
    """What an académie has done of an edition, one independent of the other."""

    OUVERT = "ouvert", "A ouvert sa semaine"
    REPONDU = "repondu", "A répondu"
    PUBLIE = "publie", "A publié"

    @property
    def short(self) -> str:
        """Its heading in a table."""
        return {Signe.OUVERT: "Ouvert", Signe.REPONDU: "Répondu", Signe.PUBLIE: "Publié"}[self]

    @property
    def done(self) -> str:
        """What is said of several who have."""
        return {
            Signe.OUVERT: "ont ouvert leur semaine",
            Signe.REPONDU: "ont répondu",
            Signe.PUBLIE: "ont publié",
        }[self]

    def lacking(self, count: int) -> str:
        """What is said of ``count`` académies without it: « 3 n’ont pas encore ouvert leur semaine »."""
        one, many = {
            Signe.OUVERT: ("n’a pas encore ouvert sa semaine", "n’ont pas encore ouvert leur semaine"),
            Signe.REPONDU: ("n’a pas encore répondu", "n’ont pas encore répondu"),
            Signe.PUBLIE: ("n’a pas encore publié de fiche", "n’ont pas encore publié de fiche"),
        }[self]
        return f"{nombre(count)} {pluriel(count, one, many)}"

    @property
    def meaning(self) -> str:
        """What it takes, in words."""
        return {
            Signe.OUVERT: "sa page a été écrite, ou une fiche est publiée",
            Signe.REPONDU: "son compte rendu ou sa grille signée est là, ou sa page dit quand et pour qui",
            Signe.PUBLIE: "au moins une fiche est publiée",
        }[self]


class Lacune(Libelle):
    """What the page of an académie does not say yet, or what its semaine lacks."""

    DATES = "dates", "les dates"
    PILOTE = "pilote", "le service pilote"
    NIVEAUX = "niveaux", "les niveaux"
    CHIFFRES = "chiffres", "les chiffres"
    PARTENAIRES = "partenaires", "les partenaires"
    RESSOURCES = "ressources", "les ressources"
    FICHE = "fiche", "une fiche publiée"
    MODERATEUR = "moderateur", "un modérateur"


#: The fields of a semaine's page that answer each question, as the journal names them.
FIELDS: Final[Mapping[Lacune, frozenset[str]]] = {
    Lacune.DATES: frozenset({"windows"}),
    Lacune.PILOTE: frozenset({"pilot"}),
    Lacune.NIVEAUX: frozenset({"levels"}),
    Lacune.CHIFFRES: frozenset({"actions_figures", "etablissements_figures"}),
    Lacune.PARTENAIRES: frozenset({"partners"}),
    Lacune.RESSOURCES: frozenset({"ressources"}),
}
#: All the fields that a page is asked for.
ASKED: Final = frozenset().union(*FIELDS.values())


@dataclass(frozen=True, slots=True)
class EcriturePage:
    """One writing of a page, as the journal keeps it: when, and each field before it."""

    at: dt.datetime
    before: Mapping[str, Any]


def after_day(day: dt.date) -> dt.datetime:
    """The moment from which things happen after ``day``: midnight in Paris."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), PARIS)


def undone(
    told: frozenset[str], lines: Sequence[EcriturePage]
) -> Iterator[tuple[dt.datetime, frozenset[str]]]:
    """Take back one writing after the other, the latest first: when it was, and what was told before it.

    ``told``: the fields that say something now.
    """
    for line in sorted(lines, key=lambda line: line.at, reverse=True):
        emptied = {name for name, before in line.before.items() if not before}
        filled = {name for name, before in line.before.items() if before and name in ASKED}
        told = (told - emptied) | filled
        yield line.at, told


def told_before(
    told: frozenset[str], lines: Sequence[EcriturePage], moment: dt.datetime | None
) -> frozenset[str]:
    """The fields of a page that said something at ``moment``; None: now."""
    if moment is not None:
        for at, before in undone(told, lines):
            if at < moment:
                break
            told = before
    return told


def has_answered(told: frozenset[str]) -> bool:
    """Whether a page says when its semaine is, and what it reaches: its levels or a figure."""
    return "windows" in told and bool(told & (FIELDS[Lacune.NIVEAUX] | FIELDS[Lacune.CHIFFRES]))


def answered_since(told: frozenset[str], lines: Sequence[EcriturePage]) -> dt.datetime | None:
    """The writing since which a page answers; None when it does not, or always did without a line for it."""
    if has_answered(told):
        for at, before in undone(told, lines):
            if not has_answered(before):
                return at
    return None


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a sign is there; ``since``: when it came; ``undated``: nothing tells whether it was there."""

    yes: bool = False
    since: dt.datetime | None = None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class PageVue:
    """What a semaine says: the fields that say something now, its writings on the site, its status, its grid.

    ``signed``: when its grid was signed first.
    """

    told: frozenset[str] = frozenset()
    lines: tuple[EcriturePage, ...] = ()
    status: StatutSemaine = StatutSemaine.PREPARING
    signed: dt.datetime | None = None

    def before(self, moment: dt.datetime | None) -> PageVue:
        """The page as it was at ``moment``; None: as it is now."""
        if moment is None:
            return self
        status: str = self.status
        for line in sorted(self.lines, key=lambda line: line.at, reverse=True):
            if line.at >= moment:
                status = line.before.get("status", status)
        kept = tuple(line for line in self.lines if line.at < moment)
        signed = self.signed if self.signed and self.signed < moment else None
        return PageVue(told_before(self.told, self.lines, moment), kept, StatutSemaine(status), signed)

    @property
    def reported_since(self) -> dt.datetime | None:
        """The writing that said that the académie reported, when one did."""
        if self.status is not StatutSemaine.REPORTED:
            return None
        return max((line.at for line in self.lines if "status" in line.before), default=None)


@dataclass(frozen=True, slots=True)
class FichesComptees:
    """The sheets of a semaine by state; ``undated``: those without a date, which a past day cannot count."""

    states: Mapping[Etat, int] = field(default_factory=Counter)
    undated: int = 0

    def __add__(self, other: FichesComptees) -> FichesComptees:
        """Those of two semaines."""
        return FichesComptees(Counter(self.states) + Counter(other.states), self.undated + other.undated)

    def of(self, etat: Etat) -> int:
        """How many stand there."""
        return self.states.get(etat, 0)

    @property
    def count(self) -> int:
        """All of them, whatever their state."""
        return sum(self.states.values())

    @property
    def published(self) -> int:
        """Those the public reads, or will once its edition is public."""
        return self.of(Etat.PUBLISHED)


def constats(page: PageVue, fiches: FichesComptees, moment: dt.datetime | None) -> dict[Signe, Presence]:
    """The three signs of an académie, from its page and its sheets as they were at ``moment`` (None: now)."""
    was = page.before(moment)
    reported = was.status is StatutSemaine.REPORTED
    since = [at for at in (was.reported_since, answered_since(was.told, was.lines), was.signed) if at]
    there = reported or bool(was.signed) or has_answered(was.told)
    answered = _constat(there, min(since, default=None), moment)
    published = Presence(bool(fiches.published), None, undated=not fiches.published and bool(fiches.undated))
    written = min([*(line.at for line in was.lines), *filter(None, [was.signed])], default=None)
    opened = _constat(bool(was.lines or was.told or reported or was.signed), written, moment)
    if fiches.published and not opened.yes:
        opened = Presence(yes=True)
    elif published.undated and not opened.yes:
        opened = Presence(undated=True)
    return {Signe.OUVERT: opened, Signe.REPONDU: answered, Signe.PUBLIE: published}


def _constat(there: bool, since: dt.datetime | None, moment: dt.datetime | None) -> Presence:
    """A sign that is there; asked at a past day, without a date it is neither there nor missing."""
    if there and since is None and moment is not None:
        return Presence(undated=True)
    return Presence(there, since if there else None)


def manques(
    page: PageVue, fiches: FichesComptees, moment: dt.datetime | None, *, counted: bool
) -> tuple[Lacune, ...]:
    """What an académie has not told by ``moment``; ``counted``: its figures are those of its sheets."""
    told = page.before(moment).told
    missing = [
        manque
        for manque, fields in FIELDS.items()
        if not told & fields and not (counted and manque is Lacune.CHIFFRES)
    ]
    if counted and not fiches.published and not fiches.undated:
        missing.append(Lacune.FICHE)
    return tuple(missing)


@dataclass(frozen=True, slots=True)
class EtatAcademie:
    """Where one académie stands. ``avancement``: its schools of the directory; None where none is counted."""

    semaine: int
    academie: int
    name: str
    slug: str
    signes: Mapping[Signe, Presence]
    fiches: FichesComptees
    manques: tuple[Lacune, ...] = ()
    avancement: Avancement | None = None
    unavailable: bool = False

    def has(self, signe: Signe) -> bool:
        """Whether a sign is there for certain."""
        return self.signes[signe].yes

    def lacks(self, signe: Signe) -> bool:
        """Whether a sign is missing for certain: what bears no date is neither."""
        return not (self.signes[signe].yes or self.signes[signe].undated)

    @property
    def reached(self) -> int:
        """How many of the three signs are there."""
        return sum(self.has(signe) for signe in Signe)


#: The states of sheets shown by the cockpit, in the order of their life.
SHOWN: Final = (Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED)


def having(rows: Iterable[EtatAcademie], signe: Signe, *, present: bool) -> list[EtatAcademie]:
    """The académies that have a sign, or those that lack it."""
    return [row for row in rows if (row.has(signe) if present else row.lacks(signe))]


def fiches_total(rows: Iterable[EtatAcademie]) -> FichesComptees:
    """The sheets of all of them."""
    return sum((row.fiches for row in rows), FichesComptees())


def states_before(
    sheets: Iterable[tuple[int, str, dt.datetime | None]],
    was: Mapping[int, str],
    seen: frozenset[int],
    moment: dt.datetime,
) -> Iterator[tuple[int, Etat | None]]:
    """The state of each sheet at ``moment``; None for those that bear no date. Later ones are left out.

    ``sheets``: number, state now, and when it was created. ``was``: the state before the first step made
    after ``moment``, of those that made one. ``seen``: those without a creation of which the journal tells
    something before it.
    """
    for number, etat, created in sheets:
        if created is not None and created >= moment:
            continue
        known = created is not None or number in seen
        yield number, Etat(was.get(number, etat)) if known else None
