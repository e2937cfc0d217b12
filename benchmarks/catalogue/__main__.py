"""How long a search of the public catalogue takes, beside its peers and its limit, on the same actions.

Made actions (``donnees.py``): 10 000, 100 000, a million. For a rare, a middling and a very common word,
twenty results with all ten counts; what resembles an action; one action said anew; the building. Medians of
the processor time of who answers (of Datasette and PostgreSQL, their own process), all in one run: compare
ratios.

Usage: python scripts/postgres.py python -m benchmarks.catalogue [--sizes 10000 100000] [--datasette PYTHON]
       [--json FILE]. Without PostgreSQL that peer is left out; PYTHON is that of an environment where
``datasette`` is installed: without it, its SQL alone is run.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.catalogue.donnees import actions, words_by_use
from benchmarks.catalogue.moteurs import Datasette, Ours, Postgresql, Raw, Sqlite, remembering

#: How many times each is done, at most, and how many seconds are enough.
TIMES: Final = 9
ENOUGH: Final = 30.0
#: A search this often between two looks at a clock that ticks seldom, up to this size.
MANY: Final = 20
SMALL: Final = 10_000


def median(act: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Milliseconds of processor, once warm."""
    act()
    spent: list[float] = []
    while len(spent) < TIMES and sum(spent) < ENOUGH:
        start = clock()
        act()
        spent.append(clock() - start)
    return round(statistics.median(spent) * 1000, 3)


def measure(size: int, folder: Path, keep: Callable[..., Any], datasette: str, postgresql: str) -> None:
    """All engines at one size, the quick ones first."""
    words = words_by_use(size)
    some = list(islice(actions(size), 5))
    at = str(size)
    ours = Ours(folder / "ours", size)
    keep(at, "ours", "build (s)", value=round(ours.built, 1))
    weight = sum(path.stat().st_size for path in ours.index.folder.iterdir())
    keep(at, "ours", "disk (MB)", value=round(weight / 1e6, 1))
    raw = Raw(ours)
    for name, word in words.items():
        keep(at, "matches", name, value=ours.search(word))
        if raw.search(word) != ours.search(word):
            raise RuntimeError(f"both should find as many for {word}")
        keep(at, "ours", name, value=median(partial(ours.search, word)))
        keep(at, "raw tantivy", name, value=median(partial(raw.search, word)))
        keep(at, "ours, two filters", name, value=median(partial(ours.filtered, word)))
    keep(at, "ours", "related", value=median(lambda: [ours.related(one) for one in some]) / len(some))
    keep(at, "ours", "update", value=median(lambda: ours.update(some[0])))
    keep(at, "ours", "memory (MB)", value=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    lite = Sqlite(folder / "actions.db", size)
    keep(at, "SQLite FTS5", "build (s)", value=round(lite.built, 1))
    keep(at, "SQLite FTS5", "disk (MB)", value=round(lite.path.stat().st_size / 1e6, 1))
    for name, word in words.items():
        keep(at, "SQLite FTS5", name, value=median(partial(lite.search, word)))
    for name, word in reversed(words.items()):
        keep(at, "Datasette's SQL", name, value=median(partial(lite.datasette, word)))
    if datasette:
        peer = Datasette(datasette, lite.path)
        for name, word in reversed(words.items()):
            spent = [peer.seconds(word) for _ in range(1 if name == "very common" else 3)]
            keep(at, "Datasette", name, value=round(statistics.median(spent) * 1000, 1))
        peer.close()
    if postgresql:
        other = Postgresql(postgresql, size)
        keep(at, "PostgreSQL", "build (s)", value=round(other.built, 1))
        for name, word in reversed(words.items()):
            # its clock ticks a hundred times a second
            times = MANY if size <= SMALL or name != "very common" else 1
            spent_ms = median(partial(other.searches, word, times), other.processor)
            keep(at, "PostgreSQL", name, value=round(spent_ms / times, 2))


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--datasette", default="", help="the Python of an environment that has it")
    parser.add_argument("--json", type=Path, default=Path("catalogue.json"))
    given = parser.parse_args()
    url = os.environ.get("DATABASE_URL", "")
    results: dict[str, Any] = {}
    with remembering(results, given.json) as keep:
        for size in given.sizes:
            with tempfile.TemporaryDirectory() as folder:
                measure(size, Path(folder), keep, given.datasette, url if url.startswith("postgres") else "")


if __name__ == "__main__":
    main()
