"""What every write of what an académie tells of its semaine begins with."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accroche.campagne.models import Edition, Semaine
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right


class ClosedEditionError(PermissionDenied):
    """Who may write of a semaine finds that its edition is closed, perhaps since it was read.

    Where a view has no better place for it, the site says so and gives back what was sent
    (``portail/middleware.py``).
    """

    def __init__(self, edition: Edition) -> None:
        """Keep which."""
        super().__init__()
        self.edition = edition


def hold_open(edition: int) -> bool:
    """Whether an edition, by its number, is open; it then stays so until the transaction ends."""
    # written as it is: who closes it at this moment waits, or was there before
    return bool(Edition.objects.filter(pk=edition, closed_at=None).update(closed_at=None))


def hold_writing(semaine: Semaine, access: Access) -> None:
    """Refuse who may not write of a semaine now, whatever was read of its edition before.

    Raises ``PermissionDenied`` and :class:`ClosedEditionError`.
    """
    check_writing(semaine, access)
    if not hold_open(semaine.edition_id):
        raise ClosedEditionError(semaine.edition)


def check_writing(semaine: Semaine, access: Access) -> None:
    """Refuse who may not write of a semaine, as far as its edition was read.

    Raises ``PermissionDenied`` and :class:`ClosedEditionError`.
    """
    if semaine.may(access, Right.EDIT_SEMAINE):
        return
    if access.allows(Right.EDIT_SEMAINE, Place(academie=semaine.academie_id)):
        raise ClosedEditionError(semaine.edition)
    raise PermissionDenied
