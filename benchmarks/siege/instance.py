"""A real instance of its own: folder, database, servers as docs/exploitation.md says, and their deaths."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

BIN = Path(sys.executable).parent
#: Seconds a server may take to answer for the first time, on a machine that does many things.
STARTING = 60.0
CHECK = 0.05
#: What an instance of its own takes from nobody's environment.
NOT_OURS = ("ACCROCHE_", "DJANGO_", "DATABASE_URL", "PYTEST_")


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One web process, as the documented unit starts it."""

    port: int
    environ: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, threads: int = 8) -> None:
        """Start it, and wait until it answers."""
        command = (
            str(BIN / "waitress-serve"), f"--listen=127.0.0.1:{self.port}", f"--threads={threads}",
            "--max-request-body-size=134217728", "--trusted-proxy=127.0.0.1",
            "--trusted-proxy-headers=x-forwarded-for x-forwarded-proto",
            "--clear-untrusted-proxy-headers", "config.wsgi:application",
        )  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environ, stdout=log, stderr=log)  # noqa: S603 - ours
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                requests.get(f"{self.url}/robots.txt", timeout=5)
            except requests.RequestException:
                time.sleep(CHECK)
            else:
                return
        raise RuntimeError(f"The server did not answer: {self.log.read_text(errors='replace')[-2000:]}")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """End it politely."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def memory(self) -> int:
        """The most memory it ever held, in bytes; 0 when it is gone."""
        if self.process is None:
            return 0
        for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        return 0


@dataclass
class Instance:
    """A folder, a database and its web processes. ``environ``: what every program of it is given."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    servers: list[Server] = field(default_factory=list)

    @classmethod
    def new(cls, folder: Path, *, filled: bool = False, **settings: str) -> Instance:
        """Make one in ``folder``, with the demo's schools and people, unless it is ``filled`` with them.

        ``DATABASE_URL`` is the caller's.
        """
        given = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
        made = cls(folder, given | {"ACCROCHE_DATA": str(folder / "data")} | settings)
        if not filled:
            made.run("migrate", "--verbosity=0")
            made.run("demo", "--no-serve")
        return made

    def run(self, *command: str, check: bool = True) -> str:
        """Run one ``accroche`` command and return what it printed."""
        done = subprocess.run(  # noqa: S603 - our own program
            (str(BIN / "accroche"), *command), env=self.environ, capture_output=True, text=True, check=False
        )
        if check and done.returncode:
            raise RuntimeError(f"accroche {' '.join(command)}: {done.stdout[-1000:]}{done.stderr[-2000:]}")
        return done.stdout + done.stderr

    def program(self, *command: str) -> subprocess.Popen[bytes]:
        """Start one ``accroche`` command beside the site."""
        with (self.folder / "programs.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own program
                (str(BIN / "accroche"), *command), env=self.environ, stdout=log, stderr=log
            )

    def serve(self, count: int = 1, *, threads: int = 8, **settings: str) -> list[Server]:
        """Start ``count`` web processes on the same database."""
        started = []
        for _ in range(count):
            port = free_port()
            log = self.folder / f"server-{port}.log"
            server = Server(port, self.environ | settings, log)
            server.start(threads)
            started.append(server)
        self.servers += started
        return started

    def stop(self) -> None:
        """End all web processes."""
        for server in self.servers:
            server.stop()
        self.servers.clear()
