"""Accounts as the first six migrations leave them, for an instance that has none of them yet."""

import accroche.comptes.regles
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('comptes', '0001_initial'),
        ('comptes', '0002_codes_and_devices'),
        ('comptes', '0003_sessions'),
        ('comptes', '0004_link_of_a_code'),
        ('comptes', '0005_invitation_of_an_address'),
        ('comptes', '0006_changement_adresse'),
    ]

    initial = True

    dependencies = [
        ('annuaire', '0002_directory'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(blank=True, max_length=150)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['email'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email')],
            },
        ),
        migrations.CreateModel(
            name='CodeConnexion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('code_hash', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(db_index=True)),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('link_hash', models.CharField(max_length=64, null=True, unique=True)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['email'], name='code_email')],
            },
        ),
        migrations.CreateModel(
            name='DemandeRattachement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('accepted', models.BooleanField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('etablissement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='demandes', to='annuaire.etablissement')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='demandes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('user', 'etablissement'), name='demande_pending_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(accroche.comptes.regles.TypeRole['PORTEUR'], 'Porteur de projet'), (accroche.comptes.regles.TypeRole['REFERENT'], 'Référent décrochage scolaire'), (accroche.comptes.regles.TypeRole['MODERATEUR'], 'Modérateur académique'), (accroche.comptes.regles.TypeRole['LECTEUR'], 'Lecteur académique'), (accroche.comptes.regles.TypeRole['NATIONAL'], 'Bureau national'), (accroche.comptes.regles.TypeRole['PARTENAIRE'], 'Partenaire'), (accroche.comptes.regles.TypeRole['ADMINISTRATEUR'], 'Administrateur')], max_length=20)),
                ('organisation', models.CharField(blank=True, max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('role_expires_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('academie', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.academie')),
                ('bassin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.bassin')),
                ('departement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.departement')),
                ('etablissement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.etablissement')),
                ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-invited_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', accroche.comptes.regles.TypeRole['PORTEUR']), ('etablissement__isnull', False), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', True), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['REFERENT']), ('etablissement__isnull', True), ('bassin__isnull', False), ('departement__isnull', True), ('academie__isnull', True), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['REFERENT']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', False), ('academie__isnull', True), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['MODERATEUR']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', False), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['LECTEUR']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', False), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['NATIONAL']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', True), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['PARTENAIRE']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', True), models.Q(('organisation', ''), _negated=True)), models.Q(('kind', accroche.comptes.regles.TypeRole['ADMINISTRATEUR']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', True), ('organisation', '')), _connector='OR'), name='invitation_one_territory')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(accroche.comptes.regles.TypeRole['PORTEUR'], 'Porteur de projet'), (accroche.comptes.regles.TypeRole['REFERENT'], 'Référent décrochage scolaire'), (accroche.comptes.regles.TypeRole['MODERATEUR'], 'Modérateur académique'), (accroche.comptes.regles.TypeRole['LECTEUR'], 'Lecteur académique'), (accroche.comptes.regles.TypeRole['NATIONAL'], 'Bureau national'), (accroche.comptes.regles.TypeRole['PARTENAIRE'], 'Partenaire'), (accroche.comptes.regles.TypeRole['ADMINISTRATEUR'], 'Administrateur')], max_length=20)),
                ('organisation', models.CharField(blank=True, max_length=200)),
                ('granted_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('academie', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.academie')),
                ('bassin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.bassin')),
                ('departement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.departement')),
                ('etablissement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.etablissement')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kind', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', accroche.comptes.regles.TypeRole['PORTEUR']), ('etablissement__isnull', False), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', True), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['REFERENT']), ('etablissement__isnull', True), ('bassin__isnull', False), ('departement__isnull', True), ('academie__isnull', True), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['REFERENT']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', False), ('academie__isnull', True), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['MODERATEUR']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', False), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['LECTEUR']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', False), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['NATIONAL']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', True), ('organisation', '')), models.Q(('kind', accroche.comptes.regles.TypeRole['PARTENAIRE']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', True), models.Q(('organisation', ''), _negated=True)), models.Q(('kind', accroche.comptes.regles.TypeRole['ADMINISTRATEUR']), ('etablissement__isnull', True), ('bassin__isnull', True), ('departement__isnull', True), ('academie__isnull', True), ('organisation', '')), _connector='OR'), name='role_one_territory')],
            },
        ),
        migrations.CreateModel(
            name='Appareil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64)),
                ('known_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appareils', to=settings.AUTH_USER_MODEL)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('kept', models.BooleanField(default=False)),
                ('label', models.CharField(max_length=60)),
                ('opened_at', models.DateTimeField()),
                ('session_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
            ],
            options={
                'ordering': ['-seen_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'token_hash'), name='appareil_once')],
            },
        ),
        migrations.CreateModel(
            name='ChangementAdresse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.EmailField(max_length=254)),
                ('after', models.EmailField(max_length=254)),
                ('code_hash', models.CharField(max_length=64)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('back_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('back_until', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('moved', models.JSONField(blank=True, default=dict)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adresses', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at', None)), fields=('user',), name='changement_adresse_pending_once'), models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('undone_at', None)), fields=('before',), name='changement_adresse_left_once')],
            },
        ),
        migrations.CreateModel(
            name='DemandeInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('accepted', models.BooleanField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='demandes', to='comptes.invitation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('invitation', 'user'), name='demande_invitation_once')],
            },
        ),
    ]
