"""A large census beside forty people who declare: ``benchmarks/voisinage.py``, told as the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.siege.contexte import Contexte, Releve

PROGRAM = Path(__file__).resolve().parent.parent.parent / "voisinage.py"
#: Rows of the census, in the suite and for the long campaign.
SHORT, LONG = 5_000, 150_000


def neighbours(contexte: Contexte) -> list[Releve]:
    """Forty declare while a census is imported, and somebody looks at what can be seen of it."""
    size = SHORT if contexte.size == 1 else LONG
    out = contexte.folder / "voisinage.json"
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(PROGRAM), "--rows", str(size), "--json", str(out)],
        env=contexte.seed.environ | {"DATABASE_URL": contexte.empty_database()},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    beside = found["beside"]
    return [
        Releve(
            f"40 declarers beside a census of {size} rows",
            "none refused",
            f"{beside['declared']} sheets declared, {len(beside['refused'])} refused, "
            f"the longest wait {beside['longest']:.1f} s",
            not beside["refused"],
        ),
        Releve(
            "the same, somebody looks all the time",
            "none of the census is seen, or all of it",
            f"{sorted(set(found['seen']))} sheets seen",
            set(found["seen"]) <= {0, size} and found["new"] == size,
        ),
    ]
