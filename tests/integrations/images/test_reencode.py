"""Images from outside: nothing but their pixels stays, and no file makes the site decode without end."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from accroche.integrations.images import BrokenImageError, TooManyPixelsError
from accroche.integrations.images.dessin import LONGEST_SIDE, MAX_PIXELS, MAX_SCANS, reencode
from tests.thorough import examples

RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def close(colour: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(colour, wanted, strict=False))


def phone_exif() -> Image.Exif:
    """What a phone writes: which phone, held how, and where."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = "TelephoneDeCamille"
    exif[GPS] = {1: "N", 2: (47.0, 19.0, 18.0), 3: "E", 4: (5.0, 2.0, 28.0)}
    return exif


@pytest.mark.parametrize("kind", ["jpeg", "webp", "png"])
def test_where_and_with_what_it_was_taken_is_gone(kind: str) -> None:
    sent = encoded(picture(), kind, exif=phone_exif())
    assert opened(sent).getexif().get_ifd(GPS)[2] == (47.0, 19.0, 18.0), "the sample does hold a place"
    assert b"TelephoneDeCamille" in sent
    kept = reencode(sent, kind)
    back = opened(kept.content)
    assert not dict(back.getexif())
    assert not back.getexif().get_ifd(GPS)
    assert not {"exif", "icc_profile", "xmp", "comment", "photoshop"} & set(back.info)
    assert b"Exif" not in kept.content
    assert b"TelephoneDeCamille" not in kept.content


def test_a_photograph_held_upright_is_shown_upright() -> None:
    kept = reencode(encoded(picture((60, 40)), "jpeg", exif=phone_exif()), "jpeg")
    assert (kept.width, kept.height) == (40, 60) == opened(kept.content).size
    # turned by a quarter: what was on the left is on top
    back = opened(kept.content)
    assert close(back.getpixel((20, 5)), RED)
    assert close(back.getpixel((20, 55)), BLUE)


def test_comments_and_texts_are_gone() -> None:
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415 - for this one test

    notes = PngInfo()
    notes.add_text("Author", "Camille Petit")
    assert b"Camille" not in reencode(encoded(picture(), "png", pnginfo=notes), "png").content
    assert b"Camille" not in reencode(encoded(picture(), "jpeg", comment=b"Camille"), "jpeg").content


def test_a_profile_is_applied_then_dropped() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = reencode(encoded(picture(), "jpeg", icc_profile=profile), "jpeg")
    assert "icc_profile" not in opened(kept.content).info
    assert close(opened(kept.content).getpixel((5, 5)), RED)
    broken = reencode(encoded(picture(), "jpeg", icc_profile=b"not a profile" * 20), "jpeg")
    assert close(opened(broken.content).getpixel((5, 5)), RED)


@pytest.mark.parametrize("size", [(4000, 1000), (1000, 4000), (2001, 2001), (300, 200)])
def test_the_longest_side_is_bounded_and_nothing_is_enlarged(size: tuple[int, int]) -> None:
    kept = reencode(encoded(picture(size), "jpeg"), "jpeg")
    assert max(kept.width, kept.height) == min(max(size), LONGEST_SIDE)
    assert kept.width / kept.height == pytest.approx(size[0] / size[1], rel=0.01)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "I;16"])
def test_opaque_images_of_any_kind_become_jpeg(mode: str) -> None:
    kind = "jpeg" if mode == "CMYK" else "png"
    image = picture(mode="L").convert("I;16") if mode == "I;16" else picture(mode=mode)
    kept = reencode(encoded(image, kind), kind)
    assert (kept.format, opened(kept.content).mode) == ("jpeg", "RGB")


def test_what_is_transparent_stays_so_and_an_idle_alpha_goes() -> None:
    glass = picture(mode="RGBA")
    glass.putpixel((0, 0), (0, 0, 0, 0))
    kept = reencode(encoded(glass, "png"), "png")
    assert kept.format == "webp"
    assert opened(kept.content).getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert reencode(encoded(picture(mode="RGBA"), "png"), "png").format == "jpeg"


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_of_a_moving_image_the_first_frame_stays(kind: str) -> None:
    frames = [Image.new("RGB", (20, 20), RED), Image.new("RGB", (20, 20), BLUE)]
    kept = reencode(encoded(frames[0], kind, save_all=True, append_images=frames[1:]), kind)
    back = opened(kept.content)
    assert getattr(back, "n_frames", 1) == 1
    assert close(back.getpixel((10, 10)), RED)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that announces a wall of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("sides", [(30_000, 30_000), (MAX_PIXELS + 1, 1)])
def test_a_bomb_is_refused_before_anything_is_decoded(
    sides: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", explode)
    with pytest.raises(TooManyPixelsError):
        reencode(bomb(*sides), "png")


def test_a_frame_larger_than_its_image_is_refused() -> None:
    screen, colours = struct.pack("<HHBBB", 1, 1, 0x80, 0, 0), b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\x02\x02\x4c\x01\0;"
    with pytest.raises(TooManyPixelsError):
        reencode(b"GIF89a" + screen + colours + frame, "gif")


def test_an_image_drawn_over_and_over_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each scan of a JPEG costs as much as the whole image: a megabyte holds eighty thousand."""
    whole = encoded(picture((64, 64)), "jpeg")
    scan = whole[whole.index(b"\xff\xda") : -2]
    assert reencode(whole, "jpeg").width == 64
    monkeypatch.setattr("accroche.integrations.images.dessin._upright", lambda _: pytest.fail("drawn"))
    with pytest.raises(BrokenImageError):
        reencode(whole[:-2] + scan * MAX_SCANS + whole[-2:], "jpeg")


def test_half_an_image_is_said_to_be_broken() -> None:
    whole = encoded(picture((200, 200)), "png")
    with pytest.raises(BrokenImageError):
        reencode(whole[: len(whole) // 2], "png")


SAMPLES = {kind: encoded(picture((16, 16)), kind) for kind in ("jpeg", "png", "webp", "gif")}


@settings(max_examples=examples(60))
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_damaged_bytes_never_crash(kind: str, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = reencode(bytes(content), kind)
    except (BrokenImageError, TooManyPixelsError):
        return
    assert opened(kept.content).size == (kept.width, kept.height)


@given(st.sampled_from(sorted(SAMPLES)), st.binary(max_size=300))
def test_any_bytes_are_refused_cleanly(kind: str, content: bytes) -> None:
    with pytest.raises((BrokenImageError, TooManyPixelsError)):
        reencode(content, kind)
