"""The table of the fields of a sheet is whole, and keeps what is private apart.

A column of the model that is in no row of ``actions/champs.py`` fails here, with what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django.apps import apps

from accroche.actions.champs import CHAMPS, FEUILLES, HORS_CONTENU, MODELES, Voie
from accroche.actions.saisie import (
    ActiviteSaisie,
    Contenu,
    Distinctions,
    LienSaisi,
    PartenaireSaisi,
    PieceDite,
    PorteurSaisi,
)
from accroche.lib.champs import Genre, Par
from tests.marques import VALEURS

WHAT_TO_DO = (
    "give it a row in CHAMPS (accroche/actions/champs.py), with a reason for each way it does not travel, "
    "and a value in tests/marques.py; CONTRIBUTING, « Add a field to a sheet », lists the files. What is no "
    "content of a sheet goes in HORS_CONTENU, with why."
)


def _held_by_models() -> Iterator[tuple[str, str]]:
    """Each column and related list of the models that hold a sheet: (model, name)."""
    for name in ("Action", *(model for models in MODELES.values() for model in models)):
        model = next(one for one in apps.get_models() if one.__name__ == name)
        meta: Any = model._meta
        for one in meta.get_fields():
            if one.auto_created and not one.concrete:  # a list that hangs on a sheet
                if name == "Action" and (accessor := one.get_accessor_name()) and not one.hidden:
                    yield name, accessor
            else:
                yield name, one.name


def test_every_field_of_the_models_is_in_the_table() -> None:
    known = {(f"{model}.{column}") for model, column in _told_by_table()}
    unknown = [
        f"{model}.{name}"
        for model, name in _held_by_models()
        if f"{model}.{name}" not in known | HORS_CONTENU.keys() and f"*.{name}" not in HORS_CONTENU
    ]
    assert unknown == [], f"no row tells {', '.join(unknown)}: {WHAT_TO_DO}"


def _told_by_table() -> Iterator[tuple[str, str]]:
    for champ in CHAMPS:
        for column in (champ.colonnes or (champ.name,)) if not champ.parts else ():
            yield "Action", column
        if champ.parts:
            # the list itself, and the rows through which it is reached
            yield from (("Action", name) for name in (champ.name, *_THROUGH.get(champ.name, ())))
            for part in champ.parts:
                for column in part.colonnes or (part.name,):
                    yield from ((model, column) for model in MODELES[champ.name])


_THROUGH = {"porteurs": ("portages",), "partenaires": ("participations",)}


def test_every_row_of_the_table_is_a_field_of_the_content() -> None:
    rows = {
        "porteurs": PorteurSaisi,
        "partenaires": PartenaireSaisi,
        "liens": LienSaisi,
        "activites": ActiviteSaisie,
        "pieces": PieceDite,
    }
    assert set(rows) == {champ.name for champ in CHAMPS if champ.parts}
    for champ in CHAMPS:
        if champ.parts:
            there = {one.name for one in fields(rows[champ.name])} - {"number"}
            assert there == {part.name for part in champ.parts}, f"{champ.name}: {WHAT_TO_DO}"
    typed = {champ.name for champ in CHAMPS if not champ.ajout}
    assert {one.name for one in fields(Contenu)} == typed, WHAT_TO_DO
    known = {champ.name for champ in CHAMPS if champ.ajout and not champ.parts}
    assert {one.name for one in fields(Distinctions)} == known, WHAT_TO_DO
    assert VALEURS.keys() == {champ.name for champ in FEUILLES}, WHAT_TO_DO


def test_nothing_is_kept_out_of_the_content_for_nothing() -> None:
    there = {f"{model}.{name}" for model, name in _held_by_models()}
    there |= {f"*.{name}" for _, name in _held_by_models()}
    assert HORS_CONTENU.keys() <= there
    assert not HORS_CONTENU.keys() & {f"{model}.{column}" for model, column in _told_by_table()}


def test_each_way_has_its_say_for_each_field() -> None:
    for champ in FEUILLES:
        assert champ.voies.keys() == set(Voie), f"{champ.name}: {WHAT_TO_DO}"
        for voie, way in champ.voies.items():
            assert isinstance(way, Par) or len(way.raison.split()) > 2, f"{champ.name}, {voie}: say why"


def test_what_is_private_goes_by_no_public_way() -> None:
    public = {Voie.PAGE, Voie.PACK, Voie.DOSSIER, Voie.DOCUMENT, Voie.DONNEES, Voie.JSON, Voie.COMPARAISON}
    private = [champ for champ in CHAMPS if champ.prive]
    assert [champ.name for champ in private] == ["private_contact", "private_email", "private_phone"]
    assert not any(champ.goes(voie) for champ in private for voie in public)


def test_what_the_public_reads_is_checked() -> None:
    """The gate reads what the table says: a text taken out of it there must be noticed here."""
    read = {
        champ.name
        for champ in FEUILLES
        if champ.genre is Genre.TEXT and not champ.prive and champ.goes(Voie.PAGE)
    }
    unchecked = {champ.name for champ in FEUILLES if not champ.goes(Voie.CONTROLE)}
    assert read & unchecked == {"liens.url", "prize", "reprise_de"}
