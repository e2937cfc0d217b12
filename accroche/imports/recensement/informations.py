"""What our exports tell of a sheet for information: columns that nothing takes back; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from accroche.actions.cycle import Etat
from accroche.actions.regles import CodeCle, Consentement, EtatPiece, SourceAction, TypePiece
from accroche.actions.saisie import Contenu, Distinctions, PartenaireSaisi, PieceDite, PorteurSaisi
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.regles import TypePartenaire
from accroche.imports.recensement.champs import Champ
from accroche.lib.tableur.cellules import Cell

#: Between the things of one cell.
BETWEEN: Final = " ; "
_SOURCES: Final[dict[str, str]] = {
    SourceAction.DECLARATION: "Déclaration",
    SourceAction.SEMAINE: "Rapport",
    SourceAction.EXPERITHEQUE: "Expérithèque",
    SourceAction.CARDIE: "CARDIE",
}
_TYPES: Final[dict[str, str]] = {TypePiece.IMAGE: "image", TypePiece.DOCUMENT: "document"}
_STATES: Final[dict[str, str]] = {
    EtatPiece.PREPARING: "en préparation",
    EtatPiece.READY: "visible",
    EtatPiece.BROKEN: "ne s’ouvre pas",
}


@dataclass(frozen=True, slots=True)
class Informations:
    """What is known of a sheet beside its content. ``number``: its own, None for none; days are local.

    ``address``: of its public page, empty while the public does not read it.
    """

    number: int | None = None
    version: int = 0
    etat: str = ""
    known: Distinctions = field(default_factory=Distinctions)
    declared: dt.date | None = None
    submitted: dt.date | None = None
    published: dt.date | None = None
    pieces: tuple[PieceDite, ...] = ()
    address: str = ""


#: What is known of a sheet that is nowhere yet.
NOTHING: Final = Informations()


def information_cells(content: Contenu, about: Informations) -> dict[Champ, Cell]:
    """Return the cells that tell where a sheet stands and what no other column says."""
    known = about.known
    return {
        Champ.IDENTIFIANT: about.number,
        Champ.VERSION: about.version,
        Champ.ETAT: Etat(about.etat).label if about.etat else "",
        Champ.CLES: _listed(CodeCle(code).label for code in content.cles),
        Champ.REFAIRE: content.refaire,
        Champ.TEMPS: "\n".join(map(str, content.activites)),
        Champ.PARTS: _listed(filter(None, map(_part, content.partenaires))),
        Champ.LIBELLES: _listed(str(one) for one in content.liens if one.label),
        Champ.TYPES: _listed(TypePorteur(one.kind).label for one in content.porteurs if one.kind),
        Champ.LIEUX: _listed(filter(None, map(_place, content.porteurs))),
        Champ.PRIX: known.prize,
        Champ.REMARQUABLE: _yes(told=known.remarkable),
        Champ.EXEMPLE: _yes(told=known.chosen),
        Champ.ORIGINE: _SOURCES[known.source],
        Champ.EXPERITHEQUE: known.experitheque_id,
        Champ.REPRISE: known.reprise_de,
        Champ.NOMBRE_PIECES: len(about.pieces),
        Champ.PIECES: "\n".join(map(_piece, about.pieces)),
        Champ.DECLAREE: about.declared,
        Champ.ENVOYEE: about.submitted,
        Champ.PUBLIEE: about.published,
        Champ.ADRESSE: about.address,
    }


def _listed(texts: Iterable[str]) -> str:
    return BETWEEN.join(texts)


def _yes(*, told: bool) -> str:
    return "Oui" if told else "Non"


def _part(one: PartenaireSaisi) -> str:
    kind = TypePartenaire(one.kind).label if one.kind else ""
    said = [str(one), kind, "Au sein de l’Éducation nationale" if one.internal else ""]
    told = ", ".join(filter(None, said))
    return told if told != one.name else ""


def _place(one: PorteurSaisi) -> str:
    degrees = [str(degree) for degree in (one.latitude, one.longitude) if degree is not None]
    return ", ".join(filter(None, (one.insee, *degrees)))


def _piece(one: PieceDite) -> str:
    consent = Consentement(one.consent).label if one.kind == TypePiece.IMAGE else ""
    told = (one.name, one.caption, _TYPES[one.kind], _STATES[one.state], consent)
    return " – ".join(filter(None, told))
