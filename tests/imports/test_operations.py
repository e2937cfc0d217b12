"""Loading an edition: all of it or nothing, twice the same, and never over what people wrote."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.dossier import (
    ActionDossier,
    AxeCatalogue,
    AxeRetenu,
    EditionDossier,
    EtapeDossier,
    Lien,
    ObjectifDossier,
    PartenaireDossier,
    TempsFortDossier,
    TutoratDossier,
)
from accroche.actions.models import Action, Theme
from accroche.actions.queries import dossier_of
from accroche.actions.regles import Etat, Nature, SourceAction, Temporalite
from accroche.annuaire.models import Academie, Porteur
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Axe, Edition, Partenaire, Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.imports.operations import LoadError, LoadReport, load_dossier
from accroche.lib.chiffres import parse
from tests.actions.sample import CAEN, DIJON, EDITION, FORUM, LYCEE, ONISEP, PLACED
from tests.conftest import PUBLISHED_AT, _models

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def load(dossier: EditionDossier, origin: str = "pack", **options: Any) -> LoadReport:
    return load_dossier(dossier, origin=origin, **{"publish_at": PUBLISHED_AT} | options)


def stored() -> EditionDossier:
    return dossier_of(Edition.objects.get(year="2015-2016"))


def with_dijon(**changes: Any) -> EditionDossier:
    return replace(EDITION, semaines=(CAEN, replace(DIJON, **changes)))


def with_forum(**changes: Any) -> EditionDossier:
    return with_dijon(actions=(replace(FORUM, **changes), *DIJON.actions[1:]))


def forum() -> Action:
    return Action.objects.get(slug="forum-des-metiers")


def rows() -> dict[str, list[tuple[Any, ...]]]:
    return {model.__name__: sorted(model._base_manager.values_list(), key=repr) for model in _models()}


def verbs(queries: CaptureQueriesContext) -> Counter[str]:
    return Counter(query["sql"].split()[0] for query in queries)


# -- there and back -------------------------------------------------------------------------------------


def test_the_real_edition_comes_back_as_it_was_told(pack_2015: EditionDossier, edition_2015: Edition) -> None:
    assert dossier_of(edition_2015) == pack_2015


def test_every_field_comes_back_as_it_was_told() -> None:
    load(EDITION)
    assert stored() == EDITION


def test_every_field_comes_back_where_rows_do_not_tell_their_number() -> None:
    with mock.patch.object(type(connection.features), "can_return_rows_from_bulk_insert", new=False):
        load(EDITION)
    assert stored() == EDITION


def test_partners_and_carriers_named_twice_are_there_once() -> None:
    load(with_forum(carriers=(PLACED, PLACED), partners=(ONISEP, ONISEP)))
    assert stored() == EDITION


def test_the_report_counts_editions_semaines_and_actions() -> None:
    assert load(EDITION) == LoadReport(created=5)
    assert load(EDITION) == LoadReport(unchanged=5)
    assert load(with_forum(title="Forum des métiers", prize="")) == LoadReport(updated=1, unchanged=4)


# -- again ----------------------------------------------------------------------------------------------


def test_again_writes_nothing(pack_2015: EditionDossier, edition_2015: Edition) -> None:
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        report = load(pack_2015)
    assert report == LoadReport(unchanged=128)
    assert set(verbs(queries)) == {"SELECT", "SAVEPOINT", "RELEASE"}
    assert len(queries) < 100
    assert rows() == before
    assert edition_2015.published_at == PUBLISHED_AT


def test_queries_do_not_grow_with_the_edition(pack_2015: EditionDossier) -> None:
    counts = []
    for kept in (2, 30):
        Edition.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            load(replace(pack_2015, semaines=pack_2015.semaines[:kept]))
        counts.append(verbs(queries)["SELECT"])
    assert counts[1] < counts[0] + 20


def test_two_actions_with_one_title_stay_two() -> None:
    dossier = with_dijon(actions=(ActionDossier("Tutorat", prize="A"), ActionDossier("Tutorat", prize="B")))
    load(dossier)
    assert load(dossier) == LoadReport(unchanged=5)
    assert stored() == dossier
    assert list(Action.objects.values_list("slug", flat=True)) == ["tutorat", "tutorat-2"]


@pytest.mark.parametrize(
    ("titles", "slugs"),
    [
        (["A", "A", "A"], ["a", "a-2", "a-3"]),
        (["A 2", "A", "A"], ["a-2", "a", "a-3"]),
        (["« … »", "?"], ["action", "action-2"]),
        (["x" * 300, "x" * 300], ["x" * 100, "x" * 100 + "-2"]),
        (["y" * 99 + " z"], ["y" * 99]),
    ],
)
def test_every_action_has_its_own_address(titles: list[str], slugs: list[str]) -> None:
    dossier = with_dijon(actions=tuple(ActionDossier(title) for title in titles))
    load(dossier)
    assert [action.slug for action in Action.objects.order_by("position")] == slugs
    assert load(dossier).created == 0


def test_a_carrier_is_shared_by_its_actions(pack_2015: EditionDossier, edition_2015: Edition) -> None:
    del edition_2015
    load(with_dijon(academie="Reims", actions=(FORUM, replace(FORUM, title="Autre forum"))))
    assert Porteur.objects.get(name="Lycée Le Castel", academie__name="Reims").actions.count() == 2
    told = {
        (semaine.academie, carrier.kind, carrier.name, carrier.commune)
        for semaine in pack_2015.semaines
        for action in semaine.actions
        for carrier in action.carriers
    }
    assert Porteur.objects.count() == len(told) + 1
    assert Partenaire.objects.filter(name="ONISEP", internal=True).count() == 1


# -- all or nothing -------------------------------------------------------------------------------------


def broken() -> dict[str, tuple[EditionDossier, str]]:
    event = DIJON.temps_forts[0]
    return {
        "academie": (with_dijon(academie="Dijonn"), r"Académie inconnue : Dijonn\. Vérifiez"),
        "cited": (
            replace(EDITION, tutorats=(TutoratDossier("possible", ("Lutèce",)),)),
            "Académie inconnue : Lutèce",
        ),
        "goal": (
            replace(EDITION, objectifs=(ObjectifDossier("a", "A", academies=("Ys", "Lutèce")),)),
            "Académie inconnue : Lutèce, Ys",
        ),
        "twice": (replace(EDITION, semaines=(CAEN, DIJON, DIJON)), "Académie en double : Dijon"),
        "windows": (with_dijon(windows=((dt.date(2016, 3, 14), dt.date(2016, 3, 13)),)), "contredit"),
        "event": (with_dijon(temps_forts=(replace(event, ends=dt.date(2016, 1, 1)),)), "contredit"),
        "axis": (with_dijon(axes=(AxeRetenu("niveaux"), AxeRetenu("niveaux"))), "contredit"),
        "long": (with_dijon(title="é" * 201), r"« é{60}… » compte 201 caractères, 200 au plus"),
        "long action": (with_forum(title="A" * 301), "301 caractères, 300 au plus"),
        "long partner": (with_forum(partners=(PartenaireDossier("A" * 201),)), "201 caractères"),
        "long link": (with_forum(links=(Lien("http://" + "a" * 494),)), "501 caractères, 500 au plus"),
        "long edition": (replace(EDITION, title="A" * 201), "201 caractères"),
        "long axis": (replace(EDITION, axes=(AxeCatalogue("niveaux", "A" * 201),)), "201 caractères"),
        "long text": (replace(EDITION, introduction=(("A" * 201, ""),)), "201 caractères"),
    }


@pytest.mark.parametrize("name", list(broken()))
def test_what_cannot_be_held_is_refused_whole(name: str) -> None:
    dossier, message = broken()[name]
    with pytest.raises(LoadError, match=message):
        load(dossier)
    assert not any(rows().values())


@pytest.mark.parametrize("name", list(broken()))
def test_what_cannot_be_held_leaves_the_edition_as_it_was(name: str) -> None:
    load(EDITION)
    before = rows()
    dossier, message = broken()[name]
    with pytest.raises(LoadError, match=message):
        load(dossier)
    assert rows() == before


@pytest.mark.parametrize("last", [1, 2])
def test_a_failure_on_the_way_writes_nothing(last: int) -> None:
    def fail(done: int, total: int) -> None:
        assert total == 2
        if done == last:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(EDITION, progress=fail)
    assert not any(rows().values())
    load(EDITION)
    before = rows()
    with pytest.raises(KeyboardInterrupt):
        load(with_forum(prize=""), progress=fail)
    assert rows() == before


def test_progress_counts_the_semaines() -> None:
    steps: list[tuple[int, int]] = []
    load(EDITION, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2), (2, 2)]


# -- what people wrote ----------------------------------------------------------------------------------


def test_a_persons_words_survive_and_are_reported_when_the_file_changes() -> None:
    load(EDITION)
    Action.objects.filter(pk=forum().pk).update(description="Les mots de l’école.")
    Semaine.objects.filter(academie__name="Dijon").update(narrative="Les mots de l’académie.")
    assert load(EDITION) == LoadReport(unchanged=5)

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


def _no_carrier() -> None:
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


@pytest.mark.parametrize(
    ("by_hand", "field", "told"),
    [
        (_no_carrier, "carriers", (replace(LYCEE, name="Lycée Carnot"),)),
        (_other_link, "links", ()),
        (_other_theme, "themes", ("langue",)),
        (_no_partner, "partners", (PartenaireDossier("CANOPE"),)),
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


def other_semaine() -> dict[str, Any]:
    return {
        "windows": ((dt.date(2016, 3, 14), dt.date(2016, 3, 18)),),
        "ordinal": None,
        "status": StatutSemaine.UNAVAILABLE,
        "levels": frozenset({Niveau.PREMIER_DEGRE}),
        "actions_figures": parse("31 actions\n58 actions existantes"),
        "etablissements_figures": parse("N.C."),
        "title": "",
        "themes": ("Autre", "Deux"),
        "pilot": "MLDS",
        "sponsor": "",
        "funding": "Autre",
        "committee": "",
        "narrative": "Autre",
        "partners_narrative": "Autre",
        "partners": (PartenaireDossier("CLEMI"),),
        "axes": (AxeRetenu("structuration", "Autre"),),
        "temps_forts": (TempsFortDossier("Autre", "forum", stops=(EtapeDossier("Paris"),)),),
        "ressources": (),
        "examples_note": "",
    }


@pytest.mark.parametrize("field", list(other_semaine()))
def test_every_field_of_a_semaine_follows_its_file(field: str) -> None:
    load(EDITION)
    changed = with_dijon(**{field: other_semaine()[field]})
    report = load(changed)
    assert (report.updated, report.kept) == (1, [])
    assert stored() == changed
    assert load(changed) == LoadReport(unchanged=5)
    load(EDITION)
    assert stored() == EDITION


def other_action() -> dict[str, Any]:
    return {
        "title": "Forum des métiers !",
        "carriers": (replace(LYCEE, name="Lycée Carnot"), PLACED),
        "links": (),
        "description": "",
        "prize": "",
        "remarkable": False,
        "temporality": Temporalite.LES_DEUX,
        "nature": Nature.REMEDIATION,
        "levels": (Niveau.PREMIER_DEGRE, Niveau.COLLEGE),
        "themes": ("langue",),
        "partners": (PartenaireDossier("CANOPE"),),
        "source": SourceAction.CARDIE,
        "experitheque_id": None,
    }


@pytest.mark.parametrize("field", list(other_action()))
def test_every_field_of_an_action_follows_its_file(field: str) -> None:
    load(EDITION)
    changed = with_forum(**{field: other_action()[field]})
    report = load(changed)
    assert (report.updated, report.kept) == (1, [])
    assert stored() == changed
    assert load(changed) == LoadReport(unchanged=5)
    load(EDITION)
    assert stored() == EDITION


def other_edition() -> dict[str, Any]:
    return {
        "title": "Semaine de l’engagement",
        "introduction": (("Autre", "Texte."),),
        "axes": (
            AxeCatalogue("niveaux", "Tous les niveaux"),
            AxeCatalogue("animation", "Animer"),
            AxeCatalogue("structuration", "Structurer"),
        ),
        "objectifs": (ObjectifDossier("mobiliser_partenaires", "Mobiliser", "", ("Caen",)),),
        "perspectives": (),
        "tutorats": (TutoratDossier("possible", ("Caen",)), TutoratDossier("prioritaire", ("Dijon",))),
        "notes": (),
    }


@pytest.mark.parametrize("field", list(other_edition()))
def test_every_field_of_an_edition_follows_its_file(field: str) -> None:
    load(EDITION)
    changed = replace(EDITION, **{field: other_edition()[field]})
    report = load(changed)
    assert (report.updated, report.kept) == (1, [])
    assert stored() == changed
    assert load(changed) == LoadReport(unchanged=5)


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
    changed = with_dijon(actions=tuple(replace(a, carriers=(moved,)) for a in both.semaines[1].actions))
    assert load(changed).kept == []
    assert stored() == changed
    more = (moved, replace(LYCEE, name="Lycée Carnot"))
    changed = with_dijon(actions=tuple(replace(a, carriers=more) for a in both.semaines[1].actions))
    assert load(changed).kept == []
    assert stored() == changed


def test_a_place_told_by_another_action_is_no_persons_change() -> None:
    bare = replace(FORUM, title="Autre forum", carriers=(LYCEE,))
    load(with_dijon(actions=(bare,)))
    load(with_dijon(actions=(bare, FORUM)))
    assert Porteur.objects.get().insee == "21231"
    more = (LYCEE, replace(LYCEE, name="Lycée Carnot"))
    report = load(with_dijon(actions=(replace(bare, carriers=more), FORUM)))
    assert report.kept == []
    assert stored().semaines[1].actions[0].carriers == (PLACED, more[1])


def test_a_place_corrected_by_hand_is_kept() -> None:
    load(EDITION)
    Porteur.objects.update(latitude=47.5)
    report = load(with_forum(carriers=(replace(PLACED, latitude=47.1),)))
    assert report.kept == ["Dijon 2015-2016, « Forum des métiers » : carriers"]
    assert Porteur.objects.get().latitude == 47.5


def test_a_school_is_known_by_its_code_whatever_its_name_and_academie() -> None:
    named = replace(LYCEE, uai="0010001W")
    load(with_forum(carriers=(named,)))
    again = replace(named, name="Lycée général Le Castel", commune="")
    dossier = replace(
        EDITION,
        edition="2016-2017",
        semaines=(replace(DIJON, academie="Reims", actions=(replace(FORUM, carriers=(again,)),)),),
    )
    load(dossier)
    (school,) = Porteur.objects.all()
    assert (school.name, school.academie.name) == ("Lycée Le Castel", "Dijon")
    assert school.actions.count() == 2


# -- another source -------------------------------------------------------------------------------------


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


def test_the_first_source_still_follows_after_another_spoke() -> None:
    load(EDITION)
    load(replace(EDITION, title="Autre"), origin="rapport", publish_at=None)
    load(replace(EDITION, title="Semaine de l’engagement"))
    assert stored().title == "Semaine de l’engagement"


def test_what_another_source_filled_is_not_replaced_by_the_first() -> None:
    load(with_forum(prize=""))
    load(EDITION, origin="rapport", publish_at=None)
    assert forum().prize == "Prix du public"
    report = load(with_forum(prize="Prix du jury"))
    assert report.kept == ["Dijon 2015-2016, « Forum des métiers » : prize"]
    assert forum().prize == "Prix du public"


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


def test_a_report_without_catalogue_gets_the_usual_words_of_an_axis() -> None:
    bare = replace(EDITION, axes=())
    load(bare, origin="rapport", publish_at=None)
    assert [axe.code for axe in stored().axes] == ["niveaux", "structuration"]
    assert stored().axes[1].label == "Structurer l’événement à l’échelle de l’académie"


def test_an_axis_another_source_names_joins_the_catalogue() -> None:
    load(replace(EDITION, semaines=(CAEN,)))
    kept = replace(DIJON, axes=(AxeRetenu("recensement"),))
    load(replace(EDITION, axes=(), semaines=(kept,)), origin="rapport", publish_at=None)
    assert stored().semaines[1].axes == kept.axes
    assert [axe.code for axe in stored().axes] == ["structuration", "niveaux", "recensement"]


# -- publication ----------------------------------------------------------------------------------------


def test_an_import_never_publishes() -> None:
    load(EDITION, origin="rapport", publish_at=None)
    assert Edition.objects.get().published_at is None
    assert set(Action.objects.values_list("etat", flat=True)) == {Etat.SUBMITTED}
    assert not Action.objects.published().exists()


def test_a_reviewed_pack_is_public_at_once() -> None:
    load(EDITION)
    assert Edition.objects.get().published_at == PUBLISHED_AT
    assert Action.objects.published().count() == 2


def test_what_an_import_adds_to_a_public_edition_waits() -> None:
    load(EDITION)
    more = with_dijon(actions=(*DIJON.actions, ActionDossier("Nouvelle")))
    load(more, origin="rapport", publish_at=None)
    assert set(Action.objects.published().values_list("slug", flat=True)) == {"forum-des-metiers", "atelier"}


def test_a_pack_does_not_publish_what_waits() -> None:
    load(EDITION, origin="rapport", publish_at=None)
    load(EDITION)
    assert Edition.objects.get().published_at is None
    assert not Action.objects.published().exists()


def test_an_old_edition_keeps_its_own_catalogue_and_semaines() -> None:
    load(EDITION)
    before = stored()
    load(replace(EDITION, edition="2016-2017", **other_edition()))
    assert stored() == before
    assert Edition.objects.count() == 2
    assert Academie.objects.count() == 32
