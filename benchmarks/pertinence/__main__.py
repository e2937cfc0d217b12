"""How well sixty questions are answered, by our index and by SQLite's FTS5 on the same texts: nDCG@10.

Usage: python -m benchmarks.pertinence [--each]
"""

from __future__ import annotations

import argparse

from accroche.imports.pack import PACKS, read_pack
from benchmarks.pertinence.mesure import measured, table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", action="store_true", help="each question too")
    given = parser.parse_args()
    found = measured(read_pack("2015-2016", PACKS))
    if given.each:
        for question, scores in found.items():
            print(f"{question.text:50}", *(f"{score:.2f}" for score in scores.values()))
    print(table(found))


if __name__ == "__main__":
    main()
