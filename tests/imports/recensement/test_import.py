"""Importing a census sheet: what is written, what is not, twice, half-way, elsewhere."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Arrivage
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import Partenaire
from accroche.commun.models import JournalEntry, Message
from accroche.comptes.permissions import ANONYMOUS, Access
from accroche.comptes.regles import TypeRole
from accroche.imports.operations.recensement import InterruptedImportError, examine, import_rows
from accroche.imports.queries.confrontation import Confrontation
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.tables import tables_of
from accroche.imports.recensement.verdicts import Fate
from accroche.integrations.tableur import unpack
from accroche.relecture.operations.doublons import tell_apart
from tests import factories
from tests.factories import NOW
from tests.imports.recensement.nasty import PLAIN, TITLES, csv
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

HEAD = ("Titre", "Établissement", "UAI", "Description", "Thèmes", "Partenaires", "Liens")


def confronted(
    folder: Path, rows: Any, where: Territory, access: Access, build: Any = csv, tick: Any = None
) -> Callable[[], Confrontation]:
    """What is needed to examine or import these rows."""
    source, spool = folder / "fichier", folder / "lignes"
    build(rows)(source)
    unpack(source, spool)
    tables = tables_of(spool)
    return lambda: Confrontation(
        spool, tables, where.semaine.edition, where.academie, access, NOW, tick=tick or (lambda _done: None)
    )


def test_rows_land_in_the_queue_and_in_the_journal_without_a_mail(
    tmp_path: Path, where: Territory, moderator: User
) -> None:
    report = import_rows(confronted(tmp_path, PLAIN, where, factories.access(moderator)), source="a.csv")
    assert report.counts[Fate.NEW] == 3
    assert list(Action.objects.order_by("position").values_list("title", "etat")) == [
        (title, Etat.SUBMITTED) for title in TITLES
    ]
    first = Action.objects.get(title=TITLES[0])
    assert (first.audience_size, first.college, first.submitted_at) == (120, True, NOW)
    assert first.private_email == first.porteurs.get().etablissement.email  # type: ignore[union-attr]
    entries = JournalEntry.objects.filter(subject=f"action:{first.pk}")
    assert [(entry.verb, entry.actor, entry.note) for entry in entries] == [
        ("import", moderator, "a.csv, ligne 2")
    ]
    assert JournalEntry.objects.filter(subject=f"semaine:{where.semaine.pk}").count() == 1
    assert not Message.objects.exists()


def test_a_row_keeps_its_lists(tmp_path: Path, where: Territory, moderator: User) -> None:
    rows = (
        HEAD,
        ("Forum", "CIO de Dijon ; Collège Dijon 1", "", "a", "Orientation", "CAF ; Ville", "https://a.fr/b"),
        ("Salon", "CIO de Dijon", "", "b", "Orientation", "CAF", ""),
    )
    import_rows(confronted(tmp_path, rows, where, factories.access(moderator)), source="a.csv")
    forum = Action.objects.get(title="Forum")
    assert {porteur.kind for porteur in forum.porteurs.order_by("pk")} == {
        TypePorteur.CIO,
        TypePorteur.COLLEGE,
    }
    assert [str(row) for row in forum.participations.order_by("position")] == ["CAF", "Ville"]
    assert [link.url for link in forum.liens.order_by("position")] == ["https://a.fr/b"]
    assert [theme.code for theme in forum.themes.order_by("pk")] == ["orientation"]
    assert Partenaire.objects.filter(name="CAF").count() == 1
    assert Porteur.objects.filter(kind=TypePorteur.CIO).count() == 1


def test_the_same_file_twice_changes_nothing(tmp_path: Path, where: Territory, moderator: User) -> None:
    fresh = confronted(tmp_path, PLAIN, where, factories.access(moderator))
    import_rows(fresh, source="a.csv")
    before = list(Action.objects.order_by("pk").values())
    entries = JournalEntry.objects.count()
    report = import_rows(fresh, source="a.csv")
    assert report.counts == {Fate.SAME: 3, "left_out": 0}
    assert list(Action.objects.order_by("pk").values()) == before
    assert JournalEntry.objects.count() == entries


def test_a_title_mended_on_the_site_is_still_known(tmp_path: Path, where: Territory, moderator: User) -> None:
    fresh = confronted(tmp_path, PLAIN, where, factories.access(moderator))
    import_rows(fresh, source="a.csv")
    Action.objects.filter(title=TITLES[0]).update(title="Grand forum des métiers")
    report = import_rows(fresh, source="a.csv")
    assert (report.counts[Fate.NEW], report.counts[Fate.CHANGED]) == (0, 1)
    # the site changed, the file did not say it knew: the site is kept
    assert Action.objects.filter(title="Grand forum des métiers").exists()


def test_what_a_school_declared_itself_is_not_doubled(
    tmp_path: Path, where: Territory, moderator: User
) -> None:
    factories.action(where, where.departement.etablissements.order_by("uai")[0], title="FORUM des metiers")
    report = import_rows(confronted(tmp_path, PLAIN, where, factories.access(moderator)), source="a.csv")
    assert (report.counts[Fate.NEW], report.counts[Fate.CHANGED]) == (2, 1)


def test_a_row_twice_in_a_file_is_taken_once(tmp_path: Path, where: Territory, moderator: User) -> None:
    report = import_rows(
        confronted(tmp_path, (*PLAIN, PLAIN[1]), where, factories.access(moderator)), source="a.csv"
    )
    assert (report.counts[Fate.NEW], report.counts[Fate.TWICE]) == (3, 1)


def test_two_sheets_told_apart_are_two_rows_of_a_file(
    tmp_path: Path, where: Territory, moderator: User
) -> None:
    """Of one title and school, the second row was « the same action » until somebody said they are two."""
    access = factories.access(moderator)
    import_rows(confronted(tmp_path, PLAIN[:2], where, access), source="a.csv")
    first = Action.objects.get()
    school = first.porteurs.get().etablissement
    second = factories.action(where, school, title=first.title, description=first.description)
    twice = confronted(tmp_path, [PLAIN[0], PLAIN[1], PLAIN[1]], where, access)
    assert [one.fate for one in twice().verdicts()] == [Fate.SAME, Fate.TWICE]
    tell_apart(first, second, access=access, at=NOW, versions=(first.version, second.version))
    told = list(twice().verdicts())
    assert [one.action for one in told] == [first.pk, second.pk]
    assert Fate.TWICE not in {one.fate for one in told}
    third = confronted(tmp_path, [PLAIN[0], PLAIN[1], PLAIN[1], PLAIN[1]], where, access)
    assert [one.fate for one in third().verdicts()][-1] is Fate.TWICE


def test_a_school_of_another_academie_is_refused_with_a_word(
    tmp_path: Path, where: Territory, moderator: User
) -> None:
    school = factories.school(factories.territory("Lyon", "69"))
    rows = (("Titre", "UAI"), ("Forum", school.uai), ("Salon", "0210001M"))
    report = import_rows(confronted(tmp_path, rows, where, factories.access(moderator)), source="a.csv")
    assert (report.counts[Fate.NEW], report.counts[Fate.REFUSED]) == (1, 1)
    [remark] = report.rows[Fate.REFUSED][0]["remarks"]
    assert "est de l’académie de Lyon" in remark["message"]
    assert remark["column"] == "B"


@pytest.mark.parametrize(
    ("school", "words"),
    [("Collège Dijon", "Collège Dijon 1, Dijon"), ("Collège Zzzz", "Ajoutez la commune")],
)
def test_a_school_named_with_doubt_comes_with_a_suggestion(
    tmp_path: Path, where: Territory, moderator: User, school: str, words: str
) -> None:
    rows = (("Titre", "Établissement"), ("Forum", school))
    report = examine(confronted(tmp_path, rows, where, factories.access(moderator))())
    [remark] = report.rows[Fate.REFUSED][0]["remarks"]
    assert words in remark["suggestion"]


def test_who_does_not_moderate_writes_nothing(tmp_path: Path, where: Territory) -> None:
    reader = factories.person(TypeRole.LECTEUR, academie=where.academie)
    other = factories.person(TypeRole.MODERATEUR, academie=factories.territory("Lyon", "69").academie)
    for access in (ANONYMOUS, factories.access(reader), factories.access(other)):
        fresh = confronted(tmp_path, PLAIN, where, access)
        with pytest.raises(PermissionDenied):
            import_rows(fresh, source="a.csv")
        with pytest.raises(PermissionDenied):
            examine(fresh())
    assert not Action.objects.exists()


def test_stopped_half_way_nothing_was_written(tmp_path: Path, where: Territory, moderator: User) -> None:
    rows = (PLAIN[0], *((f"Action {n}", "", "0210001M", "", "", "") for n in range(1200)))

    def stop(done: int) -> None:
        if done > 600:
            assert Action.with_arriving.exists()
            assert not Action.objects.exists(), "nobody sees what has not arrived"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_rows(confronted(tmp_path, rows, where, factories.access(moderator), tick=stop), source="a")
    assert not Action.with_arriving.exists()
    assert not JournalEntry.objects.exists()
    assert not Porteur.objects.exists()
    assert not Arrivage.objects.exists()


def test_two_imports_at_once_write_once(tmp_path: Path, where: Territory, moderator: User) -> None:
    """What somebody else wrote between the look and the writing is found at the second attempt."""
    access = factories.access(moderator)
    calls: list[str] = []
    inner = confronted(tmp_path, PLAIN, where, access)

    def meanwhile(_done: int) -> None:
        if len(calls) == 1:
            calls.append("wrote")
            slug = addresses[0]
            factories.action(where, title="Autre", slug=slug)

    import_rows(inner, source="a.csv")
    addresses = list(Action.objects.order_by("pk").values_list("slug", flat=True))
    Action.objects.all().delete()

    def fresh() -> Confrontation:
        calls.append("fresh")
        found = inner()
        found.tick = meanwhile
        return found

    report = import_rows(fresh, source="a.csv")
    assert calls == ["fresh", "wrote", "fresh"]
    assert report.counts[Fate.NEW] == 3 - report.counts[Fate.CHANGED]
    with pytest.raises(InterruptedImportError, match="rien n’a été écrit"):
        import_rows(_always_late(inner, where), source="b.csv")


def _always_late(inner: Callable[[], Confrontation], where: Territory) -> Callable[[], Confrontation]:
    """Somebody writes the same at every attempt."""

    def late(_done: int) -> None:
        from django.db import IntegrityError  # noqa: PLC0415 - what the database would say

        raise IntegrityError

    def fresh() -> Confrontation:
        found = inner()
        found.tick = late
        return found

    return fresh


def test_a_large_file_asks_as_much_for_each_batch(tmp_path: Path, where: Territory, moderator: User) -> None:
    counts = []
    for size in (600, 1600):
        rows = (PLAIN[0], *((f"Action {size} {n}", "", "0210001M", "", "", "") for n in range(size)))
        with CaptureQueriesContext(connection) as captured:
            import_rows(confronted(tmp_path, rows, where, factories.access(moderator)), source="a.csv")
        counts.append(len(captured))
    assert counts[1] - counts[0] < 1000 / 10  # far fewer statements than rows


def command(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command(
        "import_recensement",
        str(path),
        **{"academie": "dijon", "edition": factories.YEAR} | options,
        stdout=out,
    )
    return out.getvalue()


def test_the_command_tries_writes_and_reports(tmp_path: Path, where: Territory) -> None:
    path, report = tmp_path / "recensement.csv", tmp_path / "r.json"
    csv((PLAIN[0], ("Total", "", "", "", "", 3), *PLAIN[1:], PLAIN[1], ("Sans école", "", "", "", "", "")))(
        path
    )
    told = command(path, dry_run=True, report=report)
    assert "rien n’a été écrit" in told
    assert not Action.objects.exists()
    rows = json.loads(report.read_text())["rows"]
    assert [row.get("action") for row in rows] == [None] * 6
    tried = told
    told = command(path, report=report)
    assert tried == f"{told}Essai : rien n’a été écrit.\n"
    assert "\nAvant publication, 3 fiches (lignes 3, 4, 5) : " in told
    assert "3 fiches nouvelles" in told
    assert "Ligne 7 B : Il manque l’établissement" in told
    assert "que la ligne 3. Une seule fiche est reprise : s’il y a deux actions, donnez-leur" in told
    whole = json.loads(report.read_text())
    assert whole["counts"][Fate.REFUSED] == 1
    # every row, in the order of the file, with what became of it and of which sheet
    assert [(row["number"], row["fate"]) for row in whole["rows"]] == [
        (2, "left_out"), (3, Fate.NEW), (4, Fate.NEW), (5, Fate.NEW), (6, Fate.TWICE), (7, Fate.REFUSED)
    ]  # fmt: skip
    written = {action.pk: action.title for action in Action.objects.all()}
    assert {row["action"]: row["title"] for row in whole["rows"] if row["fate"] == Fate.NEW} == written
    assert whole["rows"][1]["read"]["titre"] == PLAIN[1][0]
    keys = {*whole, *(key for row in whole["rows"] for key in row)}
    documented = Path("docs/compte-rendu-recensement.md").read_text(encoding="utf-8")
    assert not [key for key in keys if f"`{key}`" not in documented]
    assert "Même titre et mêmes porteurs que la ligne 3" in whole["rows"][4]["remarks"][0]["message"]
    assert JournalEntry.objects.filter(actor_name="accroche import_recensement").count() == 4
    assert "3 déjà sur le site" in command(path, report=report)
    assert [row["fate"] for row in json.loads(report.read_text())["rows"]][1] == Fate.SAME
    # both sides changed a sheet: the site is kept and it is said, unless the file is preferred
    csv((PLAIN[0], (*PLAIN[1][:5], 77)))(path)
    tried = command(path, dry_run=True)
    told = command(path)
    assert tried == f"{told}Essai : rien n’a été écrit.\n"
    assert "1 case en conflit : le site est gardé (--prefer fichier pour l’inverse)." in told
    assert "dans le fichier 77" in told
    assert not Action.objects.filter(audience_size=77).exists()
    assert "le fichier est pris" in command(path, prefer="fichier", report=report)
    [row] = json.loads(report.read_text())["rows"]
    assert row["action"] == Action.objects.get(audience_size=77).pk
    assert [one["taken"] for one in row["differences"]] == [True]


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        ("titre;uai\n", {"academie": "atlantis"}, "Académie inconnue"),
        ("titre;uai\n", {"edition": "1999-2000"}, "Édition inconnue"),
        ("alpha;beta\n1;2\n", {}, "Les colonnes ne sont pas reconnues"),
        ("nom;ville\nRésidence Roy;Dijon\nLe Noyer;Nolay\n", {}, "ne ressemble pas à une liste d’actions"),
        ("", {}, "Ce fichier est vide"),
        (None, {}, "n’existe pas"),
    ],
)
def test_the_command_refuses_with_words(
    tmp_path: Path, where: Territory, content: str | None, options: dict[str, Any], words: str
) -> None:
    path = tmp_path / "a.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        command(path, **options)


#: A zero byte makes of a text no table at all: the file is refused as a whole, which other tests see.
TOLD = st.characters(exclude_characters="\0")


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.text(TOLD, max_size=20),
            st.sampled_from(["0210001M", "", "x", "0210001"]),
            st.text(TOLD, max_size=12),
        ),
        max_size=6,
    )
)
def test_any_file_is_written_whole_or_told(
    tmp_path: Path, where: Territory, moderator: User, rows: list[tuple[str, str, str]]
) -> None:
    """Each row is one of what the report counts, and what is new is there: never more, never less."""
    before = Action.objects.count()
    report = import_rows(
        confronted(tmp_path, (("Titre", "UAI", "Dates"), *rows), where, factories.access(moderator)),
        source="a.csv",
    )
    assert Action.objects.count() - before == report.counts[Fate.NEW]
    assert all(row["remarks"] for row in report.rows.get(Fate.REFUSED, []))
    assert Champ.UAI.label == "UAI"
