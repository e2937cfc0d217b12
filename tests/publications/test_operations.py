"""Freezing versions and writing files."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.campagne.models import Edition, Semaine
from accroche.dossier import instantane
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.comptage import public_dossier
from accroche.publications.documents.kinds import SYNTHESE
from accroche.publications.models import Synthese
from accroche.publications.operations import freeze, publish, versions, write_files
from accroche.publications.outline import Document
from accroche.publications.queries import (
    UnknownVersionError,
    frozen_document,
    get_version,
    waiting_actions,
    working_document,
)
from accroche.publications.renderers import FORMATS
from tests.dossier.sample import OLD_EDITION
from tests.imports.loading import load

AT = dt.datetime(2016, 9, 1, 23, 30, tzinfo=dt.UTC)
LATER = dt.datetime(2016, 10, 1, 8, 0, tzinfo=dt.UTC)


def narrate(edition: Edition, academie: str, words: str) -> None:
    Semaine.objects.filter(edition=edition, academie__name=academie).update(narrative=words)


def section_text(document: Document, ident: str) -> str:
    return repr(next(found for _, found in document.walk() if found.id == ident))


def test_a_frozen_version_never_changes(edition_2015: Edition) -> None:
    version = freeze(edition_2015, at=AT)
    before = frozen_document(version)
    narrate(edition_2015, "Lyon", "Tout autre chose.")
    edition_2015.axes.update(label="Un autre catalogue")
    assert frozen_document(Synthese.objects.get(pk=version.pk)) == before
    assert "Tout autre chose." in section_text(working_document(edition_2015), "academie-lyon")


@pytest.mark.django_db
def test_content_frozen_by_an_older_accroche_makes_no_new_version() -> None:
    load(OLD_EDITION)
    edition = Edition.objects.get(year="2015-2016")
    told = json.loads((Path(__file__).parents[1] / "dossier" / "forme_1.json").read_text("utf-8"))
    old = Synthese.objects.create(
        edition=edition, number=1, settled_at=AT, digest=instantane.digest(told), snapshot=told
    )
    assert freeze(edition, at=LATER) == old
    assert working_document(edition).version
    narrate(edition, "Dijon", "Tout autre chose.")
    assert freeze(edition, at=LATER).number == 2


def test_the_version_is_dated_in_local_time(edition_2015: Edition) -> None:
    # 23 h 30 in universal time is already the next day in Paris
    assert frozen_document(freeze(edition_2015, at=AT)).version.endswith("le 2\u00a0septembre 2016")


def test_unchanged_content_makes_no_new_version(edition_2015: Edition) -> None:
    first = freeze(edition_2015, at=AT)
    assert freeze(edition_2015, at=LATER) == first
    assert Synthese.objects.count() == 1


def test_a_correction_is_a_new_version_with_its_difference(edition_2015: Edition) -> None:
    publish(freeze(edition_2015, at=AT), at=AT)
    narrate(edition_2015, "Lyon", "Corrigé.")
    second = freeze(edition_2015, at=LATER)
    assert second.number == 2
    changes = section_text(frozen_document(second), "changements")
    assert "Lyon" in changes
    assert "Corrigé." in changes


def test_the_same_number_twice_is_refused(edition_2015: Edition) -> None:
    freeze(edition_2015, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Synthese.objects.create(edition=edition_2015, number=1, settled_at=AT, digest="", snapshot={})


def test_an_unknown_version_is_said(edition_2015: Edition) -> None:
    freeze(edition_2015, at=AT)
    with pytest.raises(UnknownVersionError, match=r"pas de version 7 \(versions arrêtées : 1\)"):
        get_version(edition_2015, 7)


def test_what_waits_for_moderation_is_in_no_document(edition_2015: Edition) -> None:
    waiting = Action.objects.filter(semaine__academie__name="Lyon").first()
    assert waiting is not None
    Action.objects.filter(pk=waiting.pk).update(etat=Etat.SUBMITTED)
    assert waiting_actions(edition_2015) == 1
    assert waiting.title not in section_text(working_document(edition_2015), "academie-lyon")
    assert waiting.title not in repr(freeze(edition_2015, at=AT).snapshot)


def test_files_appear_whole(edition_2015: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = working_document(edition_2015)
    monkeypatch.setitem(FORMATS, "html", lambda _document, _draw: {"whole.txt": b"whole", "a/b.txt": b"x"})
    seen: list[tuple[int, int]] = []
    files = write_files(
        SYNTHESE, document, tmp_path, ["html"], lambda done, total: seen.append((done, total))
    )
    assert [(file.path.relative_to(tmp_path).as_posix(), file.size) for file in files] == [
        ("donnees/whole.txt", 5),
        ("donnees/a/b.txt", 1),
    ]
    assert seen == [(1, 1)]
    assert sorted(path.name for path in (tmp_path / "donnees").iterdir()) == ["a", "whole.txt"]


def test_a_failed_write_leaves_the_old_file(
    edition_2015: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "synthese.html").write_bytes(b"old")
    monkeypatch.setitem(FORMATS, "html", lambda _document, _draw: b"new")

    def full_disk(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_files(SYNTHESE, working_document(edition_2015), tmp_path, ["html"])
    assert (tmp_path / "synthese.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["synthese.html"]


@pytest.mark.django_db(transaction=True)
def test_others_write_while_a_version_is_frozen(
    edition_2015: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they write meanwhile is in the next version: this one is of the moment it began."""

    def write() -> None:
        try:
            narrate(edition_2015, "Lyon", "Écrit pendant ce temps.")
        finally:
            connection.close()

    def read(edition: Edition) -> EditionDossier:
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        return public_dossier(edition)

    monkeypatch.setattr(versions, "public_dossier", read)
    first = freeze(edition_2015, at=AT)
    assert "Écrit pendant" not in section_text(frozen_document(first), "academie-lyon")
    second = freeze(edition_2015, at=LATER)
    assert (second.number, second.edition) == (2, edition_2015)
    assert "Écrit pendant" in section_text(frozen_document(second), "academie-lyon")
