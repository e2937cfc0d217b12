"""The open data of the synthesis: every figure with its provenance, as rectangular tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any, Final

from accroche.actions.champs import CHAMPS, Voie, champ
from accroche.campagne.grille import LEVELS, CritereDit, GrilleDite, ObjectifDit
from accroche.dossier.bilan import Bilan
from accroche.dossier.comptage import is_counted
from accroche.dossier.dossier import ActionDossier, EditionDossier, PorteurSaisi
from accroche.dossier.exemples import places
from accroche.lib.champs import Champ, Genre
from accroche.lib.dates import format_windows
from accroche.publications.documents.synthese.donnees_chiffres import figures, totals
from accroche.publications.donnees import LEVEL_FIELDS, day, levels, rows_of, table
from accroche.publications.outline import DataField, DataTable, Value

_ACADEMIE = ("academie", "string", "Académie, sous son nom de l’époque")
ACADEMIE = DataField(*_ACADEMIE)


def data_tables(dossier: EditionDossier, computed: Bilan) -> tuple[DataTable, ...]:
    """Return the tables of an edition, rows in the order of the report."""
    return (
        totals(computed),
        figures(dossier, counted=is_counted(computed.actions)),
        _semaines(dossier),
        _axes(dossier),
        _events(dossier),
        _resources(dossier),
        _partners(dossier),
        _strategy(dossier),
        _media(dossier),
        _actions(dossier),
        _porteurs(dossier),
        _partners_of_actions(dossier),
        # a version frozen before editions had their grid keeps the tables it had
        *((_grille(dossier.grille),) if dossier.grille else ()),
    )


def _semaines(dossier: EditionDossier) -> DataTable:
    return table(
        "semaines",
        "Une ligne par académie : dates, rang, niveaux, pilotage",
        dossier.semaines,
        (*_ACADEMIE, lambda semaine: semaine.academie),
        (
            "statut",
            "string",
            "reported : compte rendu reçu ; preparing : pas encore ; unavailable : données non disponibles",
            lambda semaine: semaine.status.value,
        ),
        (
            "absence_signee_par",
            "string",
            "Qui a signé que les données ne sont pas disponibles : bureau ou academie",
            lambda semaine: semaine.absence_by.value,
        ),
        (
            "absence_signee_le",
            "date",
            "Le jour où cela a été signé",
            lambda semaine: day(semaine.absence_on),
        ),
        ("absence_d_apres", "string", "Sur la parole de qui", lambda semaine: semaine.absence_word),
        (
            "rang",
            "integer",
            "Première, deuxième… semaine de l’académie ; vide si non dit",
            lambda semaine: semaine.ordinal,
        ),
        (
            "debut",
            "date",
            "Premier jour",
            lambda semaine: day(semaine.windows[0][0] if semaine.windows else None),
        ),
        (
            "fin",
            "date",
            "Dernier jour",
            lambda semaine: day(semaine.windows[-1][1] if semaine.windows else None),
        ),
        (
            "dates",
            "string",
            "Toutes les périodes, en toutes lettres",
            lambda semaine: format_windows(semaine.windows) if semaine.windows else "",
        ),
        *levels(attrgetter("levels"), attrgetter("levels_unknown")),
        ("intitule", "string", "Nom propre de la manifestation", lambda semaine: semaine.title),
        ("themes", "string", "Thèmes", lambda semaine: " ; ".join(semaine.themes)),
        ("pilote", "string", "Service pilote", lambda semaine: semaine.pilot),
        ("parrain", "string", "Parrain ou marraine", lambda semaine: semaine.sponsor),
        ("financement", "string", "Financement", lambda semaine: semaine.funding),
        ("comite", "string", "Comité de pilotage", lambda semaine: semaine.committee),
        (
            "partenaires",
            "string",
            "Partenaires cités",
            lambda semaine: " ; ".join(partner.name for partner in semaine.partners),
        ),
        (
            "alliances",
            "string",
            "internes, surtout_internes, internes_externes ou nc ; vide si personne ne l’a dit",
            lambda semaine: semaine.alliances.value,
        ),
        (
            "portage",
            "string",
            "Qui noue les alliances : porteurs, services, les_deux ou nc",
            lambda semaine: semaine.portage.value,
        ),
        (
            "appel",
            "string",
            "Bassins appelés à participer : tous ou certains ; vide si non dit",
            lambda semaine: semaine.appel.value,
        ),
        ("bassins", "string", "Lesquels, si c’est certains", lambda semaine: " ; ".join(semaine.bassins)),
    )


def _axes(dossier: EditionDossier) -> DataTable:
    labels = {axe.code: axe.label for axe in dossier.axes}
    return table(
        "axes",
        "Axes de travail retenus pour la prochaine édition",
        (
            (semaine.academie, rank, kept)
            for semaine in dossier.semaines
            for rank, kept in enumerate(semaine.axes, start=1)
        ),
        (*_ACADEMIE, lambda row: row[0]),
        ("rang", "integer", "Ordre dans le compte rendu", lambda row: row[1]),
        ("code", "string", "Code de l’axe au catalogue national", lambda row: row[2].code),
        ("libelle", "string", "Libellé de l’axe", lambda row: labels.get(row[2].code, row[2].code)),
        ("precision", "string", "Ce que l’académie précise", lambda row: row[2].detail),
    )


def _grille(grille: GrilleDite) -> DataTable:
    return table(
        "grille",
        f"{grille.name} : critères et niveaux, sans aucune réponse",
        ((objectif, critere) for objectif in grille.objectifs for critere in objectif.criteres),
        ("objectif", "string", "Code de l’objectif", lambda row: row[0].code),
        ("objectif_libelle", "string", "Libellé de l’objectif", lambda row: row[0].label),
        ("code", "string", "Code du critère", lambda row: row[1].code),
        ("critere", "string", "Ce que le critère regarde", lambda row: row[1].title),
        ("poids", "integer", "Poids du critère dans son objectif", lambda row: row[1].weight),
        ("axe", "string", "Code de l’axe de travail que propose un niveau bas", lambda row: row[1].axe),
        *((f"niveau_{n}", "string", f"Ce que dit le niveau {n}", partial(_level, n)) for n in range(LEVELS)),
    )


def _level(number: int, row: tuple[ObjectifDit, CritereDit]) -> Value:
    return row[1].levels[number]


def _events(dossier: EditionDossier) -> DataTable:
    return table(
        "temps_forts",
        "Temps forts des semaines",
        ((semaine.academie, event) for semaine in dossier.semaines for event in semaine.temps_forts),
        (*_ACADEMIE, lambda row: row[0]),
        ("titre", "string", "Titre", lambda row: row[1].title),
        ("type", "string", "Type de temps fort", lambda row: str(row[1].kind)),
        ("debut", "date", "Premier jour, s’il est connu", lambda row: day(row[1].starts)),
        ("fin", "date", "Dernier jour, s’il est connu", lambda row: day(row[1].ends)),
        ("lieu", "string", "Lieu", lambda row: row[1].place),
        (
            "etapes",
            "string",
            "Étapes d’une tournée",
            lambda row: " ; ".join(stop.place for stop in row[1].stops),
        ),
        (
            "autorites",
            "string",
            "Autorités présentes : recteur, dasen, inspecteur, prefet, elus, ministre, autre",
            lambda row: " ; ".join(row[1].authorities),
        ),
    )


def _resources(dossier: EditionDossier) -> DataTable:
    return table(
        "ressources",
        "Ressources produites à l’occasion des semaines",
        ((semaine.academie, resource) for semaine in dossier.semaines for resource in semaine.ressources),
        (*_ACADEMIE, lambda row: row[0]),
        ("titre", "string", "Titre", lambda row: row[1].title),
        ("type", "string", "Type de ressource", lambda row: str(row[1].kind)),
        ("adresse", "string", "Adresse, si elle est en ligne", lambda row: row[1].url),
        (
            "publiee",
            "boolean",
            "Vrai si elle est publiée, faux si elle ne l’est pas ; vide si personne ne l’a dit",
            lambda row: row[1].published,
        ),
    )


def _partners(dossier: EditionDossier) -> DataTable:
    return table(
        "partenaires",
        "Partenaires des semaines, et la part qu’ils y prennent",
        ((semaine.academie, partner) for semaine in dossier.semaines for partner in semaine.partners),
        (*_ACADEMIE, lambda row: row[0]),
        ("nom", "string", "Nom", lambda row: row[1].name),
        ("type", "string", "Type de partenaire", lambda row: str(row[1].kind)),
        ("interne", "boolean", "Vrai s’il est de l’Éducation nationale", lambda row: row[1].internal),
        (
            "role",
            "string",
            "presente, intervient, prepare, co_organise, finance ou accueille ; vide si personne ne l’a dit",
            lambda row: row[1].role.value,
        ),
    )


def _strategy(dossier: EditionDossier) -> DataTable:
    return table(
        "strategie",
        "Textes de la politique académique auxquels les semaines se rattachent",
        ((semaine.academie, one) for semaine in dossier.semaines for one in semaine.strategie),
        (*_ACADEMIE, lambda row: row[0]),
        ("titre", "string", "Titre", lambda row: row[1].title),
        ("date", "date", "Date du texte, si elle est connue", lambda row: day(row[1].date)),
        ("adresse", "string", "Adresse, s’il est en ligne", lambda row: row[1].url),
    )


def _media(dossier: EditionDossier) -> DataTable:
    return table(
        "medias",
        "Médias qui ont parlé des semaines",
        ((semaine.academie, one) for semaine in dossier.semaines for one in semaine.medias),
        (*_ACADEMIE, lambda row: row[0]),
        ("media", "string", "Nom du média", lambda row: row[1].media),
        ("type", "string", "presse, radio, television ou web", lambda row: row[1].kind.value),
        ("date", "date", "Jour, s’il est connu", lambda row: day(row[1].date)),
        ("adresse", "string", "Adresse, s’il est en ligne", lambda row: row[1].url),
    )


#: What is a cell as it is.
_PLAIN: Final = frozenset({Genre.TEXT, Genre.NUMBER, Genre.FLAG, Genre.CHOICE})
#: What a value is, in open data.
_TYPES = {Genre.NUMBER: "integer", Genre.FLAG: "boolean", Genre.DEGREES: "number", Genre.DAY: "date"}


def _column(champ: Champ) -> DataField:
    name, told = champ.cles(Voie.DONNEES)
    return DataField(name, _TYPES.get(champ.genre, "string"), told)


def _cell(value: Any) -> Value:
    """A value as a cell: several codes in one, nothing for what is unknown."""
    if isinstance(value, tuple):
        return " ; ".join(sorted(value))
    return value.isoformat() if isinstance(value, dt.date) else value


def _of_porteur(porteur: PorteurSaisi, name: str) -> Value:
    """A cell of the table of carriers; a school without a code is not confirmed."""
    return porteur.uai or None if name == "uai" else _cell(getattr(porteur, name))


#: The lists of an action that are told in one cell each, under the name of their table.
_IN_ONE_CELL: dict[str, tuple[DataField, Callable[[ActionDossier], str]]] = {
    "porteurs": (
        DataField("porteurs", "string", "Porteurs, avec leur commune"),
        lambda action: " ; ".join(porteur.place for porteur in action.porteurs),
    ),
    "partenaires": (
        DataField("partenaires", "string", "Partenaires de l’action"),
        lambda action: " ; ".join(partenaire.name for partenaire in action.partenaires),
    ),
    "liens": (
        _column(next(part for part in champ("liens").parts if part.name == "url")),
        lambda action: " ".join(link.url for link in action.liens),
    ),
}


def _told(champ: Champ) -> tuple[tuple[DataField, Callable[[ActionDossier], Value]], ...]:
    """The columns of a field of an action, each with what it holds."""
    if champ.name in _IN_ONE_CELL:
        return (_IN_ONE_CELL[champ.name],)
    if champ.name == "levels":
        return tuple((column, partial(_is_ticked, column.name)) for column in LEVEL_FIELDS)
    if champ.genre in _PLAIN:
        return ((_column(champ), attrgetter(champ.name)),)
    return ((_column(champ), lambda action: _cell(getattr(action, champ.name))),)


def _is_ticked(level: str, action: ActionDossier) -> bool | None:
    """What ``level_cells`` (``publications/donnees.py``) says of one level, asked of many sheets."""
    return level in action.levels if action.levels else None


def _actions(dossier: EditionDossier) -> DataTable:
    told = [column for champ in CHAMPS if champ.goes(Voie.DONNEES) for column in _told(champ)]
    columns, reads = [column for column, _ in told], [read for _, read in told]
    return DataTable(
        "actions",
        "Actions, dont celles que la synthèse présente en exemple",
        (
            ACADEMIE,
            DataField("rang", "integer", "Ordre dans la semaine"),
            *columns,
            DataField("exemple", "boolean", "Vrai si la synthèse la présente en exemple"),
        ),
        rows_of(
            lambda: (
                (semaine.academie, at + 1, *[read(action) for read in reads], at in shown)
                for semaine in dossier.semaines
                for shown in [frozenset(places(semaine))]
                for at, action in enumerate(semaine.actions)
            ),
            sum(len(semaine.actions) for semaine in dossier.semaines),
        ),
    )


def _porteurs(dossier: EditionDossier) -> DataTable:
    told = [part for part in champ("porteurs").parts if part.goes(Voie.DONNEES)]
    columns = [_column(part) for part in told]
    # what kind a carrier is says its level, which is told beside
    level = [part.name for part in told].index("kind") + 1
    columns.insert(
        level, DataField("niveau", "string", "Niveau d’enseignement, pour une école ou un établissement")
    )

    def cells(porteur: PorteurSaisi) -> tuple[Value, ...]:
        found = [_of_porteur(porteur, part.name) for part in told]
        found.insert(level, porteur.level.value if porteur.level else "")
        return tuple(found)

    return DataTable(
        "porteurs",
        "Porteurs des actions",
        (ACADEMIE, DataField("action", "string", "Titre de l’action"), *columns),
        rows_of(
            lambda: (
                (semaine.academie, action.title, *cells(porteur))
                for semaine in dossier.semaines
                for action in semaine.actions
                for porteur in action.porteurs
            ),
            sum(len(action.porteurs) for semaine in dossier.semaines for action in semaine.actions),
        ),
    )


def _partners_of_actions(dossier: EditionDossier) -> DataTable:
    told = [part for part in champ("partenaires").parts if part.goes(Voie.DONNEES)]
    return DataTable(
        "partenaires_actions",
        "Partenaires des actions, et la part qu’ils y prennent",
        (
            ACADEMIE,
            DataField("action", "string", "Titre de l’action"),
            *(_column(part) for part in told),
        ),
        rows_of(
            lambda: (
                (semaine.academie, action.title, *(_cell(getattr(partner, part.name)) for part in told))
                for semaine in dossier.semaines
                for action in semaine.actions
                for partner in action.partenaires
            ),
            sum(len(action.partenaires) for semaine in dossier.semaines for action in semaine.actions),
        ),
    )
