"""Every icon a page names is in a style sheet that pages load: else it is a black square."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from tests.strictness import ROOT

NAMED = re.compile(r"fr-icon-[a-z0-9-]+")
BASE = ROOT / "accroche" / "commun" / "templates" / "commun" / "base.html"


def sheets() -> str:
    """The DSFR's sheets that the base template loads."""
    loaded = re.findall(r"static '(dsfr/[^']+\.css)'", BASE.read_text(encoding="utf-8"))
    assert len(loaded) > 1
    return "".join(Path(str(finders.find(path))).read_text(encoding="utf-8") for path in loaded)


def test_each_icon_is_drawn() -> None:
    drawn = set(NAMED.findall(sheets()))
    for path in sorted((ROOT / "accroche").rglob("*.html")):
        for icon in NAMED.findall(path.read_text(encoding="utf-8")):
            assert icon in drawn, f"{path.name}: {icon}"
