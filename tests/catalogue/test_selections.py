"""What the public pages choose to show, compared whole: nothing more, nothing less, in its order."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, PieceJointe
from accroche.actions.queries.public import moved_to
from accroche.actions.regles import Consentement, TypePiece
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.models import Chiffre, Edition, Fenetre, Semaine, TempsFort
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.catalogue.provenance import Reponse
from accroche.catalogue.queries import editions as queries
from accroche.catalogue.queries.liste import (
    ActionDeCarte,
    ActionsDeSemaine,
    ActionTrouvee,
    PorteurDeCarte,
    carriers_on_cards,
    trouvees,
)
from accroche.comptes.regles import TypeRole
from accroche.lib.chiffres import Kind
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import Territory

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def titles(found: Any) -> list[str]:
    return [row.title for row in found]


def sheets_of_each_state(where: Territory) -> dict[Etat, Action]:
    """A sheet in each state, titled by it."""
    made: dict[Etat, Action] = {
        etat: factories.action(where, etat=etat, title=etat.value) for etat in Etat if etat is not Etat.MERGED
    }
    made[Etat.MERGED] = factories.action(
        where, etat=Etat.MERGED, title="merged", merged_into=made[Etat.PUBLISHED]
    )
    return made


def temps_fort(semaine: Semaine, title: str, starts: dt.date | None, ends: dt.date | None = None) -> None:
    TempsFort.objects.create(
        semaine=semaine,
        title=title,
        kind="salon",
        starts=starts,
        ends=ends,
        position=semaine.temps_forts.count(),
        uid=f"{semaine.pk}-{title}",
    )


def test_what_comes_is_what_is_not_over_the_soonest_first(where: Territory) -> None:
    lyon = factories.territory("Lyon", "69").semaine
    past = factories.territory("Dijon", "21", year="2025-2026").semaine
    dijon = where.semaine
    temps_fort(dijon, "Dans trois jours", TODAY + 3 * DAY)
    temps_fort(dijon, "Hier", TODAY - DAY)
    temps_fort(dijon, "Fini hier", TODAY - 5 * DAY, TODAY - DAY)
    temps_fort(dijon, "En cours", TODAY - 5 * DAY, TODAY + DAY)
    temps_fort(dijon, "Finit aujourd’hui", TODAY - 3 * DAY, TODAY)
    temps_fort(dijon, "Aujourd’hui, le second", TODAY)
    temps_fort(lyon, "Aujourd’hui, à Lyon", TODAY)
    temps_fort(dijon, "Aujourd’hui, le troisième", TODAY)
    temps_fort(dijon, "Sans jour", None)
    temps_fort(past, "D’une autre édition", TODAY + DAY)
    expected = [
        "En cours",
        "Finit aujourd’hui",
        "Aujourd’hui, le second",
        "Aujourd’hui, le troisième",
        "Aujourd’hui, à Lyon",
        "Dans trois jours",
    ]
    assert titles(queries.coming(dijon.edition, TODAY, 10)) == expected
    assert titles(queries.coming(dijon.edition, TODAY, 2)) == expected[:2]


@pytest.mark.usefixtures("open_today")
@pytest.mark.parametrize("page", ["/", "/editions/2026-2027/"])
def test_what_is_under_way_is_on_the_page(client: Client, where: Territory, page: str) -> None:
    temps_fort(where.semaine, "Fini hier", TODAY - 5 * DAY, TODAY - DAY)
    temps_fort(where.semaine, "En cours", TODAY - 5 * DAY, TODAY + DAY)
    temps_fort(where.semaine, "Demain", TODAY + DAY)
    assert titles(client.get(page).context["temps_forts"]) == ["En cours", "Demain"]


def test_a_semaine_lists_what_is_published_in_it_in_its_order(where: Territory) -> None:
    sheets_of_each_state(where)
    factories.action(where, etat=Etat.PUBLISHED, title="La première", position=0)
    factories.action(where, etat=Etat.PUBLISHED, title="Une autre", position=4)
    factories.action(factories.territory("Lyon", "69"), etat=Etat.PUBLISHED, title="Ailleurs")
    assert titles(ActionsDeSemaine(where.semaine)[0:9]) == ["La première", "published", "Une autre"]


def test_what_a_search_finds_is_told_whole_in_its_order(where: Territory) -> None:
    school = factories.school(where)
    one = factories.action(
        where, school, Etat.PUBLISHED, title="Forum", slug="forum", lycee=True, prize="Prix"
    )
    two = factories.action(
        where, etat=Etat.PUBLISHED, title="Salon", slug="salon", description="Dit.", college=False
    )
    hidden = factories.action(where, school, Etat.SUBMITTED)
    porteur = one.portages.get().porteur
    carrier = PorteurDeCarte(porteur.pk, porteur.name, porteur.commune, porteur.insee, school.uai)
    assert trouvees([two.pk, hidden.pk, one.pk]) == [
        ActionTrouvee(
            ActionDeCarte(two.pk, "Salon", "salon", "Dit.", "", False, "dijon", "2026-2027"),
            "Dijon",
            (),
            (),
            None,
        ),
        ActionTrouvee(
            ActionDeCarte(one.pk, "Forum", "forum", one.description, "Prix", False, "dijon", "2026-2027"),
            "Dijon",
            (Niveau.COLLEGE, Niveau.LYCEE),
            (carrier,),
            None,
        ),
    ]
    assert carriers_on_cards([one.pk, two.pk]) == {one.pk: [carrier._replace(school_insee=school.insee)]}


def test_an_edition_tells_what_is_published_once_it_is(where: Territory) -> None:
    sheets_of_each_state(where)
    past = factories.territory("Dijon", "21", year="2025-2026")
    factories.action(past, etat=Etat.PUBLISHED, title="D’une autre édition")
    edition = where.semaine.edition
    assert titles(queries.public_actions(edition)) == ["published"]
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    assert titles(queries.public_actions(edition)) == []


def test_one_action_is_found_at_its_address_alone(where: Territory) -> None:
    edition, lyon = where.semaine.edition, factories.territory("Lyon", "69")
    action = factories.action(where, etat=Etat.PUBLISHED, slug="forum")
    factories.action(lyon, etat=Etat.PUBLISHED, slug="salon")
    factories.action(where, etat=Etat.SUBMITTED, slug="attente")
    assert queries.public_action(edition, "dijon", "forum") == action
    assert queries.public_action(edition, "lyon", "forum") is None
    assert queries.public_action(edition, "dijon", "attente") is None
    past = factories.territory("Dijon", "21", year="2025-2026").semaine.edition
    assert queries.public_action(past, "dijon", "forum") is None


def test_an_action_brings_the_attachments_the_public_may_see(where: Territory) -> None:
    action = factories.action(where, etat=Etat.PUBLISHED, slug="forum")

    def attach(name: str, kind: TypePiece, consent: Consentement, **columns: Any) -> None:
        defaults = {"file": f"pieces/{name}", "size": 1, "added_at": NOW, "position": action.pieces.count()}
        PieceJointe.objects.create(
            action=action, kind=kind, consent=consent, name=name, sha256=name, **defaults | columns
        )

    attach("accord", TypePiece.IMAGE, Consentement.RECORDED)
    attach("personne", TypePiece.IMAGE, Consentement.NOBODY)
    attach("attend", TypePiece.IMAGE, Consentement.PENDING)
    attach("document", TypePiece.DOCUMENT, Consentement.PENDING)
    attach("prepare", TypePiece.IMAGE, Consentement.RECORDED, state="preparing", file="")
    attach("abimee", TypePiece.DOCUMENT, Consentement.RECORDED, state="broken", file="")
    found = queries.public_action(where.semaine.edition, "dijon", "forum")
    assert found
    assert [piece.name for piece in found.pieces.all()] == ["accord", "personne", "document"]
    assert queries.hidden_pieces(action) == 3
    # who follows a sheet sees what its page would tell, whatever its state
    Action.objects.filter(pk=action.pk).update(etat=Etat.TO_COMPLETE)
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    followed = queries.followed_action(factories.access(moderator), action.pk)
    assert followed
    assert followed == action
    assert [piece.name for piece in followed.pieces.all()] == ["accord", "personne", "document"]
    assert queries.followed_action(factories.access(moderator), action.pk + 1) is None
    assert queries.followed_action(factories.access(None), action.pk) is None


def test_what_was_merged_leads_to_what_the_public_may_read(where: Territory) -> None:
    edition = where.semaine.edition
    kept = factories.action(where, etat=Etat.PUBLISHED, slug="garde")
    middle = factories.action(where, etat=Etat.MERGED, merged_into=kept, slug="milieu")
    factories.action(where, etat=Etat.MERGED, merged_into=middle, slug="premiere")

    def found(slug: str, academie: str = "dijon", of: Edition = edition) -> Action | None:
        return moved_to(of.year, academie, slug)

    assert (found("milieu"), found("premiere")) == (kept, kept)
    assert found("garde") is None, "it is no merged one"
    assert found("premiere", "lyon") is None
    assert found("premiere", of=factories.edition("2025-2026")) is None
    Action.objects.filter(pk=kept.pk).update(etat=Etat.SUBMITTED)
    assert found("premiere") is None


def test_the_others_of_an_action_are_not_itself(where: Territory) -> None:
    made = sheets_of_each_state(where)
    second = factories.action(where, etat=Etat.PUBLISHED, title="Deuxième", position=50)
    factories.action(where, etat=Etat.PUBLISHED, title="Première", position=0)
    factories.action(factories.territory("Lyon", "69"), etat=Etat.PUBLISHED, title="Ailleurs")
    published = made[Etat.PUBLISHED]
    assert titles(queries.other_actions(published, 10)) == ["Première", "Deuxième"]
    assert titles(queries.other_actions(second, 10)) == ["Première", "published"]
    assert titles(queries.other_actions(second, 1)) == ["Première"]


def test_the_page_of_an_action_names_its_three_others(client: Client, where: Territory) -> None:
    for number in range(5):
        factories.action(where, etat=Etat.PUBLISHED, slug=f"fiche-{number}", title=f"Fiche {number}")
    page = client.get("/editions/2026-2027/academies/dijon/actions/fiche-1/")
    others = titles(page.context["proches"])
    assert len(others) == 3
    assert "Fiche 1" not in others


def test_a_few_to_read_first_are_remarkable_prizes_first_one_an_academie(where: Territory) -> None:
    lyon, nice = factories.territory("Lyon", "69"), factories.territory("Nice", "06")

    def add(there: Territory, title: str, **columns: Any) -> None:
        factories.action(there, etat=columns.pop("etat", Etat.PUBLISHED), title=title, **columns)

    add(where, "Remarquable", remarkable=True, position=1)
    add(where, "Primée", remarkable=True, prize="Prix", position=2)
    add(where, "Primée aussi", remarkable=True, prize="Prix", position=3)
    add(lyon, "Quelconque", position=1)
    add(lyon, "Seconde", remarkable=True, position=3)
    add(lyon, "Première", remarkable=True, position=2)
    add(nice, "En attente", remarkable=True, prize="Prix", etat=Etat.SUBMITTED)
    add(nice, "Un prix sans mention", prize="Prix")
    edition = where.semaine.edition
    assert titles(queries.remarkable_actions(edition, 3)) == ["Primée", "Première"]
    assert titles(queries.remarkable_actions(edition, 1)) == ["Primée"]


@pytest.mark.parametrize(
    ("remarkable", "prize", "marks"),
    [
        (False, "", []),
        (True, "", ["Action remarquable"]),
        (True, "Prix du public", ["Prix du public"]),
    ],
)
def test_a_prize_is_said_alone(
    client: Client, where: Territory, remarkable: bool, prize: str, marks: list[str]
) -> None:
    factories.action(where, etat=Etat.PUBLISHED, slug="forum", remarkable=remarkable, prize=prize)
    Semaine.objects.filter(pk=where.semaine.pk).update(status=StatutSemaine.REPORTED)
    semaine = "/editions/2026-2027/academies/dijon/"
    for page in (semaine, f"{semaine}actions/forum/", "/actions/"):
        html = client.get(page).content.decode()
        assert re.findall(r'<(?:p|li) class="a-marque">([^<]*)<', html) == marks, page


def test_the_current_edition_is_the_latest_public_one(db: None) -> None:
    spring, autumn = dt.date(2026, 3, 1), dt.date(2026, 9, 1)
    assert queries.current_edition(spring) is queries.declaring_edition(spring) is None
    first, second = factories.edition("2024-2025"), factories.edition("2025-2026")
    factories.edition("2026-2027", published_at=None)
    assert queries.current_edition(spring) == second
    assert first != second
    coming = factories.edition("2026-2027")
    Edition.objects.filter(pk=coming.pk).update(published_at=second.published_at)
    assert queries.current_edition(spring) == second, "the next one waits for its first day"
    assert queries.current_edition(autumn) == coming
    Edition.objects.exclude(pk=coming.pk).update(published_at=None)
    assert queries.current_edition(spring) == coming, "it is all there is"


def test_neighbours_are_the_nearest_of_the_alphabet_in_one_edition(where: Territory) -> None:
    for name, code in (
        ("Amiens", "80"),
        ("Besançon", "25"),
        ("Créteil", "94"),
        ("Nice", "06"),
        ("Paris", "75"),
    ):
        factories.territory(name, code)
    factories.territory("Caen", "14", year="2025-2026")
    before, after = queries.neighbours(where.semaine)
    assert before
    assert after
    assert (before.name, after.name) == ("Créteil", "Nice")


def test_the_semaines_of_a_page_come_without_their_actions(where: Territory) -> None:
    factories.territory("Amiens", "80")
    factories.territory("Caen", "14", year="2025-2026")
    factories.action(where, etat=Etat.PUBLISHED)
    found = queries.public_semaines(where.semaine.edition)
    assert [semaine.academie.name for semaine in found] == ["Amiens", "Dijon"]
    assert [list(semaine.actions.all()) for semaine in found] == [[], []]


def test_an_edition_at_a_glance(where: Territory) -> None:
    """One reported, two prepare, with a sheet and without, two did not answer: one of them has a sheet."""
    edition = where.semaine.edition
    Edition.objects.filter(pk=edition.pk).update(declaration_opens=None, declaration_closes=None)
    Semaine.objects.filter(pk=where.semaine.pk).update(status=StatutSemaine.REPORTED, ordinal=3, college=True)
    Chiffre.objects.create(
        semaine=where.semaine, indicateur=Indicateur.ACTIONS, position=0, kind=Kind.ABOUT, value=12
    )
    Chiffre.objects.create(
        semaine=where.semaine, indicateur=Indicateur.ETABLISSEMENTS, position=0, kind=Kind.EXACT, value=4
    )
    Fenetre.objects.create(semaine=where.semaine, starts=TODAY, ends=TODAY + DAY)
    for _ in range(2):
        factories.action(where, etat=Etat.PUBLISHED)
    factories.action(where, etat=Etat.SUBMITTED)
    told = factories.territory("Amiens", "80")
    factories.action(told, etat=Etat.PUBLISHED)
    factories.territory("Nice", "06")
    silent = [factories.territory(name, code).semaine.pk for name, code in (("Paris", "75"), ("Caen", "14"))]
    Semaine.objects.filter(pk__in=silent).update(status=StatutSemaine.UNAVAILABLE)
    factories.action(factories.territory("Caen", "14"), etat=Etat.PUBLISHED)
    factories.territory("Rouen", "76", year="2025-2026")
    found = queries.panorama(Edition.objects.get(pk=edition.pk))
    assert [(f.name, f.slug, f.told, f.is_available, f.is_preparing) for f in found.semaines] == [
        ("Amiens", "amiens", 1, True, True),
        ("Caen", "caen", 1, True, False),
        ("Dijon", "dijon", 2, True, False),
        ("Nice", "nice", 0, True, True),
        ("Paris", "paris", 0, False, False),
    ]
    dijon = found.semaines[2]
    assert (dijon.ordinal, dijon.levels, dijon.windows) == (3, (Niveau.COLLEGE,), ((TODAY, TODAY + DAY),))
    assert [(f.kind, f.value) for f in dijon.actions] == [(Kind.ABOUT, 12)]
    assert [(f.kind, f.value) for f in dijon.etablissements] == [(Kind.EXACT, 4)]
    assert (dijon.reponse, dijon.phrase) == (Reponse.NOMBRE, "environ 12\u00a0actions")
    assert found.told == 4
    assert found.noms_indisponibles == ("Paris",)
    assert found.slugs == {f.name: f.slug for f in found.semaines}
    assert not found.is_counted
    assert (found.actions.total.added, found.etablissements.total.added) == (12, 4)
    assert [tile.name for tile in found.tuiles if not tile.kept] == []
    assert [tile.name for tile in found.carte((dijon,)) if tile.kept] == ["Dijon"]
    assert [creneau.window for mois in found.calendrier.mois for creneau in mois.creneaux] == [
        (TODAY, TODAY + DAY)
    ]


def test_an_edition_declared_here_counts_its_sheets(where: Territory) -> None:
    factories.action(where, factories.school(where), Etat.PUBLISHED)
    factories.action(where, factories.school(where, 2, kind=TypePorteur.LYCEE), Etat.PUBLISHED, lycee=True)
    found = queries.panorama(where.semaine.edition)
    assert found.is_counted
    (dijon,) = found.semaines
    assert ([f.value for f in dijon.actions], [f.value for f in dijon.etablissements]) == ([2], [2])
    assert dijon.levels == (Niveau.COLLEGE, Niveau.LYCEE)
