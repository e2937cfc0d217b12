"""Kind and size of a picture, without decoding it."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from accroche.lib.pictures import Picture, PictureError, picture


def encoded(kind: str, size: tuple[int, int], **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (encoded("png", (31, 7)), "image/png"),
        (encoded("jpeg", (31, 7)), "image/jpeg"),
        (encoded("jpeg", (31, 7), progressive=True, comment=b"\xff\xc0 no frame"), "image/jpeg"),
        (encoded("jpeg", (31, 7), exif=b"Exif\x00\x00" + bytes(4000)), "image/jpeg"),
    ],
)
def test_the_sides_are_those_a_decoder_finds(content: bytes, media_type: str) -> None:
    assert picture(content) == Picture(media_type, 31, 7)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + bytes(40),
        encoded("png", (31, 7))[:20],
        encoded("png", (31, 7)).replace(b"IHDR", b"tEXt"),
        encoded("jpeg", (31, 7))[:30],
        b"\xff\xd8" + b"\xff" * 50,
        b"\xff\xd8\x00\x00",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(8),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureError):
        picture(content)


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"])
)
def test_no_bytes_do_worse_than_be_refused(content: bytes, start: bytes) -> None:
    with suppress(PictureError):
        found = picture(start + content)
        assert found.width > 0
        assert found.height > 0
