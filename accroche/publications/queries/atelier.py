"""What the bureau's workshop shows: what is built, what changed since, the versions and their files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from accroche.campagne.models import Edition
from accroche.commun.journal import name_of
from accroche.commun.models import JournalEntry
from accroche.dossier import instantane as dossier_json
from accroche.dossier.comparaison import Difference
from accroche.dossier.queries.comptage import comptages, public_dossier
from accroche.publications.documents.kinds import SYNTHESE
from accroche.publications.fichiers import Offre, offres
from accroche.publications.models import Construction, Synthese
from accroche.publications.nombres_anciens import NombreAncien, nombres_anciens
from accroche.publications.queries import changes_since, get_version, latest_version, read_before

#: Where the pages of a build are, as pictures; the file that tells since which version its annex tells, and
#: the one that names the characters its PDF has no font for.
PAGES: Final = "pages"
SINCE: Final = "depuis.json"
LOST: Final = "pertes.json"
#: Up to so many sheets an edition is read while a page waits: to say whether it changed, and what.
AT_ONCE: Final = 1_500


def edition_folder(edition: Edition) -> Path:
    """Where everything built of an edition is."""
    return Path(settings.OUTPUTS_ROOT) / edition.year


def working_folder(edition: Edition, name: str) -> Path:
    """Where a build of the edition as it is then stands, for the bureau alone; all of them without a name."""
    return edition_folder(edition) / "travail" / name


def version_folder(version: Synthese) -> Path:
    """Where the files of a frozen version are."""
    return edition_folder(version.edition) / str(version.number)


def has_files(version: Synthese) -> bool:
    """Whether the files of a version were built, and tell what they should."""
    return version_folder(version).is_dir() and not is_outdated(version)


def is_outdated(version: Synthese) -> bool:
    """Whether the files of a version say what changed since another version than the one the public reads."""
    before = read_before(version.edition, version.number)
    return is_outdated_since(version, before.number if before else None)


def is_outdated_since(version: Synthese, before: int | None) -> bool:
    """The same, where the version that the public reads ``before`` it is known."""
    folder = version_folder(version)
    return folder.is_dir() and _told_since(folder) != before


def _told_since(folder: Path) -> object:
    """The number of the version that a build names, None for none; « » when it does not tell."""
    try:
        told: object = json.loads((folder / SINCE).read_bytes())
    except (OSError, ValueError):
        return ""
    return told


@dataclass(frozen=True, slots=True)
class Fabrique:
    """Files that were built: where, what may be downloaded, how many pages there are to look at.

    ``pertes`` names, sheet by sheet, the characters that the PDF prints « ? ».
    """

    folder: Path
    offres: tuple[Offre, ...]
    pages: int
    pertes: tuple[str, ...] = ()


def built(folder: Path) -> Fabrique | None:
    """Return what a folder holds; None when nothing was built there."""
    if not folder.is_dir():
        return None
    pages = len(list((folder / PAGES).glob("*.png")))
    return Fabrique(folder, offres(SYNTHESE, folder), pages, _lost(folder))


def _lost(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(json.loads((folder / LOST).read_bytes()))
    except (OSError, ValueError):  # built by an operator's command, which said so itself
        return ()


def built_of(edition: Edition, number: int | None) -> Fabrique | None:
    """Return what was last built of an edition, or of a frozen version. Raises ``UnknownVersionError``."""
    if number is not None:
        return built(version_folder(get_version(edition, number)))
    row = construction_of(edition)
    return built(working_folder(edition, row.folder)) if row and row.folder else None


def construction_of(edition: Edition) -> Construction | None:
    """Return what is under way for an edition, and what was built last; None when nobody asked yet."""
    rows = Construction.objects.select_related("job", "asked_by", "edition")
    return rows.filter(edition=edition).first()


def is_small(edition: Edition) -> bool:
    """Whether an edition is read within the time a page may take."""
    return sum(one.actions for one in comptages(edition).values()) <= AT_ONCE


@dataclass(frozen=True, slots=True)
class Maintenant:
    """What an edition tells now: its digest, and how often that differs from the version frozen last.

    ``anciens``: what its texts still count as that version did.
    """

    digest: str
    changes: int | None
    anciens: tuple[NombreAncien, ...] = ()


def now_of(edition: Edition) -> Maintenant:
    """Return what the edition tells now."""
    latest, dossier = latest_version(edition), public_dossier(edition)
    digest = dossier_json.digest(dossier_json.dump(dossier))
    if latest is None:
        return Maintenant(digest, None)
    changes = changes_since(latest, dossier)
    held = nombres_anciens(dossier_json.load(latest.snapshot), dossier) if changes else ()
    return Maintenant(digest, len(changes), held)


def versions_of(edition: Edition) -> list[Synthese]:
    """Every frozen version, the last first, without their content; who may steer reads them."""
    rows = Synthese.objects.filter(edition=edition).select_related("settled_by", "edition").light()
    return list(rows.order_by("-number"))


def history_of(versions: list[Synthese]) -> list[tuple[Synthese, JournalEntry]]:
    """What was done to versions, the latest first."""
    of = {name_of(Synthese, version.pk): version for version in versions}
    rows = JournalEntry.objects.filter(subject__in=list(of)).select_related("actor").order_by("-at", "-pk")
    return [(of[row.subject], row) for row in rows]


def changes_of(edition: Edition) -> tuple[Synthese, tuple[Difference, ...]] | None:
    """What the edition tells now otherwise than its last frozen version; None when none was frozen."""
    latest = latest_version(edition)
    return (latest, changes_since(latest, public_dossier(edition))) if latest else None


def changes_between(version: Synthese) -> tuple[Synthese, tuple[Difference, ...]] | None:
    """What a frozen version tells otherwise than the one frozen before it; None when it is the first."""
    rows = Synthese.objects.filter(edition=version.edition, number__lt=version.number)
    before = rows.order_by("-number").first()
    return (before, changes_since(before, dossier_json.load(version.snapshot))) if before else None
