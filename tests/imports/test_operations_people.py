"""Loading an edition again: what follows the file, and what people or another source wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Theme
from accroche.actions.regles import SourceAction
from accroche.annuaire.models import Academie, Porteur
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Axe, Edition, Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import (
    ActionDossier,
    AxeRetenu,
    EditionDossier,
    PartenaireSaisi,
)
from accroche.imports.operations import LoadReport
from tests.conftest import PUBLISHED_AT
from tests.dossier.sample import CAEN, DIJON, EDITION, FORUM, LYCEE, PLACED
from tests.imports.loading import forum, load, other_edition, rows, stored, with_dijon, with_forum

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


# -- what people wrote ----------------------------------------------------------------------------------


def test_a_persons_words_survive_and_are_reported_when_the_file_changes() -> None:
    load(EDITION)
    Action.objects.filter(pk=forum().pk).update(description="Les mots de l’école.")
    Semaine.objects.filter(academie__name="Dijon").update(narrative="Les mots de l’académie.")
    assert load(EDITION) == LoadReport(unchanged=5, public=True)

    changed = with_forum(description="Autre chose.", prize="")
    changed = replace(changed, semaines=(CAEN, replace(changed.semaines[1], narrative="Autre.", pilot="")))
    report = load(changed)
    assert report.kept == [
        "Dijon 2015-2016 : narrative",
        "Dijon 2015-2016, « Forum des métiers » : description",
    ]
    assert (report.created, report.updated, report.unchanged) == (0, 2, 3)
    dijon = stored().semaines[1]
    assert (dijon.narrative, dijon.pilot) == ("Les mots de l’académie.", "")
    assert (dijon.actions[0].description, dijon.actions[0].prize) == ("Les mots de l’école.", "")
    assert load(changed).kept == []


def _no_porteur() -> None:
    forum().portages.all().delete()


def _other_link() -> None:
    forum().liens.update(url="http://www.ac-dijon.fr/autre")


def _other_theme() -> None:
    forum().themes.set([Theme.objects.get(code="sport")])


def _no_partner() -> None:
    forum().participations.all().delete()


def _unticked() -> None:
    Action.objects.filter(pk=forum().pk).update(lycee=False)


def _cleared_prize() -> None:
    Action.objects.filter(pk=forum().pk).update(prize="")


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("by_hand", "field", "told"),
    [
        (_no_porteur, "porteurs", (replace(LYCEE, name="Lycée Carnot"),)),
        (_other_link, "liens", ()),
        (_other_theme, "themes", ("langue",)),
        (_no_partner, "partenaires", (PartenaireSaisi("CANOPE"),)),
        (_unticked, "levels", (Niveau.COLLEGE,)),
        (_cleared_prize, "prize", "Prix du jury"),
    ],
)
def test_any_field_of_an_action_people_changed_is_kept(
    by_hand: Callable[[], None], field: str, told: object
) -> None:
    load(EDITION)
    by_hand()
    before = stored()
    report = load(with_forum(**{field: told}))
    assert report.kept == [f"Dijon 2015-2016, « Forum des métiers » : {field}"]
    assert stored() == before


@pytest.mark.any_database
def test_what_a_person_wrote_of_the_edition_is_kept() -> None:
    load(EDITION)
    Edition.objects.update(title="Notre semaine")
    Axe.objects.filter(code="niveaux").update(label="Nos niveaux")
    changed = replace(EDITION, title="Autre", notes=(), axes=other_edition()["axes"])
    report = load(changed)
    assert report.kept == ["Édition 2015-2016 : title", "Édition 2015-2016 : axes"]
    after = stored()
    assert (after.title, after.notes) == ("Notre semaine", ())
    # the new axis is there for the académies to keep, the others read as they were
    assert [axe.label for axe in after.axes] == ["Structurer", "Nos niveaux", "Animer"]


def test_a_corrected_place_follows_for_every_action_of_the_carrier() -> None:
    both = with_dijon(actions=(FORUM, replace(FORUM, title="Autre forum")))
    load(both)
    moved = replace(PLACED, latitude=47.3, longitude=5.1)
    changed = with_dijon(actions=tuple(replace(a, porteurs=(moved,)) for a in both.semaines[1].actions))
    assert load(changed).kept == []
    assert stored() == changed
    more = (moved, replace(LYCEE, name="Lycée Carnot"))
    changed = with_dijon(actions=tuple(replace(a, porteurs=more) for a in both.semaines[1].actions))
    assert load(changed).kept == []
    assert stored() == changed


@pytest.mark.any_database
def test_a_place_told_by_another_action_is_no_persons_change() -> None:
    bare = replace(FORUM, title="Autre forum", porteurs=(LYCEE,))
    load(with_dijon(actions=(bare,)))
    load(with_dijon(actions=(bare, FORUM)))
    assert Porteur.objects.get().insee == "21231"
    more = (LYCEE, replace(LYCEE, name="Lycée Carnot"))
    report = load(with_dijon(actions=(replace(bare, porteurs=more), FORUM)))
    assert report.kept == []
    assert stored().semaines[1].actions[0].porteurs == (PLACED, more[1])


@pytest.mark.any_database
def test_a_place_corrected_by_hand_is_kept() -> None:
    load(EDITION)
    Porteur.objects.update(latitude=47.5)
    report = load(with_forum(porteurs=(replace(PLACED, latitude=47.1),)))
    assert report.kept == ["Dijon 2015-2016, « Forum des métiers » : porteurs"]
    assert Porteur.objects.get().latitude == 47.5


def test_a_school_is_known_by_its_code_whatever_its_name_and_academie() -> None:
    named = replace(LYCEE, uai="0010001W")
    load(with_forum(porteurs=(named,)))
    again = replace(named, name="Lycée général Le Castel", commune="")
    dossier = replace(
        EDITION,
        edition="2016-2017",
        semaines=(replace(DIJON, academie="Reims", actions=(replace(FORUM, porteurs=(again,)),)),),
    )
    load(dossier)
    (school,) = Porteur.objects.all()
    assert (school.name, school.academie.name) == ("Lycée Le Castel", "Dijon")
    assert school.actions.count() == 2


@pytest.mark.any_database
def test_an_old_edition_keeps_its_own_catalogue_and_semaines() -> None:
    load(EDITION)
    before = stored()
    load(replace(EDITION, edition="2016-2017", **other_edition()))
    assert stored() == before
    assert Edition.objects.count() == 2
    assert Academie.objects.count() == 32


# -- another source -------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_another_source_fills_what_is_empty_and_replaces_nothing() -> None:
    bare = replace(
        DIJON, pilot="", ordinal=None, ressources=(), actions=(ActionDossier("Forum des métiers", prize="A"),)
    )
    load(replace(EDITION, semaines=(CAEN, bare)))
    report = load(EDITION, origin="rapport", publish_at=None)
    after = stored().semaines[1]
    assert (after.pilot, after.ordinal, after.ressources) == (DIJON.pilot, 1, DIJON.ressources)
    assert after.actions[0] == replace(FORUM, prize="A", source=SourceAction.SEMAINE)
    assert report.kept == [
        "Dijon 2015-2016, « Forum des métiers » : prize",
        "Dijon 2015-2016, « Forum des métiers » : source",
    ]


@pytest.mark.any_database
def test_another_source_that_says_otherwise_changes_nothing(
    pack_2015: EditionDossier, edition_2015: Edition
) -> None:
    before = rows()
    other = replace(
        pack_2015,
        title="Autre",
        semaines=tuple(
            replace(semaine, status=StatutSemaine.UNAVAILABLE, windows=((PUBLISHED_AT.date(),) * 2,))
            for semaine in pack_2015.semaines
        ),
    )
    report = load(other, origin="rapport", publish_at=None)
    assert rows() == before
    assert "Édition 2015-2016 : title" in report.kept
    assert sum(line.endswith(": windows") for line in report.kept) == 30
    assert edition_2015.published_at is not None


@pytest.mark.any_database
def test_the_first_source_still_follows_after_another_spoke() -> None:
    load(EDITION)
    load(replace(EDITION, title="Autre"), origin="rapport", publish_at=None)
    load(replace(EDITION, title="Semaine de l’engagement"))
    assert stored().title == "Semaine de l’engagement"


@pytest.mark.any_database
def test_what_another_source_filled_is_not_replaced_by_the_first() -> None:
    load(with_forum(prize=""))
    load(EDITION, origin="rapport", publish_at=None)
    assert forum().prize == "Prix du public"
    report = load(with_forum(prize="Prix du jury"))
    assert report.kept == ["Dijon 2015-2016, « Forum des métiers » : prize"]
    assert forum().prize == "Prix du public"


@pytest.mark.any_database
def test_an_action_people_declared_is_only_filled() -> None:
    load(with_dijon(actions=()))
    semaine = Semaine.objects.get(academie__name="Dijon")
    Action.objects.create(
        semaine=semaine, slug="forum-des-metiers", title="Forum", position=1, nature="remediation"
    )
    report = load(EDITION)
    assert report.created == 1
    assert report.kept == [
        "Dijon 2015-2016, « Forum des métiers » : title",
        "Dijon 2015-2016, « Forum des métiers » : nature",
        "Dijon 2015-2016, « Forum des métiers » : source",
    ]
    action = forum()
    assert (action.title, action.nature, action.prize) == ("Forum", "remediation", "Prix du public")
    assert action.etat == Etat.SUBMITTED


@pytest.mark.any_database
def test_a_report_without_catalogue_gets_the_usual_words_of_an_axis() -> None:
    bare = replace(EDITION, axes=())
    load(bare, origin="rapport", publish_at=None)
    assert [axe.code for axe in stored().axes] == ["niveaux", "structuration"]
    assert stored().axes[1].label == "Structurer l’événement à l’échelle de l’académie"


@pytest.mark.any_database
def test_an_axis_another_source_names_joins_the_catalogue() -> None:
    load(replace(EDITION, semaines=(CAEN,)))
    kept = replace(DIJON, axes=(AxeRetenu("recensement"),))
    load(replace(EDITION, axes=(), semaines=(kept,)), origin="rapport", publish_at=None)
    assert stored().semaines[1].axes == kept.axes
    assert [axe.code for axe in stored().axes] == ["structuration", "niveaux", "recensement"]
