"""Documents to read and to download, each by its kind: HTTP only."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from accroche.campagne.models import Edition, Semaine
from accroche.commun.http import for_everybody, public_page
from accroche.commun.tri import alphabetical
from accroche.comptes.decorators import public, requires
from accroche.comptes.http import current_access
from accroche.integrations.typst import lost
from accroche.publications import fichiers
from accroche.publications.documents.kinds import KINDS, SYNTHESE, Kind, Reads
from accroche.publications.fichiers import Version, at_once, fichiers_of
from accroche.publications.lettres import pertes
from accroche.publications.models import Synthese
from accroche.publications.operations import draw_file
from accroche.publications.queries import (
    academie_document,
    follows_withdrawn,
    public_document,
    public_versions,
    version_of,
    withdrawn_version,
)
from accroche.publications.renderers.html import render_body


def _published(year: str) -> Edition:
    return get_object_or_404(Edition.objects.published(), year=year)


def _chosen(versions: list[Synthese], number: int | None) -> Synthese | None:
    """Return the version asked for, or the last one; None for an edition that has none to read."""
    if number is None:
        return versions[0] if versions else None
    for version in versions:
        if version.number == number:
            return version
    raise Http404(f"No version {number} to read.")


def _folder(edition: Edition, shown: Synthese | None) -> Path | None:
    """Where the files of what the public reads are; None when there are none.

    What is built of an edition in which schools declare holds what the bureau is still writing.
    """
    if shown is None and edition.is_counted:
        return None
    version = Version(edition.year, shown.number, version_of(shown).label) if shown else Version(edition.year)
    found = fichiers.folder_of(SYNTHESE, settings.OUTPUTS_ROOT, version)
    # what an operator built there does not tell which version it quotes; the site builds each in its own
    is_operators = shown is not None and found == settings.OUTPUTS_ROOT / edition.year
    return None if shown and is_operators and follows_withdrawn(shown) else found


def _retiree(request: HttpRequest, version: Synthese, *, others: bool) -> HttpResponse:
    """What who follows an old link to a version reads, or to one of its files: why it was taken back."""
    context = {"edition": version.edition, "version": version, "others": others, "rubrique": "synthese"}
    return render(request, "publications/retiree.html", context, status=410)


@public
@require_safe
@public_page
def synthese(request: HttpRequest, year: str, number: int | None = None) -> HttpResponse:
    """The synthesis: its last published version, else what there is to read now, or the version asked for."""
    edition = _published(year)
    versions = public_versions(edition)
    if number is not None and (withdrawn := withdrawn_version(edition, number)):
        return _retiree(request, withdrawn, others=bool(versions))
    shown = _chosen(versions, number)
    document = public_document(edition, shown)
    head = render_to_string(
        "publications/_telechargements.html",
        {
            "edition": edition,
            "number": number,
            "shown": shown,
            "last": versions[0] if versions else None,
            "versions": [(version.number, version_of(version).label) for version in versions],
            "offres": fichiers.offres(SYNTHESE, _folder(edition, shown)),
        },
    )
    context = {
        "edition": edition,
        "document": document,
        "body": render_body(document, render_to_string, after_header=head),
        "rubrique": "synthese",
    }
    return render(request, "publications/synthese.html", context)


@public
@require_safe
def telecharger(request: HttpRequest, year: str, name: str, number: int | None = None) -> HttpResponseBase:
    """One file of the version shown at the same address."""
    fichier = fichiers_of(SYNTHESE).get(name)
    if fichier is None:
        raise Http404(f"No file is named {name!r}.")
    edition = _published(year)
    versions = public_versions(edition)
    if number is not None and (withdrawn := withdrawn_version(edition, number)):
        return _retiree(request, withdrawn, others=bool(versions))
    shown = _chosen(versions, number)
    found = fichiers.contenu(SYNTHESE, _folder(edition, shown), fichier)
    if found is None:
        raise Http404(f"{name} was not built.")
    public_name = fichiers.public_name(fichier, edition.year, f"v{shown.number}" if shown else "")
    return _sent(request, found, fichier.content_type, public_name)


#: Who may have one of the documents that are not public.
RIGHTS: Final = frozenset(kind.right for kind in KINDS.values() if kind.right)


@requires(*RIGHTS)
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The documents about an académie that one may have, edition by edition, the latest first."""
    access = current_access(request)
    found = [
        (kind, _semaines(request, kind).order_by("-edition__year", alphabetical("academie__name")))
        for kind in KINDS.values()
        if kind.right and access.has(kind.right)
    ]
    return render(request, "publications/documents.html", {"documents": found, "rubrique": "espace"})


@requires(*RIGHTS)
@require_safe
def document(request: HttpRequest, kind: str, year: str, academie: str) -> HttpResponse:
    """One document about an académie, as of today, with its files."""
    found, semaine = _about(request, kind, year, academie)
    drawn = academie_document(found, semaine, day=timezone.localdate())
    offered = at_once(found, drawn)
    head = render_to_string(
        "publications/_fichiers.html",
        {
            "semaine": semaine,
            "kind": found,
            "fichiers": offered.values(),
            "is_long": offered != fichiers_of(found),
            "pertes": pertes(drawn, lost),
        },
    )
    context = {
        "document": drawn,
        "body": render_body(drawn, render_to_string, after_header=head),
        "rubrique": "espace",
    }
    return render(request, "publications/document.html", context)


@requires(*RIGHTS)
@require_safe
def fichier(request: HttpRequest, kind: str, year: str, academie: str, name: str) -> HttpResponse:
    """One file of that document, drawn when it is asked for: it tells of today."""
    found, semaine = _about(request, kind, year, academie)
    wanted = fichiers_of(found).get(name)
    if wanted is None:
        raise Http404(f"No file is named {name!r}.")
    try:
        content = draw_file(found, semaine, wanted, access=current_access(request), day=timezone.localdate())
    except LookupError as error:
        raise Http404(f"{name} is too long to be drawn at once.") from error
    public_name = fichiers.public_name(wanted, semaine.academie.slug, year)
    response = HttpResponse(content, content_type=wanted.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{public_name}"'
    return response


def _semaines(request: HttpRequest, kind: Kind) -> QuerySet[Semaine]:
    """The semaines whose document this visitor may have."""
    if kind.right is None:
        return Semaine.objects.none()
    within = Semaine.objects.within(current_access(request), kind.right)
    return within.select_related("edition", "academie")


def _about(request: HttpRequest, name: str, year: str, academie: str) -> tuple[Kind, Semaine]:
    """The document asked for and what it is about; not found where the visitor may not have it."""
    kind = KINDS.get(name)
    if kind is None or kind.reads is not Reads.ACADEMIE:
        raise Http404(f"No document is named {name!r}.")
    return kind, get_object_or_404(_semaines(request, kind), edition__year=year, academie__slug=academie)


def _sent(request: HttpRequest, found: Path | bytes, content_type: str, name: str) -> HttpResponseBase:
    """Send a file, or « not modified » to a reader who has it."""
    content: BinaryIO
    if isinstance(found, bytes):
        content, etag, modified = io.BytesIO(found), hashlib.sha256(found).hexdigest(), None
    else:
        # opened first, then measured: a build may put another file in its place at any time
        content = found.open("rb")
        status = os.fstat(content.fileno())
        etag, modified = f"{status.st_size:x}-{status.st_mtime_ns:x}", int(status.st_mtime)
    unchanged = get_conditional_response(request, etag=f'"{etag}"', last_modified=modified)
    if unchanged is not None:
        content.close()
        for_everybody(unchanged)
        return unchanged
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response.headers["ETag"] = f'"{etag}"'
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    for_everybody(response)
    return response
