from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0013_lineage'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='refaire',
            field=models.TextField(blank=True),
        ),
    ]
