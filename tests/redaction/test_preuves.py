"""Evidence states what sheets tell: each sentence against rows counted by hand, and nothing evaluative."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from accroche.annuaire.regles import Niveau
from accroche.campagne.champs import ENTRE_NOUS
from accroche.campagne.models import Edition
from accroche.campagne.regles import Charge, Obstacle, StatutSemaine
from accroche.dossier.dossier import (
    AxeCatalogue,
    AxeRetenu,
    EditionDossier,
    ObjectifDossier,
    PartenaireDossier,
    RessourceDossier,
    Retombee,
    SemaineDossier,
    TempsFortDossier,
    TexteStrategie,
)
from accroche.lib.chiffres import parse
from accroche.lib.texte import typographie
from accroche.redaction.preuves import PreuveComptee, matiere_of, preuves
from accroche.redaction.queries.preuves import matiere_of_edition, preuves_of

PARTIES = (
    "introduction",
    "messages",
    "preambule",
    "conclusion:identifier_valoriser",
    "conclusion:mobiliser_partenaires",
    "conclusion:integrer_strategie",
    "conclusion:communiquer",
    "perspectives",
    "tutorat",
    "mentions",
)


def semaine(name: str, status: StatutSemaine = StatutSemaine.REPORTED, **told: Any) -> SemaineDossier:
    return SemaineDossier(name, (), told.pop("ordinal", None), status, **told)


def partners(*names: str) -> tuple[PartenaireDossier, ...]:
    return tuple(PartenaireDossier(name, "association") for name in names)


def by_code(partie: str, *semaines: SemaineDossier, **told: Any) -> dict[str, PreuveComptee]:
    dossier = EditionDossier("2026-2027", semaines, **told)
    return {one.code: one for one in preuves(matiere_of(dossier), partie)}


def said(one: PreuveComptee) -> str:
    """A sentence with plain spaces, as one types it."""
    return re.sub("\\s", " ", one.phrase)


# -- who took part ---------------------------------------------------------------------------------


def test_who_waits_and_whose_data_are_missing_are_two_facts() -> None:
    found = by_code(
        "introduction",
        semaine("Caen", StatutSemaine.PREPARING),
        semaine("Strasbourg", StatutSemaine.UNAVAILABLE),
        semaine("Orléans-Tours", StatutSemaine.UNAVAILABLE),
        semaine("Dijon", ordinal=1),
        semaine("Lyon", ordinal=3),
        semaine("Nice"),
    )
    assert said(found["attente"]) == "L’académie de Caen n’a pas encore rendu compte."
    assert said(found["indisponibles"]) == (
        "Les données des académies de Strasbourg et d’Orléans-Tours ne sont pas disponibles."
    )
    assert said(found["premieres"]) == "L’édition 2026-2027 est la première pour l’académie de Dijon."
    assert said(found["suivantes"]) == "L’académie de Lyon avait déjà tenu une semaine."
    assert [(row.academie, row.dit) for row in found["suivantes"].lignes] == [("Lyon", "troisième semaine")]


def test_many_names_follow_a_number_spelt_where_it_begins_the_sentence() -> None:
    names = [f"Académie {letter}" for letter in "BCDFGHJKLMNPQRSTVWXZB"]
    told = by_code("introduction", *(semaine(name, StatutSemaine.PREPARING) for name in names))["attente"]
    assert said(told).startswith("Vingt et une académies n’ont pas encore rendu compte : Académie B, ")
    assert said(told).endswith(" et Académie B.")
    assert told.noms == tuple(names)


def test_levels_are_missing_only_where_some_are_told() -> None:
    college = frozenset({Niveau.COLLEGE})
    found = by_code(
        "perspectives",
        semaine("Dijon", levels=college),
        semaine("Lyon", levels=college | {Niveau.LYCEE}),
        semaine("Nice"),
        semaine("Caen", StatutSemaine.PREPARING, levels=frozenset({Niveau.PREMIER_DEGRE})),
    )
    assert said(found["niveau-premier_degre"]) == "Le premier degré n’est coché par aucune académie."
    assert (
        said(found["niveau-college"]) == "Le collège est coché par les 2 académies qui disent leurs niveaux."
    )
    assert said(found["niveau-lycee"]) == "Le lycée est coché par l’académie de Lyon."
    assert said(found["sans-lycee"]) == "Le lycée n’est pas coché par l’académie de Dijon."
    assert said(found["niveaux-inconnus"]) == "Les niveaux de l’académie de Nice ne sont pas connus."
    assert "sans-premier_degre" not in found  # nobody: said once
    unsure = semaine("Nice", levels=college, levels_unknown=(Niveau.LYCEE,))
    found = by_code("perspectives", unsure, semaine("Lyon", levels=college | {Niveau.LYCEE}))
    assert said(found["inconnu-lycee"]) == "Pour l’académie de Nice, on ne sait pas si le lycée est coché."
    assert "sans-lycee" not in found


def test_axes_with_what_each_academie_adds() -> None:
    found = by_code(
        "perspectives",
        semaine("Dijon", axes=(AxeRetenu("niveaux", "Le premier degré d’abord"),)),
        semaine("Lyon", axes=(AxeRetenu("niveaux"),)),
        axes=(AxeCatalogue("niveaux", "Toucher tous les niveaux"), AxeCatalogue("recensement", "Recenser")),
    )
    assert said(found["axe-niveaux"]) == (
        "L’axe « Toucher tous les niveaux » est retenu par les académies de Dijon et de Lyon."
    )
    assert [row.dit for row in found["axe-niveaux"].lignes] == ["Le premier degré d’abord", "retenu"]
    assert "axe-recensement" not in found


# -- what they published, whom they name ------------------------------------------------------------


def test_what_is_only_noted_is_not_published() -> None:
    found = by_code(
        "conclusion:communiquer",
        semaine("Dijon", ressources=(RessourceDossier("Film de la semaine", "video"),)),
        semaine("Lyon", ressources=(RessourceDossier("Un brouillon", "video", published=False),)),
        semaine("Caen", ressources=(RessourceDossier("Un carton", "carte", published=None),)),
        semaine("Nice", medias=(Retombee("Nice-Matin"),), temps_forts=(TempsFortDossier("Forum", "forum"),)),
    )
    assert said(found["ressource-video"]) == "Au moins une vidéo est publiée par l’académie de Dijon."
    assert [re.sub("\\s", " ", row.dit) for row in found["ressource-video"].lignes] == [
        "1 vidéo : Film de la semaine"
    ]
    assert said(found["ressource-non-publiee-video"]) == (
        "Au moins une vidéo est notée par l’académie de Lyon, comme n’étant pas en ligne."
    )
    assert said(found["ressource-notee-carte"]) == (
        "Au moins une carte est notée par l’académie de Caen, sans que sa publication soit dite."
    )
    assert {code for code in found if code.startswith("ressource")} == {
        "ressource-video",
        "ressource-non-publiee-video",
        "ressource-notee-carte",
    }
    assert said(found["medias"]) == "Au moins une retombée dans les médias est notée par l’académie de Nice."


def test_who_names_most_partners_equal_numbers_together() -> None:
    service = PartenaireDossier("DSDEN", internal=True)
    found = by_code(
        "conclusion:mobiliser_partenaires",
        semaine("Dijon", partners=(*partners("A", "B", "C"), service, service)),
        semaine("Lyon", partners=partners("Zup de Co", "a", "D")),
        semaine("Nice", partners=(*partners("E"), service)),
        semaine("Caen", partners=(service,)),
    )
    assert said(found["partenaires"]) == (
        "Les académies de Dijon et de Lyon nomment le plus de partenaires extérieurs : 3 chacune. "
        "Viennent ensuite celle de Nice (1)."
    )
    assert said(found["partenaire-1"]) == (
        "La mention « A » figure parmi les partenaires des académies de Dijon et de Lyon."
    )
    assert found["partenaire-1"].noms == ("A", "Dijon", "Lyon")
    assert "partenaire-2" not in found


# -- since the edition before -----------------------------------------------------------------------


def test_a_trend_is_told_only_where_figures_make_it_certain() -> None:
    def told(name: str, actions: str) -> SemaineDossier:
        return semaine(name, actions_figures=parse(actions))

    before = EditionDossier(
        "2025-2026", (told("Caen", "10"), told("Rouen", "20"), told("Dijon", "une trentaine"))
    )
    after = EditionDossier("2026-2027", (told("Normandie", "45"), told("Dijon", "31"), told("Lyon", "12")))
    successors = {"Caen": "Normandie", "Rouen": "Normandie"}
    found = {one.code: one for one in preuves(matiere_of(after, before, successors), "introduction")}
    # Dijon may have gone either way; both together have not
    assert said(found["tendance-actions"]) == (
        "De l’édition 2025-2026 à l’édition 2026-2027, le nombre d’actions, pour les 2 académies dont les "
        "données sont disponibles les deux fois, est passé d’environ 60 à 76, soit au moins 13 de plus."
    )
    assert "baisse-actions" not in found
    assert said(found["hausse-actions"]) == (
        "Le nombre d’actions est en hausse depuis l’édition 2025-2026 dans l’académie de Normandie."
    )
    sure = replace(before, semaines=(*before.semaines[:2], told("Dijon", "plus de 40")))
    found = {one.code: one for one in preuves(matiere_of(after, sure, successors), "introduction")}
    assert said(found["baisse-actions"]).endswith(
        "est en baisse depuis l’édition 2025-2026 dans l’académie de Dijon."
    )
    assert not [code for code in by_code("introduction", told("Dijon", "3")) if "actions" in code]


def test_the_same_academies_added_up() -> None:
    def edition(year: str, *numbers: str) -> EditionDossier:
        names = ("Dijon", "Lyon")
        return EditionDossier(
            year,
            tuple(
                semaine(name, actions_figures=parse(number))
                for name, number in zip(names, numbers, strict=True)
            ),
        )

    found = preuves(
        matiere_of(edition("2026-2027", "30", "12"), edition("2025-2026", "20", "11")), "messages"
    )
    # none of them tells a temps fort, a resource or a partner, in either edition: that is no trend
    (one,) = [one for one in found if one.code.startswith("tendance-")]
    assert one.code == "tendance-actions"
    assert said(one) == (
        "De l’édition 2025-2026 à l’édition 2026-2027, le nombre d’actions, pour les 2 académies dont les "
        "données sont disponibles les deux fois, est passé de 31 à 42, soit 11 de plus."
    )


# -- who is cited -----------------------------------------------------------------------------------


def test_a_cited_academie_with_the_facts_of_its_sheet_and_one_without_any() -> None:
    objectif = ObjectifDossier(
        "integrer_strategie", "Intégrer la semaine", academies=("Dijon", "Lyon", "Atlantide")
    )
    found = by_code(
        "conclusion:integrer_strategie",
        semaine(
            "Dijon",
            funding="FSE",
            pilot="DRAIO",
            strategie=(TexteStrategie("Plan « Tous ensemble »"),),
            temps_forts=(TempsFortDossier("Forum", "forum"),),
        ),
        semaine("Lyon"),
        objectifs=(objectif,),
    )
    assert said(found["cite-integrer_strategie-dijon"]) == (
        "L’académie de Dijon cite 1 texte de stratégie (« Plan “Tous ensemble” »), nomme son service pilote, "
        "annonce un financement et raconte 1 temps fort (« Forum »)."
    )
    assert said(found["cite-integrer_strategie-lyon"]) == (
        "La fiche de l’académie de Lyon ne porte aucun fait de cet objectif."
    )
    rows = [row.dit for row in found["cite-integrer_strategie-lyon"].lignes]
    assert rows[0] == "Pas de fait : aucun texte de stratégie n’est noté sur la page de la semaine."
    assert said(found["cite-absente-integrer_strategie"]) == (
        "L’académie d’Atlantide n’a pas de fiche dans cette édition."
    )


# -- all of them, on the real edition ---------------------------------------------------------------

#: What judges, and what no sheet can prove.
JUDGES = re.compile(
    r"\b(bon|bonne|bien|mal|mieux|meilleure?s?|exemplaire|remarquablement|insuffisante?s?|faibles?|"
    r"excellent|malheureusement|seulement|hélas|devrait|pourrait)\b",
    re.IGNORECASE,
)


def test_sentences_of_the_real_edition_are_printable_and_judge_nothing(pack_2015: EditionDossier) -> None:
    found = {partie: preuves(matiere_of(pack_2015), partie) for partie in PARTIES}
    every = [one for told in found.values() for one in told]
    assert {partie for partie, told in found.items() if not told} == {"preambule", "mentions"}
    for one in every:
        assert one.phrase == typographie(one.phrase)
        assert one.phrase.endswith((".", ". »")), one
        assert one.phrase[0].isupper(), one
        assert not re.search(r"  | \.", one.phrase), one
        assert one.provenance
        # the words of a sheet are its own: the program's are what stands around « … » and ( … )
        own = re.sub(r"\([^)]*\)|«[^»]*»", "", one.phrase)
        assert not JUDGES.search(own), one.phrase
        assert one.lignes or one.code.startswith(("niveau-", "tendance-")), one
    for partie, told in found.items():
        assert len({one.code for one in told}) == len(told), partie


def test_what_the_printed_conclusion_cites(pack_2015: EditionDossier) -> None:
    """What the reference document says of the académies it cites, against what their sheets tell."""
    found = {one.code: said(one) for partie in PARTIES for one in preuves(matiere_of(pack_2015), partie)}
    # « un dossier thématique à Nantes, … un site propre à Créteil, … de courtes vidéos à Versailles »
    assert found["ressource-notee-dossier_thematique"].startswith(
        "Au moins un dossier thématique est noté par l’académie de Nantes,"
    )
    assert "Créteil" in found["ressource-site"]
    assert "Versailles" in found["ressource-video"]
    assert "Versailles" in found["ressource-site"]
    # « stratégie prête avant la rentrée à Créteil, Nantes, Rouen, Versailles; Lille soutenue par des fonds »
    assert all(name in found["strategie"] for name in ("Créteil", "Nantes", "Rouen", "Versailles", "Lille"))
    assert "Lille" in found["financement"]
    # « à Rouen, Énergie Jeunes… », « Mantes-la-Jolie »
    assert "Énergie Jeunes" in found["cite-mobiliser_partenaires-rouen"]
    assert "Mantes-la-Jolie" in found["cite-mobiliser_partenaires-versailles"]
    # La Réunion and Orléans-Tours cite no text of strategy: their sheets support the citation by events alone
    for name in ("la-reunion", "orleans-tours"):
        assert "stratégie" not in found[f"cite-integrer_strategie-{name}"]


def test_the_database_gives_the_same_evidence_in_a_fixed_number_of_queries(
    edition_2015: Edition, pack_2015: EditionDossier, django_assert_max_num_queries: Any
) -> None:
    expected = {partie: preuves(matiere_of(pack_2015), partie) for partie in PARTIES}
    with django_assert_max_num_queries(45):
        found = preuves_of(edition_2015, "messages")
    names = {one.code: (one.phrase, set(one.noms)) for one in expected["messages"]}
    assert {one.code: (one.phrase, set(one.noms)) for one in found} == names


def test_what_is_told_the_bureau_alone_is_in_no_evidence(edition_2015: Edition) -> None:
    told = {
        "obstacle": Obstacle.MOBILISATION,
        "obstacle_text": "Secret raconté",
        "help_asked": True,
        "help_text": "Secret espéré",
        "staff_days": 54321,
        "staff_strain": Charge.INTENABLE,
        "mentor_offer": 3,
    }
    assert told.keys() == set(ENTRE_NOUS)
    before = matiere_of_edition(edition_2015)
    edition_2015.semaines.update(**told)
    assert matiere_of_edition(edition_2015) == before


@pytest.mark.parametrize("partie", ["conclusion:inconnu", "autre", ""])
def test_a_part_nobody_knows_has_no_evidence(pack_2015: EditionDossier, partie: str) -> None:
    assert preuves(matiere_of(pack_2015), partie) == ()


def test_nothing_is_said_of_an_empty_edition() -> None:
    assert all(not by_code(partie) for partie in PARTIES)
