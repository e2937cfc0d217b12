"""Letters that an OCR took for others, letters that a program lost: the frame is mended, all are told.

A word of the frame (labels, levels, months, names of académies) has one spelling, so it is mended and told
with its line. Any other is only named: nobody can tell « Bemard » from « Bernard ».
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from accroche.annuaire.tuiles import TUILES
from accroche.lib.dates import MONTHS
from accroche.rapport.lines import Line, folded
from accroche.rapport.problems import Problems

LOST: Final = "\ufffd"
_FRAME: Final = (
    "Académie Académies Semaine persévérance scolaire scolaires Exemples d’actions actions mises en œuvre "
    "dans Nombre identifiées écoles école établissements établissement impliquées impliqués Partenaires "
    "Premier degré Collège Collèges Lycée Lycées professionnel général technologique élémentaire académique "
    "départementale axes de travail se dégagent prochaine édition cette Un Deux Trois Quatre Cinq première "
    "deuxième troisième quatrième CONCLUSION Perspectives Les données ne sont pas disponibles lundi mardi "
    "mercredi jeudi vendredi"
)
_WORD = re.compile(r"[\w’'|!\ufffd-]{1,60}")
#: What is read for what, once accents and capitals are folded; the longer first.
_ALIKE: Final = (
    *(("rn", "m"), ("vv", "w"), ("cl", "d"), ("1", "l"), ("|", "l"), ("!", "l"), ("i", "l"), ("0", "o")),
    *(("5", "s"), ("8", "b")),
)
_DIGITS: Final = str.maketrans("lI|OoSB", "1110058")
_FIGURE = re.compile(
    r"(?<![\w’'])(?=[lIOoSB|]*[0-9])[0-9lIOoSB|]{1,5}(?![\w’'])|(?<=: )[lIO|]{1,3}$"
    r"|(?<![\w’'])[lI][O0-9lISB](?![\w’'])"
    r"|(?<![\w’'])[lIOSB|]{1,2}"
    r"(?= ?(?:[–-] ?[0-9l]|Janv|F[ée]v|Mars|Avr|Mai|Juin|Juil|Ao[uû]t|Sept|Oct|Nov|D[ée]c))"
)
#: A digit among letters, as no French word has one.
_MIXED = re.compile(
    r"[^\W\d_]{2}[01|5][^\W\d_]|(?<!\w)[01|](?!ers?\b|[eè]res?\b|ndes?\b)[^\W\d_]{3}"
    r"|[^\W\d_]{4}[01|](?!\w)|[a-zé]{2}I[a-zé]{2}"
)
_LEAST: Final = 4
_RARE: Final = 2
_USUAL: Final = 6
#: Fewer confused words are slips of the author.
_ENOUGH: Final = 4
_MAX_FRAME: Final = 220


@dataclass(frozen=True, slots=True)
class _Lexicon:
    by_skeleton: dict[str, str]
    by_loss: dict[str, str]
    by_length: dict[int, tuple[str, ...]]


def _skeleton(word: str) -> str:
    key = folded(word)
    for before, after in _ALIKE:
        key = key.replace(before, after)
    return key


def _lexicon() -> _Lexicon:
    names = {part for name in TUILES for part in re.split(r"[ -]", name)}
    months = {form for month in MONTHS for form in (month, month.capitalize(), month.upper())}
    words = {*_FRAME.split(), *names, *months}
    lost = {"".join(c for c in word if c.isascii() or c == "’"): word for word in sorted(words)}
    lengths: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        lengths[len(word)].append(word)
    return _Lexicon(
        {_skeleton(word): word for word in sorted(words, key=str.islower)},
        {short: word for short, word in lost.items() if short != word},
        {length: tuple(found) for length, found in lengths.items()},
    )


_KNOWN: Final = _lexicon()
_SPELT: Final = frozenset(folded(word) for words in _KNOWN.by_length.values() for word in words)


def with_known_words(
    lines: Sequence[Line], is_frame: Callable[[Line, Sequence[Line]], bool], problems: Problems
) -> list[Line]:
    """Mend the words of the frame in the lines that are recognised once they are, and name each.

    ``is_frame`` tells whether a line, with the one below it, is a part of the frame.
    """
    kept = list(lines)
    dropped = 0
    for rank in range(len(lines) - 1, -1, -1):  # a heading is told by the date below it
        line = kept[rank]
        if len(line.text) > _MAX_FRAME or "://" in line.text or is_frame(line, kept[rank + 1 : rank + 2]):
            continue
        mended = _mended(line.text)
        if mended != line.text and is_frame(replace(line, text=mended), kept[rank + 1 : rank + 2]):
            kept[rank] = replace(line, text=mended)
            dropped += sum(word in _KNOWN.by_loss for word in line.text.split())
            problems.note(line.number, line.text, f"Lettres confondues ou perdues : ligne lue « {mended} ».")
    return [_mended_alone(line, dropped=dropped >= _ENOUGH) for line in kept]


def _mended_alone(line: Line, *, dropped: bool) -> Line:
    """Mend the words that can be no others: with a lost letter, or a digit inside; sheets are warned.

    ``dropped``: the file has lost its accented letters without a trace.
    """
    if "://" in line.text:
        return line
    text = _WORD.sub(
        lambda found: (
            _known(found[0])
            if LOST in found[0] or _MIXED.search(found[0]) or (dropped and found[0] in _KNOWN.by_loss)
            else found[0]
        ),
        line.text,
    )
    return line if text == line.text else replace(line, text=text)


def with_figures(line: Line, problems: Problems) -> Line:
    """Read as figures the letters that stand for some in a count or a date, and name them."""
    text = _FIGURE.sub(lambda found: found[0].translate(_DIGITS), line.text)
    if text == line.text:
        return line
    problems.note(line.number, line.text, f"Des lettres tiennent lieu de chiffres : ligne lue « {text} ».")
    return replace(line, text=text)


def _mended(text: str) -> str:
    return _WORD.sub(lambda found: _known(found[0]), text)


def _known(word: str) -> str:
    """The word of the frame that this one is, the same word when it is none."""
    if folded(word) in _SPELT:
        return word
    for sign in "’'-":
        if sign in word.strip(sign):
            return sign.join(map(_known, word.split(sign)))
    if LOST in word:
        same = [one for one in _KNOWN.by_length.get(len(word), ()) if _fits(word, one)]
        alike = [one for one in same if _fits(word, one, folding=False)]
        return (alike or same)[0] if len({folded(one) for one in same}) == 1 else word
    return _KNOWN.by_skeleton.get(_skeleton(word)) or _KNOWN.by_loss.get(word) or word


def _fits(word: str, known: str, *, folding: bool = True) -> bool:
    pairs = zip(word, known, strict=True)
    return all(a in {LOST, b} or (folding and folded(a) == folded(b)) for a, b in pairs)


# -- what is only named -------------------------------------------------------------------------------------


def name_confused_words(
    lines: Sequence[Line], problems: Problems, first_lines: Sequence[int]
) -> tuple[str, ...]:
    """Name the words that an OCR may have confused, and say in each sheet that its text went through one.

    ``first_lines``: the numbers of the lines where the sheets begin.
    """
    counts: Counter[str] = Counter()
    where: dict[str, int] = {}
    lost = 0
    for line in lines:
        if "://" in line.text:
            continue
        lost += line.text.count(LOST)
        for found in _WORD.finditer(line.text):
            counts[found[0]] += 1
            where.setdefault(found[0], line.number)
    doubtful = [word for word in counts if _MIXED.search(word)] + _near_misses(counts)
    if lost >= _ENOUGH:
        _warn(problems, first_lines, "Des lettres de ce fichier sont perdues (« \ufffd »)")
        said = f"{lost} lettres de ce fichier sont perdues (« \ufffd ») : les mots de la trame sont rétablis"
        return (f"{said}, les autres restent tels quels. Reprenez l’original si vous pouvez.",)
    if len(doubtful) < _ENOUGH:
        for word in doubtful:
            problems.note(where[word], word, "Ce mot a une lettre pour une autre : vérifiez-le.")
        return ()
    shown = ", ".join(f"« {word} » (ligne {where[word]})" for word in doubtful[:3])
    _warn(problems, first_lines, f"Des lettres de ce fichier sont prises pour d’autres : {shown}")
    said = f"Ce texte semble numérisé : {len(doubtful)} mots y ont des lettres confondues, dont {shown}"
    return (f"{said}. Ceux de la trame sont rétablis, les autres restent tels quels.",)


def _near_misses(counts: Counter[str]) -> list[str]:
    """The rare words that one confusion parts from a usual one of the same file."""
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in counts.items():
        if len(word) >= _LEAST:
            usual[_skeleton(word)][folded(word)] += count
    found = []
    for word in counts:
        forms = usual.get(_skeleton(word), Counter()) if len(word) >= _LEAST else Counter()
        if len(forms) > 1 and forms[folded(word)] <= _RARE and max(forms.values()) >= _USUAL:
            found.append(word)
    return found


def _warn(problems: Problems, first_lines: Sequence[int], what: str) -> None:
    for number in (1, *first_lines):
        problems.note(number, "", f"{what} : vérifiez titres, noms, nombres et dates de cette fiche.")
