"""Besiege a real instance on loopback and print what was promised beside what was seen.

    python -m benchmarks.siege [--short] [--database sqlite|postgresql|both] [--only NAME,…] [--json FILE]

Every request goes to 127.0.0.1, every loop is bounded, and everything is stopped and removed at the end.
Exits with 1 when a promise was not held.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.siege import campagnes
from benchmarks.siege.contexte import Contexte, Releve

ROOT = Path(__file__).resolve().parent.parent.parent
LONG = 4


def besiege(url: str, names: list[str], size: int) -> list[Releve]:
    """Run the campaigns of ``names`` on one database."""
    found: list[Releve] = []
    with tempfile.TemporaryDirectory(prefix="accroche-siege-") as name:
        contexte = Contexte(Path(name), url, size)
        for campaign in names:
            print(f"… {campaign}", file=sys.stderr, flush=True)
            found += campagnes.ALL[campaign](contexte)
    return found


def as_table(found: list[Releve]) -> str:
    """The rows as a Markdown table."""
    lines = ["| attack | promised | seen | held |", "|---|---|---|---|"]
    lines += [
        f"| {row.attack} | {row.promised} | {row.seen} | {'yes' if row.held else '**NO**'} |" for row in found
    ]
    return "\n".join(lines)


def main() -> int:
    """Read the arguments, besiege, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--short", action="store_true", help="a minute or two instead of many")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--only", default="", help=f"some of {', '.join(campagnes.ALL)}")
    parser.add_argument("--json", type=Path, help="the rows, for a program")
    given = parser.parse_args()
    names = [name for name in given.only.split(",") if name] or list(campagnes.ALL)
    url = os.environ.get("DATABASE_URL", "")
    status = 0
    if given.database in {"sqlite", "both"} and not url:
        found = besiege("", names, 1 if given.short else LONG)
        print(f"\n### SQLite\n\n{as_table(found)}", flush=True)
        if given.json:
            given.json.write_text(json.dumps([asdict(row) for row in found], indent=1), encoding="utf-8")
        status |= not all(row.held for row in found)
    if given.database in {"postgresql", "both"}:
        if not url:  # again, with a server of one's own
            again = [
                sys.executable,
                "-m",
                "benchmarks.siege",
                "--database",
                "postgresql",
                "--only",
                ",".join(names),
            ]
            again += ["--short"] if given.short else []
            command = [sys.executable, str(ROOT / "scripts" / "postgres.py"), *again]
            return status | subprocess.run(command, check=False, cwd=ROOT).returncode  # noqa: S603 - ourselves
        found = besiege(url, names, 1 if given.short else LONG)
        print(f"\n### PostgreSQL\n\n{as_table(found)}", flush=True)
        status |= not all(row.held for row in found)
    return status


if __name__ == "__main__":
    sys.exit(main())
