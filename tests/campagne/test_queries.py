"""Finding an edition."""

from __future__ import annotations

import pytest

from accroche.campagne.models import Edition
from accroche.campagne.queries import UnknownEditionError, get_edition

pytestmark = pytest.mark.django_db


def test_an_edition_is_found_by_its_year() -> None:
    edition = Edition.objects.create(year="2015-2016", title="A")
    Edition.objects.create(year="2014-2015", title="B")
    assert get_edition("2015-2016") == edition


def test_an_unknown_edition_says_which_there_are() -> None:
    Edition.objects.create(year="2014-2015", title="B")
    Edition.objects.create(year="2015-2016", title="A")
    with pytest.raises(UnknownEditionError, match=r"« 2016-2017 » inconnue .*: 2015-2016, 2014-2015\)"):
        get_edition("2016-2017")


def test_without_any_edition_it_says_how_to_load_one() -> None:
    with pytest.raises(
        UnknownEditionError, match=r"aucune\).*load_edition 2015-2016.*sinon accroche import_rapport"
    ):
        get_edition("2015-2016")
