"""Imports as the first two migrations leave them, for an instance that has none of them yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('imports', '0001_initial'),
        ('imports', '0002_headings_of_any_field'),
    ]

    initial = True

    dependencies = [
        ('annuaire', '0002_directory'),
        ('campagne', '0002_declaration_days'),
        ('commun', '0002_jobs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Depot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('size', models.PositiveIntegerField()),
                ('token', models.CharField(max_length=40, unique=True)),
                ('created_at', models.DateTimeField()),
                ('tables', models.JSONField(blank=True, default=dict)),
                ('report', models.JSONField(blank=True, default=dict)),
                ('choices', models.JSONField(blank=True, default=dict)),
                ('result', models.JSONField(blank=True, default=dict)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('academie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.academie')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campagne.edition')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='commun.job')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MemoireColonne',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heading', models.CharField(max_length=200)),
                ('champ', models.CharField(max_length=30)),
                ('chosen_at', models.DateTimeField()),
                ('academie', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annuaire.academie')),
            ],
            options={
                'ordering': ['academie', 'heading'],
                'constraints': [models.UniqueConstraint(fields=('academie', 'heading'), name='memoire_once')],
            },
        ),
    ]
