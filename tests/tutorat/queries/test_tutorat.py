"""Where académies stand, read from the database; and the commands that print it."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accroche.actions.cycle import Etat
from accroche.campagne.models import Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.tutorat.besoins import CodeBesoin, Evolution, MotifAppui
from accroche.tutorat.queries.tutorat import situated, situations
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.campagne.models import Edition

pytestmark = pytest.mark.django_db

DOC = Path("docs/accompagnement.md")


def told(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_an_academie_is_read_with_its_directory_its_wishes_and_the_edition_before() -> None:
    where, earlier = factories.territory(), factories.territory(year="2025-2026")
    schools = [factories.school(where, number) for number in range(1, 21)]
    factories.action(where, schools[0], Etat.PUBLISHED)
    Semaine.objects.filter(pk=earlier.semaine.pk).update(status=StatutSemaine.UNAVAILABLE)
    (found,) = situated(where.semaine.edition, NOW)
    besoins = found.situation.besoins
    said = {one.code: one.evidence for one in besoins.composantes}
    assert said[CodeBesoin.COUVERTURE].startswith("5 %")
    assert {CodeBesoin.COUVERTURE, CodeBesoin.COMPTE} <= set(besoins.present)
    assert found.evolution[CodeBesoin.DONNEES] is Evolution.LEVE
    assert found.situation.capacity == 0
    assert besoins.motif is MotifAppui.BESOINS
    Semaine.objects.filter(pk=where.semaine.pk).update(help_asked=False, mentor_offer=2)
    (found,) = situated(where.semaine.edition, NOW)
    assert found.situation.besoins.motif is MotifAppui.DECLINE
    assert found.situation.capacity == 2


def test_the_commands_print_what_the_docs_tell(edition_2015: Edition) -> None:
    printed = re.search(r"```figures\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
    assert printed
    assert told("evaluate_needs", "2015-2016") == printed.group(1)
    text = told("propose_tutorats", "2015-2016", "--format", "json")
    assert told("propose_tutorats", "2015-2016", "--format", "json") == text
    pairs = json.loads(text)
    helped = {code for code, one in situations(edition_2015, NOW).items() if one.besoins.motif.is_to_help}
    assert len(pairs) == len(helped)
    assert {"Paris", "Limoges", "Toulouse", "Strasbourg"} <= set(pairs)
    documented = set(
        re.findall(r"^\| `(\w+)` \|", DOC.read_text("utf-8").rpartition("## The file")[2], re.MULTILINE)
    )
    for name, pair in pairs.items():
        assert set(pair) == documented
        assert pair["mentor"] not in pairs
        assert pair["alternative"]["mentor"] != pair["mentor"]
        parts = pair["cout"]
        total = parts["besoins"] + parts["distance"] + parts["heures"] + parts["charge"]
        assert total == pytest.approx(parts["total"], abs=1e-3), name
    readable = told("propose_tutorats", "2015-2016")
    assert "Strasbourg, par Nancy-Metz (Ses données sont absentes)" in readable
    assert "Sinon, le mieux serait" in readable
    assert told("ask_contacts") == "Binômes interrogés : 0.\nPropositions rappelées : 0 courriels.\n"
    with pytest.raises(CommandError, match="inconnue"):
        told("propose_tutorats", "2019-2020")
