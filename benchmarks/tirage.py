"""An edition built whole: read from the database, then every format written, at three sizes.

One process a size, on a new SQLite database of published sheets with a carrier, a partner and a link each, in
thirty académies that chose examples. Processor seconds and the peak of memory, of the process that
``build_synthese`` is. Beside them, in the same run: the bare SQL of the same tables, read by nobody
(the limit of reading), and the typesetter alone on the same outline (the limit of a PDF). Ratios are to
be compared.

Usage: python -m benchmarks.tirage [--sizes 1000,10000,100000] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
#: What is known of a sheet beside its own row.
TABLES: Final = (
    "actions_actionporteur",
    "actions_actionpartenaire",
    "actions_lien",
    "actions_activite",
    "actions_action_themes",
    "actions_action_cles",
    "actions_piecejointe",
)
PARTNERS: Final = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
INSERT INTO campagne_partenaire (id, name, kind, internal)
SELECT 900000 + i, 'Partenaire ' || i, 'association', 0 FROM n
"""


def fill(size: int) -> Any:
    """Make an edition of ``size`` published sheets; return it."""
    from django.db import connection  # noqa: PLC0415 - after Django's setup

    from accroche.campagne.models import Edition  # noqa: PLC0415 - the same
    from accroche.catalogue.operations import declencheurs  # noqa: PLC0415 - the same
    from benchmarks.catalogue import instance  # noqa: PLC0415 - the same

    instance.fill(size, published=100)
    declencheurs.remove()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE actions_action SET source = 'declaration', chosen = (id / 30) % 20 = 0 "
            "WHERE id >= 10000000"
        )
        cursor.execute(
            "INSERT INTO actions_lien (action_id, url, label, position) "
            "SELECT id, 'https://exemple.fr/actions/' || id, 'La page du projet', 1 FROM actions_action "
            "WHERE id >= 10000000"
        )
        cursor.execute(PARTNERS)
        cursor.execute(
            "INSERT INTO actions_actionpartenaire (action_id, partenaire_id, role, part, position) "
            "SELECT id, 900000 + id % 1000, '', '', 1 FROM actions_action WHERE id >= 10000000"
        )
    declencheurs.install()
    return Edition.objects.get(year=instance.YEAR)


def spent(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor, and what came of it."""
    start = time.process_time()
    made = act()
    return time.process_time() - start, made


def bare() -> int:
    """Read the same tables by SQL, and make nothing of them."""
    from django.db import connection  # noqa: PLC0415 - after Django's setup

    count = 0
    with connection.cursor() as cursor:
        for table in ("actions_action", *TABLES):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - tables of ours
            while rows := cursor.fetchmany(5000):
                count += len(rows)
    return count


def build() -> dict[str, float]:
    """Build what ``build_synthese`` builds, as it does, in this process."""
    import django  # noqa: PLC0415 - settings come first

    django.setup()
    from accroche.campagne.models import Edition  # noqa: PLC0415 - after the setup
    from accroche.publications.documents.kinds import SYNTHESE  # noqa: PLC0415 - the same
    from accroche.publications.operations.dessin import in_order, write_files  # noqa: PLC0415 - the same
    from accroche.publications.queries import working_document  # noqa: PLC0415 - the same
    from accroche.publications.renderers import FORMATS  # noqa: PLC0415 - the same
    from benchmarks.catalogue.instance import YEAR  # noqa: PLC0415 - the same

    found: dict[str, float] = {}
    edition = Edition.objects.get(year=YEAR)
    found["read"], document = spent(lambda: working_document(edition))
    with tempfile.TemporaryDirectory() as folder:
        for name in in_order(FORMATS):
            found[name], _ = spent(partial(write_files, SYNTHESE, document, Path(folder), [name]))
    found["whole"] = time.process_time()
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["bare SQL"], _ = spent(bare)
    return found


def typeset() -> dict[str, float]:
    """Have the typesetter alone draw the same outline: warm, as when one text was corrected."""
    import django  # noqa: PLC0415 - settings come first

    django.setup()
    from accroche.campagne.models import Edition  # noqa: PLC0415 - after the setup
    from accroche.integrations.typst import compile_pdf  # noqa: PLC0415 - the same
    from accroche.publications.queries import working_document  # noqa: PLC0415 - the same
    from accroche.publications.renderers.pdf.encoder import Encoder  # noqa: PLC0415 - the same
    from benchmarks.catalogue.instance import YEAR  # noqa: PLC0415 - the same

    document = working_document(Edition.objects.get(year=YEAR))
    data = Encoder(document).encode()
    alone, _ = spent(lambda: compile_pdf(f"{document.layout}.typ", data, day=document.date))
    return {"typesetter alone": alone}


def measure(size: int) -> dict[str, float]:
    """Fill an instance, then build it in processes of their own."""
    with tempfile.TemporaryDirectory() as data:
        found: dict[str, float] = {"sheets": size}
        for step in ("fill", "build", "typeset"):
            command = [sys.executable, "-m", "benchmarks.tirage", "--step", step, "--sizes", str(size)]
            environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "PYTHONPATH": str(ROOT),
                "ACCROCHE_DATA": data,
            }
            done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
            if done.returncode:
                raise RuntimeError(f"{step} of {size} sheets failed: {done.stderr[-2000:]}")
            found |= json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure each size, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--step", choices=("fill", "build", "typeset"))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.step == "fill":
        import django  # noqa: PLC0415 - settings come first

        django.setup()
        fill(sizes[0])
        print("{}")
        return
    if options.step:
        print(json.dumps(build() if options.step == "build" else typeset()))
        return
    results = []
    for size in sizes:
        results.append(measure(size))
        for name, value in results[-1].items():
            print(f"{name:>18} {value:10.2f}")
        print(
            f"{'to the limits':>18} {'read × %.1f' % (results[-1]['read'] / results[-1]['bare SQL'])}, "
            f"{'PDF × %.1f' % (results[-1]['pdf'] / results[-1]['typesetter alone'])}\n",
            flush=True,
        )
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
