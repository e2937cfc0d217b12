"""What passes by itself is a 503 that keeps what was typed; what is broken stays a 500."""

from __future__ import annotations

import errno
import html
import logging
import re
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from accroche.actions import operations
from accroche.actions.models import Action
from accroche.actions.views import declaration
from accroche.commun.envois import OURS
from accroche.commun.pannes import AWAY, BUSY, DISK, panne_of
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.declaring import START, begin, fields, signed_in

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory


def sqlite_error(code: int) -> OperationalError:
    """An error of SQLite as Django raises it."""
    error = OperationalError("the words do not matter")
    error.__cause__ = sqlite3.OperationalError("the same")
    error.__cause__.sqlite_errorcode = code
    return error


def postgresql_error(kind: type[psycopg.Error]) -> OperationalError:
    error = OperationalError("the words do not matter")
    error.__cause__ = kind("the same")
    return error


def wrapped(inner: BaseException) -> Exception:
    outer = RuntimeError("an operation failed")
    outer.__cause__ = inner
    return outer


PASSING = [
    (sqlite_error(sqlite3.SQLITE_BUSY), BUSY),
    (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), BUSY),
    (sqlite_error(sqlite3.SQLITE_LOCKED), BUSY),
    (sqlite_error(sqlite3.SQLITE_FULL), DISK),
    (sqlite_error(sqlite3.SQLITE_READONLY_DIRECTORY), DISK),
    (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), DISK),
    (sqlite_error(sqlite3.SQLITE_CANTOPEN), DISK),
    (postgresql_error(psycopg.errors.LockNotAvailable), BUSY),
    (postgresql_error(psycopg.errors.QueryCanceled), BUSY),
    (postgresql_error(psycopg.errors.DeadlockDetected), BUSY),
    (postgresql_error(psycopg.errors.SerializationFailure), BUSY),
    (postgresql_error(psycopg.errors.TooManyConnections), BUSY),
    (postgresql_error(psycopg.errors.AdminShutdown), AWAY),
    (postgresql_error(psycopg.errors.ConnectionFailure), AWAY),
    (postgresql_error(psycopg.OperationalError), AWAY),
    (postgresql_error(psycopg.errors.DiskFull), DISK),
    (postgresql_error(psycopg.errors.ReadOnlySqlTransaction), DISK),
    (OSError(errno.ENOSPC, "No space left on device"), DISK),
    (OSError(errno.EROFS, "Read-only file system"), DISK),
    (OSError(errno.EDQUOT, "Quota exceeded"), DISK),
    (wrapped(OSError(errno.ENOSPC, "No space left on device")), DISK),
]
BROKEN = [
    sqlite_error(sqlite3.SQLITE_ERROR),
    sqlite_error(sqlite3.SQLITE_CORRUPT),
    postgresql_error(psycopg.errors.UndefinedTable),
    postgresql_error(psycopg.errors.InsufficientPrivilege),
    OperationalError("nobody knows"),
    DatabaseError("nor here"),
    OSError(errno.ENOENT, "No such file or directory"),
    RuntimeError("a mistake of ours"),
    None,
]


@pytest.mark.parametrize(("error", "panne"), PASSING)
def test_what_passes_is_known(error: Exception, panne: Any) -> None:
    assert panne_of(error) == panne


@pytest.mark.parametrize("error", BROKEN)
def test_what_is_broken_is_not_said_to_pass(error: Exception | None) -> None:
    assert panne_of(error) is None


def failing(error: Exception) -> Any:
    def fail(*_args: Any, **_kwargs: Any) -> Any:
        raise error

    return fail


def hidden_fields(page: str) -> list[tuple[str, str]]:
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(html.unescape(name), html.unescape(value)) for name, value in pairs]


@pytest.fixture
def author(where: Territory, school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, "marie@example.fr", etablissement=school)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "seconds"), [(PASSING[0][0], "10"), (PASSING[3][0], "120"), (PASSING[17][0], "120")]
)
def test_all_that_was_posted_is_in_the_page_and_goes_through_afterwards(
    author: User, school: Etablissement, monkeypatch: pytest.MonkeyPatch, error: Exception, seconds: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    address = f"{reverse('actions:declarer')}?q=1"
    token = str(client.get(address).context["csrf_token"])
    typed = {
        **START,
        "etablissement": school.uai,
        "description": 'Deux lignes,\r\nun « guillemet », un " et <b>&amp;',
        "lu": "x" * 2_000_000,
        "lycee": "on",
    }
    with monkeypatch.context() as patch:
        patch.setattr(operations, "declare", failing(error))
        answer = client.post(
            f"{reverse('actions:declarer')}?q=1", typed | {"csrfmiddlewaretoken": str(token)}
        )
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == seconds
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert not Action.objects.exists()
    text = answer.content.decode()
    assert "Rien n’est perdu" in text
    assert answer.headers["X-Request-ID"] in text
    assert f'action="{address}"' in text
    given = hidden_fields(text)
    assert sorted(pair for pair in given if pair[0] not in OURS) == sorted(typed.items())
    assert {name for name, _ in given} >= OURS, "sent again, it has to prove itself like any other"
    again = client.post(address, dict(given))
    assert again.status_code == 302
    assert Action.objects.get().description.startswith("Deux lignes,")


@pytest.mark.django_db
def test_files_are_named_and_chosen_again(author: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaration, "_open_edition", failing(PASSING[0][0]))
    client = signed_in(author)
    sent = {"title": "A", "photo": SimpleUploadedFile("sortie.jpg", b"x", "image/jpeg")}
    text = client.post(reverse("actions:declarer"), sent).content.decode()
    assert "sortie.jpg" in text
    assert 'enctype="multipart/form-data"' in text


@pytest.mark.django_db
def test_what_another_site_posts_gets_no_button(author: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its token a form is refused before any view: were that to fail, nothing is offered."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(author)
    monkeypatch.setattr("django.middleware.csrf.get_token", failing(PASSING[0][0]), raising=False)
    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware._check_token", failing(PASSING[0][0]))
    answer = client.post(reverse("actions:declarer"), {"title": "Piège"})
    assert answer.status_code == 503
    assert "Piège" not in answer.content.decode()
    assert "Revenez en arrière" in answer.content.decode()


@pytest.mark.django_db
def test_a_script_is_answered_in_its_own_words(
    author: User,
    school: Etablissement,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = signed_in(author)
    action = begin(client, school)
    data = fields(client, action)
    monkeypatch.setattr(operations, "save", failing(PASSING[0][0]))
    address = reverse("actions:enregistrer", args=[action.pk])
    caplog.clear()
    caplog.set_level(logging.WARNING)
    answer = client.post(address, data, headers={"accept": "application/json"})
    assert answer.status_code == 503
    levels = {record.levelname for record in caplog.records}
    assert levels == {"WARNING"}, "nobody is woken up for what passes"
    assert answer.headers["Retry-After"] == "10"
    assert "Rien n’est perdu" in answer.json()["message"]


@pytest.mark.django_db
def test_what_fails_around_the_views_is_told_too(
    author: User, school: Etablissement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session that cannot be read, then one that cannot be written."""
    client = signed_in(author)
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(SessionStore, "load", failing(PASSING[0][0]))
        assert client.get(reverse("portail:tableau")).status_code == 503
    monkeypatch.setattr(SessionStore, "save", failing(PASSING[3][0]))
    sent = {**START, "etablissement": school.uai, "email": "visiteuse@example.fr"}
    answer = Client(raise_request_exception=False).post(reverse("actions:declarer"), sent)
    assert answer.status_code == 503
    assert "Rien n’est perdu" in answer.content.decode()


@pytest.mark.django_db
def test_other_errors_stay_a_500_with_a_line_of_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for error in (BROKEN[0], RuntimeError()):
        caplog.clear()
        monkeypatch.setattr(declaration, "render", failing(error))  # type: ignore[arg-type]
        answer = Client(raise_request_exception=False).get(reverse("actions:declarer"))
        assert answer.status_code == 500
        assert "Retry-After" not in answer.headers
        assert answer.headers["X-Request-ID"] in answer.content.decode()
        assert [record for record in caplog.records if record.exc_info]


@pytest.mark.django_db
def test_nobody_waits_for_ever() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assert getattr(cursor.cursor, "patience", None) == 20
        else:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("20s",)


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_waited_too_long_loses_nothing(
    author: User, school: Etablissement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real lock on each database, held by another connection until the answer came."""
    client = signed_in(author)
    action = begin(client, school)
    data = {**fields(client, action), "title": "Écrit pendant ce temps"}
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Action.objects.filter(pk=action.pk).update(title="Tenu")
                held.set()
                done.wait(30)
                transaction.set_rollback(True)
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 50")
    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    address = reverse("actions:modifier", args=[action.pk])
    try:
        answer = client.post(address, data)
    finally:
        done.set()
        holder.join()
    assert answer.status_code == 503
    given = dict(hidden_fields(answer.content.decode()))
    assert given["title"] == "Écrit pendant ce temps"
    assert client.post(address, given).status_code == 302
    assert Action.objects.get(pk=action.pk).title == "Écrit pendant ce temps"
