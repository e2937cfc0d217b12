"""The structured facts of a semaine: what counts, what is unknown, and that no word enters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import StatutSemaine, TypePartenaire, TypeRessource, TypeTempsFort
from accroche.dossier.dossier import (
    ActionDossier,
    EditionDossier,
    LienSaisi,
    PartenaireDossier,
    PartenaireSaisi,
    PorteurSaisi,
    RessourceDossier,
    SemaineDossier,
    SourceAction,
    TempsFortDossier,
)
from accroche.evaluation.faits import Annonce, Faits, Fiches, faits_of
from accroche.lib.chiffres import Kind, parse
from accroche.pilotage.couverture import Avancement

pytestmark = pytest.mark.any_database

SEMAINE = SemaineDossier(
    academie="Dijon",
    windows=((dt.date(2026, 1, 18), dt.date(2026, 1, 22)), (dt.date(2026, 3, 14), dt.date(2026, 3, 14))),
    ordinal=1,
    status=StatutSemaine.REPORTED,
    levels=frozenset({Niveau.COLLEGE}),
    actions_figures=parse("31 dont 17 remarquables"),
    etablissements_figures=parse("N.C."),
    narrative="Un récit.",
    pilot="CARDIE",
    partners=(
        PartenaireDossier("Région", "collectivite"),
        PartenaireDossier("CANOPÉ", "operateur", internal=True),
    ),
    temps_forts=(TempsFortDossier("Salon", "salon", starts=dt.date(2026, 1, 21)), TempsFortDossier("?", "")),
    ressources=(
        RessourceDossier("Dossier", "dossier_presse", "https://exemple.fr"),
        RessourceDossier("Guide", "guide", published=False),
    ),
    actions=(
        ActionDossier(
            "Une action",
            description="Un texte.",
            porteurs=(PorteurSaisi(kind="college", name="Pasteur"),),
            levels=("college", "lycee"),
            temporality="annee",
            themes=("parents",),
            partenaires=(PartenaireSaisi("Chambre", kind="chambre"),),
            liens=(LienSaisi("https://youtu.be/abc"),),
            source=SourceAction.DECLARATION,
        ),
        ActionDossier("Une autre", porteurs=(PorteurSaisi(kind="college", name="Pasteur"),)),
    ),
)


def test_the_facts_of_a_semaine() -> None:
    assert faits_of(SEMAINE) == Faits(
        status=StatutSemaine.REPORTED,
        ordinal=1,
        windows=2,
        days=6,
        levels=frozenset({Niveau.COLLEGE}),
        actions=Annonce(31, Kind.EXACT),
        etablissements=Annonce(None, Kind.NOT_COMMUNICATED),
        temps_forts={TypeTempsFort.SALON: 1},
        events=2,
        dated_events=1,
        published={TypeRessource.DOSSIER_PRESSE: 1},
        unpublished={TypeRessource.GUIDE: 1},
        resources=2,
        resources_public=1,
        partners_external=1,
        partners_internal=1,
        partner_kinds=frozenset({TypePartenaire.COLLECTIVITE, TypePartenaire.CHAMBRE}),
        has_pilot=True,
        fiches=Fiches(
            count=2,
            schools=1,
            levels={Niveau.COLLEGE: 1, Niveau.LYCEE: 1},
            with_text=1,
            with_link=1,
            with_video=1,
            with_support=1,
            with_partner=1,
            with_external=1,
            with_parents=1,
            all_year=1,
            partner_kinds=frozenset({TypePartenaire.CHAMBRE}),
        ),
    )


@pytest.mark.parametrize(
    ("said", "value", "nc", "at_least"),
    [
        ("", None, True, False),
        ("N.C.", None, True, False),
        ("Tous les établissements", None, False, False),
        ("0", 0, False, False),
        ("Une trentaine", 30, False, False),
        ("plus de 30", 30, False, True),
        ("31 sur la semaine et 58 sur l’année", 89, False, False),
    ],
)
def test_an_answer_in_figures_is_never_zero_by_default(
    said: str, value: int | None, *, nc: bool, at_least: bool
) -> None:
    answer = faits_of(replace(SEMAINE, actions_figures=parse(said) if said else ())).actions
    assert (answer.value, answer.is_nc, answer.at_least) == (value, nc, at_least)


def test_absent_data_are_a_state_of_their_own() -> None:
    empty = SemaineDossier("Dijon", (), None, StatutSemaine.PREPARING)
    assert not faits_of(empty).has_data
    assert not faits_of(replace(SEMAINE, status=StatutSemaine.UNAVAILABLE)).has_data
    assert faits_of(replace(empty, levels=frozenset({Niveau.LYCEE}))).has_data
    nc = replace(empty, actions_figures=parse("N.C."))
    assert not faits_of(nc).has_data, "nothing is counted yet"
    assert faits_of(replace(nc, status=StatutSemaine.REPORTED)).has_data, "it answered"


def test_coverage_is_none_without_a_directory() -> None:
    assert faits_of(SEMAINE).rate is None
    known = {Niveau.COLLEGE: Avancement(nothing=3, published=1), Niveau.LYCEE: Avancement(published=4)}
    assert faits_of(SEMAINE, coverage=known).rate == 63


def test_sheets_told_by_a_report_are_examples(pack_2015: EditionDossier) -> None:
    assert all(faits_of(one).fiches.told for one in pack_2015.semaines if one.actions)
    assert [one.academie for one in pack_2015.semaines if not faits_of(one).has_data] == [
        "Strasbourg",
        "Toulouse",
    ]
