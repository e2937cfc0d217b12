"""Frozen versions: made, published, withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import IntegrityError, transaction

from accroche.campagne.models import Edition
from accroche.campagne.operations.bureau import check_steering
from accroche.commun import journal
from accroche.commun.transactions import one_moment
from accroche.comptes.permissions import Access
from accroche.dossier import instantane as dossier_json
from accroche.dossier.queries.comptage import public_dossier
from accroche.publications.models import Chantier, Construction, Synthese
from accroche.publications.queries import latest_version

#: Times a number is looked for while others freeze at the same moment.
ATTEMPTS: Final = 5


class VersionError(RuntimeError):
    """The version, or its edition, is not in a state for this; the message is French and says why."""


def check_open(edition: Edition) -> None:
    """Raise :class:`VersionError` for an edition that was put away: nothing is frozen nor published in it."""
    edition.refresh_from_db(fields=["archived_at"])
    if edition.archived_at is not None:
        raise VersionError(
            f"L’édition {edition.year} est archivée : sa synthèse ne change plus. "
            "Sortez-la d’abord des archives."
        )


def freeze(
    edition: Edition,
    *,
    at: dt.datetime,
    name: str = "",
    by: Any = None,
    construction: Construction | None = None,
) -> Synthese:
    """Freeze the edition as it is now and return the version: the bureau's alone until it is published.

    Unchanged content makes no new version: the last one is returned, and takes ``name`` if it had none. The
    edition is read as of one moment, while others go on writing. ``by``: who asked, None for a command;
    ``construction``: what asked for it, which is told its number in the same transaction.

    Two people who freeze at once cannot make the same number twice: the constraint on (edition, number)
    refuses the second, who is given what the first one made, or the next number.

    Raises :class:`VersionError`.
    """
    check_open(edition)
    for _ in range(ATTEMPTS):
        with one_moment():
            latest = latest_version(edition)
            dossier = public_dossier(edition)
        snapshot = dossier_json.dump(dossier)
        try:
            with transaction.atomic():
                if latest and dossier_json.same_content(latest.snapshot, snapshot):
                    version = latest
                    if name and not latest.name:
                        Synthese.objects.filter(pk=latest.pk, name="").update(name=name)
                        version.name = name
                else:
                    version = Synthese.objects.create(
                        edition=edition,
                        number=latest.number + 1 if latest else 1,
                        name=name,
                        settled_at=at,
                        settled_by=by,
                        digest=dossier_json.digest(snapshot),
                        snapshot=snapshot,
                    )
                    journal.record(version, "freeze", at=at, actor=by, note=name)
                if construction:
                    Construction.objects.filter(pk=construction.pk).update(
                        quoi=Chantier.VERSION, number=version.number
                    )
        except IntegrityError:
            continue
        return version
    raise VersionError("D’autres arrêtent des versions au même moment : recommencez dans un instant.")


@transaction.atomic
def publish(version: Synthese, *, at: dt.datetime, access: Access | None = None) -> None:
    """Have the public read a frozen version. ``access``: of who asks, None for a command.

    Raises ``PermissionDenied``, and :class:`VersionError` when it is published already.
    """
    _check(version, access)
    hidden = Synthese.objects.filter(pk=version.pk, published_at=None)
    if not hidden.update(published_at=at, withdrawn_at=None, withdrawal=""):
        raise VersionError(f"La version {version.number} est déjà publiée.")
    journal.record(version, "publish", at=at, actor=access.user if access else None)
    version.refresh_from_db(fields=["published_at", "withdrawn_at", "withdrawal"])


@transaction.atomic
def withdraw(version: Synthese, reason: str, *, at: dt.datetime, access: Access | None = None) -> None:
    """Take a version back: who follows a link to it reads ``reason``, and the public the version before it.

    Raises ``PermissionDenied``, and :class:`VersionError` without a reason, or when it is not published.
    """
    if access:
        check_steering(access)
    if not (told := " ".join(reason.split())):
        raise VersionError("Dites pourquoi cette version est retirée : qui suit un ancien lien le lira.")
    public = Synthese.objects.filter(pk=version.pk, published_at__isnull=False)
    if not public.update(published_at=None, withdrawn_at=at, withdrawal=told[:500]):
        raise VersionError(f"La version {version.number} n’est pas publiée.")
    journal.record(version, "withdraw", at=at, actor=access.user if access else None, note=told[:500])
    version.refresh_from_db(fields=["published_at", "withdrawn_at", "withdrawal"])


def _check(version: Synthese, access: Access | None) -> None:
    if access:
        check_steering(access)
    check_open(version.edition)
