"""QR codes of addresses, by segno: nothing is asked of another machine, nothing is followed on the way."""

from __future__ import annotations

import io
from typing import Final

import segno

#: Modules of white around the code, which readers need to find it.
_QUIET: Final = 4
#: Pixels of a module of a PNG: 300 dots an inch where the code is printed 45 mm wide.
_SCALE: Final = 12


def svg(address: str, title: str) -> bytes:
    """Return the code as an SVG that takes the size of its place; ``title`` says what it leads to."""
    out = io.BytesIO()
    _code(address).save(
        out, kind="svg", xmldecl=False, omitsize=True, border=_QUIET, dark="#000", light="#fff", title=title
    )
    return out.getvalue()


def png(address: str) -> bytes:
    """Return the code as a PNG, to print; the same address gives the same bytes."""
    out = io.BytesIO()
    _code(address).save(out, kind="png", scale=_SCALE, border=_QUIET)
    return out.getvalue()


def _code(address: str) -> segno.QRCode:
    # a fifth of it may be soiled or torn on a wall
    return segno.make_qr(address, error="m")
