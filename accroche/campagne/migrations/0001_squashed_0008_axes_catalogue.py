"""Editions, their semaines and grids as the first eight migrations leave them, for an instance that has none yet."""

import accroche.campagne.regles
import accroche.campagne.vie
import accroche.commun.tri
import accroche.lib.chiffres.modele
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('campagne', '0001_initial'),
        ('campagne', '0002_declaration_days'),
        ('campagne', '0003_alphabetical_order'),
        ('campagne', '0004_semaines_begun'),
        ('campagne', '0005_grids'),
        ('campagne', '0006_faits_de_la_semaine'),
        ('campagne', '0007_life_of_an_edition'),
        ('campagne', '0008_axes_catalogue'),
    ]

    initial = True

    dependencies = [
        ('annuaire', '0005_office_of_an_academie'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('loaded_from', models.CharField(blank=True, max_length=20)),
                ('loaded_facts', models.JSONField(blank=True, default=dict)),
                ('year', models.CharField(max_length=9, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('notes', models.JSONField(blank=True, default=list)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('declaration_closes', models.DateField(blank=True, null=True)),
                ('declaration_opens', models.DateField(blank=True, null=True)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-year'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('declaration_closes', None), ('declaration_opens', None)), models.Q(('declaration_closes__gte', models.F('declaration_opens')), ('declaration_opens__isnull', False)), _connector='OR'), name='edition_declaration_in_order'), models.CheckConstraint(condition=models.Q(('archived_at', None), ('closed_at__isnull', False), _connector='OR'), name='edition_archived_once_closed')],
            },
        ),
        migrations.CreateModel(
            name='Partenaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(blank=True, choices=[(accroche.campagne.regles.TypePartenaire['UNKNOWN'], ''), (accroche.campagne.regles.TypePartenaire['COLLECTIVITE'], 'collectivite'), (accroche.campagne.regles.TypePartenaire['SERVICE_ETAT'], 'service_etat'), (accroche.campagne.regles.TypePartenaire['ASSOCIATION'], 'association'), (accroche.campagne.regles.TypePartenaire['ENTREPRISE'], 'entreprise'), (accroche.campagne.regles.TypePartenaire['OPERATEUR'], 'operateur'), (accroche.campagne.regles.TypePartenaire['CHAMBRE'], 'chambre'), (accroche.campagne.regles.TypePartenaire['RECHERCHE'], 'recherche'), (accroche.campagne.regles.TypePartenaire['PARENTS'], 'parents'), (accroche.campagne.regles.TypePartenaire['SANTE'], 'sante'), (accroche.campagne.regles.TypePartenaire['EDUCATION'], 'education'), (accroche.campagne.regles.TypePartenaire['FORMATION'], 'formation'), (accroche.campagne.regles.TypePartenaire['MEDIA'], 'media'), (accroche.campagne.regles.TypePartenaire['AUTRE'], 'autre')], max_length=20)),
                ('internal', models.BooleanField(default=False)),
            ],
            options={
                'ordering': [accroche.commun.tri.SortKey('name'), 'pk'],
                'constraints': [models.UniqueConstraint(fields=('name', 'kind', 'internal'), name='partenaire_once')],
            },
        ),
        migrations.CreateModel(
            name='Grille',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('preamble', models.TextField(blank=True, max_length=5000)),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='following', to='campagne.grille')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Axe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30)),
                ('label', models.CharField(max_length=200)),
                ('position', models.PositiveSmallIntegerField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='axes', to='campagne.edition')),
                ('pistes', models.JSONField(blank=True, default=list)),
                ('text', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'code'), name='axe_code')],
            },
        ),
        migrations.CreateModel(
            name='Objectif',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30)),
                ('label', models.CharField(max_length=200)),
                ('conclusion', models.TextField(blank=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectifs', to='campagne.edition')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'code'), name='objectif_code')],
            },
        ),
        migrations.CreateModel(
            name='Semaine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('premier_degre', models.BooleanField(default=False)),
                ('college', models.BooleanField(default=False)),
                ('lycee', models.BooleanField(default=False)),
                ('lycee_professionnel', models.BooleanField(default=False)),
                ('loaded_from', models.CharField(blank=True, max_length=20)),
                ('loaded_facts', models.JSONField(blank=True, default=dict)),
                ('status', models.CharField(choices=[(accroche.campagne.regles.StatutSemaine['PREPARING'], 'preparing'), (accroche.campagne.regles.StatutSemaine['REPORTED'], 'reported'), (accroche.campagne.regles.StatutSemaine['UNAVAILABLE'], 'unavailable')], max_length=20)),
                ('ordinal', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('themes', models.JSONField(blank=True, default=list)),
                ('pilot', models.CharField(blank=True, max_length=200)),
                ('sponsor', models.TextField(blank=True)),
                ('funding', models.TextField(blank=True)),
                ('committee', models.TextField(blank=True)),
                ('narrative', models.TextField(blank=True)),
                ('partners_narrative', models.TextField(blank=True)),
                ('examples_note', models.TextField(blank=True)),
                ('academie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='semaines', to='annuaire.academie')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='semaines', to='campagne.edition')),
                ('updated_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('begun', models.BooleanField(default=False, editable=False)),
                ('alliances', models.CharField(blank=True, choices=[(accroche.campagne.regles.Alliances['INTERNES'], 'internes'), (accroche.campagne.regles.Alliances['SURTOUT_INTERNES'], 'surtout_internes'), (accroche.campagne.regles.Alliances['INTERNES_EXTERNES'], 'internes_externes'), (accroche.campagne.regles.Alliances['NC'], 'nc')], max_length=20)),
                ('appel', models.CharField(blank=True, choices=[(accroche.campagne.regles.Appel['TOUS'], 'tous'), (accroche.campagne.regles.Appel['CERTAINS'], 'certains')], max_length=20)),
                ('bassins', models.JSONField(blank=True, default=list)),
                ('help_asked', models.BooleanField(blank=True, null=True)),
                ('help_text', models.TextField(blank=True)),
                ('mentor_offer', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('obstacle', models.CharField(blank=True, choices=[(accroche.campagne.regles.Obstacle['AUCUN'], 'aucun'), (accroche.campagne.regles.Obstacle['CHARGE'], 'charge'), (accroche.campagne.regles.Obstacle['CALENDRIER'], 'calendrier'), (accroche.campagne.regles.Obstacle['MOYENS'], 'moyens'), (accroche.campagne.regles.Obstacle['MOBILISATION'], 'mobilisation'), (accroche.campagne.regles.Obstacle['AUTRE'], 'autre')], max_length=20)),
                ('obstacle_text', models.TextField(blank=True)),
                ('portage', models.CharField(blank=True, choices=[(accroche.campagne.regles.Portage['PORTEURS'], 'porteurs'), (accroche.campagne.regles.Portage['SERVICES'], 'services'), (accroche.campagne.regles.Portage['LES_DEUX'], 'les_deux'), (accroche.campagne.regles.Portage['NC'], 'nc')], max_length=20)),
                ('staff_days', models.PositiveIntegerField(blank=True, null=True)),
                ('staff_strain', models.CharField(blank=True, choices=[(accroche.campagne.regles.Charge['TENABLE'], 'tenable'), (accroche.campagne.regles.Charge['TENDUE'], 'tendue'), (accroche.campagne.regles.Charge['INTENABLE'], 'intenable')], max_length=20)),
            ],
            options={
                'ordering': ['academie__slug'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'academie'), name='semaine_once'), models.CheckConstraint(condition=models.Q(('ordinal', None), ('ordinal__gte', 1), _connector='OR'), name='semaine_ordinal_from_one'), models.CheckConstraint(condition=models.Q(('mentor_offer', None), ('mentor_offer__lte', 3), _connector='OR'), name='semaine_mentor_offer_few')],
            },
        ),
        migrations.CreateModel(
            name='Texte',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(choices=[(accroche.campagne.regles.SectionTexte['INTRODUCTION'], 'introduction'), (accroche.campagne.regles.SectionTexte['PERSPECTIVES'], 'perspectives')], max_length=20)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='textes', to='campagne.edition')),
            ],
            options={
                'ordering': ['section', 'position'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'section', 'position'), name='texte_position')],
            },
        ),
        migrations.CreateModel(
            name='Tutorat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(accroche.campagne.regles.TypeTutorat['PRIORITAIRE'], 'prioritaire'), (accroche.campagne.regles.TypeTutorat['POSSIBLE'], 'possible'), (accroche.campagne.regles.TypeTutorat['CHARGE'], 'charge')], max_length=20)),
                ('reason', models.TextField(blank=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tutorats', to='campagne.edition')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'position'), name='tutorat_position')],
            },
        ),
        migrations.CreateModel(
            name='GrilleEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='grille_edition', to='campagne.edition')),
                ('grille', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='campagne.grille')),
            ],
            options={
                'ordering': ['-edition__year'],
            },
        ),
        migrations.CreateModel(
            name='GrilleObjectif',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30)),
                ('label', models.CharField(max_length=200)),
                ('position', models.PositiveSmallIntegerField()),
                ('grille', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectifs', to='campagne.grille')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('grille', 'code'), name='grille_objectif_code')],
            },
        ),
        migrations.CreateModel(
            name='Echeance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(accroche.campagne.vie.TypeEcheance['PAGE'], 'page'), (accroche.campagne.vie.TypeEcheance['BILAN'], 'bilan'), (accroche.campagne.vie.TypeEcheance['AXES'], 'axes'), (accroche.campagne.vie.TypeEcheance['SYNTHESE'], 'synthese'), (accroche.campagne.vie.TypeEcheance['TUTORAT'], 'tutorat')], max_length=20)),
                ('day', models.DateField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='echeances', to='campagne.edition')),
            ],
            options={
                'ordering': ['day', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'kind'), name='echeance_once')],
            },
        ),
        migrations.CreateModel(
            name='CitationObjectif',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('academie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.academie')),
                ('objectif', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='campagne.objectif')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('objectif', 'academie'), name='citation_once')],
            },
        ),
        migrations.CreateModel(
            name='Ressource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=250)),
                ('kind', models.CharField(choices=[(accroche.campagne.regles.TypeRessource['DOSSIER_PRESSE'], 'Dossier de presse'), (accroche.campagne.regles.TypeRessource['DOSSIER_THEMATIQUE'], 'Dossier thématique'), (accroche.campagne.regles.TypeRessource['RECENSEMENT'], 'Recensement'), (accroche.campagne.regles.TypeRessource['CARTE'], 'Carte'), (accroche.campagne.regles.TypeRessource['PROGRAMME'], 'Programme'), (accroche.campagne.regles.TypeRessource['VIDEO'], 'Vidéo'), (accroche.campagne.regles.TypeRessource['ARTICLE'], 'Article'), (accroche.campagne.regles.TypeRessource['SITE'], 'Site'), (accroche.campagne.regles.TypeRessource['EMISSION'], 'Émission'), (accroche.campagne.regles.TypeRessource['BILAN'], 'Bilan'), (accroche.campagne.regles.TypeRessource['GUIDE'], 'Guide'), (accroche.campagne.regles.TypeRessource['DIAPORAMA'], 'Diaporama'), (accroche.campagne.regles.TypeRessource['FILM'], 'Court métrage')], max_length=20)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('published', models.BooleanField(default=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ressources', to='campagne.semaine')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('semaine', 'position'), name='ressource_position')],
            },
        ),
        migrations.CreateModel(
            name='Fenetre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fenetres', to='campagne.semaine')),
            ],
            options={
                'ordering': ['starts'],
                'constraints': [models.UniqueConstraint(fields=('semaine', 'starts'), name='fenetre_once'), models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='fenetre_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Chiffre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicateur', models.CharField(choices=[(accroche.campagne.regles.Indicateur['ACTIONS'], 'actions'), (accroche.campagne.regles.Indicateur['ETABLISSEMENTS'], 'etablissements')], max_length=20)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[(accroche.lib.chiffres.modele.Kind['EXACT'], 'exact'), (accroche.lib.chiffres.modele.Kind['ABOUT'], 'about'), (accroche.lib.chiffres.modele.Kind['MORE_THAN'], 'more_than'), (accroche.lib.chiffres.modele.Kind['AT_LEAST'], 'at_least'), (accroche.lib.chiffres.modele.Kind['ALL'], 'all'), (accroche.lib.chiffres.modele.Kind['NOT_COMMUNICATED'], 'not_communicated'), (accroche.lib.chiffres.modele.Kind['UNAVAILABLE'], 'unavailable')], max_length=20)),
                ('value', models.PositiveIntegerField(blank=True, null=True)),
                ('perimeter', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('source', models.TextField(blank=True)),
                ('additive', models.BooleanField(default=True)),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chiffres', to='campagne.semaine')),
            ],
            options={
                'ordering': ['indicateur', 'position'],
                'constraints': [models.UniqueConstraint(fields=('semaine', 'indicateur', 'position'), name='chiffre_position'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', [accroche.lib.chiffres.modele.Kind['EXACT'], accroche.lib.chiffres.modele.Kind['ABOUT'], accroche.lib.chiffres.modele.Kind['MORE_THAN'], accroche.lib.chiffres.modele.Kind['AT_LEAST']]), ('value__isnull', False)), models.Q(models.Q(('kind__in', [accroche.lib.chiffres.modele.Kind['EXACT'], accroche.lib.chiffres.modele.Kind['ABOUT'], accroche.lib.chiffres.modele.Kind['MORE_THAN'], accroche.lib.chiffres.modele.Kind['AT_LEAST']]), _negated=True), ('value', None)), _connector='OR'), name='chiffre_value_fits_kind')],
            },
        ),
        migrations.CreateModel(
            name='AxeRetenu',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('detail', models.TextField(blank=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('axe', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='retenus', to='campagne.axe')),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='axes_retenus', to='campagne.semaine')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('semaine', 'axe'), name='axe_retenu_once')],
            },
        ),
        migrations.CreateModel(
            name='SemainePartenaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('partenaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campagne.partenaire')),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='campagne.semaine')),
                ('role', models.CharField(blank=True, choices=[(accroche.campagne.regles.RoleSemaine['PRESENTE'], 'presente'), (accroche.campagne.regles.RoleSemaine['INTERVIENT'], 'intervient'), (accroche.campagne.regles.RoleSemaine['PREPARE'], 'prepare'), (accroche.campagne.regles.RoleSemaine['CO_ORGANISE'], 'co_organise'), (accroche.campagne.regles.RoleSemaine['FINANCE'], 'finance'), (accroche.campagne.regles.RoleSemaine['ACCUEILLE'], 'accueille')], max_length=20)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('semaine', 'partenaire'), name='semaine_partenaire_once')],
            },
        ),
        migrations.CreateModel(
            name='TempsFort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=250)),
                ('kind', models.CharField(choices=[(accroche.campagne.regles.TypeTempsFort['SEMINAIRE'], 'Séminaire'), (accroche.campagne.regles.TypeTempsFort['JOURNEE'], 'Journée académique'), (accroche.campagne.regles.TypeTempsFort['TABLE_RONDE'], 'Table ronde'), (accroche.campagne.regles.TypeTempsFort['FORUM'], 'Forum'), (accroche.campagne.regles.TypeTempsFort['TOURNEE'], 'Tournée'), (accroche.campagne.regles.TypeTempsFort['VISITE'], 'Visite officielle'), (accroche.campagne.regles.TypeTempsFort['CONCOURS'], 'Concours'), (accroche.campagne.regles.TypeTempsFort['CEREMONIE'], 'Cérémonie'), (accroche.campagne.regles.TypeTempsFort['CONFERENCE'], 'Conférence'), (accroche.campagne.regles.TypeTempsFort['FORMATION'], 'Formation'), (accroche.campagne.regles.TypeTempsFort['SALON'], 'Salon'), (accroche.campagne.regles.TypeTempsFort['LANCEMENT'], 'Lancement'), (accroche.campagne.regles.TypeTempsFort['CLOTURE'], 'Clôture'), (accroche.campagne.regles.TypeTempsFort['ANIMATION'], 'Animation'), (accroche.campagne.regles.TypeTempsFort['PRESSE'], 'Rencontre avec la presse')], max_length=20)),
                ('starts', models.DateField(blank=True, null=True)),
                ('ends', models.DateField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('summary', models.TextField(blank=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='temps_forts', to='campagne.semaine')),
                ('authorities', models.JSONField(blank=True, default=list)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('semaine', 'position'), name='temps_fort_position'), models.CheckConstraint(condition=models.Q(('ends', None), models.Q(('ends__gte', models.F('starts')), ('starts__isnull', False)), _connector='OR'), name='temps_fort_in_order')],
            },
        ),
        migrations.CreateModel(
            name='TutoratAcademie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('academie', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.academie')),
                ('tutorat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='campagne.tutorat')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('tutorat', 'academie'), name='tutorat_once')],
            },
        ),
        migrations.CreateModel(
            name='Critere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('axe', models.CharField(max_length=30)),
                ('weight', models.PositiveSmallIntegerField(default=1)),
                ('evidence', models.JSONField(blank=True, default=list)),
                ('levels', models.JSONField(default=list)),
                ('position', models.PositiveSmallIntegerField()),
                ('objectif', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteres', to='campagne.grilleobjectif')),
            ],
            options={
                'ordering': ['objectif__position', 'position'],
                'constraints': [models.UniqueConstraint(fields=('objectif', 'code'), name='critere_code'), models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 5)), name='critere_weight')],
            },
        ),
        migrations.CreateModel(
            name='Retombee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('media', models.CharField(max_length=200)),
                ('kind', models.CharField(blank=True, choices=[(accroche.campagne.regles.TypeMedia['PRESSE'], 'presse'), (accroche.campagne.regles.TypeMedia['RADIO'], 'radio'), (accroche.campagne.regles.TypeMedia['TELEVISION'], 'television'), (accroche.campagne.regles.TypeMedia['WEB'], 'web')], max_length=20)),
                ('date', models.DateField(blank=True, null=True)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('position', models.PositiveSmallIntegerField()),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='medias', to='campagne.semaine')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('semaine', 'position'), name='retombee_position')],
            },
        ),
        migrations.CreateModel(
            name='TexteStrategie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=250)),
                ('date', models.DateField(blank=True, null=True)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('position', models.PositiveSmallIntegerField()),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strategie', to='campagne.semaine')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('semaine', 'position'), name='texte_strategie_position')],
            },
        ),
        migrations.CreateModel(
            name='Etape',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=200)),
                ('date', models.DateField(blank=True, null=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('temps_fort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='etapes', to='campagne.tempsfort')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('temps_fort', 'position'), name='etape_position')],
            },
        ),
        migrations.CreateModel(
            name='Correspondance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ancien', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suites', to='campagne.critere')),
                ('critere', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='correspondances', to='campagne.critere')),
            ],
            options={
                'ordering': ['ancien__objectif__position', 'ancien__position'],
                'constraints': [models.UniqueConstraint(fields=('critere', 'ancien'), name='correspondance_once')],
            },
        ),
        migrations.AddField(
            model_name='semaine',
            name='partenaires',
            field=models.ManyToManyField(blank=True, related_name='semaines', through='campagne.SemainePartenaire', to='campagne.partenaire'),
        ),
        migrations.AddField(
            model_name='tutorat',
            name='academies',
            field=models.ManyToManyField(related_name='+', through='campagne.TutoratAcademie', to='annuaire.academie'),
        ),
    ]
