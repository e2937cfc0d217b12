"""Every icon a page names is one of the DSFR: else it is a black square."""

from __future__ import annotations

import re

from accroche.commun.feuille import feuille
from tests.strictness import ROOT

NAMED = re.compile(r"fr-icon-[a-z0-9-]+")


def test_each_icon_is_drawn() -> None:
    drawn = set(NAMED.findall(feuille().text))
    for path in sorted((ROOT / "accroche").rglob("*.html")):
        for icon in NAMED.findall(path.read_text(encoding="utf-8")):
            assert icon in drawn, f"{path.name}: {icon}"
