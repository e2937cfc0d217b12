"""How much room attachments may take in an edition: of one person, of one school, of who is not known yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Quota:
    """Room for the attachments of ``whose`` sheets in an edition: files and bytes; ``advice``: what to do."""

    whose: str
    files: int
    bytes: int
    advice: str = "Retirez ceux qui ne servent plus"

    def refusal(self, files: int, held: int, size: int) -> str:
        """Say why ``size`` more bytes do not fit beside ``files`` that take ``held``; empty when they do."""
        if files >= self.files:
            return (
                f"Les fiches {self.whose} ont déjà {files} fichiers pour cette édition, {self.files} au "
                f"plus. {self.advice}."
            )
        if held + size > self.bytes:
            return (
                f"Les fiches {self.whose} gardent déjà {megabytes(held)} Mo de fichiers pour cette édition, "
                f"et celui-ci en fait {megabytes(size)}, pour {megabytes(self.bytes)} Mo au plus. "
                f"{self.advice}, ou allégez celui-ci : image réduite, PDF en qualité d’écran."
            )
        return ""


#: A dozen sheets of a dozen photographs, half a megabyte each once drawn anew, and their documents.
PERSON: Final = Quota("de la personne qui a déclaré celle-ci", 180, 150 * MEGABYTE)
SCHOOL: Final = Quota("de l’établissement", 480, 400 * MEGABYTE)

#: One sheet's photographs as a phone takes them, until the address of who declared it is confirmed; the
#: second is for all such sheets of the instance, which together leave the disk its room.
UNCONFIRMED: Final = Quota(
    "de cette adresse, qui n’est pas encore confirmée,",
    12,
    60 * MEGABYTE,
    "Confirmez d’abord votre adresse : vous en ajouterez d’autres ensuite",
)
ALL_UNCONFIRMED: Final = Quota(
    "que personne n’a encore confirmées",
    4_000,
    2_048 * MEGABYTE,
    "Envoyez votre fiche sans celui-ci, confirmez votre adresse, puis ajoutez-le",
)


def megabytes(size: int) -> int:
    """A size in bytes as whole megabytes, one at least."""
    return max(1, -(-size // MEGABYTE))
