"""What every gesture of the national bureau begins with."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right


def check_steering(access: Access) -> None:
    """Raise ``PermissionDenied`` for who does not steer the whole country."""
    if not access.scope(Right.STEER).france:
        raise PermissionDenied
