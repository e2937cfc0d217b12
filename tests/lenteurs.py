"""What Python does of slow work inside a transaction, seen from below: files, programs, other machines.

The doors of ``accroche.lib.doors`` refuse what passes through them; this sees what passes beside.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the interpreter tells of (https://docs.python.org/3/library/audit_events.html).
_EVENTS = {"open", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "subprocess.Popen", "socket.connect"}
#: Code, templates and catalogues of words: read once in the life of a program, whenever that comes.
_OF_THE_PROGRAM = {".py", ".pyc", ".so", ".html", ".txt", ".mo"}
_CODE = (sys.prefix, sys.base_prefix)
_watched: list[list[str]] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched or event not in _EVENTS or not connection.in_atomic_block:
        return
    if all(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        return
    what = arguments[0]
    if isinstance(what, str) and (Path(what).suffix in _OF_THE_PROGRAM or what.startswith(_CODE)):
        return
    if isinstance(what, int):  # what is open already
        return
    _watched[-1].append(f"{event} {what!r}")


sys.addaudithook(_hook)  # for good: it looks at nothing unless asked to


@contextmanager
def slow_work() -> Iterator[list[str]]:
    """Give the list, which grows, of what happens inside a transaction in the block, in any thread."""
    found: list[str] = []
    _watched.append(found)
    try:
        yield found
    finally:
        _watched.remove(found)
