"""Reminding académies of their grid: by the bureau, and by itself; never twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from accroche.campagne.models import Edition, GrilleEdition, Semaine
from accroche.campagne.operations.bureau import check_steering
from accroche.campagne.queries.relances import OF_GRID, reminded_on
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.evaluation.evaluation import Relance, due_reminder
from accroche.evaluation.models import RelanceGrille
from accroche.evaluation.operations.evaluation_avis import of_academie, page_of, send
from accroche.evaluation.queries.evaluation import LigneEvaluation, lignes, unsigned
from accroche.lib.moments import end_of, format_moment
from accroche.lib.texte import NBSP
from accroche.pilotage.invitation import monday

#: What a reminder says before its facts, unless the bureau writes otherwise.
TEXTS: Final = {
    Relance.BY_HAND: (
        "La grille d’auto-évaluation de votre semaine n’est pas encore signée. Elle se remplit en une "
        "vingtaine de minutes, à plusieurs si vous le voulez, et se termine par une page qui dit vos points "
        "d’appui et ce que vous pouvez essayer ensuite."
    ),
    Relance.SOON: "La grille d’auto-évaluation de votre semaine est à signer dans deux semaines.",
    Relance.LAST_DAYS: "La grille d’auto-évaluation de votre semaine est à signer dans les trois jours.",
    Relance.LATE: (
        "L’échéance de la grille d’auto-évaluation est passée. Elle reste ouverte : vous pouvez encore la "
        "signer."
    ),
}


@dataclass(frozen=True, slots=True)
class Envoyee:
    """A reminder that was written, or would be: to which addresses, why."""

    semaine: Semaine
    kind: Relance
    to: tuple[str, ...]


def mail_of(ligne: LigneEvaluation, text: str) -> str:
    """The whole mail an académie reads: what the bureau says, then where it stands."""
    due = (
        f"\nÉchéance : {format_moment(end_of(ligne.due_on), str(ligne.semaine.academie))}."
        if ligne.due_on
        else ""
    )
    return (
        f"Bonjour,\n\n{text.strip()}\n\n"
        f"Critères renseignés : {ligne.answered} sur {ligne.asked}.{due}\n\n"
        f"La remplir : {page_of(ligne.semaine)}\n"
    )


@transaction.atomic
def remind(
    edition: Edition, numbers: Collection[int], text: str, *, access: Access, at: dt.datetime
) -> list[Envoyee]:
    """Remind the académies of the semaines ``numbers`` that have not signed; return those written to.

    What a preview said is asked again: an académie that signed meanwhile, or that was reminded this week,
    gets nothing. Raises ``PermissionDenied``, and ``ValueError`` without a text.
    """
    check_steering(access)
    if not text.strip():
        raise ValueError("Écrivez le message à envoyer.")
    found = lignes(unsigned(edition).filter(pk__in=numbers))
    told = [_remind(one, Relance.BY_HAND, text, access=access, at=at) for one in found]
    return [one for one in told if one]


def send_grid_reminders(*, at: dt.datetime, dry_run: bool = False) -> list[Envoyee]:
    """Write the automatic reminders due at ``at`` and return them; ``dry_run`` writes nothing.

    Each académie gets each kind once for all, and one reminder a week at most, the bureau's included; however
    often this runs, even twice at once.
    """
    today = timezone.localdate(at)
    told: list[Envoyee] = []
    for used in GrilleEdition.objects.filter(opened_at__lte=at, due_on__isnull=False).select_related(
        "edition"
    ):
        kind = due_reminder(used.due_on, today)
        if kind is None:
            continue
        for ligne in lignes(unsigned(used.edition)):
            to = tuple(of_academie(ligne.semaine, at))
            if dry_run:
                sent = (
                    Envoyee(ligne.semaine, kind, to)
                    if to
                    and not _was_sent(ligne.semaine, kind, today)
                    and not reminded_on([ligne.semaine], at)
                    else None
                )
            else:
                sent = _remind(ligne, kind, TEXTS[kind], access=None, at=at)
            told += [sent] if sent else []
    return told


def _was_sent(semaine: Semaine, kind: Relance, today: dt.date) -> bool:
    held = RelanceGrille.objects.filter(semaine=semaine)
    return held.filter(week=monday(today)).exists() or held.filter(kind=kind).exists()


@transaction.atomic
def _remind(
    ligne: LigneEvaluation, kind: Relance, text: str, *, access: Access | None, at: dt.datetime
) -> Envoyee | None:
    to = of_academie(ligne.semaine, at)
    if not to or reminded_on([ligne.semaine], at):
        return None
    by = access.user if access else None
    try:
        with transaction.atomic():
            row = RelanceGrille.objects.create(
                semaine=ligne.semaine,
                kind=kind,
                week=monday(timezone.localdate(at)),
                sent_at=at,
                sent_by=by,
                text=text,
            )
    except IntegrityError:  # reminded this week, or of this kind before: by us, or by another run just now
        return None
    send(
        to,
        f"Grille d’auto-évaluation {ligne.semaine.edition}{NBSP}: {ligne.semaine.academie}",
        mail_of(ligne, text),
        key=f"grille-relance:{row.pk}",
        at=at,
    )
    journal.record(ligne.semaine, OF_GRID, at=at, actor=by, note=kind.label)
    return Envoyee(ligne.semaine, kind, tuple(to))
