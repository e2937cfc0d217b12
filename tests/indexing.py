"""An index for the tests that ask the search engine; without it, all is answered from the database."""

from __future__ import annotations

from pathlib import Path

from accroche.catalogue.emplacement import Emplacement
from accroche.catalogue.queries.projection import all_keys, told_of
from accroche.integrations.tantivy import SearchIndex, signature


def fill(root: Path) -> Emplacement:
    """Make an index of what the public sees now, and have it answer."""
    place = Emplacement(root)
    name = f"{signature()}-test"
    place.folder(name).mkdir(parents=True)
    writer = SearchIndex(place.folder(name), new=True).writer()
    for keys in all_keys():
        for key, fields in told_of(keys).items():
            writer.replace(key, fields)
    writer.commit()
    writer.close()
    place.answer_from(name)
    return place
