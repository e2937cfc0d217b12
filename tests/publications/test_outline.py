"""What the tree of a document refuses to hold."""

from __future__ import annotations

import struct

import pytest

from accroche.publications import outline
from accroche.publications.outline import Image
from tests.publications.renderers.sample import jpeg, png


@pytest.mark.parametrize(
    ("content", "alt", "credit", "said"),
    [
        (png(3, 2), " ", "Rectorat", "alternative"),
        (png(3, 2), "Un atelier", "", "credit"),
        (b"<svg/>", "Un atelier", "Rectorat", "neither"),
        (png(3, 2)[:16] + struct.pack(">II", 60_000, 60_000), "Un atelier", "Rectorat", "pixels"),
        (jpeg(3, 2) + bytes(outline.MAX_IMAGE_BYTES), "Un atelier", "Rectorat", "bytes"),
    ],
)
def test_a_picture_nobody_may_show_is_refused(content: bytes, alt: str, credit: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Image(content, alt, credit)


def test_a_picture_says_who_made_it_and_under_which_terms() -> None:
    assert Image(png(3, 2), "Un atelier", "Rectorat").attribution == "Rectorat"
    assert Image(png(3, 2), "Un atelier", "Rectorat", "CC BY 4.0").attribution == "Rectorat – CC BY 4.0"
