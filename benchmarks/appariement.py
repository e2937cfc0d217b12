"""Recognising schools: precision and recall by threshold, and the time of 10 000 mentions.

Reads ``../shared/data/annuaire-composite.csv`` and says so when it is not there. Mentions are generated:
four ways of writing set the threshold; three others (:mod:`benchmarks.mentions`), those of
:mod:`benchmarks.coordinateurs` and other seeds measure it. One school in eight is taken out of the
directory: whoever is found in its place is a false match. The pack's carriers, confirmed by hand, are a
list nobody generated.

Recall counts what is automatic and right among the mentions of schools the directory holds. Time: processor
seconds of this process; schools beyond the composite's are copies of other communes.

Usage: python benchmarks/appariement.py [--size 3000]
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from accroche.annuaire.appariement import Decision, Match, Moteur, SchoolFacts  # noqa: E402
from accroche.annuaire.lecture import Record, read_directory  # noqa: E402
from benchmarks.coordinateurs import COORDINATORS, beside, lists, pairs  # noqa: E402
from benchmarks.mentions import HABITS, TUNING, Written, corpus  # noqa: E402

DIRECTORY = ROOT.parent / "shared" / "data" / "annuaire-composite.csv"
PACK = ROOT / "accroche" / "imports" / "packs" / "2015-2016" / "academies"
THRESHOLDS = (0.70, 0.80, 0.85, 0.90, 0.95, 0.98, 0.99)
HELD_OUT = tuple(habit for habit in HABITS if habit not in TUNING)
HEAD = "| | mentions | held | auto | precision | recall |\n|---|---|---|---|---|---|"
MANY, SCHOOLS = 10_000, 70_000
LISTS, BESIDE = 425, 1000


def facts(records: Iterable[Record]) -> list[SchoolFacts]:
    """Schools as recognition reads them."""
    return [
        SchoolFacts(
            pk=record.line,
            uai=record.uai,
            kind=record.kind.value,
            name=record.name,
            commune=record.commune,
            insee=record.insee,
            departement=record.departement,
            private={"public": False, "private": True}.get(record.sector.value),
            place=(record.latitude, record.longitude)
            if record.latitude is not None and record.longitude is not None
            else None,
        )
        for record in records
    ]


def line(label: str, written: Sequence[Written], found: Sequence[Match], threshold: float = 0.0) -> None:
    """Print one row: how many are automatic, precision, recall."""
    pairs = list(zip(written, found, strict=True))
    auto = [
        (one, match)
        for one, match in pairs
        if (match.candidates and match.score >= threshold if threshold else match.decision is Decision.AUTO)
    ]
    right = sum(one.uai != "" and {*match.uais} == {*one.uai.split("|")} for one, match in auto)
    held = sum(one.uai != "" for one in written)
    precision, recall = right / max(len(auto), 1), right / max(held, 1)
    print(f"| {label} | {len(written)} | {held} | {len(auto)} | {precision:.4f} | {recall:.3f} |")


def measure(title: str, records: Sequence[Record], habits: Sequence[str], seed: int, size: int) -> None:
    """Print precision and recall of one corpus, by threshold and by way of writing."""
    table = tomllib.loads((ROOT / "accroche/annuaire/reference.toml").read_text("utf-8"))["academies"]
    codes = {name: frozenset(entry["departements"]) for name, entry in table.items()}
    of_time = {code: name for name in codes if name != "Normandie" for code in codes[name]}
    ways = {habit: (HABITS | COORDINATORS)[habit] for habit in habits}
    written, removed = corpus(records, of_time, seed=seed, size=size, habits=ways)
    if {*habits} == {*COORDINATORS}:
        written += pairs(records, of_time, removed, seed=seed, size=size // 10)
        habits = [*habits, "deux collèges"]
    moteur = Moteur(facts(record for record in records if record.uai not in removed), codes)
    found = [moteur.match(one.academie, one.mention, one.commune) for one in written]
    print(f"\n{title} (seed {seed})\n\n{HEAD}")
    line("**all, as decided**", written, found)
    for habit in habits:
        chosen = [i for i, one in enumerate(written) if one.habit == habit]
        line(habit, [written[i] for i in chosen], [found[i] for i in chosen])
    for threshold in THRESHOLDS:
        line(f"score from {threshold:.2f}", written, found, threshold)


def pack(records: Sequence[Record]) -> None:
    """Print how the pack's carriers are recognised."""
    table = tomllib.loads((ROOT / "accroche/annuaire/reference.toml").read_text("utf-8"))["academies"]
    moteur = Moteur(facts(records), {n: frozenset(e["departements"]) for n, e in table.items()})
    written, found = [], []
    for path in sorted(PACK.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        for action in data.get("actions", ()):
            for one in action.get("porteurs", ()):
                commune = one.get("commune", "")
                written.append(Written(data["academie"], one["name"], commune, one.get("uai", ""), "pack"))
                found.append(moteur.match(data["academie"], one["name"], commune))
    print(f"\nThe pack's carriers\n\n{HEAD}")
    line("2015-2016", written, found)


def listed(records: Sequence[Record]) -> None:
    """Print how lists of schools, each with its commune, are recognised, and two under one type."""
    table = tomllib.loads((ROOT / "accroche/annuaire/reference.toml").read_text("utf-8"))["academies"]
    codes = {name: frozenset(entry["departements"]) for name, entry in table.items()}
    of_time = {code: name for name in codes if name != "Normandie" for code in codes[name]}
    moteur = Moteur(facts(records), codes)
    for title, label, written in (
        ("Lists of two to four collèges", "listes", lists(records, of_time, seed=18, size=LISTS)),
        ("Two écoles under one type", "École A – B", beside(records, of_time, seed=18, size=BESIDE)),
    ):
        found = [moteur.match(one.academie, one.mention, one.commune) for one in written]
        print(f"\n{title}\n\n{HEAD}")
        line(label, written, found)


def speed(records: Sequence[Record]) -> None:
    """Print the time of many mentions against as many schools as France has with every école maternelle."""
    copies = [
        replace(
            record, line=record.line + 100_000, uai=f"X{record.uai}", commune=f"{record.commune} le Vieux"
        )
        for record in records[: SCHOOLS - len(records)]
    ]
    table = tomllib.loads((ROOT / "accroche/annuaire/reference.toml").read_text("utf-8"))["academies"]
    codes = {name: frozenset(entry["departements"]) for name, entry in table.items()}
    of_time = {code: name for name in codes if name != "Normandie" for code in codes[name]}
    written, _ = corpus(records, of_time, seed=9, size=MANY, habits=HABITS)
    held = facts([*records, *copies])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    moteur = Moteur(held, codes)
    made = time.process_time()
    for one in written:
        moteur.match(one.academie, one.mention, one.commune)
    end = time.process_time()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"\n{len(held)} schools: made in {made - start:.1f} s; {MANY} mentions in {end - made:.1f} s; "
        f"{grown:.0f} MB more"
    )


def main() -> None:
    """Measure, and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=3000, help="mentions in each corpus")
    size: int = parser.parse_args().size
    if not DIRECTORY.exists():
        print(f"Skipped: {DIRECTORY} is not there (the composite directory is not in the repository).")
        return
    with DIRECTORY.open(encoding="utf-8-sig", newline="") as file:
        records = read_directory(file)[0]
    measure("Ways of writing that set the threshold", records, TUNING, 2016, size)
    measure("Ways of writing held out", records, HELD_OUT, 2017, size)
    measure("Coordinators' tables, set nothing", records, tuple(COORDINATORS), 2026, size)
    pack(records)
    listed(records)
    speed(records)


if __name__ == "__main__":
    main()
