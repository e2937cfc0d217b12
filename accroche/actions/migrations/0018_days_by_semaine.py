from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0017_published_by_semaine'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['semaine', 'etat', 'starts', 'ends'], name='action_days'),
        ),
    ]
