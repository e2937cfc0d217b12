"""The directory before anybody had an account: accounts name académies, and answers of 0003 name accounts."""

import accroche.annuaire.models
import accroche.annuaire.regles
import accroche.commun.tri
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('annuaire', '0001_initial'),
        ('annuaire', '0002_directory'),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Academie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='annuaire.academie')),
            ],
            options={
                'ordering': ['slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='academie_period_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Departement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=3, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('academies', models.ManyToManyField(related_name='departements', to='annuaire.academie')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Bassin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=100)),
                ('academie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bassins', to='annuaire.academie')),
            ],
            options={
                'ordering': [accroche.commun.tri.SortKey('name'), 'pk'],
                'constraints': [models.UniqueConstraint(fields=('academie', 'code'), name='bassin_code')],
            },
        ),
        migrations.CreateModel(
            name='Circonscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('departement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circonscriptions', to='annuaire.departement')),
            ],
            options={
                'ordering': [accroche.commun.tri.SortKey('name'), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Etablissement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uai', models.CharField(max_length=8, unique=True, validators=[accroche.annuaire.models.validate_uai])),
                ('kind', models.CharField(choices=[(accroche.annuaire.regles.TypePorteur['ECOLE'], 'École'), (accroche.annuaire.regles.TypePorteur['COLLEGE'], 'Collège'), (accroche.annuaire.regles.TypePorteur['LYCEE'], 'Lycée'), (accroche.annuaire.regles.TypePorteur['LYCEE_PROFESSIONNEL'], 'Lycée professionnel'), (accroche.annuaire.regles.TypePorteur['CIO'], 'Centre d’information et d’orientation'), (accroche.annuaire.regles.TypePorteur['DSDEN'], 'Direction départementale (DSDEN)'), (accroche.annuaire.regles.TypePorteur['CIRCONSCRIPTION'], 'Circonscription du premier degré'), (accroche.annuaire.regles.TypePorteur['RESEAU'], 'Réseau d’établissements'), (accroche.annuaire.regles.TypePorteur['CHAMBRE'], 'Chambre consulaire'), (accroche.annuaire.regles.TypePorteur['OPERATEUR'], 'Opérateur'), (accroche.annuaire.regles.TypePorteur['ASSOCIATION'], 'Association'), (accroche.annuaire.regles.TypePorteur['COLLECTIVITE'], 'Collectivité'), (accroche.annuaire.regles.TypePorteur['TERRITOIRE'], 'Territoire'), (accroche.annuaire.regles.TypePorteur['ACADEMIE'], 'Services académiques'), (accroche.annuaire.regles.TypePorteur['AUTRE'], 'Autre organisme')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('sector', models.CharField(blank=True, choices=[(accroche.annuaire.regles.Secteur['UNKNOWN'], ''), (accroche.annuaire.regles.Secteur['PUBLIC'], 'public'), (accroche.annuaire.regles.Secteur['PRIVATE'], 'private')], max_length=10)),
                ('commune', models.CharField(max_length=100)),
                ('insee', models.CharField(blank=True, max_length=5)),
                ('postal_code', models.CharField(blank=True, max_length=5)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('precision', models.CharField(blank=True, choices=[(accroche.annuaire.regles.Precision['UNKNOWN'], ''), (accroche.annuaire.regles.Precision['ETABLISSEMENT'], 'etablissement'), (accroche.annuaire.regles.Precision['COMMUNE'], 'commune')], max_length=20)),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('bassin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='etablissements', to='annuaire.bassin')),
                ('circonscription', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='etablissements', to='annuaire.circonscription')),
                ('departement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='etablissements', to='annuaire.departement')),
            ],
            options={
                'ordering': ['uai'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='etablissement_on_earth')],
            },
        ),
        migrations.CreateModel(
            name='Porteur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(accroche.annuaire.regles.TypePorteur['ECOLE'], 'École'), (accroche.annuaire.regles.TypePorteur['COLLEGE'], 'Collège'), (accroche.annuaire.regles.TypePorteur['LYCEE'], 'Lycée'), (accroche.annuaire.regles.TypePorteur['LYCEE_PROFESSIONNEL'], 'Lycée professionnel'), (accroche.annuaire.regles.TypePorteur['CIO'], 'Centre d’information et d’orientation'), (accroche.annuaire.regles.TypePorteur['DSDEN'], 'Direction départementale (DSDEN)'), (accroche.annuaire.regles.TypePorteur['CIRCONSCRIPTION'], 'Circonscription du premier degré'), (accroche.annuaire.regles.TypePorteur['RESEAU'], 'Réseau d’établissements'), (accroche.annuaire.regles.TypePorteur['CHAMBRE'], 'Chambre consulaire'), (accroche.annuaire.regles.TypePorteur['OPERATEUR'], 'Opérateur'), (accroche.annuaire.regles.TypePorteur['ASSOCIATION'], 'Association'), (accroche.annuaire.regles.TypePorteur['COLLECTIVITE'], 'Collectivité'), (accroche.annuaire.regles.TypePorteur['TERRITOIRE'], 'Territoire'), (accroche.annuaire.regles.TypePorteur['ACADEMIE'], 'Services académiques'), (accroche.annuaire.regles.TypePorteur['AUTRE'], 'Autre organisme')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('commune', models.CharField(blank=True, max_length=100)),
                ('insee', models.CharField(blank=True, max_length=5)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('academie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='porteurs', to='annuaire.academie')),
                ('etablissement', models.OneToOneField(blank=True, db_column='uai', db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='porteur', to='annuaire.etablissement', to_field='uai', validators=[accroche.annuaire.models.validate_uai])),
            ],
            options={
                'ordering': [accroche.commun.tri.SortKey('name'), accroche.commun.tri.SortKey('commune'), 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='porteur_on_earth'), models.UniqueConstraint(condition=models.Q(('etablissement', None)), fields=('academie', 'kind', 'name', 'commune'), name='porteur_mention_once_per_academie')],
            },
        ),
        migrations.CreateModel(
            name='HistoriqueEtablissement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[(accroche.annuaire.regles.Mouvement['CREATED'], 'created'), (accroche.annuaire.regles.Mouvement['CHANGED'], 'changed'), (accroche.annuaire.regles.Mouvement['CLOSED'], 'closed'), (accroche.annuaire.regles.Mouvement['REOPENED'], 'reopened')], max_length=20)),
                ('changes', models.JSONField(blank=True, default=dict)),
                ('etablissement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='historique', to='annuaire.etablissement')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NomEtablissement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('replaced_on', models.DateField()),
                ('etablissement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anciens_noms', to='annuaire.etablissement')),
            ],
            options={
                'ordering': ['-replaced_on', accroche.commun.tri.SortKey('name')],
                'constraints': [models.UniqueConstraint(fields=('etablissement', 'name'), name='ancien_nom_once')],
            },
        ),
    ]
