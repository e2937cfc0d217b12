"""The summary of a whole run tells the truth, above all when something went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import summary

REPORT = """<testsuites><testsuite time="12.4">
<testcase name="a"/><testcase name="b"/>
<testcase name="c"><skipped type="pytest.skip" message="no Chromium here"/></testcase>
<testcase name="d"><skipped type="pytest.xfail" message="known"/></testcase>
{more}</testsuite></testsuites>"""


def leave(folder: Path, name: str, *, more: str = "", status: str = "0") -> None:
    (folder / f"{name}.xml").write_text(REPORT.format(more=more), encoding="utf-8")
    (folder / f"{name}.status").write_text(f"{status}\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run where all went well."""
    (tmp_path / "results").write_text("ok     format\nok     lint\n", encoding="utf-8")
    leave(tmp_path, "sqlite")
    leave(tmp_path, "postgresql")
    return tmp_path


def said(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, list[str]]:
    status = summary.main(folder)
    lines = capsys.readouterr().out.strip().splitlines()
    return status, lines[-1], lines


def test_all_is_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, last, lines = said(folder, capsys)
    assert (status, last) == (0, "8 passed, 0 failed")
    assert "NOT RUN, tests on SQLite: 1 × no Chromium here" in lines


def test_a_failed_check_fails_the_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "results").write_text("ok     format\nfailed lint\n", encoding="utf-8")
    assert said(folder, capsys)[:2] == (1, "7 passed, 1 failed")


@pytest.mark.parametrize("kind", ["failure", "error"])
def test_a_failed_test_fails_the_run(folder: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    leave(folder, "postgresql", more=f'<testcase name="e"><{kind}/></testcase>', status="1")
    assert said(folder, capsys)[:2] == (1, "8 passed, 1 failed")


def test_a_run_that_broke_down_is_a_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave(folder, "sqlite", status="3")
    assert said(folder, capsys)[:2] == (1, "8 passed, 1 failed")


@pytest.mark.parametrize("missing", ["results", "sqlite.xml", "postgresql.xml"])
def test_what_left_no_trace_is_a_failure(
    folder: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    (folder / missing).unlink()
    status, last, _ = said(folder, capsys)
    assert status == 1
    assert last.endswith(", 1 failed")
