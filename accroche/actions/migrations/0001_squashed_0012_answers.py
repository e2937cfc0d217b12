"""The tables of sheets as the first twelve migrations leave them, for an instance that has none of them yet.

Those of the votes are made here as well, as they were before the votes had an app of their own: ``votes`` takes
them over as they stand, in a new instance and in an old one. What moved rows (0010) has none to move.
"""

import accroche.actions.cycle
import accroche.actions.regles
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('actions', '0001_initial'),
        ('actions', '0002_declaration'),
        ('actions', '0003_queue_of_a_semaine'),
        ('actions', '0004_revoked_links'),
        ('actions', '0005_arrivage'),
        ('actions', '0006_pieces_in_preparation'),
        ('actions', '0007_votes_have_a_house'),
        ('actions', '0008_exemples_chosen'),
        ('actions', '0009_pairs_told_apart'),
        ('actions', '0010_unconfirmed_drafts'),
        ('actions', '0011_what_was_judged'),
        ('actions', '0012_answers'),
    ]

    initial = True

    dependencies = [
        ('annuaire', '0003_reponse_reconnaissance'),
        ('campagne', '0002_declaration_days'),
        ('commun', '0005_reserves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30, unique=True)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Cle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30, unique=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Arrivage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('began_at', models.DateTimeField()),
                ('written', models.PositiveIntegerField(default=0)),
                ('abandoned', models.BooleanField(default=False)),
                ('opened_semaine', models.BooleanField(default=False)),
                ('last_porteur', models.PositiveBigIntegerField(default=0)),
                ('last_partenaire', models.PositiveBigIntegerField(default=0)),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='commun.job')),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campagne.semaine')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('premier_degre', models.BooleanField(default=False)),
                ('college', models.BooleanField(default=False)),
                ('lycee', models.BooleanField(default=False)),
                ('lycee_professionnel', models.BooleanField(default=False)),
                ('loaded_from', models.CharField(blank=True, max_length=20)),
                ('loaded_facts', models.JSONField(blank=True, default=dict)),
                ('slug', models.SlugField(max_length=120)),
                ('position', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('description', models.TextField(blank=True)),
                ('etat', models.CharField(choices=[(accroche.actions.cycle.Etat['DRAFT'], 'draft'), (accroche.actions.cycle.Etat['SUBMITTED'], 'submitted'), (accroche.actions.cycle.Etat['TO_COMPLETE'], 'to_complete'), (accroche.actions.cycle.Etat['PUBLISHED'], 'published'), (accroche.actions.cycle.Etat['WITHDRAWN'], 'withdrawn'), (accroche.actions.cycle.Etat['REFUSED'], 'refused'), (accroche.actions.cycle.Etat['MERGED'], 'merged')], default=accroche.actions.cycle.Etat['SUBMITTED'], max_length=20)),
                ('prize', models.CharField(blank=True, max_length=200)),
                ('remarkable', models.BooleanField(default=False)),
                ('temporality', models.CharField(blank=True, choices=[(accroche.actions.regles.Temporalite['UNKNOWN'], ''), (accroche.actions.regles.Temporalite['SEMAINE'], 'semaine'), (accroche.actions.regles.Temporalite['ANNEE'], 'annee'), (accroche.actions.regles.Temporalite['LES_DEUX'], 'les_deux')], default=accroche.actions.regles.Temporalite['UNKNOWN'], max_length=20)),
                ('nature', models.CharField(blank=True, choices=[(accroche.actions.regles.Nature['UNKNOWN'], ''), (accroche.actions.regles.Nature['PREVENTION'], 'prevention'), (accroche.actions.regles.Nature['INTERVENTION'], 'intervention'), (accroche.actions.regles.Nature['REMEDIATION'], 'remediation')], default=accroche.actions.regles.Nature['UNKNOWN'], max_length=20)),
                ('source', models.CharField(choices=[(accroche.actions.regles.SourceAction['SEMAINE'], 'semaine'), (accroche.actions.regles.SourceAction['EXPERITHEQUE'], 'experitheque'), (accroche.actions.regles.SourceAction['CARDIE'], 'cardie'), (accroche.actions.regles.SourceAction['DECLARATION'], 'declaration')], default=accroche.actions.regles.SourceAction['SEMAINE'], max_length=20)),
                ('experitheque_id', models.PositiveIntegerField(blank=True, null=True)),
                ('semaine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='campagne.semaine')),
                ('themes', models.ManyToManyField(blank=True, related_name='actions', to='actions.theme')),
                ('audience_note', models.CharField(blank=True, max_length=200)),
                ('audience_size', models.PositiveIntegerField(blank=True, null=True)),
                ('authority', models.CharField(blank=True, max_length=200)),
                ('classes', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(blank=True, null=True)),
                ('declarant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('declarant_email', models.EmailField(blank=True, max_length=254)),
                ('ends', models.DateField(blank=True, null=True)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='actions.action')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followers', to='actions.action')),
                ('private_contact', models.CharField(blank=True, max_length=200)),
                ('private_email', models.EmailField(blank=True, max_length=254)),
                ('private_phone', models.CharField(blank=True, max_length=30)),
                ('public_contact', models.CharField(blank=True, max_length=200)),
                ('starts', models.DateField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('updated_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('cles', models.ManyToManyField(blank=True, related_name='actions', to='actions.cle')),
                ('arrivage', models.PositiveIntegerField(default=0, editable=False)),
                ('chosen', models.BooleanField(default=False)),
                ('unconfirmed', models.BooleanField(default=False, editable=False)),
                ('reponse', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['semaine', 'position', 'pk'],
                'indexes': [models.Index(fields=['etat', 'submitted_at'], name='action_queue'), models.Index(fields=['semaine', 'etat', 'submitted_at'], name='action_queue_semaine'), models.Index(fields=['semaine', 'position'], name='action_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), models.Q(('ends__gte', models.F('starts')), ('starts__isnull', False)), _connector='OR'), name='action_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('etat', accroche.actions.cycle.Etat['MERGED']), ('merged_into__isnull', False)), models.Q(models.Q(('etat', accroche.actions.cycle.Etat['MERGED']), _negated=True), ('merged_into', None)), _connector='OR'), name='action_merged_into_another'), models.UniqueConstraint(fields=('semaine', 'slug', 'arrivage'), name='action_slug'), models.CheckConstraint(condition=models.Q(models.Q(('arrivage__gt', 0), ('etat', 'arriving')), models.Q(models.Q(('etat', 'arriving'), _negated=True), ('arrivage', 0)), _connector='OR'), name='action_arriving_with_others'), models.CheckConstraint(condition=models.Q(('unconfirmed', False), models.Q(('declarant', None), ('etat', accroche.actions.cycle.Etat['DRAFT'])), _connector='OR'), name='action_unconfirmed_is_a_draft')],
            },
        ),
        migrations.CreateModel(
            name='ActionPartenaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='actions.action')),
                ('partenaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campagne.partenaire')),
                ('part', models.CharField(blank=True, max_length=200)),
                ('role', models.CharField(blank=True, choices=[(accroche.actions.regles.RolePartenaire['UNKNOWN'], ''), (accroche.actions.regles.RolePartenaire['PARTICIPE'], 'participe'), (accroche.actions.regles.RolePartenaire['COORGANISE'], 'coorganise'), (accroche.actions.regles.RolePartenaire['FINANCE'], 'finance')], default=accroche.actions.regles.RolePartenaire['UNKNOWN'], max_length=20)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('action', 'partenaire'), name='action_partenaire_once')],
            },
        ),
        migrations.CreateModel(
            name='ActionPorteur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='portages', to='actions.action')),
                ('porteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='portages', to='annuaire.porteur')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('action', 'porteur'), name='portage_once')],
            },
        ),
        migrations.CreateModel(
            name='Lien',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=500)),
                ('label', models.CharField(blank=True, max_length=250)),
                ('position', models.PositiveSmallIntegerField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='liens', to='actions.action')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('action', 'position'), name='lien_position')],
            },
        ),
        migrations.CreateModel(
            name='Commentaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('author_name', models.CharField(max_length=254)),
                ('from_moderator', models.BooleanField(default=False)),
                ('internal', models.BooleanField(default=False)),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commentaires', to='actions.action')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LienAcces',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('submits', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acces', to='actions.action')),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PieceJointe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[(accroche.actions.regles.TypePiece['IMAGE'], 'image'), (accroche.actions.regles.TypePiece['DOCUMENT'], 'document')], max_length=20)),
                ('file', models.FileField(blank=True, max_length=200, upload_to='pieces/')),
                ('name', models.CharField(max_length=200)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField(blank=True, null=True)),
                ('height', models.PositiveIntegerField(blank=True, null=True)),
                ('caption', models.CharField(blank=True, max_length=300)),
                ('consent', models.CharField(choices=[(accroche.actions.regles.Consentement['PENDING'], 'pending'), (accroche.actions.regles.Consentement['RECORDED'], 'recorded'), (accroche.actions.regles.Consentement['NOBODY'], 'nobody')], default=accroche.actions.regles.Consentement['PENDING'], max_length=20)),
                ('consent_at', models.DateTimeField(blank=True, null=True)),
                ('consent_by', models.CharField(blank=True, max_length=254)),
                ('added_at', models.DateTimeField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='actions.action')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='commun.job')),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[(accroche.actions.regles.EtatPiece['PREPARING'], 'preparing'), (accroche.actions.regles.EtatPiece['READY'], 'ready'), (accroche.actions.regles.EtatPiece['BROKEN'], 'broken')], default=accroche.actions.regles.EtatPiece['READY'], max_length=20)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'indexes': [models.Index(condition=models.Q(('source', ''), _negated=True), fields=['source'], name='piece_source')],
                'constraints': [models.UniqueConstraint(fields=('action', 'sha256'), name='piece_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', accroche.actions.regles.EtatPiece['READY']), models.Q(('file', ''), _negated=True)), models.Q(models.Q(('state', accroche.actions.regles.EtatPiece['READY']), _negated=True), ('file', '')), _connector='OR'), name='piece_file_when_ready')],
            },
        ),
        migrations.CreateModel(
            name='Activite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('description', models.TextField(blank=True)),
                ('starts', models.DateField(blank=True, null=True)),
                ('ends', models.DateField(blank=True, null=True)),
                ('absorbed_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='actions.action')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activites', to='actions.action')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('action', 'position'), name='activite_position'), models.CheckConstraint(condition=models.Q(('ends', None), models.Q(('ends__gte', models.F('starts')), ('starts__isnull', False)), _connector='OR'), name='activite_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='DoublonEcarte',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('seen', models.JSONField(default=list)),
                ('same_text', models.BooleanField(default=False)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actions.action')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actions.action')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='doublon_ecarte_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='doublon_ecarte_older_first')],
            },
        ),
        migrations.CreateModel(
            name='Lecture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('said', models.JSONField()),
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actions.action')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='partenaires',
            field=models.ManyToManyField(blank=True, related_name='actions', through='actions.ActionPartenaire', to='campagne.partenaire'),
        ),
        migrations.AddField(
            model_name='action',
            name='porteurs',
            field=models.ManyToManyField(blank=True, related_name='actions', through='actions.ActionPorteur', to='annuaire.porteur'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
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
                        'ordering': ['-opens_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='scrutin_in_order'), models.CheckConstraint(condition=models.Q(('results_published_at', None), ('results_published_at__gte', models.F('closes_at')), _connector='OR'), name='scrutin_results_after_close')],
                    },
                ),
                migrations.CreateModel(
                    name='Candidature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('prize', models.CharField(blank=True, max_length=200)),
                        ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidatures', to='actions.action')),
                        ('scrutin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidatures', to='actions.scrutin')),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('scrutin', 'action'), name='candidature_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Note',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mark', models.PositiveSmallIntegerField()),
                        ('comment', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('candidature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='actions.candidature')),
                        ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['candidature', 'juror'],
                        'constraints': [models.UniqueConstraint(fields=('candidature', 'juror'), name='note_once'), models.CheckConstraint(condition=models.Q(('mark__lte', 20)), name='note_on_twenty')],
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
                        ('candidature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bulletins', to='actions.candidature')),
                        ('scrutin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bulletins', to='actions.scrutin')),
                    ],
                    options={
                        'ordering': ['cast_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False)), fields=('scrutin', 'voter'), name='bulletin_confirmed_once')],
                    },
                ),
            ],
        ),
    ]
