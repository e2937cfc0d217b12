"""The national catalogue of axes: what each asks for and what to try, where an edition's own says nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from accroche.campagne.regles import AXE_LABELS, CodeAxe


@dataclass(frozen=True, slots=True)
class AxeNational:
    """An axis of the catalogue: its wording, what it asks for, and what to try, a sentence each."""

    code: str
    label: str
    text: str = ""
    pistes: tuple[str, ...] = ()


_TEXTS: Final = tomllib.loads(Path(__file__).with_name("axes.toml").read_text("utf-8"))

#: The ten axes, in the order the report argues them.
CATALOGUE: Final[Mapping[str, AxeNational]] = {
    code: AxeNational(code, AXE_LABELS[code], _TEXTS[code]["text"], tuple(_TEXTS[code]["pistes"]))
    for code in CodeAxe
}


def completed(axes: Iterable[AxeNational]) -> Iterator[AxeNational]:
    """Return the axes of an edition, each with the national text and leads where its own says nothing."""
    for axe in axes:
        usual = CATALOGUE.get(axe.code, axe)
        yield replace(axe, text=axe.text or usual.text, pistes=axe.pistes or usual.pistes)
