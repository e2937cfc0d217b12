"""Give each temps fort what calendars know it by: as new ones are named, from where it is and its title."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from accroche.lib.texte import slug

#: As ``campagne/continuite.py`` wrote it when this step was made.
LONGEST = 60


def name_them(apps: Any, _schema: Any) -> None:
    """Name the events of each semaine in their order."""
    model = apps.get_model("campagne", "TempsFort")
    rows = model.objects.order_by("semaine_id", "position").select_related("semaine__edition", "semaine__academie")
    taken: set[str] = set()
    for row in rows:
        where = f"{row.semaine.edition.year}-{row.semaine.academie.slug}"
        wanted = uid = f"{where}-{slug(row.title)[:LONGEST].strip('-')}"
        number = 1
        while uid in taken:
            number += 1
            uid = f"{wanted}-{number}"
        taken.add(uid)
        model.objects.filter(pk=row.pk).update(uid=uid)


class Migration(migrations.Migration):
    dependencies = [("campagne", "0008_axes_catalogue")]

    operations = [
        migrations.AddField("tempsfort", "sequence", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("tempsfort", "uid", models.CharField(default="", editable=False, max_length=200), preserve_default=False),
        migrations.RunPython(name_them, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("tempsfort", "uid", models.CharField(editable=False, max_length=200, unique=True)),
    ]
