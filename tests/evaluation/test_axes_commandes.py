"""``accroche suggest_axes`` and ``evaluate_axes``, from the database."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from accroche.actions.models import Action
from accroche.annuaire.models import Academie
from accroche.campagne.models import AxeRetenu, CitationObjectif, Edition
from accroche.dossier.dossier import EditionDossier
from accroche.evaluation.axes_regles import reglement_of
from accroche.evaluation.faits import faits_of
from tests.strictness import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_axes_are_suggested_as_json_by_the_names_other_commands_use(
    edition_2015: Edition, pack_2015: EditionDossier, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("suggest_axes", "2015-2016", format="json")
    told = json.loads(capsys.readouterr().out)
    regles = reglement_of("2015-2016")
    assert told == {
        one.academie: [found.axe for found in regles.suggest(faits_of(one)) if found.counted]
        for one in pack_2015.semaines
    }
    assert told["Strasbourg"] == []
    assert not {"recensement", "valorisation_projet"} & {code for codes in told.values() for code in codes}


def test_read_by_people_each_axis_has_its_reason(
    edition_2015: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("suggest_axes", "2015-2016")
    told = capsys.readouterr().out
    assert "Aix-Marseille\n  Structurer l’événement à l’échelle de l’académie\n    La semaine a tenu" in told
    assert "(à envisager)" in told
    assert "Strasbourg\n  Aucun axe proposé" in told


def test_the_measure_is_that_of_the_documentation(
    edition_2015: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("evaluate_axes", "2015-2016")
    assert capsys.readouterr().out in (ROOT / "docs" / "axes.md").read_text("utf-8")
    AxeRetenu.objects.all().delete()
    with pytest.raises(CommandError, match="Aucune académie n’a retenu d’axe"):
        call_command("evaluate_axes", "2015-2016")


@pytest.mark.parametrize("command", ["suggest_axes", "evaluate_axes"])
def test_an_unknown_edition_is_told(db: None, command: str) -> None:
    with pytest.raises(CommandError, match="Édition « 1999-2000 » inconnue"):
        call_command(command, "1999-2000")


def test_citations_tutoring_prose_and_names_change_nothing_in_the_database_either(
    edition_2015: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    def told() -> list[list[str]]:
        call_command("suggest_axes", "2015-2016", format="json")
        return list(json.loads(capsys.readouterr().out).values())

    before = told()
    CitationObjectif.objects.all().delete()
    edition_2015.tutorats.all().delete()
    edition_2015.textes.all().delete()
    AxeRetenu.objects.all().delete()
    edition_2015.semaines.update(narrative="", partners_narrative="", title="", examples_note="")
    Action.objects.update(title="Sans titre", description="", prize="")
    for number, academie in enumerate(Academie.objects.all()):
        Academie.objects.filter(pk=academie.pk).update(name=f"Académie {number}")
    assert told() == before
