"""How what a function costs grows with the text it is given: for texts of people who mean harm.

Processor time alone is compared, as ratios of minima: a busy neighbour changes neither. A function that
never ends is stopped by a timer of processor time; ``re`` looks at signals while it tries again and again.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log

from tests.thorough import THOROUGH

#: Eight times the text takes eight times as long, or sixty-four when each character costs all the others;
#: between the two, a wide margin on both sides.
TIMES = 8
STEEPEST = 1.5
#: Characters of the longer text.
LENGTH = 128_000 if THOROUGH else 1_600
#: Seconds a character. What takes less is looked at no further: a square takes ten times more.
CHEAP = 100e-9
#: How often the ratio is taken again, until it is a straight line's: noise passes, a square stays.
TRIES = 4


#: No timer is set for less, in seconds: systems count by ticks.
SHORTEST = 0.3


class TooSlowError(Exception):
    """The allowance of processor time is used up."""


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of garbage away.

    It comes the oftener the more is made, and looks at all that the tests before have left, which the longer
    text would pay; and what is raised while it calls somebody back reaches nobody.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise :class:`TooSlowError` in what takes more processor time."""

    def stop(_number: int, _frame: object) -> None:
        raise TooSlowError

    with _uncollected():
        before = signal.signal(signal.SIGVTALRM, stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)


def seconds_of(work: Callable[[], object]) -> float:
    """The processor time of a call, in seconds."""
    with _uncollected():
        begun = time.thread_time()
        work()
        return time.thread_time() - begun


@dataclass(frozen=True)
class Growth:
    """How a cost grows: 1 like the text, 2 like its square; ``seconds`` for the longer one."""

    power: float
    seconds: float

    @property
    def is_steep(self) -> bool:
        """Whether the text costs more than its length."""
        return self.power > STEEPEST


NOTHING = Growth(0, 0)
ENDLESS = Growth(float("inf"), float("inf"))


def growth(
    read: Callable[[str], object],
    text: Callable[[int], str],
    *,
    length: int = LENGTH,
    cheap: float = CHEAP,
) -> Growth:
    """Measure ``read`` on the texts of about so many characters that ``text`` makes.

    What seems steep is measured anew, twice at most: a straight line passes at a calmer moment (the timer
    counts other threads too, and what is made at first use), a square never does.
    """
    for _ in range(2):
        found = _growth(read, text, length, cheap)
        if not found.is_steep:
            return found
    return _growth(read, text, length, cheap)


def _growth(read: Callable[[str], object], text: Callable[[int], str], length: int, cheap: float) -> Growth:
    small, large = text(length // TIMES), text(length)
    try:
        # what is exponential never comes to the longer text
        with at_most(max(length * cheap * 20, SHORTEST)):
            short = max(seconds_of(lambda: read(small)), 1e-6)
        steep = TIMES**STEEPEST
        with at_most(max(2 * steep * short, 2 * length * cheap, SHORTEST)):
            long = seconds_of(lambda: read(large))
        for _ in range(TRIES):
            if long <= length * cheap or long <= steep * short:
                break
            with at_most(4 * long * TRIES + SHORTEST):
                long = min(long, *(seconds_of(lambda: read(large)) for _ in range(2)))
                short = min(short, *(seconds_of(lambda: read(small)) for _ in range(4)))
    except TooSlowError:
        return ENDLESS
    if long <= length * cheap:
        return NOTHING
    return Growth(log(long / short) / log(TIMES), long)
