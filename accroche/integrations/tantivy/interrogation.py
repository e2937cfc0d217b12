"""What is asked of an index besides words: choices, places, days; as queries of the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tantivy import FieldType, Occur, Query

from accroche.integrations.tantivy.jours import blocks_around
from accroche.integrations.tantivy.schema import BEGINS, DURING, ENDS, KEY, TILE, schema
from accroche.lib.requete import Requete

#: Nothing was typed.
NOTHING: Final = Requete()
#: Days that are found each in its list. Of more, beginnings are looked through, which another filter spares
#: sooner than it does lists.
MOST_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Boite:
    """A part of the earth, in degrees; ``west > east`` crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Interrogation:
    """What is asked. ``choix``: for each field of choices, those of which one must hold.

    ``keys``: the only actions that may answer. ``boites``: each must hold them. ``tuiles``: numbers of the
    larger squares they may be in. ``du``, ``au``: ordinals of days, one of which an action must be on.
    ``least``: how many of the words are enough (:meth:`Snapshot.least`).
    """

    requete: Requete = NOTHING
    choix: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: frozenset[int] | None = None
    boites: tuple[Boite, ...] = ()
    tuiles: frozenset[int] | None = None
    du: int | None = None
    au: int | None = None
    least: int | None = None

    def __hash__(self) -> int:
        """Equal ones are one question; ``choix``, which nobody changes, is read as its rows."""
        places = (self.boites, self.tuiles, self.keys)
        return hash((self.requete, *sorted(self.choix.items()), *places, self.du, self.au, self.least))

    def without(self, name: str) -> Interrogation:
        """The same, whatever the choice of one field."""
        return replace(self, choix={one: kept for one, kept in self.choix.items() if one != name})


def one_of(name: str, values: tuple[str, ...]) -> Query:
    """Those that hold one of these choices."""
    if len(values) == 1:
        return Query.term_query(schema(), name, values[0], "basic")
    return Query.term_set_query(schema(), name, list(values))


def filters(demande: Interrogation) -> Iterable[Query]:
    """What every answer must be, but for the words."""
    for name, values in demande.choix.items():
        if values:
            yield one_of(name, values)
    if demande.tuiles is not None:
        yield Query.term_set_query(schema(), TILE, sorted(demande.tuiles))
    if demande.keys is not None:
        yield Query.term_set_query(schema(), KEY, sorted(demande.keys))
    yield from map(_inside, demande.boites)
    if demande.du is not None and demande.au is not None and demande.du <= demande.au:
        yield _within(demande.du, demande.au)
        return
    if demande.du is not None:
        yield _range(ENDS, FieldType.Integer, demande.du, None)
    if demande.au is not None:
        yield _range(BEGINS, FieldType.Integer, None, demande.au)


def _within(du: int, au: int) -> Query:
    """Those of these days: they begin on one of them, or go on on the first.

    Those that have not ended before, of those that have begun by then, are as many: but half a country is in
    each of these two.
    """
    if au - du < MOST_DAYS:
        begins = [Query.term_query(schema(), BEGINS, day, "basic") for day in range(du, au + 1)]
    else:
        begins = [_range(BEGINS, FieldType.Integer, du, au)]
    goes_on = [Query.term_query(schema(), DURING, one, "basic") for one in blocks_around(du)]
    return Query.boolean_query([(Occur.Should, one) for one in (*begins, *goes_on)])


def _inside(box: Boite) -> Query:
    if box.west <= box.east:
        across = [_range("lon", FieldType.Float, box.west, box.east)]
    else:
        across = [
            _range("lon", FieldType.Float, box.west, None),
            _range("lon", FieldType.Float, None, box.east),
        ]
    parts = [(Occur.Must, _range("lat", FieldType.Float, box.south, box.north))]
    parts.append((Occur.Must, Query.boolean_query([(Occur.Should, one) for one in across])))
    return Query.boolean_query(parts)


def _range(name: str, kind: FieldType, low: float | None, high: float | None) -> Query:
    return Query.range_query(schema(), name, kind, low, high)
