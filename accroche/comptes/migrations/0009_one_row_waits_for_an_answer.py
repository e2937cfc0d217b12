"""What several people do not find waits once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comptes", "0008_who_does_not_find_a_school")]

    operations = [
        migrations.RemoveConstraint("etablissementabsent", "absent_pending_once"),
        migrations.RemoveField("etablissementabsent", "email"),
        migrations.RemoveField("etablissementabsent", "message"),
        migrations.AddConstraint(
            "etablissementabsent",
            models.UniqueConstraint(
                condition=models.Q(("decided_at", None)),
                fields=("departement", "kind", "cle"),
                name="absent_waits_once",
            ),
        ),
    ]
