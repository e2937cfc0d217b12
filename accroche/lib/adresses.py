"""Addresses of sites: which lead people somewhere, and which only a machine to itself."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_near(host: str) -> bool:
    """Whether a host name or address is this machine's, or one of a private network."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_private
    except ValueError:
        return False


def is_public(url: str) -> bool:
    """Whether the address of a site may be printed: whoever reads it elsewhere gets there."""
    return not is_near(urlsplit(url).hostname or "localhost")
