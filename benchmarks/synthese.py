"""Time and peak memory of each format of the synthesis, against WeasyPrint and the physical limit.

Everything is measured in the same run on the same outline, one child process per case so that memory
is the case's own. « Cold » is the first document of a process, imports of the format included. Warm is
said in three ways, since a typesetter that remembers its work is as fast as little has changed:

- again: the same document once more;
- corrected: one académie's narrative changed, what happens before a version is frozen;
- rewritten: every narrative changed, so that nothing remembered can help.

The physical limit is writing the outline's own text to disk and reading it back: no renderer can do
less. Absolute times depend on the machine; ratios are what to compare.

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
MODES = ("again", "corrected", "rewritten")
#: Renderings measured in each mode, by size; the large ones only in the mode that matters.
RUNS = {1: {"again": 3, "corrected": 3, "rewritten": 3}, 10: {"again": 1, "corrected": 1, "rewritten": 1}}
LARGE_RUNS = {"corrected": 1}
#: The peer remembers nothing between documents: one mode says it all. Beyond this size it would take
#: hours and is not run.
PEER_RUNS = {"corrected": 1}
PEER_LIMIT = 10
CASES = ("pdf", "weasyprint", "docx", "html", "data", "limit")


def scaled(size: int, variant: str = "", touched: int | None = None) -> Any:
    """Return the real edition repeated ``size`` times; ``variant`` marks the narratives.

    Only the first ``touched`` semaines are marked when it is given, all of them otherwise.
    """
    from accroche.imports.pack import read_pack  # noqa: PLC0415 - after Django is set up

    dossier = read_pack(EDITION)
    copies: list[Any] = []
    for copy in range(size):
        for semaine in dossier.semaines:
            name = semaine.academie if copy == 0 else f"{semaine.academie} {copy + 1}"
            marked = bool(variant) and (touched is None or len(copies) < touched)
            prose = f"{semaine.narrative} ({variant})" if marked else semaine.narrative
            copies.append(dataclasses.replace(semaine, academie=name, narrative=prose))
    return dataclasses.replace(dossier, semaines=tuple(copies))


def renderer(case: str) -> Callable[[Any], bytes]:
    """Return a function from an outline to the bytes it becomes."""
    from django.template.loader import render_to_string  # noqa: PLC0415 - after Django is set up

    from accroche.publications.renderers import FORMATS  # noqa: PLC0415 - the same

    if case == "weasyprint":
        return _weasyprint
    if case == "limit":
        return _limit

    def drawn(document: Any) -> bytes:
        files = FORMATS[case](document, render_to_string)
        return files if isinstance(files, bytes) else b"".join(files.values())

    return drawn


def _weasyprint(document: Any) -> bytes:
    import weasyprint  # noqa: PLC0415 - only the peer pays for it
    from django.template.loader import render_to_string  # noqa: PLC0415 - after Django is set up

    from accroche.publications.renderers import html  # noqa: PLC0415 - after Django is set up

    # its grids stop on an assertion when a long one breaks over pages; blocks are less work for it
    flat = weasyprint.CSS(string=".doc-map, .doc-bars, .doc-facts > div { display: block !important }")
    page = weasyprint.HTML(string=html.render(document, render_to_string), base_url=str(ROOT))
    pdf: bytes = page.write_pdf(stylesheets=[flat])
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
    """Measure one case in this process. Times are wall-clock seconds, memory is in MB."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django  # noqa: PLC0415 - after the setting

    django.setup()
    from accroche.publications.documents.synthese import build  # noqa: PLC0415 - the same
    from accroche.publications.versions import Imprint  # noqa: PLC0415 - the same

    def outline(mode: str, run: int) -> Any:
        variant = {"again": "", "corrected": f"correction {run}", "rewritten": f"rewriting {run}"}[mode]
        return build(scaled(size, variant, 1 if mode == "corrected" else None), Imprint("Mesure"))

    first = outline("again", 0)
    base = _peak()
    start = time.perf_counter()
    render = renderer(case)
    output = render(first)
    result: dict[str, Any] = {"case": case, "size": size, "cold": time.perf_counter() - start}
    result |= {"memory_mb": _peak() - base, "output_mb": len(output) / 1e6}
    for mode, count in (PEER_RUNS if case == "weasyprint" else RUNS.get(size, LARGE_RUNS)).items():
        times = []
        for run in range(count):
            document = outline(mode, run)
            start = time.perf_counter()
            render(document)
            times.append(time.perf_counter() - start)
        result[mode] = statistics.median(times)
    return result


def _peak() -> float:
    """The most memory this process has held, in MB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
    titles = (
        "case",
        "size",
        "cold s",
        *MODES,
        *(f"peer/{mode}" for mode in MODES),
        "limit",
        "memory MB",
        "file MB",
    )
    print("".join(f"{title:>15}" for title in titles))
    for size in sizes:
        found = {case: run(case, size) for case in CASES if case != "weasyprint" or size <= PEER_LIMIT}
        for result in found.values():
            if result:
                results.append(result)
                print(row(result, found), flush=True)
        if size > PEER_LIMIT:
            print(f"{'weasyprint':>15}{size:>15}   not run at this size: it would take hours")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def row(result: dict[str, Any], found: dict[str, dict[str, Any] | None]) -> str:
    """Return one line of the table: seconds, and how many times longer the peer takes in this very run."""
    peer, limit = found.get("weasyprint"), found.get("limit")
    is_pdf = result["case"] == "pdf"
    cells = [result["case"], str(result["size"]), f"{result['cold']:.2f}"]
    cells += [f"{result[mode]:.2f}" if mode in result else "-" for mode in MODES]
    for mode in MODES:
        known = is_pdf and peer and mode in result
        cells.append(f"x {peer['corrected'] / result[mode]:.1f}" if known and peer else "-")
    cells.append(f"x {result['corrected'] / limit['corrected']:.1f}" if limit else "-")
    cells += [f"{result['memory_mb']:.0f}", f"{result['output_mb']:.2f}"]
    return "".join(f"{cell:>15}" for cell in cells)


if __name__ == "__main__":
    main()
