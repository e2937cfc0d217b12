"""Sum up one `scripts/test`: ``summary.py FOLDER`` reads what the checks and both pytest runs left there.

Says what ran, what was not run and why, and ends with one line « N passed, N failed ».
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

#: What pytest answers when all went well, and when it had nothing to run.
FINE = {"0", "5"}


@dataclass
class Tally:
    """How many passed and failed, why others did not run, and how long it took."""

    passed: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    seconds: float = 0


def read_checks(path: Path) -> Tally:
    """Count the lines of ``scripts/check``."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    failed = sum(not line.startswith("ok ") for line in lines)
    return Tally(passed=len(lines) - failed, failed=failed if lines else 1)


def read_pytest(folder: Path, name: str) -> Tally:
    """Count one pytest run from its JUnit report and its status; a run that broke down counts as failed."""
    status = folder / f"{name}.status"
    report = folder / f"{name}.xml"
    if not report.exists():
        return Tally(failed=1)
    tally = Tally()
    # our own file, just written by pytest
    for suite in ET.parse(report).iter("testsuite"):  # noqa: S314
        tally.seconds += float(suite.get("time", "0"))
    for case in ET.parse(report).iter("testcase"):  # noqa: S314
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            tally.failed += 1
        elif skipped is not None and skipped.get("type") != "pytest.xfail":
            tally.skipped[skipped.get("message", "no reason given")] += 1
        else:
            tally.passed += 1
    if not tally.failed and status.read_text(encoding="utf-8").strip() not in FINE:
        tally.failed = 1
    return tally


def main(folder: Path) -> int:
    """Print the summary; return 1 when anything failed."""
    runs = {
        "checks": read_checks(folder / "results"),
        "tests on SQLite": read_pytest(folder, "sqlite"),
        "tests on PostgreSQL": read_pytest(folder, "postgresql"),
    }
    print("\n== summary")
    for name, run in runs.items():
        time = f"  in {run.seconds:.0f} s" if run.seconds else ""
        skipped = run.skipped.total()
        print(f"{name:<20} {run.passed:>5} passed {run.failed:>4} failed {skipped:>4} not run{time}")
    for name, run in runs.items():
        for reason, count in run.skipped.most_common():
            print(f"NOT RUN, {name}: {count} × {reason}")
    passed = sum(run.passed for run in runs.values())
    failed = sum(run.failed for run in runs.values())
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
