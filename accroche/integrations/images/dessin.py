"""Drawing an image anew with Pillow: nothing of what was sent stays but its pixels.

Runs in the process of ``lecteur.py``, never in the one that serves pages. Formats are named by the caller,
who looked at the bytes: Pillow never guesses, so none of its rarer readers is ever reached.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from accroche.integrations.images.lecture import BrokenImageError, TooManyPixelsError

#: Pixels of the longest side we keep: a full page in print, a quarter of a phone's photograph.
LONGEST_SIDE = 2000
#: Pixels above which nothing is decoded: twice what a phone takes, 200 MB once decoded.
MAX_PIXELS = 50_000_000
#: Of a WebP, whose library draws everything three times over: what a good camera takes.
MAX_WEBP = 25_000_000
#: Times a JPEG goes over its pixels: cameras do once, the web a dozen; each costs as much as an image.
MAX_SCANS = 100
QUALITY = 85
#: Where a PNG says how many bits a tone has.
_DEPTH_AT = 24

#: White of sixteen bits, and each of its tones in eight.
WHITE = 0xFFFF
_TONES = [(tone * 255 + WHITE // 2) // WHITE for tone in range(WHITE + 1)]

#: The modes that are shrunk as they are, before any other copy of the pixels is made.
_SHRINKS = frozenset({"L", "RGB", "RGBA", "CMYK"})
_READERS: dict[str, type[ImageFile]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "webp": WebPImageFile,
    "gif": GifImageFile,
}
# all that Pillow's readers raise on bytes that are not what they say
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    AssertionError,
    struct.error,
    UnidentifiedImageError,
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """An image of ours: its bytes, its format (``jpeg`` or ``webp``), its sides in pixels."""

    content: bytes
    format: str
    width: int
    height: int


def reencode(content: bytes, kind: str, *, most: int = MAX_PIXELS) -> Encoded:
    """Return the first frame upright, at most :data:`LONGEST_SIDE` long, in sRGB, without metadata.

    JPEG, which documents of every kind take; WebP for what is transparent. ``kind``: ``jpeg``, ``png``,
    ``webp`` or ``gif``. ``most``: pixels above which nothing is decoded.

    Raises ``BrokenImageError``, ``TooManyPixelsError``, and ``MemoryError`` where memory is bounded.
    """
    try:
        image = _READERS[kind](BytesIO(content))  # reads the header, decodes nothing
        _check(image, content, kind, most)
        if kind == "png":
            _mend_key(image, content)
        # a JPEG can be decoded smaller at once
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        drawn = _upright(image)
    except (BrokenImageError, TooManyPixelsError):
        raise
    except Image.DecompressionBombError as error:  # a frame larger than the image announces
        raise TooManyPixelsError("trop de") from error
    except _BROKEN as error:
        raise BrokenImageError(str(error)) from error
    out = BytesIO()
    if drawn.mode == "RGBA":
        drawn.save(out, "WEBP", quality=QUALITY, method=4)
        return Encoded(out.getvalue(), "webp", *drawn.size)
    drawn.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Encoded(out.getvalue(), "jpeg", *drawn.size)


def _check(image: ImageFile, content: bytes, kind: str, most: int) -> None:
    """Refuse, from its header and its marks alone, what would cost more than it shows."""
    if kind == "jpeg" and content.count(b"\xff\xda") > MAX_SCANS:
        raise BrokenImageError("too many scans")
    if image.width * image.height > min(most, MAX_WEBP if kind == "webp" else MAX_PIXELS):
        raise TooManyPixelsError(f"{image.width} × {image.height}")


def _mend_key(image: ImageFile, content: bytes) -> None:
    """Put the transparent colour of a PNG on the scale of the pixels that Pillow gives, not of the file."""
    key, depth = image.info.get("transparency"), content[_DEPTH_AT]
    if isinstance(key, tuple) and depth == 16:  # noqa: PLR2004 - bits
        image.info["transparency"] = tuple(tone >> 8 for tone in key)
    elif isinstance(key, int) and image.mode == "L":
        image.info["transparency"] = key * 255 // (2**depth - 1)


def _upright(image: ImageFile) -> Image.Image:
    """Decode, shrink, turn and flatten; a new image, that holds pixels and nothing else."""
    profile = image.info.get("icc_profile")
    whole: Image.Image = image
    if image.mode not in _SHRINKS or "transparency" in image.info:
        # a palette cannot be shrunk, and what is finer than eight bits is cut otherwise
        whole = in_eight_bits(image)
        if whole.mode not in _SHRINKS or "transparency" in whole.info:
            whole = whole.convert("RGBA" if whole.has_transparency_data else "RGB")
        image.close()  # one copy of the pixels at a time
    whole.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if whole.mode not in {"CMYK", "RGBA"}:
        whole = whole.convert("RGB")
    turned = ImageOps.exif_transpose(_in_srgb(whole, profile))
    if turned.mode == "RGBA" and turned.getchannel("A").getextrema() == (255, 255):
        turned = turned.convert("RGB")
    bare = Image.new(turned.mode, turned.size)
    bare.paste(turned)
    return bare


def in_eight_bits(image: Image.Image) -> Image.Image:
    """Return grey of sixteen or more bits on the scale of screens, its transparent tone as an alpha.

    Pillow cuts it at 255, which leaves a white page of a photograph. Other modes come back as they are.
    """
    if not image.mode.startswith(("I", "F")):
        return image
    whole = image if image.mode in {"I", "F"} else image.convert("I")
    low, high = whole.getextrema()
    if whole.mode == "I" and low >= 0 and high <= WHITE:  # type: ignore[operator]  # numbers, of one band
        grey = whole.point(_TONES, "L")
    else:  # no scale is known: from its darkest to its lightest
        grey = _spread(whole.convert("F"), float(low), float(high))  # type: ignore[arg-type]
    key = image.info.get("transparency")
    if isinstance(key, int) and whole.mode == "I":
        grey.putalpha(whole.point([0 if tone == key else 255 for tone in range(WHITE + 1)], "L"))
    return grey


def _spread(image: Image.Image, low: float, high: float) -> Image.Image:
    scale = 255 / (high - low) if high > low else 0.0
    return image.point(lambda tone: tone * scale - low * scale).convert("L")


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Bring the colours of a phone or a press to what every screen shows; without a profile, as they are."""
    if isinstance(profile, bytes):
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            converted = ImageCms.profileToProfile(
                image, _profile(profile), ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a profile for other colours, or a broken one: the pixels are what counts
        if converted is not None:
            return converted
    return image.convert("RGB") if image.mode == "CMYK" else image


def _profile(profile: bytes) -> ImageCms.ImageCmsProfile:
    stream: IO[bytes] = BytesIO(profile)
    return ImageCms.ImageCmsProfile(stream)
