"""An index in its folder: made, written by one program at a time, read by many."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import tantivy

from accroche.integrations.tantivy import analyse
from accroche.integrations.tantivy.choix import in_columns
from accroche.integrations.tantivy.errors import BrokenIndexError, told
from accroche.integrations.tantivy.jours import days_after
from accroche.integrations.tantivy.recherche import Snapshot
from accroche.integrations.tantivy.schema import DURING, KEY, schema

#: Room for what is written and not committed yet, in bytes: a few sheets, or a whole index.
SMALL: Final = 15_000_000
LARGE: Final = 200_000_000

#: What is said of one action: the values of each field of the schema that it has.
Told = Mapping[str, Iterable[Any]]


class SearchIndex:
    """An index that is there. Raises ``BrokenIndexError`` when none can be read in ``folder``."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        """Open it, or make an empty one in an empty folder."""
        self.folder = folder
        with told():
            if not new and not tantivy.Index.exists(str(folder)):
                raise BrokenIndexError(f"no index in {folder}")
            self._index = tantivy.Index(schema(), str(folder), reuse=not new)
            for name in (analyse.STEMMED, analyse.PLAIN):
                self._index.register_tokenizer(name, analyse.analyser(name))
            # readers look by themselves whether it moved: a watching thread would tell them later
            self._index.config_reader("manual")
            self._index.reload()

    def snapshot(self, before: Snapshot | None = None) -> Snapshot:
        """The index as of its last commit; ``before``: the state that was read until now."""
        with told():
            commit = self._commit()
            self._index.reload()
            searcher = self._index.searcher()
            # who commits meanwhile leaves in doubt which commit was read
            known = commit == self._commit()
            return Snapshot(searcher, _withdrawn(commit) if commit and known else math.inf, before)

    def _commit(self) -> bytes | None:
        """What the library writes of the last commit; None where there is nothing to read."""
        try:
            return (self.folder / "meta.json").read_bytes()
        except OSError:
            return None

    def moved(self) -> tuple[int, int, int]:
        """What changes with each commit; costs one look at the disk. Raises ``BrokenIndexError``."""
        try:
            at = (self.folder / "meta.json").stat()
        except OSError as error:
            raise BrokenIndexError(str(error)) from error
        return at.st_mtime_ns, at.st_ino, at.st_size

    def writer(self, room: int = SMALL) -> IndexWriter:
        """Write to it. Raises ``IndexUnavailableError`` while another program does."""
        with told():
            return IndexWriter(self._index.writer(room, 1))


def _withdrawn(commit: bytes) -> float:
    """How many that were withdrawn stand in the lists of a commit still; no end where it is not said."""
    try:
        segments = json.loads(commit)["segments"]
        return sum(int(one["deletes"]["num_deleted_docs"]) for one in segments if one["deletes"])
    except (ValueError, KeyError, TypeError):
        return math.inf


class IndexWriter:
    """What is written, all of it by one commit or none."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        """Hold the library's writer, and with it the lock of the folder."""
        self._writer = writer

    def replace(self, key: int, fields: Told | None) -> None:
        """Say anew what there is to find of one action; None: nothing any more."""
        with told():
            # not by the bare term: 0.27 makes a signed one of it, which no unsigned field ever holds
            self._writer.delete_documents_by_query(tantivy.Query.term_query(schema(), KEY, key))
        if fields is not None:
            self.add(key, fields)

    def add(self, key: int, fields: Told) -> None:
        """The same of an action the index does not know."""
        with told():
            document = tantivy.Document()
            document.add_unsigned(KEY, key)
            document.extend({name: list(values) for name, values in fields.items()}, schema())
            document.extend({DURING: days_after(fields), **in_columns(fields)}, schema())
            self._writer.add_document(document)

    def commit(self) -> None:
        """Make it certain and visible: kept even if the machine stops, or not there at all."""
        with told():
            self._writer.commit()

    def close(self) -> None:
        """Let others write; what was not committed is forgotten, what is being tidied up is finished."""
        with told():
            self._writer.rollback()
            self._writer.wait_merging_threads()
