"""Each field of a sheet walks each way: its value arrives unchanged, or the table says why it does not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accroche.actions.champs import FEUILLES, Reprise, Voie
from accroche.actions.controle import Fiche, obstacles, public_texts
from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Lien
from accroche.actions.queries import content_of
from accroche.actions.queries.contenu import pieces_of
from accroche.actions.saisie import (
    ActiviteSaisie,
    Contenu,
    LienSaisi,
    PartenaireSaisi,
    PieceDite,
    PorteurSaisi,
)
from accroche.catalogue.criteres import FACETTES, Criteres, Point
from accroche.catalogue.queries.moteur import search
from accroche.comptes.models import User
from accroche.comptes.regles import TypeRole
from accroche.imports.queries.informations import informations
from accroche.imports.recensement.champs import Champ as Colonne
from accroche.imports.recensement.differences import content_of_row
from accroche.imports.recensement.round_trip import COLUMNS, cells_of, table_of
from accroche.imports.recensement.rows import RowReader
from accroche.integrations.tantivy import TEXTS as TEXTS_OF_INDEX
from accroche.lib.champs import Champ, Non, Par
from accroche.relecture.operations.fusion import merge
from tests import factories, indexing
from tests.actions.declaring import fields as form_fields
from tests.actions.declaring import sheet_address, signed_in
from tests.factories import NOW, YEAR
from tests.marques import VALEURS, VOCABULAIRES, Monde, held, monde, mots, normal, told
from tests.voies import check

PHONE = "06 12 34 56 78"


@pytest.fixture
def world(db: None) -> Monde:
    assert db is None
    return monde()


@pytest.fixture
def moderator(world: Monde) -> User:
    """Who moderates both académies."""
    person = factories.person(TypeRole.MODERATEUR, academie=world.where.academie)
    factories.role(person, TypeRole.MODERATEUR, academie=world.elsewhere.academie)
    return person


def test_the_form(world: Monde, moderator: User) -> None:
    """What the form of the marked sheet sends is sent for the bare one."""
    Action.objects.filter(pk=world.bare.pk).update(etat=Etat.DRAFT)
    client = signed_in(moderator)
    sent = form_fields(client, world.marked) | {"version": world.bare.version}
    sent.pop("lu", None)
    answer = client.post(sheet_address(world.bare), sent)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    check(Voie.FORMULAIRE, lambda champ: held(world.bare, champ.name))


def test_the_gate(world: Monde) -> None:
    texts = public_texts(content_of(world.marked), pieces_of(world.marked)).values()
    check(Voie.CONTROLE, lambda champ: any(VALEURS[champ.name] in text.split("\n") for text in texts if text))


TEXTS = [champ for champ in FEUILLES if isinstance(VALEURS[champ.name], str)]


@pytest.mark.parametrize("champ", TEXTS, ids=lambda champ: champ.name)
def test_a_number_in_any_text_is_held_back(champ: Champ) -> None:
    rows: dict[str, Any] = {
        "porteurs": PorteurSaisi(),
        "partenaires": PartenaireSaisi(""),
        "liens": LienSaisi(""),
        "activites": ActiviteSaisie(""),
        "pieces": PieceDite("a.pdf", "document"),
    }
    stem, _, part = champ.name.partition(".")
    if stem not in {one.name for one in fields(Contenu)} | {"pieces"}:
        assert isinstance(champ.voies[Voie.CONTROLE], Non)
        return
    told: Any = (replace(rows[stem], **{part: PHONE}),) if part else PHONE
    if isinstance(champ.voies[Voie.CONTROLE], Non) and "code" in str(champ.voies[Voie.CONTROLE]):
        return  # a code of a vocabulary cannot be a number
    content = Contenu("") if stem == "pieces" else replace(Contenu(""), **{stem: told})
    pieces: Any = told if stem == "pieces" else ()
    days = (dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    remarks = obstacles(Fiche(content, pieces, has_contact=True, edition_days=days))
    wanted = [f"{stem}-1" if part else stem] if isinstance(champ.voies[Voie.CONTROLE], Par) else []
    assert [remark.field for remark in remarks] == wanted


def test_a_merge(world: Monde, moderator: User) -> None:
    merge(world.marked, world.bare, access=factories.access(moderator), at=NOW)
    kept = Action.objects.get(pk=world.bare.pk)
    account = {getattr(row, name) for row in kept.activites.all() for name in ("title", "description")}

    def arrives(champ: Champ) -> bool:
        if champ.voies[Voie.FUSION] == Par((Reprise.ACTIVITY,)):
            return VALEURS[champ.name] in account
        return held(kept, champ.name)

    check(Voie.FUSION, arrives)


def seen_on(pages: Sequence[str], client: Client) -> Callable[[Champ], bool]:
    """Whether the first page tells a value more often than the second, whose form may name it."""
    # what leads to a page of this site is told there
    read = (re.sub(r'href="/[^"]*"', "", client.get(page).content.decode()) for page in pages)
    marked, bare = map(normal, read)
    return lambda champ: any(marked.count(word) > bare.count(word) for word in mots(champ.name))


def test_the_moderators_page(world: Monde, moderator: User) -> None:
    pages = [reverse("relecture:fiche", args=[sheet.pk]) for sheet in (world.marked, world.bare)]
    full = seen_on(pages, signed_in(moderator))
    Action.objects.filter(pk=world.marked.pk).update(prize="")
    distinguished = seen_on(pages, signed_in(moderator))
    check(Voie.RELECTURE, lambda champ: full(champ) or (champ.name == "remarkable" and distinguished(champ)))


def test_the_public_page(world: Monde) -> None:
    pages = [
        reverse("catalogue:action", args=[YEAR, world.where.academie.slug, sheet.slug])
        for sheet in (world.marked, world.bare)
    ]
    full = seen_on(pages, Client())
    Action.objects.filter(pk=world.marked.pk).update(prize="")
    distinguished = seen_on(pages, Client())
    check(Voie.PAGE, lambda champ: full(champ) or (champ.name == "remarkable" and distinguished(champ)))


#: What cells say of a value that is no text.
CELLS = {
    "partenaires.internal": "Au sein de l’Éducation nationale",
    "remarkable": "Oui",
    "chosen": "Oui",
    "reprise_de": VALEURS["reprise_de"],
    "pieces.consent": "Autorisations écrites",
    "pieces.state": "visible",
}


def test_the_spreadsheet_out(world: Monde) -> None:
    """Each field is in a column of its own name: its value there, and not in the row that says nothing."""
    sheets = [world.marked, world.bare]
    known = informations(sheets)
    cells = [
        dict(zip(COLUMNS, cells_of(content_of(sheet), COLUMNS, known[sheet.pk]), strict=True))
        for sheet in sheets
    ]

    def arrives(champ: Champ) -> bool:
        words = {normal(CELLS[champ.name])} if champ.name in CELLS else mots(champ.name)
        value = VALEURS[champ.name]
        day = value.date() if isinstance(value, dt.datetime) else value
        words |= {normal(repr(day))} if isinstance(day, dt.date) else set()
        columns = [Colonne(key) for key in champ.cles(Voie.TABLEUR)] or COLUMNS
        marked, bare = (normal([one[column] for column in columns]) for one in cells)
        return any(word in marked and word not in bare for word in words)

    check(Voie.TABLEUR, arrives)


def test_the_spreadsheet_in(world: Monde) -> None:
    row = RowReader(table_of(COLUMNS), YEAR).read(2, cells_of(content_of(world.marked), COLUMNS))
    assert not row.is_blocked, row.remarks
    content = content_of_row(row, ())
    schools = {"name": row.mentions, "commune": row.mentions, "uai": row.codes}

    def arrives(champ: Champ) -> bool:
        stem, _, part = champ.name.partition(".")
        if stem == "porteurs":
            return any(VALEURS[champ.name] in mention.split(", ") for mention in schools.get(part, ()))
        return hasattr(content, stem) and told(content, champ.name)

    check(Voie.RECENSEMENT, arrives)


# -- the search ------------------------------------------------------------------------------------


def test_the_search(world: Monde, settings: Any, tmp_path: Path) -> None:
    """A value is found by its words, or by the filter of its field; what does not travel is not found."""
    settings.INDEX = tmp_path / "index"
    Lien.objects.create(action=world.marked, position=1, url="https://youtu.be/abcdefghijk")
    indexing.fill(settings.INDEX)
    place = Point(VALEURS["porteurs.latitude"], VALEURS["porteurs.longitude"])
    asked: dict[str, Criteres] = {
        "lat": Criteres(pres_de=place, rayon=1),
        "lon": Criteres(pres_de=place, rayon=1),
        "debut": Criteres(du=VALEURS["starts"], au=VALEURS["starts"]),
        "fin": Criteres(du=VALEURS["ends"], au=VALEURS["ends"]),
        "etablissement": Criteres(etablissement=VALEURS["porteurs.uai"]),
        "commune": Criteres(commune=VALEURS["porteurs.insee"]),
        "video": Criteres(video=True),
        "distinction": Criteres(distinctions=("remarquable",)),
    }

    def finds(criteres: Criteres) -> bool:
        found = search(criteres)
        assert found.source == "index"
        keys = {hit.action_pk for hit in found.hits}
        assert world.bare.pk not in keys
        return world.marked.pk in keys

    def arrives(champ: Champ) -> bool:
        value = VALEURS[champ.name]
        ways = champ.cles(Voie.RECHERCHE)
        for name in ways:
            facette = next((one for one in FACETTES if one.name == name), None)
            if name in asked:
                assert finds(asked[name]), (champ.name, name)
            elif facette:
                codes = value if isinstance(value, tuple) else (value,)
                assert finds(Criteres(**{facette.field: codes})), (champ.name, name)  # type: ignore[arg-type]
        if ways and not set(ways) & {*TEXTS_OF_INDEX}:
            return True
        told = [] if isinstance(value, bool) else [*value] if isinstance(value, tuple) else [value]
        words = [VOCABULAIRES[champ.name](one).label if champ.name in VOCABULAIRES else one for one in told]
        return any(finds(Criteres(q=f'"{one}"')) for one in words)

    check(Voie.RECHERCHE, arrives)
