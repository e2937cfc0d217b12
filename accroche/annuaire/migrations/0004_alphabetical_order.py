"""Lists come in alphabetical order; on PostgreSQL an index has the schools of the whole country in it.

SQLite has none: an index on a function of ours would keep other programs from reading the file.
"""

from django.db import migrations

from accroche.annuaire.migrations._by_commune import index, no_index
from accroche.commun.tri import SortKey


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
