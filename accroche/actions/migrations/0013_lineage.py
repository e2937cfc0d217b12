from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0012_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='reprise_de',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('previous', None), models.Q(('previous', models.F('pk')), _negated=True), _connector='OR'), name='action_takes_up_another'),
        ),
    ]
