"""What a row is told of who carries its action; pure."""

from __future__ import annotations

from typing import Final

from accroche.actions.saisie import PorteurSaisi
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.row import Row

#: How long the name of an organisation and its commune may be, in characters.
LONGEST_NAME: Final = 200
LONGEST_COMMUNE: Final = 100
#: Commas of a name, from which it may be several.
_SEVERAL: Final = 2
#: What to do about a longer one.
TOO_LONG: Final = "Raccourcissez-le, ou séparez les porteurs par des points-virgules."


def tell_nobody(row: Row) -> None:
    """Say that a row names nobody, and what to do."""
    if row.mentions:
        row.note(
            Champ.ETABLISSEMENT,
            f"« {row.mentions[0]} » est un lieu, et pas un établissement : il manque qui porte l’action.",
            "Dites qui porte toutes ces lignes, ou ajoutez une colonne « Porteur ».",
        )
        return
    champ = Champ.ETABLISSEMENT if Champ.ETABLISSEMENT in row.letters else Champ.UAI
    row.note(
        champ,
        "Il manque l’établissement qui porte l’action.",
        "Donnez son nom et sa commune, ou son UAI, ou dites qui porte toutes les lignes.",
    )


def tell_name(row: Row, organisme: PorteurSaisi) -> None:
    """Refuse a name or a commune that is too long; tell of a name that commas part."""
    if organisme.name.count(", ") >= _SEVERAL:
        row.note(
            Champ.ETABLISSEMENT,
            f"« {organisme.name[:LONGEST_COMMUNE]} » est pris pour un seul porteur.",
            "S’ils sont plusieurs, séparez-les par des points-virgules.",
            blocks=False,
        )
    for text, most in ((organisme.name, LONGEST_NAME), (organisme.commune, LONGEST_COMMUNE)):
        if len(text) > most:
            row.note(
                Champ.ETABLISSEMENT,
                f"Le nom du porteur ou sa commune compte {len(text)} caractères, {most} au plus.",
                TOO_LONG,
            )
