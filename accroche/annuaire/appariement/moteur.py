"""From a mention to candidates and a decision; pure, built once from the schools it knows."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from accroche.annuaire.appariement.alternatives import either
from accroche.annuaire.appariement.cadre import (
    Cadre,
    Entry,
    Rarity,
    SchoolFacts,
    academie_key,
    entry_of,
)
from accroche.annuaire.appariement.calcul import Ending, Weighed, weigh
from accroche.annuaire.appariement.communes import ARTICLES
from accroche.annuaire.appariement.decision import decided
from accroche.annuaire.appariement.genres import Genre, worth
from accroche.annuaire.appariement.mention import Mention, cleaned, read
from accroche.annuaire.appariement.plusieurs import (
    Parts,
    other_types,
    parts,
    renamed,
    schools_named,
    severed,
)
from accroche.annuaire.appariement.trouve import (
    NOTHING,
    Answers,
    Candidate,
    Decision,
    Heir,
    Match,
    answer_key,
    mean,
    swallowed,
    together,
)
from accroche.lib.dates import format_date

#: How many candidates are weighed.
WEIGHED = 24
#: A candidate so far behind the first in the rough ranking is not weighed.
BEHIND = 9.0
#: For the rough ranking: a shorter word is not looked for misspelt; what a misspelt word costs; what the
#: same whole name and the same commune add.
SHORT, NEAR_WORD, SAME_NAME, SAME_COMMUNE = 3, 2.0, 8.0, 7.0
#: A commune at the end of a mention has so many words; spelt further from its name, it is another word.
LONGEST_ENDING, FAR_FROM = 4, -4.0
#: A mention longer than this is no mention (characters).
LONGEST = 600


@dataclass(frozen=True, slots=True)
class _Asked:
    """The frame of a question, and what people answered in it."""

    cadre: Cadre
    academie: str
    answers: Answers

    def answer(self, mention: str, commune: str) -> Match | None:
        """What a person answered about this very mention."""
        found = self.answers.get(answer_key(self.academie, mention, commune)) if self.answers else None
        if found is None:
            return None
        if not found.uai:
            return NOTHING
        reason = f"confirmé par une personne le {format_date(found.at)}"
        return Match((Candidate(found.uai, found.pk, 1.0, reason),), Decision.AUTO)


class Moteur:
    """Every school the directory holds, by académie; frames are made when first asked for."""

    def __init__(
        self,
        schools: Iterable[SchoolFacts],
        academies: Mapping[str, frozenset[str]],
        heirs: Mapping[str, Heir] | None = None,
    ) -> None:
        """``academies``: the codes of the départements of each, by name; ``heirs``: by UAI."""
        self.heirs = heirs or {}
        self.entries: list[Entry] = [entry_of(school) for school in schools]
        self.rarity = Rarity(self.entries)
        self.academies = {academie_key(name): codes for name, codes in academies.items()}
        self.by_uai = {entry.facts.uai: entry for entry in self.entries}
        self._by_departement: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_departement.setdefault(entry.facts.departement, []).append(entry)
        self._frames: dict[frozenset[str], Cadre] = {}
        self._named: dict[str, Cadre] = {}

    @cached_property
    def country(self) -> Cadre:
        """Every school: the frame of a mention whose académie is not told."""
        return Cadre(self.entries, self.rarity)

    def frame(self, academie: str) -> Cadre:
        """The schools of an académie known by its name; of the country when nobody knows it."""
        key = academie_key(academie)
        found = self._named.get(key)
        if found is None:
            found = self._named[key] = self._frame(key)
        return found

    def _frame(self, key: str) -> Cadre:
        codes = self.academies.get(key)
        if codes is None and len(key) > 3:  # noqa: PLR2004 - too short to resemble anything
            near = process.extractOne(
                key, list(self.academies), scorer=OSA.normalized_similarity, score_cutoff=0.8
            )
            codes = self.academies[near[0]] if near else None
        if codes is None:
            return self.country
        if codes not in self._frames:
            held = [entry for code in sorted(codes) for entry in self._by_departement.get(code, ())]
            self._frames[codes] = Cadre(held, self.rarity)
        return self._frames[codes]

    def match(self, academie: str, mention: str, commune: str = "", answers: Answers | None = None) -> Match:
        """Recognise one mention, of one school or of several; ``answers``: what people answered before."""
        asked = _Asked(self.frame(academie), academie, answers or {})
        text = mention[:LONGEST]
        commune = commune[:LONGEST]
        known = asked.answer(text, commune)
        if known is not None:
            return known
        now, before = renamed(cleaned(text))
        found = self._read(asked, now, commune)
        if before and found.decision is not Decision.AUTO:
            # the directory may know it by that name alone
            other = self._read(asked, before, commune)
            if other.decision is Decision.AUTO and not commune.strip():
                # of which commune is told by what stands around, if by anything
                other = replace(other, decision=Decision.TO_REVIEW)
            found = max(found, other, key=lambda one: (one.decision is Decision.AUTO, mean(one)))
        return found

    def _read(self, asked: _Asked, text: str, commune: str) -> Match:
        """Recognise what a mention says, of one school or of several."""
        split = parts(text)
        alike = self._of_one_type(asked, split.inherited, commune)
        if alike is not None:
            return alike
        if len(split.sure) > 1:
            return self._several(asked, split.sure, commune)
        whole = self._one(asked, text, commune)
        if split.named > 1 and self._literally(text, whole):
            # « Séminaire-Collège Sainte-Marie » is the name of one school
            return whole
        found = self._likeliest(asked, split, text, commune, whole)
        # « Collège A ou collège B »: which one, the mention does not say
        return replace(found, decision=Decision.TO_REVIEW) if found.parts and either(text) else found

    def _literally(self, text: str, found: Match) -> bool:
        """Whether a text is the whole name of the school found."""
        return found.decision is Decision.AUTO and read(text).whole == self.by_uai[found.uais[0]].whole

    def _likeliest(self, asked: _Asked, split: Parts, text: str, commune: str, whole: Match) -> Match:
        """The first reading of several schools that is sure, else the one school, else the best of all."""
        several = []
        for reading in (*split.spoken, *split.guessed):
            found = self._several(asked, reading, commune)
            if found.decision is Decision.AUTO and swallowed(found):
                found = replace(found, decision=Decision.TO_REVIEW)
            several.append(found)
            if found.decision is Decision.AUTO:
                return found
        if whole.decision is Decision.AUTO:
            held = self.by_uai[whole.uais[0]]
            # « ICEF collège Jeanne d’Arc » is the name of one collège
            more = split.named > 1 and split.named > schools_named(held.facts.name)
            best = whole.candidates[0]
            if split.plural and best.named and best.explained:
                # « Collèges Pardé »: the plural is a slip, every word is this school's
                more = False
            if split.coded or not (more or severed(text, held, self.rarity)):
                return whole
            # one school found where several are named: a person decides
            whole = replace(whole, decision=Decision.TO_REVIEW)
        # words that are not the school's are another's, where several are named
        alone = not (several and split.named > 1 and whole.candidates and not whole.candidates[0].explained)
        return max([whole, *several] if alone else several, key=mean)

    def _several(self, asked: _Asked, texts: Sequence[str], commune: str) -> Match:
        communes = [part for part in commune.replace("|", ";").split(";") if part.strip()]
        found = []
        for i, text in enumerate(texts):
            own = communes[i] if len(communes) == len(texts) else commune
            # a commune of its own is worth more than the one told for all
            inside = len(communes) != len(texts) and any(
                0.0 in asked.cadre.towns.find(segment).values() for segment in read(text).segments
            )
            found.append(self._one(asked, text, "" if inside else own))
        return together(found)

    def _of_one_type(self, asked: _Asked, readings: Sequence[Sequence[str]], commune: str) -> Match | None:
        """The schools of a plural's type, when all are found whatever else their names say."""
        for reading in readings:
            found = self._several(asked, reading, commune)
            if found.decision is Decision.AUTO and not swallowed(found) and self._named_so(reading, found):
                return found
        return None

    def _named_so(self, texts: Sequence[str], found: Match) -> bool:
        """Whether what the parts say of another type than the first is in the names, or in the communes."""
        held = [self.by_uai[part.uais[0]] for part in found.parts]
        return all(
            any(other_types(text) <= name.weak | name.words | entry.commune_words for name in entry.names)
            for text, entry in zip(texts, held, strict=True)
        )

    def _one(self, asked: _Asked, text: str, commune: str) -> Match:
        known = asked.answer(text, commune)
        if known is not None:
            return known
        cadre = asked.cadre
        mention = read(text)
        coded = self._coded(mention.uai) if mention.uai else None
        if coded is not None:
            return Match((coded,), Decision.AUTO)
        if not mention.tokens or mention.foreign:
            return NOTHING
        commune = commune if commune.strip() else mention.arrondissement
        said = cadre.towns.find(commune) if commune else None
        weighed = self._weighed(cadre, mention, said, {} if commune else _at_the_end(cadre, mention))
        return decided(cadre, mention, weighed, self.heirs)

    def _coded(self, uai: str) -> Candidate | None:
        """The school of a code, or the one that took its place."""
        held = self.by_uai.get(uai)
        heir = self.heirs.get(uai) if held is None or not held.facts.is_open else None
        if heir is not None:
            return Candidate(heir.uai, heir.pk, 1.0, f"UAI dans la mention, {heir.told}")
        return Candidate(uai, held.facts.pk, 1.0, "UAI dans la mention") if held is not None else None

    def _weighed(
        self, cadre: Cadre, mention: Mention, said: dict[str, float] | None, ending: Ending
    ) -> list[Weighed]:
        rough = _by_name(cadre, mention)
        close: set[int] = set()
        entries = cadre.entries
        for commune, bonus in _communes(cadre, mention, said, ending).items():
            rows = cadre.communes[commune]
            # « École Marlioz » of Marlioz, though schools elsewhere are named so
            town = said is not None and entries[rows[0]].commune_words.issuperset(mention.core)
            for row in rows:
                shared = rough.get(row, 0.0)
                rough[row] = shared + bonus
                if town or (shared and said is not None):
                    close.add(row)
        genre = mention.genre
        if genre is Genre.DSDEN and mention.departement:
            rough.update(
                (row, SAME_NAME)
                for row, entry in enumerate(entries)
                if entry.genre is genre and entry.facts.departement == mention.departement
            )
        told, genres = worth(genre), cadre.genres
        ranked = heapq.nlargest(WEIGHED, [(value + told[genres[row]], -row) for row, value in rough.items()])
        # far behind in the rough ranking, nobody comes first in the end, but where the commune is told: « Guy
        # Moquet » may be the « Guy Mocquet » there, though others are spelt so
        least = ranked[0][0] - BEHIND if ranked else 0.0
        found = [
            weigh(cadre, -row, mention, said, ending)
            for value, row in ranked
            if value >= least or -row in close
        ]
        found.sort(key=lambda one: (-one.value, entries[one.position].facts.uai))
        return found


def _by_name(cadre: Cadre, mention: Mention) -> dict[int, float]:
    """Schools that share a word with the mention, with how much they share."""
    rough: dict[int, float] = {}
    for word in dict.fromkeys(mention.core):
        rows = cadre.postings.get(word)
        if rows is not None:
            weight = cadre.rarity.word(word)
            for row in rows:
                rough[row] = rough.get(row, 0.0) + weight
        elif len(word) > SHORT and not word.isdigit():
            for near in cadre.near_words(word):
                weight = cadre.rarity.word(near) - NEAR_WORD
                for row in cadre.postings[near]:
                    rough[row] = rough.get(row, 0.0) + weight
    for row in cadre.joined.get(mention.joined, ()):
        rough[row] = rough.get(row, 0.0) + SAME_NAME
    return rough


def _at_the_end(cadre: Cadre, mention: Mention) -> Ending:
    """Communes that the last words of a mention may stand for, when no commune's name is among them."""
    found: Ending = {}
    if cadre.towns.within(mention.tokens):
        return found
    for length in range(1, LONGEST_ENDING + 1):
        taken = mention.tokens[-length:]
        if len(taken) < length or taken[0] in ARTICLES:
            continue
        for commune, cost in cadre.towns.find(" ".join(taken)).items():
            if cost > found.get(commune, (FAR_FROM, frozenset()))[0]:
                found[commune] = (cost, frozenset(taken))
    return found


def _communes(
    cadre: Cadre, mention: Mention, said: dict[str, float] | None, ending: Ending
) -> dict[str, float]:
    """Communes worth a look, with what they are worth in the rough ranking."""
    if said is not None:
        return {commune: SAME_COMMUNE + cost for commune, cost in said.items()}
    found = dict.fromkeys(cadre.towns.within(mention.tokens), SAME_COMMUNE - 2)
    for segment in mention.segments:
        for commune, cost in cadre.towns.find(segment).items():
            found[commune] = max(found.get(commune, 0.0), SAME_COMMUNE - 1 + cost)
    for commune, (cost, _) in ending.items():
        found[commune] = max(found.get(commune, 0.0), SAME_COMMUNE - 2 + cost)
    return found
