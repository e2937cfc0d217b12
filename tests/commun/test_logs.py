"""What is logged, in both shapes, and what never is."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accroche.catalogue.queries import editions as queries
from accroche.commun import logs, securite
from accroche.commun.logs import Json, Plain, Trajet, current, pseudonym, strike
from accroche.commun.securite import Evenement
from config.env import ROOT
from tests.world import make_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.world import World

TOKEN = "q0tG4kX9-vB_7dLmN2sRzYw1PcEuHj5iKfA8oTbVxCg"  # noqa: S105 - opens nothing
SECRETS = (
    "prenom.nom+suite@ac-dijon.fr",
    "/declarer/lien/court",
    f"/declarer/lien/{TOKEN}/",
    f"https://accroche.example.fr/comptes/invitations/{TOKEN}/?suite=1",
    "/pilotage/invitations/abc",
    "/innovation/vote/abc/",
    "/comptes/connexion/proconnect/retour/?code=abcd1234&state=efgh5678",
    "id_token_hint=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhYmMifQ.AAAA",
    "Key (email)=(prenom@example.fr) already exists.",
    "sessionid=k3j5h2g4f6d8s9a0q1w2e3r4t5y6u7i8",
    "{'code': '482913'}",
    "0123456789abcdef0123456789abcdef01234567",
)
#: What a person who reads logs needs, and keeps.
KEPT = (
    "/editions/2015-2016/academies/lyon/",
    "accroche.actions.views.declaration_fiche",
    'File "/srv/accroche/accroche/actions/operations/declaration.py", line 12, in test_a_name_that_is_long_2',
    "job 12 (import_recensement) failed",
    "UNIQUE constraint failed: actions_action.slug",
    "/declarer/",
)


@pytest.mark.parametrize("text", SECRETS)
def test_what_opens_or_names_is_struck_out(text: str) -> None:
    for word in ("prenom", "court", TOKEN, "abc", "efgh", "eyJ", "k3j5", "482913", "01234567", "AAAA"):
        assert word not in strike(f"avant {text} après")


@pytest.mark.parametrize("text", KEPT)
def test_the_rest_is_kept(text: str) -> None:
    assert strike(text) == text


def test_every_route_that_takes_a_token_is_known(world: World) -> None:
    """The name of the argument is what marks it: a new one is struck out without being listed."""
    side = make_side("nancy-metz", "12")
    for name, kwargs in (
        ("actions:lien", {"token": "tok"}),
        ("votes:confirmer_vote", {"token": "tok"}),
        ("comptes:invitation", {"token": "tok"}),
        ("pilotage:ne_plus_inviter", {"token": "tok"}),
    ):
        assert "tok" not in strike(f"Not Found: {reverse(name, kwargs=kwargs)}")
    assert side.link


def record(message: str, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord(
        "accroche.essai", logging.WARNING, __file__, 1, message, None, more.pop("exc_info", None)
    )
    made.__dict__.update(more)
    return made


@pytest.fixture
def trajet() -> Iterator[Trajet]:
    held = Trajet("abc123", visitor="v1", network="n1")
    token = current.set(held)
    yield held
    current.reset(token)


def raised() -> Any:
    try:
        int(f"prenom@example.fr {TOKEN}")
    except ValueError as error:
        return type(error), error, error.__traceback__


def test_a_line_for_people(trajet: Trajet) -> None:
    line = Plain().format(record("Deux\nlignes\x1b", facts={"status": 200, "route": "/x/"}))
    assert "\n" not in line, "nobody writes a line of the log in a form"
    assert "\x1b" not in line
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING accroche.essai: ", line)
    assert line.endswith("[request=abc123 visitor=v1 network=n1 status=200 route=/x/]")


def test_a_line_for_machines(trajet: Trajet) -> None:
    line = Json().format(
        record("Deux\nlignes de prenom@example.fr", facts={"status": 200}, exc_info=raised())
    )
    assert "\n" not in line
    told = json.loads(line)
    assert told["request"] == "abc123"
    assert told["status"] == 200
    assert told["level"] == "WARNING"
    assert "ValueError" in told["exception"]
    assert dt.datetime.fromisoformat(told["time"]).tzinfo


@pytest.mark.parametrize("shape", [Plain(), Json()])
def test_a_traceback_tells_no_address_either(shape: logging.Formatter) -> None:
    line = shape.format(record("raté", exc_info=raised()))
    assert "ValueError" in line
    assert "prenom" not in line
    assert TOKEN not in line


def test_a_visitor_has_another_name_tomorrow() -> None:
    today, tomorrow = dt.date(2026, 3, 1), dt.date(2026, 3, 2)
    assert pseudonym("user:12", today) == pseudonym("user:12", today)
    assert pseudonym("user:12", today) != pseudonym("user:12", tomorrow)
    assert pseudonym("user:12", today) != pseudonym("user:13", today)


def test_a_refusal_is_told_louder_than_what_went_well(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for event in Evenement:
        securite.tell(event, role=3)
    levels = {entry.facts["event"]: entry.levelno for entry in caplog.records}  # type: ignore[attr-defined]
    assert levels["signed_in"] == logging.INFO
    assert levels["wrong_code"] == levels["csrf"] == levels["limited"] == logging.WARNING
    assert len(levels) == len(Evenement)


# --- Requests -------------------------------------------------------------------------------------


def facts_of(caplog: pytest.LogCaptureFixture, logger: str) -> list[dict[str, Any]]:
    return [entry.facts for entry in caplog.records if entry.name == logger]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_route(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    answer = Client().get(reverse("actions:lien", args=[TOKEN]) + "?code=secret")
    [told] = facts_of(caplog, "accroche.requests")
    assert told["route"] == "/declarer/lien/<str:token>/"
    assert told["status"] == answer.status_code
    assert told["method"] == "GET"
    assert told["ms"] >= 0
    assert len(answer.headers["X-Request-ID"]) == 12
    assert answer.headers["Referrer-Policy"] == "strict-origin"


@pytest.mark.django_db
def test_each_refusal_is_an_event(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    world.browser("no_role").get(reverse("comptes:personnes"))
    Client().get("/?q=%00")
    Client(enforce_csrf_checks=True).post(reverse("actions:declarer"), {"title": "a"})
    assert [told["event"] for told in facts_of(caplog, "accroche.securite")] == [
        "forbidden",
        "unreadable",
        "csrf",
    ]


@pytest.mark.django_db
def test_the_number_of_a_request_is_the_one_its_lines_hold(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen = []

    class Keep(logging.Handler):
        def emit(self, line: logging.LogRecord) -> None:
            seen.append(json.loads(Json().format(line)))

    def fail(*_args: Any) -> None:
        raise RuntimeError(f"échec pour prenom@example.fr avec {TOKEN}")

    monkeypatch.setattr(queries, "current_edition", fail)
    handler = Keep()
    logging.getLogger().addHandler(handler)
    try:
        answer = Client(raise_request_exception=False).get("/")
    finally:
        logging.getLogger().removeHandler(handler)
    number = answer.headers["X-Request-ID"]
    assert number in answer.content.decode()
    errors = [line for line in seen if line["level"] == "ERROR"]
    assert [line["request"] for line in errors] == [number]
    assert "RuntimeError" in errors[0]["exception"]
    assert "prenom" not in str(seen)
    assert TOKEN not in str(seen)


def test_the_guide_keeps_links_out_of_the_logs_of_the_server_in_front() -> None:
    guide = (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")
    [block] = re.findall(r"map \$uri \$accroche_uri \{(.*?)\}", guide, re.DOTALL)
    rules = [re.compile(rule) for rule in re.findall(r"~(\^\S+) ", block)]
    for name in ("actions:lien", "votes:confirmer_vote", "comptes:invitation", "pilotage:ne_plus_inviter"):
        assert any(rule.match(reverse(name, args=[TOKEN])) for rule in rules), name
    assert "$request_uri" not in guide
    assert django_settings.SECURE_REFERRER_POLICY == "same-origin"


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    *(
                        "/mes-actions/lien/",
                        "/invitation/",
                        "code",
                        "ſtate",
                        "STATE",
                        "Password",
                        "id_token_hint",
                        "=",
                    ),
                    *(":", "'", '"', " ", "&", "@", "a1B2c3D4e5F6g7H8i9J0k1L2", "\x1b", "é", "sessionid"),
                ]
            ),
            st.text(max_size=8),
        ),
        max_size=12,
    )
)
def test_looking_before_striking_lets_nothing_through(pieces: list[str]) -> None:
    """What is skipped because no name of a secret stands there is what the patterns would have left alone."""
    text = "".join(pieces)
    _, opening = logs._secret_paths()
    whole = logs._NAMED.sub(rf"\1\2{logs.STRUCK}", opening.sub(rf"\1{logs.STRUCK}", text))
    whole = logs._MAILBOX.sub(f"{logs.STRUCK}@{logs.STRUCK}", whole)
    whole = logs._WORD.sub(lambda found: logs.STRUCK if logs._is_key(found[0]) else found[0], whole)
    assert logs.strike(text) == whole
