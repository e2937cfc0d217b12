from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0018_days_by_semaine'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='place',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
    ]
