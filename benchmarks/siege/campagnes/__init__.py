"""The campaigns: each is given a context and returns what held and what did not."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.siege.campagnes import courrier, ecritures, imports, limites, reseau
from benchmarks.siege.contexte import Contexte, Releve

ALL: dict[str, Callable[[Contexte], list[Releve]]] = {
    "writers": ecritures.writers_and_kills,
    "photos": ecritures.photos,
    "text": ecritures.hostile_text,
    "import": imports.neighbours,
    "races": limites.races,
    "shares": limites.shares,
    "guesses": limites.guesses,
    "silence": reseau.silent_services,
    "disk": reseau.full_disk,
    "senders": courrier.killed_senders,
}
