"""Room on the disk: what is written stops before the disk is full, so that the database never meets that."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

#: Systems that hold files for several machines; SQLite's locks are not sure on them.
_SHARED = ("nfs", "cifs", "smb", "9p", "ceph", "glusterfs", "lustre", "afs", "gfs", "ocfs", "fuse.sshfs")


def free(path: Path | None = None) -> int:
    """Bytes that may still be written where ``path`` is, or will be; in the instance's folder when None.

    Raises ``OSError``.
    """
    place = _existing(path or Path(settings.DATA))
    return shutil.disk_usage(place).free


def is_short(need: int = 0, path: Path | None = None) -> bool:
    """Whether writing ``need`` bytes would leave less than ``ACCROCHE_MIN_FREE``. Raises ``OSError``."""
    return bool(free(path) - need < settings.MIN_FREE)


def is_shared(path: Path, mounts: str | None = None) -> bool:
    """Whether ``path`` is on a network share, as far as this system tells (``mounts``: /proc/self/mounts)."""
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
    place = _existing(path).resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:  # noqa: PLR2004 - device, place, kind
            continue
        mounted = fields[1].replace("\\040", " ")
        if place.is_relative_to(mounted) and len(mounted) >= best:
            best, kind = len(mounted), fields[2]
    return kind.startswith(_SHARED)


def _existing(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next((place for place in (path, *path.absolute().parents) if place.exists()), Path("/"))
