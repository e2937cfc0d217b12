"""The votes have an app of their own; their tables stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0006_pieces_in_preparation'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='candidature',
                    name='action',
                ),
                migrations.RemoveField(
                    model_name='candidature',
                    name='scrutin',
                ),
                migrations.RemoveField(
                    model_name='note',
                    name='candidature',
                ),
                migrations.RemoveField(
                    model_name='note',
                    name='juror',
                ),
                migrations.RemoveField(
                    model_name='scrutin',
                    name='academie',
                ),
                migrations.RemoveField(
                    model_name='scrutin',
                    name='edition',
                ),
                migrations.RemoveField(
                    model_name='scrutin',
                    name='jury',
                ),
                migrations.DeleteModel(
                    name='Bulletin',
                ),
                migrations.DeleteModel(
                    name='Candidature',
                ),
                migrations.DeleteModel(
                    name='Note',
                ),
                migrations.DeleteModel(
                    name='Scrutin',
                ),
            ],
        ),
    ]
