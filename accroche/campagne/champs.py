"""What a semaine's page is made of, told once: each field, and by which ways it travels or **why not**.

The same idea as ``actions/champs.py`` for a sheet; ``tests/test_champs_semaine.py`` walks it. The sheets of a
semaine, its académie and its edition travel around it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.lib.champs import PAR, Champ, Genre, Non, Par, Ways, feuilles


class Voie(StrEnum):
    """A way a field travels."""

    #: the page where its académie writes it
    FORMULAIRE = "formulaire"
    #: refused there when it holds a private number or address
    CONTROLE = "controle"
    #: its public page
    PAGE = "page"
    #: the files of an edition
    PACK = "pack"
    #: the plain data of an edition, and so frozen versions
    DOSSIER = "dossier"
    #: told when two tellings of an edition differ
    COMPARAISON = "comparaison"
    #: printed in the synthesis
    DOCUMENT = "document"
    #: in the open data of the synthesis
    DONNEES = "donnees"
    #: in the JSON of an edition
    JSON = "json"


PARTOUT: Final[Ways] = dict.fromkeys(Voie, PAR)
PAS_DE_TEXTE: Final = Non("a code, a day or a number holds nobody's telephone nor address")
PAGE_DES_AXES: Final = Non("the page of axes writes it, and refuses private things itself")
PAS_TAPE: Final = Non("no page lets an académie type it: files of an edition tell it")
LONG: Final = Non("a long text is no cell; the JSON holds it")
CITES: Final = Non(
    "partners are cited by their names and parts there; the page and the data say what they are"
)
SIGNE: Final = Non("it is signed on a page of its own, which refuses private things itself")
ORGANISME: Final = Non("the address of a page: its digits are no telephone")
#: What an académie tells the national bureau, and nobody else: neither the public nor another académie.
ENTRE_EUX: Final = "between its académie and the national bureau"
_TU: Final = Non(ENTRE_EUX)

_F, _C, _P, _K = Voie.FORMULAIRE, Voie.CONTROLE, Voie.PAGE, Voie.PACK
_D, _DOC, _OD = Voie.COMPARAISON, Voie.DOCUMENT, Voie.DONNEES
_CODE: Final[Ways] = PARTOUT | {_C: PAS_DE_TEXTE}
#: A pack holds it where the printed report itself said it: the file is public.
_PRIVE: Final[Ways] = PARTOUT | {
    _C: _TU, _P: _TU, Voie.DOSSIER: _TU, _D: _TU, _DOC: _TU, _OD: _TU, Voie.JSON: _TU,
}  # fmt: skip


def _prive(name: str, label: str, genre: Genre) -> Champ:
    """What stays between the académie and the bureau."""
    return Champ(name, label, genre, _PRIVE, prive=ENTRE_EUX)


def _figures(name: str, label: str, told: str) -> Champ:
    """An answer in figures, typed as one would say it."""
    return Champ(name, label, Genre.ROWS, parts=(
        Champ("kind", "Sorte", Genre.CHOICE, _CODE),
        Champ("value", "Nombre", Genre.NUMBER, _CODE),
        Champ("perimeter", "Périmètre", Genre.TEXT, PARTOUT),
        Champ("note", "Note", Genre.TEXT, PARTOUT | {
            _F: Non("it comes with a file, and stays as long as nobody types another figure"), _C: PAS_TAPE}),
        Champ("source", "Source", Genre.TEXT, PARTOUT | {
            _F: Non("who types a figure is its source"), _C: PAS_TAPE, _K: Non("the file is its source")}),
        Champ("additive", "Entre dans les totaux", Genre.FLAG, _CODE | {
            _F: Non("follows from the words it is typed in"), _K: Non("follows from the words of the file")}),
    ), colonnes=(told,))  # fmt: skip


# fmt: off
CHAMPS: Final[tuple[Champ, ...]] = (
    Champ("status", "Où en est la semaine", Genre.CHOICE, _CODE | {_D: Par(("statut",))}),
    Champ("ordinal", "Rang", Genre.NUMBER, _CODE | {_D: Par(("rang",))}),
    Champ("title", "Titre", Genre.TEXT, PARTOUT | {_D: Par(("titre",))}),
    Champ("windows", "Dates", Genre.ROWS, _CODE | {_D: Par(("dates",))}, colonnes=("fenetres",)),
    Champ("themes", "Thèmes", Genre.CHOICES, PARTOUT | {_D: Par(("thèmes",))}),
    Champ("levels", "Niveaux", Genre.CHOICES, _CODE | {_D: Par(("niveaux",))},
        colonnes=tuple(level.value for level in Niveau)),
    Champ("levels_unknown", "Niveaux dont on ne sait rien", Genre.CHOICES, _CODE | {
        _D: Par(("niveaux",)), _DOC: Par(("levels",))}),
    Champ("narrative", "Récit", Genre.TEXT, PARTOUT | {_D: Par(("récit",)), _OD: LONG}),
    Champ("temps_forts", "Temps forts", Genre.ROWS, parts=(
        Champ("title", "Titre", Genre.TEXT, PARTOUT),
        Champ("kind", "Type", Genre.CHOICE, _CODE),
        Champ("starts", "Premier jour", Genre.DAY, _CODE),
        Champ("ends", "Dernier jour", Genre.DAY, _CODE),
        Champ("place", "Lieu", Genre.TEXT, PARTOUT),
        Champ("summary", "En quelques mots", Genre.TEXT, PARTOUT | {_OD: LONG}),
        Champ("stops", "Étapes", Genre.ROWS, PARTOUT, colonnes=("etapes",)),
        Champ("authorities", "Autorités présentes", Genre.CHOICES, _CODE),
    )),
    Champ("ressources", "Ressources", Genre.ROWS, parts=(
        Champ("title", "Titre", Genre.TEXT, PARTOUT),
        Champ("kind", "Type", Genre.CHOICE, _CODE),
        Champ("url", "Adresse", Genre.TEXT, PARTOUT | {_C: ORGANISME}),
        Champ("published", "Publiée", Genre.FLAG, _CODE),
    )),
    Champ("pilot", "Service pilote", Genre.TEXT, PARTOUT | {_D: Par(("pilote",))}),
    Champ("sponsor", "Parrainage", Genre.TEXT, PARTOUT | {_D: Par(("parrainage",))}),
    Champ("funding", "Financement", Genre.TEXT, PARTOUT | {_D: Par(("financement",))}),
    Champ("committee", "Comité de pilotage", Genre.TEXT, PARTOUT | {_D: Par(("comité de pilotage",))}),
    Champ("partners", "Partenaires", Genre.ROWS, parts=(
        Champ("name", "Nom", Genre.TEXT, PARTOUT),
        Champ("kind", "Type", Genre.CHOICE, _CODE | {_DOC: CITES}),
        Champ("internal", "Au sein de l’Éducation nationale", Genre.FLAG, _CODE | {_DOC: CITES}),
        Champ("role", "Part dans la semaine", Genre.CHOICE, _CODE),
    ), colonnes=("participations", "partenaires")),
    Champ("partners_narrative", "Récit des partenariats", Genre.TEXT, PARTOUT | {
        _D: Par(("récit des partenariats",)), _OD: LONG}),
    _figures("actions_figures", "Nombre d’actions annoncé", "chiffres"),
    _figures("etablissements_figures", "Nombre d’établissements annoncé", "chiffres"),
    Champ("axes", "Axes retenus", Genre.ROWS, parts=(
        Champ("code", "Axe", Genre.CHOICE, _CODE | {_F: PAGE_DES_AXES}),
        Champ("detail", "Précision", Genre.TEXT, PARTOUT | {_F: PAGE_DES_AXES, _C: PAGE_DES_AXES}),
    ), colonnes=("axes_retenus",)),
    Champ("examples_note", "Note sur les exemples", Genre.TEXT, PARTOUT | {
        _F: PAS_TAPE, _C: PAS_TAPE, _D: Par(("note sur les exemples",)), _OD: LONG}),
    Champ("alliances", "Alliances", Genre.CHOICE, _CODE | {_D: Par(("alliances",))}),
    Champ("portage", "Qui noue les alliances", Genre.CHOICE, _CODE | {_D: Par(("portage",))}),
    Champ("appel", "Bassins appelés", Genre.CHOICE, _CODE | {_D: Par(("appel",))}),
    Champ("bassins", "Noms des bassins appelés", Genre.CHOICES, PARTOUT | {_D: Par(("bassins",))}),
    Champ("strategie", "Textes de stratégie", Genre.ROWS, parts=(
        Champ("title", "Titre", Genre.TEXT, PARTOUT),
        Champ("date", "Date", Genre.DAY, _CODE),
        Champ("url", "Adresse", Genre.TEXT, PARTOUT | {_C: ORGANISME}),
    )),
    Champ("medias", "Retombées dans les médias", Genre.ROWS, parts=(
        Champ("media", "Média", Genre.TEXT, PARTOUT),
        Champ("kind", "Type", Genre.CHOICE, _CODE),
        Champ("date", "Date", Genre.DAY, _CODE),
        Champ("url", "Adresse", Genre.TEXT, PARTOUT | {_C: ORGANISME}),
    )),
    Champ("absence_by", "Absence de données, signée par", Genre.CHOICE, _CODE | {
        _F: SIGNE, _D: Par(("absence de données, signée par",))}),
    Champ("absence_on", "Absence de données, signée le", Genre.DAY, _CODE | {
        _F: SIGNE, _D: Par(("absence de données, signée le",))}),
    Champ("absence_word", "Absence de données, d’après", Genre.TEXT, PARTOUT | {
        _F: SIGNE, _C: SIGNE, _D: Par(("absence de données, d’après",))}),
    _prive("obstacle", "Ce qui a gêné", Genre.CHOICE),
    _prive("obstacle_text", "Ce qui a gêné, en quelques mots", Genre.TEXT),
    _prive("help_asked", "Accompagnement demandé", Genre.FLAG),
    _prive("help_text", "Accompagnement attendu", Genre.TEXT),
    _prive("staff_days", "Journées de travail", Genre.NUMBER),
    _prive("staff_strain", "Charge de travail", Genre.CHOICE),
    _prive("mentor_offer", "Académies à accompagner", Genre.NUMBER),
)
# fmt: on

#: Each field that travels by itself; the part of a list is named « list.part ».
FEUILLES: Final = tuple(feuilles(CHAMPS))

#: What is told to the national bureau alone; only who may read it is given it.
ENTRE_NOUS: Final = tuple(champ.name for champ in CHAMPS if champ.prive)

#: One fact, that somebody signed that there are no data: written whole, or not.
ABSENCE: Final = ("absence_by", "absence_on", "absence_word")

#: What the models hold besides, and why it is nothing a semaine tells.
HORS_CONTENU: Final = {
    "id": "a number of the database",
    "edition": "the edition that holds it",
    "academie": "whose it is: it travels with the semaine",
    "version": "counts the writes made on the site",
    "begun": "whether it only holds drafts that nobody may read: who may see it, not what it says",
    "updated_at": "when it was last written, which its journal tells",
    "loaded_from": "what a file wrote, so that its next version knows what people changed",
    "loaded_facts": "the same",
    "actions": "its sheets, which have their own table",
    "choix_axes": "when its axes were chosen here, which the page of axes tells",
    "suivis_axes": "what became of the axes of the edition before: told to the bureau on the page of axes",
    "evaluation": "what it answers to the grid: between the académie and the bureau, on its own pages",
    "fil_fiche": "what bureau and académie write to each other about its sheet: never printed, nor exported",
    "relances_fiche": "reminders of what its sheet of the report lacks, which its page tells",
    "relances_grille": "reminders of the grid, which its page tells",
}


def names(voie: Voie | None, *genres: Genre) -> tuple[str, ...]:
    """Return the fields that travel a way (any, without), of some kinds, in the order of the page."""
    return tuple(
        champ.name
        for champ in CHAMPS
        if (voie is None or champ.goes(voie)) and (not genres or champ.genre in genres)
    )
