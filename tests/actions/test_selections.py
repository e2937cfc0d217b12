"""Which sheets and attachments a person is shown as theirs, compared whole."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.lignee import FicheReprise
from accroche.actions.models import (
    Action,
    ActionPartenaire,
    ActionPorteur,
    Activite,
    Cle,
    Lien,
    PieceJointe,
    Theme,
)
from accroche.actions.queries import content_of, may_change_pieces, piece_for, public_pieces
from accroche.actions.queries.brouillons import followers, own_drafts, own_sheets, reusable_sheets
from accroche.actions.queries.contenu import distinctions_of
from accroche.actions.queries.passation import sheets_naming, sheets_to_attach
from accroche.actions.queries.pieces import room_taken, shares_of
from accroche.actions.quotas import ALL_UNCONFIRMED, PERSON, SCHOOL, UNCONFIRMED
from accroche.actions.regles import Consentement, EtatPiece, SourceAction, TypePiece
from accroche.actions.saisie import (
    ActiviteSaisie,
    Contenu,
    Distinctions,
    LienSaisi,
    PartenaireSaisi,
    PorteurSaisi,
)
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Partenaire
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def titles(found: Any) -> list[str]:
    return [action.title for action in found]


@pytest.fixture
def person() -> User:
    return factories.user("prof@ac-dijon.fr")


def test_ones_own_are_declared_followed_or_of_ones_school_what_awaits_first(
    where: Territory, school: Etablissement, person: User
) -> None:
    factories.role(person, TypeRole.PORTEUR, etablissement=school)
    other = factories.school(where, 2)
    for number, etat in enumerate(etat for etat in Etat if etat is not Etat.MERGED):
        factories.action(where, school, etat, title=etat.value, updated_at=NOW + number * DAY)
    factories.action(
        where, other, Etat.PUBLISHED, title="declared", declarant=person, updated_at=NOW + 9 * DAY
    )
    factories.action(where, other, Etat.PUBLISHED, title="undated", declarant=person, updated_at=None)
    followed = factories.action(where, other, Etat.DRAFT, title="followed", updated_at=NOW - DAY)
    factories.action(where, other, Etat.DRAFT, title="somebody else’s", declarant=factories.user("x@y.fr"))
    found = own_sheets(factories.access(person, sheets=frozenset({followed.pk})))
    assert titles(found) == [
        "draft",
        "followed",
        "to_complete",
        "submitted",
        "declared",
        "published",
        "undated",
        "refused",
        "withdrawn",
    ]
    assert titles(own_sheets(factories.access(None))) == []


def test_drafts_are_those_of_the_edition_and_of_the_school(
    where: Territory, school: Etablissement, person: User
) -> None:
    past, other = factories.territory(year="2025-2026"), factories.school(where, 2)
    factories.action(where, school, Etat.DRAFT, title="here", declarant=person)
    factories.action(where, other, Etat.DRAFT, title="in another school", declarant=person)
    factories.action(past, school, Etat.DRAFT, title="last year", declarant=person)
    factories.action(where, school, Etat.SUBMITTED, title="sent", declarant=person)
    access, edition = factories.access(person), where.semaine.edition
    assert sorted(titles(own_drafts(access, edition))) == ["here", "in another school"]
    assert titles(own_drafts(access, edition, school)) == ["here"]


def test_what_may_be_taken_up_again_is_of_the_school_before_and_readable(
    where: Territory, school: Etablissement, person: User
) -> None:
    factories.role(person, TypeRole.PORTEUR, etablissement=school)
    access, edition = factories.access(person), where.semaine.edition
    years = {year: factories.territory(year=year) for year in ("2024-2025", "2025-2026")}
    last, older = years["2025-2026"], years["2024-2025"]
    taken = factories.action(last, school, Etat.PUBLISHED, title="b taken up")
    left = factories.action(last, school, Etat.WITHDRAWN, title="a withdrawn")
    factories.action(older, school, Etat.PUBLISHED, title="older")
    factories.action(last, school, Etat.REFUSED, title="refused")
    factories.action(last, school, Etat.MERGED, title="merged", merged_into=taken)
    factories.action(where, school, Etat.PUBLISHED, title="this year")
    factories.action(last, factories.school(where, 2), Etat.PUBLISHED, title="elsewhere")
    follower = factories.action(where, school, Etat.DRAFT, title="follower", previous=taken)
    for etat in (Etat.WITHDRAWN, Etat.REFUSED):
        factories.action(where, school, etat, title=etat.value, previous=left)
    factories.action(last, school, Etat.PUBLISHED, title="c follower of last year", previous=left)
    found = reusable_sheets(access, school, edition)
    assert [(row.title, row.taken_up) for row in found] == [  # type: ignore[attr-defined]
        ("a withdrawn", False),
        ("b taken up", True),
        ("c follower of last year", False),
        ("older", False),
    ]
    assert list(followers(access, edition)) == [follower]
    public = reusable_sheets(factories.access(None), school, edition)
    assert titles(public) == ["b taken up", "c follower of last year", "older"]


def test_a_sheet_names_a_person_in_three_ways(where: Territory, school: Etablissement, person: User) -> None:
    nobody: dict[str, Any] = {"private_email": "x@example.fr"}
    upper = person.email.upper()
    factories.action(where, school, title="declared", declarant=person, **nobody)
    factories.action(where, school, title="contact", private_email=upper)
    factories.action(where, school, title="without account", declarant_email=upper, **nobody)
    other = factories.user("autre@ac-dijon.fr")
    factories.action(
        where, school, title="taken over", declarant=other, declarant_email=person.email, **nobody
    )
    factories.action(where, factories.school(where, 2), title="elsewhere", declarant=person)
    factories.action(where, school, title="nothing", **nobody)
    assert titles(sheets_naming(person, school)) == ["declared", "contact", "without account"]


def test_sheets_to_attach_are_those_of_the_address_that_nobody_took(where: Territory, person: User) -> None:
    address = person.email.upper()
    factories.action(where, title="older", declarant_email=address, updated_at=NOW)
    factories.action(where, title="latest", declarant_email=address, updated_at=NOW + DAY)
    factories.action(where, title="taken", declarant_email=address, declarant=person)
    factories.action(where, title="another’s", declarant_email="x@y.fr")
    assert titles(sheets_to_attach(person)) == ["latest", "older"]


def attach(action: Action, name: str, **columns: Any) -> PieceJointe:
    defaults: dict[str, Any] = {
        "kind": TypePiece.IMAGE,
        "consent": Consentement.RECORDED,
        "state": EtatPiece.READY,
        "file": f"pieces/{name}",
        "size": 10,
        "position": action.pieces.count(),
        "added_at": NOW,
    }
    return PieceJointe.objects.create(
        action=action, name=name, sha256=f"{action.pk}{name}", **defaults | columns
    )


def test_attachments_are_seen_by_the_public_or_by_who_follows_the_sheet(
    where: Territory, person: User
) -> None:
    shown = factories.action(where, etat=Etat.PUBLISHED, declarant=person)
    hidden = factories.action(where, etat=Etat.SUBMITTED, declarant=person)
    rows = {
        "agreed": attach(shown, "agreed"),
        "nobody": attach(shown, "nobody", consent=Consentement.NOBODY),
        "waits": attach(shown, "waits", consent=Consentement.PENDING),
        "document": attach(shown, "document", kind=TypePiece.DOCUMENT, consent=Consentement.PENDING),
        "preparing": attach(shown, "preparing", state=EtatPiece.PREPARING, file=""),
        "broken": attach(shown, "broken", state=EtatPiece.BROKEN, file=""),
        "of a hidden sheet": attach(hidden, "hidden"),
    }

    def seen(user: User | None) -> set[str]:
        access = factories.access(user)
        return {name for name, row in rows.items() if piece_for(row.pk, access) == row}

    public = {"agreed", "nobody", "document"}
    assert {piece.name for piece in public_pieces().filter(action=shown).order_by("pk")} == public
    assert seen(None) == public
    assert seen(factories.user("autre@example.fr")) == public
    assert seen(person) == public | {"waits", "of a hidden sheet"}


@pytest.mark.parametrize("etat", [etat for etat in Etat if etat is not Etat.MERGED])
def test_who_may_change_attachments(where: Territory, person: User, moderator: User, etat: Etat) -> None:
    action = factories.action(where, etat=etat, declarant=person)
    editable = etat in {Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE}
    assert may_change_pieces(action, factories.access(person)) is editable
    moderates = etat in {Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED}
    if etat is not Etat.DRAFT:
        assert may_change_pieces(action, factories.access(moderator)) is moderates
    assert may_change_pieces(action, factories.access(None)) is False


def test_room_is_held_by_who_declared_and_by_each_school(
    where: Territory, school: Etablissement, person: User
) -> None:
    edition, second = where.semaine.edition, factories.school(where, 2)
    action = factories.action(where, school, declarant=person)
    porteur = Porteur.objects.create(
        academie=where.academie, kind="college", name="Deux", etablissement=second
    )
    ActionPorteur.objects.create(action=action, porteur=porteur, position=1)
    attach(action, "a")
    attach(action, "b", size=5)
    attach(factories.action(where, school), "c", size=100)
    attach(factories.action(where, declarant=person), "d", size=1000)
    attach(factories.action(factories.territory(year="2025-2026"), school, declarant=person), "e")
    found = [(share.holder, share.quota, room_taken(share.rows)) for share in shares_of(action)]
    assert found == [
        (f"personne:{person.pk}:{edition.pk}", PERSON, (3, 1015)),
        (f"ecole:{school.uai}:{edition.pk}", SCHOOL, (3, 115)),
        (f"ecole:{second.uai}:{edition.pk}", SCHOOL, (2, 15)),
    ]


def test_without_an_account_the_address_holds_the_room(where: Territory, person: User) -> None:
    action = factories.action(where, declarant_email="a@b.fr")
    attach(action, "a")
    attach(factories.action(where, declarant_email="a@b.fr"), "b")
    attach(factories.action(where, declarant_email="a@b.fr", declarant=person), "c")
    attach(factories.action(where, declarant_email="x@b.fr"), "d")
    digest = sha256(b"a@b.fr").hexdigest()[:40]
    (share,) = shares_of(action)
    assert (share.holder, share.quota) == (f"adresse:{digest}:{where.semaine.edition.pk}", PERSON)
    assert room_taken(share.rows) == (2, 20)
    # before it is confirmed, a room of its own
    waiting = factories.action(where, etat=Etat.DRAFT, declarant_email="a@b.fr", unconfirmed=True)
    attach(waiting, "e")
    attach(factories.action(where, etat=Etat.DRAFT, declarant_email="x@b.fr", unconfirmed=True), "f")
    edition = where.semaine.edition.pk
    assert [(share.holder, share.quota, room_taken(share.rows)) for share in shares_of(waiting)] == [
        (f"inconnu:{digest}:{edition}", UNCONFIRMED, (1, 10)),
        (f"inconnus:{edition}", ALL_UNCONFIRMED, (2, 20)),
    ]
    assert shares_of(factories.action(where)) == []
    assert room_taken(PieceJointe.objects.none()) == (0, 0)


def test_a_content_is_all_that_was_written(where: Territory, school: Etablissement) -> None:
    days: dict[str, Any] = {"starts": dt.date(2026, 11, 23), "ends": dt.date(2026, 11, 24)}
    columns: dict[str, Any] = {
        "title": "Forum",
        "description": "Des métiers.",
        "temporality": "annee",
        "classes": "4e A",
        "audience_size": 0,
        "audience_note": "et leurs parents",
        "nature": "prevention",
        "authority": "Le recteur",
        "public_contact": "Le collège",
        "private_contact": "Camille",
        "private_email": "camille@ac-dijon.fr",
        "private_phone": "03 80 00 00 00",
        **days,
    }
    action = factories.action(where, school, lycee=True, **columns)
    typed = Porteur.objects.create(
        academie=where.academie,
        kind="association",
        name="AFEV",
        commune="Dijon",
        latitude=47.0,
        longitude=5.0,
    )
    ActionPorteur.objects.create(action=action, porteur=typed, position=1)
    for code in ("orientation", "climat_scolaire"):
        action.themes.add(Theme.objects.create(code=code))
    action.cles.add(Cle.objects.create(code="equipe"))
    caf = Partenaire.objects.create(name="CAF", kind="operateur", internal=True)
    ActionPartenaire.objects.create(action=action, partenaire=caf, role="finance", part="un bus", position=0)
    Lien.objects.create(action=action, url="https://b.fr", label="Le film", position=0)
    Lien.objects.create(action=action, url="https://a.fr", position=1)
    activity = Activite.objects.create(
        action=action, position=0, title="CV", description="Un atelier.", **days
    )
    content = content_of(Action.objects.get(pk=action.pk))
    assert content == Contenu(
        **columns,
        porteurs=(
            PorteurSaisi(school.uai, "college", school.name, "Dijon"),
            PorteurSaisi(kind="association", name="AFEV", commune="Dijon", latitude=47.0, longitude=5.0),
        ),
        levels=("college", "lycee"),
        themes=("climat_scolaire", "orientation"),
        cles=("equipe",),
        partenaires=(PartenaireSaisi("CAF", "finance", "un bus", "operateur", internal=True),),
        liens=(LienSaisi("https://b.fr", "Le film"), LienSaisi("https://a.fr")),
        activites=(ActiviteSaisie("CV", "Un atelier.", **days),),
    )
    assert [row.number for row in content.activites] == [activity.pk]


def test_what_nobody_types_of_a_sheet_is_told_whole(where: Territory) -> None:
    first = factories.action(where, etat=Etat.PUBLISHED, slug="forum")
    again = factories.action(
        where, etat=Etat.SUBMITTED, previous=first, prize="Prix", remarkable=True, experitheque_id=7
    )
    assert distinctions_of(again) == Distinctions(
        prize="Prix",
        remarkable=True,
        source=SourceAction.DECLARATION,
        experitheque_id=7,
        reprise_de=str(FicheReprise("2026-2027", "dijon", "forum")),
        declared=NOW,
        submitted=NOW,
    )
