"""The lineage of sheets: who takes up whose, never itself, through merges and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.lignee import FicheReprise, en_mots
from accroche.actions.models import Action, Activite
from accroche.actions.operations.lignee import tie_told
from accroche.actions.queries import public_path
from accroche.actions.queries.lignee import ascendance, born_elsewhere, descendance, origine_told
from accroche.comptes.regles import TypeRole
from accroche.dossier.edition_json import edition_json
from accroche.dossier.queries.comptage import public_dossier
from accroche.relecture.operations import fusion
from accroche.relecture.operations.fusion import merge
from tests import factories
from tests.actions.declaring import begin, html, signed_in
from tests.factories import NOW, Territory
from tests.races import at_once, at_once_or_never

pytestmark = pytest.mark.django_db


@pytest.fixture
def where(db: None) -> Territory:
    assert db is None
    return factories.territory()


@pytest.fixture
def source(where: Territory) -> Action:
    """What a school of another académie published, with all that must stay at home."""
    assert where
    lyon = factories.territory("Lyon", "69", "2025-2026")
    found = factories.action(
        lyon,
        factories.school(lyon),
        Etat.PUBLISHED,
        title="Le café des parents",
        nature="prevention",
        audience_size=321,
        classes="4e Bérénice",
        place="Halle de Lyon",
        authority="La préfète du Rhône",
        public_contact="accueil de Lyon",
    )
    Activite.objects.create(action=found, position=0, title="Un café", description="À huit heures")
    return found


@pytest.mark.parametrize(
    "text", ["", "2015-2016", "2015-2016/caen/", "2015/caen/x", "a/b/c", "2015-2016/caen/x/y"]
)
def test_what_is_no_origin_is_not_read(text: str) -> None:
    assert FicheReprise.read(text) is None
    assert en_mots(text) == ""
    told = FicheReprise("2015-2016", "caen", "cafe-des-parents")
    assert FicheReprise.read(str(told)) == told


def test_another_school_s_action_comes_without_its_people(where: Territory, source: Action) -> None:
    mine = factories.school(where)
    client = signed_in(factories.person(TypeRole.PORTEUR, "prof@exemple.fr", etablissement=mine))
    page = html(client, f"{reverse('actions:declarer')}?reprise={source.pk}")
    assert "Ni les noms, ni les photos" in page
    assert mine.name in page, "one's only school is written"
    assert source.porteurs.get().name not in page, "whose the action was is not"
    new = begin(client, mine, reprise=str(source.pk), title="Le café des familles")
    assert (new.previous, new.nature, [row.title for row in new.activites.all()]) == (
        source,
        "prevention",
        ["Un café"],
    )
    assert (new.audience_size, new.place, new.classes, new.authority, new.public_contact) == (None, *[""] * 4)
    assert [porteur.school for porteur in new.porteurs.all()] == [mine]
    assert list(born_elsewhere(Action.objects.all())) == [new]


def test_a_sheet_of_this_very_year_is_taken_up_once_it_is_public(where: Territory) -> None:
    there, here = factories.school(where, 3), factories.school(where, 4)
    public = factories.action(where, there, Etat.PUBLISHED, title="Radio collège")
    hidden = factories.action(where, there, Etat.SUBMITTED, title="Radio cachée")
    client = Client()
    assert "Vous reprenez" in html(client, f"{reverse('actions:declarer')}?reprise={public.pk}")
    refused = html(client, f"{reverse('actions:declarer')}?reprise={hidden.pk}")
    assert "Radio cachée" not in refused
    assert "n’est pas, ou n’est plus, publiée" in refused
    person = signed_in(factories.person(TypeRole.PORTEUR, "prof@exemple.fr", etablissement=here))
    sent = {
        "title": "Radio",
        "description": "On parle.",
        "etablissement": here.uai,
        "reprise": str(hidden.pk),
    }
    answer = person.post(reverse("actions:declarer"), sent, follow=True)
    assert "n’est plus publiée" in answer.content.decode(), "silently cut off would be worst"
    assert Action.objects.get(title="Radio").previous is None


def test_what_others_made_of_it_is_not_gone_on_with(where: Territory, source: Action) -> None:
    factories.action(
        where, factories.school(where, 8), Etat.PUBLISHED, title="Celle des autres", previous=source
    )
    mine = factories.school(where, 9)
    client = signed_in(factories.person(TypeRole.PORTEUR, "prof@exemple.fr", etablissement=mine))
    address = f"{reverse('actions:declarer')}?reprise={source.pk}"
    assert "Celle des autres" not in html(client, address)
    factories.action(where, mine, Etat.DRAFT, title="La mienne", previous=source)
    assert "déjà reprise" in html(client, address)


def test_who_reads_a_sheet_is_led_to_its_source_where_they_may(where: Territory, source: Action) -> None:
    child = factories.action(where, etat=Etat.SUBMITTED, title="Fille", previous=source)
    client = signed_in(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    page = reverse("relecture:fiche", args=[child.pk])
    assert f'href="{public_path(source)}"' in html(client, page)
    Action.objects.filter(pk=source.pk).update(etat=Etat.WITHDRAWN)
    hidden = html(client, page)
    assert "qui n’est pas publiée" in hidden
    assert source.title not in hidden, "another académie's, and withdrawn"
    bureau = signed_in(factories.person(TypeRole.NATIONAL, "bureau@exemple.fr"))
    assert f'href="{reverse("relecture:fiche", args=[source.pk])}"' in html(bureau, page)


def test_a_sheet_is_never_its_own_origin(where: Territory, source: Action) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=source.pk).update(previous=source)
    child = factories.action(where, etat=Etat.PUBLISHED, previous=source)
    grandchild = factories.action(where, etat=Etat.PUBLISHED, previous=child)
    assert ascendance(grandchild.pk) == {source.pk, child.pk, grandchild.pk}
    assert sorted(descendance(source.pk, 10)) == sorted([source.pk, child.pk, grandchild.pk])
    # whatever wrote a circle, a reader comes out of it
    Action.objects.filter(pk=source.pk).update(previous=grandchild)
    assert len(ascendance(source.pk)) == len(descendance(source.pk, 10)) == 3


def test_merging_a_sheet_into_its_own_descendant_closes_no_circle(where: Territory) -> None:
    access = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    first = factories.action(where, etat=Etat.PUBLISHED, title="a")
    second = factories.action(where, etat=Etat.PUBLISHED, title="b", previous=first)
    third = factories.action(where, etat=Etat.PUBLISHED, title="c", previous=second)
    other = factories.action(where, etat=Etat.PUBLISHED, title="d", previous=first)
    merge(first, third, access=access, at=NOW)
    for sheet in Action.objects.all():
        chain, place = [sheet.pk], sheet
        while place.previous:
            place = place.previous
            assert place.pk not in chain
            chain.append(place.pk)
    other.refresh_from_db()
    assert other.previous == third, "the others follow"


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_close_no_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each would give the sheet it keeps the other as its origin: the second waits, and sees the first."""
    where = factories.territory()
    access = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    kept = [factories.action(where, etat=Etat.PUBLISHED, title=title) for title in "ab"]
    taken = [
        factories.action(where, etat=Etat.PUBLISHED, title=title, previous=other)
        for title, other in (("c", kept[1]), ("d", kept[0]))
    ]

    def merged(number: int) -> None:
        sheet, into = (Action.objects.get(pk=one[number].pk) for one in (taken, kept))
        merge(sheet, into, access=access, at=NOW)

    def other(_number: int) -> None:
        with at_once_or_never():
            merged(1)

    def looked(number: int) -> frozenset[int]:
        found = ascendance(number)
        if not refused:
            refused.append(None)
            refused[:] = at_once(1, other)
        return found

    refused: list[object] = []
    monkeypatch.setattr(fusion, "ascendance", looked)
    merged(0)
    assert [type(one) for one in refused] == [OperationalError]
    merged(1)
    assert [Action.objects.get(pk=one.pk).previous_id for one in kept] == [kept[1].pk, None]


def test_public_data_name_what_is_public_alone(where: Territory, source: Action) -> None:
    child = factories.action(where, etat=Etat.PUBLISHED, title="Fille", previous=source)
    told = f"2025-2026/{source.semaine.academie.slug}/{source.slug}"
    assert origine_told(child) == told
    assert told in json.dumps(edition_json(public_dossier(where.semaine.edition)))
    Action.objects.filter(pk=source.pk).update(etat=Etat.WITHDRAWN)
    assert source.slug not in json.dumps(edition_json(public_dossier(where.semaine.edition)))
    child.refresh_from_db()
    assert child.previous_id == source.pk, "hidden, the tie is kept"


def test_an_edition_taken_elsewhere_keeps_its_lineage(
    where: Territory, source: Action, tmp_path: Path
) -> None:
    child = factories.action(where, etat=Etat.PUBLISHED, title="Fille", slug="fille", previous=source)
    Action.objects.filter(pk=source.pk).update(slug="le-cafe-des-parents")
    files = [tmp_path / "later.json", tmp_path / "earlier.json"]
    for path, year in zip(files, (child.semaine.edition.year, "2025-2026"), strict=True):
        call_command("export_edition", year, "--out", str(path))
    Action.objects.all().delete()
    for path in files:  # the one that takes up comes first: its origin is a word until it is there
        call_command("load_edition", str(path))
    again = Action.objects.get(title="Fille")
    assert again.previous == Action.objects.get(title=source.title)
    assert tie_told() == 0


def test_files_that_name_each_other_close_no_circle(where: Territory) -> None:
    pair = [factories.action(where, etat=Etat.PUBLISHED, slug=name, title=name) for name in ("un", "deux")]
    place = f"{where.semaine.edition.year}/{where.academie.slug}"
    for sheet, other in zip(pair, reversed(pair), strict=True):
        Action.objects.filter(pk=sheet.pk).update(reprise_de=f"{place}/{other.slug}")
    assert tie_told() == 1
    assert Action.objects.exclude(previous=None).count() == 1
