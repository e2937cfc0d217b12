"""pretalx's public pages of its own invented conference, in a process of its own: for ``pages.py`` alone.

It is asked as ours are, through its whole application, with its files gathered and its answers packed. Its
environment holds ``pretalx`` and what its test event is made with: ``faker`` and ``freezegun``.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Final

_SCRIPT: Final = """
import gc, json, statistics, time
import django
django.setup()
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import RequestFactory
from django_scopes import scopes_disabled
from pretalx.event.models import Event
from pretalx.person.models import User
from pretalx.submission.models import Submission
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
with scopes_disabled():
    User.objects.create_superuser(email="essai@example.org", password="une-phrase-longue")
    call_command("create_test_event", stage="schedule", seed="1")
    event = Event.objects.get()
    event.is_public = True
    event.save()
    talks = list(Submission.objects.filter(state="confirmed").values_list("code", flat=True))
site, factory = WSGIHandler(), RequestFactory()
def ask(address):
    told = []
    environ = factory.get(address, headers={"host": "testserver", "accept-encoding": "gzip"}).environ
    answer = site(environ, lambda status, *more: told.append(status))
    b"".join(answer)
    answer.close()
    assert told[0].startswith("200"), (address, told)
base = f"/{event.slug}"
pages = {f"schedule, {len(talks)} talks": f"{base}/schedule/", "talk": f"{base}/talk/{talks[0]}/"}
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
found = {}
for name, address in pages.items():
    spent = []
    for _ in range(30):
        start = time.process_time()
        ask(address)
        spent.append(time.process_time() - start)
    found[f"pretalx, {name}"] = round(statistics.median(spent[2:]) * 1000, 3)
print(json.dumps(found))
"""
_SETTINGS: Final = """
[filesystem]
data={folder}/data
static={folder}/static
[site]
debug=False
url=http://testserver
[database]
backend=sqlite3
"""


def pages(python: str) -> dict[str, float]:
    """Milliseconds of processor of its schedule and of a talk, by name; its tables are made first."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "pretalx.cfg"
        settings.write_text(_SETTINGS.format(folder=folder))
        told = {"PRETALX_CONFIG_FILE": str(settings), "DJANGO_SETTINGS_MODULE": "pretalx.settings"}
        command = [python, "-c", _SCRIPT]
        done = subprocess.run(  # noqa: S603 - the peer
            command, cwd=folder, env=os.environ | told, stdout=subprocess.PIPE, text=True, check=True
        )
        return {name: float(spent) for name, spent in json.loads(done.stdout.splitlines()[-1]).items()}
