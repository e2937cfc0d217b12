"""Access of who acts on the ``action`` of a test, and an instance whose jobs wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from accroche.comptes.regles import TypeRole
from tests import factories

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.actions.models import Action
    from accroche.comptes.permissions import Access


@pytest.fixture
def owner(action: Action) -> Access:
    school = action.porteurs.get().etablissement
    return factories.access(factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school))


@pytest.fixture
def moderating(action: Action) -> Access:
    academie = action.semaine.academie
    return factories.access(factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=academie))


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT, settings.DATA, settings.WORKER = tmp_path / "media", tmp_path, "separate"
    return tmp_path
