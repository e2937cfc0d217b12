"""Which académie a file, a row or a school speaks of, beside the one whose census it is."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from accroche.annuaire.appariement import academie_key
from accroche.annuaire.models import Academie, Departement
from accroche.lib.texte import de


class Academies:
    """The académies seen from one of them, of its time."""

    def __init__(self, own: Academie, day: dt.date) -> None:
        """``day``: today; an académie of another time is seen on its last day."""
        self.own = own
        self.day = min(day, own.valid_until) if own.valid_until else day
        self._said: dict[str, Academie | None] = {}

    def other(self, text: str) -> Academie | None:
        """The académie a text names, when it is another; one that holds schools of this one is not."""
        if text not in self._said:
            key = academie_key(text)
            self._said[text] = next((one for one in self._others if academie_key(one.name) == key), None)
        return self._said[text]

    def of(self, academie: Academie) -> str:
        """« de l’académie de Strasbourg »."""
        return f"de l’académie {de(academie.name)}"

    def words_of(self, departement: int) -> str:
        """Whose a school of that département is: « est de l’académie de Strasbourg »."""
        academie, name = self._by_departement[departement]
        if academie:
            return f"est {self.of(academie)}"
        return f"est de {name}, qui relève d’un vice-rectorat et d’aucune académie"

    @cached_property
    def _others(self) -> list[Academie]:
        held = self.own.departements.order_by().values("pk")
        return list(Academie.objects.exclude(departements__in=held).order_by("pk"))

    @cached_property
    def _by_departement(self) -> dict[int, tuple[Academie | None, str]]:
        found: dict[int, tuple[Academie | None, str]] = {
            row.pk: (None, row.name) for row in Departement.objects.order_by("pk")
        }
        for academie in Academie.objects.valid_on(self.day).prefetch_related("departements"):
            found |= {row.pk: (academie, row.name) for row in academie.departements.all()}
        return found
