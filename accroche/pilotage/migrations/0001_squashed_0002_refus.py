"""Invitations and refusals as the first two migrations leave them, for an instance that has none of them yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('pilotage', '0001_initial'),
        ('pilotage', '0002_refus'),
    ]

    initial = True

    dependencies = [
        ('annuaire', '0002_directory'),
        ('campagne', '0002_declaration_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sollicitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField()),
                ('sent_at', models.DateTimeField()),
                ('to', models.EmailField(max_length=254)),
                ('text', models.TextField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sollicitations', to='campagne.edition')),
                ('etablissement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sollicitations', to='annuaire.etablissement')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('etablissement', 'week'), name='sollicitation_once_a_week')],
            },
        ),
        migrations.CreateModel(
            name='Refus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('etablissement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='refus', to='annuaire.etablissement')),
            ],
        ),
    ]
