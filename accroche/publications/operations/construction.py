"""The files of a synthesis, built for the bureau by a job: the edition as it is now, or a frozen version.

One thing at a time for each edition (:class:`~accroche.publications.models.Construction`): who asks while one
is under way is told so. What is built is read once, so that all files tell the same content; they are written
aside and put in place together, when all of them are there.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from accroche.campagne.models import Edition
from accroche.campagne.operations.bureau import check_steering
from accroche.commun import disque, jobs
from accroche.commun.pannes import DISK, panne_of
from accroche.commun.revision import raise_revision
from accroche.commun.terminal import replace_file
from accroche.commun.transactions import one_moment
from accroche.comptes.permissions import Access
from accroche.dossier import instantane as dossier_json
from accroche.dossier.queries.comptage import public_dossier
from accroche.integrations.typst import CompilationError, lost
from accroche.lib import doors
from accroche.publications.documents.kinds import SYNTHESE
from accroche.publications.lettres import pertes
from accroche.publications.models import Chantier, Construction, Synthese
from accroche.publications.operations.dessin import in_order, write_files
from accroche.publications.operations.versions import VersionError, check_open, freeze
from accroche.publications.outline import Document
from accroche.publications.queries import document_of, document_of_version, get_version, read_before
from accroche.publications.queries.atelier import (
    LOST,
    PAGES,
    SINCE,
    edition_folder,
    has_files,
    is_outdated,
    is_small,
    version_folder,
    working_folder,
)
from accroche.publications.renderers import FORMATS
from accroche.publications.renderers.data import DataError
from accroche.publications.renderers.pdf import OutlineError, render_pages

BUILD: Final = "publications.construire"
#: Bytes a build may need, those it replaces beside it: pictures of pages are most of them.
ROOM: Final = 100_000_000
#: How often a frozen version is drawn again because what the public reads changed while it was.
ATTEMPTS: Final = 3
#: A folder that a killed build left is this old before another removes it.
LEFT: Final = dt.timedelta(hours=6)

_ASIDE: Final = ".construction-"
FULL: Final = (
    "Le site manque de place pour construire ces fichiers. Rien n’est perdu : demandez à l’exploitant du "
    "site de libérer de la place, puis recommencez."
)


class AlreadyBuildingError(RuntimeError):
    """Something is being built for this edition already; ``construction`` says what."""

    def __init__(self, construction: Construction) -> None:
        """Keep what is under way."""
        super().__init__(str(construction))
        self.construction = construction


class NoRoomToBuildError(RuntimeError):
    """There is too little room on the disk; the message is French."""


def ask(
    edition: Edition,
    quoi: Chantier,
    *,
    access: Access,
    at: dt.datetime,
    number: int | None = None,
    name: str = "",
) -> Construction:
    """Have files built: of the edition as it is now, of frozen version ``number``, or of one to freeze.

    Without a number, of the published versions whose files are not there; whatever is asked ends with these.

    ``name``: what the bureau calls the version to freeze. Nothing starts before :func:`launch`.

    Raises ``PermissionDenied``, :class:`AlreadyBuildingError`, :class:`NoRoomToBuildError`,
    :class:`VersionError` (the edition is archived) and ``UnknownVersionError``.
    """
    check_steering(access)
    if quoi is Chantier.ARRET:
        check_open(edition)
    if number is not None:
        get_version(edition, number)
    if disque.is_short(ROOM, settings.OUTPUTS_ROOT):
        raise NoRoomToBuildError(FULL)
    with transaction.atomic():
        row, _ = Construction.objects.select_related("job").get_or_create(
            edition=edition, defaults={"asked_at": at}
        )
        if row.job and not row.job.is_over:
            raise AlreadyBuildingError(row)
        job = jobs.add(BUILD, {"construction": row.pk}, owner=access.user, at=at)
        taken = Construction.objects.filter(pk=row.pk, job=row.job_id).update(
            job=job,
            quoi=quoi,
            number=number,
            name=" ".join(name.split())[:100],
            asked_at=at,
            asked_by=access.user,
        )
        if not taken:  # two at once: the other was first, and this job was never there
            raise AlreadyBuildingError(row)
    row.refresh_from_db()
    return row


def launch(construction: Construction) -> None:
    """Start what was asked for, once it is committed."""
    if construction.job:
        jobs.start(construction.job, at_once=False)


def build(pk: int, handle: jobs.Handle, *, at: dt.datetime) -> None:
    """Build what was asked for. Run by a worker; again after it was killed, from the beginning.

    Raises ``JobError``, in words for who asked.
    """
    doors.passing("a synthesis is built")
    row = Construction.objects.select_related("edition", "asked_by").filter(pk=pk, job=handle.pk).first()
    if row is None:
        raise jobs.Cancelled
    try:
        if row.quoi == Chantier.ARRET:
            freeze(row.edition, at=at, name=row.name, by=row.asked_by, construction=row)
            row.refresh_from_db(fields=["quoi", "number"])
        working = None if row.quoi == Chantier.VERSION else _build_working(row, handle)
        if row.number is not None:
            _build_version(get_version(row.edition, row.number), handle)
        for number in missing(row.edition):
            _build_version(get_version(row.edition, number), handle)
        with transaction.atomic():
            if working:
                folder, digest = working
                Construction.objects.filter(pk=row.pk).update(built_at=at, digest=digest, folder=folder)
            raise_revision()  # no row tells that the page which offers these files is another from now on
            handle.finish()
    except VersionError as error:
        raise jobs.JobError(str(error)) from error
    except (CompilationError, OutlineError, DataError) as error:
        raise jobs.JobError(
            f"La mise en page a échoué : {error}. Aucun fichier n’a changé. Relisez les textes écrits en "
            "dernier, puis recommencez ; si cela dure, envoyez cette phrase à l’exploitant du site."
        ) from error
    except OSError as error:
        if panne_of(error) is not DISK:
            raise
        raise jobs.JobError(FULL) from error
    finally:
        prune(row.edition, at=at)


def missing(edition: Edition) -> list[int]:
    """The versions the public reads whose files are not there: never built, or taken away since."""
    versions = Synthese.objects.published().filter(edition=edition).light().order_by("number")
    return [version.number for version in versions if not has_files(version)]


def _build_working(row: Construction, handle: jobs.Handle) -> tuple[str, str]:
    """Build the edition as it is now; return the name of the folder, and the digest of what it tells."""
    document, digest = _now(row.edition)
    aside = _draw(document, row.edition, handle)
    name = f"{handle.pk}-{handle.attempt}"
    _put(aside, working_folder(row.edition, name))
    return name, digest


def _now(edition: Edition) -> tuple[Document, str]:
    """Read an edition as of one moment; of a long one nobody asks whether it changed since: no digest."""
    with one_moment():
        before = read_before(edition)
        dossier = public_dossier(edition)
    digest = dossier_json.digest(dossier_json.dump(dossier)) if is_small(edition) else ""
    return document_of(dossier, before), digest


def _build_version(version: Synthese, handle: jobs.Handle) -> None:
    """Draw a frozen version; again when meanwhile another was published or withdrawn, which it names."""
    for _ in range(ATTEMPTS):
        before = read_before(version.edition, version.number)
        aside = _draw(document_of_version(version, before), version.edition, handle)
        replace_file(aside / SINCE, json.dumps(before.number if before else None).encode())
        _put(aside, version_folder(version))
        if not is_outdated(version):
            break


def _draw(document: Document, edition: Edition, handle: jobs.Handle) -> Path:
    """Write every format and the pages of a document in a folder aside, and return it."""
    steps = len(FORMATS) + 2
    aside = edition_folder(edition) / f"{_ASIDE}{handle.pk}-{handle.attempt}"
    shutil.rmtree(aside, ignore_errors=True)
    handle.tick(1, steps)
    try:
        for done, name in enumerate(in_order(FORMATS), start=2):
            write_files(SYNTHESE, document, aside, [name])
            handle.tick(done, steps)
        told = [str(perte) for perte in pertes(document, lost)]
        replace_file(aside / LOST, json.dumps(told, ensure_ascii=False).encode())
        pages = aside / PAGES
        pages.mkdir()
        for number, page in enumerate(render_pages(document), start=1):
            replace_file(pages / f"{number}.png", page)
        handle.tick(steps, steps)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return aside


def _put(aside: Path, folder: Path) -> None:
    """Put a folder in the place of another, whose files go."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    old = folder.with_name(f"{_ASIDE}{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.replace(old)
    aside.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


def forget_outdated(edition: Edition) -> list[int]:
    """Remove the files of versions that quote another than they should; return their numbers.

    To be called once a version was published or withdrawn, and that is committed.
    """
    found = []
    for version in Synthese.objects.filter(edition=edition).light().order_by("number"):
        if is_outdated(version):
            shutil.rmtree(version_folder(version), ignore_errors=True)
            found.append(version.number)
    if found:
        raise_revision()
    return found


def prune(edition: Edition, *, at: dt.datetime) -> None:
    """Remove the working builds that another replaced, and what killed builds left."""
    kept = Construction.objects.filter(edition=edition).values_list("folder", flat=True).first()
    _remove(folder for folder in working_folder(edition, "").glob("*") if folder.name != kept)
    _remove(folder for folder in edition_folder(edition).glob(f"{_ASIDE}*") if _is_left(folder, at))


def _is_left(folder: Path, at: dt.datetime) -> bool:
    try:
        return at.timestamp() - folder.stat().st_mtime > LEFT.total_seconds()
    except OSError:
        return False


def _remove(folders: Iterable[Path]) -> None:
    for folder in list(folders):
        shutil.rmtree(folder, ignore_errors=True)
