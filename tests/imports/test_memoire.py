"""What records remember of their file, written before a sheet had one content: a load goes on as before."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from accroche.actions.models import Action, Activite
from accroche.actions.saisie import ActiviteSaisie
from accroche.campagne.models import Axe, Edition, Semaine
from accroche.campagne.regles import Alliances, Autorite, Obstacle, RoleSemaine
from accroche.dossier.dossier import EditionDossier, TexteStrategie
from accroche.imports.operations import LoadReport
from tests.dossier.sample import BARE, CAEN, DIJON, EDITION, OLD_EDITION
from tests.imports.loading import forum, load, rows, stored

pytestmark = pytest.mark.django_db
WHERE = "Dijon 2015-2016, « Forum des métiers » : "
EMPTY = LoadReport(unchanged=5, public=True)


@pytest.fixture(autouse=True)
def upgraded() -> None:
    """An edition loaded before the upgrade: its sheets remember their file in the words of that time."""
    load(OLD_EDITION)
    told = json.loads(Path(__file__).with_name("memoire_forme_1.json").read_text("utf-8"))
    for slug, memory in told.items():
        Action.objects.filter(slug=slug).update(loaded_facts=memory)


def with_old_forum(**changes: Any) -> EditionDossier:
    semaine = replace(DIJON, actions=(replace(BARE, **changes), *DIJON.actions[1:]))
    return replace(OLD_EDITION, semaines=(CAEN, semaine))


def test_the_same_file_changes_nothing() -> None:
    before = stored()
    assert load(OLD_EDITION) == EMPTY
    assert stored() == before == OLD_EDITION
    after = rows()
    assert load(OLD_EDITION) == EMPTY
    assert rows() == after, "what is remembered is written in its new words once"


def test_a_field_follows_its_file_as_before() -> None:
    changed = with_old_forum(
        prize="Prix du jury",
        porteurs=(replace(BARE.porteurs[0], name="Lycée Carnot"),),
        partenaires=(),
        liens=(),
    )
    report = load(changed)
    assert (report.updated, report.kept) == (1, [])
    assert stored().semaines[1].actions[0].prize == "Prix du jury"
    assert stored().semaines[1].actions[0].partenaires == ()


def test_what_people_changed_is_kept_as_before() -> None:
    Action.objects.filter(slug="forum-des-metiers").update(prize="Prix des élèves")
    forum().participations.all().delete()
    assert load(OLD_EDITION).kept == []
    (partner,) = BARE.partenaires
    report = load(with_old_forum(prize="Prix du jury", partenaires=(replace(partner, name="CANOPE"),)))
    assert sorted(report.kept) == [f"{WHERE}partenaires", f"{WHERE}prize"]
    assert forum().prize == "Prix des élèves"


def test_what_no_file_told_then_is_nobodys_news() -> None:
    """A day and an activity people added: the old file said nothing of them, and still does not."""
    Action.objects.filter(slug="forum-des-metiers").update(starts=dt.date(2016, 3, 14), classes="3e A")
    Activite.objects.create(action=forum(), position=0, title="Atelier")
    before = stored()
    assert load(OLD_EDITION) == EMPTY
    assert stored() == before
    other = with_old_forum(classes="4e B", activites=(ActiviteSaisie("Bilan"),), authority="Le préfet")
    assert sorted(load(other).kept) == [f"{WHERE}activites", f"{WHERE}classes"]
    assert (forum().classes, forum().authority) == ("3e A", "Le préfet")


def test_a_semaine_remembered_before_its_new_facts_gains_them() -> None:
    """Its file says more of its partners and temps forts now: nobody else wrote them."""
    for semaine in Semaine.objects.all():
        for facts in semaine.loaded_facts.values():
            for name, added in (("partners", "role"), ("temps_forts", "authorities")):
                for row in facts.get(name, ()):
                    del row[added]
            for name in ("alliances", "portage", "strategie", "obstacle"):
                facts.pop(name, None)
        semaine.save(update_fields=["loaded_facts"])
    assert load(OLD_EDITION) == EMPTY
    told = replace(
        OLD_EDITION.semaines[1],
        partners=tuple(replace(one, role=RoleSemaine.INTERVIENT) for one in DIJON.partners),
        temps_forts=tuple(replace(one, authorities=(Autorite.RECTEUR,)) for one in DIJON.temps_forts),
        alliances=Alliances.INTERNES,
        strategie=(TexteStrategie("Plan académique"),),
        obstacle=Obstacle.CHARGE,
    )
    report = load(replace(OLD_EDITION, semaines=(CAEN, told)))
    assert (report.updated, report.kept) == (1, [])
    assert stored().semaines[1] == replace(told, obstacle=Obstacle.UNKNOWN), "the bureau's is in no dossier"
    assert Semaine.objects.get(academie__name="Dijon").obstacle == Obstacle.CHARGE


def test_a_catalogue_remembered_before_its_texts_gains_them() -> None:
    """The upgrade leaves axes without text nor leads, which their file tells now: nobody emptied them."""
    edition = Edition.objects.get()
    for facts in edition.loaded_facts.values():
        for row in facts["axes"]:
            del row["text"], row["pistes"]
    edition.save(update_fields=["loaded_facts"])
    worded = replace(OLD_EDITION, axes=EDITION.axes)
    report = load(worded)
    assert (report.updated, report.kept) == (1, [])
    assert stored() == worded
    Axe.objects.filter(code="niveaux").update(text="Le mot du bureau.")
    assert load(worded).kept == []
    assert Axe.objects.get(code="niveaux").text == "Le mot du bureau."
