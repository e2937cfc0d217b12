"""Where a request comes from."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from accroche.commun.http import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("192.0.3.77", "192.0.3.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::6", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.9", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "?"),
        ("unix:", "?"),
    ],
)
def test_the_addresses_of_one_subscriber_are_one_network(address: str, network: str) -> None:
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network
