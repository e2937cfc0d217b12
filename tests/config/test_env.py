"""The one table of settings is strict: nothing misspelt or half understood passes silently."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from config import env
from config.env import TABLE, EnvError, database, pages_cache, read_environment, secret_key


def test_without_any_variable_everything_has_its_default() -> None:
    values = read_environment({})
    assert set(values) == {variable.name for variable in TABLE}
    assert values["ACCROCHE_DATA"] == env.ROOT / "var"
    assert values["ACCROCHE_HOSTS"] == ["localhost", "127.0.0.1"]
    assert values["ACCROCHE_DEBUG"] is False
    assert values["ACCROCHE_STATE_BRAND"] is False


def test_an_unknown_variable_is_refused_by_name() -> None:
    with pytest.raises(EnvError, match="ACCROCHE_DEBOG") as refusal:
        read_environment({"ACCROCHE_DEBOG": "true", "PATH": "/bin"})
    assert "ACCROCHE_DEBUG" in str(refusal.value), "the known names are given"


def test_variables_of_others_are_left_alone() -> None:
    assert read_environment({"PATH": "/bin", "DJANGO_SETTINGS_MODULE": "x", "ACCROCHER": "y"})


@pytest.mark.parametrize("text", ["1", "true", "TRUE", "yes", " true "])
def test_true(text: str) -> None:
    assert read_environment({"ACCROCHE_HTTPS": text})["ACCROCHE_HTTPS"] is True


@pytest.mark.parametrize("text", ["0", "false", "No", ""])
def test_false(text: str) -> None:
    assert read_environment({"ACCROCHE_HTTPS": text})["ACCROCHE_HTTPS"] is False


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ACCROCHE_DEBUG", "maybe"),
        ("ACCROCHE_HTTPS", "2"),
        ("ACCROCHE_SITE_URL", "accroche.example.fr"),
        ("ACCROCHE_SITE_URL", "ftp://accroche.example.fr"),
        ("ACCROCHE_SITE_URL", "https://"),
        ("ACCROCHE_SITE_URL", ""),
        ("ACCROCHE_PROCONNECT_URL", "auth.agentconnect.example"),
        ("ACCROCHE_PROCONNECT_URL", "http://auth.agentconnect.example/api/v2"),
        ("ACCROCHE_CONTACT", "contact"),
        ("ACCROCHE_CONTACT", "contact @example.fr"),
        ("ACCROCHE_CONTACT", "contact@exemple"),
    ],
)
def test_a_bad_value_is_refused_with_the_variable_that_has_it(name: str, text: str) -> None:
    with pytest.raises(EnvError, match=rf"^{name}: write "):
        read_environment({name: text})


def test_pages_are_kept_in_memory_or_in_a_folder(tmp_path: Path) -> None:
    assert pages_cache(None, 50)["BACKEND"].endswith("LocMemCache")
    shared = pages_cache(tmp_path, 50)
    assert shared["BACKEND"].endswith("FileBasedCache")
    assert shared["LOCATION"] == str(tmp_path)
    assert shared["OPTIONS"] == {"MAX_ENTRIES": 50}
    with pytest.raises(EnvError, match="ACCROCHE_CDN_SECONDS: write a number"):
        read_environment({"ACCROCHE_CDN_SECONDS": "-1"})


def test_hosts_are_separated_by_commas() -> None:
    hosts = read_environment({"ACCROCHE_HOSTS": " a.example.fr, ,b.example.fr,"})["ACCROCHE_HOSTS"]
    assert hosts == ["a.example.fr", "b.example.fr"]


def test_the_site_address_has_no_final_slash() -> None:
    site = read_environment({"ACCROCHE_SITE_URL": "https://accroche.example.fr/"})["ACCROCHE_SITE_URL"]
    assert site == "https://accroche.example.fr"


@pytest.mark.parametrize(
    ("text", "folder"), [("/srv/data", Path("/srv/data")), ("data", env.ROOT / "data"), ("~", Path.home())]
)
def test_a_relative_folder_is_in_the_repository(text: str, folder: Path) -> None:
    assert read_environment({"ACCROCHE_DATA": text})["ACCROCHE_DATA"] == folder


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", "/srv/my data #1%20?/accroche.sqlite3"),
        ("sqlite:///relative/x.db", "relative/x.db"),
        ("sqlite:////absolute/x.db", "/absolute/x.db"),
        ("sqlite:////absolute/my%20data.db", "/absolute/my data.db"),
    ],
)
def test_sqlite(url: str, path: str) -> None:
    settings = database(url, Path("/srv/my data #1%20?"))
    assert settings["ENGINE"] == "accroche.commun.sqlite3"
    assert settings["NAME"] == path
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://ac:pw@db.example.fr:5433/accroche",
            {"NAME": "accroche", "USER": "ac", "PASSWORD": "pw", "HOST": "db.example.fr", "PORT": "5433"},
        ),
        (
            "postgres://ac:p%40%2Fw@db/accroche",
            {"NAME": "accroche", "USER": "ac", "PASSWORD": "p@/w", "HOST": "db", "PORT": ""},
        ),
        (
            "postgresql://postgres:@/postgres?host=/run/my%20socket",
            {"NAME": "postgres", "USER": "postgres", "PASSWORD": "", "HOST": "/run/my socket", "PORT": ""},
        ),
        (
            "postgresql:///accroche?host=%2Frun%2Fpostgresql&port=5433&sslmode=require",
            {
                "NAME": "accroche",
                "USER": "",
                "PASSWORD": "",
                "HOST": "/run/postgresql",
                "PORT": "5433",
                "OPTIONS": {"sslmode": "require", "options": "-c lock_timeout=20s"},
            },
        ),
    ],
)
def test_postgresql(url: str, expected: dict[str, Any]) -> None:
    settings = database(url, Path("/srv"))
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert settings.items() >= expected.items()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:p@host/name",
        "accroche.sqlite3",
        "sqlite:///",
        "sqlite://accroche.sqlite3",
        "postgresql://ac:pw@db.example.fr",
        "postgresql://ac:pw@db.example.fr:port/accroche",
    ],
)
def test_another_database_address_is_refused(url: str) -> None:
    with pytest.raises(EnvError, match=r"^DATABASE_URL: "):
        database(url, Path("/srv"))


def test_a_given_key_is_used_and_not_written(tmp_path: Path) -> None:
    assert secret_key("given", tmp_path / "data") == "given"
    assert not (tmp_path / "data").exists()


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "not" / "yet"
    first = secret_key("", data)
    assert len(first) >= 50
    assert secret_key("", data) == first
    assert [path.name for path in data.iterdir()] == ["secret_key"], "nothing is left aside"
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    """Start several at the same moment, on a folder that is not there yet."""
    code = "import pathlib, sys, config.env as e; print(e.secret_key('', pathlib.Path(sys.argv[1])))"

    def start(_number: int) -> str:
        command = [sys.executable, "-c", code, str(tmp_path / "data")]
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=env.ROOT).stdout  # noqa: S603

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(start, range(8)))
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 50


def test_losing_the_race_reads_the_winner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def beaten(source: str, target: Path) -> None:
        target.write_text("winner", encoding="ascii")
        link(source, target)

    monkeypatch.setattr(os, "link", beaten)
    assert secret_key("", tmp_path) == "winner"


def test_an_empty_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    with pytest.raises(EnvError, match="empty"):
        secret_key("", tmp_path)


ISSUER = "https://auth.agentconnect.example/api/v2"


@pytest.mark.parametrize("given", [{}, {"URL": f"{ISSUER}/.well-known/openid-configuration"}])
def test_proconnect_is_registered_as_a_whole_or_not_at_all(given: dict[str, str]) -> None:
    others = {"CLIENT_ID": "accroche", "CLIENT_SECRET": "secret"} if given else {}
    environ = {f"ACCROCHE_PROCONNECT_{name}": value for name, value in (given | others).items()}
    expected = {"issuer": ISSUER, "client_id": "accroche", "client_secret": "secret"} if given else {}
    assert env.proconnect(read_environment(environ)) == expected


def test_half_a_registration_at_proconnect_is_refused_with_what_is_missing() -> None:
    with pytest.raises(EnvError, match="ACCROCHE_PROCONNECT_CLIENT_ID, ACCROCHE_PROCONNECT_CLIENT_SECRET"):
        env.proconnect(read_environment({"ACCROCHE_PROCONNECT_URL": ISSUER}))
