"""The small world of imports: an académie of two schools, and who moderates it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from accroche.comptes.regles import TypeRole
from tests import factories

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory


@pytest.fixture
def where(db: None) -> Territory:
    """Dijon, with its schools 1 and 2."""
    found = factories.territory()
    factories.school(found, 1)
    factories.school(found, 2)
    return found


@pytest.fixture
def moderator(where: Territory) -> User:
    """Of Dijon."""
    return factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)


@pytest.fixture
def client(moderator: User) -> Client:
    """The browser of the moderator, signed in."""
    made = Client()
    made.force_login(moderator, backend=settings.AUTHENTICATION_BACKENDS[0])
    return made
