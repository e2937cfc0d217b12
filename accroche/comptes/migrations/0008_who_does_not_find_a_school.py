"""One row for a school that several people do not find, each with their address and word."""

import re
import unicodedata

import django.db.models.deletion
from django.db import migrations, models


def _key(text):
    """Close to what the operation keeps, and enough to tell the few rows of that time apart."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall("[a-z0-9]+", bare))


def part(apps, _schema_editor):
    """Give each row its key and its teller; rows that wait for one answer become one."""
    Absent = apps.get_model("comptes", "EtablissementAbsent")
    Signalement = apps.get_model("comptes", "SignalementAbsent")
    first = {}
    for row in Absent.objects.order_by("pk"):
        row.cle = f"{_key(row.name)}|{_key(row.commune).replace(' ', '')}"
        place = (row.departement_id, row.kind, row.cle)
        kept = first.setdefault(place, row) if row.decided_at is None else row
        teller, is_new = Signalement.objects.get_or_create(
            absent=kept, email=row.email, defaults={"message": row.message, "asked_at": row.asked_at}
        )
        if not is_new and row.message not in teller.message:
            teller.message = "\n\n".join(filter(None, (teller.message, row.message)))
            teller.save(update_fields=["message"])
        kept.uai, kept.postal_code = kept.uai or row.uai, kept.postal_code or row.postal_code
        kept.save(update_fields=["cle", "uai", "postal_code"])
        if kept.pk != row.pk:
            row.delete()


class Migration(migrations.Migration):
    dependencies = [("comptes", "0007_etablissement_absent")]

    operations = [
        migrations.CreateModel(
            name="SignalementAbsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("message", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signalements",
                        to="comptes.etablissementabsent",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("absent", "email"), name="absent_told_once")
                ],
            },
        ),
        migrations.AddField(
            "etablissementabsent", "cle", models.CharField(default="", max_length=1500), preserve_default=False
        ),
        migrations.RunPython(part, migrations.RunPython.noop, elidable=True),
    ]
