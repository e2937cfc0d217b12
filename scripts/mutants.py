"""Change the code a little, many times over, and tell which changes no test sees.

``mutants.py [--most N] [--minutes M] [ROOM…]``: the rooms of ``mutants.toml``, all unless named. They are
changed in one copy, one process at a time, and each is tried on its own tests alone. What came out goes to
``build/mutants/`` (one file a room, with the change of each survivor); the table of ``docs/mutants.md`` is
written anew from all that is there; a room never tried here keeps its row.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
TABLE: Final = Path(__file__).with_suffix(".toml")
OUT: Final = ROOT / "build" / "mutants"
TOOLS: Final = OUT / "tools"
PAGE: Final = ROOT / "docs" / "mutants.md"
#: What the tests need of the repository.
COPIED: Final = ("accroche", "config", "tests", "scripts", "docs", "benchmarks", "pyproject.toml", "Makefile")
#: Between these lines of the page stands the table.
BEGINS, ENDS = "<!-- table -->", "<!-- /table -->"
#: How mutmut says that every test passed, and that none reaches the line.
SURVIVED, UNREACHED = 0, 33


@dataclass(frozen=True, slots=True)
class Room:
    """Some code, by patterns under the repository, and the tests that are its own."""

    name: str
    code: tuple[str, ...]
    tests: tuple[str, ...]

    def holds(self, mutant: str) -> bool:
        """Whether a mutant or a function, by its name in mutmut, is of this room."""
        module = mutant.rpartition(".")[0].replace(".", "/")
        paths = (f"{module}.py", f"{module}/__init__.py")
        return any(fnmatch(path, pattern) for path in paths for pattern in self.code)

    def tries(self, test: str) -> bool:
        """Whether a test, by its name in pytest, is one of its own."""
        return any(test.startswith((f"{path}::", f"{path}/")) for path in self.tests)


@dataclass(frozen=True, slots=True)
class Score:
    """What became of a room: mutants there are, tried, and alive, each with its change."""

    room: str
    mutants: int
    tried: int
    survivors: dict[str, str]

    @property
    def percent(self) -> int:
        """How many of a hundred the tests saw; rounded down, so that 85 is 85."""
        return 100 * (self.tried - len(self.survivors)) // self.tried if self.tried else 0


def install() -> None:
    """Put mutmut beside the environment, from its lock file; again, it does nothing."""
    locked = ROOT / "requirements" / "mutants.txt"
    mark = TOOLS / ".locked"
    if mark.exists() and mark.read_bytes() == locked.read_bytes():
        return
    shutil.rmtree(TOOLS, ignore_errors=True)
    uv = Path(sys.executable).with_name("uv")
    options = ["--quiet", "--require-hashes", "--python", sys.executable, "--target", str(TOOLS)]
    if Path("/etc/ssl/certs/ca-certificates.crt").exists():
        options.append("--system-certs")
    subprocess.run([uv, "pip", "install", *options, "-r", locked], check=True)  # noqa: S603 - our own tool
    shutil.copy(locked, mark)


def rooms() -> list[Room]:
    """The rooms, the smallest first, as the table lists them."""
    told = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [Room(name, tuple(row["code"]), tuple(row["tests"])) for name, row in told.items()]


def copy(asked: list[Room], folder: Path) -> None:
    """Copy the repository, with what mutmut needs to know of the rooms."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    settings: dict[str, Any] = {
        "source_paths": ["accroche"],
        "only_mutate": [pattern for room in asked for pattern in room.code],
        "pytest_add_cli_args_test_selection": sorted({path for room in asked for path in room.tests}),
        # one set of tables for all the children, who each take back what they write
        "pytest_add_cli_args": [
            "-q",
            "--reuse-db",
            "-p",
            "no:cacheprovider",
            "-p",
            "scripts.mutants_warm",
            "-m",
            "not browser and not verapdf",
        ],
        # forked from a process that has run no test: what a function keeps in memory would hide the change
        "process_isolation": "forkserver",
        "also_copy": [name for name in COPIED if name not in {"accroche", "tests", "pyproject.toml"}],
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as out:
        out.write("\n".join(["", "[tool.mutmut]", *lines, ""]))


def mutmut(folder: Path, *arguments: str, seconds: float | None = None) -> subprocess.CompletedProcess[str]:
    """Run mutmut in a copy; what it has not tried after ``seconds`` stays untried."""
    environment = dict(os.environ, PYTHONPATH=str(TOOLS), PYTHONDONTWRITEBYTECODE="1")
    command = [sys.executable, "-m", "mutmut", *arguments]
    with subprocess.Popen(  # noqa: S603 - our own tool
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as running:
        try:
            told, _ = running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, 15)
            told, _ = running.communicate()
    return subprocess.CompletedProcess(command, running.returncode, told)


def codes(folder: Path) -> dict[str, int | None]:
    """How each mutant ended, by its name; None: not tried."""
    found: dict[str, int | None] = {}
    for path in sorted((folder / "mutants").rglob("*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def chosen(names: Iterable[str], most: int, seed: str) -> list[str]:
    """At most ``most`` of them, the same ones each time."""
    known = sorted(names)
    return sorted(random.Random(seed).sample(known, most)) if len(known) > most else known  # noqa: S311 - no secret


def tried(asked: list[Room], most: int, seconds: float) -> Iterator[Score]:
    """Try at most ``most`` mutants of each room. Raises ``SystemExit`` when their tests fail as they are."""
    with tempfile.TemporaryDirectory(prefix="accroche-mutants-") as place:
        folder = Path(place)
        copy(asked, folder)
        # the mutants are made, the tests listed, and then none is of this name
        first = mutmut(folder, "run", "--max-children", "1", "none")
        known = {room: [name for name in codes(folder) if room.holds(name)] for room in asked}
        names = {room: chosen(of_room, most, room.name) for room, of_room in known.items()}
        if not all(names.values()) or "nothing matches" not in first.stdout:
            sys.exit(first.stdout[-3000:])
        _tell_apart(asked, folder / "mutants" / "mutmut-stats.json")
        every = [name for of_room in names.values() for name in of_room]
        done = mutmut(folder, "run", "--max-children", "1", *every, seconds=seconds * len(asked))
        ended = {name: code for name, code in codes(folder).items() if code is not None}
        if not ended:
            sys.exit(done.stdout[-3000:])
        for room, of_room in names.items():
            over = [name for name in of_room if name in ended]
            alive = [name for name in over if ended[name] in {SURVIVED, UNREACHED}]
            yield Score(room.name, len(known[room]), len(over), _changes(folder, alive))


def _tell_apart(asked: list[Room], path: Path) -> None:
    """Of the tests mutmut saw reach each function, leave it those of the function's own room."""
    seen = json.loads(path.read_text(encoding="utf-8"))
    reach = seen["tests_by_mangled_function_name"]
    for name, tests in reach.items():
        own = [room for room in asked if room.holds(name)]
        reach[name] = [test for test in tests if any(room.tries(test) for room in own)]
    path.write_text(json.dumps(seen), encoding="utf-8")


#: What ``mutmut show`` does, for all of them at one start.
_SHOW: Final = """
import json, sys
from mutmut.__main__ import find_mutant, get_diff_for_mutant
names = json.load(sys.stdin)
print(json.dumps({name: get_diff_for_mutant(name, path=find_mutant(name).path) for name in names}))
"""


def _changes(folder: Path, names: list[str]) -> dict[str, str]:
    """What each mutant changed."""
    command = [sys.executable, "-c", _SHOW]
    environment = dict(os.environ, PYTHONPATH=str(TOOLS))
    told = subprocess.run(  # noqa: S603 - our own tool
        command,
        cwd=folder,
        env=environment,
        input=json.dumps(names),
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: _change(shown) for name, shown in json.loads(told.stdout).items()}


def _change(shown: str) -> str:
    """The lines that differ, without what stands around them."""
    lines = [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"}]
    return "\n".join(lines)


def table(scores: Iterable[Score], told: str = "") -> str:
    """The rows of the page; a room that has no score keeps the row it has in ``told``, the table so far."""
    rows = {line.split("|")[1].strip(): line for line in told.splitlines() if line.startswith("|")}
    rows |= {
        one.room: f"| {one.room} | {one.mutants} | {one.tried} | {one.percent} % | {len(one.survivors)} |"
        for one in scores
    }
    heads = ["| room | mutants | tried | seen | alive |", "|---|---|---|---|---|"]
    return "\n".join([*heads, *(rows[room.name] for room in rooms() if room.name in rows)])


def _known() -> list[Score]:
    found = []
    for room in rooms():
        path = OUT / f"{room.name.replace('/', '.')}.json"
        if path.exists():
            found.append(Score(**json.loads(path.read_text(encoding="utf-8"))))
    return found


def main(arguments: list[str]) -> int:
    """Try the rooms asked for, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM")
    parser.add_argument("--most", type=int, default=200, help="mutants tried in a room (200)")
    parser.add_argument(
        "--minutes", type=float, default=20, help="longest time for a room, all together (20)"
    )
    asked = parser.parse_args(arguments)
    OUT.mkdir(parents=True, exist_ok=True)
    install()
    wanted = [room for room in rooms() if not asked.rooms or room.name in asked.rooms]
    for score in tried(wanted, asked.most, asked.minutes * 60):
        if not score.tried:  # the time was over before: what was known of it stays
            print(f"          none of {score.mutants:4}  {score.room}", flush=True)
            continue
        path = OUT / f"{score.room.replace('/', '.')}.json"
        path.write_text(json.dumps(asdict(score), indent=1, ensure_ascii=False), encoding="utf-8")
        print(f"{score.percent:3} %  {score.tried:4} of {score.mutants:4}  {score.room}", flush=True)
        for name, change in score.survivors.items():
            print(f"       {name}\n{change}")
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGINS)
    told, after = rest.split(ENDS)
    PAGE.write_text(f"{before}{BEGINS}\n{table(_known(), told)}\n{ENDS}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
