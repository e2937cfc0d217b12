"""How long a public page takes: kept, known to who asks (304), made anew, first after a change; three sizes.

Beside them, in the same run: what Django takes for a list of its own on the same rows (``ListView``, 60 a
page), for a view that answers a page of that size and does nothing (the limit), and what WhiteNoise takes for
a static file; and Datasette's pages of the same rows. Each through a whole application, the bare ones without
any middleware, garbage looked for as ``config/wsgi.py`` has it. Medians of processor time; ratios are what to
compare. *Made*: pages that nobody keeps, each time another of those there are, once each was made before;
*undrawn*: the same with no card nor event drawn yet; *unasked*: with nothing that the index answered before;
*corrected*: the first after a sheet was, once the index followed; *first*: after anything else changed. What
sheets say follows a law of Zipf (``instance.py``).

Usage: python -m benchmarks.catalogue.pages [--sizes 10000 100000 1000000] [--datasette PYTHON]
[--pretalx PYTHON], of environments where these are installed (``pretalx.py`` says what it needs).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from benchmarks.catalogue.datasette import pages as pairs
from benchmarks.catalogue.donnees import words_by_use
from benchmarks.catalogue.instance import YEAR, fill
from benchmarks.catalogue.pretalx import pages as talks

#: How many times each is done, at most, and how many seconds are enough.
TIMES: Final = 60
ENOUGH: Final = 2.0
#: Other actions that are made in turn.
OTHERS: Final = 40


def median(act: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Milliseconds of processor, once warm; what is done ``before`` each counts for nothing."""
    act()
    spent: list[float] = []
    end = time.monotonic() + ENOUGH
    while len(spent) < TIMES and (time.monotonic() < end or len(spent) < 5):  # noqa: PLR2004 - a median needs some
        before()
        start = time.process_time()
        act()
        spent.append(time.process_time() - start)
    return round(statistics.median(spent) * 1000, 3)


def measure(size: int, datasette: str) -> dict[str, Any]:
    """Fill this process's instance, and ask it; what is found, by name."""
    import django  # noqa: PLC0415 - settings come first

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after the setup
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - the same
    from django.test import RequestFactory  # noqa: PLC0415 - the same

    from accroche.actions.models import Action  # noqa: PLC0415 - the same

    fill(size)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    factory = RequestFactory()

    def ask(site: Any, address: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
        told: dict[str, Any] = {}
        environ = factory.get(address, headers=headers | {"host": "testserver"}).environ

        def start(status: str, lines: list[tuple[str, str]], *_more: Any) -> None:
            told.update(status=status, headers=dict(lines))

        answer = site(dict(environ), start)
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        return told["status"], told["headers"], content

    found: dict[str, Any] = {"size": size}
    sheets = Action.objects.accepted().filter(semaine__edition__year=YEAR)
    some = list(sheets.select_related("semaine__academie").order_by("-pk")[:OTHERS])
    base = f"/editions/{YEAR}/"
    slugs = list(dict.fromkeys(one.semaine.academie.slug for one in some))
    weeks = [f"{base}academies/{slug}/" for slug in slugs]
    pages = {
        "home": ["/"],
        "edition": [base],
        "academies": [f"{base}academies/"],
        "semaine, 60 cards": weeks,
        "action": [f"{base}academies/{one.semaine.academie.slug}/actions/{one.slug}/" for one in some],
        "académie": [f"/academies/{slug}/" for slug in slugs],
        "agenda, 150 events": ["/agenda/"],
        **{f"search, a {use} word": [f"/actions/?q={word}"] for use, word in words_by_use(size).items()},
        "search, an académie": [f"/actions/?academie={slug}" for slug in slugs],
        "map": ["/carte/"],
    }
    packed = {"accept-encoding": "gzip"}
    site = WSGIHandler()
    length = 0
    for name, addresses in pages.items():
        asked = _asked(partial(ask, site), addresses)
        length = max(length, asked.pop("bytes"))
        found |= {f"{name}, {way}": spent for way, spent in asked.items()}
    found["kept pages (KB each)"] = round(length / 1000, 1)
    found |= limits(partial(ask, site, "/static/commun/accroche.css", **packed), ask, sheets)
    if datasette:
        database = Path(settings.DATABASES["default"]["NAME"])
        with tempfile.TemporaryDirectory() as folder:
            common = words_by_use(size)["very common"]
            found |= pairs(
                datasette, database, Path(folder), some[0].semaine.academie.name, some[0].pk, common
            )
    found["memory (MB)"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def _asked(ask: Callable[..., Any], addresses: list[str]) -> dict[str, Any]:
    """Milliseconds of one kind of page by way of asking for it; the bytes of the first of ``addresses``."""
    from accroche.catalogue.queries import lecteur  # noqa: PLC0415 - after the setup
    from accroche.commun import dessins  # noqa: PLC0415 - the same
    from accroche.commun.revision import raise_revision  # noqa: PLC0415 - the same

    def forget_answers() -> None:
        if index := lecteur.snapshot():
            index.forget()

    packed = {"accept-encoding": "gzip"}
    address = addresses[0]
    status, headers, content = ask(address, **packed)
    if not status.startswith("200"):
        raise RuntimeError(f"{address}: {status}")
    label = {"if-none-match": headers["ETag"]}
    if not ask(address, **packed, **label)[0].startswith("304"):
        raise RuntimeError(f"{address} is not known")
    found: dict[str, Any] = {"bytes": len(content)}
    found["304"] = median(partial(ask, address, **packed, **label))
    if "q=" not in address:  # of words that people type, no page is kept
        found["kept"] = median(partial(ask, address, **packed))
    # addresses that nobody keeps: made each time, with what pages share, as for who is signed in
    made = [f"{one}{'&' if '?' in one else '?'}essai=1" for one in addresses]
    for one in made:
        ask(one, **packed)
    others = cycle(made)
    found["made"] = median(lambda: ask(next(others), **packed))

    def unasked() -> None:
        forget_answers()
        ask(next(others), **packed)

    def undrawn() -> None:
        dessins._draw.cache_clear()  # noqa: SLF001 - nobody else has to
        dessins._mould.cache_clear()  # noqa: SLF001 - the same
        ask(next(others), **packed)

    def changed() -> None:
        raise_revision()
        forget_answers()

    found["unasked"], found["undrawn"] = median(unasked), median(undrawn)
    found["corrected"] = median(partial(ask, made[0], **packed), _correct)
    found["first"] = median(partial(ask, made[0], **packed), changed)
    return found


def _correct() -> None:
    """Correct a published sheet, and have the index follow, as the thread of a web process does."""
    from django.utils import timezone  # noqa: PLC0415 - after the setup

    from accroche.actions.models import Action  # noqa: PLC0415 - the same
    from accroche.catalogue.operations import indexation  # noqa: PLC0415 - the same
    from accroche.catalogue.queries import lecteur  # noqa: PLC0415 - the same

    first = Action.objects.accepted().order_by("pk").values_list("pk", flat=True)[:1].get()
    Action.objects.filter(pk=first).update(description=f"Vers {time.monotonic()}")
    indexation.feed(timezone.now)
    lecteur.ask_again()


def limits(static: Callable[[], object], ask: Callable[..., object], sheets: Any) -> dict[str, float]:
    """What Django takes for what does next to nothing, and for a list and a sum of its own."""
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - after the setup
    from django.db.models import Count  # noqa: PLC0415 - the same
    from django.test import override_settings  # noqa: PLC0415 - the same

    found = {"static file": median(static)}
    found["counting the sheets"] = median(
        lambda: list(sheets.order_by().values("semaine").annotate(n=Count("porteurs", distinct=True)))
    )
    bare = {"MIDDLEWARE": [], "ROOT_URLCONF": "benchmarks.catalogue.nus"}
    ours = ["accroche.commun.middleware.RequestNumber"]
    with override_settings(**bare | {"MIDDLEWARE": ours}):
        logged = WSGIHandler()
        found["bare view, its log line"] = median(lambda: ask(logged, "/bare/"))
    with override_settings(**bare):
        naked = WSGIHandler()
        found["bare view"] = median(lambda: ask(naked, "/bare/"))
        found["Django's ListView"] = median(lambda: ask(naked, "/list/"))
    return found


def main() -> None:
    """Ask each size in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--datasette", default="", help="the Python of an environment that has it")
    parser.add_argument("--pretalx", default="", help="the same of one that has it")
    parser.add_argument("--one", type=int)
    asked = parser.parse_args()
    if asked.one is not None:
        print(json.dumps(measure(asked.one, asked.datasette), ensure_ascii=False))
        return
    columns = []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            environ = os.environ | {
                "ACCROCHE_DATA": folder,
                "ACCROCHE_HOSTS": "testserver",
                "DJANGO_SETTINGS_MODULE": "config.settings",
            }
            done = subprocess.run(  # noqa: S603 - ourselves
                [
                    *(sys.executable, "-m", "benchmarks.catalogue.pages", "--one", str(size)),
                    *("--datasette", asked.datasette),
                ],
                env=environ,
                cwd=Path(__file__).resolve().parents[2],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                check=True,
            )
            columns.append(json.loads(done.stdout.splitlines()[-1]))
    for name in columns[0]:
        values = "".join(f"{column[name]:>14}" for column in columns)
        bare = "".join(f"{column[name] / column['bare view']:>9.1f}×" for column in columns)
        print(f"{name:<24}{values}   {bare}", flush=True)
    if not asked.pretalx:
        print("pretalx: not asked, no environment of it was given (--pretalx)")
        return
    for name, spent in talks(asked.pretalx).items():
        print(f"{name:<24}{spent:>14}   {spent / columns[0]['bare view']:>9.1f}×", flush=True)


if __name__ == "__main__":
    main()
