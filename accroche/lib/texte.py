"""French text: equality of facts, typography, lists, plurals, ordinals, slugs.

Everything takes and returns ``str`` (Unicode code points) and never fails on odd text,
except :func:`parse_ordinal` and :func:`ordinal_feminin`, which say what they refuse.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

#: No-break space: inside guillemets, before double punctuation, between a number and its noun.
NBSP: Final = "\u00a0"
#: Narrow no-break space: between groups of three digits.
NNBSP: Final = "\u202f"

_UNIFIED: Final = str.maketrans(
    {
        "œ": "oe",
        "Œ": "Oe",
        "æ": "ae",
        "Æ": "Ae",
        "…": "...",
        **dict.fromkeys("’‘ʼ′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        # Left over by word processors and page layout; nobody sees them.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
# Accents on one letter: normalising sorts them, in quadratic time, and no text has so many.
_MOST_ACCENTS: Final = 4
# What parts lines, pages, records or units, and is no key of a keyboard: word processors and old databases
# leave it in what is pasted. XML takes few of them, and browsers show them as nothing or as a square.
_PARTS_LINES: Final = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_PARTS_WORDS: Final = re.compile("[\x00\x1f]")
_NOT_A_WORD: Final = re.compile("[^a-z0-9]+")
#: The accents of European languages once they are parted from their letters; some others combine as well.
_ACCENTS: Final = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_OPENING = re.compile(r"[«“„] ?")
_CLOSING = re.compile(r" ?[»”]")
_BEFORE_DOUBLE = re.compile(r" (?=[:;!?])")

_BLANK: Final = f"[ \t{NBSP}{NNBSP}]"
_ADDRESS = re.compile(r"(https?://\S+|(?<!\S)\S+@\S+)")
#: Without one of these, nothing is typeset: most names and titles.
_SIGNS = re.compile("['«»:;!?]")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w«“\"])")
_AFTER_GUILLEMET = re.compile(rf"«{_BLANK}*(?=\S)")
_BEFORE_GUILLEMET = re.compile(rf"(?<=\S){_BLANK}*»")
# Only where the sign ends a word: « 14:30 » and « a?b » are not punctuation.
_DOUBLE = re.compile(rf"(?<=[^\s:;!?]){_BLANK}*([:;!?]+)(?=[\s»”)\]]|$)")

# Words that French writes with an accent on their capital, and that have no other spelling.
_ACCENTED: Final = {
    word[0].translate(str.maketrans("ÉÊÎ", "EEI")) + word[1:]: word
    for word in (
        *("Écho", "Échos", "Échange", "Échanges", "Éclairage", "École", "Écoles", "Écologie", "Économie"),
        *("Économique", "Économiques", "Écoute", "Écouter", "Écrire", "Écriture", "Écritures", "Éditeur"),
        *("Édition", "Éditions", "Éducation", "Éducatif", "Éducative", "Également", "Égalité", "Élaboration"),
        *("Élaborer", "Élève", "Élèves", "Émile", "Émission", "Émissions", "Émotion", "Émotions", "Énergie"),
        *("Énergies", "Épinal", "Épinay", "Épreuve", "Épreuves", "Équilibre", "Équipe", "Équipes", "Étampes"),
        *("Établissement", "Établissements", "Étape", "Étapes", "État", "États", "Étienne", "Être", "Étude"),
        *("Études", "Étudiant", "Étudiante", "Étudiants", "Évaluation", "Évaluations", "Évaluer", "Éveil"),
        *("Événement", "Événements", "Évènement", "Évènements", "Évolution", "Évreux", "Évry", "Île", "Îles"),
    )
}
_WORD: Final = re.compile(r"\b[EI][^\W\d_]+")
_FIRST_A: Final = re.compile(r"(?:^|(?<=[.!?…]\s)|(?<=«\s))A(?=\s[^\W\d_A-Z])", re.MULTILINE)
_CAPITALS: Final = {
    ord(letter): unicodedata.normalize("NFD", letter)[0] for letter in "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸ"
}

_ORDINALS: Final = (
    "première",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
    "dix-neuvième",
    "vingtième",
)
_ORDINAL_WORDS: Final = {word.replace("è", "e"): rank for rank, word in enumerate(_ORDINALS, start=1)} | {
    "premier": 1,
    "second": 2,
    "seconde": 2,
}
_ORDINAL_FIGURES = re.compile(r"([0-9]{1,4}) ?(?:er|ere|re|nde?|eme|ieme|e)")

_VOWELS: Final = frozenset("aeiouœæ")
# The h is silent in these names; before any other h French writers keep « de ».
_SILENT_H: Final = ("herault", "hyeres", "hendaye", "hesdin", "honfleur")


class OrdinalError(ValueError):
    """A text or number that is not a rank; the message is French and quotes it."""


def normalised(text: str, form: Literal["NFC", "NFKD"] = "NFC") -> str:
    """Return ``text`` in a normal form of Unicode, in a time that its length takes.

    Of more than four accents on one letter, the first four are kept.
    """
    if text.isascii():
        return text
    return unicodedata.normalize(form, _unpiled(text))


def _unpiled(text: str) -> str:
    accents = list(map(unicodedata.combining, text))
    if len(accents) - accents.count(0) <= _MOST_ACCENTS:
        return text
    kept, piled = [], 0
    for char, is_accent in zip(text, accents, strict=True):
        piled = piled + 1 if is_accent else 0
        if piled <= _MOST_ACCENTS:
            kept.append(char)
    return "".join(kept)


def plain_separators(text: str) -> str:
    """Return ``text`` parted by spaces and line ends alone: called wherever texts enter.

    What parts lines becomes a line end where the text has some already, a space in a text of one line;
    what parts words (NUL too, which databases refuse) a space. The same text when there is nothing of it.
    """
    if text.isprintable():
        return text
    text = _PARTS_LINES.sub("\n" if "\n" in text or "\r" in text else " ", text)
    return _PARTS_WORDS.sub(" ", text)


def plain_data(data: Any) -> Any:
    """Return what a file holds (tables, lists, values) with :func:`plain_separators` on each of its texts."""
    if isinstance(data, str):
        return plain_separators(data)
    if isinstance(data, dict):
        return {name: plain_data(value) for name, value in data.items()}
    return [plain_data(value) for value in data] if isinstance(data, list) else data


def comparable(text: str) -> str:
    """Return ``text`` in the form under which two facts are equal; case is kept.

    Spaces of every kind collapse to one, and apostrophes, quotation marks, dashes, ligatures and accents on
    capitals are written one way, since sources differ in these and mean the same.
    """
    text = normalised(text).translate(_UNIFIED)
    # Once more, as an accent may have been parted from its letter by an invisible character.
    text = " ".join(normalised(text).split())
    # As long as there is one: a letter may bear several.
    while (plain := normalised(text.translate(_CAPITALS))) != text:
        text = plain
    text = _CLOSING.sub('"', _OPENING.sub('"', text))
    return _BEFORE_DOUBLE.sub("", text)


def typographie(text: str) -> str:
    """Return ``text`` with French apostrophes and no-break spaces; idempotent.

    Addresses of sites and of people are left alone: their signs are no punctuation.
    """
    if not _SIGNS.search(text):
        return text[:]  # plain as below, even of what a template holds for safe
    pieces = _ADDRESS.split(text)
    pieces[::2] = [_typeset(piece) for piece in pieces[::2]]
    return "".join(pieces)


def accentuees(text: str) -> str:
    """Return ``text`` with its capitals accented: « École », « État », « À chacun son talent »; idempotent.

    Only where French has one spelling: a word it does not know is left as it is, and so is an address.
    """
    pieces = _ADDRESS.split(text)
    pieces[::2] = [_FIRST_A.sub("À", _WORD.sub(_accented, piece)) for piece in pieces[::2]]
    return "".join(pieces)


def _accented(found: re.Match[str]) -> str:
    return _ACCENTED.get(found[0], found[0])


def _typeset(text: str) -> str:
    text = _APOSTROPHE.sub("’", text)
    text = _AFTER_GUILLEMET.sub(f"«{NBSP}", text)
    text = _BEFORE_GUILLEMET.sub(f"{NBSP}»", text)
    return _DOUBLE.sub(rf"{NBSP}\1", text)


def liste(items: Iterable[str]) -> str:
    """Join ``items`` as French does: « A, B et C »; an empty iterable gives « »."""
    *head, last = tuple(items) or ("",)
    return f"{', '.join(head)} et {last}" if head else last


def capitale(text: str) -> str:
    """Return ``text`` with a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


def nombre(n: int) -> str:
    """Write a whole number with a narrow no-break space between thousands."""
    return f"{n:,}".replace(",", NNBSP)


_UNITS: Final = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    *("treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
)
_TENS: Final = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}


def en_lettres(n: int, one: str = "un") -> str:
    """Spell a number out, as French does where it begins a sentence: « vingt et une », « quatre-vingts ».

    ``one``: the form of one before what is counted, « un » or « une ». From 100 on figures are kept.
    """
    if not 0 <= n < 100:  # noqa: PLR2004 - what is written in words
        return nombre(n)
    if n < len(_UNITS):
        return one if n == 1 else _UNITS[n]
    # seventy and ninety go on from sixty and eighty
    tens = n // 10 - (n // 10 in (7, 9))
    rest = n - 10 * tens
    if not rest:
        return f"{_TENS[tens]}s" if tens == 8 else _TENS[tens]  # noqa: PLR2004 - « quatre-vingts »
    joined = " et " if rest in (1, 11) and tens != 8 else "-"  # noqa: PLR2004 - « vingt et un », « quatre-vingt-un »
    return f"{_TENS[tens]}{joined}{one if rest == 1 else _UNITS[rest]}"


def pluriel(n: int, singular: str, plural: str) -> str:
    """Return the form of the noun after ``n``: in French 0 and 1 are singular."""
    return singular if abs(n) <= 1 else plural


def counts(parts: Iterable[tuple[int, str]]) -> str:
    """Tell how often each thing happened: « 3 créés, 1 fermés »; « rien » when nothing did."""
    return ", ".join(f"{count} {words}" for count, words in parts if count) or "rien"


def ordinal_feminin(n: int) -> str:
    """Return the feminine rank: « première », « deuxième »… then « 21e ».

    Raise :class:`OrdinalError` below 1.
    """
    if n < 1:
        raise OrdinalError(f"Un rang commence à 1 : {n} n’en est pas un.")
    return _ORDINALS[n - 1] if n <= len(_ORDINALS) else f"{n}e"


def parse_ordinal(text: str) -> int:
    """Read a rank in words or figures, either gender, with its accents or without: « seconde », « 3eme ».

    Raise :class:`OrdinalError` when it is none.
    """
    word = unaccented(" ".join(text.split()))
    if (rank := _ORDINAL_WORDS.get(word)) is not None:
        return rank
    found = _ORDINAL_FIGURES.fullmatch(word)
    if found is None or int(found[1]) < 1:
        raise OrdinalError(f"« {text} » n’est pas un rang : écrivez « première », « seconde », « 3e »…")
    return int(found[1])


def de(nom: str) -> str:
    """Put « de » before a proper name, elided or contracted: « d’Amiens », « du Havre »."""
    nom = nom.strip()
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if nom.startswith(article):
            return contracted + nom.removeprefix(article)
    plain = unaccented(nom)
    elided = plain[:1] in _VOWELS or plain.startswith(_SILENT_H)
    # « d’Yvetot » but « de Yaoundé »: y is a vowel only before a consonant.
    elided = elided or (plain[:1] == "y" and plain[1:2].isalpha() and plain[1:2] not in _VOWELS)
    return f"d’{nom}" if elided else f"de {nom}"


def slug(text: str) -> str:
    """Return ``text`` as lower-case ASCII words joined by hyphens, for addresses and file names."""
    try:  # most texts, at a tenth of the cost
        told = text.replace("’", " ").encode("latin-1").translate(_WORDS)
    except UnicodeEncodeError:
        return _slug(text)
    return _slug(text) if _OTHERWISE in told else b"-".join(told.split()).decode("ascii")


def _slug(text: str) -> str:
    return _NOT_A_WORD.sub("-", unaccented(text.translate(_UNIFIED))).strip("-")


def unaccented(text: str) -> str:
    """Return ``text`` in small letters without accents; signs, spaces and ligatures stay.

    Others fold more for what they compare: words of schools (``annuaire.appariement.mots.fold``), lines of a
    report (``rapport.lines.folded``) and, place for place, its sentences (``phrases.flat``).
    """
    if text.isascii():
        return text.lower()
    decomposed = normalised(text, "NFKD")
    plain = _ACCENTS.sub("", decomposed)  # all that combines, in most texts, at a tenth of the cost
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain.lower()


#: Stands for a letter that is none in an address, or several: « æ », « ½ ».
_OTHERWISE: Final = b"\xff"


def _word_byte(letter: str) -> bytes:
    """What a letter of Latin-1 is in an address: a letter, or what parts two words."""
    told = _slug(f"a{letter}a")[1:-1]
    return b" " if told == "-" else told.encode() if len(told) == 1 else _OTHERWISE


#: All of them, to write a text at once.
_WORDS: Final = b"".join(_word_byte(chr(number)) for number in range(256))
#: What stands first in the order of a list as another letter: capitals, accents, and signs that part words.
_SORTED_AS: Final = {
    **{capital: capital.lower() for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{
        letter: unicodedata.normalize("NFKD", letter)[0].lower()
        for letter in "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸàáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
    },
    **dict.fromkeys(f"-‐‑–—'’ʼ.,:;/&_{NBSP}{NNBSP}\t", " "),
}
#: What counts for nothing there: quotation marks, parentheses, and accents written apart from their letter.
_SORTED_AS_NOTHING: Final = '«»“”"()…\u0300\u0301\u0302\u0303\u0308\u030a\u0327'
#: The same as two texts of letters and their stand-ins, the way a database takes it (``TRANSLATE``).
SORTED_FROM: Final = "".join(_SORTED_AS) + _SORTED_AS_NOTHING
SORTED_TO: Final = "".join(_SORTED_AS.values())
#: Letters that are sorted as two.
SORTED_AS_TWO: Final = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
_SORTING: Final = str.maketrans(_SORTED_AS | dict.fromkeys(_SORTED_AS_NOTHING, "") | SORTED_AS_TWO)
#: Parts the words of a key from the text itself, which decides between equal words; no text holds it.
SORT_END: Final = "\x01"


def sort_key(text: str) -> str:
    """Return what a list is sorted by: « Bernay », « Étrépagny », « Évreux »; « L’Isle » before « Laon ».

    Keys are compared by code points. A database sorts by the same key: ``commun/tri.py``.
    """
    return f"{text.translate(_SORTING).lstrip(' ')}{SORT_END}{text}"
