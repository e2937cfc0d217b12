"""What servers say of a mail they refuse or give back, read and worded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.integrations.courriel import AvisError, en_clair, lire_avis
from accroche.integrations.courriel.refus import CLOSED, FILTERED, FULL, LATER, NO_DOMAIN, NOBODY, UNKNOWN


def notice(action: str = "failed", name: str = "<abc@site.fr>", headers_only: bool = False) -> bytes:
    """As Postfix writes it."""
    returned = (
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {name}\r\nSubject: Bonjour\r\n"
        if headers_only
        else f"Content-Type: message/rfc822\r\n\r\nMessage-ID: {name}\r\nSubject: Bonjour\r\n\r\nTexte\r\n"
    )
    return (
        "From: MAILER-DAEMON@mx.fr\r\nTo: accroche@site.fr\r\nSubject: Undelivered Mail\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you…\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.fr\r\nArrival-Date: Thu, 26 Nov 2026 10:00:00 +0100\r\n\r\n"
        "Final-Recipient: rfc822; camille@ac-dijon.fr\r\nOriginal-Recipient: rfc822;camille@ac-dijon.fr\r\n"
        f"Action: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <camille@ac-dijon.fr>: Recipient address\r\n"
        "    rejected: User unknown\r\n\r\n"
        f"--b\r\n{returned}\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize("headers_only", [False, True])
def test_a_notice_tells_who_which_mail_and_why(headers_only: bool) -> None:
    (told,) = lire_avis(notice(headers_only=headers_only))
    assert (told.address, told.message_id) == ("camille@ac-dijon.fr", "<abc@site.fr>")
    assert en_clair(told.reason) == NOBODY


def test_a_delay_is_no_return_and_another_mail_is_no_notice() -> None:
    assert lire_avis(notice("delayed")) == ()
    with pytest.raises(AvisError):
        lire_avis(b"Subject: Re: votre fiche\r\n\r\nMerci !")


@given(st.binary(max_size=400) | st.lists(st.sampled_from(notice().split(b"\r\n"))).map(b"\r\n".join))
def test_whatever_is_sent_to_that_mailbox_is_read_or_refused(raw: bytes) -> None:
    try:
        lire_avis(raw)
    except AvisError:
        return


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("550 5.1.1 no such user", NOBODY),
        ("550 Requested action not taken", NOBODY),
        ("smtp; 552 5.2.2 Mailbox full", FULL),
        ("452 4.2.2 over quota", FULL),
        ("550 5.2.1 disabled", CLOSED),
        ("450 4.1.2 Domain not found", NO_DOMAIN),
        ("554 5.7.1 spam", FILTERED),
        ("554 rejected", FILTERED),
        ("451 greylisted", LATER),
        ("451 4.7.500 Server busy", FILTERED),
        ("5.0.0", UNKNOWN),
        ("no end of it within the time given", UNKNOWN),
        (
            "« a@b » n’est pas une adresse à laquelle écrire.",
            "« a@b » n’est pas une adresse à laquelle écrire.",
        ),
    ],
)
def test_a_refusal_is_told_in_french(error: str, said: str) -> None:
    assert en_clair(error) == said
