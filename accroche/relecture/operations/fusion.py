"""Two sheets of one action become one, and become two again.

The absorbed sheet is never touched but for its state: what it holds is copied to the kept one, and the
journal of the kept one remembers what was copied. Undoing removes that, and that only: what somebody changed
since stays, what they wrote since too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, Model, QuerySet

from accroche.actions.champs import CHAMPS, Reprise, Voie
from accroche.actions.cycle import Etat, Step
from accroche.actions.models import (
    Action,
    ActionPartenaire,
    ActionPorteur,
    Activite,
    Commentaire,
    Lien,
    PieceJointe,
)
from accroche.actions.operations.cycle import StaleError, move
from accroche.actions.operations.lignee import hold_lineages
from accroche.actions.operations.notices import owners, tell_of_merge
from accroche.actions.operations.preparation import forget
from accroche.actions.queries.lignee import ascendance
from accroche.actions.regles import Temporalite
from accroche.actions.saisie import FIELD_LABELS, as_value
from accroche.commun import journal
from accroche.commun.models import JournalEntry
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.votes.models import Bulletin, Note

#: The states a sheet may be kept in: what is not before a moderator's eyes takes nothing in.
KEEPING = frozenset({Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED})


def _columns(*ways: Reprise) -> tuple[str, ...]:
    """The columns that a merge takes over in one of these ways."""
    return tuple(
        column
        for champ in CHAMPS
        if not champ.parts and {*champ.cles(Voie.FUSION)} & {*ways}
        for column in champ.colonnes or (champ.name,)
    )


#: Columns the absorbed sheet fills where the kept one says nothing.
FILLED = (*_columns(Reprise.FILLED, Reprise.TOLD), "previous_id")
#: Those told in the activity it becomes, where the kept one says something else.
TOLD = _columns(Reprise.TOLD)
#: The line of the kept sheet's journal that remembers what was copied.
ABSORB = "absorb"


class FusionError(ValueError):
    """Two sheets cannot be merged or parted as they stand; the message says why."""


@transaction.atomic
def merge(
    action: Action,
    into: Action,
    *,
    access: Access,
    at: dt.datetime,
    reason: str = "",
    version: int | None = None,
    into_version: int | None = None,
) -> Action:
    """Make ``action`` part of ``into``; return the kept sheet as it now stands.

    A sheet that waits, merged into a published one, makes it wait too: nothing goes public unread. Both
    owners are told. ``version``, ``into_version``: what the person read of each.

    Raises :class:`FusionError`, ``TransitionError``, ``StaleError``, ``PermissionDenied``.
    """
    _check(action, into, access)
    hold_lineages()
    words = " ".join(filter(None, [f"Elle rejoint « {into.title} ».", reason.strip()]))
    taken = f"La fiche « {action.title} » lui est ajoutée."
    unread = Etat(into.etat) is Etat.PUBLISHED and Etat(action.etat) is not Etat.PUBLISHED
    told = set(owners(action, at))
    steps: dict[int, Any] = {
        action.pk: partial(
            move, action, Step.MERGE, access=access, at=at, reason=words, version=version, merged_into=into
        ),
        into.pk: partial(
            move,
            into,
            Step.UNPUBLISH,
            access=access,
            at=at,
            reason=f"{taken} À relire.",
            version=into_version,
        )
        if unread
        else partial(_claim, into, at, into_version),
    }
    # always in this order: two opposite merges at once cannot wait for each other
    for number in sorted(steps):
        steps[number]()
    into.refresh_from_db()
    journal.record(
        into,
        ABSORB,
        at=at,
        actor=access.user,
        note=" ".join(filter(None, [taken, reason.strip()])),
        changes={"fusion": (None, _copy(action, into))},
    )
    if not unread:
        told_taken = f"La fiche « {action.title} » est réunie à la vôtre, « {into.title} »."
        tell_of_merge(into, told_taken, access=access, at=at, but=told)
    return into


@transaction.atomic
def split(
    action: Action, *, access: Access, at: dt.datetime, reason: str = "", version: int | None = None
) -> Action:
    """Undo a merge; return the parted sheet, which waits to be read again.

    Raises :class:`FusionError`, ``TransitionError``, ``StaleError``, ``PermissionDenied``.
    """
    kept = action.merged_into
    if kept is None:
        raise FusionError("Cette fiche n’est pas fusionnée.")
    if not (action.may(access, Right.MODERATE) and kept.may(access, Right.MODERATE)):
        raise PermissionDenied
    if Etat(kept.etat) is Etat.MERGED:
        raise FusionError(f"« {kept.title} » est elle-même fusionnée : défaites d’abord cette fusion-là.")
    hold_lineages()
    told = set(owners(action, at))
    words = " ".join(filter(None, [f"Elle ne fait plus partie de « {kept.title} ».", reason.strip()]))
    steps: dict[int, Any] = {
        action.pk: partial(
            move, action, Step.SPLIT, access=access, at=at, reason=words, version=version, merged_into=None
        ),
        kept.pk: partial(_claim, kept, at, None),
    }
    for number in sorted(steps):
        steps[number]()
    kept.refresh_from_db()
    entry = _memory(kept, action)
    if entry:
        _take_back(entry.changes["fusion"][1], action, kept)
    gone = f"La fiche « {action.title} » en est détachée."
    journal.record(kept, "part", at=at, actor=access.user, note=gone)
    told_gone = f"La fiche « {action.title} » ne fait plus partie de la vôtre, « {kept.title} »."
    tell_of_merge(kept, told_gone, access=access, at=at, but=told)
    return action


def _check(action: Action, into: Action, access: Access) -> None:
    if not (action.may(access, Right.MODERATE) and into.may(access, Right.MODERATE)):
        raise PermissionDenied
    if action.pk == into.pk:
        raise FusionError("Une fiche ne se fusionne pas avec elle-même.")
    if action.semaine.edition_id != into.semaine.edition_id:
        raise FusionError("Ces deux fiches ne sont pas de la même édition.")
    if Etat(into.etat) not in KEEPING:
        raise FusionError(
            f"La fiche à garder est « {Etat(into.etat).label} » : gardez une fiche publiée, en attente ou à "
            "compléter."
        )


def _claim(kept: Action, at: dt.datetime, version: int | None) -> None:
    """Hold the kept sheet for this transaction. Raises ``StaleError``."""
    read = kept.version if version is None else version
    same = Action.objects.filter(pk=kept.pk, etat=kept.etat, version=read)
    if not same.update(version=F("version") + 1, updated_at=at):
        raise StaleError


def _memory(kept: Action, action: Action) -> JournalEntry | None:
    """The line that says what the latest merge of ``action`` copied."""
    lines = journal.entries(kept).filter(verb=ABSORB)
    return next((line for line in lines if line.changes["fusion"][1]["absorbed"] == action.pk), None)


def _next(rows: QuerySet[Any]) -> int:
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


# -- copying ---------------------------------------------------------------------------------------


def _copy(action: Action, kept: Action) -> dict[str, Any]:
    """Copy what the kept sheet lacks; return what was, as JSON."""
    activities = _copy_activities(action, kept)  # first: it tells what the columns below do not take
    return {
        "absorbed": action.pk,
        "columns": _fill(action, kept),
        "activites": activities,
        "porteurs": _copy_rows(ActionPorteur, action, kept, ("porteur_id",)),
        "partenaires": _copy_rows(ActionPartenaire, action, kept, ("partenaire_id",), ("role", "part")),
        "liens": _copy_rows(Lien, action, kept, ("url",), ("label",)),
        "themes": _copy_words(action.themes, kept.themes),
        "cles": _copy_words(action.cles, kept.cles),
        "pieces": _copy_pieces(action, kept),
        "commentaires": _copy_comments(action, kept),
    } | _move_ties(action, kept)


def _fill(action: Action, kept: Action) -> dict[str, list[Any]]:
    """Write what the kept sheet does not say; return each column before and after."""
    written: dict[str, Any] = {}
    for name in FILLED:
        # a last day without its first one would be wrong
        if name == "ends" and "starts" not in written:
            continue
        if not getattr(kept, name) and getattr(action, name):
            written[name] = getattr(action, name)
    # it would become its own origin
    if "previous_id" in written and kept.pk in ascendance(written["previous_id"]):
        del written["previous_id"]
    both = {kept.temporality, action.temporality} - {Temporalite.UNKNOWN}
    temporality = both.pop() if len(both) == 1 else Temporalite.LES_DEUX if both else Temporalite.UNKNOWN
    if temporality != kept.temporality:
        written["temporality"] = str(temporality)
    changed = {name: [as_value(getattr(kept, name)), as_value(value)] for name, value in written.items()}
    if written:
        Action.objects.filter(pk=kept.pk).update(**written)
    return changed


def _copy_activities(action: Action, kept: Action) -> list[list[Any]]:
    """The absorbed sheet and each of its activities become activities; return each with its digest."""
    there = {_digest(row) for row in kept.activites.all()}
    told = [
        f"{FIELD_LABELS[name]} : {getattr(action, name)}"
        for name in TOLD
        if getattr(action, name) and getattr(kept, name) and getattr(action, name) != getattr(kept, name)
    ]
    made = []
    itself = (action.title, action.description, action.days)
    if told or itself != (kept.title, kept.description, kept.days):
        account = "\n\n".join(filter(None, [action.description, *told]))
        made.append(Activite(title=action.title, description=account, starts=action.starts, ends=action.ends))
    made += [
        Activite(title=row.title, description=row.description, starts=row.starts, ends=row.ends)
        for row in action.activites.all()
    ]
    copied: list[list[Any]] = []
    position = _next(kept.activites.all())
    for row in made:
        if _digest(row) not in there:
            row.action, row.absorbed_from, row.position = kept, action, position + len(copied)
            row.save()
            copied.append([row.pk, _digest(row)])
    return copied


def _digest(row: Activite) -> str:
    words = "\0".join(map(str, (row.title, row.description, row.starts, row.ends)))
    return hashlib.sha256(words.encode()).hexdigest()


def _copy_rows(
    model: type[Model], action: Action, kept: Action, keys: tuple[str, ...], more: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Copy the rows of a list whose ``keys`` the kept sheet lacks; return each copy's columns."""
    rows = model._default_manager.order_by("position", "pk")  # noqa: SLF001 - Django documents this name
    there = set(rows.filter(action=kept).values_list(*keys))
    position = _next(rows.filter(action=kept))
    copied: list[dict[str, Any]] = []
    for columns in rows.filter(action=action).values(*keys, *more):
        key = tuple(columns[name] for name in keys)
        if key not in there:
            there.add(key)
            model._default_manager.create(action=kept, position=position + len(copied), **columns)  # noqa: SLF001 - the same
            copied.append(columns)
    return copied


def _copy_words(own: Any, kept: Any) -> list[int]:
    """Add the words of a vocabulary that the kept sheet lacks."""
    there = set(kept.values_list("pk", flat=True))
    lacking = sorted(set(own.values_list("pk", flat=True)) - there)
    kept.add(*lacking)
    return lacking


def _copy_pieces(action: Action, kept: Action) -> list[list[Any]]:
    """Attach the same files; return each with the digest of what is said of it."""
    there = set(kept.pieces.values_list("sha256", flat=True))
    position = _next(kept.pieces.all())
    copied: list[list[Any]] = []
    for piece in action.pieces.exclude(sha256__in=there):
        piece.pk, piece.action, piece.position = None, kept, position + len(copied)
        piece.save(force_insert=True)
        copied.append([piece.pk, piece.caption, piece.consent])
    return copied


def _copy_comments(action: Action, kept: Action) -> list[int]:
    there = set(kept.commentaires.values_list("at", "author_name", "text"))
    copied = []
    for comment in action.commentaires.all():
        if (comment.at, comment.author_name, comment.text) not in there:
            comment.pk, comment.action = None, kept
            comment.save(force_insert=True)
            copied.append(comment.pk)
    return copied


def _move_ties(action: Action, kept: Action) -> dict[str, Any]:
    """Turn to the kept sheet what points at the absorbed one; return what was turned."""
    # one that the kept sheet comes from keeps its tie: the absorbed sheet leads to the kept one anyway
    followers = list(action.followers.exclude(pk__in=ascendance(kept.pk)).values_list("pk", flat=True))
    Action.objects.filter(pk__in=followers).update(previous=kept)
    held = dict(kept.candidatures.values_list("scrutin", "pk"))
    moved, votes, marks = [], [], []
    for candidature in action.candidatures.all():
        if candidature.scrutin_id not in held:
            candidature.action = kept
            candidature.save(update_fields=["action"])
            moved.append(candidature.pk)
            continue
        # both stood in one vote: each person's only vote, each juror's only mark, goes to the kept one
        target = held[candidature.scrutin_id]
        for pk in candidature.bulletins.values_list("pk", flat=True):
            Bulletin.objects.filter(pk=pk).update(candidature=target)
            votes.append([pk, candidature.pk, target])
        marked = Note.objects.filter(candidature=target).values("juror")
        for pk in candidature.notes.exclude(juror__in=marked).values_list("pk", flat=True):
            Note.objects.filter(pk=pk).update(candidature=target)
            marks.append([pk, candidature.pk, target])
    return {"followers": followers, "candidatures": moved, "bulletins": votes, "notes": marks}


# -- taking back -----------------------------------------------------------------------------------


def _take_back(copied: dict[str, Any], action: Action, kept: Action) -> None:
    """Remove from the kept sheet what the merge wrote there and nobody changed since."""
    _empty_columns(copied["columns"], kept)
    for pk, digest in copied["activites"]:
        row = kept.activites.filter(pk=pk).first()
        if row and _digest(row) == digest:
            row.delete()
    kept.activites.filter(absorbed_from=action).update(absorbed_from=None)
    for rows, name in (
        (kept.portages, "porteurs"),
        (kept.participations, "partenaires"),
        (kept.liens, "liens"),
    ):
        for columns in copied[name]:
            rows.filter(**columns).delete()
    kept.themes.remove(*copied["themes"])
    kept.cles.remove(*copied["cles"])
    for pk, caption, consent in copied["pieces"]:
        piece = PieceJointe.objects.filter(pk=pk, action=kept, caption=caption, consent=consent).first()
        if piece:
            piece.delete()
            transaction.on_commit(partial(forget, piece.file.name or "", piece.source), robust=True)
    Commentaire.objects.filter(pk__in=copied["commentaires"], action=kept).delete()
    Action.objects.filter(pk__in=copied["followers"], previous=kept).update(previous=action)
    kept.candidatures.filter(pk__in=copied["candidatures"]).update(action=action)
    for model, name in ((Bulletin, "bulletins"), (Note, "notes")):
        for pk, before, after in copied[name]:
            model._default_manager.filter(pk=pk, candidature=after).update(candidature=before)  # noqa: SLF001 - the same


def _empty_columns(columns: dict[str, list[Any]], kept: Action) -> None:
    """Give the columns that still hold what the merge wrote what they held before."""
    before = {name: pair[0] for name, pair in columns.items() if as_value(getattr(kept, name)) == pair[1]}
    if "starts" in before and kept.ends and "ends" not in before:
        del before["starts"]  # somebody gave a last day since: it needs its first
    if before:
        Action.objects.filter(pk=kept.pk).update(**before)
