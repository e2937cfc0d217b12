"""The triggers that keep what published sheets add up to, semaine by semaine, as SQL of either database.

Sheets and their levels are added up as they come and go. A school counts once however many sheets it carries:
``actions_presenceporteur`` counts these; what passes from none to one, or back, adds a school or takes one.
Rows may come in any order (a restored copy, a cascade): each looks at what is there.
"""
# ruff: noqa: S608 - all of it is made of our own words

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from accroche.annuaire.regles import NIVEAU_DE, Niveau

COMPTAGE: Final = "actions_comptagesemaine"
PRESENCE: Final = "actions_presenceporteur"
_LEVELS: Final = tuple(level.value for level in Niveau)
_PUBLISHED: Final = "{r}.etat = 'published'"
_KINDS: Final = ", ".join(f"'{kind.value}'" for kind in NIVEAU_DE)
#: Rows of PostgreSQL's that one in so many transactions puts together, and how many at once.
_ONE_IN: Final = 16
_AT_ONCE: Final = 2000

_TICKED: Final = ", ".join(f"sum(CASE WHEN {name} THEN 1 ELSE 0 END)" for name in _LEVELS)

#: The whole of it, counted again.
RECOUNT: Final = (
    f"DELETE FROM {COMPTAGE}",
    f"DELETE FROM {PRESENCE}",
    (
        f"INSERT INTO {COMPTAGE} (semaine_id, actions, {', '.join(_LEVELS)}, etablissements) "
        f"SELECT semaine_id, count(*), {_TICKED}, 0 "
        "FROM actions_action WHERE etat = 'published' GROUP BY semaine_id"
    ),
    # its own trigger adds the schools to these rows; of two, on SQLite, each would count what comes next
    (
        f"INSERT INTO {PRESENCE} (semaine_id, porteur_id, fiches) "
        "SELECT a.semaine_id, p.porteur_id, count(*) FROM actions_action a "
        "JOIN actions_actionporteur p ON p.action_id = a.id WHERE a.etat = 'published' "
        "GROUP BY a.semaine_id, p.porteur_id"
    ),
)


def sqlite() -> Iterator[tuple[str, str, str]]:
    """Each trigger: its table, what fires it, and what it does."""
    watched = ", ".join(("etat", "semaine_id", *_LEVELS))
    either = f"({_PUBLISHED.format(r='OLD')} OR {_PUBLISHED.format(r='NEW')})"
    yield "actions_action", "INSERT", _sqlite(_PUBLISHED.format(r="NEW"), _sheet("NEW", 1))
    yield "actions_action", "DELETE", _sqlite(_PUBLISHED.format(r="OLD"), _sheet("OLD", -1))
    yield (
        "actions_action",
        f"UPDATE OF {watched}",
        _sqlite(either, _sheet("OLD", -1, conditional=True) + _sheet("NEW", 1, conditional=True)),
    )
    for operation, row, by in (("INSERT", "NEW", 1), ("DELETE", "OLD", -1)):
        # what a census brings is not public yet: one look at its sheet, for each of a hundred thousand
        yield "actions_actionporteur", operation, _sqlite(f"EXISTS (SELECT 1 {_of(row)})", _portage(row, by))
    yield (
        "actions_actionporteur",
        "UPDATE OF action_id, porteur_id",
        _sqlite("", _portage("OLD", -1) + _portage("NEW", 1)),
    )
    school = f"EXISTS (SELECT 1 FROM annuaire_porteur o WHERE o.id = NEW.porteur_id AND o.kind IN ({_KINDS}))"
    yield PRESENCE, "INSERT", _sqlite(f"NEW.fiches > 0 AND {school}", _schools("NEW.semaine_id", "1"))
    yield (
        PRESENCE,
        "UPDATE OF fiches",
        _sqlite(
            f"(OLD.fiches > 0) <> (NEW.fiches > 0) AND {school}",
            _schools("NEW.semaine_id", "CASE WHEN NEW.fiches > 0 THEN 1 ELSE -1 END"),
        ),
    )
    for operation, row, sign in (("INSERT", "NEW", "+"), ("DELETE", "OLD", "-")):
        yield "annuaire_porteur", operation, _sqlite(f"{row}.kind IN ({_KINDS})", _carrier(row, sign))
    yield (
        "annuaire_porteur",
        "UPDATE OF kind",
        _sqlite(
            f"(OLD.kind IN ({_KINDS})) <> (NEW.kind IN ({_KINDS}))",
            _carrier("NEW", f"+ CASE WHEN NEW.kind IN ({_KINDS}) THEN 1 ELSE -1 END *"),
        ),
    )


def _sqlite(when: str, statements: list[str]) -> str:
    condition = f"WHEN {when} " if when else ""
    return f"{condition}BEGIN {' '.join(f'{one};' for one in statements)} END"


def _sheet(row: str, by: int, *, conditional: bool = False) -> list[str]:
    """A sheet comes (1) or goes (-1), with its carriers; ``conditional``: if it is published."""
    only = f" AND {_PUBLISHED.format(r=row)}" if conditional else ""
    added = ", ".join(f"{name} = {name} + {by} * {row}.{name}" for name in _LEVELS)
    told = ", ".join(f"{by} * {row}.{name}" for name in _LEVELS)
    carriers = f"SELECT p.porteur_id AS porteur_id FROM actions_actionporteur p WHERE p.action_id = {row}.id"
    return [
        f"UPDATE {COMPTAGE} SET actions = actions + {by}, {added} WHERE semaine_id = {row}.semaine_id{only}",
        (
            f"INSERT INTO {COMPTAGE} (semaine_id, actions, {', '.join(_LEVELS)}, etablissements) "
            f"SELECT {row}.semaine_id, {by}, {told}, 0 "
            f"WHERE NOT EXISTS (SELECT 1 FROM {COMPTAGE} WHERE semaine_id = {row}.semaine_id){only}"
        ),
        *_presence(f"{row}.semaine_id", f"{carriers}{only}", by),
    ]


def _portage(row: str, by: int) -> list[str]:
    """A carrier joins a sheet or leaves it, if that is published."""
    of = _of(row)
    return _presence(f"(SELECT a.semaine_id {of})", f"SELECT {row}.porteur_id AS porteur_id {of}", by)


def _of(row: str) -> str:
    """The published sheet that a carrier joins or leaves."""
    return f"FROM actions_action a WHERE a.id = {row}.action_id AND a.etat = 'published'"


def _presence(semaine: str, carriers: str, by: int) -> list[str]:
    there = f"{PRESENCE}.semaine_id = {semaine} AND {PRESENCE}.porteur_id"
    return [
        f"UPDATE {PRESENCE} SET fiches = fiches + {by} WHERE {there} IN ({carriers})",
        (
            f"INSERT INTO {PRESENCE} (semaine_id, porteur_id, fiches) SELECT {semaine}, c.porteur_id, {by} "
            f"FROM ({carriers}) c WHERE NOT EXISTS (SELECT 1 FROM {PRESENCE} WHERE {there} = c.porteur_id)"
        ),
    ]


def _schools(semaine: str, by: str) -> list[str]:
    return [
        f"UPDATE {COMPTAGE} SET etablissements = etablissements + {by} WHERE semaine_id = {semaine}",
        (
            f"INSERT INTO {COMPTAGE} (semaine_id, actions, {', '.join(_LEVELS)}, etablissements) "
            f"SELECT {semaine}, 0, {', '.join('0' for _ in _LEVELS)}, {by} "
            f"WHERE NOT EXISTS (SELECT 1 FROM {COMPTAGE} WHERE semaine_id = {semaine})"
        ),
    ]


def _carrier(row: str, by: str) -> list[str]:
    """A carrier becomes a school, or is none any more: in each semaine in which it carries something."""
    one = f"{by} 1"
    among = f"SELECT semaine_id FROM {PRESENCE} WHERE porteur_id = {row}.id AND fiches > 0"
    return [f"UPDATE {COMPTAGE} SET etablissements = etablissements {one} WHERE semaine_id IN ({among})"]


def postgresql() -> Iterator[tuple[str, str, str]]:
    """Each trigger: its table, what fires it, and the statements of its function."""
    levels = ", ".join(f"r.{name}::int AS {name}" for name in _LEVELS)
    sums = ", ".join(f"sum(d * {name})" for name in _LEVELS)
    moved = " OR ".join(f"sum(d * {name}) <> 0" for name in ("1", *_LEVELS))
    names = ", ".join(_LEVELS)
    for operation, sides in _SIDES.items():
        sheets = " UNION ALL ".join(
            f"SELECT {sign} AS d, r.id, r.semaine_id, {levels} FROM {rows} r WHERE {_PUBLISHED.format(r='r')}"
            for rows, sign in sides
        )
        yield (
            "actions_action",
            operation,
            f"INSERT INTO {COMPTAGE} (semaine_id, actions, {names}) "
            f"SELECT semaine_id, sum(d), {sums} FROM ({sheets}) s GROUP BY semaine_id HAVING {moved}; "
            + _COMPACT
            + _upsert(
                f"SELECT s.semaine_id, p.porteur_id, sum(s.d) FROM ({sheets}) s "
                "JOIN actions_actionporteur p ON p.action_id = s.id "
                "GROUP BY s.semaine_id, p.porteur_id HAVING sum(s.d) <> 0"
            ),
        )
        portages = " UNION ALL ".join(
            f"SELECT {sign} AS d, r.porteur_id, a.semaine_id FROM {rows} r "
            "JOIN actions_action a ON a.id = r.action_id AND a.etat = 'published'"
            for rows, sign in sides
        )
        yield (
            "actions_actionporteur",
            operation,
            _upsert(
                f"SELECT semaine_id, porteur_id, sum(d) FROM ({portages}) s "
                "GROUP BY semaine_id, porteur_id HAVING sum(d) <> 0"
            ),
        )
        carriers = " UNION ALL ".join(
            f"SELECT {sign} AS d, r.id FROM {rows} r WHERE r.kind IN ({_KINDS})" for rows, sign in sides
        )
        yield (
            "annuaire_porteur",
            operation,
            (
                f"INSERT INTO {COMPTAGE} (semaine_id, etablissements) SELECT q.semaine_id, sum(s.d) "
                f"FROM ({carriers}) s JOIN {PRESENCE} q ON q.porteur_id = s.id AND q.fiches > 0 "
                "GROUP BY q.semaine_id HAVING sum(s.d) <> 0;"
            ),
        )
        if operation != "DELETE":
            present = " UNION ALL ".join(
                f"SELECT {sign} AS d, r.semaine_id, r.porteur_id FROM {rows} r WHERE r.fiches > 0"
                for rows, sign in sides
            )
            yield (
                PRESENCE,
                operation,
                (
                    f"INSERT INTO {COMPTAGE} (semaine_id, etablissements) SELECT s.semaine_id, sum(s.d) "
                    f"FROM ({present}) s JOIN annuaire_porteur o ON o.id = s.porteur_id "
                    f"WHERE o.kind IN ({_KINDS}) GROUP BY s.semaine_id HAVING sum(s.d) <> 0;"
                ),
            )


_SIDES: Final = {
    "INSERT": (("new_rows", 1),),
    "UPDATE": (("old_rows", -1), ("new_rows", 1)),
    "DELETE": (("old_rows", -1),),
}

#: What several transactions added for the semaines that were just written, those that nobody else is at.
_COMPACT: Final = f"""
IF FOUND AND random() < 1.0 / {_ONE_IN} THEN
    WITH free AS (
        SELECT id FROM {COMPTAGE} ORDER BY id LIMIT {_AT_ONCE} FOR UPDATE SKIP LOCKED
    ), gone AS (
        DELETE FROM {COMPTAGE} WHERE id IN (SELECT id FROM free) RETURNING *
    )
    INSERT INTO {COMPTAGE} (semaine_id, actions, {", ".join(_LEVELS)}, etablissements)
    SELECT semaine_id, sum(actions), {", ".join(f"sum({name})" for name in _LEVELS)}, sum(etablissements)
    FROM gone GROUP BY semaine_id;
END IF;
"""


def _upsert(rows: str) -> str:
    """Add to what carriers carry; always in one order, so that no two writers hold what the other wants."""
    return (
        f"INSERT INTO {PRESENCE} (semaine_id, porteur_id, fiches) {rows} ORDER BY 1, 2 "
        f"ON CONFLICT (semaine_id, porteur_id) DO UPDATE SET fiches = {PRESENCE}.fiches + EXCLUDED.fiches;"
    )
