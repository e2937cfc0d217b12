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


def _upright(image: ImageFile) -> Image.Image:
    """Decode, shrink, turn and flatten; a new image, that holds pixels and nothing else."""
    profile = image.info.get("icc_profile")
    whole: Image.Image = image
    if image.mode not in _SHRINKS or "transparency" in image.info:
        # whole tones first: a palette cannot be shrunk, and sixteen bits of grey are cut otherwise
        whole = image.convert("L") if image.mode.startswith(("I", "F")) else image
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
