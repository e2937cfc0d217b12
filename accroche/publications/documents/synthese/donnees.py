"""The open data of the synthesis: every figure with its provenance, as rectangular tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from accroche.actions.champs import CHAMPS, Voie, champ
from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import Indicateur
from accroche.dossier.bilan import Bilan
from accroche.dossier.comptage import is_counted
from accroche.dossier.dossier import ActionDossier, EditionDossier, PorteurSaisi, SemaineDossier
from accroche.dossier.exemples import places
from accroche.lib.champs import Champ, Genre
from accroche.lib.chiffres import Chiffre, Total, format_chiffre, format_total
from accroche.lib.dates import format_windows
from accroche.publications.blocs import LEVEL_FIELDS
from accroche.publications.outline import DataField, DataTable, Value

ACADEMIE = DataField("academie", "string", "Académie, sous son nom de l’époque")


def data_tables(dossier: EditionDossier, computed: Bilan) -> tuple[DataTable, ...]:
    """Return the tables of an edition, rows in the order of the report."""
    return (
        _totals(computed),
        _figures(dossier, counted=is_counted(computed.actions)),
        _semaines(dossier),
        _axes(dossier),
        _events(dossier),
        _resources(dossier),
        _actions(dossier),
        _carriers(dossier),
    )


def _totals(computed: Bilan) -> DataTable:
    def row(indicateur: Indicateur, total: Total) -> tuple[Value, ...]:
        return (
            indicateur.value,
            total.lower_bound,
            format_total(total, *indicateur.nouns),
            total.is_exact,
            total.is_approximate,
            len(total.counted),
            total.answered,
            " ; ".join(total.missing),
            " ; ".join(total.uncounted_all),
            " ; ".join(total.unavailable),
        )

    return DataTable(
        "totaux",
        "Totaux nationaux et ce qui leur manque",
        (
            DataField("indicateur", "string", "Ce qui est compté"),
            DataField(
                "borne_inferieure", "integer", "Somme des valeurs connues ; le vrai total n’est pas moindre"
            ),
            DataField("texte", "string", "Le total tel qu’il est imprimé"),
            DataField("exact", "boolean", "Vrai si personne ne manque et si tout est exact"),
            DataField("approche", "boolean", "Vrai si un chiffre au moins est « environ »"),
            DataField("academies_comptees", "integer", "Académies qui ont donné un nombre"),
            DataField("academies_repondantes", "integer", "Académies qui ont répondu"),
            DataField("non_communique", "string", "Académies qui ont répondu sans donner de nombre"),
            DataField("tous", "string", "Académies qui ont répondu « tous »"),
            DataField("non_disponible", "string", "Académies qui n’ont pas répondu"),
        ),
        (
            row(Indicateur.ACTIONS, computed.actions),
            row(Indicateur.ETABLISSEMENTS, computed.etablissements),
        ),
    )


def _figures(dossier: EditionDossier, *, counted: bool) -> DataTable:
    def rows() -> Iterator[tuple[Value, ...]]:
        for semaine in dossier.semaines:
            for indicator, figures in (
                ("actions", semaine.actions_figures),
                ("etablissements", semaine.etablissements_figures),
            ):
                for rank, figure in enumerate(figures, start=1):
                    yield (semaine.academie, indicator, rank, *_figure(figure))

    return DataTable(
        "chiffres",
        "Chiffres comptés sur les fiches publiées, et ceux que les académies annoncent"
        if counted
        else "Chiffres déclarés par les académies, avec leur provenance",
        (
            ACADEMIE,
            DataField("indicateur", "string", "Ce qui est compté : actions ou etablissements"),
            DataField("rang", "integer", "Rang du chiffre quand il y en a plusieurs"),
            DataField(
                "nature",
                "string",
                "exact, about (environ), more_than (plus de), at_least (au moins), all (tous), "
                "not_communicated (N.C.) ou unavailable (non disponible)",
            ),
            DataField("valeur", "integer", "Nombre ; vide s’il n’est pas donné, jamais zéro par défaut"),
            DataField("perimetre", "string", "Ce que le chiffre couvre"),
            DataField("note", "string", "Remarque de l’académie"),
            DataField("source", "string", "D’où vient le chiffre"),
            DataField("additionne", "boolean", "Vrai si le chiffre entre dans le total national"),
            DataField("texte", "string", "Le chiffre tel qu’il est imprimé"),
        ),
        tuple(rows()),
    )


def _figure(figure: Chiffre) -> tuple[Value, ...]:
    return (
        figure.kind.value,
        figure.value,
        figure.perimeter,
        figure.note,
        figure.source,
        figure.additive,
        format_chiffre(figure),
    )


def _semaines(dossier: EditionDossier) -> DataTable:
    def row(semaine: SemaineDossier) -> tuple[Value, ...]:
        first = semaine.windows[0][0].isoformat() if semaine.windows else None
        last = semaine.windows[-1][1].isoformat() if semaine.windows else None
        return (
            semaine.academie,
            semaine.status.value,
            semaine.ordinal,
            first,
            last,
            format_windows(semaine.windows) if semaine.windows else "",
            *(level in semaine.levels for level in Niveau),
            semaine.title,
            " ; ".join(semaine.themes),
            semaine.pilot,
            semaine.sponsor,
            semaine.funding,
            semaine.committee,
            " ; ".join(partner.name for partner in semaine.partners),
        )

    return DataTable(
        "semaines",
        "Une ligne par académie : dates, rang, niveaux, pilotage",
        (
            ACADEMIE,
            DataField(
                "statut", "string", "reported : compte rendu reçu ; unavailable : données non disponibles"
            ),
            DataField("rang", "integer", "Première, deuxième… semaine de l’académie"),
            DataField("debut", "date", "Premier jour"),
            DataField("fin", "date", "Dernier jour"),
            DataField("dates", "string", "Toutes les périodes, en toutes lettres"),
            *LEVEL_FIELDS,
            DataField("intitule", "string", "Nom propre de la manifestation"),
            DataField("themes", "string", "Thèmes"),
            DataField("pilote", "string", "Service pilote"),
            DataField("parrain", "string", "Parrain ou marraine"),
            DataField("financement", "string", "Financement"),
            DataField("comite", "string", "Comité de pilotage"),
            DataField("partenaires", "string", "Partenaires cités"),
        ),
        tuple(row(semaine) for semaine in dossier.semaines),
    )


def _axes(dossier: EditionDossier) -> DataTable:
    labels = {axe.code: axe.label for axe in dossier.axes}
    return DataTable(
        "axes",
        "Axes de travail retenus pour la prochaine édition",
        (
            ACADEMIE,
            DataField("rang", "integer", "Ordre dans le compte rendu"),
            DataField("code", "string", "Code de l’axe au catalogue national"),
            DataField("libelle", "string", "Libellé de l’axe"),
            DataField("precision", "string", "Ce que l’académie précise"),
        ),
        tuple(
            (semaine.academie, rank, kept.code, labels.get(kept.code, kept.code), kept.detail)
            for semaine in dossier.semaines
            for rank, kept in enumerate(semaine.axes, start=1)
        ),
    )


def _events(dossier: EditionDossier) -> DataTable:
    return DataTable(
        "temps_forts",
        "Temps forts des semaines",
        (
            ACADEMIE,
            DataField("titre", "string", "Titre"),
            DataField("type", "string", "Type de temps fort"),
            DataField("debut", "date", "Premier jour, s’il est connu"),
            DataField("fin", "date", "Dernier jour, s’il est connu"),
            DataField("lieu", "string", "Lieu"),
            DataField("etapes", "string", "Étapes d’une tournée"),
        ),
        tuple(
            (
                semaine.academie,
                event.title,
                str(event.kind),
                event.starts.isoformat() if event.starts else None,
                event.ends.isoformat() if event.ends else None,
                event.place,
                " ; ".join(stop.place for stop in event.stops),
            )
            for semaine in dossier.semaines
            for event in semaine.temps_forts
        ),
    )


def _resources(dossier: EditionDossier) -> DataTable:
    return DataTable(
        "ressources",
        "Ressources produites à l’occasion des semaines",
        (
            ACADEMIE,
            DataField("titre", "string", "Titre"),
            DataField("type", "string", "Type de ressource"),
            DataField("adresse", "string", "Adresse, si elle est en ligne"),
            DataField("publiee", "boolean", "Faux si elle a seulement été transmise"),
        ),
        tuple(
            (semaine.academie, resource.title, str(resource.kind), resource.url, resource.published)
            for semaine in dossier.semaines
            for resource in semaine.ressources
        ),
    )


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


def _of_carrier(carrier: PorteurSaisi, name: str) -> Value:
    """A cell of the table of carriers; a school without a code is not confirmed."""
    return carrier.uai or None if name == "uai" else _cell(getattr(carrier, name))


#: The lists of an action that are told in one cell each, under the name of their table.
_IN_ONE_CELL: dict[str, tuple[DataField, Callable[[ActionDossier], str]]] = {
    "porteurs": (
        DataField("porteurs", "string", "Porteurs, avec leur commune"),
        lambda action: " ; ".join(carrier.place for carrier in action.porteurs),
    ),
    "liens": (
        _column(next(part for part in champ("liens").parts if part.name == "url")),
        lambda action: " ".join(link.url for link in action.liens),
    ),
}


def _told(champ: Champ) -> tuple[tuple[DataField, ...], Callable[[ActionDossier], tuple[Value, ...]]]:
    """The columns of a field of an action, and what they hold."""
    if champ.name in _IN_ONE_CELL:
        column, read = _IN_ONE_CELL[champ.name]
        return (column,), lambda action: (read(action),)
    if champ.name == "levels":
        return LEVEL_FIELDS, lambda action: tuple(level in action.levels for level in Niveau)
    return (_column(champ),), lambda action: (_cell(getattr(action, champ.name)),)


def _actions(dossier: EditionDossier) -> DataTable:
    told = [_told(champ) for champ in CHAMPS if champ.goes(Voie.DONNEES)]
    return DataTable(
        "actions",
        "Actions, dont celles que la synthèse présente en exemple",
        (
            ACADEMIE,
            DataField("rang", "integer", "Ordre dans la semaine"),
            *(column for columns, _ in told for column in columns),
            DataField("exemple", "boolean", "Vrai si la synthèse la présente en exemple"),
        ),
        tuple(
            (semaine.academie, at + 1, *(cell for _, read in told for cell in read(action)), at in shown)
            for semaine in dossier.semaines
            for shown in [frozenset(places(semaine))]
            for at, action in enumerate(semaine.actions)
        ),
    )


def _carriers(dossier: EditionDossier) -> DataTable:
    told = [part for part in champ("porteurs").parts if part.goes(Voie.DONNEES)]
    columns = [_column(part) for part in told]
    # what kind a carrier is says its level, which is told beside
    level = [part.name for part in told].index("kind") + 1
    columns.insert(
        level, DataField("niveau", "string", "Niveau d’enseignement, pour une école ou un établissement")
    )

    def cells(carrier: PorteurSaisi) -> tuple[Value, ...]:
        found = [_of_carrier(carrier, part.name) for part in told]
        found.insert(level, carrier.level.value if carrier.level else "")
        return tuple(found)

    return DataTable(
        "porteurs",
        "Porteurs des actions",
        (ACADEMIE, DataField("action", "string", "Titre de l’action"), *columns),
        tuple(
            (semaine.academie, action.title, *cells(carrier))
            for semaine in dossier.semaines
            for action in semaine.actions
            for carrier in action.porteurs
        ),
    )
