"""The directory's files as plain records: two official formats, and the composite of several of them.

A format is recognised by its headings. What a cell gets wrong is told line by line, and the rest of the
line is kept: a school without a position is still a school.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TextIO

from accroche.annuaire.regles import Precision, Secteur, TypePorteur
from accroche.integrations import courriel
from accroche.lib import uai as uai_codes
from accroche.lib.tableur.cellules import bound_csv_cells
from accroche.lib.terre import distance

#: Farther than this from the middle of its département, a position is a mistake (kilometres). Half of the
#: longest département measures less.
FAR = 150.0
#: Guyane is as wide as Portugal; a file may count Saint-Martin with Guadeloupe; islands of the Pacific lie
#: far apart, Polynésie française as far as Europe is wide.
FAR_OF = {"971": 300.0, "973": 450.0, "986": 300.0, "987": 2000.0, "988": 400.0}
#: A cell longer than this is no name: the line is refused (characters).
LONGEST_CELL = 1000


#: What stays small inside a name of place.
LINKING = re.compile(
    r"(?<=[- ])(?:De|Du|Des|En|Et|Sur|Sous)(?=[- ])|(?<=-)(?:Les?|La)(?=-)|(?<=[- ])D(?=['’])"
)


class DirectoryFormatError(ValueError):
    """The file is none of the formats; the message says which columns are expected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on one line (1 is the headings), and what was done about it."""

    line: int
    uai: str
    message: str


@dataclass(frozen=True, slots=True)
class Record:
    """One school as a file tells it; empty texts and None are what it does not tell."""

    line: int
    uai: str
    kind: TypePorteur
    name: str
    sector: Secteur
    commune: str
    insee: str
    postal_code: str
    departement: str
    email: str
    latitude: float | None
    longitude: float | None
    precision: Precision
    opened_on: dt.date | None
    is_open: bool
    bassin: tuple[str, str] = ("", "")
    circonscription: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a format holds each thing; an empty name: it does not hold it."""

    uai: str
    name: str
    kind: tuple[str, ...]
    sector: str
    commune: str
    insee: str
    departement: str
    postal_code: str = ""
    email: str = ""
    opened_on: str = ""
    etat: str = ""
    precision: str = ""
    bassin: tuple[str, str] = ("", "")
    circonscription: tuple[str, str] = ("", "")


FORMATS: dict[str, Columns] = {
    "fr-en-annuaire-education": Columns(
        uai="Identifiant_de_l_etablissement",
        name="Nom_etablissement",
        kind=("libelle_nature", "Type_etablissement"),
        sector="Statut_public_prive",
        commune="Nom_commune",
        insee="Code_commune",
        departement="Code_departement",
        postal_code="Code_postal",
        email="Mail",
        opened_on="date_ouverture",
        etat="etat",
        bassin=("code_bassin_formation", "libelle_bassin_formation"),
        circonscription=("code_circonscription", "nom_circonscription"),
    ),
    "fr-en-adresse-et-geolocalisation": Columns(
        uai="numero_uai",
        name="appellation_officielle",
        kind=("nature_uai_libe",),
        sector="secteur_public_prive_libe",
        commune="libelle_commune",
        insee="code_commune",
        departement="code_departement",
        postal_code="code_postal_uai",
        opened_on="date_ouverture",
        etat="etat_etablissement_libe",
    ),
    "composite": Columns(
        uai="uai",
        name="nom",
        kind=("type",),
        sector="secteur",
        commune="commune",
        insee="code_commune",
        departement="code_departement",
        email="email",
        precision="precision",
    ),
}


def read_directory(file: TextIO) -> tuple[list[Record], list[Problem]]:
    """Read a whole file: one record a school, and what is wrong, in the order of the lines.

    Memory grows with the number of schools, some hundred bytes each. Raises :class:`DirectoryFormatError`.
    """
    first = file.readline()
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    headings = next(csv.reader([first.lstrip("\ufeff").rstrip("\r\n")], delimiter=delimiter), [])
    columns = _format_of(headings)
    problems: list[Problem] = []
    records: dict[str, Record] = {}
    bound_csv_cells()
    reader = csv.DictReader(file, fieldnames=headings, delimiter=delimiter)
    try:
        for row in reader:
            record = _record(reader.line_num + 1, row, columns, problems)
            if record is None:
                continue
            if record.uai in records:
                problems.append(
                    Problem(record.line, record.uai, f"déjà lu ligne {records[record.uai].line} : ignoré")
                )
                continue
            records[record.uai] = record
    except csv.Error as error:
        raise DirectoryFormatError(
            f"Ligne {reader.line_num + 1} : le fichier n’est pas un CSV lisible."
        ) from error
    checked = list(_placed(records.values(), problems))
    problems.sort(key=lambda problem: problem.line)
    return checked, problems


def _format_of(headings: list[str]) -> Columns:
    for columns in FORMATS.values():
        if {columns.uai, columns.name, columns.commune, columns.departement} <= set(headings):
            return columns
    expected = " ; ".join(f"{name} ({c.uai}, {c.name}…)" for name, c in FORMATS.items())
    raise DirectoryFormatError(
        f"Les colonnes ne sont celles d’aucun annuaire connu. Formats lus : {expected}."
    )


def _record(
    line: int, row: dict[str, str | None], columns: Columns, problems: list[Problem]
) -> Record | None:
    def cell(name: str) -> str:
        return " ".join((row.get(name) or "").split()) if name else ""

    code = cell(columns.uai).upper()
    if not any(row.values()):
        return None
    if any(len(value) > LONGEST_CELL for value in row.values() if isinstance(value, str)):
        problems.append(Problem(line, code[:8], "une cellule est démesurée : ligne ignorée"))
        return None
    try:
        code = uai_codes.parse(code)
    except uai_codes.UaiError as error:
        problems.append(Problem(line, code[:20], f"{error} Ligne ignorée."))
        return None
    name = cell(columns.name)
    if not name:
        problems.append(Problem(line, code, "sans nom : ligne ignorée"))
        return None
    latitude, longitude = _number(cell("latitude")), _number(cell("longitude"))
    if (latitude is None) != (longitude is None):
        latitude = longitude = None
    precision = Precision.UNKNOWN
    if latitude is not None:
        told = cell(columns.precision)
        precision = Precision.COMMUNE if told == "commune" else Precision.ETABLISSEMENT
    return Record(
        line=line,
        uai=code,
        kind=kind_of(" ".join(cell(c) for c in columns.kind), name),
        name=name[:200],
        sector=_sector(cell(columns.sector)),
        commune=cell(columns.commune)[:100],
        insee=cell(columns.insee)[:5],
        postal_code=cell(columns.postal_code)[:5],
        departement=departement_told(cell(columns.departement), cell(columns.insee)),
        email=_email(cell(columns.email), line, code, problems),
        latitude=latitude,
        longitude=longitude,
        precision=precision,
        opened_on=_day(cell(columns.opened_on)),
        is_open=not cell(columns.etat).upper().startswith("FERM"),
        bassin=(cell(columns.bassin[0])[:20], readable(cell(columns.bassin[1]))[:100]),
        circonscription=(cell(columns.circonscription[0])[:20], cell(columns.circonscription[1])[:150]),
    )


def _sector(text: str) -> Secteur:
    """« Public », « Privé », « privé sous contrat »."""
    told = text.lower()
    if told.startswith(("privé", "prive")):
        return Secteur.PRIVATE
    return Secteur.PUBLIC if told == "public" else Secteur.UNKNOWN


def _email(text: str, line: int, code: str, problems: list[Problem]) -> str:
    """An address mails can be sent to; one that cannot is told, and left out: the school keeps its own."""
    if not text:
        return ""
    try:
        address = courriel.nettoyee(text).lower()
    except courriel.AdresseError as error:
        problems.append(Problem(line, code, f"courriel laissé de côté. {error}"))
        return ""
    if meant := courriel.proposition(address):
        problems.append(
            Problem(line, code, f"courriel {address} : vouliez-vous dire {meant} ? Gardé tel quel")
        )
    return address


def readable(name: str) -> str:
    """A name as one writes it, where the directory shouts: « VILLENEUVE-DE-BERG » is Villeneuve-de-Berg.

    Accents that were left out cannot be guessed. A name that has small letters is left as it is.
    """
    if not name.isupper():
        return name
    return LINKING.sub(lambda word: word[0].lower(), name.title())


def departement_told(text: str, insee: str = "") -> str:
    """A département as the reference writes it: « 031 » is 31, « 02A » is 2A, « 971 » stays.

    Some files count Saint-Barthélemy and Saint-Martin with Guadeloupe: its commune (``insee``) tells.
    """
    code = text.upper().strip()
    if code == "971" and insee[:3] in {"977", "978"}:
        return insee[:3]
    return code[1:] if len(code) == 3 and code.startswith("0") else code  # noqa: PLR2004


#: What a nature or a type says a school is, first match first.
KINDS: tuple[tuple[str, TypePorteur], ...] = (
    ("CIRCONSCRIPTION", TypePorteur.CIRCONSCRIPTION),
    ("DIRECTION SERVICES DEP", TypePorteur.DSDEN),
    ("RECTORAT", TypePorteur.ACADEMIE),
    ("RECTORAL", TypePorteur.ACADEMIE),
    ("INFORMATION ET D ORIENTATION", TypePorteur.CIO),
    ("MEDICO", TypePorteur.AUTRE),
    ("REGIONAL", TypePorteur.AUTRE),
    ("EREA", TypePorteur.AUTRE),
    ("UNIQT DE STS", TypePorteur.AUTRE),
    ("LYCEE PROFESSIONNEL", TypePorteur.LYCEE_PROFESSIONNEL),
    ("ENSEIGNEMENT PROFESSIONNEL", TypePorteur.LYCEE_PROFESSIONNEL),
    ("LYCÉE", TypePorteur.LYCEE),
    ("LYCEE", TypePorteur.LYCEE),
    ("ENSEIGT GENERAL", TypePorteur.LYCEE),
    ("COLLÈGE", TypePorteur.COLLEGE),
    ("COLLEGE", TypePorteur.COLLEGE),
    ("ÉCOLE", TypePorteur.ECOLE),
    ("ECOLE", TypePorteur.ECOLE),
)


def kind_of(nature: str, name: str) -> TypePorteur:
    """What a school is, from its nature; a composite that only says « lycée » is told by its name."""
    text = nature.upper().replace("MÉDICO", "MEDICO")
    found = next((kind for words, kind in KINDS if words in text), TypePorteur.AUTRE)
    if found is TypePorteur.LYCEE and ("PROFESSIONNEL" in name.upper() or name.upper().startswith("LP ")):
        return TypePorteur.LYCEE_PROFESSIONNEL
    return found


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _placed(records: Iterable[Record], problems: list[Problem]) -> Iterator[Record]:
    """Check each position against the middle of its département, which one mistake does not move."""
    rows = list(records)
    known: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if row.latitude is not None and row.longitude is not None:
            known.setdefault(row.departement, []).append((row.latitude, row.longitude))
    middles = {
        code: (statistics.median(p[0] for p in points), statistics.median(p[1] for p in points))
        for code, points in known.items()
    }
    for row in rows:
        if row.latitude is None or row.longitude is None:
            yield row
            continue
        middle, far = middles[row.departement], FAR_OF.get(row.departement, FAR)
        here = (row.latitude, row.longitude)
        possible = abs(here[0]) <= 90 and abs(here[1]) <= 180  # noqa: PLR2004 - degrees
        if possible and distance(here, middle) <= far:
            yield row
        elif abs(here[1]) <= 90 and distance((here[1], here[0]), middle) <= far:  # noqa: PLR2004
            problems.append(
                Problem(row.line, row.uai, "latitude et longitude interverties : remises en ordre")
            )
            yield replace(row, latitude=row.longitude, longitude=row.latitude)
        else:
            away = f"à {distance(here, middle):.0f} km de son département" if possible else "hors de la Terre"
            problems.append(Problem(row.line, row.uai, f"position {away} : gardé sans position"))
            yield replace(row, latitude=None, longitude=None, precision=Precision.UNKNOWN)
