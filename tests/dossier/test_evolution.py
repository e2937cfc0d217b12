"""Two editions side by side: an evolution is said only when the figures make it certain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import StatutSemaine, TypeRessource
from accroche.dossier.dossier import PartenaireDossier, RessourceDossier, SemaineDossier
from accroche.dossier.evolution import Fourchette, Sens, compared, evolution, fourchette_of, phrase_of
from accroche.lib.chiffres import parse, total
from accroche.lib.chiffres.somme import Total


def said(*answers: str) -> Total:
    return total((str(number), parse(answer)) for number, answer in enumerate(answers))


@pytest.mark.parametrize(
    ("answers", "fourchette"),
    [
        (("110",), Fourchette(110, 110)),
        (("environ 30",), Fourchette(27, 33)),
        (("une trentaine",), Fourchette(27, 33)),
        (("plus de 300",), Fourchette(301, None)),
        (("au moins 300",), Fourchette(300, None)),
        (("N.C.",), None),
        (("",), None),
        (("110", "N.C."), Fourchette(110, None)),
        (("110", "environ 30"), Fourchette(137, 143)),
        (("0",), Fourchette(0, 0)),
        # the second perimeter is apart, and enters no total
        (("31, dont 17 remarquables",), Fourchette(31, 31)),
    ],
)
def test_the_numbers_an_answer_may_stand_for(answers: tuple[str, ...], fourchette: Fourchette | None) -> None:
    assert fourchette_of(said(*answers)) == fourchette


@pytest.mark.parametrize(
    ("before", "after", "sens", "phrase"),
    [
        ("110", "143", Sens.HAUSSE, "33 de plus"),
        ("143", "110", Sens.BAISSE, "33 de moins"),
        ("110", "110", Sens.EGAL, "inchangé"),
        ("110", "plus de 300", Sens.HAUSSE, "au moins 191 de plus"),
        ("plus de 300", "143", Sens.BAISSE, "au moins 158 de moins"),
        ("plus de 300", "320", Sens.INDECIS, "on ne peut pas dire"),
        ("une trentaine", "31", Sens.INDECIS, "on ne peut pas dire"),
        ("environ 30", "environ 30", Sens.INDECIS, "on ne peut pas dire"),
        ("une trentaine", "50", Sens.HAUSSE, "au moins 17 de plus"),
        ("N.C.", "50", Sens.INCONNU, "pas de comparaison possible"),
        ("50", "", Sens.INCONNU, "pas de comparaison possible"),
        ("0", "3", Sens.HAUSSE, "3 de plus"),
    ],
)
def test_two_answers_compared(before: str, after: str, sens: Sens, phrase: str) -> None:
    line = compared("actions", "Actions", said(before), said(after))
    assert (line.sens, line.phrase) == (sens, phrase)


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from(["{}", "environ {}", "plus de {}"]))
def test_whichever_way_one_looks_the_answer_turns(a: int, b: int, form: str) -> None:
    there, back = (
        compared("x", "x", said(form.format(one)), said(str(other))) for one, other in ((a, b), (a, b))
    )
    back = compared("x", "x", said(str(b)), said(form.format(a)))
    turned = {Sens.HAUSSE: Sens.BAISSE, Sens.BAISSE: Sens.HAUSSE}
    assert back.sens is turned.get(there.sens, there.sens)


BASE = SemaineDossier("Caen", (), None, StatutSemaine.REPORTED)


def semaine(academie: str, actions: str, **more: object) -> SemaineDossier:
    return replace(BASE, academie=academie, actions_figures=parse(actions), **more)  # type: ignore[arg-type]


def test_academies_that_became_one_are_added_up_before_they_are_compared() -> None:
    found = evolution([semaine("Caen", "22"), semaine("Rouen", "7")], [semaine("Normandie", "40")])
    assert [(line.before, line.after, line.phrase) for line in found.figures[:1]] == [
        ("29", "40", "11 de plus")
    ]


def test_the_country_is_compared_on_those_that_answered_twice() -> None:
    before = [semaine("Caen", "22"), semaine("Rouen", "8"), semaine("Lyon", "N.C."), semaine("Nice", "10")]
    after = [semaine("Normandie", "40"), semaine("Lyon", "100"), semaine("Nice", "4")]
    found = evolution(before, after, {"Caen": "Normandie", "Rouen": "Normandie"})
    assert found.comparable == 2
    (line,) = found.constant
    assert line.label == "Actions, les 2\u00a0académies dont les données sont disponibles les deux fois"
    assert (line.before, line.after, line.phrase) == ("40", "44", "4 de plus")
    assert found.figures[0].sens is Sens.INDECIS  # at least 40, then 144
    assert found.figures[1].sens is Sens.INCONNU


def test_what_nobody_told_is_no_zero() -> None:
    silent = replace(BASE, status=StatutSemaine.UNAVAILABLE)
    assert evolution([silent], [BASE]).counts == ()
    resource = RessourceDossier("Le programme", TypeRessource.PROGRAMME)
    counts = {line.code: line for line in evolution([BASE], [replace(BASE, ressources=(resource,))]).counts}
    assert (counts["ressources"].before, counts["ressources"].after) == ("0", "1")


def test_a_country_that_has_not_all_reported_yet_lost_nothing() -> None:
    film = (RessourceDossier("Film", TypeRessource.VIDEO),)
    before = [replace(BASE, academie=name, ressources=film) for name in ("Dijon", "Lyon", "Nice")]
    waiting = StatutSemaine.PREPARING
    after = [before[0], *(replace(BASE, academie=one.academie, status=waiting) for one in before[1:])]
    found = evolution(before, after)
    line = next(line for line in found.counts if line.code == "ressources")
    assert (line.before, line.after, line.sens) == ("1", "1", Sens.EGAL)
    assert line.label == "Ressources publiées, l’académie dont les données sont disponibles les deux fois"
    assert {phrase_of(one) for one in found.lists} == {"les mêmes", "rien n’est dit"}
    assert evolution(before, after[1:]).counts == ()


def test_lists_say_what_came_and_went() -> None:
    before = replace(
        BASE,
        levels=frozenset({Niveau.COLLEGE, Niveau.LYCEE}),
        ressources=(RessourceDossier("Film", TypeRessource.VIDEO),),
        partners=(
            PartenaireDossier("Région", "collectivite"),
            PartenaireDossier("CIO", "education", internal=True),
        ),
    )
    after = replace(
        BASE,
        levels=frozenset({Niveau.PREMIER_DEGRE, Niveau.COLLEGE}),
        ressources=(RessourceDossier("Film", TypeRessource.VIDEO, published=False),),
        partners=(PartenaireDossier("Région", "collectivite"),),
    )
    told = {one.code: phrase_of(one) for one in evolution([before], [after]).lists}
    assert told == {
        "niveaux": "en plus\u00a0: Premier degré\u00a0; en moins\u00a0: Lycée",
        "supports": "en moins\u00a0: Vidéo",
        "familles": "les mêmes",
    }
    assert phrase_of(evolution([BASE], [BASE]).lists[0]) == "rien n’est dit"


def test_levels_that_nobody_told_are_neither_gained_nor_lost() -> None:
    told = replace(BASE, levels=frozenset({Niveau.COLLEGE}))
    for before, after in ((BASE, told), (told, BASE)):
        found = evolution([before], [after]).lists[0]
        assert (found.gained, found.lost) == ((), ())
        assert phrase_of(found) == "précisé dans une seule des deux éditions"
    other = replace(told, academie="Lyon", levels=frozenset({Niveau.LYCEE}))
    found = evolution([told, other], [told, replace(other, levels=frozenset())]).lists[0]
    assert (found.kept, found.lost) == (("Collège",), ())
