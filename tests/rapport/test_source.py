"""Files into text: encodings, PDF, and what each refusal says."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
import typst

from accroche.rapport import pdf, source
from accroche.rapport.reading import read
from accroche.rapport.source import SourceError, read_text

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier

MINI = Path(__file__).parent / "fixtures" / "mini_rapport.txt"
TEXT = "Académie d’Outre-Monts : 14 – 18 mars, œuvre « entière »"


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def _write(data: bytes, name: str = "rapport.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return _write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_usual_encodings(write: Any, encoding: str) -> None:
    assert read_text(write(TEXT.encode(encoding))) == TEXT


def test_utf_16_big_endian(write: Any) -> None:
    assert read_text(write(b"\xfe\xff" + TEXT.encode("utf-16-be"))) == TEXT


def _docx() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def _pdf(typst_source: str) -> bytes:
    return typst.compile(typst_source.encode())


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "est vide"),
        (b" \r\n\t\n\x0c", "est vide"),
        (b"\xef\xbb\xbf", "est vide"),
        (b"Acad\x00mie", "contenu binaire"),
        (b"\x01\x02\x03\x04 texte", "contenu binaire"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "contenu binaire"),
        (_docx(), "Word (.docx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ancien document Office"),
        (b"{\\rtf1 Acad\\'e9mie}", "format RTF"),
        (b"\xff\xfeA\x00\x00\xd8A", "abîmé ou coupé"),
        (b"caf\x81", "L’encodage"),
        (b"%PDF-1.7\nabc", "PDF abîmé"),
        (_pdf("#set page(width: 4cm, height: 4cm)\n#rect()"), "PDF numérisé"),
    ],
)
def test_refusals_say_what_the_file_is_and_what_to_do(write: Any, data: bytes, word: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_text(write(data))
    message = str(refusal.value)
    assert word in message
    assert "rapport.txt" in message
    assert message.endswith(".")


def test_absent_directory_and_special_files(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="n’existe pas"):
        read_text(tmp_path / "absent.txt")
    with pytest.raises(SourceError, match=r"^« .* » est un dossier\..*\(\.txt ou \.pdf\)\.$"):
        read_text(tmp_path)
    os.mkfifo(tmp_path / "tuyau")
    with pytest.raises(SourceError, match="fichier ordinaire"):
        read_text(tmp_path / "tuyau")
    with pytest.raises(SourceError, match="n’a pas pu être lu"):
        read_text(tmp_path / "nul\x00.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable(write: Any) -> None:
    path = write(b"x")
    path.chmod(0)
    with pytest.raises(SourceError, match="droit de lecture"):
        read_text(path)


def test_too_large_is_refused_without_reading_it_whole(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 1_000)
    assert len(read_text(write(b"a" * 1_000))) == 1_000
    with pytest.raises(SourceError, match="dépasse"):
        read_text(write(b"a" * 1_001))


def test_a_sparse_giant_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "geant.txt").open("wb") as file:
        file.truncate(20_000_000_000)
    with pytest.raises(SourceError, match="dépasse 20 Mo"):
        read_text(tmp_path / "geant.txt")


# ------------------------------------------------------------------------------------------- PDF


def _rapport_pdf(text: str, dossier: Path, height: str = "29.7cm") -> Path:
    """Print lines as they are; Typst's fonts lack the Wingdings signs, hence their equivalents."""
    (dossier / "t.txt").write_text(
        text.translate({0xF0FE: "☒", 0xF06F: "☐", 0xF0D8: "➢"}).replace("\f", "\n"), encoding="utf-8"
    )
    (dossier / "t.typ").write_text(
        f'#set page(width: 34cm, height: {height})\n#set text(font: "DejaVu Sans Mono", size: 8pt)\n'
        '#raw(block: true, read("t.txt"))\n',
        encoding="utf-8",
    )
    path = dossier / "rapport.pdf"
    typst.compile(str(dossier / "t.typ"), output=str(path))
    return path


def _facts(found: EditionDossier) -> list[Any]:
    return [replace(s, narrative="", partners_narrative="") for s in found.semaines]


@pytest.mark.parametrize("height", ["29.7cm", "150cm"])
def test_a_pdf_gives_the_same_facts_as_its_text(tmp_path: Path, height: str) -> None:
    text = MINI.read_text(encoding="utf-8")
    pages: list[tuple[int, int]] = []
    found = read_text(
        _rapport_pdf(text, tmp_path, height), progress=lambda done, total: pages.append((done, total))
    )
    assert pages[-1][0] == pages[-1][1] == len(pages)
    expected, actual = read(text, "2015-2016"), read(found, "2015-2016")
    assert actual.problems == ()
    assert _facts(actual.dossier) == _facts(expected.dossier)
    assert actual.dossier.tutorats == expected.dossier.tutorats


def test_addresses_behind_links_are_put_at_the_foot_of_their_page(write: Any) -> None:
    data = _pdf(
        '#set page(width: 12cm, height: 6cm)\n#link("https://exemple.fr/a")[le site]\n#pagebreak()\n'
        'Suite. #link("https://exemple.fr/b")[la page] et #link("mailto:x@exemple.fr")[un courriel]'
    )
    first, second = read_text(write(data, "rapport.pdf")).split("\f")
    assert first.split() == ["le", "site", "https://exemple.fr/a"]
    assert second.rstrip().endswith("courriel\n\n\nhttps://exemple.fr/b")


def test_blank_lines_between_paragraphs_come_back(write: Any) -> None:
    data = _pdf(
        "#set page(width: 6cm, height: 20cm)\n"
        + "Un long paragraphe qui tient sur trois lignes au moins. " * 2
        + "\n\nUn autre paragraphe, lui aussi sur plusieurs lignes de texte."
    )
    assert "moins.\n\nUn autre" in "\n".join(line.strip() for line in read_text(write(data)).split("\n"))


def test_a_locked_pdf(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def _refuse(*_args: object) -> None:
        raise pdfium.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(pdfium, "PdfDocument", _refuse)
    with pytest.raises(SourceError, match="mot de passe"):
        read_text(write(b"%PDF-1.7"))


def test_pdf_bounds(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(_pdf("#set page(width: 4cm, height: 4cm)\nUn\n#pagebreak()\nDeux\n#pagebreak()\nTrois"))
    assert read_text(path).count("\f") == 2
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 4)
    with pytest.raises(SourceError, match="trop de texte"):
        read_text(path)
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(SourceError, match="a 3 pages"):
        read_text(path)


def test_a_cut_pdf_is_refused_or_read(write: Any) -> None:
    whole = _pdf("#set page(width: 4cm, height: 4cm)\nBonjour à tous")
    for size in range(9, len(whole), len(whole) // 20):
        with suppress(SourceError):
            assert "Bonjour" in read_text(write(whole[:size]))
