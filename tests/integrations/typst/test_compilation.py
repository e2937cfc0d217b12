from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from accroche.integrations.typst import CompilationError, compilation, compile_pdf

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2016, 9, 1)
HEAD = """#let data = json("document.json")
#set document(title: "Essai")
#set text(font: "Source Sans Pro")
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compilation, "_TEMPLATES", tmp_path)
    return tmp_path / "essai.typ"


def test_data_is_printed_and_never_evaluated(template: Path) -> None:
    template.write_text(HEAD + "#data.text", encoding="utf-8")
    first = compile_pdf("essai.typ", {"text": '#panic("obeyed")'}, day=DAY)
    assert first.startswith(b"%PDF-")
    assert compile_pdf("essai.typ", {"text": '#panic("obeyed")'}, day=DAY) == first


def test_another_day_is_another_file(template: Path) -> None:
    template.write_text(HEAD + "#data.text", encoding="utf-8")
    data = {"text": "Même texte"}
    assert compile_pdf("essai.typ", data, day=DAY) != compile_pdf("essai.typ", data, day=dt.date(2016, 9, 2))


def test_a_mistake_in_a_template_says_where(template: Path) -> None:
    template.write_text(HEAD + "#data.txet", encoding="utf-8")
    with pytest.raises(CompilationError, match="txet") as caught:
        compile_pdf("essai.typ", {"text": "x"}, day=DAY)
    assert "essai.typ:4" in caught.value.diagnostic


def test_what_breaks_the_standards_is_refused_with_a_hint(template: Path) -> None:
    template.write_text(HEAD + "#data.text", encoding="utf-8")
    with pytest.raises(CompilationError, match="could not be displayed") as caught:
        compile_pdf("essai.typ", {"text": "𐎀"}, day=DAY)
    assert caught.value.hints


def test_a_template_reads_nothing_outside_its_folder(template: Path) -> None:
    template.write_text(HEAD + '#read("../secret")', encoding="utf-8")
    (template.parent.parent / "secret").write_text("secret", encoding="utf-8")
    with pytest.raises(CompilationError):
        compile_pdf("essai.typ", {}, day=DAY)
