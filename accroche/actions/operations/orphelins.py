"""Files of attachments that no sheet shows: what a killed program or a full disk left behind."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.core.files.storage import Storage

from accroche.actions.models import PieceJointe
from accroche.commun.copie import is_copied

#: Longer than attaching a file takes: one this old that no sheet shows was left behind.
ATTACHED: Final = dt.timedelta(days=1)
_FOLDER: Final = "pieces"


def orphans(at: dt.datetime) -> list[str]:
    """Names in storage of the files no sheet shows, old enough that none is about to."""
    storage = _storage()
    if not storage.exists(_FOLDER):
        return []
    _, names = storage.listdir(_FOLDER)
    shown = set(PieceJointe.objects.values_list("file", flat=True))
    unknown = sorted(name for name in (f"{_FOLDER}/{found}" for found in names) if name not in shown)
    return [name for name in unknown if storage.get_modified_time(name) <= at - ATTACHED]


def missing() -> list[str]:
    """Names in storage of the files that sheets show and that are gone."""
    storage = _storage()
    _, names = storage.listdir(_FOLDER) if storage.exists(_FOLDER) else ([], [])
    held = {f"{_FOLDER}/{name}" for name in names}
    # one that is still being prepared has no file yet
    shown = PieceJointe.objects.exclude(file="").order_by("pk").values_list("file", flat=True)
    return [name for name in shown if name not in held]


def purge_orphans(at: dt.datetime) -> int:
    """Remove them; return how many."""
    found = [] if is_copied() else orphans(at)
    for name in found:
        _storage().delete(name)
    return len(found)


def _storage() -> Storage:
    storage: Storage = PieceJointe.file.field.storage
    return storage
