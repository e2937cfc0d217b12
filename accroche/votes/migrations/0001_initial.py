"""The votes, on the tables they have always had."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('actions', '0007_votes_have_a_house'),
        ('annuaire', '0003_reponse_reconnaissance'),
        ('campagne', '0002_declaration_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Scrutin',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=120, unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('presentation', models.TextField(blank=True)),
                        ('opens_at', models.DateTimeField()),
                        ('closes_at', models.DateTimeField()),
                        ('results_published_at', models.DateTimeField(blank=True, null=True)),
                        ('academie', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scrutins', to='annuaire.academie')),
                        ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scrutins', to='campagne.edition')),
                        ('jury', models.ManyToManyField(blank=True, related_name='scrutins', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'actions_scrutin',
                        'ordering': ['-opens_at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Candidature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('prize', models.CharField(blank=True, max_length=200)),
                        ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidatures', to='actions.action')),
                        ('scrutin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidatures', to='votes.scrutin')),
                    ],
                    options={
                        'db_table': 'actions_candidature',
                        'ordering': ['position', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Bulletin',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('voter', models.CharField(max_length=64)),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('cast_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('candidature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bulletins', to='votes.candidature')),
                        ('scrutin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bulletins', to='votes.scrutin')),
                    ],
                    options={
                        'db_table': 'actions_bulletin',
                        'ordering': ['cast_at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Note',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mark', models.PositiveSmallIntegerField()),
                        ('comment', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('candidature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='votes.candidature')),
                        ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'actions_note',
                        'ordering': ['candidature', 'juror'],
                        'constraints': [models.UniqueConstraint(fields=('candidature', 'juror'), name='note_once'), models.CheckConstraint(condition=models.Q(('mark__lte', 20)), name='note_on_twenty')],
                    },
                ),
                migrations.AddConstraint(
                    model_name='scrutin',
                    constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='scrutin_in_order'),
                ),
                migrations.AddConstraint(
                    model_name='scrutin',
                    constraint=models.CheckConstraint(condition=models.Q(('results_published_at', None), ('results_published_at__gte', models.F('closes_at')), _connector='OR'), name='scrutin_results_after_close'),
                ),
                migrations.AddConstraint(
                    model_name='candidature',
                    constraint=models.UniqueConstraint(fields=('scrutin', 'action'), name='candidature_once'),
                ),
                migrations.AddConstraint(
                    model_name='bulletin',
                    constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False)), fields=('scrutin', 'voter'), name='bulletin_confirmed_once'),
                ),
            ],
        ),
    ]
