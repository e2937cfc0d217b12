"""Which fields a heading may hold is the code's to say; the table stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='memoirecolonne',
            name='champ',
            field=models.CharField(max_length=30),
        ),
    ]
