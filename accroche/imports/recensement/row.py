"""One row of a census sheet, as it was read: what it says, and what its reader has to be told about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from accroche.actions.champs import Voie, autres
from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.annuaire.regles import Niveau
from accroche.imports.recensement.champs import Champ
from accroche.lib.tableur.cellules import Cell

#: The columns of one line of text that the public reads, and the field each gives.
LINES: Final[dict[Champ, str]] = {
    Champ(one.cles(Voie.RECENSEMENT)[0]): one.name
    for one in autres(Voie.RECENSEMENT, {"title", "description"})
    if not one.prive
}
#: How long each text may be, in characters; the columns of the database say the same.
LIMITS: Final[dict[Champ, int]] = {
    Champ.TITRE: 300, Champ.CONTACT: 200, Champ.COURRIEL: 254, Champ.TELEPHONE: 30, Champ.DESCRIPTION: 50_000,
    **dict.fromkeys(LINES, 200),
}  # fmt: skip
#: Remarks about one cell: more is a text, or a list of another kind.
_MOST_TOLD: Final = 10
_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class CellRemark:
    """One thing to tell about a cell: where, what, how to mend it. ``blocks``: the row is not taken."""

    champ: Champ
    message: str
    suggestion: str = ""
    blocks: bool = True
    column: str = ""


@dataclass
class Row:
    """What one row says. ``cells``: as they are in the file; ``letters``: where each field is there.

    ``action``: which action of its row, from 1, where one row describes several.
    ``names_places``: who carries the action is in a column of places, where only a school says it.

    A field of :data:`LINES` that no other rule reads is an attribute of its name as well.
    """

    sheet: str
    number: int
    cells: Sequence[Cell]
    action: int = 1
    title: str = ""
    description: str = ""
    mentions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    commune: str = ""
    names_places: bool = False
    type_word: str = ""
    academie: str = ""
    starts: dt.date | None = None
    ends: dt.date | None = None
    temporality: Temporalite = Temporalite.UNKNOWN
    # nobody wrote it: its days are within the semaine
    moment_is_inferred: bool = False
    # what its dates say and no day can tell: the end of its description
    when_in_words: str = ""
    # a line of text like others, but for what columns of communes and of carriers say of it
    place: str = ""
    levels: tuple[Niveau, ...] = ()
    nature: Nature = Nature.UNKNOWN
    themes: tuple[CodeTheme, ...] = ()
    audience_size: int | None = None
    audience_note: str = ""
    partners: tuple[str, ...] = ()
    private_contact: str = ""
    private_email: str = ""
    private_phone: str = ""
    links: tuple[str, ...] = ()
    identifiant: str = ""
    version: str = ""
    letters: Mapping[Champ, str] = field(default_factory=dict)
    remarks: list[CellRemark] = field(default_factory=list)

    @property
    def is_blocked(self) -> bool:
        """Whether something has to be mended before the row can be taken."""
        return any(remark.blocks for remark in self.remarks)

    @property
    def where(self) -> tuple[str, int, int]:
        """Where it is in the file, unlike any other."""
        return self.sheet, self.number, self.action

    def note(self, champ: Champ, message: str, suggestion: str = "", *, blocks: bool = True) -> None:
        """Tell something about the cell of ``champ``; of a cell that is all wrong, the first things."""
        if sum(one.champ is champ for one in self.remarks) >= _MOST_TOLD:
            message, suggestion = "D’autres mots de cette case sont à revoir aussi.", ""
            if any(one.message == message and one.blocks >= blocks for one in self.remarks):
                return
        self.remarks.append(CellRemark(champ, message, suggestion, blocks, self.letters.get(champ, "")))

    def shortened(self, champ: Champ, text: str) -> str:
        """Return a text of ``champ``, which a sheet may lack: of what is too long the beginning, and tell."""
        most = LIMITS[champ]
        if len(text) <= most:
            return text
        message = f"Ce texte compte {len(text)} caractères, {most} au plus : la fin n’est pas reprise."
        self.note(champ, message, "Raccourcissez-le.", blocks=False)
        return text[: most - len(_CUT)].rsplit(" ", 1)[0] + _CUT
