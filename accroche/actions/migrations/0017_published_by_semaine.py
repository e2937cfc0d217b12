from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0016_comptage'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='action', name='action_remarkable'),
        migrations.RemoveIndex(model_name='action', name='action_published'),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['semaine', 'etat', 'remarkable', 'position'], name='action_remarkable'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['semaine', 'etat', 'position'], name='action_published'),
        ),
    ]
