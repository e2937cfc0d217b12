"""Each field of a semaine walks each way: its value arrives unchanged, or the table says why it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accroche.actions.models import Action
from accroche.campagne.champs import CHAMPS, ENTRE_NOUS, FEUILLES, HORS_CONTENU, Voie
from accroche.campagne.models import (
    Semaine,
)
from accroche.campagne.regles import (
    StatutSemaine,
)
from accroche.comptes.regles import TypeRole
from accroche.dossier import instantane
from accroche.dossier.bilan import bilan
from accroche.dossier.comparaison import differences
from accroche.dossier.dossier import EditionDossier, SemaineDossier
from accroche.dossier.edition_json import edition_json
from accroche.dossier.queries.dossier import dossier_of
from accroche.imports.operations import load_dossier
from accroche.imports.pack import read_pack
from accroche.lib.champs import Champ, Genre
from accroche.pilotage.queries.semaine import semaine_content
from accroche.publications.documents.synthese import build
from accroche.publications.documents.synthese.donnees import data_tables
from accroche.publications.versions import Imprint
from tests import factories, voies
from tests.actions.declaring import signed_in
from tests.factories import NOW, YEAR, Territory
from tests.marques import normal
from tests.marques_semaine import VALEURS, altered, mots, remarquee, told
from tests.pilotage.test_semaine_form import errors_of, page, sent

WHAT_TO_DO = (
    "give it a row in CHAMPS (accroche/campagne/champs.py), with a reason for each way it does not travel, "
    "and a value here; what a semaine does not tell goes in HORS_CONTENU, with why."
)


@pytest.fixture
def where(db: None) -> Territory:
    """The marked semaine."""
    assert db is None
    found = factories.territory()
    remarquee(found)
    return found


@pytest.fixture
def bare(where: Territory) -> Territory:
    return factories.territory("Lyon", "69")


def check(voie: Voie, arrives: Callable[[Champ], bool]) -> None:
    """The same as of a sheet, for the fields of a semaine."""
    voies.check(voie, arrives, FEUILLES, "campagne/champs.py")


# -- the table is whole ----------------------------------------------------------------------------


def test_every_field_of_the_model_is_in_the_table() -> None:
    known = {column for champ in CHAMPS for column in (champ.colonnes or (champ.name,))}
    there = set()
    for one in Semaine._meta.get_fields():
        related: Any = one
        there.add(related.get_accessor_name() if one.auto_created and not one.concrete else one.name)
    there = {name for name in there if name and not name.endswith("+")}
    assert there - known - HORS_CONTENU.keys() == set(), WHAT_TO_DO
    assert HORS_CONTENU.keys() <= there


def test_every_field_of_the_plain_data_is_in_the_table() -> None:
    # all examples: of versions frozen before they were chosen, and of nothing one writes
    around = {"academie", "actions", "all_examples"}
    assert {one.name for one in fields(SemaineDossier)} - around == {champ.name for champ in CHAMPS}, (
        WHAT_TO_DO
    )
    assert VALEURS.keys() == {champ.name for champ in FEUILLES}, WHAT_TO_DO
    assert all(champ.voies.keys() == set(Voie) for champ in FEUILLES)


@pytest.mark.django_db
def test_every_part_of_a_list_is_in_the_table(where: Territory) -> None:
    content = semaine_content(where.semaine)
    for champ in CHAMPS:
        if champ.parts:
            there = {one.name for one in fields(getattr(content, champ.name)[0])}
            assert there == {part.name for part in champ.parts}, f"{champ.name}: {WHAT_TO_DO}"


# -- every way is walked ---------------------------------------------------------------------------


#: Figures as one says them; in brackets, words are a note.
SAID = {
    "actions_figures": "environ 4321 Périmètre remarqué",
    "etablissements_figures": "plus de 8765 Étendue remarquée",
}
NOTED = {
    "actions_figures": "environ 4321 (Note remarquée)",
    "etablissements_figures": "plus de 8765 (Remarque de plus)",
}


def test_the_form(where: Territory, bare: Territory) -> None:
    """What the page of the marked semaine sends is sent for the bare one."""
    client = signed_in(factories.person(TypeRole.MODERATEUR, academie=bare.academie))
    typed = sent(semaine_content(where.semaine), **SAID) | {"version": [str(bare.semaine.version)]}
    answer = client.post(f"/pilotage/semaines/{YEAR}/lyon/", typed)
    assert answer.status_code == 302, answer.content.decode()
    content = semaine_content(bare.semaine)
    check(Voie.FORMULAIRE, lambda champ: told(content, champ.name))


#: How the form calls what it holds otherwise.
_TYPED = {
    "themes": "themes",
    "bassins": "bassins",
    "actions_figures.perimeter": "actions_figures",
    "etablissements_figures.perimeter": "etablissements_figures",
}


def test_a_number_in_a_text_is_refused(where: Territory) -> None:
    content = semaine_content(where.semaine)
    number = "Appelez le 06 12 34 56 78"

    def arrives(champ: Champ) -> bool:
        stem, _, part = champ.name.partition(".")
        if champ.name in _TYPED:
            field = _TYPED[champ.name]
            typed = f"120 ({number})" if "figures" in field else number
        elif champ.name == "temps_forts.stops":
            field, typed = "temps_forts__0__stops", number
        elif champ.genre is Genre.TEXT and champ.goes(Voie.FORMULAIRE):
            field, typed = f"{stem}__0__{part}" if part else stem, number
        else:
            return False
        shown = page(content, **{field: typed})
        return "téléphone" in errors_of(shown) if not shown.is_valid() else False

    check(Voie.CONTROLE, arrives)


def test_the_public_page(where: Territory, bare: Territory) -> None:
    # one that is « en préparation » says so
    Semaine.objects.filter(pk=bare.semaine.pk).update(status=StatutSemaine.REPORTED)
    address = f"/editions/{YEAR}/academies/{{}}/"
    marked, other = (
        normal(Client().get(address.format(slug)).content.decode()) for slug in ("dijon", "lyon")
    )
    ticked = normal('a-niveau--oui"')

    def arrives(champ: Champ) -> bool:
        if champ.name == "levels":
            return (marked.count(ticked), other.count(ticked)) == (1, 0)
        return any(marked.count(word) > other.count(word) for word in mots(champ.name))

    check(Voie.PAGE, arrives)


@pytest.fixture
def dossier(where: Territory) -> EditionDossier:
    factories.action(where)  # an example, which a note announces
    return dossier_of(where.semaine.edition)


@pytest.fixture
def whole(where: Territory) -> EditionDossier:
    """The same with what an académie tells the bureau alone: what is made of it leaves that out by itself."""
    factories.action(where)
    found = dossier_of(where.semaine.edition, steering=True)
    assert all(getattr(found.semaines[0], name) == VALEURS[name] for name in ENTRE_NOUS)
    return found


def holding(dossier: EditionDossier, semaine: SemaineDossier) -> EditionDossier:
    return replace(dossier, semaines=(semaine,))


def changes(out: Callable[[EditionDossier], object], dossier: EditionDossier) -> Callable[[Champ], bool]:
    """Whether what is made of an edition changes with the value of a field, and tells it."""
    (semaine,) = dossier.semaines

    def arrives(champ: Champ) -> bool:
        before, after = (
            normal(repr(out(holding(dossier, one)))) for one in (semaine, altered(semaine, champ.name))
        )
        if before == after:
            return False
        flag = isinstance(VALEURS[champ.name], bool)
        assert (
            flag
            or champ.name in {"windows", "levels", "levels_unknown", "status"}
            or any(word in before for word in mots(champ.name))
        ), champ.name
        return True

    return arrives


def test_the_dossier(dossier: EditionDossier) -> None:
    (semaine,) = dossier.semaines
    check(Voie.DOSSIER, lambda champ: told(semaine, champ.name))


def test_a_comparison_of_versions(whole: EditionDossier) -> None:
    empty = holding(whole, SemaineDossier("Dijon", (), None, StatutSemaine.UNAVAILABLE))
    check(Voie.COMPARAISON, changes(lambda one: differences(one, empty, prose=True), whole))


def test_the_synthesis(whole: EditionDossier) -> None:
    check(Voie.DOCUMENT, changes(lambda one: replace(build(one, Imprint("Bureau")), data=()), whole))


def test_the_open_data(whole: EditionDossier) -> None:
    check(Voie.DONNEES, changes(lambda one: data_tables(one, bilan(one)), whole))


def test_the_json(whole: EditionDossier) -> None:
    check(Voie.JSON, changes(lambda one: edition_json(one)["semaines"], whole))


def test_a_frozen_version(whole: EditionDossier) -> None:
    """It holds what a dossier holds, whatever the dossier it was made of."""
    (frozen,) = instantane.load(instantane.dump(whole)).semaines
    check(Voie.DOSSIER, lambda champ: told(frozen, champ.name))


HEAD = """edition = "2015-2016"
title = "Semaine"

[[axes]]
code = "niveaux"
label = "Axe du catalogue"
"""
PACK = """academie = "Dijon"
windows = [[2026-10-15, 2026-11-19]]
status = "preparing"
ordinal = 7
title = "Titre remarqué"
themes = ["Thème remarqué"]
levels = ["lycee_professionnel"]
levels_unknown = ["college"]
narrative = "Récit remarqué"
pilot = "Pilote remarqué"
sponsor = "Marraine remarquée"
funding = "Fonds remarqués"
committee = "Comité remarqué"
partners_narrative = "Partenariats racontés"
examples_note = "Exemples annoncés"
alliances = "surtout_internes"
portage = "les_deux"
appel = "certains"
bassins = ["Bassin remarqué"]
absence_by = "bureau"
absence_on = 2027-05-03
absence_word = "Parole remarquée"
obstacle = "mobilisation"
obstacle_text = "Obstacle raconté"
help_asked = true
help_text = "Appui espéré"
staff_days = 5432
staff_strain = "intenable"
mentor_offer = 3

[[strategie]]
title = "Plan remarqué"
date = 2026-12-04
url = "https://exemple.org/plan-remarque"

[[medias]]
media = "Gazette remarquée"
kind = "television"
date = 2027-04-09
url = "https://exemple.org/gazette-remarquee"

[[temps_forts]]
title = "Salon remarqué"
kind = "tournee"
starts = 2027-01-05
ends = 2027-03-06
place = "Lieu remarqué"
summary = "Salon raconté"
stops = [{place = "Étape remarquée", date = 2027-02-08}]

authorities = ["prefet"]

[[ressources]]
title = "Document remarqué"
kind = "guide"
url = "https://exemple.org/ressource-remarquee"
published = false

[[partenaires]]
name = "Partenaire remarqué"
kind = "recherche"
role = "accueille"

[[partenaires]]
name = "Service"
internal = true

[[axes]]
code = "niveaux"
detail = "Axe précisé"
"""


@pytest.mark.django_db
@pytest.mark.parametrize("said", [SAID, NOTED], ids=["perimeter", "note"])
def test_a_pack(tmp_path: Path, said: dict[str, str]) -> None:
    """Words that follow a figure are its perimeter, in brackets its note: one file tells one of them."""
    (tmp_path / "2015-2016/academies").mkdir(parents=True)
    (tmp_path / "2015-2016/edition.toml").write_text(HEAD, "utf-8")
    figures = ", ".join(f'{name.removesuffix("_figures")} = "{text}"' for name, text in said.items())
    (tmp_path / "2015-2016/academies/dijon.toml").write_text(f"chiffres = {{{figures}}}\n{PACK}", "utf-8")
    load_dossier(read_pack("2015-2016", tmp_path), origin="pack", publish_at=NOW)
    semaine = semaine_content(Semaine.objects.get())
    other = "note" if said is SAID else "perimeter"
    check(Voie.PACK, lambda champ: champ.name.endswith(f"_figures.{other}") or told(semaine, champ.name))
    assert not Action.objects.exists()
