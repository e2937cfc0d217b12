"""Public pages that are kept: the same bytes for everybody, and gone as soon as one thing changes."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve, reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.catalogue.models import AIndexer
from accroche.catalogue.queries import aindexer, lecteur
from accroche.commun import pages
from accroche.comptes.decorators import rule_of
from accroche.votes.models import Scrutin
from tests import factories
from tests.matrix import PEOPLE
from tests.matrix_rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.world import World

pytestmark = pytest.mark.django_db

#: Pages for everybody that nothing keeps, and why.
_LEADS = "leads to another page"
_FORM = "its form has a token of the browser's own"
_LINK = "opened by a link of one's own"
_FILE = "a file, sent from the disk"
_TYPED = "answers what somebody types"
_OWN = "who came by a link reads more than others"
NOT_KEPT = {
    "catalogue:edition_courante": _LEADS,
    "catalogue:academies_courantes": _LEADS,
    "catalogue:evolution_fichier": "a file, made while it leaves",
    "catalogue:selection_fichier": "a file, made while it leaves",
    "portail:synthese_courante": _LEADS,
    "publications:telecharger": _FILE,
    "publications:telecharger_version": _FILE,
    "annuaire:suggestions": _TYPED,
    "annuaire:recherche": _TYPED,
    "aide:contact": "an office’s address is no part of what the revision tells",
    "exploitation:sante": "says how the program is now",
    "exploitation:pret": "the same",
    "votes:scrutin": _FORM,
    "comptes:invitation": _LINK,
    "actions:reprendre": _OWN,
    "actions:mes_fiches": _OWN,
    "catalogue:reprendre": _OWN,
    "relecture:doublons": _OWN,
}


@pytest.fixture
def kept(settings: Any) -> Iterator[None]:
    """Keep pages, and forget them after the test."""
    settings.PAGES_KEPT = 100
    caches["pages"].clear()
    # on PostgreSQL a test may have the revision of the one before: all of them are in one transaction
    pages._horizon.clear()
    yield
    caches["pages"].clear()


def count() -> int:
    """How many are kept."""
    return len(caches["pages"]._cache)  # type: ignore[attr-defined]


def text(response: Any) -> bytes:
    """What is read of an answer."""
    return gzip.decompress(response.content) if "Content-Encoding" in response.headers else response.content


def public_pages(world: World) -> dict[str, str]:
    """Every address that everybody may open, by its name."""
    return {
        name: reverse(name, kwargs=rule.arguments(world.own))
        for name, rule in RULES.items()
        if rule.own == frozenset(PEOPLE)
    }


@pytest.mark.any_database
def test_each_public_page_is_kept_or_says_why_not(world: World) -> None:
    untold = []
    for name, address in public_pages(world).items():
        view = resolve(address).func
        rule = rule_of(view)
        if name in NOT_KEPT or rule is None or not rule.public or hasattr(view, "kept"):
            continue
        sid = transaction.savepoint()
        response = Client().get(address)
        transaction.savepoint_rollback(sid)
        if response.status_code == 200 and b"csrfmiddlewaretoken" not in b"".join(response):
            untold.append(f"{name} ({address})")
    assert not untold, "@public_page on these views, or a reason in NOT_KEPT"


@pytest.mark.any_database
@pytest.mark.usefixtures("open_today", "kept")
def test_what_is_kept_is_the_page_byte_for_byte(world: World, settings: Any) -> None:
    shown = 0
    for name, address in public_pages(world).items():
        if not getattr(resolve(address).func, "kept", False):
            continue
        settings.PAGES_KEPT = 0
        fresh = Client().get(address)
        settings.PAGES_KEPT = 100
        made = Client().get(address, headers={"accept-encoding": "gzip"})
        if fresh.status_code != 200:
            assert made.status_code == fresh.status_code, name
            continue
        shown += 1
        before = count()
        with connection.execute_wrapper(only_the_revision):
            again = Client().get(address, headers={"accept-encoding": "gzip"})
            head = Client().head(address, headers={"accept-encoding": "gzip"})
            unchanged = Client().get(address, headers={"if-none-match": made.headers["ETag"]})
        assert count() == before
        assert text(again) == text(made) == fresh.content, name
        assert b"csrfmiddlewaretoken" not in fresh.content
        told = dict(again.items()) | {"X-Request-ID": made.headers["X-Request-ID"]}
        assert told == dict(made.items()), name
        assert head.headers["ETag"] == again.headers["ETag"]
        assert unchanged.status_code == 304
        assert not unchanged.content
        for header in ("Cache-Control", "ETag", "Vary"):
            assert unchanged.headers[header] == made.headers[header], name
        assert {"Accept-Encoding", "Cookie"} <= set(made.headers["Vary"].split(", "))
    assert shown >= 9


@pytest.mark.any_database
@pytest.mark.usefixtures("kept", "sheet")
def test_who_cannot_unpack_has_another_answer_of_the_same_page() -> None:
    packed = Client().get(SHEET, headers={"accept-encoding": "gzip"})
    plain = [Client().get(SHEET).content for _ in range(2)]
    assert plain == [text(packed)] * 2
    assert packed.headers["Content-Encoding"] == "gzip"
    assert count() == 2


def only_the_revision(execute: Any, sql: str, *arguments: Any) -> Any:
    """Refuse every query but the one that asks for the revision."""
    assert "commun_revision" in sql, sql
    return execute(sql, *arguments)


@pytest.mark.any_database
@pytest.mark.usefixtures("kept", "sheet")
def test_what_the_index_does_not_say_yet_is_kept_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    late = True
    monkeypatch.setattr(lecteur, "here", lambda: Late() if late else None)
    monkeypatch.setattr(lecteur, "answers", lambda _place, _name: True)
    monkeypatch.setattr(lecteur, "snapshot", lambda: None)
    made = Client().get("/actions/")
    assert not count()
    assert "-" not in made.headers.get("ETag", ""), "no label of ours"
    late = False
    assert Client().get("/actions/").headers["ETag"].startswith('W/"')
    assert count() == 1


class Late:
    """An index that has not read what was published last."""

    def current(self) -> str:
        """Its name."""
        return "late"

    def repere(self, _name: str) -> str:
        """Where it stands."""
        AIndexer.objects.create(action_id=1, at=factories.NOW)
        return aindexer.here(factories.NOW - dt.timedelta(days=30))


SHEET = "/editions/2026-2027/academies/dijon/actions/rallye/"
WEEK = "/editions/2026-2027/academies/dijon/"


@pytest.fixture
def sheet(where: factories.Territory, open_today: None) -> Action:
    """A published sheet."""
    return Action.objects.create(
        semaine=where.semaine, slug="rallye", position=1, title="Rallye des écluses", etat=Etat.PUBLISHED
    )


@pytest.mark.usefixtures("kept")
def test_what_is_withdrawn_is_gone_at_once(sheet: Action) -> None:
    pages = ("/", WEEK, SHEET)
    labels = {}
    for address in pages:
        assert "Rallye des écluses" in Client().get(address).content.decode() or address == "/"
        labels[address] = Client().get(address).headers["ETag"]
    forget()
    Action.objects.filter(pk=sheet.pk).update(etat=Etat.WITHDRAWN)
    for address in pages:
        found = Client().get(address, headers={"if-none-match": labels[address]})
        assert found.status_code == (404 if address == SHEET else 200)
        assert "Rallye des écluses" not in found.content.decode()


def forget() -> None:
    """Let the transaction that a test runs in raise the revision once more."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('accroche.raised', '', true)")


@pytest.mark.any_database
@pytest.mark.usefixtures("kept", "open_today")
def test_who_is_somebody_gets_none_and_leaves_none(world: World) -> None:
    address = reverse("catalogue:semaine", kwargs={"year": "2026-2027", "academie": "dijon"})
    for who in ("moderateur", "by_link"):
        own = world.browser(who).get(address)
        assert not count()
        assert (b"Mon espace" in own.content) is (who == "moderateur")
    made = Client().get(address)
    assert count() == 1
    assert b"Mon espace" not in made.content
    label = {"if-none-match": made.headers["ETag"]}
    own = world.browser("moderateur").get(address, headers=label)
    assert (own.status_code, own.headers["Cache-Control"]) == (200, "no-store, private")
    assert b"Mon espace" in own.content
    waiting = Client()
    waiting.cookies[django_settings.MESSAGE_COOKIE_NAME] = "something"
    assert waiting.get(address, headers=label).status_code == 200
    # a private page has no such label, whatever is sent
    assert Client().get("/mon-espace/", headers=label).status_code == 302
    assert Client().get("/nulle-part/", headers=label).status_code == 404
    assert Client().post(address, headers=label).status_code == 405
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "ALLOWED_HOSTS", ["testserver"])
        assert Client().get(address, headers={"host": "evil.example"} | label).status_code == 400


@pytest.mark.any_database
@pytest.mark.usefixtures("kept", "sheet")
def test_a_label_is_of_one_page_and_made_here() -> None:
    mine = Client().get(SHEET).headers["ETag"]
    other = Client().get(WEEK).headers["ETag"]
    mark, until, seal = mine.removeprefix('W/"').removesuffix('"').split("-")
    later = f'W/"{mark}-{int(until, 16) + 3600:09x}-{seal}"'
    for forged in (other, later, mine[:-3] + '0"', "*x", '"' + "a" * 500, f"{other}, {later}"):
        assert Client().get(SHEET, headers={"if-none-match": forged}).status_code == 200, forged
    for told in (mine, mine.removeprefix("W/"), f'"abc", {mine}'):
        assert Client().get(SHEET, headers={"if-none-match": told}).status_code == 304, told


@pytest.mark.any_database
@pytest.mark.usefixtures("kept", "sheet")
def test_who_makes_addresses_up_fills_nothing() -> None:
    Client().get(WEEK)
    Client().get(f"{WEEK}?page=1")
    assert count() == 2
    for made_up in (
        "?page=0",
        "?page=01",
        "?page=1000",
        "?page=abc",
        "?page=1&page=2",
        "?utm_source=lettre",
        "?page=1&x=2",
        "?page=%31",
        "?page",
        "?" + "a" * 600,
    ):
        assert Client().get(WEEK + made_up).status_code == 200, made_up
    Client().get("/editions/2026-2027/academies/?niveau=college&reponse=nombre")
    assert count() == 3
    for made_up in ("?niveau=x", "?reponse=nombre&niveau=college", "?niveau="):
        assert Client().get("/editions/2026-2027/academies/" + made_up).status_code == 200, made_up
    Client().get("/editions/2026-2027/academies/reims/")
    place = "/academies/dijon/"
    for not_there in (f"{WEEK}?page=7", f"{place}?page=7", f"{place}?edition=1871-1872"):
        assert Client().get(not_there).status_code == 200, not_there
    assert count() == 3, "nothing that is not there"


@pytest.mark.any_database
@pytest.mark.usefixtures("kept")
def test_nothing_is_true_past_the_moment_at_which_it_changes(
    where: factories.Territory, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime(2026, 11, 24, 9, 20, tzinfo=dt.UTC)
    at(monkeypatch, now)
    vote = Scrutin.objects.create(
        edition=where.semaine.edition,
        slug="vote",
        title="Prix du public",
        opens_at=now + dt.timedelta(minutes=5),
        closes_at=now + dt.timedelta(days=2),
    )
    made = Client().get("/innovation/")
    assert b"Prix du public" not in made.content
    label = {"if-none-match": made.headers["ETag"]}
    settings.CDN_SECONDS = 600
    at(monkeypatch, now + dt.timedelta(minutes=4))
    assert Client().get("/innovation/").headers["Cache-Control"] == (
        "public, max-age=0, s-maxage=60, must-revalidate"
    )
    unchanged = Client().get("/innovation/", headers=label)
    assert (unchanged.status_code, "s-maxage=60" in unchanged.headers["Cache-Control"]) == (304, True)
    at(monkeypatch, vote.opens_at)
    assert b"Prix du public" in Client().get("/innovation/", headers=label).content
    # days begin at some full hour, somewhere
    at(monkeypatch, dt.datetime(2027, 7, 15, 21, 59, 59, tzinfo=dt.UTC))
    last = Client().get(WEEK)
    at(monkeypatch, dt.datetime(2027, 7, 15, 22, 0, tzinfo=dt.UTC))
    closed = Client().get(WEEK, headers={"if-none-match": last.headers["ETag"]})
    assert closed.status_code == 200
    assert closed.content != last.content, "schools do not declare any more"


def at(monkeypatch: pytest.MonkeyPatch, moment: dt.datetime) -> None:
    """Stand at a moment."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.mark.any_database
@pytest.mark.usefixtures("kept", "sheet")
def test_what_the_instance_says_of_itself_is_in_it(settings: Any) -> None:
    label = {"if-none-match": Client().get("/mentions-legales/").headers["ETag"]}
    settings.ORGANISATION = "Rectorat de Dijon"
    found = Client().get("/mentions-legales/", headers=label)
    assert "Rectorat de Dijon" in found.content.decode()


@pytest.mark.usefixtures("kept", "sheet")
def test_what_may_be_undone_is_not_kept() -> None:
    with transaction.atomic():
        Action.objects.update(title="Rallye des oubliés")
        assert "Rallye des oubliés" in Client().get(SHEET).content.decode()
        transaction.set_rollback(True)
    assert not count()
    assert "Rallye des écluses" in Client().get(SHEET).content.decode()


@pytest.mark.any_database
def test_what_pages_are_made_of_is_in_their_name() -> None:
    root = Path(pages.__file__).parents[1]
    drawn = {path.suffix for path in root.glob("*/templates/**/*") if path.is_file()}
    assert drawn - {".txt"} <= pages.PROGRAM, "mails alone are written in plain text"
    assert ".js" in pages.PROGRAM, "style sheets are cut to what scripts name"


@pytest.mark.usefixtures("kept")
def test_a_search_of_one_filter_is_kept_when_it_finds_something(world: World) -> None:
    """And no other: who makes addresses up fills nothing."""
    slug = Action.objects.published().order_by("pk")[0].semaine.academie.slug
    here = {f"/actions/?academie={slug}", f"/integre/actions/?academie={slug}&aspect=sombre"}
    nowhere = {
        "/actions/?academie=nulle-part",
        "/integre/carte/?departement=2Z",
        "/integre/actions/?academie=x",
    }
    made_up = {
        f"/actions/?academie={slug}&niveau=college",
        f"/actions/?academie={slug}&academie={slug}",
        f"/integre/actions/?aspect=sombre&academie={slug}",
        "/actions/?q=forum",
        f"/integre/actions/?academie={slug}&commune=21231",
    }
    for address in (*nowhere, *made_up):
        Client().get(address)
    assert count() == 0
    for address in here:
        assert Client().get(address).status_code == 200
    assert count() == len(here)
