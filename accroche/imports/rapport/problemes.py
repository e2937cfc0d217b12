"""What the reader could not read, told with its place, and the errors that stop it."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Beyond this many problems the text is of another nature: the rest is only counted.
MAX_PROBLEMES = 500
#: Characters of the faulty line that are shown.
MAX_EXTRAIT = 80


class SourceError(ValueError):
    """The file cannot be read as text; the message says why and what to do, in French."""


class LectureError(ValueError):
    """The text is not a national synthesis at all; the message says so in French."""


@dataclass(frozen=True, slots=True)
class Probleme:
    """One thing that could not be read: where (line from 1), what, and what to do."""

    line: int
    excerpt: str
    message: str


@dataclass(slots=True)
class Releve:
    """Collects problems in bounded memory, whatever the text."""

    problems: list[Probleme] = field(default_factory=list)
    omitted: int = 0

    def note(self, line: int, excerpt: str, message: str) -> None:
        """Record a problem; past :data:`MAX_PROBLEMES` it is only counted."""
        if len(self.problems) >= MAX_PROBLEMES:
            self.omitted += 1
            return
        court = " ".join(excerpt[: MAX_EXTRAIT * 4].split())
        if len(court) > MAX_EXTRAIT:
            court = court[: MAX_EXTRAIT - 1] + "…"
        self.problems.append(Probleme(line, court, message))

    def close(self) -> tuple[Probleme, ...]:
        """Give the problems by line, with a last one for those that were only counted."""
        found = sorted(self.problems, key=lambda p: p.line)
        if self.omitted:
            found.append(
                Probleme(
                    found[-1].line,
                    "",
                    f"{self.omitted} autres problèmes ne sont pas détaillés : le texte est sans doute "
                    "abîmé, vérifiez le fichier avant de corriger ligne par ligne.",
                )
            )
        return tuple(found)
