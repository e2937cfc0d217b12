"""Choosing axes and saying what became of them: rights, refusals, two people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied

from accroche.campagne.models import AxeRetenu, Edition
from accroche.campagne.regles import AXE_LABELS
from accroche.commun import journal
from accroche.comptes.regles import TypeRole
from accroche.dossier.dossier import AxeRetenu as AxeDit
from accroche.evaluation.models import ChoixAxes, SuiviAxe
from accroche.evaluation.operations.axes import AxesError, StaleAxesError, axes_of, choose_axes, follow_axe
from accroche.evaluation.regles import EtatSuivi
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed

if TYPE_CHECKING:
    from accroche.comptes.permissions import Access
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

NIVEAUX, ANIMATION = AxeDit("niveaux", "Les écoles de la Nièvre."), AxeDit("animation")


def catalogue(where: Territory) -> None:
    for position, (code, label) in enumerate(AXE_LABELS.items()):
        where.semaine.edition.axes.create(code=code, label=label, position=position)


@pytest.fixture
def writer(where: Territory) -> Access:
    catalogue(where)
    return factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))


def test_axes_are_kept_in_order_with_the_words_of_the_academie(where: Territory, writer: Access) -> None:
    assert choose_axes(where.semaine, [NIVEAUX, ANIMATION], access=writer, at=NOW, version=0)
    assert axes_of(where.semaine) == (NIVEAUX, ANIMATION)
    assert choose_axes(where.semaine, [ANIMATION, NIVEAUX], access=writer, at=NOW, version=1)
    assert axes_of(where.semaine) == (ANIMATION, NIVEAUX)
    assert not choose_axes(where.semaine, [ANIMATION, NIVEAUX], access=writer, at=NOW, version=2)
    choix = ChoixAxes.objects.get()
    assert (choix.version, choix.chosen_at) == (2, NOW)
    latest, first = journal.entries(choix)
    niveaux, animation = AXE_LABELS["niveaux"], AXE_LABELS["animation"]
    assert first.changes == {"axes": ["", f"1. {niveaux} – {NIVEAUX.detail}\n2. {animation}"]}
    assert latest.actor == writer.user


@pytest.mark.parametrize(
    ("axes", "message"),
    [
        ([], "au moins un"),
        ([ANIMATION, AxeDit("animation", "Autrement")], "deux fois"),
        ([AxeDit("inconnu")], "au catalogue"),
        ([AxeDit(code) for code in [*AXE_LABELS][:5]], "4 axes au plus"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    where: Territory, writer: Access, axes: list[AxeDit], message: str
) -> None:
    with pytest.raises(AxesError, match=message):
        choose_axes(where.semaine, axes, access=writer, at=NOW, version=0)
    assert not AxeRetenu.objects.exists()


def follow(where: Territory, who: Access, code: str, etat: EtatSuivi, comment: str, version: int) -> bool:
    return follow_axe(where.semaine, code, etat, comment, access=who, at=NOW, version=version)


def test_only_the_academie_writes_and_only_in_a_live_edition(where: Territory, writer: Access) -> None:
    elsewhere = factories.territory("Lyon", "69").academie
    for who in (
        factories.person(TypeRole.LECTEUR, academie=where.academie),
        factories.person(TypeRole.NATIONAL),
        factories.person(TypeRole.MODERATEUR, "lyon@example.fr", academie=elsewhere),
    ):
        with pytest.raises(PermissionDenied):
            choose_axes(where.semaine, [NIVEAUX], access=factories.access(who), at=NOW, version=0)
        with pytest.raises(PermissionDenied):
            follow(where, factories.access(who), "niveaux", EtatSuivi.FAIT, "", 0)
    Edition.objects.update(closed_at=NOW)  # since it was read
    with pytest.raises(PermissionDenied):
        choose_axes(where.semaine, [NIVEAUX], access=writer, at=NOW, version=0)
    with pytest.raises(PermissionDenied):
        follow(where, writer, "niveaux", EtatSuivi.FAIT, "", 0)
    assert not AxeRetenu.objects.exists()
    assert not SuiviAxe.objects.exists()


def test_who_read_an_older_choice_overwrites_nothing(where: Territory, writer: Access) -> None:
    choose_axes(where.semaine, [NIVEAUX], access=writer, at=NOW, version=0)
    for axes in ([ANIMATION], [NIVEAUX]):
        with pytest.raises(StaleAxesError):
            choose_axes(where.semaine, axes, access=writer, at=NOW, version=0)
    assert axes_of(where.semaine) == (NIVEAUX,)


def test_what_became_of_two_axes_is_said_by_two_services_at_once(where: Territory, writer: Access) -> None:
    assert follow(where, writer, "niveaux", EtatSuivi.FAIT, "Oui.", 0)
    assert follow(where, writer, "animation", EtatSuivi.PAS_ENCORE, "", 0)
    with pytest.raises(StaleAxesError):
        follow(where, writer, "niveaux", EtatSuivi.PAS_ENCORE, "", 0)
    assert follow(where, writer, "niveaux", EtatSuivi.FAIT, "Oui, partout.", 1)
    assert not follow(where, writer, "niveaux", EtatSuivi.FAIT, "Oui, partout.", 2)
    told = {row.code: (row.mot, row.comment) for row in SuiviAxe.objects.all()}
    assert told == {"niveaux": (EtatSuivi.FAIT, "Oui, partout."), "animation": (EtatSuivi.PAS_ENCORE, "")}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_at_once_one_is_told(where: Territory, writer: Access) -> None:
    def choose(number: int) -> bool:
        axe = (NIVEAUX, ANIMATION)[number]
        return choose_axes(where.semaine, [axe], access=writer, at=NOW, version=0)

    assert passed(at_once(2, choose), StaleAxesError) == 1
    assert len(axes_of(where.semaine)) == 1
    assert ChoixAxes.objects.get().version == 1
