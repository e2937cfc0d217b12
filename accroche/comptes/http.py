"""What a view reads of a request about its visitor."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

from accroche.comptes.permissions import Access


def current_access(request: HttpRequest) -> Access:
    """Return what the visitor may do, as the middleware found it."""
    access: Access = request.access  # type: ignore[attr-defined]
    return access


#: What one subscriber or one school holds: their addresses count as one.
IPV4_PREFIX, IPV6_PREFIX = 24, 64


def network_of(request: HttpRequest) -> str:
    """The network a request comes from: « 192.0.2.0/24 », « 2001:db8::/64 », « ? » for what is no address.

    Behind a proxy, the server in front gives the visitor's address (docs/exploitation.md).
    """
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0])
    except ValueError:
        return "?"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return str(ip_network((address, IPV6_PREFIX), strict=False))
        address = address.ipv4_mapped
    return str(ip_network((address, IPV4_PREFIX), strict=False))
