"""Recognising schools from what people write, against the directory held in the database."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator

from accroche.annuaire.appariement import (
    FormerName,
    Match,
    Moteur,
    Remembered,
    SchoolFacts,
    answer_key,
)
from accroche.annuaire.models import Academie, Etablissement, NomEtablissement, ReponseReconnaissance
from accroche.annuaire.queries.etat import directory_state
from accroche.annuaire.queries.succession import heirs
from accroche.annuaire.regles import Secteur

_lock = threading.Lock()
_kept: dict[dt.date | None, tuple[tuple[object, ...], Moteur]] = {}
#: How many days are kept: each holds every school once, some 80 megabytes for 70 000.
MOST_KEPT = 2
_PRIVATE = {Secteur.PUBLIC.value: False, Secteur.PRIVATE.value: True}


class Matcher:
    """Recognises mentions of schools; made by :meth:`for_directory`, then only read.

    >>> matcher = Matcher.for_directory(at)
    >>> match = matcher.match("Dijon", "Collège Félix Tisserand", "Nuits-Saint-Georges")
    >>> match.decision, match.uais, match.score
    >>> [(c.uai, c.pk, c.score, c.reason) for c in match.candidates]

    A mention of several schools has ``match.parts``, one match per school. What a person answered on the
    screen comes first (score 1). Stable: the import of spreadsheets and the command are built on it.
    """

    def __init__(self, moteur: Moteur, remembered: dict[tuple[str, str, str], Remembered]) -> None:
        """Wrap what recognises; callers use :meth:`for_directory`."""
        self._moteur = moteur
        self._remembered = remembered

    @classmethod
    def for_directory(cls, at: dt.date | None = None) -> Matcher:
        """Return the matcher of the directory as it was on ``at``, made anew when the directory changed.

        Without a day closed schools are candidates like others, after the open ones. Making it takes a
        few seconds for 70 000 schools; it is kept in memory for the next call.
        """
        return cls(_moteur(at), _answers())

    def match(self, academie: str, mention: str, commune: str = "") -> Match:
        """Recognise one mention; ``academie``: a name of any time, empty for the whole country."""
        return self._moteur.match(academie, mention, commune, self._remembered)

    def match_many(self, rows: Iterable[tuple[str, str, str]]) -> Iterator[Match]:
        """Recognise ``(academie, mention, commune)`` rows, in their order; equal rows are reckoned once."""
        known: dict[tuple[str, str, str], Match] = {}
        for row in rows:
            found = known.get(row)
            if found is None:
                found = known[row] = self.match(*row)
            yield found


def _moteur(at: dt.date | None) -> Moteur:
    state: tuple[object, ...] = directory_state()
    held = _kept.get(at)
    if held and held[0] == state:
        return held[1]
    with _lock:
        held = _kept.get(at)
        if held and held[0] == state:
            return held[1]
        made = Moteur(_schools(at), _academies(), heirs())
        for day in [*_kept][: max(0, len(_kept) - MOST_KEPT + 1)]:
            del _kept[day]
        _kept[at] = (state, made)
        return made


def _academies() -> dict[str, frozenset[str]]:
    """The départements of every académie of any time, by its name: Caen as well as Normandie."""
    found: dict[str, set[str]] = {}
    for name, code in Academie.objects.filter(departements__isnull=False).values_list(
        "name", "departements__code"
    ):
        found.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _schools(at: dt.date | None) -> Iterator[SchoolFacts]:
    former: dict[int, list[FormerName]] = {}
    names = NomEtablissement.objects.order_by("pk").values_list("etablissement_id", "name", "replaced_on")
    for pk, name, replaced in names:
        former.setdefault(pk, []).append(FormerName(name, replaced.year))
    rows = Etablissement.objects.order_by("pk").values_list(
        "pk",
        "uai",
        "kind",
        "name",
        "commune",
        "insee",
        "departement__code",
        "sector",
        "latitude",
        "longitude",
        "opened_on",
        "closed_on",
    )
    for (
        pk,
        uai,
        kind,
        name,
        commune,
        insee,
        code,
        sector,
        latitude,
        longitude,
        opened,
        closed,
    ) in rows.iterator(5000):
        if at is None:
            is_open = closed is None
        else:
            is_open = (opened is None or opened <= at) and (closed is None or closed > at)
        yield SchoolFacts(
            pk=pk,
            uai=uai,
            kind=kind,
            name=name,
            commune=commune,
            insee=insee,
            departement=code,
            private=_PRIVATE.get(sector),
            former_names=tuple(former.get(pk, ())),
            is_open=is_open,
            place=(latitude, longitude) if latitude is not None and longitude is not None else None,
        )


def _answers() -> dict[tuple[str, str, str], Remembered]:
    rows = ReponseReconnaissance.objects.select_related("etablissement", "academie").order_by("pk")
    return {
        answer_key(row.academie.name, row.mention, row.commune): Remembered(
            uai=row.etablissement.uai if row.etablissement else "",
            pk=row.etablissement.pk if row.etablissement else 0,
            at=row.at.date(),
        )
        for row in rows
    }
