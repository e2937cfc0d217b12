"""The authorization code flow with ProConnect: where to send the visitor, and who comes back.

Nothing here knows Django: a cache is any object with ``get`` and ``set``. Each answer is bounded in time,
and followed to no other address.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import requests

from accroche.integrations.proconnect import tokens
from accroche.integrations.proconnect.errors import UnavailableError, UntrustedError

#: What is asked of ProConnect: an address and a name. No school and no académie would come, and the
#: organisation's number (siret) decides nothing here.
SCOPES = "openid given_name usual_name email"
#: How long the published addresses and keys are remembered, in seconds.
REMEMBERED = 3600
#: What an address needs to look like one.
ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s][^@\s.]*\.[^@\s]+")
ADDRESS_LENGTH = 254
SERVER_ERROR = 500
TOO_MANY = 429


class Cache(Protocol):
    """What is remembered between two sign-ins."""

    def get(self, key: str) -> Any:
        """Return what was kept, or None."""

    def set(self, key: str, value: Any, timeout: int) -> Any:
        """Keep ``value`` for ``timeout`` seconds."""


@dataclass(frozen=True, slots=True)
class Registration:
    """How ProConnect knows this site. ``issuer``: its address; ``timeout``: seconds an answer may take."""

    issuer: str
    client_id: str
    client_secret: str
    timeout: float = 5.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """The secrets of one attempt to sign in, kept in the visitor's session and used once."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Attempt:
        """Return fresh ones: ProConnect wants at least 32 characters."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """What proves later that the code comes back to who asked (PKCE, S256)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came back. ``email_verified``: whether it is said, in so many words, that the mailbox is theirs."""

    sub: str
    email: str
    email_verified: bool
    name: str
    id_token: str


class ProConnect:
    """The provider, as one site is registered there."""

    def __init__(self, registration: Registration, cache: Cache) -> None:
        """Ask nothing yet."""
        self._own = registration
        self._cache = cache

    def authorization_url(self, attempt: Attempt, redirect_uri: str) -> str:
        """Where to send who wants to sign in. Raises :class:`ProConnectError`."""
        # any other parameter is refused by ProConnect
        query = {
            "response_type": "code",
            "client_id": self._own.client_id,
            "redirect_uri": redirect_uri,
            "scope": SCOPES,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._endpoint('authorization_endpoint')}?{urlencode(query)}"

    def identify(self, code: str, attempt: Attempt, redirect_uri: str, *, issuer: str = "") -> Identity:
        """Exchange the code that came back for the person. Raises :class:`ProConnectError`.

        ``issuer``: who the returning address says it comes from, where it says so.
        """
        if issuer and issuer != self._own.issuer:
            raise UntrustedError("The answer comes from another issuer.")
        got = self._ask(
            "POST",
            self._endpoint("token_endpoint"),
            data={
                "grant_type": "authorization_code",
                "client_id": self._own.client_id,
                "client_secret": self._own.client_secret,
                "redirect_uri": redirect_uri,
                "code": code,
                "code_verifier": attempt.verifier,
            },
        )
        answer = _mapping(got)
        id_token, access_token = str(answer.get("id_token", "")), str(answer.get("access_token", ""))
        said = self._claims(id_token, "exp", "iat", "nonce")
        tokens.check_nonce(said, attempt.nonce)
        who = self._userinfo(access_token)
        if who["sub"] != said["sub"]:
            raise UntrustedError("The two answers name two people.")
        email = str(who.get("email", "")).strip().lower()
        if len(email) > ADDRESS_LENGTH or not ADDRESS.fullmatch(email):
            raise UntrustedError("No usable address came with the person.")
        return Identity(
            sub=said["sub"],
            email=email,
            email_verified=who.get("email_verified") is True,
            name=" ".join(f"{who.get('given_name', '')} {who.get('usual_name', '')}".split())[:150],
            id_token=id_token,
        )

    def logout_url(self, id_token: str, state: str, return_uri: str) -> str:
        """Where to send who signs out, so that ProConnect does too. Raises :class:`ProConnectError`."""
        query = {"id_token_hint": id_token, "state": state, "post_logout_redirect_uri": return_uri}
        return f"{self._endpoint('end_session_endpoint')}?{urlencode(query)}"

    def _userinfo(self, access_token: str) -> dict[str, Any]:
        """The person, as a signed token: an unsigned answer is not ProConnect's."""
        url = self._endpoint("userinfo_endpoint")
        got = self._ask("GET", url, headers={"Authorization": f"Bearer {access_token}"})
        kind = got.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind != "application/jwt":
            raise UntrustedError(f"The person came as {kind!r}, not as a signed token.")
        return self._claims(got.text.strip())

    def _claims(self, token: str, *required: str) -> dict[str, Any]:
        name = tokens.key_name(token)
        url = self._endpoint("jwks_uri")
        key = tokens.find_key(self._remembered(url), name)
        if key is None:  # keys change: read them again, once
            key = tokens.find_key(self._remembered(url, anew=True), name)
        if key is None:
            raise UntrustedError("The token is signed with a key nobody published.")
        own = self._own
        return tokens.claims(token, key, issuer=own.issuer, audience=own.client_id, required=required)

    def _endpoint(self, name: str) -> str:
        """One of the addresses ProConnect publishes; they must be its own, and as safe as the issuer's."""
        published = self._remembered(f"{self._own.issuer}/.well-known/openid-configuration")
        if published.get("issuer") != self._own.issuer:
            raise UntrustedError(f"The issuer calls itself {published.get('issuer')!r}.")
        url = str(published.get(name, ""))
        scheme = self._own.issuer.partition(":")[0]
        if not url.startswith((f"{scheme}://", "https://")):
            raise UntrustedError(f"No usable {name} is published.")
        return url

    def _remembered(self, url: str, *, anew: bool = False) -> Mapping[str, Any]:
        key = f"proconnect:{hashlib.sha256(url.encode()).hexdigest()}"
        found = None if anew else self._cache.get(key)
        if found is None:
            found = _mapping(self._ask("GET", url))
            self._cache.set(key, found, REMEMBERED)
        return dict(found)

    def _ask(self, method: str, url: str, **options: Any) -> requests.Response:
        try:
            got = requests.request(method, url, timeout=self._own.timeout, allow_redirects=False, **options)
        except requests.RequestException as error:
            raise UnavailableError(f"{url}: no answer ({type(error).__name__}).") from error
        if got.status_code >= SERVER_ERROR or got.status_code == TOO_MANY:
            raise UnavailableError(f"{url}: status {got.status_code}.")
        if got.status_code != requests.codes.ok:
            raise UntrustedError(f"{url}: status {got.status_code}.")
        return got


def _mapping(got: requests.Response) -> dict[str, Any]:
    try:
        found = got.json()
    except ValueError as error:
        raise UntrustedError(f"{got.url}: no JSON.") from error
    if not isinstance(found, dict):
        raise UntrustedError(f"{got.url}: not what was expected.")
    return found
