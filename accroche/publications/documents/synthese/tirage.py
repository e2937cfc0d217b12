"""One synthesis on its way: the edition, what it adds up to, and the figures printed so far."""

from __future__ import annotations

from accroche.campagne.regles import Indicateur
from accroche.dossier.bilan import Bilan, bilan
from accroche.dossier.comptage import etendue, is_counted
from accroche.dossier.dossier import AxeCatalogue, EditionDossier
from accroche.dossier.ventilation import Ventilation, ventilation_of
from accroche.lib.chiffres import Total, format_number, format_reserves, format_total
from accroche.lib.texte import nombre, typographie
from accroche.publications.blocs import Provenances, counted_provenance, total_provenance
from accroche.publications.outline import Figure
from accroche.publications.versions import Imprint


class Tirage:
    """What every chapter reads; each figure it gives is registered with its provenance."""

    def __init__(
        self, dossier: EditionDossier, imprint: Imprint, ventilation: Ventilation | None = None
    ) -> None:
        """Add up the edition, but for what was counted already."""
        self.dossier = dossier
        self.imprint = imprint
        self.bilan: Bilan = bilan(dossier)
        self.ventilation = ventilation or ventilation_of(dossier)
        self.counted = is_counted(self.bilan.actions)
        self.provenances = Provenances()
        self.actions_text = format_total(self.bilan.actions)
        self.schools_text = format_total(self.bilan.etablissements, *Indicateur.ETABLISSEMENTS.nouns)

    def actions(self) -> Figure:
        """The number of actions of the edition."""
        return self.provenances.figure(
            format_number(self.bilan.actions),
            total_provenance(
                "p-actions",
                "Actions identifiées, toutes académies",
                self.actions_text,
                self.bilan.actions,
                self.dossier.edition,
            ),
        )

    def schools(self) -> Figure:
        """The number of schools involved."""
        total = self.bilan.etablissements
        return self.provenances.figure(
            format_number(total),
            total_provenance(
                "p-etablissements",
                "Écoles et établissements impliqués, toutes académies",
                self.schools_text,
                total,
                self.dossier.edition,
            ),
        )

    @property
    def source(self) -> str:
        """Where what is counted over the whole edition comes from, as printed under figures and tables."""
        told = "fiches publiées sur Accroche" if self.counted else "comptes rendus des académies"
        return typographie(f"Source : {told}, édition {self.dossier.edition}.")

    def reported(self, printed: str = "") -> Figure:
        """How many académies told of their semaine."""
        return self.count(
            "p-comptes-rendus",
            "Académies qui ont rendu compte",
            self.bilan.reported,
            "Compté sur les fiches : académies dont les données sont disponibles.",
            printed,
        )

    def first(self) -> Figure:
        """How many académies held their first semaine."""
        return self.count(
            "p-premieres",
            "Académies dont c’est la première édition",
            self.bilan.first,
            "Compté sur les fiches : académies qui tiennent leur première semaine.",
        )

    def kept_axes(self) -> list[tuple[AxeCatalogue, tuple[str, ...]]]:
        """The axes that académies keep for the next edition, with who does, the most kept first."""
        kept = [(axe, names) for axe in self.dossier.axes if (names := self.bilan.axes[axe.code])]
        return sorted(kept, key=lambda pair: -len(pair[1]))

    def keep(self, axe: AxeCatalogue, names: tuple[str, ...]) -> Figure:
        """How many académies keep an axis."""
        return self.count(
            f"p-axe-{axe.code.replace('_', '-')}",
            f"Académies qui retiennent l’axe « {axe.label} »",
            names,
            "Compté sur les fiches : académies qui retiennent cet axe.",
        )

    def detail(self, result: Total) -> str:
        """Whom a total comes from, and why it is a sum and no more, when it is."""
        return typographie(" ; ".join(filter(None, (etendue(result), format_reserves(result)))))

    def count(self, ident: str, label: str, names: tuple[str, ...], rule: str, printed: str = "") -> Figure:
        """A number of académies, ``printed`` otherwise when it is given; ``rule`` says who is counted."""
        shown = printed or nombre(len(names))
        return self.provenances.figure(shown, counted_provenance(ident, label, shown, names, rule))
