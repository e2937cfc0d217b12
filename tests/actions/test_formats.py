"""What a file is, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.actions import formats
from accroche.actions.formats import ACCEPT, Format, FormatError, shown_name, sniff

if TYPE_CHECKING:
    from collections.abc import Callable

ODF = "application/vnd.oasis.opendocument"
TYPES = "[Content_Types].xml"


def told(content: bytes) -> Format:
    """What a file of this content is."""
    return sniff(io.BytesIO(content))


def archive(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def openxml(kind: Format, extra: str = "") -> bytes:
    override = f'<Override PartName="/a.xml" ContentType="{kind.media_type}.main+xml"/>'
    return archive({TYPES: f"<Types>{override}{extra}</Types>", "a.xml": "<a/>"})


TAKEN: dict[str, tuple[Callable[[], bytes], Format]] = {
    "jpeg": (lambda: b"\xff\xd8\xff\xe0 anything", Format.JPEG),
    "png": (lambda: b"\x89PNG\r\n\x1a\n anything", Format.PNG),
    "webp": (lambda: b"RIFF\0\0\0\0WEBPVP8 ", Format.WEBP),
    "gif": (lambda: b"GIF89a anything", Format.GIF),
    "pdf": (lambda: b"%PDF-1.7\n", Format.PDF),
    "a real docx": (lambda: saved(docx.Document()), Format.DOCX),
    "a real xlsx": (lambda: saved(openpyxl.Workbook()), Format.XLSX),
    "pptx": (lambda: openxml(Format.PPTX), Format.PPTX),
    "odt": (lambda: archive({"mimetype": f"{ODF}.text", "content.xml": "<a/>"}), Format.ODT),
    "ods": (lambda: archive({"mimetype": f"{ODF}.spreadsheet"}), Format.ODS),
    "odp": (lambda: archive({"mimetype": f"{ODF}.presentation"}), Format.ODP),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken(name: str) -> None:
    content, kind = TAKEN[name]
    assert told(content()) is kind


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "vide"),
    "too big": (lambda: b"%PDF-" + b"0" * formats.MAX_BYTES, "10 Mo"),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0", "Le plus compatible"),
    "heif of other phones": (lambda: b"\0\0\0\x18ftypmif1\0\0\0\0", "JPEG"),
    "avif": (lambda: b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
    "mp4": (lambda: b"\0\0\0\x18ftypisom\0\0\0\0", "liens de la fiche"),
    "webm": (lambda: b"\x1aE\xdf\xa3 webm", "liens de la fiche"),
    "tiff": (lambda: b"II*\x00", "TIFF"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien format"),
    "svg": (lambda: b'<?xml version="1.0"?>\n<svg onload="alert(1)">', "SVG"),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "ni une image"),
    "a program": (lambda: b"MZ\x90\x00", "ni une image"),
    "text": (lambda: b"Bonjour", "ni une image"),
    "html that says pdf later": (lambda: b"<script></script>%PDF-1.7", "ni une image"),
    "plain zip": (lambda: archive({"a.txt": "a"}), "archive"),
    "a zip with another mimetype": (lambda: archive({"mimetype": "application/epub+zip"}), "archive"),
    "docx with macros": (
        lambda: openxml(Format.DOCX, '<Override ContentType="application/vnd.ms-office.vbaProject"/>'),
        "macros",
    ),
    "docm": (
        lambda: archive(
            {TYPES: "application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml": "<a/>"}
        ),
        "macros",
    ),
    "macros hidden from the list": (
        lambda: archive({TYPES: f"{Format.DOCX.media_type}.main+xml", "word/VbaProject.bin": "x"}),
        "macros",
    ),
    "odt with macros": (
        lambda: archive({"mimetype": f"{ODF}.text", "Basic/Standard/Module1.xml": "x"}),
        "macros",
    ),
    "broken zip": (lambda: b"PK\x03\x04 and nothing", "abîmé"),
    "half a docx": (lambda: openxml(Format.DOCX)[:-30], "abîmé"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_what_to_send(name: str) -> None:
    content, words = REFUSED[name]
    with pytest.raises(FormatError, match=words) as caught:
        told(content())
    assert str(caught.value).endswith(".")


def test_a_bomb_and_a_locked_document_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_UNPACKED", 10_000)
    with pytest.raises(FormatError, match="trop gros"):
        told(archive({TYPES: f"{Format.DOCX.media_type}.main+xml", "a": b"\0" * 10_001}))
    locked = bytearray(openxml(Format.DOCX))
    start = locked.index(b"PK\x01\x02")
    locked[start + 8] |= 1  # the flag of the first entry, in the directory of the zip
    with pytest.raises(FormatError, match="mot de passe"):
        told(bytes(locked))
    monkeypatch.setattr(formats, "MAX_ENTRIES", 1)
    with pytest.raises(FormatError, match="trop gros"):
        told(openxml(Format.DOCX))


@given(st.one_of(st.binary(max_size=400), st.binary(max_size=400).map(lambda tail: b"PK\x03\x04" + tail)))
def test_any_bytes_are_told_or_refused(content: bytes) -> None:
    with suppress(FormatError):
        assert told(content) in Format


@pytest.mark.parametrize(
    ("given_name", "kind", "shown"),
    [
        ("photo.JPG", Format.JPEG, "photo.jpg"),
        ("affiche.png", Format.JPEG, "affiche.jpg"),
        (r"C:\Users\camille\Programme final.docx", Format.DOCX, "Programme final.docx"),
        ("../../etc/passwd", Format.PDF, "passwd.pdf"),
        ("", Format.PDF, "fichier.pdf"),
        (".htaccess", Format.PDF, "htaccess.pdf"),
        ("fete\u202egpj.exe", Format.PDF, "fetegpj.pdf"),
        ("l\u00e9o \n  \t <b>.pdf", Format.PDF, "léo b.pdf"),
        ("x" * 500 + ".pdf", Format.PDF, "x" * 120 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_its_traps(given_name: str, kind: Format, shown: str) -> None:
    assert shown_name(given_name, kind) == shown


@given(st.text(max_size=300), st.sampled_from(Format))
def test_any_name_is_short_visible_and_says_what_it_is(name: str, kind: Format) -> None:
    shown = shown_name(name, kind)
    assert shown.endswith(f".{kind}")
    assert len(shown) <= 130
    assert shown.isprintable() or " " in shown
    assert not set('/\\:*?"<>|') & set(shown)


def test_a_phone_is_not_asked_for_heic() -> None:
    assert "image/jpeg" in ACCEPT
    assert "heic" not in ACCEPT
    assert "image/*" not in ACCEPT
