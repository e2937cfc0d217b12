"""What makes a signed token believable: who signed it, for whom, until when.

PyJWT does the cryptography. What is ours is to leave it no choice: the two signatures ProConnect makes with
keys it publishes, and every claim required. ``none`` and signatures made with our own secret are refused.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

import jwt

from accroche.integrations.proconnect.errors import UntrustedError

#: Signatures by a key ProConnect alone holds.
ALGORITHMS = ("RS256", "ES256")
#: Seconds two clocks may differ by.
LEEWAY = 30
#: The longest name a person has at ProConnect that we keep.
SUB_LENGTH = 191


def key_name(token: str) -> str:
    """The name of the key a token says it is signed with. Raises :class:`UntrustedError`."""
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise UntrustedError("This is no signed token.") from error
    if header.get("alg") not in ALGORITHMS:
        raise UntrustedError(f"A token signed with {header.get('alg')!r} is not accepted.")
    return str(header.get("kid", ""))


def find_key(keys: Mapping[str, Any], name: str) -> jwt.PyJWK | None:
    """The key called ``name`` among those published; the only one when the token names none."""
    try:
        known = jwt.PyJWKSet.from_dict(dict(keys)).keys
    except (jwt.PyJWTError, TypeError, AttributeError) as error:
        raise UntrustedError("The published keys cannot be read.") from error
    if not name:
        return known[0] if len(known) == 1 else None
    return next((key for key in known if key.key_id == name), None)


def claims(
    token: str, key: jwt.PyJWK, *, issuer: str, audience: str, required: tuple[str, ...]
) -> dict[str, Any]:
    """What a token says, once its signature, issuer, audience and dates are checked.

    ``required``: the claims it must carry besides ``iss``, ``aud`` and ``sub``; a date that is there is
    checked whether or not it is required. Raises :class:`UntrustedError`.
    """
    try:
        said: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "sub", *required]},
        )
    except jwt.PyJWTError as error:
        raise UntrustedError(f"The token is refused: {error}.") from error
    if not 0 < len(said["sub"]) <= SUB_LENGTH:
        raise UntrustedError("The token names nobody.")
    others = said["aud"] if isinstance(said["aud"], list) else [said["aud"]]
    if said.get("azp", audience) != audience or (len(others) > 1 and "azp" not in said):
        raise UntrustedError("The token was made for another site.")
    return said


def check_nonce(said: Mapping[str, Any], nonce: str) -> None:
    """Raise :class:`UntrustedError` unless the token answers this very attempt."""
    if not hmac.compare_digest(str(said.get("nonce", "")).encode(), nonce.encode()):
        raise UntrustedError("The token answers another attempt to sign in.")
