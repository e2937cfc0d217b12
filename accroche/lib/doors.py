"""The doors to slow work: files, images, documents, mails, other machines.

Whoever does such work says so here first. This module knows nothing of what forbids it: ``commun`` refuses it
inside a transaction, a program without a database refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable

Watch = Callable[[str], None]
_watches: list[Watch] = []


def watch(refuse: Watch) -> None:
    """Have ``refuse`` called with each piece of slow work before it begins; it raises to forbid it."""
    if refuse not in _watches:
        _watches.append(refuse)


def passing(what: str) -> None:
    """Say that slow work begins: ``what`` names it (« an image is decoded »). Raises what a watch raises."""
    for refuse in _watches:
        refuse(what)
