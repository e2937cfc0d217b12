"""A version of the grid is told by a file, and an edition takes it: from then on nobody writes it.

Who writes a version and who gives it to an edition take its row first, so that one waits for the other: what
an edition uses is what was judged right, whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from django.db import transaction
from django.db.models import F

from accroche.campagne.grille import GrilleDite, Manque, Origines, manques
from accroche.campagne.models import Correspondance, Critere, Edition, Grille, GrilleEdition, GrilleObjectif
from accroche.campagne.operations.bureau import check_steering
from accroche.campagne.operations.semaine import hold_open
from accroche.campagne.queries.grille import grille_dite
from accroche.commun import journal
from accroche.commun.insertion import insert_rows
from accroche.comptes.permissions import Access


class GrilleError(ValueError):
    """What was asked for of a grid cannot be; the message is French, for who asked."""


class UnreadyError(GrilleError):
    """A version lacks something, so that no edition may use it yet; ``manques`` says what."""

    def __init__(self, found: Iterable[Manque]) -> None:
        """Keep all that lacks, and tell it."""
        self.manques = tuple(found)
        super().__init__(
            "Cette grille n’est pas prête : " + " ; ".join(str(one) for one in self.manques) + "."
        )


class BegunGridError(GrilleError):
    """An académie has begun to answer: the grid of its edition stays."""


class ReplacedError(GrilleError):
    """The edition no longer uses the version one was about to answer."""


class Chargement(StrEnum):
    """What a file did to the version it tells."""

    CREATED = "created"
    SAME = "same"
    #: it is there and says something else: a version never changes with a file
    KEPT = "kept"


@transaction.atomic
def load_grille(
    grille: GrilleDite, *, at: dt.datetime, previous: str = "", origines: Origines | None = None
) -> Chargement:
    """Write a version told by a file; one that is there is left alone, whoever wrote it.

    ``previous``: the code of the version its criteria come from, which is frozen, and ``origines`` which of
    them. Raises :class:`UnreadyError`, and :class:`GrilleError` when the version before is not there or lacks
    a criterion.
    """
    if lacking := manques(grille):
        raise UnreadyError(lacking)
    there = Grille.objects.complete().filter(code=grille.code).first()
    if there is not None:
        return Chargement.SAME if grille_dite(there) == grille else Chargement.KEPT
    # what others follow is frozen too: they are compared with it
    Grille.objects.filter(code=previous, frozen_at=None).update(frozen_at=at, version=F("version") + 1)
    before = Grille.objects.complete().filter(code=previous).first() if previous else None
    if previous and before is None:
        raise GrilleError(f"La version d’avant « {previous} » n’est pas là : chargez-la d’abord.")
    add_grille(grille, at=at, previous=before, origines=origines or {})
    return Chargement.CREATED


def add_grille(grille: GrilleDite, *, at: dt.datetime, previous: Grille | None, origines: Origines) -> Grille:
    """Write a new version, whose criteria come from those of ``previous``; return it.

    Raises :class:`GrilleError` when ``previous`` lacks a criterion, ``IntegrityError`` for a code in use.
    """
    row = Grille.objects.create(
        code=grille.code,
        name=grille.name,
        preamble=grille.preamble,
        previous=previous,
        created_at=at,
        updated_at=at,
    )
    objectifs = [
        GrilleObjectif(grille=row, code=one.code, label=one.label, position=n)
        for n, one in enumerate(grille.objectifs)
    ]
    insert_rows(GrilleObjectif, objectifs)
    criteres = [
        Critere(
            objectif=objectif,
            code=one.code,
            title=one.title,
            axe=one.axe,
            weight=one.weight,
            evidence=list(one.evidence),
            levels=list(one.levels),
            position=n,
        )
        for objectif, told in zip(objectifs, grille.objectifs, strict=True)
        for n, one in enumerate(told.criteres)
    ]
    insert_rows(Critere, criteres)
    olds = {one.code: one for one in Critere.objects.filter(objectif__grille=previous)} if previous else {}
    asked = {(critere, code) for critere in criteres for code in origines.get(critere.code, ())}
    if unknown := sorted({code for _, code in asked} - olds.keys()):
        raise GrilleError(f"La version d’avant n’a pas de critère « {unknown[0]} ».")
    lines = [Correspondance(critere=critere, ancien=olds[code]) for critere, code in asked]
    insert_rows(Correspondance, sorted(lines, key=lambda line: (line.critere_id, line.ancien_id)))
    return row


@transaction.atomic
def attach_grille(
    edition: Edition, grille: Grille, *, access: Access, at: dt.datetime, due_on: dt.date | None = None
) -> GrilleEdition:
    """Let an edition use a version, which is frozen; ``due_on``: the last day to fill it.

    The same again only changes the day. Another version takes the place of the one before as long as nobody
    has begun to answer; that one stays frozen. Raises ``PermissionDenied``, :class:`UnreadyError`,
    :class:`BegunGridError`, and :class:`GrilleError` for an edition that is closed.
    """
    check_steering(access)
    if not hold_open(edition.pk):
        raise GrilleError(f"L’édition {edition} est close : on n’y change plus rien.")
    # the row is taken first: who writes the version now waits, and then finds it frozen
    Grille.objects.filter(pk=grille.pk, frozen_at=None).update(frozen_at=at, version=F("version") + 1)
    if lacking := manques(grille_dite(Grille.objects.complete().get(pk=grille.pk))):
        raise UnreadyError(lacking)
    held, created = GrilleEdition.objects.select_related("grille").get_or_create(
        edition=edition, defaults={"grille": grille, "opened_at": at, "due_on": due_on}
    )
    before = (None, None) if created else (held.grille.code, _day(held.due_on))
    if not created and held.grille_id == grille.pk:
        GrilleEdition.objects.filter(pk=held.pk).update(due_on=due_on)
    elif not created:
        free = GrilleEdition.objects.filter(pk=held.pk, answered_at=None)
        if not free.update(grille=grille, opened_at=at, due_on=due_on):
            raise BegunGridError(
                f"Des académies ont commencé à répondre : l’édition {edition} garde sa grille."
            )
    told = zip(("grille", "due_on"), before, (grille.code, _day(due_on)), strict=True)
    if changes := {name: (was, now) for name, was, now in told if was != now}:
        journal.record(edition, "attach_grille", at=at, actor=access.user, changes=changes)
    held.refresh_from_db()
    return held


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def begin_answers(edition: Edition, grille: Grille, *, at: dt.datetime) -> None:
    """Say that somebody begins to answer ``grille``: its edition keeps it from now on.

    Called in the transaction that writes the first answer of an académie; whichever comes first, answering or
    taking another version, the other is refused. Raises :class:`ReplacedError`.
    """
    held = GrilleEdition.objects.filter(edition=edition, grille=grille)
    if not held.filter(answered_at=None).update(answered_at=at) and not held.exists():
        raise ReplacedError(f"La grille de l’édition {edition} a changé entre-temps : relisez-la.")
