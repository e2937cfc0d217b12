"""Time and peak memory of each format of the synthesis, against WeasyPrint and the physical limit.

Everything is measured in the same run on the same outline, one child process per case so that peak
memory is the case's own. « Cold » is the first document of a process, imports of the format included;
« warm » is the median of further documents **whose prose differs each time**, so that no cache can
answer. The physical limit is writing the outline's own text and the finished file to disk and reading
them back: no renderer can do less. Absolute times depend on the machine; ratios are what to compare.

Usage: python benchmarks/synthese.py [--sizes 1,10,100] [--json FILE]
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EDITION = "2015-2016"
#: Documents measured warm, by size: enough for a median where they are quick (the peer gets fewer).
WARM_RUNS = {1: 5, 10: 3}
PEER_WARM_RUNS = {1: 3}
#: The peer lays out pages far slower: beyond this size it would take hours and is not run.
PEER_LIMIT = 10
CASES = ("pdf", "weasyprint", "docx", "html", "data", "limit")


def scaled(size: int, variant: int) -> Any:
    """Return the real edition repeated ``size`` times, every narrative marked by ``variant``."""
    from accroche.imports.pack import read_pack  # noqa: PLC0415 - after Django is set up

    dossier = read_pack(EDITION)
    copies = []
    for copy in range(size):
        for semaine in dossier.semaines:
            name = semaine.academie if copy == 0 else f"{semaine.academie} {copy + 1}"
            prose = f"{semaine.narrative} (variante {variant})"
            copies.append(dataclasses.replace(semaine, academie=name, narrative=prose))
    return dataclasses.replace(dossier, semaines=tuple(copies))


def renderer(case: str) -> Callable[[Any], bytes]:
    """Return a function from an outline to the bytes it becomes."""
    from accroche.publications.renderers import FORMATS  # noqa: PLC0415 - after Django is set up

    if case == "weasyprint":
        return _weasyprint
    if case == "limit":
        return _limit
    return lambda document: b"".join(FORMATS[case](document).values())


def _weasyprint(document: Any) -> bytes:
    import weasyprint  # noqa: PLC0415 - only the peer pays for it

    from accroche.publications.renderers import html  # noqa: PLC0415 - after Django is set up

    pdf: bytes = weasyprint.HTML(string=html.render(document), base_url=str(ROOT)).write_pdf()
    return pdf


def _limit(document: Any) -> bytes:
    text = json.dumps(dataclasses.asdict(document), ensure_ascii=False, default=str).encode()
    with tempfile.TemporaryFile() as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        return file.read()


def measure(case: str, size: int) -> dict[str, Any]:
    """Measure one case in this process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django  # noqa: PLC0415 - after the setting

    django.setup()
    from accroche.publications.documents.synthese import build  # noqa: PLC0415 - the same

    runs = (PEER_WARM_RUNS if case == "weasyprint" else WARM_RUNS).get(size, 1)
    documents = [build(scaled(size, n), organisation="Mesure") for n in range(runs + 1)]
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for document in documents:
        start = time.perf_counter()
        render = renderer(case)
        output = render(document)
        times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "case": case,
        "size": size,
        "cold": times[0],
        "warm": statistics.median(times[1:]),
        "base_mb": base / 1024,
        "peak_mb": peak / 1024,
        "output_mb": len(output) / 1e6,
    }


def run(case: str, size: int) -> dict[str, Any] | None:
    """Measure one case in a process of its own; None when it failed, after saying why."""
    command = [sys.executable, __file__, "--case", case, "--sizes", str(size)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ACCROCHE_DATA": tempfile.mkdtemp()}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
    if done.returncode:
        print(f"{case} x{size}: failed\n{done.stderr[-2000:]}", file=sys.stderr)
        return None
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Run every case and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1,10,100")
    parser.add_argument("--case", choices=CASES)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.case:
        print(json.dumps(measure(options.case, sizes[0])))
        return
    results = []
    header = (
        "case",
        "size",
        "cold s",
        "warm s",
        "x limit",
        "WeasyPrint x",
        "peak MB",
        "above base",
        "file MB",
    )
    print(("{:<12}" + "{:>13}" * 8).format(*header))
    for size in sizes:
        found = {case: run(case, size) for case in CASES if case != "weasyprint" or size <= PEER_LIMIT}
        for case, result in found.items():
            if result:
                results.append(result)
                print(row(case, result, found))
        if size > PEER_LIMIT:
            print(f"{'weasyprint':<12}{size:>13}  not run at this size: it would take hours")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def row(case: str, result: dict[str, Any], found: dict[str, dict[str, Any] | None]) -> str:
    """Return one line of the table: times, and how they compare in this very run."""
    limit, peer = found.get("limit"), found.get("weasyprint")
    over_limit = f"{result['warm'] / limit['warm']:.1f}" if limit else "-"
    faster = f"{peer['warm'] / result['warm']:.1f}" if peer and case == "pdf" else "-"
    cells = (
        result["size"],
        f"{result['cold']:.2f}",
        f"{result['warm']:.3f}",
        over_limit,
        faster,
        f"{result['peak_mb']:.0f}",
        f"{result['peak_mb'] - result['base_mb']:.0f}",
        f"{result['output_mb']:.2f}",
    )
    return f"{case:<12}" + "".join(f"{cell:>13}" for cell in cells)


if __name__ == "__main__":
    main()
