"""Merging loses nothing, publishes nothing unread, and is undone to the letter."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accroche.actions.cycle import Etat, Step, TransitionError
from accroche.actions.models import (
    Action,
    ActionPartenaire,
    Activite,
    Cle,
    Commentaire,
    Lien,
    PieceJointe,
    Theme,
)
from accroche.actions.operations import StaleError, move
from accroche.actions.queries import content_of
from accroche.actions.regles import CodeCle, CodeTheme, Consentement, Temporalite, TypePiece
from accroche.campagne.models import Partenaire
from accroche.commun import journal
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.fusion import FusionError, merge, split
from accroche.votes.models import Bulletin, Candidature, Note, Scrutin
from tests import factories
from tests.factories import NOW
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from accroche.comptes.permissions import Access

LATER = NOW + dt.timedelta(hours=1)
#: What a merge and its undoing have a reason to change.
MOVING = {"etat", "version", "updated_at", "merged_into_id"}


def moderator(where: factories.Territory) -> Access:
    return factories.access(
        factories.person(TypeRole.MODERATEUR, f"cardie@{where.academie.slug}.fr", academie=where.academie)
    )


def held(action: Action) -> dict[str, Any]:
    """All that a sheet holds, row by row, but for what moves."""
    fresh = Action.objects.get(pk=action.pk)
    parts = {
        "portages": fresh.portages.order_by("pk"),
        "participations": fresh.participations.order_by("pk"),
        "liens": fresh.liens.order_by("pk"),
        "activites": fresh.activites.order_by("pk"),
        "pieces": fresh.pieces.order_by("pk"),
        "commentaires": fresh.commentaires.order_by("pk"),
        "candidatures": fresh.candidatures.order_by("pk"),
        "followers": fresh.followers.order_by("pk"),
        "themes": fresh.themes.order_by("pk"),
        "cles": fresh.cles.order_by("pk"),
    }
    columns = {f.attname: getattr(fresh, f.attname) for f in fresh._meta.concrete_fields}
    found: dict[str, Any] = {name: value for name, value in columns.items() if name not in MOVING}
    for name, rows in parts.items():
        kept = rows.values_list("pk", flat=True) if name == "followers" else rows.values()
        found[name] = list(kept)
    votes = Bulletin.objects.filter(candidature__action=fresh).order_by("pk")
    found["votes"] = list(votes.values_list("pk", "candidature"))
    marks = Note.objects.filter(candidature__action=fresh).order_by("pk")
    found["marks"] = list(marks.values_list("pk", "candidature"))
    return found


def words(action: Action) -> str:
    """Everything a reader finds in a sheet."""
    content = content_of(Action.objects.get(pk=action.pk))
    extra = [
        *action.pieces.values_list("sha256", flat=True),
        *action.commentaires.values_list("text", flat=True),
    ]
    return f"{content} {extra}"


_FILES = itertools.count()


def add_piece(action: Action, digest: str, **columns: Any) -> PieceJointe:
    return PieceJointe.objects.create(
        action=action,
        position=action.pieces.count(),
        kind=TypePiece.IMAGE,
        file=f"pieces/{next(_FILES)}.jpg",
        name=f"{digest}.jpg",
        size=1,
        sha256=digest,
        added_at=NOW,
        **columns,
    )


def add_partner(action: Action, name: str) -> None:
    partner = Partenaire.objects.get_or_create(name=name)[0]
    position = action.participations.count()
    ActionPartenaire.objects.create(action=action, partenaire=partner, position=position, part="prête")


def add_vote(action: Action, name: str) -> None:
    """Stand in a vote, and get a voice and a mark there."""
    dates = {"opens_at": NOW, "closes_at": LATER}
    scrutin, _ = Scrutin.objects.get_or_create(
        slug=name, defaults={"edition": action.semaine.edition, "title": name} | dates
    )
    stood = Candidature.objects.create(scrutin=scrutin, action=action, position=0)
    number = Bulletin.objects.count()
    Bulletin.objects.create(
        scrutin=scrutin,
        candidature=stood,
        voter=f"{number}",
        token_hash=f"{number}",
        cast_at=NOW,
        expires_at=LATER,
        confirmed_at=NOW,
    )
    juror = factories.user(f"jury{number % 2}@example.fr")
    Note.objects.create(candidature=stood, juror=juror, mark=10, at=NOW)


ADD: dict[str, Callable[[Action, str], object]] = {
    "theme": lambda action, name: action.themes.add(Theme.objects.get_or_create(code=name)[0]),
    "cle": lambda action, name: action.cles.add(Cle.objects.get_or_create(code=name)[0]),
    "link": lambda action, name: Lien.objects.create(
        action=action, url=f"https://{name}.example", position=action.liens.count()
    ),
    "partner": add_partner,
    "activity": lambda action, name: Activite.objects.create(
        action=action, position=action.activites.count(), title=name
    ),
    "piece": add_piece,
    "comment": lambda action, name: Commentaire.objects.create(
        action=action, author_name="Camille", text=name, at=NOW
    ),
    "follower": lambda action, _name: factories.action(factories.territory(), previous=action),
    "vote": add_vote,
}


def fill(action: Action, parts: Iterable[str]) -> None:
    """Give a sheet the parts named, taken from a small stock so that two sheets often share them."""
    for part in parts:
        kind, _, name = part.partition(" ")
        if kind in ADD:
            ADD[kind](action, name)
        else:
            Action.objects.filter(pk=action.pk).update(**{kind: COLUMNS[kind][name]})
    action.refresh_from_db()


COLUMNS: dict[str, dict[str, Any]] = {
    "description": {"a": "On court.", "b": "On chante."},
    "classes": {"a": "4e", "b": "3e"},
    "authority": {"a": "La rectrice"},
    "place": {"a": "Salle des fêtes", "b": "Théâtre"},
    "temporality": {"a": Temporalite.SEMAINE, "b": Temporalite.ANNEE, "c": Temporalite.UNKNOWN},
    "starts": {"a": dt.date(2027, 3, 15)},
    "remarkable": {"a": True},
    "lycee": {"a": True},
    "audience_size": {"a": 30, "b": 60},
}
STOCK = [
    *(f"theme {code}" for code in (CodeTheme.SANTE, CodeTheme.SPORT)),
    *(f"cle {code}" for code in (CodeCle.EQUIPE, CodeCle.ACCUEIL)),
    *(f"{kind} {name}" for kind in ("link", "partner", "activity", "piece", "comment") for name in "ab"),
    *("follower x", "vote jury", "vote public"),
    *(f"{name} {letter}" for name, letters in COLUMNS.items() for letter in letters),
]
PARTS = st.lists(st.sampled_from(STOCK), unique=True, max_size=10)


class Merging(TestCase):
    """Any two sheets, merged and parted again."""

    @settings(max_examples=examples(25))
    @given(PARTS, PARTS, st.booleans(), st.booleans())
    def test_merging_loses_nothing_and_parting_gives_all_back(
        self, mine: list[str], theirs: list[str], one_school: bool, one_title: bool
    ) -> None:
        where = factories.territory()
        school = factories.school(where)
        access = moderator(where)
        kept = factories.action(where, school)
        title = kept.title if one_title else "Une autre action"
        absorbed = factories.action(where, school if one_school else factories.school(where, 2), title=title)
        fill(kept, mine)
        fill(absorbed, theirs)
        before = held(kept), held(absorbed)
        read = words(absorbed)

        merge(absorbed, kept, access=access, at=NOW)
        assert absorbed.etat == Etat.MERGED
        assert absorbed.merged_into == kept
        now = words(kept)
        for part in (*theirs, "porteurs"):
            kind, _, name = part.partition(" ")
            if kind in {"theme", "cle", "link", "partner", "activity", "piece", "comment"}:
                assert name in now, part
        if absorbed.description != kept.description:
            assert absorbed.description in now
        assert set(content_of(absorbed).porteurs) <= set(content_of(kept).porteurs)
        for name in ("place", "classes", "authority", "audience_size"):
            assert str(getattr(absorbed, name) or "") in now
        assert not absorbed.followers.exists()
        assert not Bulletin.objects.filter(candidature__action=absorbed).exists()
        for rows in (
            kept.pieces.values_list("sha256"),
            kept.liens.values_list("url"),
            kept.commentaires.values_list("text"),
        ):
            assert len(rows) == len(set(rows)), "nothing is there twice"
        assert words(absorbed) == read, "the absorbed sheet still holds all it held"

        split(absorbed, access=access, at=LATER)
        assert (held(kept), held(absorbed)) == before
        assert absorbed.etat == Etat.SUBMITTED
        assert absorbed.merged_into is None


pytestmark = [pytest.mark.django_db, pytest.mark.each_database]


@pytest.fixture
def where() -> factories.Territory:
    return factories.territory()


@pytest.fixture
def pair(where: factories.Territory) -> tuple[Action, Action]:
    """The sheet to keep, and the one to absorb."""
    return (
        factories.action(where, factories.school(where, 1), title="La chaîne humaine"),
        factories.action(where, factories.school(where, 2), title="Chaîne humaine au collège"),
    )


def test_both_journals_tell_it_and_both_owners_are_mailed_once(
    where: factories.Territory, pair: tuple[Action, Action]
) -> None:
    kept, absorbed = pair
    for number, action in enumerate(pair):
        school = action.porteurs.get().etablissement
        factories.person(TypeRole.PORTEUR, f"p{number}@ac-dijon.fr", etablissement=school)
        Action.objects.filter(pk=action.pk).update(private_email="")
        action.refresh_from_db()
    merge(absorbed, kept, access=moderator(where), at=NOW, reason="Même projet.")
    assert [entry.verb for entry in journal.entries(absorbed)] == [Step.MERGE]
    assert [entry.verb for entry in journal.entries(kept)] == ["absorb"]
    assert "Chaîne humaine au collège" in journal.entries(kept).get().note
    assert "Même projet." in journal.entries(absorbed).get().note
    mails = Message.objects.order_by("to")
    assert [mail.to for mail in mails] == ["p0@ac-dijon.fr", "p1@ac-dijon.fr"]
    assert "Chaîne humaine au collège" in mails[0].body
    assert "La chaîne humaine" in mails[1].body


#: What a moderator may merge, from and into.
READABLE = [Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED]


@pytest.mark.parametrize("into", READABLE)
@pytest.mark.parametrize("of", READABLE)
def test_nothing_goes_public_unread(where: factories.Territory, of: Etat, into: Etat) -> None:
    kept, absorbed = factories.action(where, etat=into), factories.action(where, etat=of, title="Autre")
    merge(absorbed, kept, access=moderator(where), at=NOW)
    kept.refresh_from_db()
    public = Action.objects.published().filter(pk=kept.pk).exists()
    assert public is (of is into is Etat.PUBLISHED)
    if into is Etat.PUBLISHED and of is not Etat.PUBLISHED:
        assert kept.etat == Etat.SUBMITTED
        assert {entry.verb for entry in journal.entries(kept)} == {Step.UNPUBLISH, "absorb"}
    else:
        assert kept.etat == into
    split(absorbed, access=moderator(where), at=LATER)
    assert absorbed.etat == Etat.SUBMITTED, "what was absorbed is read again"


@pytest.mark.parametrize("etat", [Etat.DRAFT, Etat.WITHDRAWN, Etat.REFUSED])
def test_what_a_moderator_does_not_read_takes_no_part(where: factories.Territory, etat: Etat) -> None:
    aside, sheet = factories.action(where, etat=etat), factories.action(where)
    with pytest.raises(FusionError):
        merge(sheet, aside, access=moderator(where), at=NOW)
    with pytest.raises(TransitionError):
        merge(aside, sheet, access=moderator(where), at=NOW)


def test_a_sheet_joins_neither_itself_nor_a_merged_one_nor_another_year(
    where: factories.Territory, pair: tuple[Action, Action]
) -> None:
    kept, absorbed = pair
    access = moderator(where)
    with pytest.raises(FusionError, match="elle-même"):
        merge(kept, kept, access=access, at=NOW)
    merge(absorbed, kept, access=access, at=NOW)
    third = factories.action(where)
    with pytest.raises(FusionError, match="Fusionnée"):
        merge(third, absorbed, access=access, at=NOW)
    with pytest.raises(TransitionError):
        merge(absorbed, third, access=access, at=NOW)
    earlier = factories.action(factories.territory(year="2025-2026"))
    with pytest.raises(FusionError, match="même édition"):
        merge(third, earlier, access=access, at=NOW)


def test_both_sheets_must_be_of_one_s_territory(
    where: factories.Territory, pair: tuple[Action, Action]
) -> None:
    away = factories.territory("Lyon", "69")
    other = factories.action(away)
    kept, absorbed = pair
    for one, two in ((kept, other), (other, kept)):
        with pytest.raises(PermissionDenied):
            merge(one, two, access=moderator(where), at=NOW)
    school = kept.porteurs.get().etablissement
    owner = factories.access(factories.person(TypeRole.PORTEUR, etablissement=school))
    with pytest.raises(PermissionDenied):
        merge(absorbed, kept, access=owner, at=NOW)
    merge(absorbed, kept, access=moderator(where), at=NOW)
    for stranger in (owner, moderator(away)):
        with pytest.raises(PermissionDenied):
            split(absorbed, access=stranger, at=NOW)


def test_what_changed_since_it_was_read_is_not_merged(
    where: factories.Territory, pair: tuple[Action, Action]
) -> None:
    kept, absorbed = pair
    read = kept.version
    Action.objects.filter(pk=kept.pk).update(version=read + 1)
    kept.refresh_from_db()
    with pytest.raises(StaleError):
        merge(absorbed, kept, access=moderator(where), at=NOW, into_version=read)
    absorbed.refresh_from_db()
    assert absorbed.etat == Etat.SUBMITTED
    assert not kept.activites.exists()
    assert not Message.objects.exists()


def test_a_chain_is_undone_from_its_end(where: factories.Territory, pair: tuple[Action, Action]) -> None:
    kept, absorbed = pair
    access = moderator(where)
    first = factories.action(where, title="Première")
    before = held(first), held(absorbed), held(kept)
    merge(first, absorbed, access=access, at=NOW)
    merge(absorbed, kept, access=access, at=NOW)
    assert "Première" in words(kept)
    with pytest.raises(FusionError, match="défaites d’abord"):
        split(first, access=access, at=LATER)
    split(absorbed, access=access, at=LATER)
    first.refresh_from_db()
    split(first, access=access, at=LATER)
    assert (held(first), held(absorbed), held(kept)) == before


def test_what_was_changed_since_stays_on_the_kept_sheet(
    where: factories.Territory, pair: tuple[Action, Action]
) -> None:
    kept, absorbed = pair
    access = moderator(where)
    add_piece(absorbed, "photo")
    merge(absorbed, kept, access=access, at=NOW)
    kept.activites.update(description="Réécrit avec soin")
    kept.pieces.update(consent=Consentement.RECORDED)
    Commentaire.objects.create(action=kept, author_name="Camille", text="Merci", at=NOW)
    split(absorbed, access=access, at=LATER)
    assert kept.activites.get().description == "Réécrit avec soin"
    assert kept.pieces.get().consent == Consentement.RECORDED
    assert absorbed.pieces.get().consent == Consentement.PENDING
    assert kept.commentaires.get().text == "Merci"


def test_a_merge_can_be_made_again_after_it_was_undone(
    where: factories.Territory, pair: tuple[Action, Action]
) -> None:
    kept, absorbed = pair
    access = moderator(where)
    before = held(kept)
    for _ in range(2):
        merge(absorbed, kept, access=access, at=NOW)
        assert kept.activites.count() == 1
        split(absorbed, access=access, at=LATER)
        kept.refresh_from_db()
        assert held(kept) == before


def test_a_merge_nobody_remembers_is_still_undone(where: factories.Territory) -> None:
    kept = factories.action(where)
    merged = factories.action(where, etat=Etat.MERGED, merged_into=kept)
    assert split(merged, access=moderator(where), at=NOW).etat == Etat.SUBMITTED


def test_a_pending_image_stops_the_whole(where: factories.Territory, pair: tuple[Action, Action]) -> None:
    from accroche.actions.operations import NotReadyError  # noqa: PLC0415 - for this one test

    kept, absorbed = pair
    add_piece(absorbed, "photo")
    access = moderator(where)
    merge(absorbed, kept, access=access, at=NOW)
    with pytest.raises(NotReadyError, match=r"photo\.jpg"):
        move(Action.objects.get(pk=kept.pk), Step.PUBLISH, access=access, at=NOW)
