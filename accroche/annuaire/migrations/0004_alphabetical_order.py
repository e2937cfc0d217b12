"""Lists come in alphabetical order; on PostgreSQL an index has the schools of the whole country in it.

SQLite has none: an index on a function of ours would keep other programs from reading the file.
"""

from django.db import migrations

from accroche.commun.tri import SortKey, in_postgresql

INDEX = "etablissement_by_commune"


def index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        table = schema_editor.quote_name(apps.get_model("annuaire", "Etablissement")._meta.db_table)
        keys = ", ".join(f"({in_postgresql(schema_editor.quote_name(name))})" for name in ("commune", "name"))
        schema_editor.execute(f"CREATE INDEX {INDEX} ON {table} ({keys}, uai)", params=None)


def no_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {INDEX}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('annuaire', '0003_reponse_reconnaissance'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='bassin',
            options={'ordering': [SortKey('name'), 'pk']},
        ),
        migrations.AlterModelOptions(
            name='circonscription',
            options={'ordering': [SortKey('name'), 'pk']},
        ),
        migrations.AlterModelOptions(
            name='nometablissement',
            options={'ordering': ['-replaced_on', SortKey('name')]},
        ),
        migrations.AlterModelOptions(
            name='porteur',
            options={'ordering': [SortKey('name'), SortKey('commune'), 'pk']},
        ),
        migrations.RunPython(index, no_index),
    ]
