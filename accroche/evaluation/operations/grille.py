"""Writing a version of the grid: each save takes its row first, so that it is never one that is frozen.

Two people may write at once: what each left alone is not theirs to impose, and what both wrote is shown to
the second (``commun/conflit.py``). Who gives the version to an edition at that moment takes the same row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from accroche.campagne.grille import CODE_LENGTH, MOST_CRITERES, MOST_OBJECTIFS, itself
from accroche.campagne.models import Correspondance, Critere, Grille, GrilleObjectif
from accroche.campagne.operations.bureau import check_steering
from accroche.campagne.operations.grille import GrilleError, add_grille
from accroche.campagne.preuves import Preuve
from accroche.campagne.queries.grille import grille_dite, origines_of
from accroche.commun import journal
from accroche.commun.conflit import marks
from accroche.comptes.permissions import Access
from accroche.evaluation.grille import LEVEL_FIELDS, Valeurs
from accroche.lib.texte import slug


class FrozenError(GrilleError):
    """An edition uses the version, which is not written any more."""


class StaleGrilleError(RuntimeError):
    """Somebody else wrote the same fields meanwhile: show both before deciding."""

    def __init__(self, fields: Iterable[str]) -> None:
        """Keep which fields both wrote."""
        self.fields = tuple(fields)
        super().__init__(", ".join(self.fields))


# -- what is there ---------------------------------------------------------------------------------


def tete_values(grille: Grille) -> dict[str, Any]:
    """What a version says of itself, as JSON values; each objective with the number of its row."""
    rows = grille.objectifs.values_list("pk", "label")
    return {
        "name": grille.name,
        "preamble": grille.preamble,
        "objectifs": [[number, label] for number, label in rows],
    }


def critere_values(critere: Critere) -> dict[str, Any]:
    """All that a criterion says, as JSON values."""
    levels = [*critere.levels, *[""] * len(LEVEL_FIELDS)]
    return {
        "objectif": critere.objectif.code,
        "code": critere.code,
        "title": critere.title,
        **dict(zip(LEVEL_FIELDS, levels, strict=False)),
        "axe": critere.axe,
        "weight": critere.weight,
        "evidence": list(critere.evidence),
        "anciens": [line.ancien.code for line in critere.correspondances.select_related("ancien")],
    }


# -- writing ---------------------------------------------------------------------------------------


def _claim(grille: Grille, access: Access, at: dt.datetime) -> None:
    """Take the row of a version that nobody uses yet; who comes second waits here."""
    check_steering(access)
    free = Grille.objects.filter(pk=grille.pk, frozen_at=None)
    if not free.update(version=F("version") + 1, updated_at=at):
        raise FrozenError("Une édition utilise maintenant cette grille : elle est figée et ne s’écrit plus.")


def _to_write(typed: Valeurs, site: Valeurs, read: Mapping[str, str]) -> dict[str, tuple[Any, Any]]:
    """What is to change, before and after; ``read``: the marks of what the page showed.

    Raises :class:`StaleGrilleError` where its author and somebody else wrote the same field.
    """
    told, held = marks(typed), marks(site)
    mine = {name for name in typed if told[name] != read.get(name)}
    changed = {
        name: (site[name], typed[name]) for name in typed if name in mine and typed[name] != site[name]
    }
    if both := [name for name in changed if held[name] != read.get(name)]:
        raise StaleGrilleError(both)
    return changed


@transaction.atomic
def write_tete(
    grille: Grille, typed: Valeurs, *, read: Mapping[str, str], access: Access, at: dt.datetime
) -> dict[str, tuple[Any, Any]]:
    """Write the name, preamble and objectives of a version; return what changed.

    An objective without a number is a new one; one that is not told goes, if it has no criteria. ``read``:
    the marks of what the page showed. Raises ``PermissionDenied``, :class:`StaleGrilleError` and
    :class:`GrilleError`.
    """
    _claim(grille, access, at)
    grille.refresh_from_db()
    changed = _to_write(typed, tete_values(grille), read)
    columns = {name: changed[name][1] for name in ("name", "preamble") if name in changed}
    if columns:
        Grille.objects.filter(pk=grille.pk).update(**columns)
    if "objectifs" in changed:
        _write_objectifs(grille, changed["objectifs"][1])
    if changed:
        journal.record(grille, "write_grille", at=at, actor=access.user, changes=changed)
    return changed


def _write_objectifs(grille: Grille, told: list[tuple[int | None, str]]) -> None:
    rows: dict[int | None, GrilleObjectif] = {row.pk: row for row in grille.objectifs.all()}
    if len(told) > MOST_OBJECTIFS:
        raise GrilleError(f"Une grille a {MOST_OBJECTIFS} objectifs au plus.")
    kept = {number for number, _ in told}
    for number, row in rows.items():
        if number not in kept:
            if row.criteres.exists():
                raise GrilleError(
                    f"« {row.label} » a encore des critères : retirez-les ou déplacez-les d’abord."
                )
            row.delete()
    taken = {row.code for number, row in rows.items() if number in kept}
    for position, (number, label) in enumerate(told):
        if number in rows:
            GrilleObjectif.objects.filter(pk=rows[number].pk).update(label=label, position=position)
        else:
            code = _free_code(label, taken)
            taken.add(code)
            grille.objectifs.create(code=code, label=label, position=position)


def _free_code(label: str, taken: set[str]) -> str:
    base = slug(label).replace("-", "_")[: CODE_LENGTH - 3].strip("_") or "objectif"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}_{number}", number + 1
    return code


@transaction.atomic
def write_critere(
    grille: Grille,
    number: int | None,
    typed: Valeurs,
    *,
    read: Mapping[str, str],
    access: Access,
    at: dt.datetime,
) -> tuple[int, dict[str, tuple[Any, Any]]]:
    """Write a criterion, a new one when ``number`` is None; return its number and what changed.

    ``read``: the marks of what the page showed. Raises ``PermissionDenied``, :class:`StaleGrilleError`,
    :class:`GrilleError`, and ``Critere.DoesNotExist`` for one that somebody took away.
    """
    _claim(grille, access, at)
    if number is None:
        critere = Critere(objectif=_objectif(grille, typed["objectif"]), position=0)
        changed = {name: (None, value) for name, value in typed.items()}
    else:
        critere = Critere.objects.select_related("objectif").get(pk=number, objectif__grille=grille)
        changed = _to_write(typed, critere_values(critere), read)
    if not changed:
        return critere.pk, {}
    new = {name: pair[1] for name, pair in changed.items()}
    _check_code(grille, critere, new)
    if number is None or "objectif" in new:
        _append(critere, _objectif(grille, new["objectif"]))
    for name in ("code", "title", "axe", "weight"):
        setattr(critere, name, new.get(name, getattr(critere, name)))
    if "evidence" in new:
        critere.evidence = [code.value for code in Preuve if code in set(new["evidence"])]
    levels = [*critere.levels, *[""] * len(LEVEL_FIELDS)]
    critere.levels = [new.get(name, levels[n]) for n, name in enumerate(LEVEL_FIELDS)]
    critere.save()
    if "anciens" in new:
        _map(grille, critere, new["anciens"])
    verb = "add_critere" if number is None else "write_critere"
    changes = {} if number is None else changed
    journal.record(grille, verb, at=at, actor=access.user, note=str(critere), changes=changes)
    return critere.pk, changed


def _check_code(grille: Grille, critere: Critere, new: Valeurs) -> None:
    others = Critere.objects.filter(objectif__grille=grille).exclude(pk=critere.pk)
    if "code" in new and others.filter(code=new["code"]).exists():
        raise GrilleError(f"Un autre critère porte déjà le numéro {new['code']}.")


def _objectif(grille: Grille, code: str) -> GrilleObjectif:
    found = grille.objectifs.filter(code=code).first()
    if found is None:
        raise GrilleError("Cet objectif vient d’être retiré de la grille : choisissez-en un autre.")
    return found


def _append(critere: Critere, objectif: GrilleObjectif) -> None:
    """Put a criterion behind those of its objective."""
    rows = objectif.criteres.exclude(pk=critere.pk)
    if rows.count() >= MOST_CRITERES:
        raise GrilleError(f"Un objectif a {MOST_CRITERES} critères au plus.")
    last = rows.order_by("-position").values_list("position", flat=True).first()
    critere.objectif, critere.position = objectif, 0 if last is None else last + 1


def _map(grille: Grille, critere: Critere, anciens: Iterable[str]) -> None:
    codes = set(anciens)
    olds = list(Critere.objects.filter(objectif__grille=grille.previous_id, code__in=codes))
    if len(olds) != len(codes):
        raise GrilleError("La version d’avant n’a pas tous ces critères : rechargez la page.")
    critere.correspondances.all().delete()
    Correspondance.objects.bulk_create(Correspondance(critere=critere, ancien=old) for old in olds)


@transaction.atomic
def move_critere(grille: Grille, number: int, *, up: bool, access: Access, at: dt.datetime) -> None:
    """Move a criterion one higher or lower within its objective; at its end, nothing happens.

    Raises ``PermissionDenied``, :class:`FrozenError`, and ``Critere.DoesNotExist`` for one taken away.
    """
    _claim(grille, access, at)
    critere = Critere.objects.get(pk=number, objectif__grille=grille)
    rows = list(Critere.objects.filter(objectif=critere.objectif_id).order_by("position", "pk"))
    here = next(n for n, row in enumerate(rows) if row.pk == number)
    there = here + (-1 if up else 1)
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows):
        row.position = position
    Critere.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_critere(grille: Grille, number: int, *, access: Access, at: dt.datetime) -> str:
    """Take a criterion off a version; return what it was called.

    Raises ``PermissionDenied``, :class:`FrozenError`, and ``Critere.DoesNotExist`` for one taken away.
    """
    _claim(grille, access, at)
    critere = Critere.objects.get(pk=number, objectif__grille=grille)
    told = str(critere)
    critere.delete()
    journal.record(grille, "remove_critere", at=at, actor=access.user, note=told)
    return told


@transaction.atomic
def copy_grille(source: Grille, code: str, name: str, *, access: Access, at: dt.datetime) -> Grille:
    """Begin a version from another; return it.

    From one that is frozen, each criterion comes from its like. A draft is followed by nothing: its copy has
    the same version before, and the same mapping. Raises ``PermissionDenied``, and :class:`GrilleError` when
    the code is taken.
    """
    check_steering(access)
    source = Grille.objects.complete().get(pk=source.pk)
    told = grille_dite(source)
    frozen = source.frozen_at is not None
    previous = source if frozen else source.previous
    origines = itself(told) if frozen else origines_of(source)
    if Grille.objects.filter(code=code).exists():
        raise GrilleError(f"Une version porte déjà le code « {code} ».")
    try:
        with transaction.atomic():
            copy = add_grille(
                type(told)(code, name, told.preamble, told.objectifs),
                at=at,
                previous=previous,
                origines=origines,
            )
    except IntegrityError as error:
        raise GrilleError(f"Une version porte déjà le code « {code} ».") from error
    journal.record(copy, "copy_grille", at=at, actor=access.user, note=source.code)
    return copy


@transaction.atomic
def delete_grille(grille: Grille, *, access: Access, at: dt.datetime) -> None:
    """Give up a version that no edition uses. Raises ``PermissionDenied`` and :class:`FrozenError`."""
    _claim(grille, access, at)
    Grille.objects.get(pk=grille.pk).delete()
    journal.record(grille, "delete_grille", at=at, actor=access.user, note=grille.name)
