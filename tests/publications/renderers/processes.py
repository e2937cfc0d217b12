"""Runs a piece of code in processes that order their hashes, and read their clocks, differently."""

from __future__ import annotations

import os
import subprocess
import sys


def outputs(code: str) -> set[bytes]:
    """Return what ``code`` prints, once for each different output: one when it depends on neither."""
    return {
        subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
