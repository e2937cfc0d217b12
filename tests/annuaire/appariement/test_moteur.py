"""Mentions as people write them, against some forty real schools."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.appariement import Decision, Moteur

FELIX, GUYOT = "0210038C", "0210001M"

#: académie, mention, commune, UAI found by itself.
FOUND = [
    ("Dijon", "Collège Félix Tisserand", "Nuits-Saint-Georges", FELIX),
    ("Dijon", "clg felix tisserand", "NUITS ST GEORGES", FELIX),
    ("Dijon", "Clg F. Tisserand", "Nuits St Georges", FELIX),
    ("Dijon", "Collège Tisserand Félix, Nuits-Saint-Georges", "", FELIX),
    ("Dijon", "Colège Félix Tiserand", "Nuit-Saint-Gorges", FELIX),
    ("Dijon", "Collège Félix Tisserand (Nuits-Saint-Georges)", "", FELIX),
    ("ac-dijon", "COLLEGE FELIX TISSERAND NUITS SAINT GEORGES", "", FELIX),
    ("Académie de Dijon", "SEGPA du collège Félix Tisserand", "", FELIX),
    ("Dijon", f"L’établissement {FELIX}", "", FELIX),
    ("", "Collège Félix Tisserand", "Nuits-Saint-Georges", FELIX),
    ("Corse", "Collège, Saint Florent", "", "7200044K"),
    ("Corse", "Collège Laetitia Bonaparte", "Ajaccio", "6200011T"),
    ("Corse", "LGT Laetitia Bonaparte, Ajaccio", "", "6200002H"),
    ("Martinique", "LP Bissol", "", "9720091S"),
    ("Martinique", "LP Raymond Néris", "", "9720468B"),
    ("Martinique", "LP Trinité", "", "9720430K"),
    ("Lyon", "Collège Jean Moulin", "Lyon 5", "0692696F"),
    ("Lyon", "Collège J. Moulin, 69005 Lyon 5e", "", "0692696F"),
    ("Lyon", "Moulin Jean collège", "Villefranche/Saône", "0690099H"),
    ("Lyon", "Collège Hector Berlioz", "Communay", "0693092L"),
    ("Paris", "Collège Aimé Césaire, Paris 18e", "", "0755433Y"),
    ("Paris", "EEPU Froment", "Paris 11", "0750891L"),
    ("Caen", "Lycée Malherbe", "Caen", "0140013N"),
    ("Normandie", "Lycée Malherbe", "Caen", "0140013N"),
    ("Besançon", "Micro-lycée Pergaud, Besançon", "", "0250010A"),
    ("Rennes", "LP Jean Guéhenno", "Fougères", "0350761M"),
    ("Rennes", "L.P. J. Guehenno", "Fougeres", "0350761M"),
    ("Aix-Marseille", "Lycée Antonin Artaud", "Marseille 13", "0132733A"),
    ("Toulouse", "LPO Alain-Fournier", "Mirande", "0320023B"),
    ("Toulouse", "EREA Laurière", "Villefranche de Rouergue", "0121178R"),
    ("Rouen", "Ecole primaire", "Flipou", "0271564D"),
    ("Rouen", "Collège Diderot", "Petit-Quevilly", "0761737A"),
    ("Lille", "Collège Pierre et Marie Curie, Gravelines", "", "0590090C"),
    ("Lille", "LP Pierre & Marie Curie", "Aulnoye", "0590015W"),
    ("Clermont-Ferrand", "Collège Blaise Pascal", "Saint Flour", "0150029A"),
    ("Clermont-Ferrand", "ÉCOLE ÉLÉM. L. Thioleron", "St Flour", "0150485W"),
    # shortened, heard, in another form of address
    ("Dijon", "Clg F. Tisserand", "Nuits st G.", FELIX),
    ("Dijon", "clg felix tisseran nuits st g.", "", FELIX),
    ("Dijon", "Collège Félix Ticerand", "Nuits-Saint-Georges", FELIX),
    ("Lyon", "Collège Jean Moulin", "69005 Lyon", "0692696F"),
    ("Lyon", "Collège Jean Moulin", "Lyon Ve", "0692696F"),
    ("Paris", "Collège Aimé Césaire", "PARIS CEDEX 18", "0755433Y"),
    ("Caen", "LG Malherbe", "Caen", "0140013N"),
    ("Toulouse", "SEP Alain-Fournier", "Mirande", "0320690B"),
    # what stands beside the school in the cell
    ("Dijon", "Collège Félix Tisserand / Mme Durand", "Nuits-Saint-Georges", FELIX),
    ("Dijon", "Collège Félix Tisserand, 03 80 61 00 00", "Nuits-Saint-Georges", FELIX),
    ("Dijon", "Collège Félix Tisserand + élèves de 3e", "Nuits-Saint-Georges", FELIX),
    ("Dijon", "SEGPA du collège Félix Tisserand (REP+)", "Nuits-Saint-Georges", FELIX),
    ("Dijon", "Nuits-Saint-Georges / Félix Tisserand / Clg", "", FELIX),
    # a plural that names one school, every word of it
    ("Dijon", "Collèges Félix Tisserand", "Nuits-Saint-Georges", FELIX),
]


@pytest.mark.parametrize(("academie", "mention", "commune", "uai"), FOUND)
def test_found(moteur: Moteur, academie: str, mention: str, commune: str, uai: str) -> None:
    match = moteur.match(academie, mention, commune)
    assert (match.uais, match.decision) == ((uai,), Decision.AUTO), match


#: Several schools in one mention.
SEVERAL = [
    (
        "Dijon",
        "Collèges Félix Tisserand, Nuits-Saint-Georges ; Claude Guyot, Arnay-le-Duc",
        "",
        (FELIX, GUYOT),
    ),
    ("Dijon", "Collèges Félix Tisserand et Claude Guyot", "", (FELIX, GUYOT)),
    (
        "Dijon",
        "Collège Félix Tisserand\nCollège Claude Guyot",
        "Nuits-Saint-Georges;Arnay-le-Duc",
        (FELIX, GUYOT),
    ),
    ("Besançon", "Collèges Victor Hugo et Stendhal, Besançon", "", ("0251573Z", "0250009Z")),
    ("Besançon", "Collège Stendhal, lycée Pergaud", "Besançon", ("0250009Z", "0250010A")),
    ("Corse", "Collège et lycée Laetitia Bonaparte, Ajaccio", "", ("6200011T", "6200002H")),
    ("Corse", "Collège, lycée Laetitia Bonaparte", "Ajaccio", ("6200011T", "6200002H")),
    ("Dijon", "Collège Félix Tisserand Collège Claude Guyot", "", (FELIX, GUYOT)),
    ("Dijon", "Collège Félix Tisserand + Clg Claude Guyot", "", (FELIX, GUYOT)),
    (
        "Dijon",
        "Collèges Félix Tisserand (Nuits-Saint-Georges), Claude Guyot (Arnay-le-Duc)",
        "",
        (FELIX, GUYOT),
    ),
    ("Nice", f"{FELIX} et {GUYOT}", "", (FELIX, GUYOT)),
    (
        "Dijon",
        "Collèges Félix Tisserand à Nuits-Saint-Georges et Claude Guyot à Arnay-le-Duc",
        "",
        (FELIX, GUYOT),
    ),
    ("Besançon", "Collège Stendhal (Besançon) et lycée Pergaud (Besançon)", "", ("0250009Z", "0250010A")),
]


@pytest.mark.parametrize(("academie", "mention", "commune", "uais"), SEVERAL)
def test_several(moteur: Moteur, academie: str, mention: str, commune: str, uais: tuple[str, ...]) -> None:
    match = moteur.match(academie, mention, commune)
    assert (match.uais, match.decision) == (uais, Decision.AUTO), match
    assert match.score == min(part.score for part in match.parts)


#: What a person has to decide: siblings, namesakes, another type, another commune.
UNSURE = [
    ("Lyon", "Collège Jean Moulin", ""),
    ("Lyon", "Collège Jean Moulin", "Bourg-en-Bresse"),
    ("Rennes", "Lycée Jean Guéhenno", "Fougères"),
    ("Corse", "Laetitia Bonaparte", "Ajaccio"),
    ("Lille", "Collège Pierre et Marie Curie", ""),
    ("Dijon", "Association sportive du collège Félix Tisserand", "Nuits-Saint-Georges"),
    ("Caen", "LP Malherbe", "Caen"),
    # two schools are named, one is held
    ("Dijon", "Collège et lycée Félix Tisserand", "Nuits-Saint-Georges"),
    ("Dijon", "Collèges Félix Tisserand et Jean Rostand", "Nuits-Saint-Georges"),
    ("Dijon", "Collège Félix Tisserand et Tarare", "Nuits-Saint-Georges"),
    ("Dijon", "Collège Félix Tisserand & Jean Rostand", "Nuits-Saint-Georges"),
    ("Dijon", "Collège Félix Tisserand Collège Jean Rostand", "Nuits-Saint-Georges"),
    ("Dijon", "Collège Félix Tisserand ; Clg F. Tisserand", "Nuits-Saint-Georges"),
    ("Dijon", "Cité scolaire Félix Tisserand", "Nuits-Saint-Georges"),
    ("Dijon", "Institution Félix Tisserand", "Nuits-Saint-Georges"),
    ("Dijon", "Groupe scolaire Félix Tisserand", "Nuits-Saint-Georges"),
    # the name contradicts a number, a letter, a word, what is taught, or where
    ("Dijon", "Collège Félix Tisserand 2", "Nuits-Saint-Georges"),
    ("Dijon", "Collège Félix Tisserand n° 2", "Nuits-Saint-Georges"),
    ("Dijon", "Collège Félix Tisserand B", "Nuits-Saint-Georges"),
    ("Dijon", "Collège agricole Félix Tisserand", "Nuits-Saint-Georges"),
    ("Dijon", "Collège Félix Tisserand, site Claude Guyot", "Nuits-Saint-Georges"),
    ("Dijon", "Annexe du collège Félix Tisserand", "Nuits-Saint-Georges"),
    ("Dijon", "Collèges Félix Tisserand, Jean Rostand", "Nuits-Saint-Georges"),
]


@pytest.mark.parametrize(("academie", "mention", "commune"), UNSURE)
def test_a_person_decides(moteur: Moteur, academie: str, mention: str, commune: str) -> None:
    match = moteur.match(academie, mention, commune)
    assert match.decision is Decision.TO_REVIEW, match
    assert all(candidate.reason for candidate in match.candidates)


#: Who is no school, or none the directory holds.
NOBODY = [
    ("Nancy-Metz", "CIO de Verdun", "Verdun"),
    ("Dijon", "DSDEN de la Nièvre", ""),
    ("Caen", "CCI Caen Normandie", ""),
    ("Dijon", "Rectorat", "Dijon"),
    ("Lyon", "Mission locale", "Villefranche-sur-Saône"),
    ("Lyon", "Greta", "Lyon 5e"),
    ("Paris", "Exploradôme", ""),
    ("Paris", "ONISEP", "Paris 11e"),
    ("Clermont-Ferrand", "Lycée de la Nouvelle Chance Auvergne", ""),
    ("Dijon", "Nuits-Saint-Georges", "Nuits-Saint-Georges"),
    ("Dijon", "École maternelle", "Nuits-Saint-Georges"),
    ("Clermont-Ferrand", "Collège Jean Moulin", "Saint-Flour"),
    ("Dijon", "Salle Félix Tisserand", "Nuits-Saint-Georges"),
    ("Dijon", "Gymnase Félix Tisserand, Nuits-Saint-Georges", ""),
    ("Dijon", "MFR de Nuits-Saint-Georges", ""),
    ("Dijon", "", ""),
    ("Dijon", "???", ";;;"),
]


@pytest.mark.parametrize(("academie", "mention", "commune"), NOBODY)
def test_nobody(moteur: Moteur, academie: str, mention: str, commune: str) -> None:
    assert moteur.match(academie, mention, commune).decision is Decision.NONE


ANY = st.text(max_size=80) | st.lists(
    st.sampled_from(
        [
            "collège",
            "Collèges",
            "LP",
            "et",
            ",",
            ";",
            "/",
            "Jean",
            "Moulin",
            "Lyon 5",
            "(",
            "12345",
            "J.",
            FELIX,
        ]
    ),
    max_size=12,
).map(" ".join)


@given(ANY, ANY, ANY)
def test_any_text_gives_the_same_answer_twice(
    moteur: Moteur, academie: str, mention: str, commune: str
) -> None:
    match = moteur.match(academie, mention, commune)
    assert match == moteur.match(academie, mention, commune)
    assert 0 <= match.score <= 1
    assert (match.decision is Decision.NONE) == (not match.uais) or match.parts


@given(st.sampled_from(["0692696F", "0140013N", FELIX]), st.text(alphabet="abcéè ,.-", max_size=20))
def test_a_uai_is_always_enough(moteur: Moteur, uai: str, noise: str) -> None:
    match = moteur.match("Nice", f"{noise} {uai} {noise}", "Nice")
    assert (match.uais, match.decision, match.score) == ((uai,), Decision.AUTO, 1.0)
