"""How much room attachments may take, for the sheets of one person and of one school in an edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Quota:
    """Room for the attachments of ``whose`` sheets in one edition: files, and bytes."""

    whose: str
    files: int
    bytes: int

    def refusal(self, files: int, held: int, size: int) -> str:
        """Say why ``size`` more bytes do not fit beside ``files`` that take ``held``; empty when they do."""
        if files >= self.files:
            return (
                f"Les fiches {self.whose} ont déjà {files} fichiers pour cette édition, {self.files} au "
                "plus. Retirez ceux qui ne servent plus."
            )
        if held + size > self.bytes:
            return (
                f"Les fiches {self.whose} gardent déjà {megabytes(held)} Mo de fichiers pour cette édition, "
                f"et celui-ci en fait {megabytes(size)}, pour {megabytes(self.bytes)} Mo au plus. Retirez "
                "ceux qui ne servent plus, ou allégez celui-ci : image réduite, PDF en qualité d’écran."
            )
        return ""


#: A dozen sheets of a dozen photographs, half a megabyte each once drawn anew, and their documents.
PERSON: Final = Quota("de la personne qui a déclaré celle-ci", 180, 150 * MEGABYTE)
SCHOOL: Final = Quota("de l’établissement", 480, 400 * MEGABYTE)


def megabytes(size: int) -> int:
    """A size in bytes as whole megabytes, one at least."""
    return max(1, -(-size // MEGABYTE))
