"""What the moderators' desk lists, and each of its filters, compared whole."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.models import Academie, Bassin, Departement, Porteur, ReponseReconnaissance
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.models import Edition
from accroche.comptes.regles import TypeRole
from accroche.relecture.indices import SHORT, Indice
from accroche.relecture.queries import doublons, file, reconnaissance, territoires
from accroche.relecture.queries.file import Filtre
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
LONG = "Les élèves rencontrent des professionnels, préparent leurs questions et en rendent compte. "


def titles(found: Any) -> list[str]:
    return sorted(action.title for action in found)


@pytest.fixture
def queue(where: Territory) -> dict[str, Any]:
    """One sheet that answers to each filter, and a plain one in another département of another bassin."""
    nievre = Departement.objects.create(code="58", name="Nièvre")
    nievre.academies.add(where.academie)
    beaune = Bassin.objects.create(academie=where.academie, code="b2", name="Beaune")
    lyon = factories.territory("Lyon", "69")
    past = factories.territory("Dijon", "21", year="2025-2026")
    plain = factories.school(where, 1, departement=nievre, bassin=beaune, name="Lycée Adam", commune="Nevers")
    told: dict[str, Any] = {"temporality": "annee", "starts": NOW.date(), "description": LONG}

    def add(title: str, there: Territory = where, porteur: Etablissement = plain, **columns: Any) -> None:
        columns = told | {"description": f"{LONG} {title}"} | columns
        factories.action(there, porteur, columns.pop("etat", Etat.SUBMITTED), title=title, **columns)

    add("plain")
    add("published", etat=Etat.PUBLISHED)
    add("lyon", lyon, factories.school(lyon, 1, name="Collège Ampère", commune="Lyon"))
    add("past", past)
    add("dijon", porteur=factories.school(where, 2, name="Collège Carnot"))
    add("level", college=False, lycee=True)
    add("moment", temporality="les_deux")
    add("word", description=f"{LONG} Une chorale.")
    return {"nievre": nievre, "beaune": beaune, "lyon": lyon, "past": past, "plain": plain}


ALL = ["dijon", "level", "lyon", "moment", "past", "plain", "word"]
NEVERS = [title for title in ALL if title not in {"dijon", "lyon"}]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, ALL),
        ({"etat": Etat.PUBLISHED}, ["published"]),
        ({"etat": None}, sorted([*ALL, "published"])),
        ({"academie": "lyon"}, ["lyon"]),
        ({"edition": "past"}, ["past"]),
        ({"departement": "nievre"}, NEVERS),
        ({"bassin": "beaune"}, NEVERS),
        ({"niveau": Niveau.LYCEE}, ["level"]),
        ({"moment": "les_deux"}, ["moment"]),
        ({"texte": "chorale"}, ["word"]),
        ({"texte": "CARNOT"}, ["dijon"]),
        ({"texte": "lyon"}, ["lyon"]),
        ({"texte": "level"}, ["level"]),
        ({"texte": "nevers chorale"}, ["word"]),
        ({"texte": "carnot chorale"}, []),
        ({"texte": "uai"}, NEVERS),
        ({"texte": "uai chorale"}, []),
        ({"niveau": Niveau.COLLEGE, "moment": "annee", "academie": "lyon"}, ["lyon"]),
        ({"niveau": Niveau.LYCEE, "moment": "les_deux"}, []),
    ],
)
def test_each_filter_keeps_its_own(queue: dict[str, Any], asked: dict[str, Any], kept: list[str]) -> None:
    numbers = {
        "lyon": queue["lyon"].academie.pk,
        "past": queue["past"].semaine.edition_id,
        "nievre": queue["nievre"].pk,
        "beaune": queue["beaune"].pk,
    }
    narrowed = {
        name: numbers.get(value, value) if name in {"academie", "edition", "departement", "bassin"} else value
        for name, value in asked.items()
    }
    if "texte" in narrowed:
        narrowed["texte"] = narrowed["texte"].replace("uai", f" {queue['plain'].uai.lower()} ").rstrip()
    assert titles(file.kept(Action.objects.all(), Filtre(**narrowed))) == kept
    found = file.kept(Action.objects.all(), Filtre(**narrowed), any_state=True)
    wider = file.kept(Action.objects.all(), Filtre(**narrowed | {"etat": None}))
    assert titles(found) == titles(wider)


def hinted(where: Territory, school: Etablissement) -> dict[Indice, list[str]]:
    """A sheet for each hint, and those next to it that deserve none."""
    told: dict[str, Any] = {"temporality": "annee"}

    def add(title: str, porteur: Etablissement | None = school, **columns: Any) -> Action:
        columns = told | {"description": f"{LONG} {title}"} | columns
        return factories.action(where, porteur, columns.pop("etat", Etat.SUBMITTED), title=title, **columns)

    def carried(title: str, **columns: Any) -> None:
        porteur = Porteur.objects.create(academie=where.academie, name=title, **columns)
        ActionPorteur.objects.create(action=add(title, None), porteur=porteur, position=0)

    add("Rien à dire")
    add("Juste assez", description="x" * SHORT)
    add("Court", description="y" * (SHORT - 1))
    add("Sans niveau", college=False)
    add("Daté", temporality="semaine", starts=NOW.date())
    add("Sans jour", temporality="semaine")
    add("Sans jour non plus", temporality="les_deux")
    add("Sans porteur", None)
    carried("Collège inconnu", kind=TypePorteur.COLLEGE, commune="Dijon")
    carried("CIO placé", kind=TypePorteur.CIO, commune="Dijon")
    carried("CIO sans commune", kind=TypePorteur.CIO)
    add("TITRE EN CAPITALES")
    add("É É")
    add("X 123")
    add("Un texte repris", description=f"{LONG} Le même.")
    add("Le texte repris", description=f"{LONG} Le même.")
    add("Repris d’une fiche refusée", description=f"{LONG} Refusé.")
    add("Refusée", etat=Etat.REFUSED, description=f"{LONG} Refusé.")
    add("Vide", description="")
    add("Vide aussi", description="")
    add("Sans contact", private_email="")
    add("Avec une adresse", private_email="", declarant_email="a@b.fr")
    add("Avec une personne", private_email="", declarant=factories.user())
    return {
        Indice.SHORT: ["Court", "Vide", "Vide aussi"],
        Indice.NO_LEVEL: ["Sans niveau"],
        Indice.NO_DATE: ["Sans jour", "Sans jour non plus"],
        Indice.UNKNOWN_SCHOOL: ["CIO sans commune", "Collège inconnu", "Sans porteur"],
        Indice.CAPITALS: ["TITRE EN CAPITALES", "É É"],
        Indice.SAME_TEXT: ["Le texte repris", "Refusée", "Un texte repris"],
        Indice.NO_CONTACT: ["Sans contact"],
    }


def test_each_hint_keeps_its_own_and_each_sheet_has_its_own_hints(
    where: Territory, school: Etablissement
) -> None:
    expected = hinted(where, school)
    assert {hint: titles(file.with_hint(Action.objects.all(), hint)) for hint in Indice} == expected
    rows = list(file.with_parts(Action.objects.all()))
    again = file.repeated(rows)
    found: dict[Indice, list[str]] = {hint: [] for hint in Indice}
    for action in rows:
        for hint in file.hints_of(action, is_repeated=action.pk in again):
            found[hint].append(action.title)
    assert {hint: sorted(named) for hint, named in found.items()} == expected


def test_the_queue_is_narrowed_to_a_hint(where: Territory, school: Etablissement) -> None:
    for etat in (Etat.SUBMITTED, Etat.PUBLISHED):
        factories.action(where, school, etat, title=etat.value, college=False)
    factories.action(where, school, title="with a level")
    every, hint = Action.objects.all(), Indice.NO_LEVEL
    assert titles(file.kept(every, Filtre(indice=hint))) == ["submitted"]
    assert titles(file.kept(every, Filtre(etat=None, indice=hint))) == ["published", "submitted"]


def test_a_line_of_the_queue_asks_nothing_more(
    where: Territory, school: Etablissement, django_assert_num_queries: Any
) -> None:
    for number in range(2):
        factories.action(where, school, declarant=factories.user(f"{number}@x.fr"))
    rows = list(file.with_parts(Action.objects.all()))
    with django_assert_num_queries(0):
        for action in rows:
            assert [str(portage.porteur) for portage in action.portages.all()] == [str(school)]
            assert action.territory.etablissements == {school.pk}
            assert (action.semaine.academie, action.semaine.edition) == (
                where.academie,
                where.semaine.edition,
            )
            assert action.declarant
            file.hints_of(action, is_repeated=False)


def test_what_waits_is_counted_where_one_decides(where: Territory, moderator: User) -> None:
    access = factories.access(moderator)
    assert file.waiting_for(access) == file.Attente(0, None, None)
    second = factories.action(where, submitted_at=NOW)
    first = factories.action(where, submitted_at=NOW - DAY)
    factories.action(where, etat=Etat.PUBLISHED, submitted_at=NOW - 9 * DAY)
    factories.action(factories.territory("Lyon", "69"), submitted_at=NOW - 9 * DAY)
    assert file.waiting_for(access) == file.Attente(2, NOW - DAY, first)
    assert file.waiting_for(access, but=first) == file.Attente(1, NOW, second)
    reader = factories.person(TypeRole.LECTEUR, "lit@x.fr", academie=where.academie)
    assert file.waiting_for(factories.access(reader)) == file.Attente(0, None, None)


def test_the_same_text_in_another_semaine_is_no_copy(where: Territory) -> None:
    for there in (where, factories.territory("Lyon", "69")):
        factories.action(there, description=LONG)
    rows = list(Action.objects.all())
    assert file.repeated(rows) == frozenset()
    assert titles(file.with_hint(Action.objects.all(), Indice.SAME_TEXT)) == []


def test_the_oldest_comes_first_then_what_has_no_day(where: Territory) -> None:
    for title, day in (("second", NOW), ("first", NOW - DAY), ("last", None), ("third", NOW)):
        factories.action(where, title=title, submitted_at=day)
    found = file.oldest_first(Action.objects.all())
    assert [action.title for action in found] == ["first", "second", "third", "last"]


def test_every_state_is_counted(where: Territory) -> None:
    for etat, count in ((Etat.DRAFT, 1), (Etat.SUBMITTED, 3), (Etat.PUBLISHED, 2)):
        for _ in range(count):
            factories.action(where, etat=etat)
    assert file.counts(Action.objects.all()) == dict.fromkeys(Etat, 0) | {
        Etat.DRAFT: 1,
        Etat.SUBMITTED: 3,
        Etat.PUBLISHED: 2,
    }


def test_one_reads_and_narrows_to_ones_own_territory(queue: dict[str, Any], where: Territory) -> None:
    ended = Academie.objects.create(
        slug="ancienne", name="Ancienne", valid_from=dt.date(1900, 1, 1), valid_until=dt.date(2015, 1, 1)
    )
    ended.departements.add(where.departement)
    people = {
        "academie": factories.person(TypeRole.MODERATEUR, "a@x.fr", academie=where.academie),
        "departement": factories.person(TypeRole.REFERENT, "d@x.fr", departement=queue["nievre"]),
        "bassin": factories.person(TypeRole.REFERENT, "b@x.fr", bassin=queue["beaune"]),
        "france": factories.person(TypeRole.NATIONAL, "f@x.fr"),
        "nobody": factories.user("n@x.fr"),
    }
    here = sorted([title for title in ALL if title != "lyon"] + ["published"])
    nevers = sorted([*NEVERS, "published"])
    read = {who: titles(file.readable(factories.access(person))) for who, person in people.items()}
    assert read == {
        "academie": here,
        "departement": nevers,
        "bassin": nevers,
        "france": sorted([*ALL, "published"]),
        "nobody": [],
    }

    def narrowed(who: str) -> list[list[str]]:
        found = file.territoires(factories.access(people[who]))
        rows = (found.academies, found.departements, found.bassins, found.editions)
        return [[str(row) for row in named] for named in rows]

    dijon, lyon, nievre = "Département 21 (21)", "Département 69 (69)", "Nièvre (58)"
    years = ["2026-2027", "2025-2026"]
    bassins = ["Bassin de Dijon", "Bassin de Lyon", "Beaune"]
    assert narrowed("academie") == [["Dijon"], [dijon, nievre], ["Bassin de Dijon", "Beaune"], years]
    assert narrowed("departement") == [[], [nievre], [], years]
    assert narrowed("bassin") == [[], [], ["Beaune"], years]
    assert narrowed("france") == [["Dijon", "Lyon"], [dijon, nievre, lyon], bassins, years]


def test_doubles_are_of_one_semaine_where_they_stand(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    title = "La chaîne humaine"
    made: dict[Etat, Action] = {
        etat: factories.action(where, school, etat, title=title) for etat in Etat if etat is not Etat.MERGED
    }
    past = factories.territory(year="2025-2026")
    factories.action(past, school, Etat.PUBLISHED, title=title)
    factories.action(where, school, Etat.PUBLISHED, title="Un salon des langues")
    access = factories.access(moderator)

    def numbers(found: list[doublons.FicheProche]) -> set[int]:
        return {close.action.pk for close in found}

    def of(*states: Etat) -> set[int]:
        return {made[etat].pk for etat in states}

    mine = made[Etat.SUBMITTED]
    assert numbers(doublons.doublons_of(mine, access)) == of(Etat.TO_COMPLETE, Etat.PUBLISHED)
    elsewhere = factories.person(
        TypeRole.MODERATEUR, "lyon@x.fr", academie=factories.territory("Lyon", "69").academie
    )
    assert doublons.doublons_of(mine, factories.access(elsewhere)) == []
    (own,) = {close.schools for close in doublons.doublons_of(mine, access)}
    assert own == str(school)
    written = doublons.doublons_for(title, school, where.semaine, access)
    assert numbers(written) == of(Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED)
    but = doublons.doublons_for(title, school, where.semaine, access, but=mine.pk)
    assert numbers(but) == of(Etat.DRAFT, Etat.TO_COMPLETE, Etat.PUBLISHED)
    assert numbers(doublons.doublons_for(title, school, where.semaine, factories.access(None))) == of(
        Etat.PUBLISHED
    )


def test_a_neighbour_is_named_by_what_it_shares(where: Territory, school: Etablissement) -> None:
    title = "La chaîne humaine"
    near = factories.school(where, 2, commune="Quetigny")
    town = factories.school(where, 3, bassin=None)
    far = factories.school(where, 4, commune="Auxerre", bassin=None)
    for one in (near, town, far):
        factories.action(where, one, Etat.PUBLISHED, title=title)
    found = doublons.doublons_for(title, school, where.semaine, factories.access(None))
    assert {close.schools: close.proche.reason for close in found} == {
        str(near): "Même bassin, même titre.",
        str(town): "Même commune, même titre.",
        str(far): "Même académie, même titre.",
    }


def test_a_school_declares_in_the_running_semaine_of_its_academie(
    where: Territory, school: Etablissement
) -> None:
    lyon = factories.territory("Lyon", "69")
    factories.territory(year="2025-2026")
    today = NOW.date()
    assert doublons.running_semaine(school, today) == where.semaine
    assert doublons.running_semaine(factories.school(lyon), today) == lyon.semaine
    assert doublons.running_semaine(school, dt.date(2030, 1, 1)) is None
    later = factories.territory(year="2027-2028").semaine
    Edition.objects.filter(pk=later.edition_id).update(declaration_opens=dt.date(2026, 9, 1))
    assert doublons.running_semaine(school, today) == later


def test_who_moderates_nowhere_is_told_busiest_first(where: Territory, moderator: User) -> None:
    there = {
        name: factories.territory(name, code)
        for name, code in (("Lyon", "69"), ("Nice", "06"), ("Caen", "14"))
    }
    for _ in range(2):
        factories.action(there["Nice"], etat=Etat.SUBMITTED)
    factories.action(there["Lyon"], etat=Etat.PUBLISHED)
    past = factories.territory("Rouen", "76", year="2025-2026")
    factories.action(past, etat=Etat.SUBMITTED)
    ended = factories.person(TypeRole.MODERATEUR, "fini@x.fr", academie=there["Caen"].academie)
    ended.roles.update(ended_at=NOW - DAY)
    factories.person(TypeRole.LECTEUR, "lit@x.fr", academie=there["Lyon"].academie)
    found = territoires.sans_moderateur(NOW)
    assert [(one.academie.name, one.edition.year, one.waiting) for one in found] == [
        ("Nice", "2026-2027", 2),
        ("Caen", "2026-2027", 0),
        ("Lyon", "2026-2027", 0),
    ]


def test_schools_are_proposed_best_first_whatever_the_mention_says(where: Territory) -> None:
    carnot = factories.school(where, 1, name="Collège Carnot", commune="Dijon")
    factories.school(where, 2, name="Lycée Carnot", commune="Dijon", kind=TypePorteur.LYCEE)
    told = {}
    for name in ("Clg Carnot", "Carnot"):
        porteur = Porteur.objects.create(
            academie=where.academie, kind=TypePorteur.COLLEGE, name=name, commune="Dijon"
        )
        told[name] = reconnaissance.proposals(porteur)
    assert {name: found[0].etablissement for name, found in told.items()} == dict.fromkeys(told, carnot)
    for found in told.values():
        assert [one.percent for one in found] == sorted((one.percent for one in found), reverse=True)
        assert 50 < found[0].percent <= 100
        assert found[0].reason
        assert len(found) <= reconnaissance.PROPOSED
    nowhere = Porteur(academie=where.academie, kind=TypePorteur.COLLEGE, name="Zzyzx", commune="Nulle")
    assert reconnaissance.proposals(nowhere) == []


def test_mentions_wait_for_who_answers_for_their_academie(where: Territory, moderator: User) -> None:
    caen = Academie.objects.create(slug="caen", name="Caen", valid_from=dt.date(1900, 1, 1))
    caen.successors.add(where.academie)
    lyon = factories.territory("Lyon", "69")

    def mention(academie: Academie, name: str, *, carries: bool = True, **columns: Any) -> Porteur:
        columns = {"kind": TypePorteur.COLLEGE} | columns
        made = Porteur.objects.create(academie=academie, name=name, **columns)
        if carries:
            ActionPorteur.objects.create(action=factories.action(where), porteur=made, position=0)
        return made

    second = mention(where.academie, "Clg Carnot")
    first = mention(caen, "Clg Malherbe")
    answered = mention(where.academie, "Clg Nulle Part", commune="Dijon")
    mention(where.academie, "Sans action", carries=False)
    mention(where.academie, "CIO", kind=TypePorteur.CIO)
    mention(where.academie, "Reconnu", etablissement=factories.school(where))
    mention(lyon.academie, "Clg Ampère")
    ReponseReconnaissance.objects.create(
        academie=where.academie, mention="clg nulle part", commune="dijon", etablissement=None, at=NOW
    )
    access = factories.access(moderator)
    assert [one.name for one in reconnaissance.answering_for(access)] == ["Caen", "Dijon"]
    assert list(reconnaissance.to_recognise(access)) == [first, second, answered]
    assert reconnaissance.waiting(access) == [first, second]
