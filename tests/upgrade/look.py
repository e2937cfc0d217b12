"""Run as a program on the upgraded instance: use what the older product left, and print what came of it.

``python -m tests.upgrade.look PAGE…``. Each line of :data:`LOOKS` is one thing a person does the day after.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.apps import apps  # noqa: E402 - after Django's setup
from django.contrib.contenttypes.models import ContentType  # noqa: E402 - the same
from django.core.management import call_command  # noqa: E402 - the same
from django.db import IntegrityError, transaction  # noqa: E402 - the same
from django.test import Client  # noqa: E402 - the same
from django.utils import timezone  # noqa: E402 - the same

from accroche.actions.cycle import ARRIVING  # noqa: E402 - the same
from accroche.actions.models import Action, PieceJointe  # noqa: E402 - the same
from accroche.actions.operations.declaration_liens import follow_link  # noqa: E402 - the same
from accroche.commun import jobs  # noqa: E402 - the same
from accroche.commun.models import Job, Message  # noqa: E402 - the same
from accroche.comptes.models import User  # noqa: E402 - the same
from accroche.dossier import instantane  # noqa: E402 - the same
from accroche.imports.models import Depot  # noqa: E402 - the same
from accroche.imports.operations import load_dossier  # noqa: E402 - the same
from accroche.publications.models import Synthese  # noqa: E402 - the same
from accroche.relecture.operations.fusion import split  # noqa: E402 - the same
from accroche.votes.models import Bulletin, Candidature, Note, Scrutin  # noqa: E402 - the same
from accroche.votes.operations import vote  # noqa: E402 - the same
from accroche.votes.operations.organisation import VoteError  # noqa: E402 - the same
from accroche.votes.queries import results, turnout  # noqa: E402 - the same
from tests import factories  # noqa: E402 - the same
from tests.factories import NOW  # noqa: E402 - the same

VOTE: Final = "journee-de-l-innovation-dijon-2026-2027"


def of(email: str) -> Any:
    """What a person of the recorded instance may do."""
    return factories.access(User.objects.get(email=email))


def token(address: str, subject: str) -> str:
    """The secret of a link in a mail that waited."""
    body = Message.objects.get(to=address, subject__startswith=subject).body
    found = re.search(r"http://\S+/([^/\s]+)/\s", body)
    assert found, body
    return found[1]


def refused(write: Callable[[], object]) -> str:
    """What refuses a write."""
    try:
        with transaction.atomic():
            write()
    except (IntegrityError, VoteError) as error:
        return type(error).__name__
    return "written"


def votes() -> Any:
    """Each vote as its results tell it."""
    return {
        scrutin.slug: [
            [str(row.action), row.prize, rang.resultat.votes, list(rang.resultat.marks)]
            for rang, row, _ in results(scrutin, timezone.now())
        ]
        for scrutin in Scrutin.objects.order_by("slug")
    }


def constraints() -> Any:
    """What nobody could write before is refused still."""
    cast = Bulletin.objects.filter(scrutin__slug=VOTE, confirmed_at__isnull=False).get()
    note = Note.objects.order_by("pk")[0]
    again = {"cast_at": NOW, "expires_at": NOW, "confirmed_at": NOW, "token_hash": "x"}
    where = {"scrutin": cast.scrutin, "candidature": cast.candidature}
    first = Candidature.objects.order_by("pk")[0]
    return {
        "a second voice": refused(lambda: Bulletin.objects.create(voter=cast.voter, **where, **again)),
        "a second mark": refused(
            lambda: Note.objects.create(candidature=note.candidature, juror=note.juror, mark=1, at=NOW)
        ),
        "a mark of 21": refused(lambda: Note.objects.filter(pk=note.pk).update(mark=21)),
        "a candidate twice": refused(
            lambda: Candidature.objects.create(scrutin=first.scrutin, action=first.action, position=9)
        ),
        "a vote that closes first": refused(lambda: Scrutin.objects.update(closes_at="2000-01-01T00:00Z")),
    }


def mails() -> Any:
    """The links of mails that waited: to a voice, to a second one of one person, to a sheet."""
    scrutin = Scrutin.objects.get(slug=VOTE)
    before = turnout(scrutin)
    vote.confirm_vote(token("parent@example.fr", "Confirmez votre vote"), at=NOW)
    late = token("ecole@ac-dijon.fr", "Confirmez votre vote")
    link = token("prof@example.fr", "Confirmez votre fiche")
    followed = follow_link(link, access=factories.access(None), at=NOW)
    return {
        "turnout": [before, turnout(scrutin)],
        "again": refused(lambda: vote.confirm_vote(late, at=NOW)),
        "sheet": [followed.action.title, followed.action.etat, followed.sent],
    }


def merge() -> Any:
    """A merge of before is undone."""
    sheet = Action.objects.get(title="Forum des métiers, le matin")
    kept = sheet.merged_into
    assert kept
    before = [kept.liens.count(), kept.activites.count(), kept.classes]
    split(sheet, access=of("cardie@ac-dijon.fr"), at=NOW)
    kept.refresh_from_db()
    sheet.refresh_from_db()
    after = [kept.liens.count(), kept.activites.count(), kept.classes]
    return {"kept": [before, after], "parted": [sheet.etat, sheet.liens.count(), sheet.classes]}


def load() -> Any:
    """The file loaded before, loaded again: nothing is new, and the person's title stays."""
    told = instantane.load(Synthese.objects.get().snapshot)
    semaines = []
    for semaine in told.semaines:
        titles = {"Le grand forum des métiers": "Forum des métiers"}
        actions = tuple(replace(a, title=titles.get(a.title, a.title)) for a in semaine.actions)
        semaines.append(replace(semaine, actions=actions))
    report = load_dossier(replace(told, semaines=tuple(semaines)), origin="pack")
    title = Action.objects.get(slug="forum-des-metiers").title
    return {"created": report.created, "updated": report.updated, "kept": report.kept, "title": title}


def work() -> Any:
    """The jobs that waited run."""
    jobs.run_waiting()
    return {
        "jobs": [[job.kind, job.state, job.error] for job in Job.objects.order_by("pk")],
        "pieces": [[p.state, bool(p.file)] for p in PieceJointe.objects.order_by("position")],
        "read": Depot.objects.get(name="à lire.csv").report["counts"],
        "written": Action.objects.get(title="Café des parents").etat,
        "on their way": Action.with_arriving.filter(etat=ARRIVING).count(),
        "links sent": Message.objects.filter(to="prof@example.fr", subject__startswith="Vos fiches").count(),
    }


def pages() -> Any:
    """What the public and a moderator open."""
    browser = Client(SERVER_NAME="127.0.0.1")
    return {page: browser.get(page).status_code for page in sys.argv[1:]}


def content_types() -> Any:
    """Django's own rows: those of the new houses are there, and removing the old ones takes nothing else."""
    rows = {
        model: model._base_manager.count()
        for model in apps.get_models()
        if model.__module__[:8] == "accroche"
    }
    call_command("remove_stale_contenttypes", interactive=False, verbosity=0)
    known = set(ContentType.objects.values_list("app_label", "model"))
    ours = {(m._meta.app_label, m._meta.model_name) for m in rows}
    return {
        "missing": sorted(ours - known),
        "stale": sorted(known & {("actions", "scrutin"), ("actions", "bulletin")}),
        "rows lost": [m.__name__ for m, count in rows.items() if m._base_manager.count() != count],
    }


#: In this order: the last ones change what the first ones read.
LOOKS: Final = (votes, constraints, pages, content_types, mails, merge, load, work)

if __name__ == "__main__":
    call_command("migrate", check_unapplied=True, verbosity=0)
    print(json.dumps({look.__name__: look() for look in LOOKS}))  # noqa: T201 - read by the test
