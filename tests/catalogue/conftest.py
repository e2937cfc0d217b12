"""Editions of a chosen size, made from the real pack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PUBLISHED_AT

if TYPE_CHECKING:
    from collections.abc import Callable

    from accroche.campagne.models import Edition
    from accroche.dossier.dossier import EditionDossier


@pytest.fixture
def edition_of(db: None, pack_2015: EditionDossier) -> Callable[..., Edition]:
    """Return a function that loads the edition with some académies, and so many actions in each."""
    from accroche.campagne.models import Edition  # noqa: PLC0415 - needs configured settings
    from accroche.imports.operations import load_dossier  # noqa: PLC0415 - the same

    assert db is None, "asked for its effect: the database is open"

    def load(*names: str, actions: int | None = None, published: bool = True) -> Edition:
        semaines = tuple(
            replace(semaine, actions=semaine.actions[:actions])
            for semaine in pack_2015.semaines
            if semaine.academie in names
        )
        assert len(semaines) == len(names)
        dossier = replace(pack_2015, semaines=semaines)
        load_dossier(dossier, origin="pack", publish_at=PUBLISHED_AT if published else None)
        return Edition.objects.get(year=dossier.edition)

    return load
