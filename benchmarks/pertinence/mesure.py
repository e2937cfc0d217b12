"""Both engines on the sixty questions, and the table that ``docs/recherche.md`` holds."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Final

from accroche.catalogue.indexable import Alentours, said
from accroche.dossier.dossier import EditionDossier
from accroche.integrations.tantivy import TEXTS, Interrogation, SearchIndex
from accroche.lib.requete import EMPTY, parse
from benchmarks.pertinence.juges import RANK, Fiche, Question, fiches, folded, grade, ndcg, questions

OURS: Final = "Accroche"
ANY, ALL = "FTS5, any word", "FTS5, every word"
Scores = dict[Question, dict[str, float]]
Engine = Callable[[str], list[int]]


def measured(real: EditionDossier) -> Scores:
    """nDCG@10 of each question that has an answer, by engine."""
    sheets = fiches(real)
    told = {sheet.key: _told(sheet) for sheet in sheets}
    found: Scores = {}
    with tempfile.TemporaryDirectory() as folder:
        engines = {OURS: ours(told, Path(folder)), **fts5(told)}
        for question in questions():
            grades = {sheet.key: grade(question, sheet) for sheet in sheets}
            if any(grades.values()):
                found[question] = {
                    name: ndcg([grades[key] for key in ask(question.text)], list(grades.values()))
                    for name, ask in engines.items()
                }
    return found


def _told(sheet: Fiche) -> dict[str, list[str]]:
    where = Alentours(sheet.edition, folded(sheet.academie), (sheet.academie,), (), dt.date(2016, 3, 14))
    return said(sheet.action, sheet.action, (), where)


def ours(told: dict[int, dict[str, list[str]]], folder: Path) -> Engine:
    """Our index, as the search page asks it: the words that were typed are whole."""
    index = SearchIndex(folder, new=True)
    writer = index.writer()
    for key, fields in told.items():
        writer.add(key, fields)
    writer.commit()
    writer.close()
    snapshot = index.snapshot()

    def ask(text: str) -> list[int]:
        requete = parse(text)
        asked = Interrogation(requete, least=snapshot.least(requete))
        return [key for key, _ in snapshot.find(asked, RANK)[1]]

    return ask


def fts5(told: dict[int, dict[str, list[str]]]) -> dict[str, Engine]:
    """SQLite's, with bm25 and our weights: one word is enough, or all of them are needed."""
    database = sqlite3.connect(":memory:")
    columns = ", ".join(TEXTS)
    database.execute(
        f"CREATE VIRTUAL TABLE actions USING fts5({columns}, tokenize='unicode61 remove_diacritics 2')"
    )
    for key, fields in told.items():
        texts = ["\n".join(fields.get(name, [])) for name in TEXTS]
        database.execute(
            "INSERT INTO actions (rowid, titre, noms, sujet, texte) VALUES (?, ?, ?, ?, ?)", [key, *texts]
        )
    weights = ", ".join(map(str, TEXTS.values()))

    def ask(text: str, joint: str) -> list[int]:
        words = [word for word in folded(text).split() if word not in EMPTY]
        match = joint.join(f'"{word}"' for word in words)
        rows = database.execute(
            f"SELECT rowid FROM actions WHERE actions MATCH ? ORDER BY bm25(actions, {weights}) LIMIT {RANK}",  # noqa: S608 - numbers of ours
            [match],
        )
        return [int(row[0]) for row in rows]

    return {ANY: lambda text: ask(text, " OR "), ALL: lambda text: ask(text, " AND ")}


def table(found: Scores) -> str:
    """The table of the page."""
    people = sorted({question.who for question in found})
    lines = [f"| who asks | questions | {OURS} | {ANY} | {ALL} |", "|---|---|---|---|---|"]
    for who in [*people, ""]:
        rows = [scores for question, scores in found.items() if who in (question.who, "")]
        figures = " | ".join(f"{mean(row[name] for row in rows):.2f}" for name in (OURS, ANY, ALL))
        lines.append(f"| {who or 'all'} | {len(rows)} | {figures} |")
    return "\n".join(lines)
