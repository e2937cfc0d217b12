"""Pairing académies: 200 to accompany, 200 mentors of three places each, in processor seconds (median).

In the same run, on the same costs: ours (:func:`accroche.tutorat.appariement.pair_up`, costs and explanation
included); the solver alone on a ready table; two peers written in plain Python, the Hungarian method (exact)
and the greedy one (the cheapest pair that is left, again and again), with what its set of pairs costs more;
and the limit, which is to read each cost once.

Usage: python benchmarks/tutorats.py [--sizes 30,200] [--runs 5]
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 - found from the root
from scipy.optimize import linear_sum_assignment  # noqa: E402 - the same

from accroche.tutorat.appariement import (  # noqa: E402 - the same
    MOST,
    Aidee,
    Enonce,
    Mentor,
    best_alternatives,
    cost_rows,
    pair_up,
    total,
)
from accroche.tutorat.rectorats import RECTORATS  # noqa: E402 - the same

NEEDS = "abcdefghijklm"
#: Above this size the Hungarian method in plain Python takes minutes.
PATIENCE = 200


def invented(size: int, seed: int = 2016) -> Enonce:
    """As many académies of each side, five needs and five strengths each, all over the map."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    places = list(RECTORATS.values())

    def some() -> dict[str, float]:
        return dict.fromkeys(dice.sample(NEEDS, 5), 1.0)

    mentees = [Aidee(f"m{n:04}", some(), dice.choice(places)) for n in range(size)]
    mentors = [Mentor(f"z{n:04}", some(), MOST, 0, dice.choice(places)) for n in range(size)]
    return Enonce(mentees, mentors)


def median(work: Callable[[], Any], runs: int) -> float:
    """Processor seconds of a run."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def hungarian(rows: list[list[float]]) -> list[int]:  # noqa: C901, PLR0912 - as it is published
    """The column of each row, exactly: shortest augmenting paths, in plain Python."""
    count, width, far = len(rows), len(rows[0]), float("inf")
    up, across = [0.0] * (count + 1), [0.0] * (width + 1)
    match, way = [0] * (width + 1), [0] * (width + 1)
    for number in range(1, count + 1):
        match[0], column = number, 0
        least, used = [far] * (width + 1), [False] * (width + 1)
        while True:
            used[column] = True
            row, delta, following = match[column], far, 0
            for j in range(1, width + 1):
                if used[j]:
                    continue
                reduced = rows[row - 1][j - 1] - up[row] - across[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(width + 1):
                if used[j]:
                    up[match[j]] += delta
                    across[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if not match[column]:
                break
        while column:
            before = way[column]
            match[column] = match[before]
            column = before
    found = [0] * count
    for j in range(1, width + 1):
        if match[j]:
            found[match[j] - 1] = j - 1
    return found


def greedy(rows: list[list[float]]) -> list[int]:
    """The column of each row, taking the cheapest pair that is left."""
    pairs = sorted((cost, i, j) for i, row in enumerate(rows) for j, cost in enumerate(row))
    found, taken = [-1] * len(rows), set()
    for _, i, j in pairs:
        if found[i] < 0 and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def cost_of(rows: list[list[float]], columns: list[int]) -> float:
    """What a choice of columns costs."""
    return sum(row[column] for row, column in zip(rows, columns, strict=True))


def measure(size: int, runs: int) -> None:
    """Print the rows of one size."""
    enonce = invented(size)
    rows = cost_rows(enonce)
    table = np.array(rows)
    best = total(pair_up(enonce))
    ours = median(lambda: pair_up(enonce), runs)
    solver = median(lambda: linear_sum_assignment(table), runs)
    limit = median(lambda: table.min(axis=1), max(runs, 25))
    one = pair_up(enonce)[:1]
    lines = [
        ("ours, costs and reasons included", ours, best),
        ("the solver alone", solver, best),
        ("greedy, plain Python", median(lambda: greedy(rows), runs), cost_of(rows, greedy(rows))),
        ("limit: each cost read once", limit, best),
        (
            "ours, the best alternative of one pair",
            median(lambda: best_alternatives(enonce, one), runs),
            best,
        ),
    ]
    if size <= PATIENCE:
        exact = cost_of(rows, hungarian(rows))
        lines.insert(2, ("Hungarian, plain Python", median(lambda: hungarian(rows), 1), exact))
    for label, seconds, cost in lines:
        more = f"{100 * (cost / best - 1):.1f} %"
        print(f"| {size} × {size} × {MOST} | {label} | {seconds:.5f} s | {seconds / ours:.3g} | {more} |")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="30,200")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print("| size | what | processor | to ours | costs more |\n|---|---|---|---|---|")
    for size in options.sizes.split(","):
        measure(int(size), options.runs)


if __name__ == "__main__":
    main()
