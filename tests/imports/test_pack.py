"""The pack reader refuses what ``docs/pack.md`` does not describe, and says where."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from accroche.actions.regles import Nature, SourceAction, Temporalite
from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import StatutSemaine
from accroche.imports import pack
from accroche.imports.pack import PACKS, PackError, available_packs, read_pack
from accroche.lib.chiffres import Kind
from tests.strictness import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.dossier.dossier import EditionDossier

EDITION = """
edition = "2015-2016"
title = "Semaine de la persévérance scolaire"
previous_academies = ["Lyon"]
notes = ["Une note."]

[[introduction]]
title = "Mobiliser"
text = "Un texte."

[[axes]]
code = "niveaux"
label = "Toucher tous les niveaux"

[[objectifs]]
code = "communiquer"
label = "Communiquer"
conclusion = "Une conclusion."
academies = ["Dijon"]

[[perspectives]]
title = "Aider"
text = "Un texte."

[[tutorats]]
kind = "prioritaire"
academies = ["Dijon"]
"""
DIJON = """
academie = "Dijon"
windows = [[2016-01-18, 2016-01-22], [2016-03-14, 2016-03-18]]
ordinal = 1
status = "reported"
levels = ["college"]
themes = ["Le numérique"]

[[axes]]
code = "niveaux"

[chiffres]
actions = "19"
etablissements = "N.C."

[[partenaires]]
name = "CANOPE"
kind = "operateur"
internal = true

[[temps_forts]]
title = "Salon"
kind = "salon"
starts = 2016-01-21
ends = 2016-01-21
stops = [{ place = "Cher", date = 2016-01-21 }]

[[ressources]]
title = "Carte"
kind = "carte"
url = "http://www.ac-dijon.fr/carte"
published = true

[[actions]]
title = "Forum"
remarkable = true
temporality = "semaine"
nature = "prevention"
levels = ["college"]
themes = ["orientation"]
source = "experitheque"
experitheque_id = 9661

[[actions.links]]
url = "http://www.ac-dijon.fr/forum"

[[actions.partenaires]]
name = "ONISEP"

[[actions.porteurs]]
name = "Collège Carnot"
kind = "college"
commune = "Dijon"
insee = "21231"
uai = "0010001W"
latitude = 47.3
longitude = 5.0
"""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "2015-2016" / "academies"
    folder.mkdir(parents=True)
    (folder / "dijon.toml").write_text(DIJON, encoding="utf-8")
    (folder.parent / "edition.toml").write_text(EDITION, encoding="utf-8")
    return tmp_path


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_small_pack_is_read(packs: Path) -> None:
    dossier = read_pack("2015-2016", packs)
    (dijon,) = dossier.semaines
    (action,) = dijon.actions
    assert dijon.status is StatutSemaine.REPORTED
    assert dijon.levels == {Niveau.COLLEGE}
    assert [figure.kind for figure in dijon.etablissements_figures] == [Kind.NOT_COMMUNICATED]
    assert action.porteurs[0].uai == "0010001W"
    assert dossier.objectifs[0].academies == ("Dijon",)


def test_what_the_file_leaves_out_is_unknown(packs: Path) -> None:
    (packs / "2015-2016/academies/dijon.toml").write_text(
        'academie = "Dijon"\nwindows = []\nstatus = "unavailable"\n'
        '[chiffres]\nactions = ""\netablissements = ""\n[[actions]]\ntitle = "Forum"\n',
        encoding="utf-8",
    )
    (dijon,) = read_pack("2015-2016", packs).semaines
    (action,) = dijon.actions
    assert dijon.ordinal is None
    assert [figure.kind for figure in dijon.actions_figures] == [Kind.UNAVAILABLE]
    assert (action.temporality, action.nature) == (Temporalite.UNKNOWN, Nature.UNKNOWN)
    assert (action.source, action.experitheque_id) == (SourceAction.SEMAINE, None)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ordinal = 1", "ordinal = 1\ncolour = 2", "dijon.toml, colour : clé inconnue"),
        ("remarkable = true", "remarquable = true", "actions.0.remarquable : clé inconnue"),
        ('insee = "21231"', 'insée = "21231"', "dijon.toml"),
        ('status = "reported"', "", "dijon.toml, status : clé absente"),
        ('etablissements = "N.C."', "", "dijon.toml, chiffres.etablissements : clé absente"),
        ('status = "reported"', 'status = "fait"', "status : « fait » ne convient pas.*'reported' ou"),
        ('levels = ["college"]\nthemes = ["Le', 'levels = ["lycée"]\nthemes = ["Le', "levels.* : « lycée »"),
        ('code = "niveaux"', 'code = "niveau"', "axes.0.code : « niveau » ne convient pas"),
        ('kind = "salon"', 'kind = "fete"', "temps_forts.0.kind : « fete »"),
        ('kind = "carte"', 'kind = "plan"', "ressources.0.kind : « plan »"),
        ('kind = "operateur"', 'kind = "opérateur"', "partenaires.0.kind : « opérateur »"),
        ('kind = "college"', 'kind = "collège"', "actions.0.porteurs.0.kind : « collège »"),
        ('temporality = "semaine"', 'temporality = "jour"', "actions.0.temporality : « jour »"),
        ('nature = "prevention"', 'nature = "prévention"', "actions.0.nature : « prévention »"),
        ('themes = ["orientation"]', 'themes = ["autre"]', "actions.0.themes.0 : « autre »"),
        ('source = "experitheque"', 'source = "presse"', "actions.0.source : « presse »"),
        ("http://www.ac-dijon.fr/carte", "www.ac-dijon.fr", "ressources.0.url : .* n’a pas la forme"),
        ("http://www.ac-dijon.fr/forum", "http://www.ac dijon.fr", "links.0.url : .* n’a pas la forme"),
        ("http://www.ac-dijon.fr/forum", "", "links.0.url : .* n’a pas la forme"),
        ("http://www.ac-dijon.fr/forum", "http://" + "a" * 494, "links.0.url : .*500 caractères au plus"),
        ("starts = 2016-01-21", 'starts = "2016-01-21"', "temps_forts.0.starts : écrivez une date"),
        ("starts = 2016-01-21", "starts = 2016-01-21T10:00:00", "temps_forts.0.starts : écrivez une date"),
        ("starts = 2016-01-21\n", "", "temps_forts.0 : « ends » sans « starts »"),
        ("ends = 2016-01-21", "ends = 2016-01-20", "temps_forts.0 : la fin précède le début"),
        ("date = 2016-01-21", "date = 21", "temps_forts.0.stops.0.date : écrivez une date"),
        ("2016-01-18, 2016-01-22", "2016-01-22, 2016-01-18", "windows.0 : la fin précède le début"),
        ("2016-01-18, 2016-01-22", "2016-03-21, 2016-03-25", "windows : les périodes se suivent"),
        ("2016-01-18, 2016-01-22", "2016-01-18, 2016-03-14", "windows : les périodes se suivent"),
        ("[2016-01-18, 2016-01-22]", "[2016-01-18]", "windows.0.1 : clé absente"),
        ("[2016-01-18, 2016-01-22]", "[2016-01-18, 2016-01-19, 2016-01-22]", "windows.0 : la liste est"),
        ("[2016-01-18, 2016-01-22]", "2016-01-18", "windows.0 : écrivez une liste"),
        ("2016-01-18", "2016-02-30", "dijon.toml : fichier TOML illisible"),
        ("ordinal = 1", "ordinal = 0", "ordinal : « 0 » est trop petit, 1 au moins"),
        ("ordinal = 1", "ordinal = true", "ordinal : écrivez un nombre entier"),
        ("ordinal = 1", 'ordinal = "1"', "ordinal : écrivez un nombre entier"),
        ("ordinal = 1", "ordinal = 1.0", "ordinal : écrivez un nombre entier"),
        ("experitheque_id = 9661", 'experitheque_id = "9661"', "experitheque_id : écrivez un nombre entier"),
        ("remarkable = true", 'remarkable = "oui"', "actions.0.remarkable : écrivez true ou false"),
        ("internal = true", "internal = 1", "partenaires.0.internal : écrivez true ou false"),
        ("published = true", 'published = "true"', "ressources.0.published : écrivez true ou false"),
        ('title = "Forum"', "title = 1", "actions.0.title : écrivez un texte"),
        ('title = "Forum"', 'title = " "', "actions.0.title : le texte est vide"),
        ('name = "ONISEP"', 'name = ""', "actions.0.partenaires.0.name : le texte est vide"),
        ('name = "Collège Carnot"', 'name = ""', "actions.0.porteurs.0.name : le texte est vide"),
        ('insee = "21231"', 'insee = "2123"', "porteurs.0.insee : « 2123 » n’a pas la forme"),
        ('insee = "21231"', 'insee = "2C001"', "porteurs.0.insee : « 2C001 » n’a pas la forme"),
        ("0010001W", "0010001X", "porteurs.0.uai : Les chiffres et la lettre"),
        ("latitude = 47.3", "latitude = 91", "porteurs.0.latitude : « 91 » est trop grand, 90"),
        ("longitude = 5.0", "longitude = -181", "porteurs.0.longitude : « -181 » est trop petit, -180"),
        ("latitude = 47.3", 'latitude = "47.3"', "porteurs.0.latitude : écrivez un nombre"),
        ("latitude = 47.3\n", "", "porteurs.0 : « latitude » et « longitude » vont ensemble"),
        (
            'actions = "19"',
            'actions = "beaucoup"',
            "dijon.toml, chiffres : Nombre non compris : « beaucoup »",
        ),
        ('actions = "19"', "actions = 19", "chiffres.actions : écrivez un texte"),
        (
            'code = "niveaux"',
            'code = "niveaux"\n[[axes]]\ncode = "niveaux"',
            "axes : « niveaux » est écrit deux",
        ),
        (
            "[[actions.porteurs]]",
            '[[actions.porteurs]]\nname = "Le CIO"\nkind = "cio"\n' * 2 + "[[actions.porteurs]]",
            "actions.0.porteurs : « Le CIO, cio » est écrit deux fois",
        ),
        (
            "[[actions.partenaires]]",
            '[[actions.partenaires]]\nname = "ONISEP"\n[[actions.partenaires]]',
            "actions.0.partenaires : « ONISEP » est écrit deux fois",
        ),
        (
            "[[actions.links]]",
            '[[actions.links]]\nurl = "http://www.ac-dijon.fr/forum"\n[[actions.links]]',
            "actions.0.links : « http://www.ac-dijon.fr/forum » est écrit deux fois",
        ),
        ('themes = ["orientation"]', 'themes = ["langue", "langue"]', "themes : « langue » est écrit deux"),
        ('academie = "Dijon"', 'academie = "Lyon"', "dijon.toml : l’académie « Lyon » porte un autre nom"),
        ("[chiffres]", "[chiffres", "dijon.toml : fichier TOML illisible"),
    ],
)
def test_a_slip_in_a_sheet_is_told_with_its_file_and_key(
    packs: Path, old: str, new: str, message: str
) -> None:
    sheet = packs / "2015-2016/academies/dijon.toml"
    if sheet.read_text(encoding="utf-8").count(old) > 1:  # the action's, after the semaine's
        head, tail = sheet.read_text(encoding="utf-8").rsplit(old, 1)
        sheet.write_text(head + new + tail, encoding="utf-8")
    else:
        rewrite(sheet, old, new)
    with pytest.raises(PackError, match=message) as caught:
        read_pack("2015-2016", packs)
    assert str(caught.value).startswith("dijon.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('edition = "2015-2016"', 'edition = "2014-2015"', "« 2014-2015 » n’est pas son dossier"),
        ('edition = "2015-2016"', "", "edition : clé absente"),
        ('label = "Communiquer"', 'label = ""', "objectifs.0.label : le texte est vide"),
        ('code = "communiquer"', 'code = "parler"', "objectifs.0.code : « parler » ne convient pas"),
        ('kind = "prioritaire"', 'kind = "urgent"', "tutorats.0.kind : « urgent » ne convient pas"),
        (
            'kind = "prioritaire"\nacademies = ["Dijon"]',
            'kind = "possible"',
            "tutorats.0.academies : clé absente",
        ),
        ('["Lyon"]', '["Lyon", "Lyon"]', "previous_academies : « Lyon » est écrit deux fois"),
        ('notes = ["Une note."]', 'notes = "Une note."', "notes : écrivez une liste"),
        ('code = "niveaux"', 'code = "niveaux"\ndetail = "A"', "axes.0.detail : clé inconnue"),
    ],
)
def test_a_slip_in_the_edition_is_told_with_its_key(packs: Path, old: str, new: str, message: str) -> None:
    rewrite(packs / "2015-2016/edition.toml", old, new)
    with pytest.raises(PackError, match=message) as caught:
        read_pack("2015-2016", packs)
    assert str(caught.value).startswith("edition.toml")


def test_a_sheet_that_is_no_text_is_refused(packs: Path) -> None:
    (packs / "2015-2016/academies/dijon.toml").write_bytes(b'academie = "Besan\xe7on"')
    with pytest.raises(PackError, match=r"dijon\.toml : fichier TOML illisible"):
        read_pack("2015-2016", packs)


@pytest.mark.parametrize("edition", ["2016-2017", "", ".", "..", "../2015-2016", "2015-2016/academies"])
def test_an_unknown_pack_says_which_there_are(packs: Path, edition: str) -> None:
    (packs / "2013-2014").mkdir()
    with pytest.raises(PackError, match=r"Aucun dossier d’édition .*Éditions fournies : .*2015-2016\."):
        read_pack(edition, packs)


def test_packs_shipped() -> None:
    assert available_packs()[-1] == "2015-2016"
    for edition in available_packs():
        assert read_pack(edition).edition == edition


# -- the format document --------------------------------------------------------------------------------


def described(heading: str) -> str:
    text = (ROOT / "docs/pack.md").read_text(encoding="utf-8")
    found = re.search(rf"## {heading}\n\n```toml\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def test_the_example_of_the_format_is_a_pack(packs: Path) -> None:
    sheet, edition = described("One académie"), described("The edition")
    assert tomllib.loads(sheet).keys() == pack._Semaine.model_fields.keys()
    assert tomllib.loads(edition).keys() == pack._Edition.model_fields.keys()
    (packs / "2015-2016/academies/dijon.toml").write_text(
        sheet.replace('url = "http://…"', 'url = "http://exemple.fr"'), encoding="utf-8"
    )
    (packs / "2015-2016/edition.toml").write_text(edition, encoding="utf-8")
    dossier = read_pack("2015-2016", packs)
    assert dossier.semaines[0].actions[0].porteurs[0].name == "Collège Félix Tisserand"
    assert len(dossier.semaines[0].windows) == 2


# -- order ----------------------------------------------------------------------------------------------


def test_semaines_come_in_the_order_of_their_files(pack_2015: EditionDossier) -> None:
    files = sorted(path.stem for path in (PACKS / "2015-2016/academies").iterdir())
    assert len(files) == len(pack_2015.semaines)
    names = [semaine.academie for semaine in pack_2015.semaines]
    assert names.index("La Réunion") == files.index("la-reunion")


def test_levels_and_themes_of_an_action_come_in_one_order(packs: Path) -> None:
    sheet = packs / "2015-2016/academies/dijon.toml"
    rewrite(sheet, 'themes = ["orientation"]', 'themes = ["sport", "culture"]')
    text = sheet.read_text(encoding="utf-8")
    head, tail = text.rsplit('levels = ["college"]', 1)
    sheet.write_text(head + 'levels = ["lycee", "premier_degre"]' + tail, encoding="utf-8")
    (action,) = read_pack("2015-2016", packs).semaines[0].actions
    assert action.themes == ("culture", "sport")
    assert action.levels == (Niveau.PREMIER_DEGRE, Niveau.LYCEE)


def test_closed_windows_are_days(pack_2015: EditionDossier) -> None:
    for semaine in pack_2015.semaines:
        for starts, ends in semaine.windows:
            assert (type(starts), type(ends)) == (dt.date, dt.date)
