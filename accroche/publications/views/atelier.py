"""The bureau's workshop: a synthesis built, looked at, compared, frozen, published. HTTP only."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accroche.campagne.models import Edition
from accroche.commun import jobs
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.publications import fichiers
from accroche.publications.documents.kinds import SYNTHESE
from accroche.publications.fichiers import fichiers_of
from accroche.publications.forms import ArretForm, RetraitForm
from accroche.publications.models import Chantier, Synthese
from accroche.publications.operations import VersionError, publish, withdraw
from accroche.publications.operations.construction import (
    AlreadyBuildingError,
    NoRoomToBuildError,
    ask,
    forget_outdated,
    launch,
)
from accroche.publications.presentation import atelier as presentation
from accroche.publications.queries import UnknownVersionError, get_version
from accroche.publications.queries.atelier import PAGES, Fabrique, built_of, construction_of

CONFLICT = 409


def _edition(year: str) -> Edition:
    return get_object_or_404(Edition, year=year)


def _version(edition: Edition, number: int) -> Synthese:
    try:
        return get_version(edition, number)
    except UnknownVersionError as error:
        raise Http404(str(error)) from error


def _built(edition: Edition, number: int | None) -> Fabrique:
    try:
        found = built_of(edition, number)
    except UnknownVersionError as error:
        raise Http404(str(error)) from error
    if found is None:
        raise Http404("Nothing was built.")
    return found


def _shown(request: HttpRequest, edition: Edition, **more: Any) -> HttpResponse:
    """The workshop; what is refused is said on it, with what was typed."""
    context = {
        "edition": edition,
        "atelier": presentation.atelier_of(edition),
        "arret": ArretForm(),
        "retrait": RetraitForm(),
        "rubrique": "espace",
    }
    status = CONFLICT if more.get("refus") else 200
    return render(request, "publications/atelier.html", context | more, status=status)


@requires(Right.STEER)
@require_safe
def atelier(request: HttpRequest, year: str) -> HttpResponse:
    """Where the synthesis of an edition stands, and all that can be done with it."""
    return _shown(request, _edition(year))


def _ask(request: HttpRequest, edition: Edition, chantier: Chantier, **what: Any) -> HttpResponse:
    """Ask for a build, and lead back to the page that tells how far it is."""
    try:
        row = ask(edition, chantier, access=current_access(request), at=timezone.now(), **what)
    except AlreadyBuildingError as error:
        return _shown(request, edition, refus=presentation.busy(error.construction))
    except (NoRoomToBuildError, VersionError) as error:
        return _shown(request, edition, refus=str(error))
    except UnknownVersionError as error:
        raise Http404(str(error)) from error
    launch(row)
    return redirect("publications:atelier", edition.year)


@requires(Right.STEER)
@require_POST
def construire(request: HttpRequest, year: str, number: int | None = None) -> HttpResponse:
    """Build the edition as it is now, or a frozen version again."""
    chantier = Chantier.TRAVAIL if number is None else Chantier.VERSION
    return _ask(request, _edition(year), chantier, number=number)


@requires(Right.STEER)
@require_POST
def arreter(request: HttpRequest, year: str) -> HttpResponse:
    """Freeze a version and build it."""
    edition = _edition(year)
    form = ArretForm(request.POST)
    if not form.is_valid():
        return _shown(request, edition, arret=form)
    return _ask(request, edition, Chantier.ARRET, name=form.cleaned_data["name"])


@requires(Right.STEER)
@never_cache
@require_safe
def avancement(request: HttpRequest, year: str) -> JsonResponse:  # noqa: ARG001 - a view
    """How far a build is, for the page that waits."""
    row = construction_of(_edition(year))
    if row is None or row.job is None or row.job.is_over:
        return JsonResponse({"over": True, "done": 0, "total": 0, "words": ""})
    done, total = jobs.Handle(row.job.pk).progress()
    return JsonResponse(
        {"over": False, "done": done, "total": total, "words": presentation.step(done, total)}
    )


@requires(Right.STEER)
@require_POST
def publier(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """Have the public read a frozen version."""
    edition = _edition(year)
    version = _version(edition, number)
    try:
        publish(version, at=timezone.now(), access=current_access(request))
    except VersionError as error:
        return _shown(request, edition, refus=str(error))
    messages.success(request, presentation.published(version))
    return _after(request, edition)


@requires(Right.STEER)
@require_POST
def retirer(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """Take a published version back, with why."""
    edition = _edition(year)
    version = _version(edition, number)
    form = RetraitForm(request.POST)
    if not form.is_valid():
        return _shown(request, edition, retrait=form, retiree=number)
    try:
        withdraw(version, form.cleaned_data["reason"], at=timezone.now(), access=current_access(request))
    except VersionError as error:
        return _shown(request, edition, refus=str(error))
    messages.success(request, f"La version {number} est retirée : le public n’y lit plus que votre motif.")
    return _after(request, edition)


def _after(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Build again the files that tell otherwise what changed; what is under way ends with them by itself."""
    forget_outdated(edition)
    atelier = presentation.atelier_of(edition)
    if atelier.to_build:
        try:
            launch(ask(edition, Chantier.VERSION, access=current_access(request), at=timezone.now()))
        except AlreadyBuildingError:
            pass
        except NoRoomToBuildError as error:
            messages.warning(request, str(error))
    return redirect("publications:atelier", edition.year)


@requires(Right.STEER)
@require_safe
def comparer(request: HttpRequest, year: str, number: int | None = None) -> HttpResponse:
    """What changed: since the last frozen version, or from the version before to the one asked for."""
    edition = _edition(year)
    version = None if number is None else _version(edition, number)
    context = {
        "edition": edition,
        "version": version,
        "comparaison": presentation.comparaison_of(edition, version),
        "rubrique": "espace",
    }
    return render(request, "publications/comparer.html", context)


@requires(Right.STEER)
@require_safe
def pages(request: HttpRequest, year: str, number: int | None = None) -> HttpResponse:
    """What was built, page by page, as it will be printed."""
    edition = _edition(year)
    found = _built(edition, number)
    context = {
        "edition": edition,
        "number": number,
        "pages": range(1, found.pages + 1),
        "fichiers": presentation.downloads(edition, number, found),
        "rubrique": "espace",
    }
    return render(request, "publications/pages.html", context)


@requires(Right.STEER)
@require_safe
def image(request: HttpRequest, year: str, page: int, number: int | None = None) -> HttpResponseBase:  # noqa: ARG001 - a view
    """One page of it."""
    path = _built(_edition(year), number).folder / PAGES / f"{page}.png"
    try:
        return FileResponse(path.open("rb"), content_type="image/png")
    except FileNotFoundError as error:
        raise Http404(f"No page {page}.") from error


@requires(Right.STEER)
@require_safe
def fichier(request: HttpRequest, year: str, name: str, number: int | None = None) -> HttpResponseBase:
    """One file of it; the PDF is read in the browser, the others are downloaded."""
    edition = _edition(year)
    wanted = fichiers_of(SYNTHESE).get(name)
    if wanted is None:
        raise Http404(f"No file is named {name!r}.")
    found = fichiers.contenu(SYNTHESE, _built(edition, number).folder, wanted)
    if found is None:
        raise Http404(f"{name} was not built.")
    public_name = fichiers.public_name(wanted, edition.year, f"v{number}" if number else "travail")
    inline = wanted.format == "PDF" and "telecharger" not in request.GET
    content = found if isinstance(found, bytes) else found.open("rb")
    if isinstance(content, bytes):
        response: HttpResponseBase = HttpResponse(content, content_type=wanted.content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{public_name}"'
        return response
    return FileResponse(
        content, as_attachment=not inline, filename=public_name, content_type=wanted.content_type
    )
