"""The authorization code flow with ProConnect: where to send the visitor, and who comes back.

Nothing here knows Django: a cache is any object with ``get`` and ``set``. How answers are bounded is in
``talk.py``, how few wait for them in ``guard.py``.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from accroche.integrations.proconnect import tokens
from accroche.integrations.proconnect.errors import UntrustedError
from accroche.integrations.proconnect.guard import guard_of
from accroche.integrations.proconnect.talk import Talk
from accroche.lib.deadline import Deadline

#: What is asked of ProConnect: an address and a name. No school and no académie would come, and the
#: organisation's number (siret) decides nothing here.
SCOPES = "openid given_name usual_name email"
#: How long the published addresses and keys are remembered, in seconds.
REMEMBERED = 3600
#: What an address needs to look like one.
ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s][^@\s.]*\.[^@\s]+")
ADDRESS_LENGTH = 254


class Cache(Protocol):
    """What is remembered between two sign-ins."""

    def get(self, key: str) -> Any:
        """Return what was kept, or None."""

    def set(self, key: str, value: Any, timeout: int) -> Any:
        """Keep ``value`` for ``timeout`` seconds."""


@dataclass(frozen=True, slots=True)
class Registration:
    """How ProConnect knows this site. ``issuer``: its address.

    Seconds: ``timeout`` without a byte, ``patience`` for all the answers a page needs.
    """

    issuer: str
    client_id: str
    client_secret: str
    timeout: float = 5.0
    patience: float = 8.0


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
        self._guard = guard_of(registration.issuer)

    def authorization_url(self, attempt: Attempt, redirect_uri: str) -> str:
        """Where to send who wants to sign in. Raises ``ProConnectError``.

        Nobody is sent to a provider that did not answer the last time, before it does.
        """
        if self._guard.is_suspect:
            with self._talk() as talk:
                self._remembered(talk, self._discovery, anew=True)
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
        return f"{self._own_endpoint('authorization_endpoint')}?{urlencode(query)}"

    def identify(self, code: str, attempt: Attempt, redirect_uri: str, *, issuer: str = "") -> Identity:
        """Exchange the code that came back for the person. Raises ``ProConnectError``.

        ``issuer``: who the returning address says it comes from, where it says so. After ``BusyError`` alone
        the code serves again.
        """
        if issuer and issuer != self._own.issuer:
            raise UntrustedError("The answer comes from another issuer.")
        with self._talk() as talk:
            return self._identified(talk, code, attempt, redirect_uri)

    def _identified(self, talk: Talk, code: str, attempt: Attempt, redirect_uri: str) -> Identity:
        got = talk.ask(
            "POST",
            self._endpoint(talk, "token_endpoint"),
            data={
                "grant_type": "authorization_code",
                "client_id": self._own.client_id,
                "client_secret": self._own.client_secret,
                "redirect_uri": redirect_uri,
                "code": code,
                "code_verifier": attempt.verifier,
            },
        )
        answer = got.mapping()
        id_token, access_token = str(answer.get("id_token", "")), str(answer.get("access_token", ""))
        said = self._claims(talk, id_token, "exp", "iat", "nonce")
        tokens.check_nonce(said, attempt.nonce)
        who = self._userinfo(talk, access_token)
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
        """Where to send who signs out, so that ProConnect does too. Raises ``ProConnectError``."""
        query = {"id_token_hint": id_token, "state": state, "post_logout_redirect_uri": return_uri}
        return f"{self._own_endpoint('end_session_endpoint')}?{urlencode(query)}"

    @contextmanager
    def _talk(self) -> Iterator[Talk]:
        """Talk to ProConnect, one of few at once, until the time of a page is over."""
        with self._guard.turn(), Deadline(self._own.patience) as deadline:
            yield Talk(deadline, self._own.timeout)

    def _userinfo(self, talk: Talk, access_token: str) -> dict[str, Any]:
        """The person, as a signed token: an unsigned answer is not ProConnect's."""
        url = self._endpoint(talk, "userinfo_endpoint")
        got = talk.ask("GET", url, headers={"Authorization": f"Bearer {access_token}"})
        if got.kind != "application/jwt":
            raise UntrustedError(f"The person came as {got.kind!r}, not as a signed token.")
        return self._claims(talk, got.body.decode(errors="replace").strip())

    def _claims(self, talk: Talk, token: str, *required: str) -> dict[str, Any]:
        name = tokens.key_name(token)
        url = self._endpoint(talk, "jwks_uri")
        key = tokens.find_key(self._remembered(talk, url), name)
        if key is None:  # keys change: read them again, once
            key = tokens.find_key(self._remembered(talk, url, anew=True), name)
        if key is None:
            raise UntrustedError("The token is signed with a key nobody published.")
        own = self._own
        return tokens.claims(token, key, issuer=own.issuer, audience=own.client_id, required=required)

    def _own_endpoint(self, name: str) -> str:
        """An address ProConnect publishes, read outside of any talk: remembered, it costs nobody a wait."""
        if (published := self._cache.get(_key(self._discovery))) is not None:
            return self._checked(published, name)
        with self._talk() as talk:
            return self._endpoint(talk, name)

    def _endpoint(self, talk: Talk, name: str) -> str:
        return self._checked(self._remembered(talk, self._discovery), name)

    @property
    def _discovery(self) -> str:
        return f"{self._own.issuer}/.well-known/openid-configuration"

    def _checked(self, published: Mapping[str, Any], name: str) -> str:
        """One of the addresses ProConnect publishes; they must be its own, and as safe as the issuer's."""
        if published.get("issuer") != self._own.issuer:
            raise UntrustedError(f"The issuer calls itself {published.get('issuer')!r}.")
        url = str(published.get(name, ""))
        scheme = self._own.issuer.partition(":")[0]
        if not url.startswith((f"{scheme}://", "https://")):
            raise UntrustedError(f"No usable {name} is published.")
        return url

    def _remembered(self, talk: Talk, url: str, *, anew: bool = False) -> Mapping[str, Any]:
        found = None if anew else self._cache.get(_key(url))
        if found is None:
            found = talk.ask("GET", url).mapping()
            self._cache.set(_key(url), found, REMEMBERED)
        return dict(found)


def _key(url: str) -> str:
    return f"proconnect:{hashlib.sha256(url.encode()).hexdigest()}"
