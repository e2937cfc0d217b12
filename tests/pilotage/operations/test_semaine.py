"""Writing a semaine's page: rights, races, journal, and what a later load may still change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Edition, Partenaire, Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.commun import journal
from accroche.comptes.regles import TypeRole
from accroche.dossier.dossier import EtapeDossier, PartenaireDossier, RessourceDossier, TempsFortDossier
from accroche.imports.operations import load_dossier
from accroche.lib.chiffres import parse
from accroche.pilotage.operations.semaine import StaleSemaineError, write_semaine
from accroche.pilotage.queries.semaine import editable_semaines, semaine_content
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.comptes.permissions import Access
    from accroche.dossier.dossier import EditionDossier, SemaineDossier
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

DAY = dt.date(2027, 3, 15)


@pytest.fixture
def moderator(where: Territory) -> Access:
    person = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    return factories.access(person)


def full(content: SemaineDossier) -> SemaineDossier:
    return replace(
        content,
        status=StatutSemaine.REPORTED,
        title="Dijon persévère",
        ordinal=2,
        themes=("Le numérique",),
        levels=frozenset({Niveau.LYCEE}),
        windows=((DAY, DAY + dt.timedelta(days=4)),),
        narrative="Des rencontres.",
        actions_figures=parse("31 dans la semaine et 58 toute l’année"),
        etablissements_figures=parse("N.C."),
        partners=(PartenaireDossier("ONISEP", "operateur", internal=True), PartenaireDossier("CANOPE")),
        temps_forts=(TempsFortDossier("Tour", "tournee", DAY, DAY, stops=(EtapeDossier("Cher", DAY),)),),
        ressources=(
            RessourceDossier("Programme", "programme", "https://www.ac-dijon.fr/p", published=False),
        ),
    )


def test_what_is_written_is_read_back_and_told_in_the_journal(where: Territory, moderator: Access) -> None:
    content = full(semaine_content(where.semaine))
    changed = write_semaine(where.semaine, content, access=moderator, at=NOW, version=0)
    assert semaine_content(where.semaine) == content
    where.semaine.refresh_from_db()
    assert (where.semaine.version, where.semaine.updated_at) == (1, NOW)
    (entry,) = journal.entries(where.semaine)
    assert (entry.verb, entry.actor) == ("write", moderator.user)
    assert set(entry.changes) == set(changed)
    assert entry.changes["title"] == ["", "Dijon persévère"]
    assert entry.changes["actions_figures"][1] == "31 (dans la semaine) et 58 (toute l’année)"


def test_the_same_again_writes_nothing(where: Territory, moderator: Access) -> None:
    content = full(semaine_content(where.semaine))
    write_semaine(where.semaine, content, access=moderator, at=NOW, version=0)
    assert write_semaine(where.semaine, content, access=moderator, at=NOW, version=1) == {}
    assert journal.entries(where.semaine).count() == 1
    assert Semaine.objects.get(pk=where.semaine.pk).version == 1


def test_the_second_of_two_writers_is_told_and_overwrites_nothing(
    where: Territory, moderator: Access
) -> None:
    before = semaine_content(where.semaine)
    write_semaine(where.semaine, replace(before, title="Première"), access=moderator, at=NOW, version=0)
    for late in (replace(before, title="Seconde"), replace(before, title="Première")):
        with pytest.raises(StaleSemaineError):
            write_semaine(where.semaine, late, access=moderator, at=NOW, version=0)
    assert semaine_content(where.semaine).title == "Première"
    assert journal.entries(where.semaine).count() == 1


def test_nothing_is_written_of_an_edition_closed_since_it_was_read(
    where: Territory, moderator: Access
) -> None:
    content = replace(semaine_content(where.semaine), help_text="À l’aide")
    Edition.objects.update(closed_at=NOW)
    with pytest.raises(PermissionDenied):
        write_semaine(where.semaine, content, access=moderator, at=NOW, version=0)
    where.semaine.refresh_from_db()
    assert where.semaine.help_text == ""


def test_a_partner_is_shared_and_a_field_rewritten_leaves_no_row_behind(
    where: Territory, moderator: Access
) -> None:
    known = Partenaire.objects.create(name="CANOPE", kind="", internal=False)
    content = full(semaine_content(where.semaine))
    write_semaine(where.semaine, content, access=moderator, at=NOW, version=0)
    assert known in where.semaine.partenaires.all()
    emptied = replace(content, partners=(), temps_forts=(), ressources=(), windows=(), actions_figures=())
    write_semaine(where.semaine, emptied, access=moderator, at=NOW, version=1)
    assert semaine_content(where.semaine) == emptied


@pytest.mark.parametrize(
    ("kind", "territory", "may"),
    [
        (TypeRole.MODERATEUR, "own", True),
        (TypeRole.MODERATEUR, "other", False),
        (TypeRole.LECTEUR, "own", False),
        (TypeRole.ADMINISTRATEUR, "france", True),
        (TypeRole.NATIONAL, "france", False),
    ],
)
def test_who_may_write_it(where: Territory, kind: TypeRole, territory: str, may: bool) -> None:
    places: dict[str, Any] = {
        "own": {"academie": where.academie},
        "other": {"academie": factories.territory("Lyon", "69").academie},
        "france": {},
    }
    access = factories.access(factories.person(kind, **places[territory]))
    content = replace(semaine_content(where.semaine), title="Un titre")
    assert (where.semaine in editable_semaines(access)) is may
    if may:
        assert write_semaine(where.semaine, content, access=access, at=NOW, version=0)
        return
    with pytest.raises(PermissionDenied):
        write_semaine(where.semaine, content, access=access, at=NOW, version=0)
    assert semaine_content(where.semaine).title == ""


def test_a_correction_of_a_past_edition_is_kept_by_a_later_load(
    edition_2015: Edition, pack_2015: EditionDossier
) -> None:
    access = factories.access(factories.person(TypeRole.ADMINISTRATEUR))
    semaine = edition_2015.semaines.get(academie__slug="dijon")
    content = semaine_content(semaine)
    mended = replace(content, narrative="Récit corrigé.", actions_figures=parse("21", source="Académie"))
    write_semaine(semaine, mended, access=access, at=NOW, version=0)
    newer = replace(
        pack_2015,
        semaines=tuple(
            replace(told, narrative="Récit du fichier.", actions_figures=parse("99"), pilot="Nouveau service")
            if told.academie == "Dijon"
            else told
            for told in pack_2015.semaines
        ),
    )
    report = load_dossier(newer, origin="pack")
    held = semaine_content(semaine)
    assert held.narrative == "Récit corrigé."
    assert held.actions_figures == mended.actions_figures
    # what nobody touched still follows the file
    assert held.pilot == "Nouveau service"
    assert sorted(report.kept) == ["Dijon 2015-2016 : actions_figures", "Dijon 2015-2016 : narrative"]
