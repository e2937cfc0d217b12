"""Journal, jobs, limits and mail as the first seven migrations leave them; no mail waits yet to be named (0004)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('commun', '0001_initial'),
        ('commun', '0002_jobs'),
        ('commun', '0003_limits'),
        ('commun', '0004_courrier'),
        ('commun', '0005_reserves'),
        ('commun', '0006_envois'),
        ('commun', '0007_replies_and_returns'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=250)),
                ('body', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('retry_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True)),
                ('claim', models.CharField(blank=True, max_length=32)),
                ('handed_at', models.DateTimeField(blank=True, null=True)),
                ('message_id', models.CharField(max_length=250)),
                ('priority', models.PositiveSmallIntegerField(choices=[(0, 'urgent'), (1, 'habituel'), (2, 'en nombre')], default=1)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('bounced_at', models.DateTimeField(blank=True, null=True)),
                ('reply_to', models.EmailField(blank=True, max_length=254)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['priority', 'created_at'], name='message_waiting'), models.Index(fields=['to', '-created_at'], name='message_to'), models.Index(fields=['message_id'], name='message_name'), models.Index(condition=models.Q(('bounced_at__isnull', False)), fields=['bounced_at'], name='message_returned')],
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('actor_name', models.CharField(blank=True, max_length=254)),
                ('verb', models.CharField(max_length=40)),
                ('note', models.TextField(blank=True)),
                ('changes', models.JSONField(blank=True, default=dict)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['subject', '-at'], name='journal_subject')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('arguments', models.JSONField(blank=True, default=dict)),
                ('state', models.CharField(choices=[('waiting', 'en attente'), ('running', 'en cours'), ('done', 'terminé'), ('failed', 'en échec'), ('cancelled', 'annulé')], default='waiting', max_length=20)),
                ('created_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(fields=['state', 'created_at'], name='job_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Compteur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=64)),
                ('count', models.PositiveIntegerField(default=0)),
                ('ends_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('name', 'key'), name='compteur_once')],
            },
        ),
        migrations.CreateModel(
            name='Outage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(max_length=40, unique=True)),
                ('since', models.DateTimeField()),
                ('failures', models.PositiveIntegerField(default=1)),
                ('retry_at', models.DateTimeField()),
                ('error', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Reserve',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(max_length=80, unique=True)),
                ('claimed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['holder'],
            },
        ),
        migrations.CreateModel(
            name='Envoi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('content', models.CharField(max_length=64)),
                ('claimed_at', models.DateTimeField(db_index=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('location', models.TextField(blank=True)),
                ('session', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
