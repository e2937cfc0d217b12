"""``accroche rebuild_index``: the search index of this machine, made again while the present one answers."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accroche.catalogue.operations.indexation import rebuild
from accroche.catalogue.queries import lecteur
from accroche.commun.commande import Commande
from accroche.integrations.tantivy import EngineError
from accroche.lib.texte import pluriel


class Command(Commande):
    help = (
        "Refait l’index de recherche de cette machine ; l’ancien répond jusqu’à ce que le nouveau soit prêt."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        place = lecteur.here()
        if place is None:
            raise CommandError("Cette instance n’a pas d’index : ACCROCHE_INDEX=off.")
        before, began = place.current(), time.monotonic()
        try:
            size = rebuild(timezone.now)
        except EngineError as error:
            raise CommandError(
                f"L’index n’a pas pu être refait ; l’ancien répond toujours. {error}"
            ) from error
        if place.current() == before:
            raise CommandError("Un autre programme de cette machine refait déjà l’index : attendez sa fin.")
        sheets = f"{size} {pluriel(size, 'fiche', 'fiches')}"
        self.stdout.write(f"{sheets} dans {place.root}, en {time.monotonic() - began:.1f} s.")
