"""Writing a part of the report, putting a version back, saying that one is at it: every write about texts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.campagne.operations import hold_open
from accroche.campagne.operations.bureau import check_steering
from accroche.commun import journal, plafonds
from accroche.commun.conflit import marks
from accroche.commun.limites import take
from accroche.comptes.permissions import Access
from accroche.dossier.operations import write_edition
from accroche.dossier.queries.dossier import edition_dossier
from accroche.redaction.contenu import Valeurs, applied, field_of, settled, valeurs
from accroche.redaction.delais import FORGOTTEN, LOSS, SITTING
from accroche.redaction.models import PartieEcrite, RedacteurPresent, VersionPartie
from accroche.redaction.parties import Partie


class ClosedReportError(ValueError):
    """The edition is closed, and so is its report; the message says so."""


class StalePartieError(RuntimeError):
    """Somebody else wrote the same fields meanwhile: ``held`` is what the part says now, ``row`` who."""

    def __init__(self, held: Valeurs, row: PartieEcrite | None) -> None:
        """Keep both."""
        super().__init__()
        self.held = held
        self.row = row


@transaction.atomic
def write_partie(
    edition: Edition,
    partie: Partie,
    told: Mapping[str, Any],
    *,
    read: Mapping[str, str],
    access: Access,
    at: dt.datetime,
    restored: int | None = None,
) -> tuple[Valeurs, PartieEcrite | None]:
    """Write a part of an edition's report; return what it says then, and who wrote it when.

    ``told``: the values of all its fields. ``read``: the marks of what the page showed (``commun.conflit``);
    a field left alone follows what somebody else wrote meanwhile, one that both wrote is refused.
    ``restored``: the number of the version that is put back. The same content again is no change.

    Raises ``PermissionDenied``, :class:`ClosedReportError`, :class:`StalePartieError` and ``LimitError``.
    """
    check_steering(access)
    _hold(edition)
    dossier = edition_dossier(edition)
    held = valeurs(dossier, partie)
    row = PartieEcrite.objects.select_related("by").filter(edition=edition, partie=partie).first()
    told = settled(partie, told)
    now, mine = marks(held), marks(told)
    moved = {name for name in held if now[name] != read.get(name)}
    wanted = {name: held[name] if mine[name] == read.get(name) else told[name] for name in held}
    if any(wanted[name] != held[name] for name in moved):
        raise StalePartieError(held, row)
    if wanted == held:
        return held, row
    academies = {one.name: one for one in Academie.objects.all()}
    write_edition(edition, applied(dossier, partie, wanted), {field_of(partie)}, academies)
    row = _counted(edition, partie, access=access, at=at)
    _keep(row, held, wanted, restored, access=access, at=at)
    take(access.counted(plafonds.REPORT_PERSON), at=at)
    return wanted, row


def _hold(edition: Edition) -> None:
    """Keep the edition open, and its report to who writes, until the transaction ends."""
    if not hold_open(edition.pk):
        raise ClosedReportError(
            f"L’édition {edition.year} est close : les textes de sa synthèse ne changent plus."
        )


def _counted(edition: Edition, partie: Partie, *, access: Access, at: dt.datetime) -> PartieEcrite:
    # the edition is held: nobody makes the same row meanwhile
    row, _ = PartieEcrite.objects.get_or_create(
        edition=edition, partie=partie, defaults={"at": at, "by": access.user}
    )
    PartieEcrite.objects.filter(pk=row.pk).update(version=F("version") + 1, at=at, by=access.user)
    row.refresh_from_db()
    return row


def _keep(
    row: PartieEcrite,
    before: Valeurs,
    after: Valeurs,
    restored: int | None,
    *,
    access: Access,
    at: dt.datetime,
) -> None:
    """Keep what was written as a version; what went before anybody wrote here, as the first."""
    last = VersionPartie.objects.filter(partie=row).first()
    if last is None:
        last = VersionPartie.objects.create(partie=row, number=0, valeurs=before, began_at=at, at=at, by=None)
    by = access.user
    goes_on = last.number > 0 and last.by_id == (by.pk if by else None) and at - last.began_at < SITTING
    goes_on = goes_on and _size(before) - _size(after) < LOSS
    if goes_on and restored is None and last.restored is None and last.valeurs == before:
        VersionPartie.objects.filter(pk=last.pk).update(valeurs=after, at=at)
        return
    if last.number > 0 and last.valeurs != before:
        # a file wrote the part since: what it said is kept too
        last = VersionPartie.objects.create(
            partie=row, number=last.number + 1, valeurs=before, began_at=at, at=at, by=None
        )
    VersionPartie.objects.create(
        partie=row, number=last.number + 1, valeurs=after, began_at=at, at=at, by=by, restored=restored
    )
    verb = "write_part" if restored is None else "restore_part"
    journal.record(row, verb, at=at, actor=by, note=row.partie)


def _size(told: Valeurs) -> int:
    return len(json.dumps(told, ensure_ascii=False))


def restore(
    edition: Edition,
    version: VersionPartie,
    *,
    read: Mapping[str, str],
    access: Access,
    at: dt.datetime,
) -> tuple[Valeurs, PartieEcrite | None]:
    """Have a part say again what one of its versions said, as a new version.

    ``read``: the marks of what the part said when this was decided. Raises as :func:`write_partie`.
    """
    partie = Partie(version.partie.partie)
    held = valeurs(edition_dossier(edition), partie)
    if marks(held) != dict(read):
        check_steering(access)
        raise StalePartieError(held, version.partie)
    told = {name: version.valeurs.get(name, value) for name, value in held.items()}
    return write_partie(edition, partie, told, read=read, access=access, at=at, restored=version.number)


@transaction.atomic
def be_there(edition: Edition, partie: Partie, *, access: Access, at: dt.datetime) -> None:
    """Say that somebody has the page of a part open. Raises ``PermissionDenied``."""
    check_steering(access)
    if access.user is None:
        return
    here = RedacteurPresent.objects.filter(edition=edition, partie=partie, user=access.user)
    RedacteurPresent.objects.filter(at__lt=at - FORGOTTEN).delete()
    if here.update(at=at):
        return
    try:
        with transaction.atomic():
            RedacteurPresent.objects.create(edition=edition, partie=partie, user=access.user, since=at, at=at)
    except IntegrityError:  # two tabs of one person
        here.update(at=at)
