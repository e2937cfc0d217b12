"""How far places on earth are, as the crow flies; positions: latitudes and longitudes in WGS 84 degrees."""

from __future__ import annotations

import math
from typing import Final, TypeAlias

#: A latitude and a longitude, in degrees.
Position: TypeAlias = tuple[float, float]
#: Kilometres, on average.
EARTH_RADIUS: Final = 6371.0


def distance(a: Position, b: Position) -> float:
    """Kilometres between two positions (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(1.0, h)))
