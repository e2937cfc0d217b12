"""What a file breaks of a standard, or the test is skipped where veraPDF cannot run."""

from __future__ import annotations

import pytest

from tests.verapdf import MissingVeraPdfError, validate


def broken(pdf: bytes, flavour: str) -> list[str]:
    """Return the rules of the standard that a file breaks."""
    try:
        return validate(pdf, flavour)
    except MissingVeraPdfError as error:
        pytest.skip(f"ACCESSIBILITY NOT CHECKED: {error}")
