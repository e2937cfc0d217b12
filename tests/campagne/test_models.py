"""Editions and semaines: what the database itself refuses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import RestrictedError

from accroche.annuaire.models import Academie
from accroche.campagne.models import (
    Axe,
    AxeRetenu,
    Chiffre,
    CitationObjectif,
    Edition,
    Etape,
    Fenetre,
    Objectif,
    Partenaire,
    Ressource,
    Semaine,
    SemainePartenaire,
    TempsFort,
    Texte,
    Tutorat,
    TutoratAcademie,
)
from accroche.lib import chiffres
from accroche.lib.chiffres import Kind

pytestmark = pytest.mark.django_db

WITHOUT_VALUE = [Kind.ALL, Kind.NOT_COMMUNICATED, Kind.UNAVAILABLE]


@pytest.fixture
def dijon() -> Academie:
    return Academie.objects.create(slug="dijon", name="Dijon", valid_from=dt.date(1900, 1, 1))


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(year="2015-2016", title="Semaine de la persévérance scolaire")


@pytest.fixture
def semaine(edition: Edition, dijon: Academie) -> Semaine:
    return Semaine.objects.create(edition=edition, academie=dijon, status="reported")


@pytest.mark.parametrize("ordinal", [0, -1])
def test_the_first_semaine_is_number_one(semaine: Semaine, ordinal: int) -> None:
    semaine.ordinal = ordinal
    with pytest.raises(IntegrityError):
        semaine.save()


@pytest.mark.parametrize("ordinal", [None, 1, 4])
def test_an_ordinal_may_be_unknown(semaine: Semaine, ordinal: int | None) -> None:
    semaine.ordinal = ordinal
    semaine.save()
    semaine.refresh_from_db()
    assert semaine.ordinal == ordinal


def test_a_window_ends_after_it_starts(semaine: Semaine) -> None:
    day = dt.date(2016, 4, 30)
    Fenetre.objects.create(semaine=semaine, starts=day, ends=day)
    with pytest.raises(IntegrityError, match="fenetre_in_order"):
        Fenetre.objects.create(semaine=semaine, starts=day, ends=day - dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(dt.date(2016, 4, 30), dt.date(2016, 4, 29)), (None, dt.date(2016, 4, 29))],
)
def test_an_event_ends_after_a_known_start(semaine: Semaine, starts: dt.date | None, ends: dt.date) -> None:
    with pytest.raises(IntegrityError, match="temps_fort_in_order"):
        TempsFort.objects.create(
            semaine=semaine, title="Salon", kind="salon", starts=starts, ends=ends, position=0
        )


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(None, None), (dt.date(2016, 4, 30), None), (dt.date(2016, 4, 30), dt.date(2016, 4, 30))],
)
def test_an_event_may_have_no_day(semaine: Semaine, starts: dt.date | None, ends: dt.date | None) -> None:
    event = TempsFort.objects.create(
        semaine=semaine, title="Salon", kind="salon", starts=starts, ends=ends, position=0
    )
    event.refresh_from_db()
    assert (event.starts, event.ends) == (starts, ends)


def figure(semaine: Semaine, kind: Kind, value: int | None) -> Chiffre:
    return Chiffre(semaine=semaine, indicateur="actions", position=0, kind=kind, value=value)


@pytest.mark.parametrize("kind", Kind)
def test_a_figure_has_a_value_exactly_when_its_kind_carries_one(semaine: Semaine, kind: Kind) -> None:
    right, wrong = (None, 0) if kind in WITHOUT_VALUE else (0, None)
    with pytest.raises(IntegrityError, match="chiffre_value_fits_kind"), transaction.atomic():
        figure(semaine, kind, wrong).save()
    figure(semaine, kind, right).save()
    assert Chiffre.objects.get().as_value() == chiffres.Chiffre(kind, right)


def test_a_figure_is_never_negative(semaine: Semaine) -> None:
    with pytest.raises(IntegrityError):
        figure(semaine, Kind.EXACT, -1).save()


def twice(semaine: Semaine) -> dict[str, tuple[type[models.Model], dict[str, Any], dict[str, Any]]]:
    """Name what may be there once, with its row and what another row must differ in."""
    edition, academie = semaine.edition, semaine.academie
    axe = Axe.objects.create(edition=edition, code="niveaux", label="A", position=9)
    objectif = Objectif.objects.create(edition=edition, code="communiquer", label="A", position=9)
    tutorat = Tutorat.objects.create(edition=edition, kind="possible", position=9)
    event = TempsFort.objects.create(semaine=semaine, title="A", kind="salon", position=9)
    partner = Partenaire.objects.create(name="ONISEP", kind="operateur")
    lyon = Academie.objects.create(slug="lyon", name="Lyon", valid_from=dt.date(1900, 1, 1))
    other_partner = Partenaire.objects.create(name="CANOPE")
    other_axe = Axe.objects.create(edition=edition, code="animation", label="A", position=9)
    first, second = dt.date(2016, 1, 18), dt.date(2016, 3, 14)
    return {
        "edition": (Edition, {"year": "2014-2015", "title": "A"}, {"year": "2013-2014"}),
        "semaine": (
            Semaine,
            {"edition": edition, "academie": lyon, "status": "reported"},
            {"edition": Edition.objects.create(year="2016-2017", title="A")},
        ),
        "texte": (
            Texte,
            {"edition": edition, "section": "introduction", "position": 0, "title": "A", "text": "A"},
            {"position": 1},
        ),
        "axe": (
            Axe,
            {"edition": edition, "code": "dynamique", "label": "A", "position": 0},
            {"code": "deploiement"},
        ),
        "objectif": (
            Objectif,
            {"edition": edition, "code": "a", "label": "A", "position": 0},
            {"code": "b"},
        ),
        "citation": (
            CitationObjectif,
            {"objectif": objectif, "academie": academie, "position": 0},
            {"academie": lyon},
        ),
        "tutorat": (Tutorat, {"edition": edition, "kind": "possible", "position": 0}, {"position": 1}),
        "tutorat_academie": (
            TutoratAcademie,
            {"tutorat": tutorat, "academie": academie, "position": 0},
            {"academie": lyon},
        ),
        "partenaire": (
            Partenaire,
            {"name": "CLEMI", "kind": "operateur", "internal": True},
            {"internal": False},
        ),
        "semaine_partenaire": (
            SemainePartenaire,
            {"semaine": semaine, "partenaire": partner, "position": 0},
            {"partenaire": other_partner},
        ),
        "fenetre": (
            Fenetre,
            {"semaine": semaine, "starts": first, "ends": second},
            {"starts": second},
        ),
        "chiffre": (
            Chiffre,
            {"semaine": semaine, "indicateur": "actions", "position": 0, "kind": "all"},
            {"indicateur": "etablissements"},
        ),
        "axe_retenu": (AxeRetenu, {"semaine": semaine, "axe": axe, "position": 0}, {"axe": other_axe}),
        "temps_fort": (
            TempsFort,
            {"semaine": semaine, "title": "A", "kind": "salon", "position": 0, "uid": "a"},
            {"position": 1, "uid": "b"},
        ),
        "etape": (Etape, {"temps_fort": event, "place": "Cher", "position": 0}, {"position": 1}),
        "ressource": (
            Ressource,
            {"semaine": semaine, "title": "A", "kind": "carte", "position": 0},
            {"position": 1},
        ),
    }


@pytest.mark.parametrize(
    "name",
    [
        "edition",
        "semaine",
        "texte",
        "axe",
        "objectif",
        "citation",
        "tutorat",
        "tutorat_academie",
        "partenaire",
        "semaine_partenaire",
        "fenetre",
        "chiffre",
        "axe_retenu",
        "temps_fort",
        "etape",
        "ressource",
    ],
)
def test_what_is_there_once_is_refused_twice(semaine: Semaine, name: str) -> None:
    model, columns, other = twice(semaine)[name]
    table: models.QuerySet[models.Model] = models.QuerySet(model)
    table.create(**columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        table.create(**columns)
    table.create(**columns | other)


def test_an_axis_in_use_cannot_go(semaine: Semaine) -> None:
    axe = Axe.objects.create(edition=semaine.edition, code="niveaux", label="A", position=0)
    AxeRetenu.objects.create(semaine=semaine, axe=axe, position=0)
    with pytest.raises(RestrictedError):
        axe.delete()


def test_an_edition_goes_with_its_catalogue_and_its_semaines(semaine: Semaine) -> None:
    axe = Axe.objects.create(edition=semaine.edition, code="niveaux", label="A", position=0)
    AxeRetenu.objects.create(semaine=semaine, axe=axe, position=0)
    semaine.edition.delete()
    assert not AxeRetenu.objects.exists()


def test_the_public_sees_published_editions(edition: Edition) -> None:
    assert not Edition.objects.published().exists()
    edition.published_at = dt.datetime(2016, 9, 1, tzinfo=dt.UTC)
    edition.save()
    assert list(Edition.objects.published()) == [edition]


@pytest.mark.parametrize(("status", "available"), [("reported", True), ("unavailable", False)])
def test_a_semaine_knows_whether_its_academie_reported(
    semaine: Semaine, status: str, available: bool
) -> None:
    semaine.status = status
    assert semaine.is_available is available
    assert str(semaine) == "Dijon 2015-2016"
