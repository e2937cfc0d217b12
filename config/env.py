"""Every setting an instance may have, read once from the environment.

The table below is the only list: ``docs/exploitation.md`` is tested against it, and an unknown
``ACCROCHE_*`` variable is refused, so that a misspelt one is never silently ignored.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

#: Seconds a writer waits for another before the page of a 503, on both databases.
LOCK_SECONDS = 20

ROOT = Path(__file__).resolve().parent.parent


class EnvError(ValueError):
    """A variable has a value that cannot be used; the message says which and what to write."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its default (as text), how it is read, what it is for."""

    name: str
    default: str
    read: Callable[[str], Any]
    purpose: str


def _flag(text: str) -> bool:
    values = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
    try:
        return values[text.strip().lower()]
    except KeyError:
        raise EnvError(f"write true or false, not {text!r}") from None


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    return path if path.is_absolute() else ROOT / path


def _place(text: str) -> Path | None:
    """A folder that need not be named."""
    return _folder(text) if text else None


def _index(text: str) -> Path | str | None:
    """A folder, none by « off », or the usual one."""
    return None if text.strip().lower() == "off" else _folder(text) if text else ""


def _mailbox(text: str) -> str:
    name, at, host = text.strip().partition("@")
    if text.strip() and not (name and at and "." in host and " " not in text.strip()):
        raise EnvError(f"write an e-mail address such as contact@example.fr, not {text!r}")
    return text.strip()


def _worker(text: str) -> str:
    if text not in {"embedded", "separate"}:
        raise EnvError(f"write embedded or separate, not {text!r}")
    return text


def _megabytes(text: str) -> int:
    """A size in megabytes; in bytes once read."""
    try:
        size = int(text)
    except ValueError:
        size = -1
    if size < 0:
        raise EnvError(f"write a number of megabytes, not {text!r}")
    return size * 1_000_000


def _number(text: str) -> int:
    """A number, 0 included."""
    if not (text.isascii() and text.isdigit()):
        raise EnvError(f"write a number, not {text!r}")
    return int(text)


def _log(text: str) -> str:
    if text not in {"plain", "json"}:
        raise EnvError(f"write plain or json, not {text!r}")
    return text


def _hsts(text: str) -> str:
    if text not in {"host", "subdomains", "preload"}:
        raise EnvError(f"write host, subdomains or preload, not {text!r}")
    return text


def _site_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise EnvError(f"write a full address such as https://accroche.example.fr, not {text!r}")
    return text.rstrip("/")


def _issuer(text: str) -> str:
    """Only a machine of one's own is reached without TLS."""
    url = text.strip()
    parts = urlsplit(url)
    near = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
    if url and not ((parts.scheme == "https" and parts.netloc) or near):
        raise EnvError(f"write the issuer's https address, not {text!r}")
    return url.removesuffix("/.well-known/openid-configuration")


def _tiles(text: str) -> str:
    """The address of tiles: one host, so that the page may open itself to it alone."""
    url = text.strip()
    parts = urlsplit(url)
    placed = all(part in parts.path + parts.query for part in ("{z}", "{x}", "{y}"))
    if url and not (
        parts.scheme == "https" and parts.netloc and placed and not set(parts.netloc) & set("{};, ")
    ):
        raise EnvError("write an address such as https://tuiles.example.fr/{z}/{x}/{y}.png, with one host")
    return url


TABLE: tuple[Variable, ...] = (
    Variable("ACCROCHE_DATA", "var", _folder, "Folder that holds all an instance writes"),
    Variable(
        "ACCROCHE_MIN_FREE",
        "500",
        _megabytes,
        "Megabytes left on the disk under which nothing large is taken",
    ),
    Variable("ACCROCHE_BACKUP_DIR", "", _place, "Folder of backups; empty, in ACCROCHE_DATA"),
    Variable("ACCROCHE_BACKUP_KEYS", "", _words, "Public keys (age or SSH) backups are encrypted to"),
    Variable("ACCROCHE_INDEX", "", _index, "Folder of the search index; empty, in ACCROCHE_DATA; off: none"),
    Variable("DATABASE_URL", "", str, "sqlite:///path or postgresql://user:password@host:port/name"),
    Variable("ACCROCHE_SECRET_KEY", "", str, "Signing key; made and kept in ACCROCHE_DATA when empty"),
    Variable("ACCROCHE_DEBUG", "false", _flag, "Developer pages; never on a public instance"),
    Variable("ACCROCHE_HOSTS", "localhost,127.0.0.1", _words, "Host names served, separated by commas"),
    Variable("ACCROCHE_HTTPS", "false", _flag, "Redirect to HTTPS, secure cookies, HSTS"),
    Variable("ACCROCHE_HSTS", "host", _hsts, "What HTTPS is promised for: host, subdomains or preload"),
    Variable("ACCROCHE_SITE_URL", "http://127.0.0.1:8000", _site_url, "Public address, printed in documents"),
    Variable("ACCROCHE_ORGANISATION", "Accroche", str, "Who publishes: on covers and in the legal notice"),
    Variable("ACCROCHE_ADDRESS", "", str, "Postal address of who publishes, for the legal notice"),
    Variable("ACCROCHE_HOSTING", "", str, "Name and address of the hosting company, for the legal notice"),
    Variable("ACCROCHE_CONTACT", "", _mailbox, "E-mail address for questions, obstacles and flaws"),
    Variable(
        "ACCROCHE_OFFICES_PUBLIC", "false", _flag, "Shows the address each académie gave on « Contact »"
    ),
    Variable(
        "ACCROCHE_MAIL_URL", "", str, "smtp(s)://user:password@host:port; empty: mails stay in the database"
    ),
    Variable("ACCROCHE_MAIL_FROM", "", _mailbox, "Sender of the mails; ACCROCHE_CONTACT when empty"),
    Variable("ACCROCHE_DEMO", "false", _flag, "Shows every mail on a page and offers demo accounts"),
    Variable(
        "ACCROCHE_PROCONNECT_URL", "", _issuer, "Issuer of ProConnect, ending in /api/v2; empty: no button"
    ),
    Variable("ACCROCHE_PROCONNECT_CLIENT_ID", "", str, "How ProConnect calls this site"),
    Variable("ACCROCHE_PROCONNECT_CLIENT_SECRET", "", str, "What ProConnect gave this site to prove itself"),
    Variable(
        "ACCROCHE_MAP_TILES", "", _tiles, "Tiles under the map: https://host/{z}/{x}/{y}.png; empty, outlines"
    ),
    Variable("ACCROCHE_MAP_CREDIT", "", str, "Who made these tiles, as the map has to say it"),
    Variable("ACCROCHE_WORKER", "embedded", _worker, "Who runs long jobs: the web process, or accroche work"),
    Variable("ACCROCHE_LOG", "plain", _log, "Lines of the log: plain, for people, or json, for machines"),
    Variable("ACCROCHE_PAGES_KEPT", "2000", _number, "Public pages kept ready; 0: each is made each time"),
    Variable("ACCROCHE_PAGES_FOLDER", "", _place, "Folder in which processes share them; empty: memory"),
    Variable("ACCROCHE_CDN_SECONDS", "0", _number, "Seconds for which a cache in front need not ask again"),
    Variable("ACCROCHE_STATE_BRAND", "false", _flag, "State brand of the DSFR (State sites only)"),
)


def read_environment(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return every setting of the table, read and checked.

    Raises :class:`EnvError` on an unknown ``ACCROCHE_*`` variable or an unusable value.
    """
    known = {variable.name for variable in TABLE}
    unknown = sorted(name for name in environ if name.startswith("ACCROCHE_") and name not in known)
    if unknown:
        raise EnvError(f"unknown variable {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    values: dict[str, Any] = {}
    for variable in TABLE:
        try:
            values[variable.name] = variable.read(environ.get(variable.name, variable.default))
        except EnvError as error:
            raise EnvError(f"{variable.name}: {error}") from None
    return values


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's database dictionary for ``url``; an empty one means SQLite inside ``data``."""
    if not url:
        return _sqlite(data / "accroche.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        # sqlite:///relative and sqlite:////absolute, as is the custom
        name = unquote(parts.path)[1:]
        if parts.netloc or not name:
            raise EnvError("DATABASE_URL: write sqlite:///relative/path or sqlite:////absolute/path")
        return _sqlite(Path(name))
    if parts.scheme in {"postgresql", "postgres"}:
        query = dict(parse_qsl(parts.query))
        try:
            port = parts.port
        except ValueError:
            raise EnvError("DATABASE_URL: the port is not a number") from None
        name = unquote(parts.path.lstrip("/"))
        if not name:
            raise EnvError("DATABASE_URL: name the database at the end: postgresql://…/accroche")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            # a socket folder comes as ?host=/folder
            "HOST": query.pop("host", parts.hostname or ""),
            "PORT": query.pop("port", str(port or "")),
            "CONN_MAX_AGE": 60,
            # what else the address asks for (sslmode…) is PostgreSQL's to accept or refuse
            # SQLite's writers wait as long: whoever waits longer is told to come back, and loses nothing
            "OPTIONS": {"options": f"-c lock_timeout={LOCK_SECONDS}s", **query},
        }
    raise EnvError(f"DATABASE_URL: write sqlite:///… or postgresql://…, not {parts.scheme}://")


def mail_server(url: str) -> dict[str, Any]:
    """Django's mail settings for ``url``; an empty one means no server, and no setting."""
    if not url:
        return {}
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise EnvError("ACCROCHE_MAIL_URL: the port is not a number") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise EnvError("ACCROCHE_MAIL_URL: write smtp://user:password@host:587 or smtps://…@host:465")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        # a password never leaves in clear
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }


def proconnect(environment: Mapping[str, Any]) -> dict[str, Any]:
    """How ProConnect knows this instance; empty when it does not. Half a registration is refused."""
    names = {"issuer": "URL", "client_id": "CLIENT_ID", "client_secret": "CLIENT_SECRET"}
    found = {key: environment[f"ACCROCHE_PROCONNECT_{name}"] for key, name in names.items()}
    missing = [f"ACCROCHE_PROCONNECT_{names[key]}" for key, value in found.items() if not value]
    if missing and len(missing) < len(names):
        raise EnvError(f"ProConnect also needs {', '.join(missing)}")
    return {} if missing else found


def tiles(environment: Mapping[str, Any]) -> dict[str, str]:
    """The map's tile layer: ``url``, ``credit`` and its ``origin``; empty without. Half of it is refused."""
    url, credit = environment["ACCROCHE_MAP_TILES"], environment["ACCROCHE_MAP_CREDIT"].strip()
    if bool(url) != bool(credit):
        missing = "ACCROCHE_MAP_CREDIT" if url else "ACCROCHE_MAP_TILES"
        raise EnvError(f"tiles under the map also need {missing}")
    return {"url": url, "credit": credit, "origin": f"https://{urlsplit(url).netloc}"} if url else {}


def _sqlite(path: Path) -> dict[str, Any]:
    """SQLite in WAL with immediate transactions, so that writers queue instead of failing."""
    return {
        "ENGINE": "accroche.commun.sqlite3",
        "NAME": str(path),
        # looked at between requests all the same (commun/sqlite3/base.py)
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_SECONDS,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def pages_cache(folder: Path | None, most: int) -> dict[str, Any]:
    """Django's dictionary of the cache of public pages: ``folder``, or the memory of each process."""
    backend = "filebased.FileBasedCache" if folder else "locmem.LocMemCache"
    return {
        "BACKEND": f"django.core.cache.backends.{backend}",
        "LOCATION": str(folder or "pages"),
        "OPTIONS": {"MAX_ENTRIES": max(1, most)},
    }


def secret_key(given: str, data: Path) -> str:
    """Return the given key, or the instance's own, made at first use and readable by its owner alone."""
    if given:
        return given
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        # Written aside, then put in place whole and only once: of several processes that start together,
        # one wins and none reads half a key.
        descriptor, aside = tempfile.mkstemp(prefix="secret_key.", dir=data)  # readable by its owner alone
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(aside, path)
        Path(aside).unlink()
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise EnvError(f"{path} is empty: remove it to have a new key made")
    return key
