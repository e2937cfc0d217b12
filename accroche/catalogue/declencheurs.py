"""The triggers that :mod:`accroche.catalogue.visible` asks for, as SQL of either database.

A trigger is named after what it says: one of another name is out of date.
"""
# ruff: noqa: S608 - all of it is made of our own words

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Final

from accroche.catalogue import declencheurs_comptage
from accroche.catalogue.declencheurs_comptage import PRESENCE
from accroche.catalogue.visible import OUTSIDE, Vue

#: What all of ours begin with.
PREFIX: Final = "visible_"
#: Rows of the revision that one transaction in so many puts together, and how many at once (PostgreSQL).
_ONE_IN: Final = 16
_AT_ONCE: Final = 64


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its name, and the statements that make it."""

    name: str
    statements: tuple[str, ...]


def _sqlite_raise(*columns: str) -> str:
    """What raises some columns of the revision: one row, and one writer, which writes it over.

    After a flush it is made. Nothing here may depend on a clause « OR … »: SQLite puts that of the statement
    that fires in its place.
    """
    return (
        f"UPDATE commun_revision SET {', '.join(columns)}; "
        "INSERT INTO commun_revision (mark, apart, outside) SELECT random(), random(), random() "
        "WHERE NOT EXISTS (SELECT 1 FROM commun_revision);"
    )


#: A number of chance.
_CHANCE: Final = "('x' || substr(md5(gen_random_uuid()::text), 1, 16))::bit(64)::bigint"
#: One row a transaction: writers never wait for each other. Now and then who writes puts some rows of others
#: together, those that nobody else is at; all together they say the same before and after. ``parts`` are
#: bits: what is apart from sheets (2), carriers outside the directory (4); none is raised twice.
#: Who names none, as programs of the version before do until they are started again, raises all: a function
#: of its own, since a default beside that of an older version, put back, would have PostgreSQL refuse both.
POSTGRESQL_RAISE: Final = (
    f"""
CREATE OR REPLACE FUNCTION visible_raise(parts integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine text := pg_current_xact_id()::text;
    told text := current_setting('accroche.raised', true);
    before integer :=
        CASE WHEN split_part(told, ':', 1) = mine THEN split_part(told, ':', 2)::integer ELSE 0 END;
BEGIN
    IF before > 0 AND (parts & ~before) = 0 THEN RETURN; END IF;
    PERFORM set_config('accroche.raised', mine || ':' || (1 | parts | before)::text, true);
    INSERT INTO commun_revision (mark, apart, outside) VALUES (
        {_CHANCE},
        CASE WHEN (parts & ~before & 2) > 0 THEN {_CHANCE} ELSE 0 END,
        CASE WHEN (parts & ~before & 4) > 0 THEN {_CHANCE} ELSE 0 END
    );
    IF random() < 1.0 / {_ONE_IN} THEN
        WITH free AS (
            SELECT id FROM commun_revision ORDER BY id LIMIT {_AT_ONCE} FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM commun_revision WHERE id IN (SELECT id FROM free) RETURNING mark, apart, outside
        )
        INSERT INTO commun_revision (mark, apart, outside)
            SELECT bit_xor(mark), bit_xor(apart), bit_xor(outside) FROM gone HAVING count(*) > 0;
    END IF;
END $$
""",
    "CREATE OR REPLACE FUNCTION visible_raise() RETURNS void LANGUAGE sql AS 'SELECT visible_raise(6)'",
)


def sqlite(table: str, vue: Vue, columns: Sequence[str]) -> Iterator[Trigger]:
    """The three triggers of a table, fired by each row that counts."""
    for operation, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        counts = _any(_of(vue.counts, row) for row in rows)
        conditions = [counts] if vue.counts else []
        if operation == "UPDATE":
            conditions.append(_any(f"OLD.{name} IS NOT NEW.{name}" for name in _seen(vue, columns)))
        when = f"WHEN {' AND '.join(conditions)} " if conditions else ""
        # what is new names no sheet that was there
        rows_told = () if vue.actions.startswith("SELECT CAST") and operation == "INSERT" else rows
        told = " UNION ".join(_of(vue.actions, row) for row in rows_told)
        outbox = (
            "INSERT INTO catalogue_aindexer (action_id, at, tx) "
            f"SELECT *, strftime('%Y-%m-%d %H:%M:%f', 'now'), 0 FROM ({told}); "
            if vue.actions and told
            else ""
        )
        raised = ["mark = random()"]
        if not vue.of_sheets:
            raised.append("apart = random()")
        if vue.outside:
            is_outside = _any(_of(vue.outside, row) for row in rows)
            raised.append(f"outside = CASE WHEN {is_outside} THEN random() ELSE outside END")
        body = f"AFTER {operation} ON {table} {when}BEGIN {_sqlite_raise(*raised)} {outbox}END"
        name = _name(table, operation, body)
        yield Trigger(name, (f"CREATE TRIGGER {name} {body}",))


def postgresql(table: str, vue: Vue, columns: Sequence[str]) -> Iterator[Trigger]:
    """The three triggers of a table, each with its function, fired by each statement."""
    for operation in _TABLES:
        if operation == "UPDATE":
            seen = _seen(vue, columns)
            pairs = [", ".join(f"{row}.{name}" for name in seen) for row in ("o", "n")]
            found = (
                "FROM old_rows o JOIN new_rows n ON n.id = o.id "
                f"WHERE ROW({pairs[0]}) IS DISTINCT FROM ROW({pairs[1]})"
            )
            sources = [(f"(SELECT o.* {found})", vue), (f"(SELECT n.* {found})", vue)]
        else:
            sources = [("new_rows" if operation == "INSERT" else "old_rows", vue)]
        where = f" WHERE {_of(vue.counts, 'r')}" if vue.counts else ""
        exists = " OR ".join(f"EXISTS (SELECT 1 FROM {source} r{where})" for source, _ in sources)
        outbox = ""
        if vue.actions and not (vue.actions.startswith("SELECT CAST") and operation == "INSERT"):
            told = " UNION ".join(
                f"SELECT t.id FROM {source} r CROSS JOIN LATERAL ({_of(vue.actions, 'r')}) AS t(id){where}"
                for source, _ in sources
            )
            outbox = (
                "INSERT INTO catalogue_aindexer (action_id, at, tx) "
                f"SELECT id, clock_timestamp(), pg_current_xact_id()::text::bigint FROM ({told}) AS told;"
            )
        parts = "0" if vue.of_sheets else "2"
        if vue.outside:
            them = [
                f"EXISTS (SELECT 1 FROM {source} r WHERE {_of(vue.outside, 'r')})" for source, _ in sources
            ]
            parts += f" + CASE WHEN {' OR '.join(them)} THEN 4 ELSE 0 END"
        body = f"BEGIN IF {exists} THEN PERFORM visible_raise({parts}); {outbox} END IF; RETURN NULL; END"
        yield _function(table, operation, body)


def comptage_sqlite() -> Iterator[Trigger]:
    """Those that add up published sheets."""
    for table, operation, does in declencheurs_comptage.sqlite():
        body = f"AFTER {operation} ON {table} {does}"
        name = _name(table, f"c{operation}", body)
        yield Trigger(name, (f"CREATE TRIGGER {name} {body}",))


def comptage_postgresql() -> Iterator[Trigger]:
    """The same."""
    for table, operation, does in declencheurs_comptage.postgresql():
        yield _function(table, operation, f"BEGIN {does} RETURN NULL; END", prefix="c")


def presence_sqlite() -> Iterator[Trigger]:
    """Those that tell that a carrier outside the directory has something published, or no more."""
    for operation, row, passes in (
        ("INSERT", "NEW", "NEW.fiches > 0"),
        ("UPDATE OF fiches", "NEW", "(OLD.fiches > 0) <> (NEW.fiches > 0)"),
        ("DELETE", "OLD", "OLD.fiches > 0"),
    ):
        when = f"WHEN {passes} AND EXISTS (SELECT 1 {_carrier(row)})"
        raised = _sqlite_raise("outside = random()")
        body = f"AFTER {operation} ON {PRESENCE} {when} BEGIN {raised} END"
        name = _name(PRESENCE, f"o{operation}", body)
        yield Trigger(name, (f"CREATE TRIGGER {name} {body}",))


def presence_postgresql() -> Iterator[Trigger]:
    """The same."""
    for operation, rows in (
        ("INSERT", "new_rows r WHERE r.fiches > 0"),
        ("UPDATE", "new_rows r JOIN old_rows l ON l.id = r.id WHERE (l.fiches > 0) <> (r.fiches > 0)"),
        ("DELETE", "old_rows r WHERE r.fiches > 0"),
    ):
        them = f"EXISTS (SELECT 1 FROM {rows} AND EXISTS (SELECT 1 {_carrier('r')}))"
        body = f"BEGIN IF {them} THEN PERFORM visible_raise(4); END IF; RETURN NULL; END"
        yield _function(PRESENCE, operation, body, prefix="o")


def _carrier(row: str) -> str:
    return f"FROM annuaire_porteur o WHERE o.id = {row}.porteur_id AND {_of(OUTSIDE, 'o')}"


_TABLES: Final = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def _function(table: str, operation: str, body: str, *, prefix: str = "") -> Trigger:
    sets = _TABLES[operation]
    name = _name(table, f"{prefix}{operation}", body + sets)
    return Trigger(
        name,
        (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
            f"CREATE TRIGGER {name} AFTER {operation} ON {table} REFERENCING {sets} FOR EACH STATEMENT "  # noqa: ISC004
            f"EXECUTE FUNCTION {name}()",
        ),
    )


def _seen(vue: Vue, columns: Sequence[str]) -> list[str]:
    return [name for name in columns if name not in vue.unseen]


def _of(text: str, row: str) -> str:
    return text.format(r=row)


def _any(conditions: Iterator[str]) -> str:
    return f"({' OR '.join(conditions)})"


def _name(table: str, operation: str, said: str) -> str:
    """A name of at most 63 letters, which PostgreSQL would cut short."""
    digest = blake2s(said.encode(), digest_size=4).hexdigest()
    return f"{PREFIX}{table[:40]}_{operation[:2].lower()}_{digest}"
