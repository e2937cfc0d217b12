"""What every write of what an académie tells of its semaine begins with."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accroche.campagne.models import Edition, Semaine
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right


def hold_open(edition: int) -> bool:
    """Whether an edition, by its number, is open; it then stays so until the transaction ends."""
    # written as it is: who closes it at this moment waits, or was there before
    return bool(Edition.objects.filter(pk=edition, closed_at=None).update(closed_at=None))


def hold_writing(semaine: Semaine, access: Access) -> None:
    """Refuse who may not write of a semaine now, whatever was read of its edition before.

    Raises ``PermissionDenied``.
    """
    if not semaine.may(access, Right.EDIT_SEMAINE) or not hold_open(semaine.edition_id):
        raise PermissionDenied
