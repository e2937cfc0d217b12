"""The index of PostgreSQL that has the schools of the whole country in alphabetical order.

No model tells it: the step that came with it makes it, in the tables of a new instance as well.
"""

from accroche.commun.tri import in_postgresql

INDEX = "etablissement_by_commune"


def index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        table = schema_editor.quote_name(apps.get_model("annuaire", "Etablissement")._meta.db_table)
        keys = ", ".join(f"({in_postgresql(schema_editor.quote_name(name))})" for name in ("commune", "name"))
        schema_editor.execute(f"CREATE INDEX {INDEX} ON {table} ({keys}, uai)", params=None)


def no_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {INDEX}", params=None)
