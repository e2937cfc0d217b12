"""What is logged and how: one line a fact, with the number of the request, and nothing that opens a door.

Django's own loggers and those of libraries go through the same formatters, which strike out addresses,
links and keys whatever wrote them, tracebacks included. See docs/adr for why this is the standard library.
"""

from __future__ import annotations

import datetime as dt
import hmac
import json
import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

#: What stands for something that is not written.
STRUCK: Final = "…"
#: Arguments of addresses that open something to whoever knows them.
SECRET_ARGUMENTS: Final = frozenset({"token"})


@dataclass(slots=True)
class Trajet:
    """A request under way, or a job: what each line logged meanwhile says of where it comes from."""

    number: str
    visitor: str = ""
    network: str = ""


#: The request or job under way in this thread.
current: ContextVar[Trajet | None] = ContextVar("accroche_trajet", default=None)


@contextmanager
def of_job(pk: int) -> Iterator[None]:
    """Mark what is logged meanwhile as the job's, unless it is a request that runs it at once."""
    token = current.set(current.get() or Trajet(f"job-{pk}"))
    try:
        yield
    finally:
        current.reset(token)


def pseudonym(identity: str, day: dt.date | None = None) -> str:
    """A name for ``identity`` (``user:12``, a session, a network) that changes every night.

    Within a day one visitor has one name; from one day to another nothing links them, and without the
    instance's key nobody goes back from the name to the identity.
    """
    return _pseudonym(identity, day or timezone.now().date(), settings.SECRET_KEY)


@lru_cache(1024)
def _pseudonym(identity: str, day: dt.date, secret: str) -> str:
    key = hmac.digest(secret.encode(), f"visiteur:{day.isoformat()}".encode(), "sha256")
    return hmac.digest(key, identity.encode("utf-8", "replace"), "sha256").hex()[:12]


# --- Striking out ---------------------------------------------------------------------------------

#: An address: looked for from its « @ », each side bounded.
_MAILBOX = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
#: Names of secrets in a query or a header.
_NAMES: Final = (
    *(
        "code",
        "state",
        "nonce",
        "id_token_hint",
        "id_token",
        "access_token",
        "refresh_token",
        "client_secret",
    ),
    *("csrfmiddlewaretoken", "sessionid", "csrftoken", "password", "secret_key"),
)
#: What a secret looks like there: its name, then its value.
_NAMED = re.compile(
    rf"(?i)\b({'|'.join(_NAMES)})" + r"(['\"]?\s?[=:]\s?['\"]?)[^\s'\"&;,)]{4,4096}",
)
#: Words long enough to be a key; which of them are is decided below.
_WORD = re.compile(r"[A-Za-z0-9_-]{24,}")


@cache
def _secret_paths() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The beginnings of the addresses that hold a secret; these and the secret."""
    starts = sorted(set(_starts(get_resolver().url_patterns, "")))
    pattern = re.compile(rf"(/(?:{'|'.join(map(re.escape, starts))}))([^\s/?#'\"<>]{{1,512}})")
    return tuple(f"/{start}" for start in starts), pattern


def _starts(patterns: list[Any], before: str) -> list[str]:
    found = []
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += _starts(entry.url_patterns, route)
        elif isinstance(entry, URLPattern) and SECRET_ARGUMENTS & set(entry.pattern.converters):
            found.append(route.partition("<")[0])
    return found


def _is_key(word: str) -> bool:
    """Whether a long word is one no person chose: letters of both cases and digits, or hexadecimal."""
    digits = any(letter.isdigit() for letter in word)
    lower, upper = any(map(str.islower, word)), any(map(str.isupper, word))
    return digits and ((lower and upper) or (len(word) >= 32 and "_" not in word))  # noqa: PLR2004 - a session's


def strike(text: str) -> str:
    """``text`` without addresses, links that open something, nor keys.

    A pattern is tried where its first words stand: looking for these takes a tenth of the time.
    """
    starts, opening = _secret_paths()
    if any(start in text for start in starts):
        text = opening.sub(rf"\1{STRUCK}", text)
    # other alphabets have letters that a pattern takes for one of ours
    small = text.lower() if text.isascii() else ""
    if not small or any(name in small for name in _NAMES):
        text = _NAMED.sub(rf"\1\2{STRUCK}", text)
    if "@" in text:
        text = _MAILBOX.sub(f"{STRUCK}@{STRUCK}", text)
    return _WORD.sub(lambda found: STRUCK if _is_key(found[0]) else found[0], text)


class ToldOnce(logging.Filter):
    """Leaves out what Django says of an answer that is no fault: the line of its request tells it already."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep what comes with a traceback."""
        return record.exc_info is not None


# --- Lines ----------------------------------------------------------------------------------------


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """Where a line comes from, then what it tells beside its sentence."""
    trajet = getattr(record, "trajet", None) or current.get()
    facts: dict[str, Any] = {}
    if trajet is not None:
        facts = {"request": trajet.number, "visitor": trajet.visitor, "network": trajet.network}
    told: Mapping[str, Any] = getattr(record, "facts", None) or {}
    return {name: value for name, value in {**facts, **told}.items() if value not in ("", None)}


#: Characters that would begin a line of their own, or command a terminal.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), 127)}


@lru_cache(2)
def _second(seconds: int, shape: str | None) -> str:
    return time.strftime(shape or "%Y-%m-%dT%H:%M:%S%z", time.localtime(seconds))


class Plain(logging.Formatter):
    """A sentence for a person: moment, level, logger, message, then facts as ``name=value``."""

    default_msec_format = None

    def __init__(self) -> None:
        """Keep the shape of a line."""
        super().__init__("{asctime} {levelname} {name}: {message}", "%Y-%m-%dT%H:%M:%S%z", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """The line, without what a traceback adds under it."""
        facts = " ".join(f"{name}={value}" for name, value in _facts(record).items())
        # the shape of ``__init__``, which the library would fill by all that a record holds
        line = f"{record.asctime} {record.levelname} {record.name}: {record.message}"
        line += f" [{facts}]" if facts else ""
        return line if line.isprintable() else line.translate(_CONTROLS)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - the same
        """The moment, which is the same for a whole second."""
        return _second(int(record.created), datefmt)

    def format(self, record: logging.LogRecord) -> str:
        """The whole, with nothing in it that must not be written."""
        return strike(super().format(record))


class Json(logging.Formatter):
    """One JSON object a line, for a machine that collects them."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole, with nothing in it that must not be written."""
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            line["stack"] = self.formatStack(record.stack_info)
        return json.dumps(
            {name: strike(value) if isinstance(value, str) else value for name, value in line.items()},
            ensure_ascii=False,
            default=lambda value: strike(str(value)),
        )
