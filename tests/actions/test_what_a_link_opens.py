"""What a followed link opens ends when it should: each thing that happens × each address of the sheet.

One teacher declared a sheet without an account, followed the link of a mail, and left a browser open
somewhere. The same teacher has an account, with the same address, and answers for the school.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Etat, Step
from accroche.actions.http import LINKS
from accroche.actions.models import Action, LienAcces, PieceJointe
from accroche.actions.models.declaration import LINK_OPENS
from accroche.actions.operations import ask_again, follow_link, move, save
from accroche.actions.operations.notices import owners
from accroche.actions.operations.oubli import delete_person
from accroche.actions.operations.passation import attach, hand_over
from accroche.actions.queries import content_of
from accroche.actions.regles import TypePiece
from accroche.actions.views.declaration_acces import DRAFTS
from accroche.commun.models import Message
from accroche.comptes import operations as comptes
from accroche.comptes.http import APPAREIL
from accroche.comptes.models import Role, User
from accroche.comptes.operations import LinkError
from accroche.comptes.operations.appareils import end_device, open_device
from accroche.comptes.permissions import ANONYMOUS
from accroche.comptes.regles import TypeRole
from accroche.comptes.sessions import digest
from accroche.relecture.operations.fusion import merge
from tests import factories
from tests.actions.declaring import signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

TEACHER, COLLEAGUE = "camille@ac-dijon.fr", "dominique@ac-dijon.fr"


class Scene:
    """The sheet, its draft beside it, the teacher, and the browser left open."""

    def __init__(self, where: Territory, school: Etablissement) -> None:
        self.where, self.school, self.now = where, school, timezone.now()
        self.teacher = factories.person(TypeRole.PORTEUR, TEACHER, etablissement=school)
        boss = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
        self.moderator = factories.access(boss, self.now)
        told = {"declarant_email": TEACHER, "private_email": TEACHER, "private_contact": "Camille"}
        self.sheet = factories.action(where, school, Etat.SUBMITTED, title="Fiche suivie", **told)
        self.draft = factories.action(
            where, school, Etat.DRAFT, title="Brouillon commencé", unconfirmed=True, **told
        )
        self.piece = PieceJointe.objects.create(
            action=self.sheet,
            position=0,
            kind=TypePiece.IMAGE,
            file="pieces/absent.jpg",
            name="photo.jpg",
            size=10,
            sha256="0",
            added_at=self.now,
        )
        self.link = factories.followed(self.sheet)
        self.browser = factories.browser_of(self.link)
        session = self.browser.session
        session[DRAFTS] = [self.draft.pk]
        session.save()

    @property
    def role(self) -> Role:
        return Role.objects.get(user=self.teacher)

    @property
    def own(self) -> Any:
        return factories.access(self.teacher, self.now)

    def of(self, sheet: Action) -> list[tuple[str, str]]:
        """Each address of a sheet, and how it is asked."""
        pages = ("relecture:fiche", "actions:modifier", "actions:envoyee", "actions:pieces")
        steps = ("relecture:etape", "relecture:commenter")
        posted = ("actions:modifier", "actions:enregistrer", "actions:pieces", *steps)
        named = [(name, "get") for name in pages] + [(name, "post") for name in posted]
        found = [(reverse(name, args=[sheet.pk]), how) for name, how in named]
        if sheet == self.sheet:
            found += [(reverse("actions:piece", args=[self.piece.pk]), "get")]
            found += [(reverse("actions:modifier_piece", args=[self.piece.pk]), "post")]
        return found

    def lists(self) -> list[str]:
        """The pages that list what a browser may go on with."""
        school = f"?etablissement={self.school.uai}"
        names = {
            "actions:mes_fiches": "",
            "actions:declarer": "",
            "actions:reprendre": school,
            "relecture:doublons": f"{school}&titre=Fiche",
        }
        return [reverse(name) + query for name, query in names.items()]

    def opened(self, sheet: Action, browser: Client | None = None) -> list[str]:
        """The addresses of a sheet that tell this browser anything, or take what it sends."""
        client = browser or self.browser
        found = []
        for address, how in self.of(sheet):
            response = getattr(client, how)(address, {"version": sheet.version})
            to_sign_in = response.status_code == 302 and "/connexion/" in response.headers["Location"]
            if response.status_code not in {403, 404} and not to_sign_in:
                found.append(f"{how} {address}: {response.status_code}")
        return found

    def told(self) -> str:
        """All that the browser reads on the pages of both sheets and on the lists."""
        addresses = [
            address for one in (self.sheet, self.draft) for address, how in self.of(one) if how == "get"
        ]
        return "".join(self.browser.get(address).content.decode() for address in addresses + self.lists())


@pytest.fixture
def scene(where: Territory, school: Etablissement) -> Scene:
    return Scene(where, school)


def to_a_colleague(scene: Scene) -> None:
    hand_over(scene.role, access=scene.own, at=scene.now, to=COLLEAGUE)


def to_a_colleague_there(scene: Scene) -> None:
    factories.person(TypeRole.PORTEUR, COLLEAGUE, etablissement=scene.school)
    hand_over(scene.role, access=scene.own, at=scene.now, to=COLLEAGUE)


def to_the_school(scene: Scene) -> None:
    hand_over(scene.role, access=scene.own, at=scene.now)


def by_the_academie(scene: Scene) -> None:
    hand_over(scene.role, access=scene.moderator, at=scene.now, to=COLLEAGUE, leave=True)


def by_its_owner(scene: Scene) -> None:
    attach(scene.teacher, [scene.sheet.pk, scene.draft.pk], at=scene.now)


def with_the_account(scene: Scene) -> None:
    delete_person(scene.teacher, at=scene.now)


BOTH_CLOSED = [
    to_a_colleague,
    to_a_colleague_there,
    to_the_school,
    by_the_academie,
    by_its_owner,
    with_the_account,
]


def put_out(scene: Scene) -> None:
    comptes.end_role(scene.role, access=scene.moderator, at=scene.now)


def left(scene: Scene) -> None:
    comptes.end_role(scene.role, access=scene.own, at=scene.now)


def role_over(scene: Scene) -> None:
    Role.objects.filter(pk=scene.role.pk).update(expires_at=scene.now)


def too_old(scene: Scene) -> None:
    LienAcces.objects.update(used_at=scene.now - LINK_OPENS)


def test_before_anything_happens_the_browser_opens_both(scene: Scene) -> None:
    """What the tests below look at does tell something."""
    both = [address for one in (scene.sheet, scene.draft) for address in scene.of(one)]
    shut = len(both) - len(scene.opened(scene.sheet)) - len(scene.opened(scene.draft))
    # an unconfirmed draft is written by its form and the page of its files alone, not by its other pages
    assert shut == 3
    told = scene.told()
    assert all(words in told for words in (TEACHER, "Fiche suivie", "Brouillon commencé"))


@pytest.mark.any_database
@pytest.mark.parametrize("event", [*BOTH_CLOSED, put_out, left, role_over, too_old])
def test_it_opens_nothing_of_the_sheet_any_more(event: Callable[[Scene], None], scene: Scene) -> None:
    """Nor, when both are taken away, of the draft that was begun beside it."""
    event(scene)
    assert not scene.opened(scene.sheet)
    told = scene.told()
    assert "Fiche suivie" not in told
    assert COLLEAGUE not in told
    if event in BOTH_CLOSED:
        assert not scene.opened(scene.draft)
        assert "Brouillon commencé" not in told


@pytest.mark.parametrize("event", [*BOTH_CLOSED, put_out, left, role_over])
def test_nor_does_a_link_that_was_on_its_way_or_is_asked_for_later(
    event: Callable[[Scene], None], scene: Scene
) -> None:
    waiting = LienAcces.objects.create(
        action=scene.sheet,
        email=TEACHER,
        token_hash=digest("jeton"),
        created_at=scene.now,
        expires_at=scene.now + dt.timedelta(days=2),
    )
    event(scene)
    with pytest.raises(LinkError):
        follow_link("jeton", access=ANONYMOUS, at=scene.now)
    page = scene.browser.get(reverse("actions:lien", args=["jeton"]))
    assert page.status_code == 410
    assert "Fiche suivie" not in page.content.decode()
    assert not LienAcces.objects.filter(pk=waiting.pk, used_at__isnull=False)
    Message.objects.all().delete()
    ask_again(TEACHER, at=scene.now + dt.timedelta(hours=2))
    assert not Message.objects.exists()


@pytest.mark.any_database
@pytest.mark.parametrize("event", [put_out, left, role_over, by_the_academie, with_the_account])
def test_who_left_is_written_to_no_more(event: Callable[[Scene], None], scene: Scene) -> None:
    event(scene)
    assert TEACHER not in owners(Action.objects.get(pk=scene.sheet.pk), scene.now)


@pytest.mark.any_database
@pytest.mark.parametrize("event", [put_out, left])
def test_a_role_that_is_given_back_opens_again(event: Callable[[Scene], None], scene: Scene) -> None:
    event(scene)
    comptes.resume_role(scene.role, access=scene.moderator, at=scene.now)
    assert scene.opened(scene.sheet)


def sent_back(scene: Scene) -> None:
    move(scene.sheet, Step.ASK, access=scene.moderator, at=scene.now, reason="Une date ?")


def refused(scene: Scene) -> None:
    move(scene.sheet, Step.REFUSE, access=scene.moderator, at=scene.now, reason="Hors sujet.")


def merged(scene: Scene) -> None:
    kept = factories.action(scene.where, scene.school, Etat.PUBLISHED)
    merge(scene.sheet, kept, access=scene.moderator, at=scene.now)


def handed_over_elsewhere(scene: Scene) -> None:
    other = factories.school(scene.where, 2)
    role = factories.role(scene.teacher, TypeRole.PORTEUR, etablissement=other)
    access = factories.access(scene.teacher, scene.now)
    hand_over(role, access=access, at=scene.now, to=COLLEAGUE, leave=True)


def somebody_else_deleted(scene: Scene) -> None:
    delete_person(factories.person(TypeRole.PORTEUR, COLLEAGUE, etablissement=scene.school), at=scene.now)


@pytest.mark.any_database
@pytest.mark.parametrize("event", [sent_back, refused, merged, handed_over_elsewhere, somebody_else_deleted])
def test_what_concerns_it_not_leaves_it_open(event: Callable[[Scene], None], scene: Scene) -> None:
    event(scene)
    page = scene.browser.get(reverse("relecture:fiche", args=[scene.sheet.pk]))
    assert page.status_code == 200
    assert "Fiche suivie" in page.content.decode()


def test_who_took_their_sheet_up_opens_it_with_their_account(scene: Scene) -> None:
    by_its_owner(scene)
    client = signed_in(scene.teacher)
    assert client.get(reverse("relecture:fiche", args=[scene.sheet.pk])).status_code == 200


def test_an_account_that_is_deleted_in_one_browser_is_nobody_s_in_the_other(scene: Scene) -> None:
    elsewhere = signed_in(scene.teacher)
    assert scene.opened(scene.sheet, elsewhere)
    assert signed_in(scene.teacher).post(reverse("portail:supprimer_compte")).status_code == 302
    assert not scene.opened(scene.sheet, elsewhere)
    assert not scene.opened(scene.sheet)


def test_another_address_takes_the_draft_away_from_the_links_of_the_first(scene: Scene) -> None:
    """The first one, mistyped, is somebody's."""
    LienAcces.objects.create(
        action=scene.draft,
        email=TEACHER,
        token_hash=digest("jeton"),
        created_at=scene.now,
        expires_at=scene.now + dt.timedelta(days=2),
    )
    access = factories.access(None, sheets=frozenset({scene.draft.pk}))
    save(scene.draft, content_of(scene.draft), access=access, at=scene.now, email="autre@ac-dijon.fr")
    with pytest.raises(LinkError, match="expiré"):
        follow_link("jeton", access=ANONYMOUS, at=scene.now)
    assert scene.opened(scene.draft), "who writes it goes on"


def test_once_an_address_is_confirmed_its_mailbox_decides(scene: Scene) -> None:
    factories.followed(scene.draft)
    assert not scene.opened(scene.draft)


def test_a_session_tells_numbers_of_links_and_never_opens_a_sheet_by_its_own(scene: Scene) -> None:
    """A number of somebody else's link, or of a sheet, is of no use without the followed link."""
    other = factories.action(scene.where, scene.school, title="D’une autre", declarant_email=COLLEAGUE)
    unused = factories.followed(other)
    LienAcces.objects.filter(pk=unused.pk).update(used_at=None)
    assert not scene.opened(other, factories.browser_of(unused))


def test_a_browser_keeps_so_many_links(scene: Scene) -> None:
    session = scene.browser.session
    session[LINKS] = list(range(10**6, 10**6 + 60))
    session.save()
    link = LienAcces.objects.create(
        action=scene.draft,
        email=TEACHER,
        token_hash=digest("jeton"),
        created_at=scene.now,
        expires_at=scene.now + dt.timedelta(days=2),
    )
    assert scene.browser.post(reverse("actions:lien", args=["jeton"])).status_code == 302
    assert (len(scene.browser.session[LINKS]), scene.browser.session[LINKS][-1]) == (50, link.pk)


def test_who_never_followed_a_link_asks_nothing_about_links(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    address = reverse("actions:retrouver")
    with django_assert_num_queries(0):
        Client().get(address)


def test_a_colleague_s_account_is_not_who_is_meant(scene: Scene) -> None:
    """Another teacher of the school leaves: the link of the one who declared goes on."""
    other = factories.person(TypeRole.PORTEUR, COLLEAGUE, etablissement=scene.school)
    comptes.end_role(Role.objects.get(user=other), access=scene.moderator, at=scene.now)
    assert scene.opened(scene.sheet)
    assert User.objects.filter(email=COLLEAGUE).exists()


def test_a_visitor_closes_what_this_browser_opened(scene: Scene) -> None:
    page = scene.browser.get(reverse("actions:mes_fiches")).content.decode()
    assert "Refermer mes fiches sur cet appareil" in page
    told = scene.browser.post(reverse("actions:refermer"), follow=True).content.decode()
    assert "C’est refermé" in told
    assert "Refermer mes fiches" not in told
    assert not scene.opened(scene.sheet)
    assert not scene.opened(scene.draft)
    client = signed_in(scene.teacher)
    client.post(reverse("actions:refermer"))
    assert client.get(reverse("comptes:mon_compte")).status_code == 200, "who has an account signs out"


def test_a_sign_in_that_is_over_takes_along_what_its_session_opened(scene: Scene) -> None:
    """The computer of the staff room: what was opened there before signing in is not left to the next one."""
    person = factories.user("autre@ac-dijon.fr")
    entree = open_device(person, "", label="Firefox", kept=False, at=scene.now, first=True)
    scene.browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = scene.browser.session
    session[APPAREIL] = entree.secret
    session.save()
    assert scene.opened(scene.sheet)
    end_device(entree.appareil, at=scene.now)
    assert not scene.opened(scene.sheet)
    assert not scene.opened(scene.draft)
