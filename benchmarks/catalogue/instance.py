"""An instance of one edition of so many sheets, made as SQLite makes rows, for ``pages.py``.

What they say and the choices they hold are those of ``donnees.py``: words by a law of Zipf, choices as uneven
as real ones. Half of them have days, nine in ten are published.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, TypeVar

from benchmarks.catalogue.donnees import CHOICES, SLICE, ActionInventee, actions

_Row = TypeVar("_Row", bound="tuple[Any, ...]")

YEAR: Final = "2026-2027"
#: Of a hundred sheets: published, remarkable; sheets of one carrier. Académies are those of 2015-2016.
PUBLISHED, REMARKABLE, OF_ONE = 90, 1, 4
#: Communes of carriers, and carriers at most.
COMMUNES, CARRIERS = 3_000, 60_000

_SAID: Final = """
CREATE TEMPORARY TABLE said (
    i INTEGER PRIMARY KEY, title, description, nature, temporality, lat, lon,
    premier_degre, college, lycee, lycee_professionnel
)
"""
_SHEETS: Final = """
INSERT INTO actions_action ({columns})
SELECT {values} FROM said n
JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS turn FROM campagne_semaine
    WHERE edition_id = {edition}) s ON s.turn = n.i % {weeks}
CROSS JOIN (SELECT * FROM actions_action WHERE id = {model}) t
"""
_CARRIERS: Final = """
INSERT INTO annuaire_porteur (id, academie_id, kind, name, commune, insee, latitude, longitude)
SELECT 1000000 + i, s.academie_id, CASE i % 4 WHEN 0 THEN 'ecole' WHEN 1 THEN 'lycee' WHEN 2 THEN 'cio'
    ELSE 'college' END, 'Établissement ' || i, 'Commune ' || (i % {communes}),
    printf('%02d%03d', 1 + i % {communes} % 95, 1 + i % {communes} / 95), lat, lon
FROM said n JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS turn FROM campagne_semaine
    WHERE edition_id = {edition}) s ON s.turn = n.i % {weeks}
WHERE i < {count}
"""
_PORTAGES: Final = """
INSERT INTO actions_actionporteur (action_id, porteur_id, position)
SELECT a.id, 1000000 + (a.id % {count}), 1
FROM actions_action a JOIN campagne_semaine s ON s.id = a.semaine_id
WHERE s.edition_id = {edition}
"""


def fill(size: int, published: int = PUBLISHED) -> None:
    """Make the tables, the pack's edition, and one of ``size`` sheets beside it, with its index.

    ``published``: of a hundred sheets.
    """
    import datetime as dt  # noqa: PLC0415 - after Django's setup

    from django.core.management import call_command  # noqa: PLC0415 - the same
    from django.db import connection  # noqa: PLC0415 - the same
    from django.utils import timezone  # noqa: PLC0415 - the same

    from accroche.actions.models import Action  # noqa: PLC0415 - the same
    from accroche.campagne.models import Edition, Semaine  # noqa: PLC0415 - the same
    from accroche.catalogue.operations import declencheurs  # noqa: PLC0415 - the same
    from accroche.imports.operations import load_dossier  # noqa: PLC0415 - the same
    from accroche.imports.pack import read_pack  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    now = timezone.now()
    load_dossier(read_pack("2015-2016"), origin="pack", publish_at=now)
    day = timezone.localdate()
    edition = Edition.objects.create(
        year=YEAR,
        title="Semaine de la persévérance scolaire",
        published_at=now,
        declaration_opens=day - dt.timedelta(days=60),
        declaration_closes=day + dt.timedelta(days=60),
    )
    weeks = [
        Semaine.objects.create(edition=edition, academie=one.academie, status="reported")
        for one in Semaine.objects.filter(edition__year="2015-2016").select_related("academie")
    ]
    told = Action.objects.create(semaine=weeks[0], slug="modele", position=0, title="Modèle", etat="draft")
    given = {
        "id": "10000000 + n.i",
        "semaine_id": "s.id",
        "slug": "'action-' || n.i",
        "position": f"n.i / {len(weeks)} + 1",
        "etat": f"CASE WHEN n.i * 7 % 100 < {published} THEN 'published' ELSE 'draft' END",
        "remarkable": f"n.i * 13 % 100 < {REMARKABLE}",
        "prize": "CASE WHEN n.i * 13 % 1000 < 1 THEN 'Prix du public' ELSE '' END",
        "starts": f"CASE WHEN n.i % 2 THEN date('{day}', '+' || (n.i % 40) || ' days') END",
    }
    said = ("title", "description", "nature", "temporality", *_levels())
    given |= {name: f"n.{name}" for name in said}
    columns = [str(field.column) for field in Action._meta.concrete_fields]  # noqa: SLF001 - Django's name for it
    values = ", ".join(given.get(name, f"t.{name}") for name in columns)
    count = max(100, min(CARRIERS, size // OF_ONE))
    of = {"edition": edition.pk, "weeks": len(weeks), "count": count, "communes": COMMUNES, "model": told.pk}
    declencheurs.remove()
    with connection.cursor() as cursor:
        cursor.execute(_SAID)
        held = ", ".join(["%s"] * 11)
        for batch in _batches(map(_said, actions(size))):
            cursor.executemany(f"INSERT INTO said VALUES ({held})", batch)  # noqa: S608 - signs for values
        cursor.execute(_CARRIERS.format(**of))
        cursor.execute(_SHEETS.format(**of, columns=", ".join(columns), values=values))
        cursor.execute(_PORTAGES.format(**of))
        for pairs in _batches(_themes(size)):
            cursor.executemany(
                "INSERT INTO actions_action_themes (action_id, theme_id) VALUES (%s, %s)", pairs
            )
        cursor.execute("DROP TABLE said")
    declencheurs.install()
    call_command("rebuild_index", verbosity=0)


def _batches(rows: Iterator[_Row]) -> Iterator[list[_Row]]:
    while batch := list(islice(rows, SLICE)):
        yield batch


def _said(one: ActionInventee) -> tuple[Any, ...]:
    """A row of what an action says."""
    from accroche.actions.regles import Nature, Temporalite  # noqa: PLC0415 - after Django's setup

    title, text = one.texts["titre"].capitalize(), one.texts["texte"].capitalize()
    nature, temporality = (
        next(iter(_codes(one, name, [kind.value for kind in kinds if kind.value])), "")
        for name, kinds in (("nature", Nature), ("temporalite", Temporalite))
    )
    levels = _codes(one, "niveau", _levels())
    return (
        *(one.key - 1, title, f"{text}.", nature, temporality, *one.place),
        *(level in levels for level in _levels()),
    )


def _themes(size: int) -> Iterator[tuple[int, int]]:
    """Numbers of sheets and of the themes they are about."""
    from accroche.actions.models import Theme  # noqa: PLC0415 - after Django's setup
    from accroche.actions.regles import CodeTheme  # noqa: PLC0415 - the same

    keys = {code.value: Theme.objects.get_or_create(code=code)[0].pk for code in CodeTheme}
    for one in actions(size):
        for code in _codes(one, "theme", list(keys)):
            yield 10_000_000 + one.key - 1, keys[code]


def _codes(one: ActionInventee, name: str, real: list[str]) -> list[str]:
    """The choices of an action in a filter, each as one of ours."""
    if CHOICES[name][0] != len(real):
        raise ValueError(f"{name}: {len(real)} choices of ours")
    return [real[int(code.rpartition("-")[2])] for code in one.choices[name]]


def _levels() -> list[str]:
    from accroche.annuaire.regles import Niveau  # noqa: PLC0415 - after Django's setup

    return [level.value for level in Niveau]
