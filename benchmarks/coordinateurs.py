"""Mentions as coordinators write them in their tables, generated without a look at how they are recognised.

Fourteen ways of writing that set nothing: they only measure. Written from the directory and the printed
report alone; a mention that the words cannot tell from another school's is left in, as lists have them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from accroche.annuaire.lecture import Record
from benchmarks.mentions import Parts, Written, bare, initials, often, taken_apart

#: Neighbours on a French keyboard.
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_KEYS = {
    key: (row[at - 1] if at else "") + row[at + 1 : at + 2] for row in _ROWS for at, key in enumerate(row)
}
_SOUNDS = (
    *(("ph", "f"), ("eau", "o"), ("au", "o"), ("y", "i"), ("th", "t"), ("ll", "l"), ("nn", "n")),
    *(("tt", "t"), ("rr", "r"), ("ain", "in"), ("ein", "in"), ("en", "an"), ("qu", "k"), ("h", "")),
)
_PARTICLES = re.compile(r"\b(?:de la|de l[’']|du|des|de|d[’']|la|le|les|l[’']) ?", re.IGNORECASE)
_SURNAME = re.compile(r"^[A-ZÉ][\wé]+[ -](?=[A-ZÉ][\w’'-]+$)")
_TOWNS = {"Montpellier": "Mtpl", "Toulouse": "Tlse", "Bordeaux": "Bdx", "Clermont-Ferrand": "Clermont-Fd"}
_SAINT = re.compile(r"\bSaint(e?)[ -]")
_LINK = re.compile(r"[ -](sur|sous|en|de|du|des|la|le|les|lès|aux)[ -]")


def slip(rng: random.Random, text: str) -> str:
    """One finger beside its key, one letter left out, two turned round or one twice."""
    found = [at.start() for at in re.finditer(r"(?<=\w)\w(?=\w)", text)]
    if not found:
        return text
    at = rng.choice(found)
    beside = rng.choice(_KEYS.get(bare(text[at]).lower(), "e"))
    return rng.choice(
        (
            text[:at] + beside + text[at + 1 :],
            text[:at] + beside + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at] + text[at:],
        )
    )


def heard(rng: random.Random, text: str) -> str:
    """One sound written as it is heard."""
    found = [
        (at.start(), old, new)
        for old, new in _SOUNDS
        for at in re.finditer(f"(?<=\\w){old}", text, re.IGNORECASE)
    ]
    if not found:
        return text
    at, old, new = rng.choice(found)
    return text[:at] + new + text[at + len(old) :]


def town_short(rng: random.Random, town: str) -> str:
    """« Chalon s/ S. », « St Laurent », « Bourg en B. », « Mtpl », or the first words alone."""
    if town in _TOWNS:
        return _TOWNS[town]
    short = _SAINT.sub(r"St\1 ", town)
    link = _LINK.search(short)
    if link is None:
        return short
    head, tail = short[: link.start()], short[link.end() :]
    joiner = {"sur": rng.choice((" s/ ", "/")), "sous": " s/s "}.get(link[1], f" {link[1]} ")
    return rng.choice((head, f"{head}{joiner}{tail}", f"{head}{joiner}{tail[:1]}."))


def postal(rng: random.Random, town: str) -> str:
    """A town as an address has it: CEDEX, or an arrondissement in all its ways."""
    district = re.fullmatch(r"(Paris|Lyon|Marseille) (\d+)e", town)
    if district is None:
        return rng.choice((f"{bare(town).upper()} CEDEX", f"{town} Cedex {rng.randrange(1, 9):02d}"))
    city, number = district[1], int(district[2])
    code = f"{ {'Paris': 75, 'Lyon': 69, 'Marseille': 13}[city] }{number:03d}"
    return rng.choice(
        (
            *(f"{city} {number}", f"{city} {number}ème", f"{city.upper()} CEDEX {number:02d}"),
            *(f"{code} {city}", f"{city} ({code})", f"{city} {number}e arr."),
        )
    )


def _inside(rng: random.Random, p: Parts) -> tuple[str, str]:
    kind, name, town = rng.choice(p.types), p.name, p.commune
    return rng.choice(
        (
            *(f"{kind} {name} - {town}", f"{town} - {kind} {name}", f"{town.upper()} {kind} {name}"),
            *(f"{kind} {name} ({town})", f"{kind} {name} à {town}", f"{name} ({kind}), {town}"),
            *(f"{town} : {kind} {name}", f"{town} / {name} / {kind}", f"{kind} « {name} » {town}"),
        )
    ), ""


def _surname(rng: random.Random, p: Parts) -> tuple[str, str]:
    return f"{rng.choice(p.types)} {_SURNAME.sub('', p.name)}", p.commune


def _bare_name(rng: random.Random, p: Parts) -> tuple[str, str]:
    return f"{rng.choice(p.types)} {_PARTICLES.sub('', p.name) or p.name}", p.commune


def _short_town(rng: random.Random, p: Parts) -> tuple[str, str]:
    text, town = f"{rng.choice(p.types)} {p.name}", town_short(rng, p.commune)
    return (f"{text}, {town}", "") if often(rng, 30) else (text, town)


def _postal(rng: random.Random, p: Parts) -> tuple[str, str]:
    return f"{rng.choice(p.types)} {p.name}", postal(rng, p.commune)


def _one_slip(rng: random.Random, p: Parts) -> tuple[str, str]:
    return f"{rng.choice(p.types)} {slip(rng, p.name)}", p.commune


def _two_slips(rng: random.Random, p: Parts) -> tuple[str, str]:
    if often(rng, 50):
        return f"{rng.choice(p.types)} {slip(rng, p.name)}", slip(rng, p.commune)
    return f"{rng.choice(p.types)} {slip(rng, slip(rng, p.name))}", p.commune


def _by_ear(rng: random.Random, p: Parts) -> tuple[str, str]:
    town = p.commune if often(rng, 60) else heard(rng, p.commune)
    return f"{rng.choice(p.types)} {heard(rng, p.name)}", town


def _capitals(rng: random.Random, p: Parts) -> tuple[str, str]:
    text = bare(f"{rng.choice(('', '- ', '• ', '* '))}{rng.choice(p.types)}  {p.name}").upper()
    return f"{text}{rng.choice(('', ' .', ' ;', ' *'))}", bare(p.commune).upper().replace("-", " ")


def _saints(rng: random.Random, p: Parts) -> tuple[str, str]:
    name = re.sub(r"Notre[ -]Dame", rng.choice(("ND", "N.D.", "N-D", "N.-D.")), _SAINT.sub(r"St\1 ", p.name))
    return f"{rng.choice(p.types)} {'privé ' if p.private and often(rng, 40) else ''}{name}", p.commune


def _noisy(rng: random.Random, p: Parts) -> tuple[str, str]:
    before = rng.choice(("", "", "Classe relais - ", "Les élèves du "))
    after = rng.choice(
        (" (REP+)", ", atelier relais", " / Mme Durand", " 06 12 34 56 78", " - 4e B", " + élèves de 3e")
    )
    return f"{before}{rng.choice(p.types)} {p.name}{after}", p.commune


def _hurried(rng: random.Random, p: Parts) -> tuple[str, str]:
    name = _SAINT.sub(r"st\1 ", _SURNAME.sub("", p.name) if often(rng, 50) else initials(p.name))
    name = slip(rng, name) if often(rng, 35) else name
    text, town = f"{rng.choice(p.types)} {name}", town_short(rng, p.commune)
    if often(rng, 60):
        text, town = bare(text).lower(), bare(town).lower()
    return (f"{text} {town}", "") if often(rng, 35) else (text, town)


def _no_town(rng: random.Random, p: Parts) -> tuple[str, str]:
    return f"{rng.choice(p.types)} {p.name}", ""


def _no_type(_rng: random.Random, p: Parts) -> tuple[str, str]:
    return p.name or p.commune, p.commune


COORDINATORS: dict[str, Callable[[random.Random, Parts], tuple[str, str]]] = {
    "commune dans la mention": _inside,
    "prénom tombé": _surname,
    "particules tombées": _bare_name,
    "commune abrégée": _short_town,
    "adresse postale": _postal,
    "un doigt à côté": _one_slip,
    "deux doigts à côté": _two_slips,
    "à l’oreille": _by_ear,
    "capitales": _capitals,
    "St, Ste, N.-D.": _saints,
    "bruit autour": _noisy,
    "à la hâte": _hurried,
    "sans commune": _no_town,
    "sans type": _no_type,
}
#: Several schools in a cell, however they are joined.
_JOINED = (
    lambda kind, a, b: f"{kind}s {a.name}, {a.commune} ; {b.name}, {b.commune}",
    lambda kind, a, b: f"{kind}s {a.name} ({a.commune}), {b.name} ({b.commune})",
    lambda kind, a, b: f"{kind} {a.name} / {kind} {b.name}",
    lambda kind, a, b: f"{kind}s {a.name} et {b.name}",
    lambda kind, a, b: f"{kind} {a.name} & {b.name}",
    lambda kind, a, b: f"{kind} {a.name} {a.commune} {kind} {b.name} {b.commune}",
)


def _grouped(
    records: Sequence[Record],
    academies: dict[str, str],
    kind: str,
    place: Callable[[Record], tuple[str, ...]],
    least: int,
) -> list[list[tuple[Record, Parts]]]:
    """The schools of a kind that have a name, by place, where there are so many."""
    found: dict[tuple[str, ...], list[tuple[Record, Parts]]] = {}
    for record in records:
        apart = taken_apart(record) if record.kind.value == kind else None
        if apart is not None and apart.name and record.departement in academies:
            found.setdefault(place(record), []).append((record, apart))
    return [group for group in found.values() if len(group) >= least]


def _departement(record: Record) -> tuple[str, ...]:
    return (record.departement,)


def _commune(record: Record) -> tuple[str, ...]:
    return (record.departement, record.commune)


def pairs(
    records: Sequence[Record], academies: dict[str, str], removed: frozenset[str], *, seed: int, size: int
) -> list[Written]:
    """Generate mentions of two collèges of one département; ``uai``: both, empty when one is not held."""
    rng = random.Random(seed)  # noqa: S311 - a corpus, not a secret
    groups = _grouped(records, academies, "college", _departement, 2)
    written = []
    for _ in range(size):
        (one, a), (other, b) = rng.sample(rng.choice(groups), 2)
        mention = rng.choice(_JOINED)("Collège", a, b)
        held = not {one.uai, other.uai} & removed
        both = f"{one.uai}|{other.uai}" if held else ""
        written.append(Written(academies[one.departement], mention, "", both, "deux collèges"))
    return written


#: Two to four schools in a cell, each with its commune; the plural says the type of all.
_LISTED = (
    lambda kind, some: f"{kind}s " + " ; ".join(f"{a.name}, {a.commune}" for a in some),
    lambda kind, some: f"{kind}s " + ", ".join(f"{a.name} ({a.commune})" for a in some),
    lambda kind, some: f"{kind}s " + " / ".join(f"{a.name} ({a.commune})" for a in some),
    lambda kind, some: f"{kind}s " + " ; ".join(f"{a.name} - {a.commune}" for a in some),
    lambda kind, some: f"{kind}s " + ", ".join(f"{a.name}, {a.commune}" for a in some),
    lambda kind, some: ", ".join(f"{kind} {a.name} ({a.commune})" for a in some),
    lambda kind, some: "\n".join(f"{kind} {a.name}, {a.commune}" for a in some),
    lambda kind, some: (
        f"{kind}s "
        + ", ".join(f"{a.name} à {a.commune}" for a in some[:-1])
        + f" et {some[-1].name} à {some[-1].commune}"
    ),
)


def lists(records: Sequence[Record], academies: dict[str, str], *, seed: int, size: int) -> list[Written]:
    """Generate lists of two to four collèges of one département, all held, each with its commune."""
    rng = random.Random(seed)  # noqa: S311 - a corpus, not a secret
    groups = _grouped(records, academies, "college", _departement, 4)
    written = []
    for _ in range(size):
        some = rng.sample(rng.choice(groups), rng.randint(2, 4))
        mention = rng.choice(_LISTED)("Collège", [apart for _, apart in some])
        uais = "|".join(record.uai for record, _ in some)
        written.append(Written(academies[some[0][0].departement], mention, "", uais, "listes"))
    return written


#: What stands between two schools whose type is said once, in the singular.
_BESIDE = (" – ", " - ", ", ", " / ", "/", " et ", " & ", " + ", "-", " : ", " ")


def beside(records: Sequence[Record], academies: dict[str, str], *, seed: int, size: int) -> list[Written]:
    """Generate « École A – B » of two écoles of one commune, which half of the mentions tell."""
    rng = random.Random(seed)  # noqa: S311 - a corpus, not a secret
    groups = _grouped(records, academies, "ecole", _commune, 2)
    written: list[Written] = []
    while len(written) < size:
        (one, a), (other, b) = rng.sample(rng.choice(groups), 2)
        names, town = {bare(a.name).lower(), bare(b.name).lower()}, bare(a.commune).lower()
        if len(names) < 2 or any(town in name for name in names):  # noqa: PLR2004
            continue  # a maternelle beside the élémentaire of its name; « École de Dijon – X » is X of Dijon
        mention = f"École {a.name}{rng.choice(_BESIDE)}{b.name}"
        commune = a.commune if often(rng, 50) else ""
        both = f"{one.uai}|{other.uai}"
        written.append(Written(academies[one.departement], mention, commune, both, "École A – B"))
    return written
