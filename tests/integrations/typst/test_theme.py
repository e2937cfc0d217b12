from __future__ import annotations

import re
from pathlib import Path

import pytest

from accroche.integrations import typst

THEME = (Path(typst.__file__).parent / "templates" / "theme.typ").read_text(encoding="utf-8")
NAMED = dict(re.findall(r'^#let (\w+) = rgb\("(#\w{6})"\)', THEME, re.MULTILINE)) | {"white": "#ffffff"}
STEPS = re.findall(r"#\w{6}", next(line for line in THEME.splitlines() if line.startswith("#let steps")))


def luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["white", "wash"])
@pytest.mark.parametrize("text", ["ink", "quiet", "accent"])
def test_text_is_readable_on_what_it_stands_on(text: str, ground: str) -> None:
    assert contrast(NAMED[text], NAMED[ground]) >= 4.5


def test_white_is_readable_on_the_cover() -> None:
    assert contrast(NAMED["white"], NAMED["deep"]) >= 7


def test_codes_are_readable_on_every_tile() -> None:
    assert len(STEPS) == 5
    assert all(contrast(NAMED["ink"], step) >= 4.5 for step in STEPS[:2])
    assert all(contrast(NAMED["white"], step) >= 4.5 for step in STEPS[2:])
