"""The workshop as its pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from accroche.campagne.models import Edition
from accroche.commun import jobs
from accroche.commun.changements import Changement
from accroche.commun.mots_changes import compare, shortened
from accroche.dossier.comparaison import NOTHING, Difference
from accroche.lib.adresses import is_public
from accroche.lib.moments import format_moment
from accroche.lib.texte import capitale
from accroche.publications.models import Chantier, Construction, Synthese
from accroche.publications.nombres_anciens import NombreAncien
from accroche.publications.queries import atelier as queries
from accroche.publications.queries.atelier import Fabrique

#: What a build does, in its order: the numbers of ``operations/construction.py: _draw``.
STEPS: Final = (
    "lecture de l’édition",
    "données et classeur",
    "mise en page du PDF",
    "document Word",
    "page à garder",
    "images des pages",
)
#: Differences shown on one page; whoever has more to read reads the document.
MOST: Final = 500
#: Characters of a digest shown in a list.
SHORT: Final = 12

VERBES: Final = {"freeze": "a arrêté", "publish": "a publié", "withdraw": "a retiré"}


@dataclass(frozen=True, slots=True)
class Telechargement:
    """A file to have: what it is called, its format and size, where it is."""

    label: str
    detail: str
    address: str


@dataclass(frozen=True, slots=True)
class VersionEnListe:
    """A frozen version in the history: who made it and when, who reads it, its files."""

    version: Synthese
    phrase: str
    by: str
    digest: str
    fabrique: Fabrique | None
    fichiers: tuple[Telechargement, ...]
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class Atelier:
    """Where the synthesis of an edition stands.

    ``is_changed``: whether the edition tells something else than the last working build; None when that is
    not found out while a page waits. ``changes``: how often it differs from the last frozen version;
    ``anciens``: what its texts still count as that one did.
    """

    construction: Construction | None
    is_busy: bool
    busy: str
    step: str
    done: int
    total: int
    error: str
    fabrique: Fabrique | None
    fichiers: tuple[Telechargement, ...]
    is_changed: bool | None
    versions: tuple[VersionEnListe, ...]
    changes: int | None
    anciens: tuple[NombreAncien, ...]
    journal: tuple[str, ...]
    is_small: bool
    site_url: str

    @property
    def lue(self) -> VersionEnListe | None:
        """The version the public reads."""
        return next((one for one in self.versions if one.version.published_at), None)

    @property
    def derniere(self) -> VersionEnListe | None:
        """The version frozen last."""
        return self.versions[0] if self.versions else None

    @property
    def to_build(self) -> bool:
        """Whether a version the public reads has no files."""
        return any(one.version.published_at and one.fabrique is None for one in self.versions)


def atelier_of(edition: Edition) -> Atelier:
    """Return where the synthesis of an edition stands."""
    row = queries.construction_of(edition)
    job = row.job if row else None
    is_busy = job is not None and not job.is_over
    done, total = jobs.Handle(job.pk).progress() if job and is_busy else (0, 0)
    fabrique = queries.built_of(edition, None)
    versions = queries.versions_of(edition)
    is_small = queries.is_small(edition)
    now = queries.now_of(edition) if is_small else None
    return Atelier(
        construction=row,
        is_busy=is_busy,
        busy=busy(row) if row and is_busy else "",
        step=step(done, total),
        done=done,
        total=total,
        error=job.error if job and job.is_over else "",
        fabrique=fabrique,
        fichiers=downloads(edition, None, fabrique) if fabrique else (),
        is_changed=now.digest != row.digest if row and fabrique and now else None,
        versions=tuple(_version(one, versions) for one in versions),
        changes=now.changes if now else None,
        anciens=now.anciens if now else (),
        journal=tuple(_line(version, entry) for version, entry in queries.history_of(versions)),
        is_small=is_small,
        site_url="" if is_public(settings.SITE_URL) else settings.SITE_URL,
    )


def _version(version: Synthese, versions: list[Synthese]) -> VersionEnListe:
    before = [one.number for one in versions if one.published_at and one.number < version.number]
    outdated = queries.is_outdated_since(version, max(before, default=None))
    fabrique = None if outdated else queries.built(queries.version_folder(version))
    return VersionEnListe(
        version=version,
        phrase=_phrase(version, versions),
        by=str(version.settled_by) if version.settled_by else "l’exploitant du site",
        digest=version.digest[:SHORT],
        fabrique=fabrique,
        fichiers=downloads(version.edition, version.number, fabrique) if fabrique else (),
        is_outdated=outdated,
    )


def _phrase(version: Synthese, versions: list[Synthese]) -> str:
    if version.published_at:
        later = [one.number for one in versions if one.published_at and one.number > version.number]
        return f"publiée, remplacée par la version {max(later)}" if later else "publiée, c’est elle qu’on lit"
    return "retirée" if version.withdrawn_at else "pour le bureau seul"


def _line(version: Synthese, entry: Any) -> str:
    who = entry.actor_name or "L’exploitant du site"
    verb = VERBES.get(entry.verb, entry.verb)
    told = f"{who} {verb} la version {version.number}, le {format_moment(entry.at)}"
    return f"{told} : {entry.note}" if entry.note else told


def busy(row: Construction) -> str:
    """What is under way, and who asked for it."""
    what = Chantier(row.quoi).label
    if row.quoi == Chantier.VERSION:
        what = f"la version {row.number}" if row.number else "les fichiers des versions publiées"
    who = f" par {row.asked_by}" if row.asked_by else ""
    return f"Une construction est en cours : {what}, demandée{who} le {format_moment(row.asked_at)}."


def step(done: int, total: int) -> str:
    """How far a build is."""
    if not done:
        return "En attente de son tour…"
    at = min(done, len(STEPS) - 1)
    return f"Étape {at + 1} sur {total or len(STEPS)} : {STEPS[at]}…"


def published(version: Synthese) -> str:
    """What to say once a version is published."""
    if version.edition.published_at is None:
        return (
            f"La version {version.number} est publiée ; le public la lira quand l’édition "
            f"{version.edition.year} sera publique."
        )
    return f"La version {version.number} est publiée : c’est elle que le public lit."


def downloads(edition: Edition, number: int | None, fabrique: Fabrique) -> tuple[Telechargement, ...]:
    """The files that were built, as links."""
    found = []
    for offre in fabrique.offres:
        if offre.size is None:
            continue
        which = "" if number is None else "_version"
        arguments = (edition.year, *(() if number is None else (number,)), offre.fichier.name)
        address = reverse(f"publications:atelier_fichier{which}", args=arguments)
        found.append(Telechargement(offre.fichier.label, offre.detail, address))
    return tuple(found)


# -- two versions -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartieChangee:
    """What changed in one part: the edition itself, or an académie; each sheet of it under its title."""

    name: str
    anchor: str
    count: int
    changements: tuple[Changement, ...]


@dataclass(frozen=True, slots=True)
class Ecarts:
    """What one telling says otherwise than another; ``more``: differences that are not shown.

    Without ``before`` there is nothing to compare with; ``is_long``: reading it takes longer than a page may.
    """

    before: Synthese | None = None
    endroits: tuple[PartieChangee, ...] = ()
    count: int = 0
    more: int = 0
    is_long: bool = False


def comparaison_of(edition: Edition, version: Synthese | None) -> Ecarts:
    """Return what changed, académie by académie: in a version, or since the last one."""
    if not queries.is_small(edition):
        return Ecarts(is_long=True)
    found = queries.changes_of(edition) if version is None else queries.changes_between(version)
    if found is None:
        return Ecarts()
    before, differences = found
    return Ecarts(
        before=before,
        endroits=tuple(_endroits(differences[:MOST])),
        count=len(differences),
        more=max(0, len(differences) - MOST),
    )


def _endroits(differences: Iterable[Difference]) -> Iterator[PartieChangee]:
    for rank, (name, group) in enumerate(groupby(differences, key=_part), start=1):
        told = tuple(map(_changement, group))
        yield PartieChangee(name, f"endroit-{rank}", len(told), told)


def _part(one: Difference) -> str:
    """The edition or the académie that a difference is of: a sheet is told under its académie."""
    return one.where.split(", « ", 1)[0]


def _changement(one: Difference) -> Changement:
    sheet = one.where[len(_part(one)) :].lstrip(", ")
    label = f"{sheet}, {one.fact}" if sheet else capitale(one.fact)
    left, right = ("" if told == NOTHING else told for told in (one.left, one.right))
    return Changement(label, shortened(compare(left, right)))
