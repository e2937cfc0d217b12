"""How a heading is written: the words that count of it, its number, the question and the answer it holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final

from accroche.lib.texte import slug

_IN_PARENTHESES: Final = re.compile(r"[(\[][^)\]]*(?:[)\]]|$)")
_AGREEMENT: Final = re.compile(r"\((?:s|x|e|es|ou s)\)|[·.](?:s|e|es)\b")
PLURAL: Final = re.compile(r"(?<=[a-z]{3})[sx]\b")
#: « dateDebut », « locationName »: programs write a heading as one word.
_HUMP: Final = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý][a-zà-ÿ]|[A-Z]{2,5}$)")
_NUMBERED: Final = re.compile(r"\b(\d{1,2})\W*$")
_NUMBER_SIGNS: Final = frozenset(("n", "no", "num", "numero"))
_ONE_OF_SEVERAL: Final = re.compile(r"[^\[\]]+\[([^\[\]]{1,80})\]")
#: « 9bis. », « 2.1) », « 3 – »: the number of a question, which says nothing.
_NUMBERING: Final = re.compile(
    r"\A\(?\d{1,3}(?:\.\d{1,2})?\s?(?:bis|ter|quater|[a-d])?\s?[.):°–-]{1,2}\s{0,2}(?=[^\W\d])"
)
#: « NOMACT. Comment s’appelle l’action ? »: the code a form gives its question.
_CODED: Final = re.compile(
    r"\A[A-Z][A-Z0-9_]{1,19}(?:\[[A-Za-z0-9_]{1,12}\])?\.\s(?=[^\n]{0,400}[a-zà-ÿ]{3})"
)
#: « Abstract (English) », « Résumé en anglais », as programs write « abstract_en ».
_IN_ENGLISH: Final = re.compile(
    r"\s?(?:[(\[]\s?(?:english|anglais|en|eng)\s?[)\]]|\b(?:in english|en anglais))\Z", re.IGNORECASE
)
#: « Bonjour ! », « Pour commencer, »: forms that talk.
_GREETING: Final = re.compile(
    r"\A(?:bonjour|merci|bienvenue|super|parfait|tr[eè]s bien|pour (?:commencer|finir|terminer)|enfin)\b"
    r"[^?!:]{0,30}[!,:] ",
    re.IGNORECASE,
)
LEVELS_OF_HEADINGS: Final = re.compile(r"\s(?:[–—>-]|::?)\s|\s?:\s")
#: Words that say nothing of what a column holds, as ``normal`` makes them: « Nom de votre école » is
#: « nom école ».
SMALL: Final = frozenset(
    (
        *("de", "du", "des", "d", "l", "le", "la", "les", "un", "une", "en", "a", "au", "aux", "the", "of"),
        *("votre", "vos", "notre", "nos", "mon", "ma", "mes", "son", "sa", "leur", "ce", "cette"),
        *("your", "our", "thi"),
    )
)
#: What questions begin with before they say what they ask, as ``normal`` makes words.
ASKED: Final = frozenset(
    PLURAL.sub("", word)
    for word in (
        *("quel", "quelle", "est", "sont", "sera", "seront", "dans", "pour", "avec", "merci", "et", "si"),
        *("il", "veuillez", "pouvez", "vous", "nous", "indiquer", "indiquez", "preciser", "precisez"),
        *("donner", "donnez", "tell", "us", "s", "oui"),
        *("saisir", "saisissez", "renseigner", "renseignez", "selectionner", "selectionnez", "choisir"),
        *("choisissez", "svp", "te", "plait", "complet", "complete", "exact", "exacte"),
        *("what", "which", "is", "are", "will", "please", "provide", "enter", "give", "indicate"),
    )
)  # fmt: skip
#: What a question begins with that asks whether there is something at all, as ``normal`` makes words.
IS_THERE: Final = frozenset((
    *("avez", "vou", "y", "t", "il", "elle", "aura", "disposez", "travaillez", "avec", "existe", "est", "ce"),
    *("que", "qu", "prevu", "associe", "mobilise", "sollicite", "deja", "ou", "plusieur", "action"),
    *("do", "you", "have", "is", "there", "any"),
))  # fmt: skip
#: How many headings begin with one word before it is no more than their program's.
_A_HABIT: Final = 3
#: Words cut short, and what they stand for.
SHORTENED: Final = {
    **dict.fromkeys(("nbr", "nbre", "nb", "num", "nombr"), "nombre"),
    **dict.fromkeys(("el", "elv", "elev"), "eleve"),
    **dict.fromkeys(("etab", "etabl", "etabt", "ets", "etbt"), "etablissement"),
    **dict.fromkeys(("desc", "descr", "descript"), "description"),
    **dict.fromkeys(("int", "intit"), "intitule"),
    **dict.fromkeys(("niv", "nivx"), "niveau"),
    **dict.fromkeys(("org", "orga"), "organisateur"),
    **dict.fromkeys(("deb",), "debut"),
    **dict.fromkeys(("resp",), "responsable"),
    **dict.fromkeys(("ref",), "referent"),
    **dict.fromkeys(("part", "parten"), "partenaire"),
    **dict.fromkeys(("com",), "commune"),
    **dict.fromkeys(("evt", "evnt", "evmt"), "evenement"),
    **dict.fromkeys(("dt",), "date"),
    **dict.fromkeys(("per", "perso"), "personne"),
    **dict.fromkeys(("lib",), "libelle"),
    **dict.fromkeys(("tit",), "titre"),
    **dict.fromkeys(("act",), "action"),
    **dict.fromkeys(("struct",), "structure"),
    **dict.fromkeys(("coll", "collec"), "collectivite"),
    **dict.fromkeys(("benef",), "beneficiaire"),
    **dict.fromkeys(("dtdeb", "datdeb", "dtdebut"), "date debut"),
    **dict.fromkeys(("dtfin", "datfin"), "date fin"),
}
#: What a heading written as one word begins with: « nomstructure », « titreprojet ».
_GLUED: Final = re.compile(
    r"(?:nom|titre|intitule|libelle|descriptif|description|resume|date|ville|commune|mail|email|telephone|type"
    r"|nb|nombre|niveau|theme|lien|porteur|contact)(?=[a-z]{3,30}\Z)"
)


@lru_cache(maxsize=4096)
def normal(heading: str) -> str:
    """Return a heading as headings are compared: no accents, capitals, numbers, plurals, parentheses."""
    heading = _GREETING.sub("", _NUMBERING.sub("", _CODED.sub("", heading.strip())))
    heading = _IN_ENGLISH.sub(" en", heading)
    inside = _IN_PARENTHESES.sub(" ", _AGREEMENT.sub("", heading))
    if one := _ONE_OF_SEVERAL.fullmatch(heading.strip()):
        inside = f"{inside} {one[1]}"  # the answers to one question are several columns
    words = slug(_HUMP.sub(" ", inside if slug(inside) else heading)).split("-")
    first, last = 0, len(words)
    while first < last - 1 and words[first].isdigit():
        first += 1
    while first < last - 1 and words[last - 1].isdigit():
        last -= 1
        if first < last - 1 and words[last - 1] in _NUMBER_SIGNS:  # « Projet n° 2 »
            last -= 1
    return PLURAL.sub("", " ".join(words[first:last])).strip()


def common_word(words: Sequence[str]) -> str:
    """Return the word that at least half of normal headings begin with: « csvDate », « csvTitre », « id »."""
    told = [heading for heading in words if heading]
    firsts = Counter(heading.partition(" ")[0] for heading in told if " " in heading)
    word, count = max(firsts.items(), key=itemgetter(1), default=("", 0))
    return word if count >= _A_HABIT and 2 * count >= len(told) and word not in told else ""


def unglued(words: str) -> str:
    """Return a heading of one word as two, « nom structure »; the same where it is none."""
    found = _GLUED.match(words)
    return f"{found[0]} {words[found.end() :]}" if found else words


def number_of(heading: str) -> int | None:
    """Return the number a heading ends on, « Date 2 », or begins with; None without."""
    found = _NUMBERED.search(heading)
    return int(found[1]) if found else None


def asked_for(heading: str) -> str:
    """Return what one answer of several to a question is about, « Dates [Début] »; else nothing.

    So do forms that ask several things at once: LimeSurvey writes each under the whole question.
    """
    found = _ONE_OF_SEVERAL.fullmatch(_CODED.sub("", heading.strip()))
    return normal(found[1]) if found else ""


def choice_of(heading: str) -> tuple[str, str]:
    """Return the question and the answer of a column for one answer, « Niveaux [6e] »; else two empty texts.

    So do forms whose questions take several answers, and tables with « Niveaux » above « 6e », « 5e ».
    """
    text = _CODED.sub("", heading.strip())
    if text.endswith("]") and "[" in text:
        question, _, answer = text[:-1].partition("[")
        return question.strip(), answer.strip()
    parts = LEVELS_OF_HEADINGS.split(text)
    if len(parts) == 1:
        parts = text.split("/")
    return (parts[0].strip(), parts[1].strip()) if len(parts) == len(("question", "answer")) else ("", "")
