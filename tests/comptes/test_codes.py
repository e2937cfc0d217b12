"""Sign-in codes: how seldom one is guessed, and that nobody keeps another person out."""

from __future__ import annotations

import datetime as dt
import hmac
import re
import sqlite3
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accroche.commun import logs, middleware, plafonds
from accroche.commun.limites import LimitError
from accroche.commun.models import Message
from accroche.comptes.models import Appareil, CodeConnexion, User
from accroche.comptes.operations import appareils, codes, delete_account
from accroche.comptes.views import entree
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed
from tests.strictness import ROOT

pytestmark = pytest.mark.django_db

ADDRESS = "camille@ac-dijon.fr"
SECOND = dt.timedelta(seconds=1)


def ask(
    number: int = 0, *, known: bool = False, at: dt.datetime = NOW, email: str = ADDRESS
) -> CodeConnexion:
    """A code asked for from the ``number``-th network."""
    return codes.ask_code(email, known=known, network=f"10.{number // 256}.{number % 256}.0/24", at=at)


def sent(row: CodeConnexion) -> str:
    return codes.code_in_mail(row).replace(" ", "")


def wrong(row: CodeConnexion) -> str:
    return f"{(int(sent(row)) + 1) % 10**codes.DIGITS:0{codes.DIGITS}}"


# -- the sum ---------------------------------------------------------------------------------------


def guesses_a_year() -> int:
    """The most guesses ever compared with the codes of one account within a year: periods that just fit."""
    days = 366
    by_strangers = days * (plafonds.DAY // plafonds.CODES_MAILBOX.period) * plafonds.CODES_MAILBOX.most
    by_known_devices = days * plafonds.CODES_KNOWN_DAY.most
    return (by_strangers + by_known_devices) * codes.TRIES


def test_an_account_is_guessed_less_than_once_in_a_hundred_years() -> None:
    chance = guesses_a_year() / 10**codes.DIGITS
    assert chance < 0.01
    told = (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")
    assert f"{guesses_a_year():_}".replace("_", " ") in told, "the sum of the documentation"
    assert f"{chance:.2%}".replace("%", " %") in told


@pytest.mark.any_database
def test_strangers_get_no_more_codes_in_a_day_than_the_sum_says() -> None:
    """From as many networks as one likes, at full speed."""
    asked = 0
    for hour in range(24):
        for number in range(plafonds.CODES_MAILBOX.most + 3):
            try:
                ask(hour * 100 + number, at=NOW + dt.timedelta(hours=hour))
                asked += 1
            except LimitError:
                pass
    assert asked == 24 * plafonds.CODES_MAILBOX.most


@pytest.mark.any_database
def test_a_known_device_gets_no_more_codes_in_a_day_than_the_sum_says() -> None:
    asked = 0
    for hour in range(24):
        with suppress(LimitError):
            for _ in range(plafonds.CODES_KNOWN_HOUR.most + 3):
                ask(known=True, at=NOW + dt.timedelta(hours=hour))
                asked += 1
    assert asked == plafonds.CODES_KNOWN_DAY.most


# -- kept and dead ---------------------------------------------------------------------------------


def test_a_code_stands_nowhere_but_in_its_mail() -> None:
    row = ask()
    code = sent(row)
    assert re.fullmatch(r"\d{8}", code)
    assert code not in str(CodeConnexion.objects.values())
    assert row.code_hash != CodeConnexion(code_hash=code).code_hash
    mail = Message.objects.get()
    assert f"{code[:4]} {code[4:]}" in mail.subject
    assert f"{code[:4]} {code[4:]}" in mail.body
    assert codes.try_code([row.pk], code, at=NOW).email == ADDRESS
    assert not Message.objects.exists(), "once used, its mail is forgotten"


def test_no_account_is_made_before_the_mailbox_is_proved() -> None:
    row = ask(email="Nouvelle@ac-dijon.fr")
    assert not User.objects.exists()
    assert codes.try_code([row.pk], sent(row), at=NOW) == User.objects.get(email="nouvelle@ac-dijon.fr")


def test_a_used_code_is_dead() -> None:
    row = ask()
    code = sent(row)
    codes.try_code([row.pk], code, at=NOW)
    with pytest.raises(codes.DeadCodeError):
        codes.try_code([row.pk], code, at=NOW)


def test_a_code_ends_with_its_quarter_of_an_hour() -> None:
    row = ask()
    with pytest.raises(codes.DeadCodeError):
        codes.try_code([row.pk], sent(row), at=NOW + codes.LASTS)
    assert codes.try_code([row.pk], sent(row), at=NOW + codes.LASTS - SECOND)


def test_a_code_tried_too_often_is_dead_for_the_right_one_too() -> None:
    row = ask()
    for left in range(codes.TRIES - 1, 0, -1):
        with pytest.raises(codes.CodeError, match=f"{left} essai"):
            codes.try_code([row.pk], wrong(row), at=NOW)
    for code in (wrong(row), sent(row)):
        with pytest.raises(codes.DeadCodeError):
            codes.try_code([row.pk], code, at=NOW)


def test_of_two_mails_that_cross_both_codes_serve_and_each_counts_its_tries() -> None:
    first, second = ask(), ask()
    both = [first.pk, second.pk]
    with pytest.raises(codes.CodeError):
        codes.try_code(both, wrong(second), at=NOW)
    assert list(CodeConnexion.objects.values_list("tries", flat=True)) == [1, 1]
    assert codes.try_code(both, sent(first), at=NOW)


def test_purging_forgets_what_expired_and_its_mail_and_keeps_the_rest() -> None:
    ask()
    kept = ask(at=NOW + SECOND)
    assert codes.purge(NOW + codes.LINK_LASTS) == 1
    assert CodeConnexion.objects.get() == kept
    assert Message.objects.get().key.endswith(str(kept.pk))


def test_a_deleted_account_leaves_neither_codes_nor_devices() -> None:
    row = ask()
    person: User = codes.try_code([row.pk], sent(row), at=NOW)
    appareils.open_device(person, "navigateur", label="", kept=True, at=NOW)
    ask()
    delete_account(person, at=NOW)
    assert not CodeConnexion.objects.exists()
    assert not Appareil.objects.exists()
    assert not Message.objects.filter(to=ADDRESS).exists()


# -- at once ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_share_the_tries_of_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = counted_comparisons(monkeypatch)
    row = ask()
    results = at_once(20, lambda number: codes.try_code([row.pk], f"{number:08}", at=NOW))
    assert passed(results, codes.CodeError) == 0
    assert len(compared) == codes.TRIES
    with pytest.raises(codes.DeadCodeError):
        codes.try_code([row.pk], sent(row), at=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_right_code_given_at_once_enters_once() -> None:
    row = ask()
    code = sent(row)
    results = at_once(4, lambda _: codes.try_code([row.pk], code, at=NOW))
    assert passed(results, codes.DeadCodeError) == 1
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_codes_asked_for_at_once_share_the_limit_of_the_mailbox() -> None:
    results = at_once(25, ask)
    assert passed(results, LimitError) == plafonds.CODES_MAILBOX.most == CodeConnexion.objects.count()
    assert Message.objects.count() == plafonds.CODES_MAILBOX.most
    one_network = at_once(12, lambda _: ask(1, email="autre@ac-dijon.fr"))
    assert passed(one_network, LimitError) == plafonds.CODES_MAILBOX_NETWORK.most


def counted_comparisons(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write down each comparison of a guess with a code."""
    compared: list[str] = []
    compare = hmac.compare_digest

    def counting(kept: str, given: str) -> bool:
        compared.append(given)
        return compare(kept, given)

    monkeypatch.setattr(hmac, "compare_digest", counting)
    return compared


@pytest.mark.django_db(transaction=True)
def test_a_crowd_of_guessers_compares_no_more_than_the_sum_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thread asks from its own networks, then guesses at every code, its own and those of the others."""
    compared = counted_comparisons(monkeypatch)

    def attack(number: int) -> None:
        for turn in range(6):
            with suppress(LimitError):
                ask(number * 10 + turn)
            for row in CodeConnexion.objects.all():
                for guess in range(3):
                    try:
                        codes.try_code([row.pk], f"{number:04}{turn:02}{guess:02}", at=NOW)
                    except codes.CodeError:
                        continue

    passed(at_once(8, attack), ValueError)
    assert CodeConnexion.objects.count() == plafonds.CODES_MAILBOX.most
    assert len(compared) == plafonds.CODES_MAILBOX.most * codes.TRIES


# -- nobody is kept out ----------------------------------------------------------------------------


def post(client: Client, name: str, data: dict[str, str], network: int = 7) -> Any:
    return client.post(reverse(name), data, REMOTE_ADDR=f"172.16.{network}.9")


def latest() -> str:
    """The code of the last mail to the owner."""
    return Message.objects.filter(to=ADDRESS).latest("pk").subject[:9]


def enters(client: Client, code: str) -> bool:
    response = post(client, "comptes:code", {"code": code, "action": "verify"})
    return bool(response.status_code == 302 and client.get(reverse("portail:tableau")).status_code == 200)


def strangers_flood() -> None:
    """Strangers of many networks ask until nobody is given anything, and miss all they were given."""
    given = []
    for number in range(4 * plafonds.CODES_MAILBOX.most):
        try:
            given.append(ask(number, at=timezone.now()))
        except LimitError:
            continue
    for row in given:
        for _ in range(codes.TRIES + 1):
            with pytest.raises(codes.CodeError):
                codes.try_code([row.pk], wrong(row), at=timezone.now())
    with pytest.raises(LimitError):
        ask(999, at=timezone.now())


def test_strangers_never_slow_a_person_on_a_known_device() -> None:
    owner = Client()
    post(owner, "comptes:connexion", {"email": ADDRESS})
    assert enters(owner, latest())
    owner.post(reverse("comptes:deconnexion"))
    strangers_flood()
    assert post(owner, "comptes:connexion", {"email": ADDRESS}).status_code == 302
    assert enters(owner, latest())


@pytest.mark.any_database
def test_a_code_already_received_on_a_new_device_survives_strangers() -> None:
    owner = Client()
    post(owner, "comptes:connexion", {"email": ADDRESS})
    code = latest()
    strangers_flood()
    assert enters(owner, code)


@pytest.mark.any_database
@pytest.mark.parametrize("forged", ["", "x", "navigateur:1:2", "navigateur"])
def test_a_forged_cookie_makes_no_known_device(forged: str) -> None:
    appareils.open_device(factories.user(ADDRESS), "navigateur", label="", kept=True, at=timezone.now())
    strangers_flood()
    stranger = Client()
    stranger.cookies["appareil"] = forged
    assert post(stranger, "comptes:connexion", {"email": ADDRESS}).status_code == 429


def link_of(mail: Message) -> str:
    found = re.search(r"https?://[^/]+(/comptes/connexion/lien/\S+)", mail.body)
    assert found
    return found[1]


@pytest.mark.any_database
def test_what_strangers_had_sent_lets_the_owner_in_on_any_device() -> None:
    """They asked until no code is sent to the owner any more, and missed each one as often as they could."""
    strangers_flood()
    mail = Message.objects.filter(to=ADDRESS).earliest("pk")
    owner = Client()
    assert post(owner, "comptes:connexion", {"email": ADDRESS}).status_code == 429
    address = link_of(mail)
    page = owner.get(address)
    assert ADDRESS in page.content.decode()
    assert owner.get(address).status_code == 200, "a mail scanner uses nothing up"
    assert owner.post(address).headers["Location"] == reverse("portail:tableau")
    assert owner.get(reverse("portail:tableau")).status_code == 200


def test_a_link_and_its_code_are_dead_together() -> None:
    first, second = ask(), ask()
    mails = {row.pk: Message.objects.get(key=f"code:{row.pk}") for row in (first, second)}
    tokens = {pk: link_of(mail).split("/")[-2] for pk, mail in mails.items()}
    code = sent(first)
    assert tokens[first.pk] not in str(CodeConnexion.objects.values())
    assert codes.use_link(tokens[first.pk], at=NOW).email == ADDRESS
    with pytest.raises(codes.DeadCodeError):
        codes.try_code([first.pk], code, at=NOW)
    codes.try_code([second.pk], sent(second), at=NOW)
    for token in (*tokens.values(), "inventé"):
        with pytest.raises(codes.DeadCodeError):
            codes.use_link(token, at=NOW)
    assert not Message.objects.exists()


def test_a_link_serves_as_long_as_more_codes_are_refused_and_then_says_it_does_not(client: Client) -> None:
    row = ask()
    address = link_of(Message.objects.get())
    token = address.split("/")[-2]
    with pytest.raises(codes.DeadCodeError):
        codes.open_link(token, at=NOW + plafonds.CODES_MAILBOX.period)
    assert codes.open_link(token, at=NOW + plafonds.CODES_MAILBOX.period - SECOND) == row
    response = client.get(address)
    assert response.status_code == 410, "two days later"
    assert "plus d’une heure" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_link_followed_at_once_enters_once() -> None:
    ask()
    token = link_of(Message.objects.get()).split("/")[-2]
    assert passed(at_once(4, lambda _: codes.use_link(token, at=NOW)), codes.DeadCodeError) == 1


@pytest.mark.any_database
def test_a_refusal_says_when_to_come_back_and_keeps_the_address() -> None:
    strangers_flood()
    response = post(Client(), "comptes:connexion", {"email": ADDRESS})
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    page = response.content.decode()
    assert "Réessayez à partir de" in page
    assert f'value="{ADDRESS}"' in page


def test_too_many_new_codes_on_the_page_of_the_code_are_refused_there() -> None:
    client = Client()
    post(client, "comptes:connexion", {"email": ADDRESS})
    statuses = [post(client, "comptes:code", {"action": "resend"}).status_code for _ in range(5)]
    assert statuses == [302] * 4 + [429]
    assert enters(client, latest()), "what was received serves"


def test_what_cannot_be_a_code_costs_no_try() -> None:
    client = Client()
    post(client, "comptes:connexion", {"email": ADDRESS})
    for typed in ("1234 567", "abcdefgh", "１２３４５６７８", "123456789"):
        assert post(client, "comptes:code", {"code": typed, "action": "verify"}).status_code == 200
    assert CodeConnexion.objects.get().tries == 0
    code = latest()
    assert enters(client, f" {code[:2]}-{code[2:4]}.{code[5:]} ")


def busy(*_: object, **__: object) -> None:
    """What a write meets beside somebody who writes for too long."""
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("database is locked") from cause


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by_link", [False, True])
def test_a_sign_in_that_could_not_be_written_leaves_the_code_as_it_was(
    by_link: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says that nothing is lost, and to send it again."""
    client = Client(raise_request_exception=False)
    client.post(reverse("comptes:connexion"), {"email": ADDRESS})
    mail = Message.objects.get(key__startswith="code:")
    code = re.sub(r"\D", "", mail.subject)
    address, sending = reverse("comptes:code"), {"code": code}
    if by_link:
        address, sending = re.findall(r"https?://[^/]+(/comptes/connexion/\S+)", mail.body)[0], {}
    with monkeypatch.context() as while_busy:
        while_busy.setattr(entree, "open_device", busy)
        assert client.post(address, sending).status_code == 503
    assert client.post(address, sending).status_code == 302
    assert client.get(reverse("comptes:mon_compte")).status_code == 200
    assert Appareil.objects.count() == 1


@pytest.mark.parametrize("wanted", ["foo", "portail:tableau", "comptes:invitation", "..", "?a", "#a"])
def test_the_page_to_go_on_to_is_an_address_and_never_a_name(wanted: str) -> None:
    client = Client()
    client.post(reverse("comptes:connexion"), {"email": ADDRESS, "next": wanted})
    code = re.sub(r"\D", "", Message.objects.get(key__startswith="code:").subject)
    answer = client.post(reverse("comptes:code"), {"code": code, "next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("portail:tableau"))
    again = client.get(reverse("comptes:connexion"), {"next": wanted})
    assert again.headers["Location"] == reverse("portail:tableau")


def test_who_is_signed_in_has_one_name_in_the_log_whatever_the_cookie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []

    def tell(*_: object) -> None:
        trajet = logs.current.get()
        told.append(trajet.visitor if trajet else "")

    for _ in range(2):
        client = Client()
        client.post(reverse("comptes:connexion"), {"email": ADDRESS})
        code = re.sub(r"\D", "", Message.objects.get(key__startswith="code:").subject)
        assert client.post(reverse("comptes:code"), {"code": code}).status_code == 302
        with monkeypatch.context() as listening:
            listening.setattr(middleware, "_tell", tell)
            client.get(reverse("comptes:mon_compte"))
    assert told == [logs.pseudonym(f"user:{User.objects.get().pk}")] * 2
