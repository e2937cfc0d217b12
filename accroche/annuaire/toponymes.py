"""Names of places in a sentence: « dans la Nièvre », « de l’Ain », « au Havre ». Pure."""

from __future__ import annotations

from typing import Final

from accroche.lib.texte import de

#: The article of each département, by its code; one that is not told here has none: « Paris », « Mayotte ».
_ARTICLES: Final = {
    code: article
    for article, codes in (
        ("l’", "01 02 03 07 09 10 11 12 27 28 34 35 36 37 38 60 61 89 91"),
        (
            "le ",
            "14 15 18 25 29 30 32 39 41 45 46 47 49 56 59 62 63 67 68 69 81 82 83 84 90 94 95",
        ),
        ("la ", "16 17 19 2A 2B 21 23 24 26 31 33 42 43 44 48 50 51 52 53 54 55 57 58 70 71 72 73 74"),
        ("la ", "76 77 80 85 86 87 93 971 972 973 987 988"),
        ("les ", "04 05 06 08 13 22 40 64 65 66 78 79 88 92"),
    )
    for code in codes.split()
}
#: Where one says « en »: islands and Guyane; elsewhere, a name made of two rivers or places.
_EN: Final = frozenset({"2A", "2B", "971", "972", "973", "987", "988"})
_CONTRACTED: Final = {"le ": "du ", "les ": "des ", "la ": "de la ", "l’": "de l’"}


def in_departement(code: str, name: str) -> str:
    """Where it is: « dans la Nièvre », « en Saône-et-Loire », « à Paris », « dans les Landes »."""
    article = _ARTICLES.get(code)
    if article is None:
        return f"à {name}"
    if code in _EN or "-et-" in name:
        return f"en {name}"
    return f"dans {article}{name}"


def of_departement(code: str, name: str) -> str:
    """Whose it is: « de la Nièvre », « du Loiret », « de Paris », « des Landes »."""
    article = _ARTICLES.get(code)
    return f"{_CONTRACTED[article]}{name}" if article else de(name)


def in_commune(name: str) -> str:
    """Where it is: « à Nevers », « au Havre », « aux Lilas », « à La Rochelle »."""
    for article, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"à {name}"


#: Cities cut into arrondissements: the code of the whole, its name, its first and last part.
_CUT: Final = (
    ("75056", "Paris", 75101, 75120),
    ("69123", "Lyon", 69381, 69389),
    ("13055", "Marseille", 13201, 13216),
)


def departement_code(insee: str) -> str:
    """The code of the département or territory of a commune: « 58 », « 2A », « 988 »; empty for no code."""
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]


def city_of(insee: str) -> tuple[str, str] | None:
    """The code and name of the city an arrondissement is part of; None for what is none."""
    if insee.isdigit():
        for code, name, first, last in _CUT:
            if first <= int(insee) <= last:
                return code, name
    return None


def parts_of(insee: str) -> tuple[str, ...]:
    """The codes of the arrondissements of a city that is cut; empty for any other commune."""
    for code, _, first, last in _CUT:
        if code == insee:
            return tuple(str(part) for part in range(first, last + 1))
    return ()


def name_of_city(insee: str) -> str:
    """The name of a city that is cut into arrondissements; empty for any other commune."""
    return next((name for code, name, *_ in _CUT if code == insee), "")
