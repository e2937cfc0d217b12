"""What each way of a field is held to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from accroche.actions import champs
from accroche.lib.champs import Champ, Non, Par


def check(
    voie: StrEnum,
    arrives: Callable[[Champ], bool],
    fields: Iterable[Champ] = champs.FEUILLES,
    table: str = "actions/champs.py",
) -> None:
    """Each of the ``fields`` has arrived, or its reason stands in the ``table`` and it has not."""
    lost, denied = [], []
    for champ in fields:
        way = champ.voies[voie]
        if isinstance(way, Par) and not arrives(champ):
            lost.append(champ.name)
        if isinstance(way, Non) and arrives(champ):
            denied.append(f"{champ.name} ({way.raison})")
    assert not lost, f"« {voie} » loses {lost}: mend that way, or say why in {table}"
    assert not denied, f"« {voie} » tells {denied}, though the table says why it would not"
