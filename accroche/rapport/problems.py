"""What the reader could not read, told with its place, and the errors that stop it."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

#: Beyond this many problems the text is of another nature: the rest is only counted.
MAX_PROBLEMS = 500
#: Characters of the faulty line that are shown.
MAX_EXCERPT = 80


class SourceError(ValueError):
    """The file cannot be read as text; the message says why and what to do, in French."""


class ReadingError(ValueError):
    """The text is not a national synthesis at all; the message says so in French."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be read: where (line from 1), what, and what to do.

    ``academie`` names the sheet it is about, empty when it is about the whole report.
    """

    line: int
    excerpt: str
    message: str
    academie: str = ""

    def __str__(self) -> str:
        where = f"Ligne {self.line} ({self.academie})" if self.academie else f"Ligne {self.line}"
        return f"{where} : {self.message}" + (f" « {self.excerpt} »" if self.excerpt else "")


@dataclass(slots=True)
class Problems:
    """Collects problems in bounded memory, whatever the text; ``academie`` is the sheet being read.

    ``columns``: the first line of each block of two columns that was put in one.
    """

    noted: list[Problem] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)
    understood: list[Problem] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    omitted: int = 0
    academie: str = ""
    columns: list[int] = field(default_factory=list)

    def leave(self, line: int, excerpt: str, message: str) -> None:
        """Name what the report holds and no fact takes; past :data:`MAX_PROBLEMS` it is only counted."""
        self._record(self.left, line, excerpt, message)

    def understand(self, line: int, excerpt: str, message: str) -> None:
        """Tell what was understood of prose, for a person to check."""
        self._record(self.understood, line, excerpt, message)

    def note(self, line: int, excerpt: str, message: str) -> None:
        """Record a problem; past :data:`MAX_PROBLEMS` it is only counted."""
        self._record(self.noted, line, excerpt, message)

    def _record(self, records: list[Problem], line: int, excerpt: str, message: str) -> None:
        if len(records) >= MAX_PROBLEMS:
            self.omitted += 1
            return
        short = " ".join(excerpt[: MAX_EXCERPT * 4].split())
        if len(short) > MAX_EXCERPT:
            short = short[: MAX_EXCERPT - 1] + "…"
        records.append(Problem(line, short, message, self.academie))

    def take(self, lines: Iterable[int]) -> None:
        """Tell the lines, by their numbers, that a fact takes without keeping their words."""
        self.taken.update(lines)

    def lines(self) -> frozenset[int]:
        """Give the numbers of the lines that a fact took, or that a problem names."""
        return frozenset(self.taken).union(problem.line for problem in self.noted)

    def leftovers(self) -> tuple[Problem, ...]:
        """Give by line what the report holds and no fact takes."""
        return tuple(sorted(self.left, key=lambda p: p.line))

    def readings(self) -> tuple[Problem, ...]:
        """Give by line what was understood of prose."""
        return tuple(sorted(self.understood, key=lambda p: p.line))

    def place(self, sheets: Sequence[tuple[int, str]], after: int) -> None:
        """Name the académie of what was noted before the sheets (their first lines and names) were known.

        ``after`` is the first line that no sheet holds any more.
        """
        starts = [number for number, _name in sheets]
        for records in (self.noted, self.left):
            for rank, problem in enumerate(records):
                sheet = bisect.bisect_right(starts, problem.line) - 1
                if not problem.academie and sheet >= 0 and problem.line < after:
                    records[rank] = replace(problem, academie=sheets[sheet][1])

    def close(self) -> tuple[Problem, ...]:
        """Give the problems by line, with a last one for those that were only counted."""
        found = sorted(self.noted, key=lambda p: p.line)
        if self.omitted:
            found.append(
                Problem(
                    found[-1].line if found else 1,
                    "",
                    f"{self.omitted} autres problèmes ne sont pas détaillés : le texte est sans doute "
                    "abîmé, vérifiez le fichier avant de corriger ligne par ligne.",
                )
            )
        return tuple(found)
