"""Saying who a name of a file is, once for all its rows and for the files that follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accroche.annuaire.models import Academie, Etablissement
from accroche.annuaire.operations.reponses import remember_everywhere, remember_unless_changed


@dataclass(frozen=True, slots=True)
class Reponse:
    """What a name is: ``what`` an UAI, a kind of organisation, or nothing to take back what was said.

    ``shown``: what was said before, as the person read it. ``commune``: of a school; an organisation is one
    wherever it acts.
    """

    name: str
    what: str
    commune: str = ""
    shown: str = ""


def remember_answers(academie: Academie, given: Iterable[Reponse], *, at: dt.datetime, by: Any) -> list[str]:
    """Keep what names are; return those of which somebody said something else meanwhile: theirs is kept."""
    rows = list(given)
    schools = _schools(rows)
    return [
        one.name
        for one in rows
        if not remember_unless_changed(
            academie,
            one.name,
            one.commune if _is_code(one.what) or _is_code(one.shown) else "",
            schools.get(one.what),
            kind="" if one.what in schools else one.what,
            shown=one.shown,
            at=at,
            by=by,
        )
    ]


def remember_told(academie: Academie, told: Mapping[str, str], *, at: dt.datetime) -> None:
    """Keep what an operator said names are, in every commune and whatever was said before."""
    rows = [Reponse(name, what) for name, what in told.items()]
    schools = _schools(rows)
    for one in rows:
        school = schools.get(one.what)
        remember_everywhere(academie, one.name, school, kind="" if school else one.what, at=at)


def _schools(given: Iterable[Reponse]) -> dict[str, Etablissement]:
    codes = [one.what for one in given if _is_code(one.what)]
    return {school.uai: school for school in Etablissement.objects.filter(uai__in=codes).order_by("uai")}


def _is_code(text: str) -> bool:
    """Whether an answer names a school; a kind of organisation is a word."""
    return text[:1].isdigit()
