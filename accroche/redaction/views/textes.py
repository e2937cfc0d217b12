"""The bureau's report of an edition: its table of contents, and one part, written. HTTP only."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.campagne.models import Edition
from accroche.commun.conflit import auteur, ecarts, marks, preferred, untouched
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.lib.moments import format_moment
from accroche.redaction.contenu import Valeurs
from accroche.redaction.forms.textes import PagePartie
from accroche.redaction.models import PartieEcrite
from accroche.redaction.operations import textes as operations
from accroche.redaction.parties import Partie, partie_at
from accroche.redaction.presentation import textes as shown
from accroche.redaction.presentation.preuves import beside
from accroche.redaction.queries import textes as queries

#: Parts of which sheets tell nothing.
UNSUPPORTED: Final = frozenset({Partie.PREAMBULE, Partie.MENTIONS})
#: A number that is longer counts no rows of a list.
DIGITS: Final = 4


def edition_at(year: str) -> Edition:
    """The edition of an address. Raises ``Http404``."""
    return get_object_or_404(Edition, year=year)


def part_at(adresse: str) -> Partie:
    """The part of an address. Raises ``Http404``."""
    if (found := partie_at(adresse)) is None:
        raise Http404
    return found


@requires(Right.STEER)
@require_safe
def courant(_request: HttpRequest) -> HttpResponse:
    """Go to the report of the current edition, or to the editions where there is none."""
    edition = Edition.objects.current_on(timezone.localdate())
    return redirect("redaction:plan", edition.year) if edition else redirect("pilotage:editions")


@requires(Right.STEER)
@require_safe
def plan(request: HttpRequest, year: str) -> HttpResponse:
    """The table of contents of the report: what each part says, who wrote last, what is empty."""
    edition = edition_at(year)
    context = {
        "edition": edition,
        "chapitres": shown.chapitres(queries.report_of(edition)),
        "rubrique": "espace",
    }
    return render(request, "redaction/plan.html", context)


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def partie(request: HttpRequest, year: str, partie: str) -> HttpResponse:
    """One part: read, written by « Enregistrer », looked at as it will be printed."""
    edition, which = edition_at(year), part_at(partie)
    lue = queries.partie_of(edition, which)
    noms = queries.noms_of(edition)
    if request.method != "POST":
        return _shown(request, edition, lue, PagePartie(which, lue.valeurs, noms))
    typed = {name: request.POST.getlist(name) for name in request.POST}
    if "inserer" in typed:
        typed = with_sentence(which, typed, typed["inserer"][0])
    page = PagePartie(which, lue.valeurs, noms, typed)
    if page.touched:
        page.keep_silent()
        return _shown(request, edition, lue, page)
    if not page.is_valid() or {"apercu", "inserer"} & typed.keys():
        return _shown(request, edition, lue, page, apercu="apercu" in typed)
    return _saved(request, edition, lue, page, typed)


def _saved(
    request: HttpRequest,
    edition: Edition,
    lue: queries.PartieLue,
    page: PagePartie,
    typed: dict[str, list[str]],
) -> HttpResponse:
    try:
        told, _ = _written(request, edition, page)
    except operations.StalePartieError as error:
        return _conflict(request, edition, typed, page, error)
    except operations.ClosedReportError as error:
        return _shown(request, edition, lue, page, refus=str(error), status=HTTPStatus.CONFLICT)
    except LimitError as error:
        return too_many(_shown(request, edition, lue, page, refus=str(error)), error, timezone.now())
    if told == lue.valeurs:
        messages.info(request, "Rien n’avait changé : tout était déjà enregistré.")
    else:
        messages.success(request, "C’est enregistré.")
    return redirect("redaction:partie", edition.year, lue.partie.adresse)


def with_sentence(partie: Partie, typed: dict[str, list[str]], sentence: str) -> dict[str, list[str]]:
    """What was typed with a sentence after it: in the text of the part, or in a new row of its list."""
    found = {name: list(values) for name, values in typed.items()}
    if "texte" in found:
        held = found["texte"][0].rstrip()
        found["texte"] = [f"{held}\n\n{sentence}" if held else sentence]
        return found
    size = next((name for name in found if name.endswith("-TOTAL_FORMS")), "")
    prefix = size.removesuffix("-TOTAL_FORMS")
    said = found[size][0] if size else ""
    if said.isdecimal() and len(said) <= DIGITS:
        number = int(said)
        found[size] = [str(number + 1)]
        found[f"{prefix}-{number}-{'reason' if partie is Partie.TUTORAT else 'text'}"] = [sentence]
    return found


def _written(request: HttpRequest, edition: Edition, page: PagePartie) -> tuple[Valeurs, PartieEcrite | None]:
    told = page.values()
    # where two wrote, the page of the conflict says which writing of each field to keep
    told |= {name: page.held[name] for name in preferred(request.POST, page.held)}
    access, at = current_access(request), timezone.now()
    return operations.write_partie(edition, page.partie, told, read=page.read, access=access, at=at)


def _conflict(
    request: HttpRequest,
    edition: Edition,
    typed: dict[str, list[str]],
    page: PagePartie,
    error: operations.StalePartieError,
) -> HttpResponse:
    """Both writings, to choose from; what was typed stays, and sent again it is meant."""
    lue = queries.partie_of(edition, page.partie)
    told, now = page.values(), lue.valeurs
    again = PagePartie(page.partie, now, queries.noms_of(edition), typed | {"lu": [_json(marks(now))]})
    again.is_valid()
    apart = {name: (held, told[name]) for name, held in now.items() if held != told[name]}
    found = ecarts(apart, shown.VOCABULAIRE, untouched(page.read, told))
    row = error.row
    author = auteur(str(row.by or ""), row.at, row.by_id, request.user.pk) if row else None
    return _shown(
        request,
        edition,
        lue,
        again,
        status=HTTPStatus.CONFLICT,
        conflit=True,
        ecarts=found,
        auteur=author,
    )


def _json(value: Any) -> str:
    return str(JsonResponse(value).content, "utf-8")


def _shown(
    request: HttpRequest,
    edition: Edition,
    lue: queries.PartieLue,
    page: PagePartie,
    *,
    status: int = 200,
    refus: str = "",
    apercu: bool = False,
    **more: Any,
) -> HttpResponse:
    now, access = timezone.now(), current_access(request)
    valid = page.form.is_bound and not page.touched and page.is_valid()
    told = page.values() if valid else lue.valeurs
    context = {
        "edition": edition,
        "lue": lue,
        "partie": lue.partie,
        "page": page,
        "form": page.form,
        "listes": page.listes or (),
        "refus": refus,
        "refusee": page.form.is_bound,
        "apercu_demande": apercu,
        "apercu": shown.apercu(lue.partie, told),
        "autres": queries.others_at(edition, lue.partie, access, now),
        "automatique": edition.is_counted,
        "avec_preuves": lue.partie not in UNSUPPORTED,
        "preuves": () if lue.partie in UNSUPPORTED else beside(edition, lue.partie),
        "formulaire": "" if edition.is_closed else "ecrire",
        "rubrique": "espace",
        "conflit": False,
    }
    return render(request, "redaction/partie.html", context | more, status=status)


@requires(Right.STEER)
@require_POST
def enregistrer(request: HttpRequest, year: str, partie: str) -> HttpResponse:
    """Save a part while one types: what a script sends, answered in JSON."""
    edition, which = edition_at(year), part_at(partie)
    lue = queries.partie_of(edition, which)
    typed = {name: request.POST.getlist(name) for name in request.POST}
    page = PagePartie(which, lue.valeurs, queries.noms_of(edition), typed)
    if not page.is_valid():
        message = " ".join(page.errors())
        return JsonResponse({"message": message}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        told, row = _written(request, edition, page)
    except operations.StalePartieError as error:
        return JsonResponse(_who(error.row, request), status=HTTPStatus.CONFLICT)
    except operations.ClosedReportError as error:
        return JsonResponse({"message": str(error)}, status=HTTPStatus.GONE)
    except LimitError as error:
        return too_many(JsonResponse({"message": str(error)}), error, timezone.now())
    again = queries.partie_of(edition, which)
    preview = render_to_string("redaction/_apercu.html", {"apercu": shown.apercu(which, told)})
    etat = again.constat.etat
    state = {"etat": etat.label, "code": etat.value}
    mixed = told != page.values()
    return JsonResponse(
        {"lu": _json(marks(told)), "apercu": preview, "melange": mixed, **state, **_who(row, request)}
    )


def _who(row: PartieEcrite | None, request: HttpRequest) -> dict[str, str]:
    """Who wrote a part last, for a script to say."""
    if row is None:
        return {"qui": "", "quand": ""}
    mine = row.by is not None and row.by == current_access(request).user
    return {"qui": "vous" if mine else str(row.by or "une autre personne"), "quand": format_moment(row.at)}


@requires(Right.STEER)
@require_POST
def present(request: HttpRequest, year: str, partie: str) -> HttpResponse:
    """Say that one is at a part; answer who else is, and when it was last written."""
    edition, which = edition_at(year), part_at(partie)
    access, now = current_access(request), timezone.now()
    operations.be_there(edition, which, access=access, at=now)
    row = queries.partie_of(edition, which)
    others = [str(one.user) for one in queries.others_at(edition, which, access, now)]
    return JsonResponse({"autres": others, "lu": _json(marks(row.valeurs)), **_who(row.ecrite, request)})


@requires(Right.STEER)
@require_safe
def versions(request: HttpRequest, year: str, partie: str) -> HttpResponse:
    """All versions of a part, each with what it changed."""
    edition, which = edition_at(year), part_at(partie)
    context = {
        "edition": edition,
        "lue": queries.partie_of(edition, which),
        "versions": shown.versions(queries.versions_of(edition, which)),
        "rubrique": "espace",
    }
    return render(request, "redaction/versions.html", context)


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, year: str, partie: str, number: int) -> HttpResponse:
    """One version, compared with what the part says now; put back by a button."""
    edition, which = edition_at(year), part_at(partie)
    lue = queries.partie_of(edition, which)
    row = get_object_or_404(queries.versions_of(edition, which), number=number)
    refus = ""
    if request.method == "POST":
        page = PagePartie(which, lue.valeurs, (), {"lu": request.POST.getlist("lu")})
        page.form.is_valid()
        try:
            operations.restore(
                edition, row, read=page.read, access=current_access(request), at=timezone.now()
            )
        except operations.StalePartieError:
            refus = "Cette partie a changé depuis que vous avez ouvert cette page. Relisez, puis recommencez."
        except operations.ClosedReportError as error:
            refus = str(error)
        else:
            messages.success(request, f"La version {number} est remise en place.")
            return redirect("redaction:partie", year, which.adresse)
    context = {
        "edition": edition,
        "lue": lue,
        "version": row,
        "apercu": shown.apercu(which, row.valeurs),
        "changements": shown.changed(row.valeurs, lue.valeurs),
        "lu": _json(marks(lue.valeurs)),
        "refus": refus,
        "rubrique": "espace",
    }
    status = HTTPStatus.CONFLICT if refus else HTTPStatus.OK
    return render(request, "redaction/version.html", context, status=status)
