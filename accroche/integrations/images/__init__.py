"""Pillow: what a visitor sends becomes an image of ours, without anything but its pixels.

The one door for images from outside, :func:`drawn`: a process of its own decodes, in bounded memory, and few
of them at once on a machine. The program that serves pages never decodes anything.
"""

from accroche.integrations.images.lecture import (
    NO_LIMIT,
    BrokenImageError,
    Drawn,
    NoSlotError,
    TooHeavyError,
    TooManyPixelsError,
    drawn,
)

__all__ = [
    "NO_LIMIT",
    "BrokenImageError",
    "Drawn",
    "NoSlotError",
    "TooHeavyError",
    "TooManyPixelsError",
    "drawn",
]
