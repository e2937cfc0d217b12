"""Each field of a sheet walks the ways of an edition as plain data: dossier, comparison, data, JSON, pack."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from accroche.actions.champs import FEUILLES, Voie
from accroche.actions.models import Action
from accroche.dossier.bilan import bilan
from accroche.dossier.comparaison import differences
from accroche.dossier.dossier import ActionDossier, EditionDossier
from accroche.dossier.edition_json import edition_json
from accroche.dossier.queries.dossier import dossier_of
from accroche.imports.operations import load_dossier
from accroche.imports.pack import PackError, read_pack
from accroche.lib.champs import Champ, Par
from accroche.publications.documents.synthese import build
from accroche.publications.documents.synthese.donnees import data_tables
from accroche.publications.versions import Imprint
from tests.factories import NOW
from tests.marques import VALEURS, altered, held, monde, mots, normal, told
from tests.voies import check


@pytest.fixture
def dossier(db: None) -> EditionDossier:
    """The edition of the marked sheet, which it holds alone."""
    assert db is None
    world = monde()
    Action.objects.filter(pk=world.bare.pk).delete()
    return dossier_of(world.where.semaine.edition)


def action_of(dossier: EditionDossier) -> ActionDossier:
    return next(action for semaine in dossier.semaines for action in semaine.actions)


def holding(dossier: EditionDossier, action: ActionDossier) -> EditionDossier:
    return replace(
        dossier, semaines=tuple(replace(s, actions=(action,) if s.actions else ()) for s in dossier.semaines)
    )


def changes(out: Callable[[EditionDossier], object], dossier: EditionDossier) -> Callable[[Champ], bool]:
    """Whether what is made of an edition changes with the value of a field, and tells it."""

    def arrives(champ: Champ) -> bool:
        action = action_of(dossier)
        if champ.name.startswith("private_") or champ.name in {"declared", "submitted"}:
            action = replace(action, **{champ.name: VALEURS[champ.name]})
        if champ.name == "remarkable":
            action = replace(action, prize="")  # which says it better
        before, after = (normal(repr(out(holding(dossier, one)))) for one in (action, altered(action, champ)))
        if before == after:
            return False
        value = VALEURS[champ.name]
        assert isinstance(value, bool) or any(word in before for word in mots(champ.name) | _days(value))
        return True

    return arrives


def _days(value: object) -> set[str]:
    return {normal(repr(value))} if isinstance(value, dt.date) else set()


def test_the_dossier(dossier: EditionDossier) -> None:
    action = action_of(dossier)
    check(Voie.DOSSIER, lambda champ: told(action, champ.name))


def test_a_comparison_of_versions(dossier: EditionDossier) -> None:
    empty = holding(dossier, ActionDossier("Autre"))

    def out(one: EditionDossier) -> object:
        # against the same sheet without anything, then against another one
        same = holding(one, ActionDossier(action_of(one).title))
        return (differences(one, same, prose=True), differences(one, empty, prose=True))

    check(Voie.COMPARAISON, changes(out, dossier))


def test_the_synthesis(dossier: EditionDossier) -> None:
    def out(one: EditionDossier) -> object:
        return replace(build(one, Imprint("Bureau")), data=())

    check(Voie.DOCUMENT, changes(out, dossier))


def test_the_open_data(dossier: EditionDossier) -> None:
    def out(one: EditionDossier) -> object:
        named = {"actions", "porteurs", "partenaires_actions"}
        return [table for table in data_tables(one, bilan(one)) if table.name in named]

    check(Voie.DONNEES, changes(out, dossier))


def test_each_value_of_open_data_stands_in_its_column(dossier: EditionDossier) -> None:
    tables = {table.name: table for table in data_tables(dossier, bilan(dossier))}
    for champ in FEUILLES:
        way = champ.voies[Voie.DONNEES]
        if isinstance(way, Par) and champ.name != "levels":
            rows = {"porteurs": "porteurs", "partenaires": "partenaires_actions"}
            table = tables[rows.get(champ.name.partition(".")[0], "actions")]
            at = [field.name for field in table.fields].index(way.cles[0])
            value = VALEURS[champ.name]
            wanted = " ; ".join(value) if isinstance(value, tuple) else value
            assert wanted in [row[at] for row in table.rows], champ.name


def test_the_json(dossier: EditionDossier) -> None:
    check(Voie.JSON, changes(lambda one: edition_json(one)["semaines"], dossier))


# -- files -----------------------------------------------------------------------------------------

HEAD = """edition = "2015-2016"
title = "Semaine"
"""
SEMAINE = """academie = "Dijon"
windows = [[2016-03-14, 2016-03-18]]
status = "reported"
chiffres = {actions = "1", etablissements = "1"}
"""
#: How files of an edition call two lists.
_KEYS = {"liens": "links"}


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case dt.datetime():
            return f'"{value.isoformat()}"'
        case dt.date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return f"{{{', '.join(f'{name} = {_toml(one)}' for name, one in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)


def _pack(folder: Path, action: dict[str, Any]) -> EditionDossier:
    """Write an edition of one action, and read it."""
    (folder / "2015-2016/academies").mkdir(parents=True, exist_ok=True)
    (folder / "2015-2016/edition.toml").write_text(HEAD, "utf-8")
    lines = [f"{_KEYS.get(name, name)} = {_toml(value)}" for name, value in action.items()]
    text = "\n".join([SEMAINE, "[[actions]]", *lines])
    (folder / "2015-2016/academies/dijon.toml").write_text(text, "utf-8")
    return read_pack("2015-2016", folder)


def _as_table(action: ActionDossier, kept: set[str]) -> dict[str, Any]:
    """An action as keys and values, of the fields ``kept``; without what is empty."""
    told: dict[str, Any] = {}
    for one in fields(action):
        value = getattr(action, one.name)
        if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            rows = [
                {
                    part.name: getattr(row, part.name)
                    for part in fields(row)
                    if f"{one.name}.{part.name}" in kept and getattr(row, part.name) not in (None, "")
                }
                for row in value
            ]
            if any(rows):
                told[one.name] = rows
        elif one.name in kept and value not in (None, "", ()):
            told[one.name] = value
    return told


@pytest.mark.django_db
def test_a_pack(dossier: EditionDossier, tmp_path: Path) -> None:
    """What a pack carries is written, read, loaded and told again; what it does not, it refuses by name."""
    action = replace(
        action_of(dossier), **{name: VALEURS[name] for name in VALEURS if name.startswith("private_")}
    )
    carried = {champ.name for champ in FEUILLES if champ.goes(Voie.PACK)}
    Action.objects.all().delete()
    load_dossier(_pack(tmp_path, _as_table(action, carried)), origin="pack", publish_at=NOW)
    loaded = Action.objects.get()

    def arrives(champ: Champ) -> bool:
        if champ.name in carried:
            return held(loaded, champ.name)
        try:
            _pack(tmp_path, _as_table(action, carried | {champ.name}))
        except PackError as error:
            return "clé inconnue" not in str(error)
        return True

    check(Voie.PACK, arrives)
