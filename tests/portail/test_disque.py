"""The site on a disk that is full, then read-only: a real server, on a real disk of a few megabytes.

Needs to mount one, so root; elsewhere these tests say that they did not run.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

from accroche.integrations.tableur.lecture import unpack
from config.env import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTES = 48
PUBLIC = (
    "/",
    "/editions/2015-2016/",
    "/editions/2015-2016/academies/",
    "/editions/2015-2016/academies/lyon/",
    "/editions/2015-2016/synthese/",
    "/accessibilite/",
    "/mentions-legales/",
    "/plan-du-site/",
    "/robots.txt",
    "/.well-known/security.txt",
    "/comptes/connexion/",
    "/declarer/",
    "/innovation/",
    "/static/commun/accroche.css",
)
PYTHON = sys.executable


def mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")


def unmount(folder: Path) -> int:
    """Take away what was mounted last; not 0 when nothing was."""
    arguments = ["umount", "--lazy", str(folder)]
    return subprocess.run(arguments, capture_output=True, check=False).returncode  # noqa: S603


@pytest.fixture
def disk(demonstration: Path, tmp_path: Path) -> Iterator[Path]:
    """The same on a disk of its own."""
    if os.geteuid():
        pytest.skip("only root mounts a disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=0700", "accroche-tests", str(folder))
    try:
        shutil.copytree(demonstration, folder, dirs_exist_ok=True)
        yield folder
    finally:
        # the disk, and what was put over it
        while not unmount(folder):
            continue


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCROCHE_")}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"ACCROCHE_DATA": str(folder), "PYTHONPATH": str(ROOT)}


@contextmanager
def serving(folder: Path, log: Path) -> Iterator[str]:
    """A server on the folder, as docs/exploitation.md starts it."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    arguments = [
        PYTHON,
        "-m",
        "waitress",
        f"--listen=127.0.0.1:{port}",
        "--threads=4",
        "config.wsgi:application",
    ]
    with log.open("ab") as out:
        server = subprocess.Popen(arguments, env=environment(folder), cwd=ROOT, stdout=out, stderr=out)  # noqa: S603
        try:
            for _ in range(600):
                with suppress(requests.ConnectionError):
                    requests.get(f"{address}/robots.txt", timeout=30)
                    break
                assert server.poll() is None, log.read_text()
                time.sleep(0.1)
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def fill(folder: Path) -> Path:
    """Leave no byte; return what to remove to have them back."""
    filler = folder / "plein"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 65_536)
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0")
    return filler


def state(folder: Path) -> dict[str, int]:
    """The files of an instance and their sizes, but for the two SQLite reads through, and signs of life."""
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal")) and path.parent.name != "worker"
    }


def walk(session: requests.Session, site: str) -> dict[str, int]:
    return {path: session.get(site + path, timeout=60).status_code for path in PUBLIC}


def declare(session: requests.Session, site: str, title: str) -> requests.Response:
    """Send the first page of a sheet as a visitor does."""
    page = session.get(f"{site}/declarer/", timeout=60).text
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[:1]
    sent = {
        "csrfmiddlewaretoken": token,
        "title": title,
        "description": "Les élèves rencontrent des professionnels. " * 3,
        "etablissement": "0010037K",
        "email": "visiteuse@example.fr",
    }
    return session.post(f"{site}/declarer/", data=sent, timeout=60, allow_redirects=False)


def is_kept_by(answer: requests.Response, title: str) -> bool:
    return answer.status_code == 503 and title in answer.text and "Retry-After" in answer.headers


def test_a_disk_full_then_read_only_stops_writers_only_and_all_comes_back(disk: Path, tmp_path: Path) -> None:
    everything = dict.fromkeys(PUBLIC, 200)
    log = tmp_path / "log"
    with serving(disk, log) as site, requests.Session() as session:
        assert walk(session, site) == everything, log.read_text()
        filler = fill(disk)
        before = state(disk)
        with requests.Session() as newcomer:
            assert walk(newcomer, site) == everything, log.read_text()
        assert walk(session, site) == everything
        answer = declare(session, site, "Forum pendant la panne")
        assert is_kept_by(answer, "Forum pendant la panne"), log.read_text()
        assert "La place lui manque" in answer.text
        assert state(disk) == before, "nothing half written stays"
        filler.unlink()
        assert declare(session, site, "Forum après la panne").status_code in {200, 302}
        assert walk(session, site) == everything
        # the same server, and then a disk that nobody can write
        freeze(disk)
        with requests.Session() as another:
            is_read_only(disk, another, site)
    assert "Internal Server Error" not in log.read_text()


def freeze(disk: Path) -> None:
    mount("--bind", str(disk), str(disk))
    mount("-o", "remount,ro,bind", str(disk))


def is_read_only(disk: Path, session: requests.Session, site: str) -> None:
    """All is read, who writes is told; and all is well, without a restart, once it can be written again."""
    before = state(disk)
    assert walk(session, site) == dict.fromkeys(PUBLIC, 200)
    assert is_kept_by(declare(session, site, "Forum"), "Forum")
    assert state(disk) == before
    assert not unmount(disk)
    assert declare(session, site, "Forum").status_code in {200, 302}


def test_the_site_starts_on_a_full_disk(disk: Path, tmp_path: Path) -> None:
    filler = fill(disk)
    log = tmp_path / "log"
    with serving(disk, log) as site, requests.Session() as session:
        assert walk(session, site) == dict.fromkeys(PUBLIC, 200), log.read_text()
        assert is_kept_by(declare(session, site, "Forum"), "Forum")
        filler.unlink()
        assert declare(session, site, "Forum").status_code in {200, 302}


def test_the_site_starts_on_a_disk_that_is_read_only(disk: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    freeze(disk)
    with serving(disk, log) as site, requests.Session() as session:
        is_read_only(disk, session, site)
    assert "Internal Server Error" not in log.read_text()


def test_an_older_state_is_never_read_for_the_latest(tmp_path: Path) -> None:
    """What the file beside the database holds counts: without it, the database is not read at all."""
    from accroche.commun.sqlite3.base import _is_at_rest  # noqa: PLC0415 - beside the tests above

    path = tmp_path / "base.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE essai (x)")
    assert not _is_at_rest(str(path))
    connection.close()
    assert _is_at_rest(str(path))
    assert not _is_at_rest(str(tmp_path / "absente"))


def test_a_census_that_finds_no_room_is_not_said_to_be_too_heavy(tmp_path: Path) -> None:
    """And what was read of it does not stay."""
    if os.geteuid():
        pytest.skip("only root mounts a disk")
    source, folder = tmp_path / "actions.csv", tmp_path / "disk"
    source.write_text(
        "titre;etablissement\n" + "Forum des métiers;Lycée Jacquard\n" * 5_000, encoding="utf-8"
    )
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=64k", "accroche-tests", str(folder))
    try:
        with pytest.raises(OSError, match="No space left") as raised:
            unpack(source, folder / "lignes")
        assert raised.value.errno == errno.ENOSPC
        assert not list(folder.iterdir())
    finally:
        unmount(folder)
