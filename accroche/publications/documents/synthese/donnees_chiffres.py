"""The open data of totals and of the figures they add up."""

from __future__ import annotations

from collections.abc import Iterator

from accroche.campagne.regles import Indicateur
from accroche.dossier.bilan import Bilan
from accroche.dossier.comptage import is_counted
from accroche.dossier.dossier import EditionDossier
from accroche.lib.chiffres import Chiffre, Total, format_chiffre, format_total
from accroche.publications.outline import DataField, DataTable, Value

_ACADEMIE = DataField("academie", "string", "Académie, sous son nom de l’époque")


def totals(computed: Bilan) -> DataTable:
    """Return both totals of an edition, what they are worth and what they lack."""
    # where schools declare, an académie without a number has answered nothing yet
    counted = is_counted(computed.actions)

    def row(indicateur: Indicateur, total: Total) -> tuple[Value, ...]:
        return (
            indicateur.value,
            total.added,
            total.lower_bound,
            format_total(total, *indicateur.nouns),
            total.is_exact,
            total.is_approximate,
            len(total.counted),
            total.answered,
            " ; ".join(total.rough),
            " ; ".join(total.overlapping),
            " ; ".join(total.missing),
            " ; ".join(total.uncounted_all),
            " ; ".join(total.unavailable),
        )

    return DataTable(
        "totaux",
        "Totaux nationaux et ce qui leur manque",
        (
            DataField("indicateur", "string", "Ce qui est compté"),
            DataField("somme", "integer", "Somme des nombres donnés"),
            DataField(
                "borne_inferieure",
                "integer",
                "Cette somme quand le vrai total n’est pas moindre ; vide si un nombre est approché "
                "ou si des recoupements sont possibles",
            ),
            DataField("texte", "string", "Le total tel qu’il est imprimé"),
            DataField(
                "exact", "boolean", "Vrai si personne ne manque, si tout est exact et si rien ne se recoupe"
            ),
            DataField("approche", "boolean", "Vrai si un chiffre au moins est « environ »"),
            DataField(
                "academies_comptees",
                "integer",
                "Académies dont des fiches sont publiées, ou qui annoncent zéro"
                if counted
                else "Académies qui ont donné un nombre",
            ),
            DataField(
                "academies_repondantes",
                "integer",
                "Académies de l’édition, moins celles sans données disponibles"
                if counted
                else "Académies dont les données sont disponibles",
            ),
            DataField("nombres_approches", "string", "Académies dont le nombre est approché (« environ »)"),
            DataField(
                "recoupements_possibles",
                "string",
                "Académies qui ont donné plusieurs nombres, où les mêmes peuvent se retrouver",
            ),
            DataField(
                "non_communique",
                "string",
                "Académies dont aucune fiche n’est publiée à ce jour"
                if counted
                else "Académies qui ont répondu sans donner de nombre",
            ),
            DataField("tous", "string", "Académies qui ont répondu « tous »"),
            DataField("non_disponible", "string", "Académies dont les données ne sont pas disponibles"),
        ),
        (
            row(Indicateur.ACTIONS, computed.actions),
            row(Indicateur.ETABLISSEMENTS, computed.etablissements),
        ),
    )


def figures(dossier: EditionDossier, *, counted: bool) -> DataTable:
    """Return each figure as it was given or counted, with whence it is."""

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
            _ACADEMIE,
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
