"""Mentions of schools as people write them, generated from a directory: the corpus recognition is held to.

Seven independent ways of writing. Four set the threshold (:data:`TUNING`); the three others, other seeds
and :mod:`benchmarks.coordinateurs` only measure it.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accroche.annuaire.lecture import Record


@dataclass(frozen=True)
class Written:
    """A mention with what it truly is; an empty ``uai``: the directory does not hold it."""

    academie: str
    mention: str
    commune: str
    uai: str
    habit: str


_TYPES: list[tuple[str, str, tuple[str, ...]]] = [
    (
        r"LYC[EÉ]E (?:D ENSEIGNEMENT )?G[EÉ]N[EÉ]RAL ET TECHNOLOGIQUE",
        "lgt",
        ("Lycée", "LGT", "Lyc.", "lycée général et technologique"),
    ),
    (r"LYC[EÉ]E (?:D ENSEIGNEMENT )?G[EÉ]N[EÉ]RAL", "lg", ("Lycée", "Lycée général", "LEG")),
    (r"LYC[EÉ]E TECHNOLOGIQUE", "lt", ("Lycée technologique", "Lycée", "LT")),
    (r"LYC[EÉ]E POLYVALENT", "lpo", ("LPO", "Lycée polyvalent", "Lycée")),
    (r"LYC[EÉ]E PROFESSIONNEL", "lp", ("LP", "Lycée professionnel", "Lyc. pro.", "L.P.", "Lycée pro")),
    (r"COLL[EÈ]GE", "college", ("Collège", "Clg", "collège", "Coll.", "COLLEGE")),
    (r"[EÉ]COLE PRIMAIRE", "primaire", ("École primaire", "Ecole primaire", "Ecole", "EPPU")),
    (
        r"[EÉ]COLE [EÉ]L[EÉ]MENTAIRE",
        "elementaire",
        ("École élémentaire", "ÉCOLE ÉLÉM.", "EEPU", "Ecole élem", "Ecole"),
    ),
    (r"[EÉ]COLE MATERNELLE", "maternelle", ("École maternelle", "Ecole mat.", "Maternelle")),
    (r"E E A? ?PU", "elementaire", ("École élémentaire", "EEPU", "Ecole")),
    (r"E P A? ?PU", "primaire", ("École primaire", "Ecole")),
    (r"E P PR", "primaire", ("École privée", "École primaire privée")),
]
_TAIL = re.compile(r"\s*,?\s*\bLYC(?:[EÉ]E)? (?:DES )?MET(?:IERS)?\b.*$", re.IGNORECASE)
_FORMERLY = re.compile(r"\s*\(?\bex[ -].*$|\s*\(.*\)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Parts:
    """A school taken apart: how its type may be written, whether it is private, its name, its commune."""

    types: tuple[str, ...]
    private: bool
    name: str
    commune: str


def taken_apart(record: Record) -> Parts | None:
    """Split a directory name; None for one whose type is told in no usual way."""
    name = _FORMERLY.sub("", _TAIL.sub("", record.name)).strip() or record.name
    for pattern, _, types in _TYPES:
        found = re.match(pattern, name, re.IGNORECASE)
        if found:
            rest = name[found.end() :].strip(" -,")
            private = bool(re.match(r"priv[eé]e?\b|pr\b", rest, re.IGNORECASE))
            rest = re.sub(
                r"^(?:priv[eé]e?|publique|publi[cq]|pr|r[eé]gional|hors contrat)\s*",
                "",
                rest,
                flags=re.IGNORECASE,
            )
            return Parts(types, private, _cased(rest), _town(record.commune))
    return None


_SMALL = frozenset(
    ("de", "du", "des", "la", "le", "les", "l", "d", "et", "en", "sur", "sous", "aux", "à", "au")
)


def _cased(text: str) -> str:
    """Capitals of the directory as people write them; text already cased stays."""
    if text != text.upper():
        return text
    done = [word if word in _SMALL else word.capitalize() for word in text.lower().split()]
    return re.sub(r"\b([ldLD]) (?=[AEIOUYHaeiouyh])", r"\1’", " ".join(done))


def _town(text: str) -> str:
    found = re.match(r"(\D+?)\s*([0-9]{1,2})E\s+ARRONDISSEMENT", text, re.IGNORECASE)
    if found:
        return f"{found[1].title()} {found[2]}e"
    return _cased(text)


def often(rng: random.Random, percent: int) -> bool:
    """True ``percent`` times in a hundred."""
    return rng.randrange(100) < percent


#: Words up to this length are not mistyped (letters).
SHORT = 4


def bare(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def mistyped(rng: random.Random, text: str) -> str:
    """One slip of the fingers in a word of five letters or more."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > SHORT]
    if not long:
        return text
    i = rng.choice(long)
    word = words[i]
    at = rng.randrange(1, len(word) - 1)
    word = rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + rng.choice("aeiounrstl") + word[at + 1 :],
        )
    )
    words[i] = word
    return " ".join(words)


_HEARD = (
    ("ph", "f"),
    ("th", "t"),
    ("y", "i"),
    ("ss", "s"),
    ("nn", "n"),
    ("mm", "m"),
    ("ll", "l"),
    ("tt", "t"),
    ("eau", "au"),
    ("ai", "é"),
    ("qu", "k"),
    ("c", "ss"),
    ("z", "s"),
)


def misheard(rng: random.Random, text: str) -> str:
    """One sound written another way."""
    options = [pair for pair in _HEARD if pair[0] in text.lower()[1:]]
    if not options:
        return text
    old, new = rng.choice(options)
    at = text.lower().index(old, 1)
    return text[:at] + new + text[at + len(old) :]


def initials(name: str) -> str:
    """« Jean Moulin » as « J. Moulin »."""
    words = name.replace("-", " ").split()
    if not words[1:] or words[0].lower() in _SMALL | {"saint", "sainte", "st", "ste", "notre"}:
        return name
    return " ".join((words[0][0] + ".", *words[1:]))


def _census(rng: random.Random, p: Parts) -> tuple[str, str]:
    """A coordinator's table: type, name, commune in its column, accents lost half of the time."""
    kind = rng.choice(p.types)
    name = p.name
    if often(rng, 25):
        name = initials(name)
    if often(rng, 15):
        name = mistyped(rng, name)
    commune = mistyped(rng, p.commune) if often(rng, 12) else p.commune
    text = f"{kind} {'privé ' if p.private and often(rng, 50) else ''}{name}"
    if often(rng, 30):
        text = text.upper()
    if often(rng, 50):
        text, commune = bare(text), bare(commune)
    text = re.sub(r"\b(S)aint(e?)\b", r"\1t\2", text) if often(rng, 30) else text
    return text, commune


def _report(rng: random.Random, p: Parts) -> tuple[str, str]:
    """The printed report: « Type Nom, Commune » in one cell, sometimes the commune left out."""
    kind = p.types[0] if often(rng, 60) else rng.choice(p.types)
    words = p.name.replace("-", " ").split()
    name = (
        words[-1]
        if len(words) > 1 and often(rng, 15) and words[0].lower() not in {"saint", "sainte", "notre"}
        else p.name
    )
    commune = p.commune
    if often(rng, 10):
        name = misheard(rng, name)
    if often(rng, 10):
        commune = misheard(rng, commune)
    joiner = rng.choice((", ", ", ", " ", " - ", " de ", " ("))
    text = f"{kind} {name}{joiner}{commune}" + (")" if joiner == " (" else "")
    return (text.replace("-", " ") if often(rng, 30) else text), ""


def _hasty(rng: random.Random, p: Parts) -> tuple[str, str]:
    """A form filled in a hurry: words dropped or turned round, small letters, no type one time in ten."""
    words = p.name.replace("-", " ").split()
    pair = len(words) == 2  # noqa: PLR2004 - a first name and a name
    if pair and often(rng, 20):
        words.reverse()
    elif len(words) > 1 and not pair and often(rng, 30):
        words.pop(rng.randrange(len(words) - 1))
    name = " ".join(words)
    if often(rng, 20):
        name = (mistyped if often(rng, 50) else misheard)(rng, name)
    kind = "" if often(rng, 10) else rng.choice(p.types)
    commune = p.commune.replace("-", " ")
    if often(rng, 15):
        commune = (mistyped if often(rng, 50) else misheard)(rng, commune)
    text = f"{kind} {name}".strip()
    text = text.lower() if often(rng, 60) else text
    where = rng.choice("abbccccccc")
    if where == "a":
        return f"{text} {commune}", ""
    return text, "" if where == "b" else commune


def _letterhead(rng: random.Random, p: Parts) -> tuple[str, str]:
    """Pasted from a letter or a mail: more than is needed, postal words, extra qualifiers."""
    kind = rng.choice(p.types)
    name = p.name.upper() if often(rng, 50) else p.name
    extra = rng.choice(
        (
            "",
            "",
            "",
            " - SEGPA" if "Coll" in p.types[0] else "",
            " (site principal)",
            " public",
            ", classe de 4e",
            " REP+",
        )
    )
    name = re.sub(r"\bsaint\b", "St", name, flags=re.IGNORECASE) if often(rng, 40) else name
    commune = p.commune
    if often(rng, 20):
        commune = commune.upper() + rng.choice((" CEDEX", "", " Cedex 1"))
    if often(rng, 15):
        commune = mistyped(rng, commune)
    if often(rng, 10):
        name = mistyped(rng, name)
    return f"{kind} {name}{extra}", commune


_TOWN_SHORT = (
    (r"[- ]sur[- ]", "/"),
    (r"[- ]sur[- ]", " s/ "),
    (r"\bSaint(e?)[- ]", r"St\1 "),
    (r"^(?:Le|La|Les|L’|L') ?", ""),
    (r"[- ].*$", ""),
)


def _telegraph(rng: random.Random, p: Parts) -> tuple[str, str]:
    """As short as can be: initials, towns cut, no spaces, the number of the département for the town."""
    kind = rng.choice(p.types)
    words = p.name.replace("-", " ").split()
    name = "".join(words) if len(words) > 1 and often(rng, 10) else initials(p.name)
    commune = p.commune
    if often(rng, 40):
        old, new = rng.choice(_TOWN_SHORT)
        commune = re.sub(old, new, commune, count=1) or commune
    return f"{kind} {name}", commune


def _talkative(rng: random.Random, p: Parts) -> tuple[str, str]:
    """In a sentence, between guillemets, with who takes part, the town told twice."""
    kind = p.types[-1] if often(rng, 30) else p.types[0]
    name = f"« {p.name} »" if often(rng, 30) else p.name
    before = rng.choice(("", "", "Le ", "Les élèves du ", "Classe de 3e du ", "Internat du "))
    after = rng.choice(
        ("", f" à {p.commune}", f" de {p.commune}", f" ({p.commune})", ", public", " et ses partenaires")
    )
    return f"{before}{kind.lower() if before else kind} {name}{after}", rng.choice((p.commune, p.commune, ""))


def _clumsy(rng: random.Random, p: Parts) -> tuple[str, str]:
    """Two slips anywhere, capitals anywhere."""
    text, commune = f"{rng.choice(p.types)} {p.name}", p.commune
    text = mistyped(rng, text)
    if often(rng, 50):
        text = mistyped(rng, text)
    else:
        commune = mistyped(rng, commune)
    return rng.choice((text, text.upper(), text.title())), bare(commune) if often(rng, 40) else commune


#: Those that set the threshold; the others only measure it.
TUNING = ("recensement", "rapport", "formulaire", "courrier")
HABITS: dict[str, Callable[[random.Random, Parts], tuple[str, str]]] = {
    "recensement": _census,
    "rapport": _report,
    "formulaire": _hasty,
    "courrier": _letterhead,
    "télégraphe": _telegraph,
    "phrase": _talkative,
    "maladroit": _clumsy,
}

_OTHERS = (
    "CIO de {}",
    "DSDEN {}",
    "Mission locale de {}",
    "Mairie de {}",
    "CCI {}",
    "Greta {}",
    "CFA de {}",
    "Association Les Amis de {}",
    "Rectorat",
    "Chambre de métiers et de l’artisanat, {}",
    "Pôle emploi {}",
    "École de la deuxième chance, {}",
    "Conseil départemental",
    "Réseau FoQualE {}",
    "Circonscription de {}",
    "Centre social {}",
    "PJJ de {}",
    "Université de {}",
    "Bassin d’éducation de {}",
    "Entreprise Dupont, {}",
    "CANOPE {}",
    "{}",
)


def nobody(rng: random.Random, record: Record, academie: str) -> Written:
    """Somebody who is no school."""
    town = _town(record.commune)
    return Written(academie, rng.choice(_OTHERS).format(town), rng.choice(("", town)), "", "autre")


def corpus(
    records: Sequence[Record],
    academies: dict[str, str],
    *,
    seed: int,
    size: int,
    habits: Mapping[str, Callable[[random.Random, Parts], tuple[str, str]]],
) -> tuple[list[Written], frozenset[str]]:
    """Generate ``size`` mentions, and the UAI to take out of the directory: one in eight is not held.

    ``academies``: the académie of each département. Schools of the second degree are mentioned as often
    as écoles, as in a census.
    """
    rng = random.Random(seed)  # noqa: S311 - a corpus, not a secret
    groups: dict[bool, list[tuple[Record, Parts]]] = {True: [], False: []}
    for record in records:
        apart = taken_apart(record)
        if apart is not None and record.departement in academies and (apart.name or apart.commune):
            groups[record.kind.value == "ecole"].append((record, apart))
    written: list[Written] = []
    removed = set()
    while len(written) < size:
        record, apart = rng.choice(groups[often(rng, 40)])
        academie = academies[record.departement]
        if often(rng, 8):
            written.append(nobody(rng, record, academie))
            continue
        habit = rng.choice(list(habits))
        mention, commune = habits[habit](rng, apart)
        gone = record.uai in removed or (often(rng, 12) and all(w.uai != record.uai for w in written[-2000:]))
        if gone:
            removed.add(record.uai)
        written.append(Written(academie, mention, commune, record.uai, habit))
    return [
        w if w.uai not in removed else Written(w.academie, w.mention, w.commune, "", w.habit) for w in written
    ], frozenset(removed)
