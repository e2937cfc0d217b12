"""One backup at a time, and no attachment leaves the disk meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accroche.actions.operations.preparation import forget
from accroche.commun import copie
from accroche.commun.copie import CopyingError, copying, is_copied

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(copie, "_APART", 0)


def test_one_at_a_time() -> None:
    assert not is_copied()
    with copying() as place:
        assert place.stat().st_mode & 0o777 == 0o700
        assert is_copied()
        with pytest.raises(CopyingError), copying():
            pass
        assert is_copied(), "who was refused took nothing away"
    assert not is_copied()
    with copying():
        pass


@pytest.mark.django_db
def test_a_file_taken_away_meanwhile_goes_later(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    storage = default_storage
    name = storage.save("pieces/a.jpg", ContentFile(b"x"))
    with copying():
        forget(name, "")
        assert storage.exists(name)
    forget(name, "")
    assert not storage.exists(name)
