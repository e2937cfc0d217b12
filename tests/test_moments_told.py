"""Days and hours are told by one place: in French, « 1er novembre », « 18 h », and by whose clock."""

from __future__ import annotations

import re

from tests.test_consistency import hits, named, with_suffix

#: The filters and tags of Django that write a day or an hour as English tables have it.
FILTERS = re.compile(r"\|\s*(?:date|time|naturalday|naturaltime|timesince|timeuntil)\b|\{%\s*now\b")
#: The same in Python: a format of ``strftime``, called or within braces, and what Django has beside it.
FORMATS = re.compile(r"\.strftime\(|\b(?:date|time)_format\(|\{[^{}]*:%[A-Za-z]")
#: Written out in a text of ours: « 18:00 », « 1 novembre ».
WORDS = re.compile(
    r"(?<![\d:T.])[012]\d:[0-5]\d(?![\d:])"
    r"|(?<!\d)1 (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b"
)

#: The two modules that word days and hours for everybody.
WORDED = {"accroche/lib/dates.py", "accroche/lib/moments.py"}
#: What machines read, and where.
MACHINES = {
    "accroche/commun/delivery.py": "the header of a mail, as RFC 5322 wants it",
    "accroche/commun/logs.py": "the second of a line of the log, as Python writes it",
    "accroche/exploitation/operations/restauration.py": "part of a file's name",
    "accroche/portail/views/espace.py": "part of a file’s name",
    "accroche/portail/views/site.py": "security.txt, as RFC 9116 wants it",
    "accroche/votes/operations/organisation.py": "the key of a mail, which nobody reads",
}
#: What a browser or a directory sends is read by its format; nobody is shown it.


def test_templates_tell_days_and_hours_by_the_house_s_filters() -> None:
    found = hits(FILTERS, with_suffix(".html", ".txt", ".xml", under="accroche/"))
    assert not found, "say |jour, |jour_mois, |mois, |moment or |iso (commun/templatetags/accroche.py)"


def test_python_tells_days_and_hours_by_lib() -> None:
    paths = [path for path in with_suffix(".py", under="accroche/") if named(path) not in WORDED]
    found = [hit for hit in hits(FORMATS, paths) if hit.split(":", maxsplit=1)[0] not in MACHINES]
    assert not found, "say it with accroche/lib/dates.py or accroche/lib/moments.py"
    told = {hit.split(":", maxsplit=1)[0] for hit in hits(FORMATS, paths)}
    assert set(MACHINES) <= told, "a file that no longer writes such a format has no line in MACHINES"


def test_our_own_words_write_hours_and_first_days_in_french() -> None:
    found = hits(WORDS, with_suffix(".html", under="accroche/"))
    found += hits(WORDS, with_suffix(".md", under="docs/guide/"))
    assert not found
