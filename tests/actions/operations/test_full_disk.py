"""A disk without room: no part of a file is left, no row, plain words; it works again once there is room."""

from __future__ import annotations

import errno
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations import PieceError, preparation
from accroche.commun import jobs
from accroche.commun.models import Job
from accroche.integrations import images
from tests import factories
from tests.actions.attaching import SMALL, add, files
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from accroche.annuaire.models import Etablissement
    from accroche.comptes.permissions import Access
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


@pytest.fixture
def action(where: Territory, school: Etablissement) -> Action:
    return factories.action(where, school)


@pytest.fixture
def owner(action: Action) -> Access:
    return factories.access(None, sheets=frozenset({action.pk}))


def full(*_args: Any, **_options: Any) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


PLACES = {
    "the folder": "accroche.commun.stockage.Path.mkdir",
    "what is received": "accroche.commun.stockage._bounded",
    "the drawing": "accroche.integrations.images.drawn",
    "what is kept": "django.core.files.storage.filesystem.file_move_safe",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_a_full_disk_leaves_nothing_says_so_and_passes(
    action: Action, owner: Access, data: Path, monkeypatch: pytest.MonkeyPatch, place: str, code: int
) -> None:
    def fails(*_args: Any, **_options: Any) -> Any:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as disk:
        disk.setattr(PLACES[place], fails)
        with pytest.raises(PieceError, match="Le site manque de place"):
            add(action, owner, SMALL)
    assert files(data) == []
    assert not PieceJointe.objects.exists()
    assert add(action, owner, SMALL).is_ready


def test_a_full_disk_keeps_what_waits_for_later(
    action: Action, owner: Access, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = add(action, owner)
    with monkeypatch.context() as disk:
        disk.setattr(images, "drawn", full)
        jobs.run_waiting()
    piece.refresh_from_db()
    assert piece.is_stuck
    assert "manque de place" in Job.objects.get().error
    assert files(data) == [f"pieces/{piece.source}"]
    preparation.purge(NOW)
    jobs.run_waiting()
    piece.refresh_from_db()
    assert piece.is_ready


def test_little_room_on_the_disk_refuses_what_is_sent_before_the_disk_is_full(
    action: Action, owner: Access, data: Path, settings: Any
) -> None:
    settings.MIN_FREE = 2**62
    with pytest.raises(PieceError, match="Le site manque de place"):
        add(action, owner, SMALL)
    assert files(data) == []
    settings.MIN_FREE = 0
    assert add(action, owner, SMALL).is_ready


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A real disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603 - constant
        pytest.skip("mounting a small disk takes root")
    settings.DATA, settings.MEDIA_ROOT, settings.MIN_FREE = place, place / "media", 0
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S603, S607 - the same


def test_a_disk_that_is_really_full(action: Action, owner: Access, small_disk: Path) -> None:
    heavy = b"%PDF-1.4\n" + os.urandom(3 * 1024 * 1024)
    assert add(action, owner, heavy[: 1024 * 1024], "a.pdf").is_ready
    with pytest.raises(PieceError, match="Le site manque de place"):
        add(action, owner, heavy, "b.pdf")
    assert len(files(small_disk)) == PieceJointe.objects.count() == 1
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(b"0" * 4 * 1024 * 1024)
    with pytest.raises(PieceError, match="Le site manque de place"):
        add(action, owner, SMALL)
    filler.unlink()
    assert len(files(small_disk)) == PieceJointe.objects.count() == 1
    assert add(action, owner, SMALL).is_ready
