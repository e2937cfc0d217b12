"""Where the académies' services sit: what lies between two offices that help each other.

Facts, by the académie's slug: the town of the rectorat (whose address each académie publishes), its position
in degrees rounded to a hundredth (about a kilometre, those of the commune), and its clock in winter, in hours
from UTC. A test compares them with the schools of the reference pack and with the clocks of
``lib/moments.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accroche.lib.terre import distance

#: The clock of Paris in winter.
PARIS: Final = 1.0
DAY: Final = 24.0


@dataclass(frozen=True, slots=True)
class Rectorat:
    """A town, its position (WGS 84 degrees) and its clock in winter (hours from UTC)."""

    town: str
    latitude: float
    longitude: float
    hours: float = PARIS

    def kilometres_to(self, other: Rectorat) -> float:
        """How far the other is, as the crow flies."""
        return distance((self.latitude, self.longitude), (other.latitude, other.longitude))

    def hours_from(self, other: Rectorat) -> float:
        """Between their clocks, the shorter way round."""
        apart = abs(self.hours - other.hours) % DAY
        return min(apart, DAY - apart)


#: Of the académies of 2015-2016 and of those that came since.
RECTORATS: Final[dict[str, Rectorat]] = {
    "aix-marseille": Rectorat("Aix-en-Provence", 43.53, 5.45),
    "amiens": Rectorat("Amiens", 49.89, 2.30),
    "besancon": Rectorat("Besançon", 47.24, 6.02),
    "bordeaux": Rectorat("Bordeaux", 44.84, -0.58),
    "caen": Rectorat("Caen", 49.18, -0.37),
    "clermont-ferrand": Rectorat("Clermont-Ferrand", 45.78, 3.09),
    "corse": Rectorat("Ajaccio", 41.92, 8.74),
    "creteil": Rectorat("Créteil", 48.79, 2.46),
    "dijon": Rectorat("Dijon", 47.32, 5.04),
    "grenoble": Rectorat("Grenoble", 45.19, 5.72),
    "guadeloupe": Rectorat("Les Abymes", 16.27, -61.50, -4.0),
    "guyane": Rectorat("Cayenne", 4.94, -52.33, -3.0),
    "la-reunion": Rectorat("Saint-Denis", -20.88, 55.45, 4.0),
    "lille": Rectorat("Lille", 50.63, 3.06),
    "limoges": Rectorat("Limoges", 45.83, 1.26),
    "lyon": Rectorat("Lyon", 45.76, 4.84),
    "martinique": Rectorat("Schœlcher", 14.62, -61.10, -4.0),
    "mayotte": Rectorat("Mamoudzou", -12.78, 45.23, 3.0),
    "montpellier": Rectorat("Montpellier", 43.61, 3.88),
    "nancy-metz": Rectorat("Nancy", 48.69, 6.18),
    "nantes": Rectorat("Nantes", 47.22, -1.55),
    "nice": Rectorat("Nice", 43.70, 7.27),
    "normandie": Rectorat("Caen", 49.18, -0.37),
    "orleans-tours": Rectorat("Orléans", 47.90, 1.91),
    "paris": Rectorat("Paris", 48.86, 2.35),
    "poitiers": Rectorat("Poitiers", 46.58, 0.34),
    "reims": Rectorat("Reims", 49.26, 4.03),
    "rennes": Rectorat("Rennes", 48.11, -1.68),
    "rouen": Rectorat("Rouen", 49.44, 1.10),
    "strasbourg": Rectorat("Strasbourg", 48.58, 7.75),
    "toulouse": Rectorat("Toulouse", 43.60, 1.44),
    "versailles": Rectorat("Versailles", 48.80, 2.13),
}
