"""Answers of one state of an index, kept: it answers the same as long as it is that state.

Pages of searches are kept by nobody where words are typed or somebody is signed in, and most of them count
the same few filters anew: those of all actions, of the agenda of today, of an académie. The latest of these
questions are handed on to the next state, which is asked them before anybody comes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar, cast

Answer = TypeVar("Answer")

#: Answers kept, up to some twenty kilobytes each; those asked for longest ago go first.
MOST: Final = 256
#: Questions that are handed on to the next state: what a few pages ask.
MOST_AGAIN: Final = 32
#: Actions of an answer that is kept: what a page lists, not all of a country.
MOST_LISTED: Final = 200


class Retenues:
    """What was answered already; any number of threads ask. Whoever is answered changes nothing of it."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._lock = threading.Lock()
        self._told: dict[Hashable, Any] = {}
        self._asked: dict[Hashable, Any] = {}

    def asked(self) -> list[tuple[Hashable, Any]]:
        """The latest questions that were asked to be handed on, each with how it is asked."""
        with self._lock:
            return list(self._asked.items())

    def once(self, question: Hashable, ask: Callable[[], Answer], again: object = None) -> Answer:
        """What ``ask`` answers, or answered to the same question; two that ask at once may both ask.

        ``again``: how another state is asked it, where it is handed on.
        """
        with self._lock:
            if question in self._told:
                # the last that was asked for is the last to go
                found = self._told[question] = self._told.pop(question)
                self._hand_on(question, again)
                return cast("Answer", found)
        found = ask()
        with self._lock:
            while len(self._told) >= MOST:
                del self._told[next(iter(self._told))]
            self._told[question] = found
            self._hand_on(question, again)
        return found

    def _hand_on(self, question: Hashable, again: object) -> None:
        """Keep how another state is asked what this one answered: what fails is not asked twice."""
        if again is None:
            return
        self._asked.pop(question, None)
        self._asked[question] = again
        if len(self._asked) > MOST_AGAIN:
            del self._asked[next(iter(self._asked))]
