"""The fixtures and refusals of ``conftest.py``, themselves tested."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template

from accroche.actions.models import Action
from accroche.annuaire.models import Departement
from tests.strictness import ROOT

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from accroche.campagne.models import Edition

pytestmark = pytest.mark.django_db


def test_data_is_away_from_the_repository() -> None:
    assert settings.DATA != ROOT / "var"
    assert Path(os.environ["ACCROCHE_DATA"]) == settings.DATA


def test_printing_an_undefined_variable_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"absent\.name"):
        Template("{{ absent.name }}").render(Context())


def test_filtering_an_undefined_variable_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="absent"):
        Template("{{ absent|upper }}").render(Context())


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ absent|default:'rien' }}", "rien"),
        ("{{ absent|default_if_none:'rien' }}", ""),
        ("{% if absent %}oui{% else %}non{% endif %}", "non"),
        ("{% firstof absent 'autre' %}", "autre"),
        ("{{ name }}", "Dijon"),
    ],
)
def test_an_absent_value_that_was_thought_of_passes(source: str, printed: str) -> None:
    assert Template(source).render(Context({"name": "Dijon"})) == printed


def test_templates_of_others_may_rely_on_absent_variables() -> None:
    assert get_template("dsfr/breadcrumb.html").render({})


def test_rows_nobody_ordered_come_in_reverse(edition_2015: Edition) -> None:
    del edition_2015
    unordered = [one.pk for one in Departement.objects.order_by()]
    # the database's own order is not that of the keys: it may write a row where another one was
    as_given = [one.pk for one in Departement.objects.order_by().iterator()]
    assert len(unordered) > 1
    assert unordered == as_given[::-1]
    assert [one.pk for one in Departement.objects.order_by("pk")] == sorted(unordered)


@pytest.mark.parametrize("time_around", ["first", "again"])
def test_edition_is_whole_each_time(edition_2015: Edition, time_around: str) -> None:
    assert Action.objects.filter(semaine__edition=edition_2015).count() == 97, time_around
    action = Action.objects.order_by("pk").first()
    assert action is not None
    assert isinstance(action.loaded_facts, dict)
    action.pk = None
    action.slug = "another"
    action.save()
    assert Action.objects.count() == 98


@pytest.mark.django_db(transaction=True)
def test_edition_comes_with_a_live_server(live_server: LiveServer, edition_2015: Edition) -> None:
    assert live_server.url
    assert Action.objects.filter(semaine__edition=edition_2015).count() == 97
