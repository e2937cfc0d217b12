"""One synthesis on its way: the edition, what it adds up to, and the figures printed so far."""

from __future__ import annotations

from accroche.campagne.regles import Indicateur
from accroche.dossier.bilan import Bilan, bilan
from accroche.dossier.comptage import etendue, is_counted
from accroche.dossier.dossier import EditionDossier
from accroche.lib.chiffres import Kind, format_number, format_total
from accroche.lib.texte import NBSP, nombre, pluriel, typographie
from accroche.publications.blocs import Provenances, counted_provenance, total_provenance
from accroche.publications.outline import Figure
from accroche.publications.versions import Imprint


class Tirage:
    """What every chapter reads; each figure it gives is registered with its provenance."""

    def __init__(self, dossier: EditionDossier, imprint: Imprint) -> None:
        """Add up the edition."""
        self.dossier = dossier
        self.imprint = imprint
        self.bilan: Bilan = bilan(dossier)
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

    def schools_detail(self) -> str:
        """Coverage, and a word on the parts that are only approximate."""
        rough = sum(
            figure.kind is Kind.ABOUT for _, figures in self.bilan.etablissements.parts for figure in figures
        )
        remark = f" ; {nombre(rough)}{NBSP}{pluriel(rough, 'nombre est approché', 'nombres sont approchés')}"
        return typographie(etendue(self.bilan.etablissements) + (remark if rough else ""))

    def count(self, ident: str, label: str, names: tuple[str, ...], rule: str, printed: str = "") -> Figure:
        """A number of académies, ``printed`` otherwise when it is given; ``rule`` says who is counted."""
        shown = printed or nombre(len(names))
        return self.provenances.figure(shown, counted_provenance(ident, label, shown, names, rule))
