"""The page of an edition in which schools still declare: read short, it says what the whole says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.test import RequestFactory

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Theme
from accroche.actions.regles import CodeTheme, SourceAction
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.commun import memoire
from accroche.dossier.dossier import without_texts
from accroche.dossier.queries.comptage import public_dossier
from accroche.publications import queries
from accroche.publications.documents.kinds import SYNTHESE
from accroche.publications.outline import Document
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db

#: What sheets differ by: all that makes an example, or a row of the table of themes.
SHEETS: dict[str, tuple[dict[str, Any], tuple[CodeTheme, ...]]] = {
    "plain": ({}, ()),
    "another": ({"lycee": True, "college": True}, (CodeTheme.ORIENTATION,)),
    "remarkable": ({"remarkable": True, "lycee": True}, (CodeTheme.ORIENTATION, CodeTheme.SPORT)),
    "prize": ({"prize": "Prix du public"}, (CodeTheme.SPORT,)),
    "chosen": ({"chosen": True, "premier_degre": True}, ()),
    "told": ({"source": SourceAction.SEMAINE}, (CodeTheme.SPORT,)),
    "draft": ({"etat": Etat.DRAFT, "remarkable": True}, (CodeTheme.SPORT,)),
}


@pytest.fixture
def edition() -> Edition:
    """Sheets of each sort in one académie, plain ones in another, none in two, of which one has no data."""
    for code in CodeTheme:
        Theme.objects.get_or_create(code=code)
    places = [factories.territory(name, f"{number + 21}") for number, name in enumerate(("Dijon", "Lyon"))]
    factories.territory("Nice", "06")
    absent = factories.territory("Reims", "51").semaine
    Semaine.objects.filter(pk=absent.pk).update(status=StatutSemaine.UNAVAILABLE)
    for where, names in zip(places, (tuple(SHEETS), ("plain", "another")), strict=True):
        for number, name in enumerate(names):
            columns, themes = SHEETS[name]
            school = factories.school(where, number + 1)
            made = factories.action(where, school, Etat.PUBLISHED, title=f"Action {name}", slug=name)
            told = {"source": SourceAction.DECLARATION, "position": len(names) - number} | columns
            Action.objects.filter(pk=made.pk).update(**told)
            made.themes.set(Theme.objects.filter(code__in=themes))
    Edition.objects.update(title="Un titre", notes=["Une note."])
    return absent.edition


def whole(edition: Edition) -> Document:
    """What is built of every sheet, without its tables of data."""
    found = Edition.objects.get(pk=edition.pk)
    document = SYNTHESE.build(without_texts(public_dossier(found)), queries.imprint())
    assert document.data
    return replace(document, data=())


def test_a_page_that_reads_few_sheets_says_what_all_of_them_say(edition: Edition) -> None:
    found = queries.public_document(edition, None)
    assert found == whole(edition)
    assert [example.title for example in found.examples()] == [
        f"Action {name}" for name in ("told", "remarkable", "prize", "chosen")
    ]


def test_a_semaine_that_nobody_sees_yet_is_told_by_neither(edition: Edition) -> None:
    Semaine.objects.filter(academie__name="Lyon").update(begun=True)
    assert queries.public_document(edition, None) == whole(edition)


@pytest.fixture
def _remembering(settings: Any) -> Iterator[None]:
    settings.PAGES_KEPT = 100
    memoire.forget()
    yield
    memoire.forget()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_remembering", "open_today")
def test_it_is_made_again_when_anything_of_it_changed(edition: Edition) -> None:
    def asked() -> Document:
        found: list[Document] = []
        memoire.Memoire(lambda _request: found.append(queries.public_document(edition, None)))(  # type: ignore[arg-type,return-value]
            RequestFactory().get("/")
        )
        return found[0]

    first = asked()
    assert asked() is first
    for change in (
        lambda: Action.objects.filter(slug="another").update(chosen=True),
        lambda: Action.objects.filter(slug="plain").update(etat=Etat.WITHDRAWN),
        Action.objects.get(slug="prize").themes.clear,
        lambda: Semaine.objects.filter(academie__name="Nice").update(narrative="Un récit."),
        lambda: Edition.objects.update(title="Autre"),
    ):
        change()
        told = asked()
        assert told != first
        assert told == whole(edition)
        first = told
