"""What the environment makes of Django's settings, and what the guide for operators says of it."""

from __future__ import annotations

import re
import runpy
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks

from accroche.actions import formats
from accroche.actions.formats import MAX_PIECES
from accroche.integrations.tableur import controle
from accroche.integrations.tableur.controle import MEGABYTE
from config.env import ROOT, TABLE, EnvError

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

#: Warnings of `check --deploy` that are decisions, and why.
DECIDED = {
    "security.W005": "an académie does not own the other subdomains of its domain",
    "security.W021": "nor may it enter the domain in the browsers' preload list",
}


def settings_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "config" / "settings.py"))


def test_https_is_one_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    plain = settings_with(monkeypatch)
    assert not any(plain[name] for name in names)
    cookies = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "MESSAGE_COOKIE_NAME", "DEVICE_COOKIE_NAME")
    assert not any(plain[name].startswith("__Host-") for name in cookies)
    secure = settings_with(monkeypatch, ACCROCHE_HTTPS="true")
    assert all(secure[name] == f"__Host-{plain[name]}" for name in cookies)
    assert all(secure[name] for name in names)
    assert secure["SECURE_HSTS_SECONDS"] >= 31_536_000


@pytest.mark.parametrize(
    ("asked", "subdomains", "preload"),
    [("host", False, False), ("subdomains", True, False), ("preload", True, True)],
)
def test_hsts_goes_as_far_as_is_asked(
    monkeypatch: pytest.MonkeyPatch, asked: str, subdomains: bool, preload: bool
) -> None:
    read = settings_with(monkeypatch, ACCROCHE_HTTPS="true", ACCROCHE_HSTS=asked)
    assert read["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is subdomains
    assert read["SECURE_HSTS_PRELOAD"] is preload


def test_a_word_that_is_none_of_a_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ACCROCHE_HSTS", "ACCROCHE_LOG"):
        with pytest.raises(EnvError, match=name):
            settings_with(monkeypatch, **{name: "autre"})
        monkeypatch.delenv(name)


def test_an_instance_writes_in_its_folder_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read = settings_with(monkeypatch, ACCROCHE_DATA=str(tmp_path / "data"), DATABASE_URL="")
    for path in (read["DATABASES"]["default"]["NAME"], read["MEDIA_ROOT"], read["OUTPUTS_ROOT"]):
        assert str(path).startswith(str(tmp_path / "data"))
    assert (tmp_path / "data" / "secret_key").exists()


def test_the_database_address_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    read = settings_with(monkeypatch, DATABASE_URL="postgresql:///accroche?host=/run/postgresql")
    assert read["DATABASES"]["default"]["HOST"] == "/run/postgresql"


def test_a_misspelt_variable_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EnvError, match="ACCROCHE_HOST"):
        settings_with(monkeypatch, ACCROCHE_HOST="accroche.example.fr")


def test_a_public_instance_passes_the_deployment_checks(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check settings as of an instance behind HTTPS; each warning left is a decision."""
    # set for the session by the browser tests, when they ran before in this process
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://site.example.fr", ["site.example.fr"]
    settings.CONTACT, settings.MAIL_ENABLED = "contact@example.fr", True
    found = {message.id: message for message in run_checks(include_deployment_checks=True)}
    assert found.keys() == DECIDED.keys(), [str(found[name]) for name in found.keys() - DECIDED.keys()]


def test_debug_is_off_unless_asked() -> None:
    assert not django_settings.DEBUG


def documented() -> dict[str, str]:
    """Return the table of the guide: each variable's default."""
    text = (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`|empty) \| \S.* \|$", text, flags=re.MULTILINE))


def test_the_servers_in_front_let_in_what_the_site_takes() -> None:
    """A census file, and all the attachments of a sheet sent at once with their form."""
    guide = (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")
    [nginx] = re.findall(r"client_max_body_size (\d+)m;", guide)
    [waitress] = re.findall(r"--max-request-body-size=(\d+)", guide)
    assert int(nginx) * MEGABYTE == int(waitress) == django_settings.MAX_REQUEST_BYTES
    form = MEGABYTE
    assert MAX_PIECES * formats.MAX_BYTES + form <= django_settings.MAX_REQUEST_BYTES
    assert controle.MAX_BYTES + form <= django_settings.MAX_REQUEST_BYTES
    assert "PrivateTmp=true" in guide, "ProtectSystem=strict leaves no other place for what is received"


def test_the_guide_lists_each_variable_with_its_default() -> None:
    assert documented() == {variable.name: variable.default for variable in TABLE}
