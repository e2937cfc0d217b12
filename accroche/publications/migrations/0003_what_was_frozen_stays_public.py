from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import F


def publish(apps: Any, _schema_editor: Any) -> None:
    """Until now a version was public as soon as it was frozen: those there are stay so."""
    apps.get_model("publications", "Synthese").objects.filter(published_at=None, withdrawn_at=None).update(
        published_at=F("settled_at")
    )


class Migration(migrations.Migration):

    dependencies = [
        ("publications", "0002_versions_published_by_the_bureau"),
    ]

    operations = [
        migrations.RunPython(publish, migrations.RunPython.noop, elidable=True),
    ]
