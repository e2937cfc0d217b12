"""Files chosen on the first page of a sheet that was refused: kept while it is corrected.

There is no sheet yet to attach them to, and no row: the page holds a signed word for each, which names its
file among those that wait to be prepared. What no page comes back for goes at night, a day old
(``preparation.purge``).
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core import signing

from accroche.actions.formats import MAX_BYTES, MAX_PIECES, TOO_BIG, FormatError, shown_name, sniff
from accroche.actions.models import PieceJointe
from accroche.actions.operations.pieces import count_room
from accroche.actions.operations.preparation import LEFT, PieceError, forget
from accroche.commun import plafonds
from accroche.commun.limites import take
from accroche.commun.stockage import DiskFullError, TooManyBytesError, keeping, write_private
from accroche.comptes.permissions import Access
from accroche.lib import doors

_SALT: Final = "accroche.actions.attente"
_BLOCK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class EnAttente:
    """A file that waits for its sheet: the word that names it, the visitor's name of it, its bytes."""

    word: str
    name: str
    size: int
    path: Path

    def chunks(self) -> Iterator[bytes]:
        """What it holds, by blocks."""
        doors.passing("a file is read")
        with self.path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block

    def forget(self) -> None:
        """Remove it: it is attached, or refused."""
        forget("", self.path.name)


def keep(name: str, chunks: Iterable[bytes], *, access: Access, at: dt.datetime) -> EnAttente:
    """Receive a file and keep it for its sheet. Raises ``PieceError`` and ``LimitError``: none is left."""
    take(access.counted(plafonds.UPLOADS_PERSON, plafonds.UPLOADS_NETWORK), at=at)
    path = PieceJointe.root() / secrets.token_hex(16)
    try:
        with keeping():
            size, _ = write_private(path, chunks, most=MAX_BYTES)
        count_room(size, access, at, known=access.is_signed_in)
        with path.open("rb") as file:
            shown = shown_name(name, sniff(file))
    except DiskFullError as error:
        raise PieceError(str(error)) from error
    except TooManyBytesError as error:
        raise PieceError(TOO_BIG) from error
    except FormatError as error:
        path.unlink()
        raise PieceError(str(error)) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return EnAttente(signing.dumps([path.name, shown], salt=_SALT), shown, size, path)


def waiting(words: Iterable[str]) -> list[EnAttente]:
    """The files that a page names, still there; a word that is not ours, or too old, names none."""
    found = []
    for word in list(words)[:MAX_PIECES]:
        try:
            source, name = signing.loads(word, salt=_SALT, max_age=LEFT)
            path = PieceJointe.root() / source
            found.append(EnAttente(word, name, path.stat().st_size, path))
        except (signing.BadSignature, FileNotFoundError):
            continue
    return found
