"""The pages of the grid: read by the académies, written by the bureau, frozen by an edition."""

from __future__ import annotations

import datetime as dt
import json
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accroche.campagne.models import Critere, Grille, GrilleEdition
from accroche.campagne.operations import attach_grille
from accroche.campagne.queries import grille_dite
from accroche.commun.conflit import marks
from accroche.comptes.permissions import OPERATOR
from accroche.comptes.regles import TypeRole
from accroche.evaluation.operations.grille import critere_values, write_critere
from tests import factories
from tests.factories import NOW, YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ROOT = "/pilotage/grille/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests, for pages too."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def client_of(kind: TypeRole, **territory: Any) -> Client:
    found = Client()
    found.force_login(factories.person(kind, **territory), backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


@pytest.fixture
def bureau() -> Client:
    return client_of(TypeRole.NATIONAL)


def words(page: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", unescape(page.content.decode()))
    return " ".join(text.replace("\u00a0", " ").split()).replace(" .", ".")


def read(client: Client, address: str = "", status: int = 200) -> str:
    page = client.get(f"{ROOT}{address}")
    assert page.status_code == status, page.status_code
    return words(page)


def critere(grille: Grille, code: str) -> Critere:
    return Critere.objects.select_related("objectif").get(objectif__grille=grille, code=code)


def posted(row: Critere, **typed: Any) -> dict[str, Any]:
    """The form of a criterion as a browser sends it."""
    values = critere_values(row)
    sent = values | typed | {"lu": json.dumps(marks(values))}
    return {name: value for name, value in sent.items() if value != []}


def test_each_page_says_its_empty_state(bureau: Client) -> None:
    assert "accroche load_grille 2015-2016" in read(bureau)
    moderator = client_of(TypeRole.MODERATEUR, academie=factories.territory().academie)
    assert "Elle apparaîtra ici dès que le bureau national en aura donné une" in read(moderator)
    read(bureau, "absente/", 404)
    Grille.objects.create(code="vide", name="Vide", created_at=NOW, updated_at=NOW)
    assert "Cette version n’a pas encore d’objectif" in read(bureau, "vide/")
    read(bureau, "vide/criteres/nouveau/", 404)
    assert "Elle n’est pas encore complète" in read(bureau, "vide/donner/")
    factories.grille("prete")
    factories.edition().__class__.objects.update(closed_at=NOW)
    assert "Aucune édition n’est ouverte" in read(bureau, "prete/donner/")


def test_lists_cost_the_same_however_long(bureau: Client, django_assert_max_num_queries: Any) -> None:
    editions = [factories.edition(f"{year}-{year + 1}") for year in range(2024, 2028)]
    for n, edition in enumerate(editions):
        attach_grille(edition, factories.grille(f"g{n}"), access=OPERATOR, at=NOW)
    bureau.get(ROOT)
    with django_assert_max_num_queries(9):
        assert "3 critères" in read(bureau)
    with django_assert_max_num_queries(16):
        read(bureau, "g2/")


def test_an_academie_reads_what_editions_use_and_no_draft(bureau: Client) -> None:
    where = factories.territory()
    used = factories.grille("2026")
    attach_grille(where.semaine.edition, used, access=OPERATOR, at=NOW, due_on=dt.date(2027, 7, 5))
    factories.grille("2027")
    moderator = client_of(TypeRole.MODERATEUR, academie=where.academie)
    listed = read(moderator)
    assert "Grille 2026" in listed
    assert "Grille 2027" not in listed
    page = read(moderator, "2026/")
    assert f"Grille de l’édition {YEAR}, à remplir jusqu’au 5 juillet 2027. Elle est figée" in page
    assert "4.1 Annoncer Niveau 0 Rien. Niveau 1 Un peu." in page
    assert "Le site montre à côté : supports publiés, retombées." in page
    assert "Modifier" not in page
    read(moderator, "2027/", 404)
    for address in ("2026/modifier/", "2026/criteres/nouveau/", "2026/copier/", "2026/donner/"):
        read(moderator, address, 403)


def test_the_bureau_prepares_the_next_version_and_gives_it(bureau: Client) -> None:
    edition = factories.edition()
    attach_grille(edition, factories.grille("2026"), access=OPERATOR, at=NOW)
    made = bureau.post(f"{ROOT}2026/copier/", {"name": "Grille 2027", "code": "2027"}, follow=True)
    assert "Prolonge « 4.1 Annoncer »." in words(made)
    again = bureau.post(f"{ROOT}2026/copier/", {"name": "Encore", "code": "2027"})
    assert "Une version porte déjà le code « 2027 »" in words(again)
    grille = Grille.objects.get(code="2027")
    first = critere(grille, "4.1")
    address = f"{ROOT}2027/criteres/{first.pk}/"
    done = bureau.post(
        address, posted(first, title="Faire savoir", anciens=["4.1", "4.2"], level_4=""), follow=True
    )
    told = words(done)
    assert "Réunit « 4.1 Annoncer » et « 4.2 Rassembler »" not in told  # 4.2 still has its own line
    assert "Mêle « 4.1 Annoncer » et « 4.2 Rassembler » : ses niveaux ne s’y comparent pas." in told
    assert "4.1 : le niveau 4 n’a pas de mots" in told
    assert "Elle n’est pas encore complète" in read(bureau, "2027/donner/")
    bureau.post(address, posted(critere(grille, "4.1"), level_4="Partout.", anciens=["4.1"]))
    second = critere(grille, "4.2")
    following = bureau.post(f"{ROOT}2027/criteres/{second.pk}/", posted(second, anciens=[], suivant="1"))
    assert following["Location"] == f"{ROOT}2027/criteres/{critere(grille, '2.1').pk}/"
    assert "Ces critères de « Grille 2026 » ne mènent à aucun de ceux-ci : 4.2 Rassembler" in read(
        bureau, "2027/"
    )
    bureau.post(f"{ROOT}2027/geste/", {"descendre": first.pk})
    new = {"lu": "{}", "objectif": "communiquer", "code": "4.3", "title": "Les médias", "weight": "1"}
    assert "?objectif=communiquer" in bureau.get(f"{ROOT}2027/").content.decode()
    bureau.post(f"{ROOT}2027/criteres/nouveau/", new)
    added = critere(grille, "4.3")
    bureau.post(f"{ROOT}2027/geste/", {"retirer": added.pk})
    codes = [one.code for one in grille_dite(Grille.objects.complete().get(pk=grille.pk)).criteres]
    assert codes == ["4.2", "4.1", "2.1"]
    given = bureau.post(f"{ROOT}2027/donner/", {"edition": YEAR, "due_on": "2027-07-05"}, follow=True)
    assert f"L’édition {YEAR} utilise cette grille." in words(given)
    assert GrilleEdition.objects.get().due_on == dt.date(2027, 7, 5)
    # frozen now: what is typed comes back with why, and no gesture does anything
    late = bureau.post(address, posted(critere(grille, "4.1"), title="Trop tard"))
    assert (late.status_code, "Trop tard" in late.content.decode()) == (200, True)
    assert "elle est figée et ne s’écrit plus" in words(late)
    refused = bureau.post(f"{ROOT}2027/geste/", {"monter": first.pk})
    assert (refused.status_code, "elle est figée" in words(refused)) == (409, True)
    assert bureau.post(f"{ROOT}2027/geste/", {"supprimer": "1"}).status_code == 409
    bureau.post(f"{ROOT}2027/geste/", {"sauter": "1"})
    assert critere(grille, "4.1").title == "Faire savoir"


def test_two_who_write_one_criterion_choose_field_by_field(bureau: Client) -> None:
    grille = factories.grille("2027")
    row = critere(grille, "4.1")
    sent = posted(row, title="Annoncer partout", weight="3")
    shown = critere_values(row)
    other = factories.person(TypeRole.NATIONAL, "collegue@education.example")
    access = factories.access(other)
    write_critere(grille, row.pk, shown | {"title": "Faire savoir"}, read=marks(shown), access=access, at=NOW)
    address = f"{ROOT}2027/criteres/{row.pk}/"
    conflict = bureau.post(address, sent)
    assert conflict.status_code == 409
    told = words(conflict)
    assert "Ma saisie Annoncer partout" in told
    assert f"C’était {other}, le" in told
    assert "Ce qui est enregistré sur le site Faire savoir" in told
    assert critere(grille, "4.1").weight == 2
    # marks that are none show nothing: all that differs is asked
    assert bureau.post(address, sent | {"lu": "[1]"}).status_code == 409
    # sent again over what is there now, it is meant: the title stays the site's, the weight is theirs
    kept = re.search(r'name="lu" value="([^"]+)"', conflict.content.decode())
    assert kept is not None
    again = sent | {"lu": unescape(kept[1]), "choix-title": "site"}
    assert bureau.post(address, again).status_code == 302
    assert (critere(grille, "4.1").title, critere(grille, "4.1").weight) == ("Faire savoir", 3)


def head(grille: Grille, **typed: Any) -> dict[str, Any]:
    rows = list(grille.objectifs.values_list("pk", "label"))
    values = {"name": grille.name, "preamble": grille.preamble, "objectifs": [list(row) for row in rows]}
    sent: dict[str, Any] = {
        "name": grille.name,
        "preamble": grille.preamble,
        "lu": json.dumps(marks(values)),
        "objectifs-TOTAL_FORMS": len(rows),
        "objectifs-INITIAL_FORMS": 0,
    }
    for n, (number, label) in enumerate(rows):
        sent |= {f"objectifs-{n}-number": number, f"objectifs-{n}-label": label}
    return sent | typed


def test_the_head_is_written_and_its_list_needs_no_script(bureau: Client) -> None:
    grille = factories.grille("2027")
    address = f"{ROOT}2027/modifier/"
    asked = bureau.post(address, head(grille, ajouter="objectifs"))
    assert 'name="objectifs-2-label"' in asked.content.decode()
    moved = head(grille, descendre="objectifs-0")
    assert bureau.post(address, moved).content.decode().index("Mobiliser") > 0
    more = {"objectifs-TOTAL_FORMS": 3, "objectifs-2-label": "Accueillir", "preamble": "Deux.\r\n\r\nTrois."}
    assert bureau.post(address, head(grille, **more)).status_code == 302
    grille.refresh_from_db()
    assert grille.preamble == "Deux.\n\nTrois."
    assert list(grille.objectifs.values_list("label", flat=True)) == [
        "Communiquer",
        "Mobiliser",
        "Accueillir",
    ]
    assert "Accueillir : cet objectif n’a aucun critère" in read(bureau, "2027/")
    refused = bureau.post(address, head(grille, **{"objectifs-0-label": ""}))
    assert "« Communiquer » a encore des critères" in words(refused)
    unnamed = bureau.post(address, head(grille, name=""))
    assert unnamed.status_code == 200
    stale = head(grille, name="La mienne")
    Grille.objects.filter(pk=grille.pk).update(name="La leur")
    conflict = bureau.post(address, stale)
    assert (conflict.status_code, "La leur" in words(conflict)) == (409, True)
    # the same form with nothing changed says so
    assert "Rien n’avait changé" in words(bureau.post(address, head(Grille.objects.get()), follow=True))


def test_a_version_is_given_up(bureau: Client) -> None:
    factories.grille("2027")
    gone = bureau.post(f"{ROOT}2027/geste/", {"supprimer": "1"}, follow=True)
    assert "La version « Grille 2027 » est supprimée." in words(gone)
    assert not Grille.objects.exists()
