"""The page of progress: its counts, each with the rows it leads to, and the rows a filter keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from accroche.lib.tableur.cellules import Cell
from accroche.redaction.attendus import Attendu, Etat, Suivi, asked, done
from accroche.redaction.echanges import Fil

#: The columns of the file, in their order; then what is expected, two columns each.
HEADINGS: Final = (
    "Académie",
    "Statut",
    "Absence de données",
    "En retard",
    "Dernière relance",
    "Messages à lire",
    *(heading for one in Attendu for heading in (one.label, f"{one.label} : ce qui est là")),
)


@dataclass(frozen=True, slots=True)
class CompteAttendu:
    """How many have one thing, of how many it is asked, and where the two lists of rows are."""

    attendu: Attendu
    done: int
    asked: int

    @property
    def missing(self) -> int:
        """How many lack it."""
        return self.asked - self.done

    @property
    def to_done(self) -> str:
        """The filter that keeps those that have it."""
        return urlencode({"attendu": self.attendu.value, "etat": Etat.FAIT.value})

    @property
    def to_missing(self) -> str:
        """The filter that keeps those that lack it."""
        return urlencode({"attendu": self.attendu.value, "etat": Etat.MANQUE.value})


@dataclass(frozen=True, slots=True)
class RangeeSuivi:
    """One académie in the table: its cells in order, its thread, when it was reminded, whether it is late."""

    suivi: Suivi
    fil: Fil
    reminded: dt.datetime | None
    late: bool

    @property
    def cases(self) -> list[tuple[Attendu, Any]]:
        """What is expected, with where it stands."""
        return [(one, self.suivi.cases[one]) for one in Attendu]


def comptes(rows: Sequence[Suivi]) -> list[CompteAttendu]:
    """One count for each thing expected of somebody."""
    found = [CompteAttendu(one, done(rows, one), asked(rows, one)) for one in Attendu]
    return [one for one in found if one.asked]


def rangees(
    rows: Sequence[Suivi],
    fils: Mapping[int, Fil],
    reminded: Mapping[int, dt.datetime],
    today: dt.date,
) -> list[RangeeSuivi]:
    """The rows of the table, all of them."""
    return [
        RangeeSuivi(row, fils.get(row.semaine, Fil()), reminded.get(row.semaine), row.is_late(today))
        for row in rows
    ]


def kept(rows: Sequence[RangeeSuivi], asked_for: Mapping[str, str]) -> list[RangeeSuivi]:
    """The rows that a filter keeps: each of its words narrows them."""
    wanted = Attendu(asked_for["attendu"]) if asked_for.get("attendu") else None
    etat = asked_for.get("etat")

    def keeps(row: RangeeSuivi) -> bool:
        cases = [row.suivi.cases[wanted]] if wanted else list(row.suivi.cases.values())
        return (
            (not etat or any(case.etat == etat for case in cases))
            and (not wanted or bool(etat) or cases[0].etat is not Etat.SANS_OBJET)
            and (not asked_for.get("retard") or row.late)
            and (not asked_for.get("fil") or row.fil.waits)
        )

    return [row for row in rows if keeps(row)]


_ETATS: Final = {Etat.FAIT: "oui", Etat.MANQUE: "non", Etat.SANS_OBJET: "sans objet"}


def lines(rows: Sequence[RangeeSuivi]) -> Iterator[tuple[Cell, ...]]:
    """The rows of the file."""
    for row in rows:
        yield (
            row.suivi.academie,
            row.suivi.statut.label,
            row.suivi.absence,
            "oui" if row.late else "non",
            row.reminded.date() if row.reminded else None,
            row.fil.unread,
            *(word for _, case in row.cases for word in (_ETATS[case.etat], case.dit)),
        )
