"""``accroche clean_imports``: forget the uploaded census files nobody needs any more."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.imports.operations.depots import KEPT, purge


class Command(Commande):
    help = (
        f"Efface les tableaux déposés que personne n’a importés ni abandonnés depuis {KEPT.days} jours, "
        "et ce qui reste des autres. « accroche nightly » le fait aussi."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Dépôts abandonnés : {purge(timezone.now())}.")
