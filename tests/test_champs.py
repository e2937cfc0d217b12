"""Each field of a sheet walks each way: its value arrives unchanged, or the table says why it does not."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
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
from accroche.dossier.bilan import bilan
from accroche.dossier.comparaison import differences
from accroche.dossier.dossier import ActionDossier, EditionDossier
from accroche.dossier.edition_json import edition_json
from accroche.dossier.queries.dossier import dossier_of
from accroche.imports.operations import load_dossier
from accroche.imports.pack import PackError, read_pack
from accroche.imports.recensement.round_trip import COLUMNS, cells_of, table_of
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.verdicts import content_of_row
from accroche.integrations.tantivy import TEXTS as TEXTS_OF_INDEX
from accroche.lib.champs import Champ, Non, Par
from accroche.publications.documents.synthese import build
from accroche.publications.documents.synthese.donnees import data_tables
from accroche.publications.versions import Imprint
from accroche.relecture.operations.fusion import merge
from tests import factories, indexing
from tests.actions.declaring import fields as form_fields
from tests.actions.declaring import sheet_address, signed_in
from tests.factories import NOW, YEAR
from tests.marques import VALEURS, VOCABULAIRES, Monde, altered, held, monde, mots, normal, told

PHONE = "06 12 34 56 78"


# -- every way is walked ---------------------------------------------------------------------------


def check(voie: Voie, arrives: Callable[[Champ], bool]) -> None:
    """Each field has arrived, or its reason stands in the table and it has not."""
    lost, denied = [], []
    for champ in FEUILLES:
        way = champ.voies[voie]
        if isinstance(way, Par) and not arrives(champ):
            lost.append(champ.name)
        if isinstance(way, Non) and arrives(champ):
            denied.append(f"{champ.name} ({way.raison})")
    assert not lost, f"« {voie} » loses {lost}: mend that way, or say why in actions/champs.py"
    assert not denied, f"« {voie} » tells {denied}, though the table says why it would not"


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


def test_the_spreadsheet_out(world: Monde) -> None:
    written = {sheet: normal(cells_of(content_of(sheet), COLUMNS)) for sheet in (world.marked, world.bare)}
    day = {normal(repr(VALEURS[name])): name for name in ("starts", "ends")}

    def arrives(champ: Champ) -> bool:
        words = mots(champ.name) | {word for word, name in day.items() if name == champ.name}
        return any(word in written[world.marked] and word not in written[world.bare] for word in words)

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


# -- an edition as plain data ----------------------------------------------------------------------


@pytest.fixture
def dossier(world: Monde) -> EditionDossier:
    """The edition of the marked sheet, which it holds alone."""
    Action.objects.filter(pk=world.bare.pk).delete()
    return dossier_of(world.where.semaine.edition)


def action_of(dossier: EditionDossier) -> ActionDossier:
    return next(action for semaine in dossier.semaines for action in semaine.actions)


def holding(dossier: EditionDossier, action: ActionDossier) -> EditionDossier:
    return replace(
        dossier, semaines=tuple(replace(s, actions=(action,) if s.actions else ()) for s in dossier.semaines)
    )


def changes(out: Callable[[EditionDossier], object], dossier: EditionDossier) -> Callable[[Champ], bool]:
    """Whether what is made of an edition changes with the value of a field, and tells it."""

    def arrives(champ: Champ) -> bool:
        action = action_of(dossier)
        if champ.name.startswith("private_") or champ.name in {"declared", "submitted"}:
            action = replace(action, **{champ.name: VALEURS[champ.name]})
        if champ.name == "remarkable":
            action = replace(action, prize="")  # which says it better
        before, after = (normal(repr(out(holding(dossier, one)))) for one in (action, altered(action, champ)))
        if before == after:
            return False
        value = VALEURS[champ.name]
        assert isinstance(value, bool) or any(word in before for word in mots(champ.name) | _days(value))
        return True

    return arrives


def _days(value: object) -> set[str]:
    return {normal(repr(value))} if isinstance(value, dt.date) else set()


def test_the_dossier(dossier: EditionDossier) -> None:
    action = action_of(dossier)
    check(Voie.DOSSIER, lambda champ: told(action, champ.name))


def test_a_comparison_of_versions(dossier: EditionDossier) -> None:
    empty = holding(dossier, ActionDossier("Autre"))

    def out(one: EditionDossier) -> object:
        # against the same sheet without anything, then against another one
        same = holding(one, ActionDossier(action_of(one).title))
        return (differences(one, same, prose=True), differences(one, empty, prose=True))

    check(Voie.COMPARAISON, changes(out, dossier))


def test_the_synthesis(dossier: EditionDossier) -> None:
    def out(one: EditionDossier) -> object:
        return replace(build(one, Imprint("Bureau")), data=())

    check(Voie.DOCUMENT, changes(out, dossier))


def test_the_open_data(dossier: EditionDossier) -> None:
    def out(one: EditionDossier) -> object:
        named = {"actions", "porteurs", "partenaires_actions"}
        return [table for table in data_tables(one, bilan(one)) if table.name in named]

    check(Voie.DONNEES, changes(out, dossier))


def test_each_value_of_open_data_stands_in_its_column(dossier: EditionDossier) -> None:
    tables = {table.name: table for table in data_tables(dossier, bilan(dossier))}
    for champ in FEUILLES:
        way = champ.voies[Voie.DONNEES]
        if isinstance(way, Par) and champ.name != "levels":
            rows = {"porteurs": "porteurs", "partenaires": "partenaires_actions"}
            table = tables[rows.get(champ.name.partition(".")[0], "actions")]
            at = [field.name for field in table.fields].index(way.cles[0])
            value = VALEURS[champ.name]
            wanted = " ; ".join(value) if isinstance(value, tuple) else value
            assert wanted in [row[at] for row in table.rows], champ.name


def test_the_json(dossier: EditionDossier) -> None:
    check(Voie.JSON, changes(lambda one: edition_json(one)["semaines"], dossier))


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


# -- files -----------------------------------------------------------------------------------------

HEAD = """edition = "2015-2016"
title = "Semaine"
"""
SEMAINE = """academie = "Dijon"
windows = [[2016-03-14, 2016-03-18]]
status = "reported"
chiffres = {actions = "1", etablissements = "1"}
"""
#: How files of an edition call two lists.
_KEYS = {"liens": "links"}


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case dt.datetime():
            return f'"{value.isoformat()}"'
        case dt.date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return f"{{{', '.join(f'{name} = {_toml(one)}' for name, one in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)


def _pack(folder: Path, action: dict[str, Any]) -> EditionDossier:
    """Write an edition of one action, and read it."""
    (folder / "2015-2016/academies").mkdir(parents=True, exist_ok=True)
    (folder / "2015-2016/edition.toml").write_text(HEAD, "utf-8")
    lines = [f"{_KEYS.get(name, name)} = {_toml(value)}" for name, value in action.items()]
    text = "\n".join([SEMAINE, "[[actions]]", *lines])
    (folder / "2015-2016/academies/dijon.toml").write_text(text, "utf-8")
    return read_pack("2015-2016", folder)


def _as_table(action: ActionDossier, kept: set[str]) -> dict[str, Any]:
    """An action as keys and values, of the fields ``kept``; without what is empty."""
    told: dict[str, Any] = {}
    for one in fields(action):
        value = getattr(action, one.name)
        if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            rows = [
                {
                    part.name: getattr(row, part.name)
                    for part in fields(row)
                    if f"{one.name}.{part.name}" in kept and getattr(row, part.name) not in (None, "")
                }
                for row in value
            ]
            if any(rows):
                told[one.name] = rows
        elif one.name in kept and value not in (None, "", ()):
            told[one.name] = value
    return told


@pytest.mark.django_db
def test_a_pack(dossier: EditionDossier, tmp_path: Path) -> None:
    """What a pack carries is written, read, loaded and told again; what it does not, it refuses by name."""
    action = replace(
        action_of(dossier), **{name: VALEURS[name] for name in VALEURS if name.startswith("private_")}
    )
    carried = {champ.name for champ in FEUILLES if champ.goes(Voie.PACK)}
    Action.objects.all().delete()
    load_dossier(_pack(tmp_path, _as_table(action, carried)), origin="pack", publish_at=NOW)
    loaded = Action.objects.get()

    def arrives(champ: Champ) -> bool:
        if champ.name in carried:
            return held(loaded, champ.name)
        try:
            _pack(tmp_path, _as_table(action, carried | {champ.name}))
        except PackError as error:
            return "clé inconnue" not in str(error)
        return True

    check(Voie.PACK, arrives)
