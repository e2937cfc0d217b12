"""What the directory gained once there were accounts. On PostgreSQL an index has the schools in alphabetical order."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accroche.annuaire.migrations._by_commune import index, no_index


class Migration(migrations.Migration):

    replaces = [
        ('annuaire', '0003_reponse_reconnaissance'),
        ('annuaire', '0004_alphabetical_order'),
        ('annuaire', '0005_office_of_an_academie'),
    ]

    initial = True

    dependencies = [
        ('annuaire', '0002_directory'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='academie',
            name='courriel',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.CreateModel(
            name='ReponseReconnaissance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mention', models.CharField(max_length=300)),
                ('commune', models.CharField(blank=True, max_length=150)),
                ('at', models.DateTimeField()),
                ('academie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.academie')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('etablissement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annuaire.etablissement')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('academie', 'mention', 'commune'), name='reponse_once_per_mention')],
            },
        ),
        migrations.RunPython(index, no_index),
    ]
