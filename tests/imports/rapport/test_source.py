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

from accroche.imports.rapport import pdf, source
from accroche.imports.rapport.lecture import lire
from accroche.imports.rapport.source import SourceError, read_text

if TYPE_CHECKING:
    from accroche.actions.dossier import EditionDossier

MINI = Path(__file__).parent / "fixtures" / "mini_rapport.txt"
TEXTE = "Académie d’Outre-Monts : 14 – 18 mars, œuvre « entière »"


@pytest.fixture
def ecrire(tmp_path: Path) -> Any:
    def _ecrire(data: bytes, nom: str = "rapport.txt") -> Path:
        chemin = tmp_path / nom
        chemin.write_bytes(data)
        return chemin

    return _ecrire


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_usual_encodings(ecrire: Any, encodage: str) -> None:
    assert read_text(ecrire(TEXTE.encode(encodage))) == TEXTE


def test_utf_16_big_endian(ecrire: Any) -> None:
    assert read_text(ecrire(b"\xfe\xff" + TEXTE.encode("utf-16-be"))) == TEXTE


def _docx() -> bytes:
    tampon = BytesIO()
    with ZipFile(tampon, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return tampon.getvalue()


def _pdf(source_typst: str) -> bytes:
    return typst.compile(source_typst.encode())


@pytest.mark.parametrize(
    ("data", "mot"),
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
def test_refusals_say_what_the_file_is_and_what_to_do(ecrire: Any, data: bytes, mot: str) -> None:
    with pytest.raises(SourceError) as refus:
        read_text(ecrire(data))
    message = str(refus.value)
    assert mot in message
    assert "rapport.txt" in message
    assert message.endswith(".")


def test_absent_directory_and_special_files(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="n’existe pas"):
        read_text(tmp_path / "absent.txt")
    with pytest.raises(SourceError, match="est un dossier"):
        read_text(tmp_path)
    os.mkfifo(tmp_path / "tuyau")
    with pytest.raises(SourceError, match="fichier ordinaire"):
        read_text(tmp_path / "tuyau")
    with pytest.raises(SourceError, match="n’a pas pu être lu"):
        read_text(tmp_path / "nul\x00.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable(ecrire: Any) -> None:
    chemin = ecrire(b"x")
    chemin.chmod(0)
    with pytest.raises(SourceError, match="droit de lecture"):
        read_text(chemin)


def test_too_large_is_refused_without_reading_it_whole(ecrire: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_OCTETS", 1_000)
    assert len(read_text(ecrire(b"a" * 1_000))) == 1_000
    with pytest.raises(SourceError, match="dépasse"):
        read_text(ecrire(b"a" * 1_001))


def test_a_sparse_giant_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "geant.txt").open("wb") as fichier:
        fichier.truncate(20_000_000_000)
    with pytest.raises(SourceError, match="dépasse 20 Mo"):
        read_text(tmp_path / "geant.txt")


# ------------------------------------------------------------------------------------------- PDF


def _rapport_pdf(texte: str, dossier: Path, hauteur: str = "29.7cm") -> Path:
    """Print lines as they are; Typst's fonts lack the Wingdings signs, hence their equivalents."""
    (dossier / "t.txt").write_text(
        texte.translate({0xF0FE: "☒", 0xF06F: "☐", 0xF0D8: "➢"}).replace("\f", "\n"), encoding="utf-8"
    )
    (dossier / "t.typ").write_text(
        f'#set page(width: 34cm, height: {hauteur})\n#set text(font: "DejaVu Sans Mono", size: 8pt)\n'
        '#raw(block: true, read("t.txt"))\n',
        encoding="utf-8",
    )
    chemin = dossier / "rapport.pdf"
    typst.compile(str(dossier / "t.typ"), output=str(chemin))
    return chemin


def _facts(lu: EditionDossier) -> list[Any]:
    return [replace(s, narrative="", partners_narrative="") for s in lu.semaines]


@pytest.mark.parametrize("hauteur", ["29.7cm", "150cm"])
def test_a_pdf_gives_the_same_facts_as_its_text(tmp_path: Path, hauteur: str) -> None:
    texte = MINI.read_text(encoding="utf-8")
    pages: list[tuple[int, int]] = []
    lu = read_text(
        _rapport_pdf(texte, tmp_path, hauteur), progress=lambda faites, total: pages.append((faites, total))
    )
    assert pages[-1][0] == pages[-1][1] == len(pages)
    attendue, obtenue = lire(texte, "2015-2016"), lire(lu, "2015-2016")
    assert obtenue.problems == ()
    assert _facts(obtenue.dossier) == _facts(attendue.dossier)
    assert obtenue.dossier.tutorats == attendue.dossier.tutorats


def test_addresses_behind_links_are_put_at_the_foot_of_their_page(ecrire: Any) -> None:
    data = _pdf(
        '#set page(width: 12cm, height: 6cm)\n#link("https://exemple.fr/a")[le site]\n#pagebreak()\n'
        'Suite. #link("https://exemple.fr/b")[la page] et #link("mailto:x@exemple.fr")[un courriel]'
    )
    premiere, seconde = read_text(ecrire(data, "rapport.pdf")).split("\f")
    assert premiere.split() == ["le", "site", "https://exemple.fr/a"]
    assert seconde.rstrip().endswith("courriel\n\n\nhttps://exemple.fr/b")


def test_blank_lines_between_paragraphs_come_back(ecrire: Any) -> None:
    data = _pdf(
        "#set page(width: 6cm, height: 20cm)\n"
        + "Un long paragraphe qui tient sur trois lignes au moins. " * 2
        + "\n\nUn autre paragraphe, lui aussi sur plusieurs lignes de texte."
    )
    assert "moins.\n\nUn autre" in "\n".join(ligne.strip() for ligne in read_text(ecrire(data)).split("\n"))


def test_a_locked_pdf(ecrire: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def _refuse(*_args: object) -> None:
        raise pdfium.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(pdfium, "PdfDocument", _refuse)
    with pytest.raises(SourceError, match="mot de passe"):
        read_text(ecrire(b"%PDF-1.7"))


def test_pdf_bounds(ecrire: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = ecrire(_pdf("#set page(width: 4cm, height: 4cm)\nUn\n#pagebreak()\nDeux\n#pagebreak()\nTrois"))
    assert read_text(chemin).count("\f") == 2
    monkeypatch.setattr(pdf, "MAX_CARACTERES", 4)
    with pytest.raises(SourceError, match="trop de texte"):
        read_text(chemin)
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(SourceError, match="a 3 pages"):
        read_text(chemin)


def test_a_cut_pdf_is_refused_or_read(ecrire: Any) -> None:
    entier = _pdf("#set page(width: 4cm, height: 4cm)\nBonjour à tous")
    for taille in range(9, len(entier), len(entier) // 20):
        with suppress(SourceError):
            assert "Bonjour" in read_text(ecrire(entier[:taille]))
