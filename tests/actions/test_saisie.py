"""What is written in a sheet, as plain data: told apart, settled, taken up, put in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from accroche.actions.regles import CodeCle, CodeTheme
from accroche.actions.saisie import (
    COLUMNS,
    EMPTY,
    FIELD_LABELS,
    PRIVATE,
    ActiviteSaisie,
    Contenu,
    LienSaisi,
    PartenaireSaisi,
    PorteurSaisi,
    as_typed,
    borrowed,
    changements,
    in_words,
    taken_up,
    values_of,
)

FULL = Contenu(
    title="Forum",
    description="Des métiers",
    porteurs=(PorteurSaisi("0210001A", "college", "Carnot", "Dijon"), PorteurSaisi("", "cio", "CIO")),
    levels=("college",),
    temporality="semaine",
    starts=dt.date(2026, 11, 23),
    ends=dt.date(2026, 11, 27),
    themes=("sport", "orientation"),
    partenaires=(PartenaireSaisi("ONISEP", "participe", "prête"),),
    liens=(LienSaisi("https://a.example"),),
    activites=(ActiviteSaisie("Bilan", "", dt.date(2026, 11, 27), None, 4),),
    private_contact="Camille",
    private_email="c@example.fr",
    private_phone="03",
)


def test_every_field_has_its_words() -> None:
    names = set(Contenu.__dataclass_fields__)
    assert set(FIELD_LABELS) == names
    assert set(COLUMNS) < names


def test_sets_compare_whatever_their_order_and_lists_do_not() -> None:
    assert Contenu("A", themes=("sport", "orientation")) == Contenu("A", themes=("orientation", "sport"))
    one, two = LienSaisi("https://a.example"), LienSaisi("https://b.example")
    assert Contenu("A", liens=(one, two)) != Contenu("A", liens=(two, one))
    everything = Contenu("A", themes=tuple(CodeTheme)[::-1], cles=tuple(CodeCle))
    assert everything.themes == tuple(code.value for code in CodeTheme)


def test_differences_are_json_by_field_in_order() -> None:
    assert changements(FULL, FULL) == {}
    told = changements(Contenu("Forum"), FULL)
    assert list(told) == [name for name in FIELD_LABELS if name in told]
    assert told["porteurs"] == ([], ["Carnot, Dijon (0210001A)", "CIO"])
    assert told["starts"] == (None, "2026-11-23")
    assert told["themes"] == ([], ["orientation", "sport"])
    assert told["liens"] == ([], ["https://a.example"])
    assert told["activites"] == ([], ["Bilan – le 27\u00a0novembre 2026"])


def test_all_the_fields_as_values_are_what_differences_tells() -> None:
    told, values = changements(Contenu("Forum"), FULL), values_of(FULL)
    assert list(values) == list(FIELD_LABELS)
    assert {name: values[name] for name in told} == {name: after for name, (_, after) in told.items()}


@pytest.mark.parametrize("with_private", [True, False])
def test_a_sheet_taken_up_leaves_its_days_and_the_private_to_who_could_read_it(with_private: bool) -> None:
    activity = replace(FULL.activites[0], ends=dt.date(2026, 11, 28))
    again = taken_up(replace(FULL, activites=(activity,)), with_private=with_private)
    assert (again.starts, again.ends) == (None, None)
    (one,) = again.activites
    assert (one.title, one.starts, one.ends, one.number) == ("Bilan", None, None, None)
    assert (again.title, again.porteurs, again.partenaires) == (FULL.title, FULL.porteurs, FULL.partenaires)
    assert [getattr(again, name) for name in PRIVATE] == (
        ["Camille", "c@example.fr", "03"] if with_private else ["", "", ""]
    )


def test_of_another_school_the_idea_is_taken_and_nothing_of_its_people() -> None:
    assert borrowed(FULL) == Contenu(
        title="Forum",
        description="Des métiers",
        levels=("college",),
        temporality="semaine",
        themes=("sport", "orientation"),
        activites=(ActiviteSaisie("Bilan"),),
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "", EMPTY),
        ("audience_size", None, EMPTY),
        ("audience_size", 0, "0"),
        ("themes", [], EMPTY),
        ("themes", ["orientation", "sport"], "Orientation, Sport"),
        ("levels", ["college"], "Collège"),
        ("cles", ["equipe"], "Une équipe stable aux valeurs communes"),
        ("nature", "prevention", "Prévention"),
        ("temporality", "annee", "Toute l’année"),
        ("starts", "2026-11-02", "02/11/2026"),
        ("ends", "2026-11-03", "03/11/2026"),
        ("liens", ["A : https://a.example"], "A : https://a.example"),
    ],
)
def test_values_are_told_in_words(name: str, value: object, words: str) -> None:
    assert in_words(name, value) == words


def test_what_is_typed_is_all_but_where_carriers_stand_and_what_partners_are() -> None:
    carrier = PorteurSaisi("0210001A", "college", "Carnot", "Dijon", "21231", 47.3, 5.04)
    partner = PartenaireSaisi("CAF", "finance", "un bus", "operateur", internal=True)
    told = replace(FULL, porteurs=(carrier, carrier), partenaires=(partner,))
    assert as_typed(told) == replace(
        FULL,
        porteurs=(PorteurSaisi("0210001A", "college", "Carnot", "Dijon"),) * 2,
        partenaires=(PartenaireSaisi("CAF", "finance", "un bus"),),
    )
    assert as_typed(FULL) == FULL
    moved = replace(told, porteurs=(replace(carrier, latitude=0.0), carrier))
    assert changements(told, moved) == {}, "nobody typed it"
