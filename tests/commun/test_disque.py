"""Room on the disk, and where the disk is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accroche.commun import disque

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv/shared nfs4 rw 0 0
/dev/sdb1 /srv/shared/own ext4 rw 0 0
//server/share /srv/with\\040space cifs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/var/lib/accroche", False),
        ("/srv/shared", True),
        ("/srv/shared/accroche/accroche.sqlite3", True),
        ("/srv/shared/own/accroche", False),
        ("/srv/sharedness", False),
        ("/srv/with space/x", True),
    ],
)
def test_a_network_share_is_known(monkeypatch: pytest.MonkeyPatch, path: str, shared: bool) -> None:
    monkeypatch.setattr(disque, "_existing", lambda place: place)
    assert disque.is_shared(Path(path), MOUNTS) is shared


def test_where_we_are_now_can_be_asked(tmp_path: Path) -> None:
    assert disque.is_shared(tmp_path) in {True, False}


def test_there_is_room_until_the_threshold(settings: Settings, tmp_path: Path) -> None:
    room = disque.free(tmp_path / "not" / "yet")
    assert room > 0
    settings.MIN_FREE = 0
    assert not disque.is_short()
    settings.MIN_FREE = room * 2
    assert disque.is_short(path=tmp_path)
    settings.MIN_FREE = 0
    assert disque.is_short(need=room * 2, path=tmp_path)
