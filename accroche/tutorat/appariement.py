"""Who accompanies whom: the cheapest set of pairs, exactly. Pure.

An académie that needs help (:class:`Aidee`) gets one mentor: another académie (:class:`Mentor`), or the
national bureau. The cost of a pair has four readable parts (:class:`Cout`); repeated and excluded pairs are
forbidden, what the bureau pinned is kept, nobody accompanies more than they offered. With a price that rises
from one accompanied académie to the next, one place each is an assignment problem, which
``scipy.optimize.linear_sum_assignment`` solves exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from accroche.lib.texte import pluriel
from accroche.tutorat.rectorats import Rectorat

#: What remains of a pair's cost when the bureau accompanies: chosen when no académie suits.
BUREAU_COST: Final = 0.95
#: The most that distance and clocks can cost, and from where on they cost no more (kilometres, hours).
DISTANCE_PRICE: Final = 0.15
FAR: Final = 800.0
HOURS_PRICE: Final = 0.10
LATE: Final = 6.0
#: What it costs a mentor to take its first, its second and its third académie.
LOAD_PRICES: Final = (0.0, 0.10, 0.25)
MOST: Final = len(LOAD_PRICES)
#: A mentor and the académie it would accompany; no mentor is the bureau.
Paire = tuple[str | None, str]


class AppariementError(ValueError):
    """What was asked cannot be kept at once; the message is French and says what contradicts what."""


@dataclass(frozen=True, slots=True)
class Aidee:
    """An académie to accompany.

    Its needs by code, each with its weight (above 0), and where its services sit.
    """

    code: str
    needs: Mapping[str, float]
    lieu: Rectorat | None = None


@dataclass(frozen=True, slots=True)
class Mentor:
    """An académie that may accompany: what it does well (code of the need, share from 0 to 1), and how many.

    ``capacity``: the académies it offers to take, from 0 to 3, with the ``taken`` ones it accompanies
    already.
    """

    code: str
    fills: Mapping[str, float]
    capacity: int = 1
    taken: int = 0
    lieu: Rectorat | None = None

    @property
    def slots(self) -> range:
        """The places it still has, each with its price in :data:`LOAD_PRICES`."""
        return range(self.taken, max(self.taken, min(self.capacity, MOST)))


@dataclass(frozen=True, slots=True)
class Cout:
    """What a pair costs, part by part; the lower, the better it suits."""

    besoins: float
    distance: float = 0.0
    heures: float = 0.0
    charge: float = 0.0

    @property
    def total(self) -> float:
        """All parts together."""
        return self.besoins + self.distance + self.heures + self.charge


@dataclass(frozen=True, slots=True)
class Couple:
    """One pair of a proposal.

    ``mentor`` None is the bureau. ``filled``: the needs the mentor fills, heaviest first.
    """

    mentee: str
    mentor: str | None
    cout: Cout
    filled: tuple[str, ...] = ()
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """The best that can be had without one pair.

    Who would accompany, and what the whole proposal costs more.
    """

    mentor: str | None
    extra: float


@dataclass(frozen=True, slots=True)
class Enonce:
    """All that decides a proposal. ``forbidden``: excluded pairs, and those that were together already."""

    mentees: Sequence[Aidee]
    mentors: Sequence[Mentor]
    forbidden: frozenset[Paire] = frozenset()
    pinned: Mapping[str, str | None] = field(default_factory=dict)


def pair_cost(mentor: Mentor, mentee: Aidee, slot: int = 0) -> Cout:
    """What it costs that ``mentor`` takes ``mentee`` as the académie of its place number ``slot``."""
    weight = sum(mentee.needs.values())
    filled = sum(heavy * min(1.0, mentor.fills.get(code, 0.0)) for code, heavy in mentee.needs.items())
    here, there = mentor.lieu, mentee.lieu
    if here is None or there is None:
        # nobody knows where: no reason to send somebody far away, nor a clock to compare
        kilometres, hours = FAR, 0.0
    else:
        kilometres, hours = here.kilometres_to(there), here.hours_from(there)
    return Cout(
        besoins=1.0 - filled / weight if weight else 1.0,
        distance=DISTANCE_PRICE * min(1.0, kilometres / FAR),
        heures=HOURS_PRICE * min(1.0, hours / LATE),
        charge=LOAD_PRICES[slot],
    )


def filled_needs(mentor: Mentor, mentee: Aidee) -> tuple[str, ...]:
    """The needs of ``mentee`` that ``mentor`` fills at least in part, what weighs most first."""
    shares = {code: heavy * mentor.fills.get(code, 0.0) for code, heavy in mentee.needs.items()}
    return tuple(code for code in sorted(shares, key=lambda code: (-shares[code], code)) if shares[code] > 0)


def pair_up(enonce: Enonce) -> tuple[Couple, ...]:
    """Return the cheapest set of pairs, one for each mentee, in the order of their codes.

    The same demand gives the same pairs, in whatever order it names académies. Raises
    :class:`AppariementError` for pins that contradict an exclusion, a capacity or each other.
    """
    _check(enonce)
    mentees, places = _sorted(enonce)
    couples = []
    for mentee, column in zip(mentees, _solved(cost_rows(enonce)), strict=True):
        pinned = mentee.code in enonce.pinned
        if column >= len(places):
            couples.append(Couple(mentee.code, None, Cout(BUREAU_COST), pinned=pinned))
            continue
        mentor, slot = places[column]
        couples.append(
            Couple(
                mentee.code,
                mentor.code,
                pair_cost(mentor, mentee, slot),
                filled_needs(mentor, mentee),
                pinned,
            )
        )
    return tuple(couples)


def best_alternatives(enonce: Enonce, couples: Iterable[Couple]) -> dict[str, Alternative | None]:
    """For each mentee, the best proposal without its pair.

    None where there is no other, or the bureau pinned it.
    """
    couples = tuple(couples)
    cost = total(couples)
    found: dict[str, Alternative | None] = {}
    for couple in couples:
        found[couple.mentee] = None
        if couple.pinned:
            continue
        without = Enonce(
            enonce.mentees,
            enonce.mentors,
            enonce.forbidden | {(couple.mentor, couple.mentee)},
            enonce.pinned,
        )
        try:
            others = pair_up(without)
        except AppariementError:
            continue
        other = next(one for one in others if one.mentee == couple.mentee)
        # what is computed twice may differ in its last digits
        found[couple.mentee] = Alternative(other.mentor, max(0.0, round(total(others) - cost, 6)))
    return found


def total(couples: Iterable[Couple]) -> float:
    """What a whole proposal costs."""
    return sum(couple.cout.total for couple in couples)


def _check(enonce: Enonce) -> None:
    """Refuse what cannot be kept at once. Raises :class:`AppariementError`."""
    mentors = {one.code: one for one in enonce.mentors}
    mentees = {one.code for one in enonce.mentees}
    if len(mentors) != len(enonce.mentors) or len(mentees) != len(enonce.mentees):
        raise AppariementError("Une académie est nommée deux fois.")
    for mentee, mentor in enonce.pinned.items():
        if mentee not in mentees:
            raise AppariementError(f"« {mentee} » est imposée sans être à accompagner.")
        if (mentor, mentee) in enonce.forbidden:
            raise AppariementError(
                f"« {mentor} » pour « {mentee} » : ce binôme est imposé et exclu à la fois."
            )
        if mentor is not None and (mentor not in mentors or mentor == mentee):
            raise AppariementError(
                f"« {mentor} » ne peut pas accompagner « {mentee} » : un appui lui est proposé à elle-même."
            )
    for code, wanted in sorted(Counter(filter(None, enonce.pinned.values())).items()):
        if wanted > len(mentors[code].slots):
            raise AppariementError(
                f"« {code} » est imposée {wanted} fois, et n’a que {len(mentors[code].slots)} "
                f"{pluriel(len(mentors[code].slots), 'place', 'places')}."
            )
    for mentee in sorted(mentees - set(enonce.pinned)):
        if (None, mentee) in enonce.forbidden and not any(
            (code, mentee) not in enonce.forbidden and one.slots and code != mentee
            for code, one in mentors.items()
        ):
            raise AppariementError(f"Personne ne peut accompagner « {mentee} » : tout est exclu.")


def _sorted(enonce: Enonce) -> tuple[list[Aidee], list[tuple[Mentor, int]]]:
    """The mentees, and the places of the mentors with the number of each, in the order of their codes."""
    mentors = sorted(enonce.mentors, key=lambda one: one.code)
    return sorted(enonce.mentees, key=lambda one: one.code), [(one, n) for one in mentors for n in one.slots]


def cost_rows(enonce: Enonce) -> list[list[float]]:
    """A row for each mentee: the cost of each place, then the bureau, which has one for each of them."""
    mentees, places = _sorted(enonce)
    infinite = float("inf")
    rows = []
    for number, mentee in enumerate(mentees):
        pinned = enonce.pinned.get(mentee.code, mentee.code)  # itself: nothing is pinned
        free = pinned == mentee.code
        known: dict[str, float] = {}
        row = []
        for mentor, slot in places:
            if (
                mentor.code == mentee.code
                or (mentor.code, mentee.code) in enonce.forbidden
                or not (free or pinned == mentor.code)
            ):
                row.append(infinite)
                continue
            if mentor.code not in known:
                known[mentor.code] = pair_cost(mentor, mentee).total
            row.append(known[mentor.code] + LOAD_PRICES[slot])
        bureau = [infinite] * len(mentees)
        if (None, mentee.code) not in enonce.forbidden and (free or pinned is None):
            bureau[number] = BUREAU_COST
        rows.append(row + bureau)
    return rows


def _solved(rows: list[list[float]]) -> list[int]:
    """The column of each row.

    Raises :class:`AppariementError` when no set of pairs keeps all that was asked.
    """
    if not rows:
        return []
    # two seconds and 60 MB that no other page or command should pay
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    try:
        _, columns = linear_sum_assignment(rows)
    except ValueError as error:
        raise AppariementError("Aucune répartition ne respecte tout ce qui est imposé et exclu.") from error
    return [int(column) for column in columns]
