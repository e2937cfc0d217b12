"""What can go wrong with an index: it may pass by itself, or the index has to be made again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

#: What the library's only error says when trying again later may succeed.
_PASSING: Final = ("LockBusy", "Lockfile", "No space left", "Too many open files", "Resource temporarily")


class EngineError(Exception):
    """The index did not answer."""


class IndexUnavailableError(EngineError):
    """Temporary: the disk is full, another program is writing, no file can be opened; try again later."""


class BrokenIndexError(EngineError):
    """Permanent: there is no index there, or not one that can be read; it has to be made again."""


@contextmanager
def told() -> Iterator[None]:
    """Turn what the library raises into ours: it has one error for all, and panics on a file cut short."""
    try:
        yield
    except OSError as error:
        raise IndexUnavailableError(str(error)) from error
    except ValueError as error:
        text = str(error)
        kind = IndexUnavailableError if any(word in text for word in _PASSING) else BrokenIndexError
        raise kind(text) from error
    except BaseException as error:
        # what a panic of Rust becomes derives from nothing but BaseException, and has no name to import
        if type(error).__name__ == "PanicException":
            raise BrokenIndexError(str(error)) from error
        raise
