"""Files of attachments that no sheet shows: what a killed program or a full disk left behind."""

from __future__ import annotations

import datetime as dt
from typing import Final

from accroche.actions.models import PieceJointe
from accroche.actions.operations.preparation import storage
from accroche.commun.copie import is_copied

#: Longer than attaching a file takes: one this old that no sheet shows was left behind.
ATTACHED: Final = dt.timedelta(days=1)
_FOLDER: Final = "pieces"


def orphans(at: dt.datetime) -> list[str]:
    """Names in storage of the files no sheet shows, old enough that none is about to."""
    kept = storage()
    if not kept.exists(_FOLDER):
        return []
    _, names = kept.listdir(_FOLDER)
    shown = set(PieceJointe.objects.values_list("file", flat=True))
    unknown = sorted(name for name in (f"{_FOLDER}/{found}" for found in names) if name not in shown)
    return [name for name in unknown if kept.get_modified_time(name) <= at - ATTACHED]


def missing() -> list[str]:
    """Names in storage of the files that sheets show and that are gone."""
    kept = storage()
    _, names = kept.listdir(_FOLDER) if kept.exists(_FOLDER) else ([], [])
    held = {f"{_FOLDER}/{name}" for name in names}
    # one that is still being prepared has no file yet
    shown = PieceJointe.objects.exclude(file="").order_by("pk").values_list("file", flat=True)
    return [name for name in shown if name not in held]


def purge_orphans(at: dt.datetime) -> int:
    """Remove them; return how many."""
    found = [] if is_copied() else orphans(at)
    for name in found:
        storage().delete(name)
    return len(found)
