"""An empty census to fill, for an académie or the schools it sends it to: the columns people fill, told."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.annuaire.regles import Niveau
from accroche.imports.recensement.champs import Champ
from accroche.integrations.tableur.ecriture import Feuille, write_xlsx
from accroche.lib.libelles import Libelle

#: What a sheet of the site needs or gains by, in the order one thinks of it.
COLUMNS: Final = (
    Champ.TITRE,
    Champ.ETABLISSEMENT,
    Champ.UAI,
    Champ.DEBUT,
    Champ.FIN,
    Champ.LIEU,
    Champ.TEMPORALITE,
    Champ.NIVEAUX,
    Champ.CLASSES,
    Champ.EFFECTIF,
    Champ.DESCRIPTION,
    Champ.THEMES,
    Champ.NATURE,
    Champ.PARTENAIRES,
    Champ.LIENS,
    Champ.CONTACT,
    Champ.COURRIEL,
    Champ.TELEPHONE,
)
#: The answers that a column takes, where they are a list.
_CHOICES: Final[dict[Champ, type[Libelle]]] = {
    Champ.TEMPORALITE: Temporalite,
    Champ.NIVEAUX: Niveau,
    Champ.THEMES: CodeTheme,
    Champ.NATURE: Nature,
}
_WIDE: Final = {Champ.TITRE, Champ.ETABLISSEMENT, Champ.DESCRIPTION, Champ.PARTENAIRES}


@cache
def modele() -> bytes:
    """The workbook, a few kilobytes: headings and no row, so that nothing of ours comes back as an action."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "modele.xlsx"
        _write(path)
        return path.read_bytes()


def _write(path: Path) -> None:
    wide = frozenset(position for position, champ in enumerate(COLUMNS) if champ in _WIDE)
    explanation = [
        ["Modèle de recensement"],
        ["Une ligne par action, sous les en-têtes de la feuille « Actions »."],
        ["Seuls le titre et l’établissement sont obligatoires ; le reste se complète ensuite sur le site."],
        ["N’y écrivez pas de noms d’élèves."],
        [""],
        *([champ.label, _told(champ)] for champ in COLUMNS),
    ]
    write_xlsx(path, [Feuille("Actions", [champ.label for champ in COLUMNS], (), wide)], explanation)


def _told(champ: Champ) -> str:
    if champ not in _CHOICES:
        return champ.explanation
    answers = " ; ".join(one.label for one in _CHOICES[champ] if one.value)
    return f"{champ.explanation} Réponses possibles : {answers}."
