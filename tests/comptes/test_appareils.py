"""Devices: recognised, told, ended; and how long a sign-in lasts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accroche.commun.models import JournalEntry, Message
from accroche.comptes import operations
from accroche.comptes.http import device_token
from accroche.comptes.models import Appareil, Role, User
from accroche.comptes.operations import appareils
from accroche.comptes.regles import TypeRole
from accroche.comptes.sessions import KEPT, RECOGNISED, SHORT
from tests import factories
from tests.comptes.test_connexion import ADDRESS, ask, code_sent_to, give
from tests.donnees import own_data_of
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


def browser() -> Client:
    return Client(headers={"user-agent": FIREFOX})


def enter(client: Client, address: str = ADDRESS, **more: str) -> Appareil:
    """Sign in with a code, as a person does; ``rester``: and stay."""
    ask(client, address)
    assert give(client, code_sent_to(address), **more).status_code == 302
    return Appareil.objects.latest("opened_at", "pk")


def is_in(client: Client) -> bool:
    return client.get(reverse("comptes:mon_compte")).status_code == 200


def later(device: Appareil, **columns: dt.timedelta) -> None:
    """As if that much time had passed since ``opened_at`` or ``seen_at``."""
    shifted = {name: timezone.now() - shift for name, shift in columns.items()}
    Appareil.objects.filter(pk=device.pk).update(**shifted)


def is_recognised(client: Client, user: User) -> bool:
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return appareils.is_known(user.email, device_token(request))


# -- how long ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stay", "seen", "opened", "still"),
    [
        ({}, 25 * MINUTE, 25 * MINUTE, True),
        ({}, 30 * MINUTE, 30 * MINUTE, False),
        ({}, MINUTE, dt.timedelta(hours=12), False),
        ({"rester": "1"}, 16 * DAY, 16 * DAY, True),
        ({"rester": "1"}, 30 * DAY, 30 * DAY, False),
        ({"rester": "1"}, DAY, 90 * DAY, False),
    ],
)
def test_a_sign_in_ends_by_itself(
    stay: dict[str, str], seen: dt.timedelta, opened: dt.timedelta, still: bool
) -> None:
    client = browser()
    later(enter(client, **stay), seen_at=seen, opened_at=opened)
    assert is_in(client) is still
    if not still:  # nothing of it is left in the browser either
        assert not client.cookies[settings.SESSION_COOKIE_NAME].value


def test_where_nobody_asked_to_stay_the_cookies_end_with_the_browser() -> None:
    client = browser()
    enter(client)
    assert not client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    assert not client.cookies["appareil"]["max-age"]


def test_on_a_device_of_one_s_own_the_cookies_stay_and_no_script_reads_them() -> None:
    client = browser()
    enter(client, rester="1")
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == KEPT.longest.total_seconds()
    cookie = client.cookies["appareil"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
        int(RECOGNISED.total_seconds()),
        True,
        "Lax",
    )


def test_a_visit_is_noted_from_time_to_time_and_no_session_is_written() -> None:
    client = browser()
    device = enter(client)
    address = reverse("comptes:mon_compte")

    def written() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        sqls = [query["sql"] for query in captured.captured_queries]
        return [sql.split()[0] for sql in sqls if sql.startswith(("INSERT", "UPDATE", "DELETE"))]

    assert not written()
    later(device, seen_at=SHORT.mark)
    assert written() == ["UPDATE"]
    assert not written()


def test_who_is_signed_in_costs_no_more_than_django_s_own_question() -> None:
    client, plain = browser(), Client()
    device = enter(client)
    plain.force_login(device.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    counts = []
    for visitor in (client, plain):
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(reverse("portail:accessibilite")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


# -- recognised -------------------------------------------------------------------------------------


def test_a_browser_is_recognised_by_its_person_only() -> None:
    client, other = browser(), factories.user("autre@ac-dijon.fr")
    device = enter(client, rester="1")
    assert is_recognised(client, device.user)
    assert not is_recognised(client, other)
    assert not is_recognised(browser(), device.user)


def test_signing_in_again_is_the_same_device_and_warns_nobody() -> None:
    client = browser()
    first = enter(client, rester="1")
    client.post(reverse("comptes:deconnexion"))
    assert not is_in(client)
    assert is_recognised(client, first.user)
    assert enter(client) == first
    assert is_in(client)
    assert not Message.objects.filter(key__startswith="appareil:").exists()


def test_two_people_at_one_computer_are_not_linked_in_the_table() -> None:
    client = browser()
    mine = enter(client)
    client.post(reverse("comptes:deconnexion"))
    theirs = enter(client, "autre@ac-dijon.fr")
    assert mine.user != theirs.user
    assert mine.token_hash != theirs.token_hash


def test_a_new_device_is_told_to_its_person_without_a_link() -> None:
    enter(browser())
    assert not Message.objects.filter(key__startswith="appareil:").exists(), "the first time warns nobody"
    device = enter(browser())
    mail = Message.objects.get(key=f"appareil:{device.pk}")
    assert mail.to == ADDRESS
    assert "Firefox sur Windows" in mail.body
    assert "http" not in mail.body


def test_a_cookie_of_somebody_s_own_making_is_nobody_s() -> None:
    client = browser()
    device = enter(client, rester="1")
    client.cookies["appareil"] = "inventé:1:2"
    assert not is_recognised(client, device.user)


def test_the_secrets_of_a_sign_in_are_kept_as_hashes() -> None:
    client = browser()
    device = enter(client)
    held = repr(Appareil.objects.filter(pk=device.pk).values())
    assert client.session["appareil"] not in held
    assert FIREFOX not in held
    assert "127.0.0" not in held


# -- ended ------------------------------------------------------------------------------------------


def test_a_device_that_is_ended_is_nobody_s_at_its_next_request() -> None:
    one, other = browser(), browser()
    enter(one)
    ended = enter(other)
    assert appareils.end_device(ended, at=timezone.now())
    assert not appareils.end_device(ended, at=timezone.now())
    assert not is_in(other)
    assert is_in(one)
    assert not is_recognised(other, ended.user)


def test_signing_out_everywhere_leaves_this_device_or_none() -> None:
    here, there, before = browser(), browser(), Client()
    there_device = enter(there)
    device = enter(here)
    # a sign-in from before devices were kept
    before.force_login(device.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert is_in(before)
    assert appareils.sign_out_everywhere(device.user, at=timezone.now(), but=device) == 1
    assert (is_in(here), is_in(there), is_in(before)) == (True, False, False)
    assert appareils.sign_out_everywhere(device.user, at=timezone.now()) == 1
    assert not is_in(here)
    assert not is_recognised(there, there_device.user)
    assert JournalEntry.objects.filter(verb="sign_out_everywhere").count() == 2


def test_an_older_sign_in_of_the_same_browser_is_over_once_it_signs_in_again() -> None:
    """A copy of its session opens nothing."""
    client, thief = browser(), Client()
    enter(client)
    thief.cookies = client.cookies.copy()  # type: ignore[assignment]
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    enter(client)
    assert is_in(client)
    assert not is_in(thief)


def test_a_deleted_or_closed_account_is_signed_in_nowhere() -> None:
    client = browser()
    user = enter(client).user
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)
    again = browser()
    device = enter(again, "autre@ac-dijon.fr")
    operations.delete_account(device.user, at=timezone.now())
    assert not is_in(again)
    assert not Appareil.objects.filter(user=device.user).exists()


def test_who_is_put_out_of_their_last_role_is_signed_out(where: factories.Territory) -> None:
    boss = factories.access(factories.person(TypeRole.ADMINISTRATEUR))
    client = browser()
    user = enter(client).user
    roles = [factories.role(user, TypeRole.LECTEUR, academie=where.academie) for _ in range(2)]
    operations.end_role(roles[0], access=boss, at=timezone.now())
    assert is_in(client)
    operations.end_role(roles[1], access=boss, at=timezone.now())
    assert not is_in(client)


def test_who_ends_their_own_last_role_stays_signed_in(where: factories.Territory) -> None:
    client = browser()
    user = enter(client).user
    role = factories.role(user, TypeRole.LECTEUR, academie=where.academie)
    client.post(reverse("comptes:terminer_role", args=[role.pk]))
    assert Role.objects.get().ended_at
    assert is_in(client)


# -- forgotten --------------------------------------------------------------------------------------


def test_devices_are_forgotten_in_time() -> None:
    user = factories.user()

    def device(seen: dt.timedelta, **columns: object) -> Appareil:
        number = Appareil.objects.count()
        rows = {"known_at": NOW, "opened_at": NOW - seen, "seen_at": NOW - seen, "label": "Firefox"}
        return Appareil.objects.create(user=user, token_hash=str(number), **rows, **columns)

    kept = [device(RECOGNISED - DAY, kept=True), device(dt.timedelta(hours=1), session_hash="a")]
    device(RECOGNISED + DAY, kept=True)
    device(dt.timedelta(hours=13), session_hash="b")
    device(DAY, kept=True, ended_at=NOW)
    assert appareils.purge(NOW) == 3
    assert set(Appareil.objects.all()) == set(kept)


# -- the page ---------------------------------------------------------------------------------------


def page(client: Client) -> str:
    response = client.get(reverse("comptes:mon_compte"))
    assert response.status_code == 200
    return response.content.decode()


def test_one_s_devices_are_told_in_plain_words() -> None:
    phone, here = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"}), browser()
    enter(phone, rester="1")
    enter(here)
    told = page(here)
    assert told.index("Firefox sur Windows") < told.index("Safari sur iPhone")
    assert told.count("Cet appareil") == 1
    assert "Me déconnecter des autres appareils" in told
    phone.post(reverse("comptes:deconnexion"))
    told = page(here)
    assert "Déconnecté" in told
    assert "Me déconnecter des autres appareils" not in told
    assert "Safari sur iPhone" in str(own_data_of(here)["appareils"])


def test_somebody_else_s_computer_leaves_nothing_on_the_page() -> None:
    passing, here = Client(headers={"user-agent": "Chrome Windows"}), browser()
    enter(passing)
    enter(here)
    assert "Chrome sur Windows" in page(here)
    passing.post(reverse("comptes:deconnexion"))
    assert "Chrome sur Windows" not in page(here)


def test_the_page_without_any_device_says_so() -> None:
    client = Client()
    client.force_login(factories.user(), backend=settings.AUTHENTICATION_BACKENDS[0])
    assert "Aucun n’est reconnu" in page(client)


def test_the_page_ends_one_device_the_others_or_all() -> None:
    here, one, other = browser(), browser(), browser()
    ended = enter(one)
    enter(other)
    enter(here)
    here.post(reverse("comptes:oublier_appareil", args=[ended.pk]))
    assert (is_in(here), is_in(one), is_in(other)) == (True, False, True)
    assert here.post(reverse("comptes:oublier_appareil", args=[ended.pk])).status_code == 404
    here.post(reverse("comptes:deconnexion_partout"), {"autres": "1"})
    assert (is_in(here), is_in(other)) == (True, False)
    enter(other)
    here.post(reverse("comptes:deconnexion_partout"))
    assert (is_in(here), is_in(other)) == (False, False)


def test_a_sign_in_from_before_devices_may_end_the_others_too() -> None:
    device = enter(there := browser())
    before = Client()
    before.force_login(device.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    before.post(reverse("comptes:deconnexion_partout"), {"autres": "1"})
    assert (is_in(before), is_in(there)) == (True, False)


def test_nobody_ends_a_device_of_somebody_else() -> None:
    mine, theirs = browser(), browser()
    device = enter(theirs, "autre@ac-dijon.fr")
    enter(mine)
    assert mine.post(reverse("comptes:oublier_appareil", args=[device.pk])).status_code == 404
    assert is_in(theirs)


def test_the_page_asks_as_much_for_three_devices_as_for_one() -> None:
    here, counts = browser(), []
    enter(here)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            page(here)
        counts.append(len(captured))
        enter(browser(), rester="1")
    assert counts[0] == counts[1]


def test_the_form_says_where_not_to_stay() -> None:
    client = browser()
    ask(client)
    form = client.get(reverse("comptes:code")).content.decode()
    assert "Rester connecté sur cet appareil" in form
    assert "ordinateur partagé" in form
    assert "checked" not in form


def test_who_writes_is_there() -> None:
    client = browser()
    device = enter(client)
    later(device, seen_at=SHORT.mark)
    assert client.get(reverse("comptes:presence")).status_code == 204
    device.refresh_from_db()
    assert timezone.now() - device.seen_at < MINUTE
