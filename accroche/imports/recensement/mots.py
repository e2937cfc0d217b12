"""What one word of an unknown heading says, when the cells prove it: « cre_ville », « Date de la séance ».

A heading nobody thought of is a known word and another: the known one proposes, and the cells have to be that
and nothing else. What a heading names is its first word or its last, « Date de la séance », « cre_ville »;
the others say no more than whose, unless they say that it is something else, « Date limite ».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from accroche.imports.recensement import vocabulaire as voc
from accroche.imports.recensement.accord import accord, may_be_titles, may_be_varied, names_somebody
from accroche.imports.recensement.autres import WHO
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.contenu import Cases
from accroche.imports.recensement.ecriture import SMALL
from accroche.imports.recensement.entetes import autre, in_another_language, is_a_thing, suppositions
from accroche.imports.recensement.especes import Espece

_HALF: Final = 0.5
_FEW: Final = 0.2
_MOST: Final = 0.8
#: Words of a heading, and cells, from which one is told by the other.
_FEWEST: Final = 2
#: Characters of what is no name of a commune, and from which a text tells something.
_LONGEST_COMMUNE: Final = 30
_TELLS: Final = 20
#: Figures of a number of people: longer, « Contact de l’apprenant » is a telephone.
_LONGEST_COUNT: Final = 5
#: What any word of a heading may say, when the cells prove it.
_ANYWHERE: Final[dict[Champ, str]] = {
    Champ.COMMUNE: voc.COMMUNES,
    Champ.COURRIEL: voc.COURRIELS,
    Champ.TELEPHONE: voc.TELEPHONES,
    Champ.LIENS: voc.ADRESSES,
    Champ.EFFECTIF: voc.NOMBRES,
    Champ.NIVEAUX: voc.NIVEAUX,
}
#: Of whom a number says how many there are, in headings that say no more: « Scolaires attendus ».
_COUNTED: Final = frozenset((
    *("combien", "scolaire", "collegien", "lyceen", "apprenti", "inscrit", "spectateur", "visiteur"),
    *("personne", "apprenant", "stagiaire", "enfant", "adolescent"),
))  # fmt: skip
#: Words that count nothing by themselves, and words beside which a number of pupils is something else.
_COUNTS_NOTHING: Final = frozenset(("nombre", "nb", "nbre"))
_OF_SOMETHING_ELSE: Final = frozenset((
    *("tau", "part", "pourcentage", "moyenne", "age", "annee", "note", "score", "rang", "numero"),
    *("code", "heure", "jour", "seance", "semaine", "classe", "temp", "foi", "duree", "cout", "euro"),
    *("minute", "naissance", "residence", "domicile", "facturation", "siege", "organisateur"),
    *("mandataire", "vote", "cancelled", "annulation"),
))  # fmt: skip
#: What an office does with a file: the day of it is never the action’s.
_OF_A_FILE: Final = frozenset((
    *("limite", "deadline", "retour", "saisie", "reponse", "envoi", "inscription", "versement"),
    *("paiement", "facture", "decision", "convention", "notification", "naissance", "publication"),
    *("validation", "signature", "depot", "soumission", "creation", "modification", "ajout", "comite"),
    *("commission", "jury", "notation", "audition", "instruction", "conseil", "candidature", "contrat"),
    *("mandat", "bail", "adhesion", "demande", "attribution", "affichage", "label", "arrete", "compte"),
    *("rendu", "embauche", "agrement", "expiration", "peremption", "mesure", "releve", "livraison"),
    *("commande", "achat", "vente", "reservation", "enregistrement", "maj", "import", "export"),
    *("update", "updated", "created", "submitted", "published", "birth", "registration", "posted"),
    *("added", "modified", "scraped", "dossier", "cloture", "versee", "fermeture", "ouverture"),
    *("revision", "bilan", "ecrit", "controle", "echeance", "relance", "edition", "entree"),
    *("devi", "courrier", "mail", "rapport", "accord", "avi", "vote", "appel", "contact", "certificat"),
    *("diplome", "anniversaire", "dernier", "derniere", "last", "ca", "cp", "document", "prise", "suivi"),
    *("effet", "report", "repli", "validite", "accident", "rentree", "frai"),
))  # fmt: skip
#: What is done with a file, by the form of the word, « obtention », « versement », and what takes place, that
#: is called so as well.
_AN_ACT: Final = re.compile(r"(?:tion|sion|ment|ture|age|ance|ence|ed|al)\Z")
_TAKES_PLACE: Final = frozenset((
    *("animation", "manifestation", "representation", "intervention", "exposition", "formation"),
    *("operation", "session", "action", "production", "celebration", "competition", "projection"),
    *("inauguration", "restitution", "presentation", "participation", "realisation", "deroulement"),
    *("evenement", "passage", "tournage", "stage", "performance", "voyage", "rassemblement"),
    *("festival", "programmation", "carnaval", "seance", "conference", "journal", "permanence"),
))  # fmt: skip
#: Whose name a name may be, that is no action’s: « ngo_name », « Nom de l’intervenant ».
_OF_WHOM_OR_WHERE: Final = frozenset((
    *("etablissement", "ecole", "college", "lycee", "structure", "organisme", "organisation"),
    *("organization", "association", "asso", "ngo", "ong", "club", "company", "entreprise", "societe"),
    *("school", "institution", "porteur", "organisateur", "organizer", "contact", "responsable"),
    *WHO,
    *("referent", "user", "person", "enseignant", "professeur", "directeur", "directrice"),
    *("chef", "author", "auteur", "intervenant", "speaker", "artiste"),
    *("artist", "animateur", "encadrant", "tuteur", "maire", "lieu", "salle", "site", "venue", "place"),
    *("location", "stop", "commune", "ville", "city", "rue", "voie", "region", "departement"),
    *("quartier", "pay", "country", "academie", "circonscription", "zone", "secteur", "partenaire"),
    *("partner", "fichier", "file", "image", "photo", "document", "ressource", "resource", "team"),
    *("equipe", "groupe", "group", "category", "categorie", "type", "code", "first", "last"),
    *("full", "board", "list", "bucket", "compartiment", "station", "batiment", "agent"),
    *("adherent", "client", "funder", "sponsor"),
))  # fmt: skip
#: The words that ask for each field, as ``normal`` makes them, where they are the first or the last.
_NAMED_BY: Final[dict[Champ, frozenset[str]]] = {
    Champ.DATES: frozenset(("date", "jour", "day", "quand", "when", "periode", "period")),
    Champ.TITRE: frozenset((
        *("titre", "title", "intitule", "libelle", "nom", "name", "denomination", "designation"),
        *("sujet", "subject", "topic"),
    )),
    Champ.COMMUNE: frozenset(("commune", "ville", "city", "town", "localite", "municipality", "locality")),
    Champ.ETABLISSEMENT: frozenset((
        *("etablissement", "ecole", "school", "structure", "organisme", "porteur", "organisateur"),
        *("organisatrice", "organizer", "organiser", "host", "hote", "association", "organisation"),
        *("organization", "institution"),
    )),
    Champ.PARTENAIRES: frozenset(("partenaire", "partenariat", "partner", "intervenant", "speaker")),
    Champ.PUBLIC: frozenset(("public", "audience", "cible", "target", "beneficiaire")),
    Champ.CONTACT: frozenset(("contact", "responsable", "referent", "coordinateur", "pilote")),
    Champ.DESCRIPTION: frozenset((
        *("description", "descriptif", "resume", "presentation", "contenu", "objectif", "summary"),
        *("abstract", "detail", "texte", "text", "programme"),
    )),
}  # fmt: skip


#: « Festival Nom », « 2. Intitulé du projet »: of an action, whatever else the heading says.
_NAMES_AN_ACTION: Final = re.compile(
    r"\b(?:nom|titre|intitule|libelle|name|title)(?: complet| exact| court)?"
    r" (?:(?:de|du|des|d|l|la|les|le|of|the) )*"
    + voc.A_THING
    + r"|\b"
    + voc.A_THING
    + r" (?:nom|titre|name|title)\b"
    r"|\b(?:titre|title|intitule)\b"
)


#: Words that name a title and no name: some come back, « Sujet mail » of a match in two days.
_OF_A_TITLE: Final = frozenset(("titre", "title", "intitule", "sujet", "subject"))


#: Who is meant by « target group », and not by « Target Timeline ».
_AIMED_AT: Final = frozenset((
    *("group", "groupe", "audience", "public", "population", "people", "user", "participant", "age"),
    *("community", "beneficiary", "learner", "student"),
))  # fmt: skip


class Said(NamedTuple):
    """What the heading at ``position`` says by one of its words."""

    position: int
    champ: Champ
    word: str


def _are_days(held: Cases, _: bool) -> bool:
    return held.share(Espece.DAY) >= _MOST and held.share(Espece.STAMP, Espece.HOUR) == 0


def _are_communes(held: Cases, _: bool) -> bool:
    """Proper names, short, whether the directory knows them or not."""
    return (
        held.length <= _LONGEST_COMMUNE
        and held.patronyms >= _MOST
        and held.share(Espece.WORDS) >= _MOST
        and max(held.schools, held.people, held.somebody, held.organisations) < _HALF
    )


def _are_carriers(held: Cases, _: bool) -> bool:
    """Names of schools and organisations, or proper names that are no place nor kind."""
    named = held.organisations >= _HALF or (held.patronyms >= _HALF and held.variety > _FEW)
    others = max(held.kinds_alone, held.types, held.communes, held.people, held.somebody, held.ticks)
    return named and others < _HALF and held.share(Espece.WORDS) >= _HALF


def _are_texts(held: Cases, _: bool) -> bool:
    return held.share(Espece.WORDS) >= _MOST and max(held.communes, held.ticks) < _HALF


def _are_of_nobody(held: Cases, carried: bool) -> bool:
    return _are_texts(held, carried) and not names_somebody(held)


def _are_publics(held: Cases, carried: bool) -> bool:
    """Whom it is for: « Événement public », of texts that are each another, names what."""
    each_another = held.filled > _FEWEST and held.variety > _MOST and held.several_words > _HALF
    told = max(held.levels, held.everybody)
    return _are_of_nobody(held, carried) and not (each_another and told < _FEW)


def are_titles(held: Cases, carried: bool) -> bool:
    """Whether cells may be titles, capitals or not: « Smart Foodsheds » is nobody’s name."""
    return not names_somebody(held) and may_be_titles(replace(held, names=0), carried=carried, named=True)


def are_no_surnames(held: Cases, carried: bool) -> bool:
    """Titles, where « Martin », « Benali » could also be whose name the heading says."""
    surnames = held.patronyms >= _MOST and held.several_words < _HALF
    return not surnames and are_titles(held, carried)


def _come_back(held: Cases, carried: bool) -> bool:
    """Titles of which some are on several rows, where the heading says that they name actions."""
    return may_be_varied(held) and are_titles(replace(held, distinct=held.filled), carried)


def _are_people(held: Cases, _: bool) -> bool:
    return names_somebody(held)


def _tell(held: Cases, _: bool) -> bool:
    return held.share(Espece.WORDS, Espece.PROSE) >= _MOST and held.length >= _TELLS and held.variety > _HALF


#: Whether cells are what a word says; whether another column says who carries the actions.
_Proof = Callable[[Cases, bool], bool]
_PROVE: Final[dict[Champ, _Proof]] = {
    Champ.DATES: _are_days,
    Champ.TITRE: are_no_surnames,
    Champ.COMMUNE: _are_communes,
    Champ.ETABLISSEMENT: _are_carriers,
    Champ.PARTENAIRES: _are_texts,
    Champ.PUBLIC: _are_of_nobody,
    Champ.CONTACT: _are_people,
    Champ.DESCRIPTION: _tell,
}
#: Beside these words, a heading is of something else than what its first or last word names.
_NOTHING: Final = frozenset[str]()
_SPOILT: Final[Mapping[Champ, frozenset[str]]] = {
    Champ.TITRE: _OF_WHOM_OR_WHERE,
    Champ.COMMUNE: _OF_SOMETHING_ELSE,
    Champ.DESCRIPTION: _OF_WHOM_OR_WHERE,
    Champ.ETABLISSEMENT: frozenset((
        *("partenaire", "partner", "financeur", "accueil", "instructeur", "tutelle", "type", "statut"),
        *("nombre", "origine", "precedent", "intervenant", "prestataire", "payeur"),
    )),
}  # fmt: skip


def is_of_another(heading: str, champ: Champ) -> bool:
    """Whether a heading says that its cells, which could be ``champ``, are of something else."""
    return not _SPOILT.get(champ, _NOTHING).isdisjoint(heading.split())


def by_a_word(heading: str, held: Cases) -> tuple[Champ, str] | None:
    """« Coordinator’s city », « Identification > Commune », « Bénéficiaires prévus »: proved by the cells."""
    parts = heading.split()
    if len(parts) == 1 or autre(heading) or not _OF_SOMETHING_ELSE.isdisjoint(parts):
        return None
    for word in parts:
        few = held.length <= _LONGEST_COUNT and held.ticks < _HALF
        # the same number in every row is of something else
        few = few and (held.distinct > 1 or held.filled <= _FEWEST)
        if word in _COUNTED and few and accord(Champ.EFFECTIF, voc.NOMBRES, held):
            return Champ.EFFECTIF, word
        if word in _COUNTS_NOTHING:
            continue
        for one in suppositions(word):
            asks = _ANYWHERE.get(one.champ)
            if asks and accord(one.champ, asks, held):
                return one.champ, word
    return None


def named_by(
    words: Sequence[str],
    told: Sequence[Cases | None],
    left: Sequence[int],
    said: Callable[[Champ], bool],
    *,
    carried: bool,
) -> Iterator[Said]:
    """Yield what headings name by their first or last word, where nothing said it and one column may be it.

    ``left``: the columns of unknown headings; ``carried``: whether another says who carries the actions.
    """
    found: dict[Champ, list[Said]] = {}
    for position in left:
        held = told[position]
        heading = words[position]
        if held is None or held.filled < _FEWEST or autre(heading) or in_another_language(heading):
            continue
        for champ, word, proved in _asked(words[position]):
            if not said(champ) and proved(held, carried):
                found.setdefault(champ, []).append(Said(position, champ, word))
                break
    for those in found.values():
        # one of several would be a guess: the person chooses
        if len(those) == 1:
            yield those[0]


def _asked(heading: str) -> Iterator[tuple[Champ, str, _Proof]]:
    """What a heading names: its first word, then its last, unless that is whose the first is."""
    words = heading.split()
    parts = [word for word in words if word not in SMALL]
    if len(parts) < _FEWEST:
        return
    if (found := _NAMES_AN_ACTION.search(heading)) is not None:
        yield Champ.TITRE, found[0], _come_back
    # « Statut du porteur » is a status, « Nom du porteur » is who
    of_the_first = len(parts) < len(words) and parts[0] not in _NAMED_BY[Champ.TITRE]
    for word in parts[:1] if of_the_first else (parts[0], parts[-1]):
        for champ, those in _NAMED_BY.items():
            spoilt = is_of_another(heading, champ)
            aims = word != "target" or not _AIMED_AT.isdisjoint(parts)
            if word in those and aims and not spoilt and (champ is not Champ.DATES or _take_place(parts)):
                yield champ, word, _proof_of(champ, word, heading)
    if "date" in parts and _take_place(parts):
        yield Champ.DATES, "date", _are_days


def _proof_of(champ: Champ, word: str, heading: str) -> _Proof:
    if word in _OF_A_TITLE:
        return _come_back
    # « Événement public » may be what is open to all
    return _are_publics if champ is Champ.PUBLIC and is_a_thing(heading) else _PROVE[champ]


def _take_place(parts: Sequence[str]) -> bool:
    """Whether a day is of what takes place, and not of what an office does with a file."""
    # « Date du jour »: of the answer
    return (
        _OF_A_FILE.isdisjoint(parts)
        and not {"date", "jour"} <= {*parts}
        and not any(_AN_ACT.search(word) and word not in _TAKES_PLACE for word in parts)
    )
