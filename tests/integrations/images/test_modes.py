"""Whatever a file makes of its pixels, what is kept shows the same: a gradient stays a gradient."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from accroche.integrations.images.dessin import in_eight_bits, reencode

WIDTH, HEIGHT = 256, 16
#: Where the tones are looked at, and what they are on a screen.
TONES = {0: 0, 64: 64, 128: 128, 192: 192, 255: 255}


def gradient() -> Image.Image:
    """Black on the left, white on the right."""
    return Image.frombytes("L", (WIDTH, HEIGHT), bytes(range(256)) * HEIGHT)


def png(depth: int, colour: int, *, key: bytes = b"") -> bytes:
    """The gradient as a PNG of ``depth`` bits and a type of colour, written by hand."""
    bands = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    rows = b""
    for _ in range(HEIGHT):
        tones = [tone * (2**depth - 1) // 255 for tone in range(256)]
        if depth < 8:
            bits = "".join(f"{tone:0{depth}b}" for tone in tones)
            row = int(bits, 2).to_bytes(len(bits) // 8, "big")
        else:
            opaque = [2**depth - 1] if bands in {2, 4} else []
            shape = ">B" if depth == 8 else ">H"
            row = b"".join(
                struct.pack(shape, value)
                for tone in tones
                for value in [tone] * (bands - len(opaque)) + opaque
            )
        rows += b"\0" + row

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, colour, 0, 0, 0)),
            chunk(b"tRNS", key) if key else b"",
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        )
    )


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def shaded() -> Image.Image:
    """The gradient, and nothing at all on its first columns."""
    image = gradient().convert("LA")
    image.putalpha(Image.eval(gradient(), lambda tone: 0 if tone < 4 else 255))
    return image


#: What Pillow opens by the readers we call, by how the file says its pixels.
FILES: dict[str, tuple[str, bytes]] = {
    "PNG, 4 bits of grey": ("png", png(4, 0)),
    "PNG, 8 bits of grey": ("png", png(8, 0)),
    "PNG, 16 bits of grey": ("png", png(16, 0)),
    "PNG, 16 bits of grey, one tone transparent": ("png", png(16, 0, key=struct.pack(">H", 5 * 257))),
    "PNG, 16 bits of grey and alpha": ("png", png(16, 4)),
    "PNG, 8 bits of grey and alpha": ("png", png(8, 4)),
    "PNG, 16 bits of each colour": ("png", png(16, 2)),
    "PNG, 16 bits of each colour, one transparent": (
        "png",
        png(16, 2, key=struct.pack(">3H", *[5 * 257] * 3)),
    ),
    "PNG, 16 bits of each colour and alpha": ("png", png(16, 6)),
    "PNG, a palette": ("png", saved(gradient().convert("P"), "png")),
    "PNG, a palette with one transparent": ("png", saved(gradient().convert("P"), "png", transparency=5)),
    "PNG, a palette, each colour with its alpha": (
        "png",
        saved(gradient().convert("P"), "png", transparency=bytes([0] * 5 + [255] * 251)),
    ),
    "GIF": ("gif", saved(gradient(), "gif")),
    "GIF with one transparent": ("gif", saved(gradient().convert("P"), "gif", transparency=5)),
    "GIF that moves": (
        "gif",
        saved(gradient(), "gif", save_all=True, append_images=[gradient().rotate(180)]),
    ),
    "WebP": ("webp", saved(gradient().convert("RGB"), "webp", lossless=True)),
    "WebP with alpha": ("webp", saved(shaded().convert("RGBA"), "webp", lossless=True)),
    "WebP that moves": (
        "webp",
        saved(gradient().convert("RGB"), "webp", save_all=True, append_images=[gradient().rotate(180)]),
    ),
    "JPEG of grey": ("jpeg", saved(gradient(), "jpeg", quality=95)),
    "JPEG of four inks": ("jpeg", saved(gradient().convert("RGB").convert("CMYK"), "jpeg", quality=95)),
}


def tones(image: Image.Image) -> dict[int, int]:
    """The tones of an image where they are looked at."""
    seen = image.convert("RGBA").convert("RGB").convert("L")
    return {x: int(seen.getpixel((x, HEIGHT // 2))) for x in TONES}  # type: ignore[arg-type]


def same(found: dict[int, int], near: int) -> bool:
    return all(abs(found[x] - tone) <= near for x, tone in TONES.items())


@pytest.mark.parametrize("name", FILES)
def test_a_gradient_stays_a_gradient(name: str) -> None:
    kind, content = FILES[name]
    kept = reencode(content, kind)
    back = Image.open(BytesIO(kept.content))
    # four bits have sixteen tones
    assert same(tones(back), 17 if "4 bits" in name else 6), (name, tones(back))


@pytest.mark.parametrize("name", [name for name in FILES if "one transparent" in name or "one tone" in name])
def test_the_transparent_colour_of_a_file_stays_so_and_no_other(name: str) -> None:
    kind, content = FILES[name]
    alpha = Image.open(BytesIO(reencode(content, kind).content)).getchannel("A")
    seen = [alpha.getpixel((x, HEIGHT // 2)) for x in range(WIDTH)]
    assert [x for x, opacity in enumerate(seen) if opacity == 0] == [5]
    assert sum(opacity == 255 for opacity in seen) == WIDTH - 1


def test_few_bits_keep_their_transparent_tone() -> None:
    alpha = Image.open(BytesIO(reencode(png(2, 0, key=b"\0\1"), "png").content)).getchannel("A")
    assert alpha.getpixel((100, 8)) == 0  # the second of four tones
    assert alpha.getpixel((20, 8)) == alpha.getpixel((200, 8)) == 255


def test_black_and_white_stay_so() -> None:
    kept = Image.open(
        BytesIO(reencode(saved(gradient().convert("1", dither=Image.Dither.NONE), "png"), "png").content)
    )
    assert tones(kept)[0] < 8
    assert tones(kept)[255] > 247


@pytest.mark.parametrize(
    ("mode", "times"),
    [("I;16", 257), ("I;16L", 257), ("I;16B", 257), ("I", 257), ("I", 70_000), ("F", 1 / 255)],
)
def test_grey_finer_than_a_screen_comes_to_its_scale(mode: str, times: float) -> None:
    image = Image.new(mode, (256, 1))
    for x in range(256):
        image.putpixel((x, 0), x * times if mode == "F" else int(x * times))
    grey = in_eight_bits(image)
    assert grey.mode == "L"
    assert all(abs(int(grey.getpixel((x, 0))) - x) <= 1 for x in range(256))  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["I;16", "I", "F"])
def test_a_page_of_one_tone_stays_one(mode: str) -> None:
    grey = in_eight_bits(Image.new(mode, (3, 3), 0))
    assert grey.getextrema() == (0, 0)
