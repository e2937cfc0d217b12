"""Which organisations that are no school say by their name what they are: pure.

A name is recognised where its words leave no doubt. One that sounds like a school is none of these, whatever
follows: whether the directory holds it is another question.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from accroche.annuaire.regles import TypePorteur
from accroche.lib.texte import slug

#: What a carrier that is no school may be, in the order people are offered it.
ORGANISMES: Final[tuple[TypePorteur, ...]] = (
    TypePorteur.ASSOCIATION,
    TypePorteur.COLLECTIVITE,
    TypePorteur.ACADEMIE,
    TypePorteur.DSDEN,
    TypePorteur.CIRCONSCRIPTION,
    TypePorteur.CIO,
    TypePorteur.RESEAU,
    TypePorteur.OPERATEUR,
    TypePorteur.CHAMBRE,
    TypePorteur.TERRITOIRE,
    TypePorteur.AUTRE,
)
#: What is called a school and is none of Éducation nationale's.
_NOT_OURS: Final = re.compile(
    r"\becoles?-(?:de-la-(?:2e?|2eme|2nde|deuxieme|seconde)-chance|de-commerce|de-management|d-ingenieurs?"
    r"|de-musique|de-danse|de-cirque|de-conduite|de-production|des-parents|des-beaux-arts|d-architecture"
    r"|nationale-superieure|superieure|normale|d-infirmiere?s|de-police|de-gendarmerie)\b"
)
_SCHOOLS: Final = re.compile(
    r"college|lycee|ecole|\bclg\b|\blyc\b|\blp\b|\blgt\b|\blpo\b|\berea\b|\bsegpa\b|maternelle|elem"
    r"|groupe-scolaire|cite-scolaire|ensemble-scolaire|\brpi\b"
)

#: Words and beginnings of names, by what they say: patterns of a slug, each a whole word.
_WORDS: Final[dict[TypePorteur, str]] = {
    TypePorteur.CIO: r"""
        cio centres?-d-information-et-d-orientation centres?-d-information
    """,
    TypePorteur.DSDEN: r"""
        dsden inspection-academique dasen direction-(?:des-)?services-departementaux direction-academique
        sdjes
    """,
    TypePorteur.CIRCONSCRIPTION: r"""
        circonscription ien
    """,
    TypePorteur.RESEAU: r"""
        foquale reseaux?(?!-canope) mlds psad bassin-d-education rep(?:-plus)? cite-educative
        regroupement-d-etablissements
    """,
    TypePorteur.CHAMBRE: r"""
        chambres? cci cma crma
    """,
    TypePorteur.OPERATEUR: r"""
        onisep dronisep canope clemi cned gretas? cafoc gip-(?:fcip|ftlv) pole-emploi france-travail crous
        france-education-international universcience cnfpt ife
    """,
    TypePorteur.ACADEMIE: r"""
        rectorat rectorale? saio csaio draio cardie dr?ane daac dra?fpi[ct] casnav eafc daet dafop
        services?-academiques? (?:delegation|region)-academique academie-de?
    """,
    TypePorteur.COLLECTIVITE: r"""
        mairies? conseil-(?:regional|departemental|general|municipal)
        communaute-(?:de-communes?|urbaine|d-agglomeration|d-agglo) communes?-de? ville-de? metropole ccas
        cias region(?!-academique) departement-d\w+ agglomeration service-jeunesse
        syndicats?-(?:mixtes?|intercommuna(?:l|ux)|departementa(?:l|ux)|d-energies?|des-(?:eaux|transports))
        sivos sivu sivom petr pole-d-equilibre-territorial pays-d-art
    """,
    TypePorteur.ASSOCIATION: r"""
        associations? assos? ligue afev fcpe peep apel missions?-locales? mjc unss usep ugsel mfr
        maisons?-familiales?(?:-rurales?)? federation unis-cite secours-(?:populaire|catholique)
        croix-rouge restos-du-coeur atd-quart-monde foyer-rural francas cemea udaf petits-debrouillards
        comite-(?:departemental|regional) amicale energie-jeunes article-1 udep fondations? exploradome
    """,
    TypePorteur.AUTRE: r"""
        cfa e2c campus-des-metiers cmq afpa epide pjj stemo uemo ueaj ueat ueros udaj protection-judiciaire
        universites? iut insa iufm espe inspe irem cnam institut-universitaire musees? museum
        mediatheques? bibliotheques? ludotheque theatres? cinemas? conservatoire opera scene-nationale
        maison-de-la-culture maison-des-adolescents centre-culturel archives entreprises? sarl sas eurl
        scop opco medef cpme uimm gendarmerie police prefecture sous-prefecture tribunal ministere
        direccte dreets ddets drac drajes dd?cs(?:pp)? ars chu chru hopital centre-hospitalier cmpp imp
        ime itep sessad caf cpam msa sdis pompiers armee marine-nationale creps crij cidj bij pij
        info-jeunes menesr dgesco drdie
    """,
}
_KINDS: Final = tuple(
    (kind, re.compile(rf"\b(?:{'|'.join(words.split())})\b")) for kind, words in _WORDS.items()
)


#: Words that say what an organisation is, and not which.
_KIND_ALONE: Final = re.compile(
    r"(?:l-|la-|le-|une?-|autres?-)?(?:associations?|assos?|mairies?|communes?|villes?|collectivites?(?:-territoriales?)?"
    r"|entreprises?|societes?|bars?|restaurants?|commerces?|offices?-de-tourisme|particuliers?|federations?|clubs?"
    r"|etablissements?(?:-scolaires?|-publics?)?|organismes?(?:-de-formation)?|services?-publics?|services?|structures?"
    r"|universites?|institutions?|fondations?|administrations?|etat|autres?|prives?|publics?)"
    r"(?:-(?:locale?s?|sportive?s?|culturelle?s?|prive(?:e|es|s)?))?"
)


@lru_cache(maxsize=8192)
def says_a_kind_alone(name: str) -> bool:
    """Whether a name says what an organisation is and not which: « mairie », « association sportive »."""
    return bool(_KIND_ALONE.fullmatch(slug(name)))


def describes_a_kind(name: str) -> bool:
    """Whether a name says a kind and what it does, « Association - initiative locale », and not which."""
    what, _, which = name.partition(" - ")
    return which[:1].islower() and says_a_kind_alone(what)


@lru_cache(maxsize=8192)
def kind_of(name: str) -> TypePorteur | None:
    """Return what an organisation that is no school is; None for a school or for what words do not tell."""
    words = slug(name)
    if _NOT_OURS.search(words):
        return TypePorteur.AUTRE
    if _SCHOOLS.search(words):
        return None
    # what it says first is what it is: « CFA de la chambre de métiers », « Théâtre de la ville de X »
    found = [
        (told.start(), rank) for rank, (_, pattern) in enumerate(_KINDS) if (told := pattern.search(words))
    ]
    return _KINDS[min(found)[1]][0] if found else None


@lru_cache(maxsize=8192)
def kind_of_opening(text: str) -> TypePorteur | None:
    """Return the same of a text that begins with it, where an organisation is only one thing it may be."""
    words = slug(text)
    if _NOT_OURS.match(words):
        return TypePorteur.AUTRE
    return next((kind for kind, pattern in _KINDS if pattern.match(words)), None)


@lru_cache(maxsize=8192)
def sounds_like_a_school(name: str) -> bool:
    """Whether a name says that it is a school of Éducation nationale: it is no organisation unless told."""
    words = slug(name)
    return bool(_SCHOOLS.search(words)) and not _NOT_OURS.search(words)


def kind_told(text: str) -> TypePorteur | None:
    """Return the kind of organisation somebody chose, by its code or its words; None for any other."""
    words = slug(text)
    return next(
        (kind for kind in ORGANISMES if words in {slug(kind.value), slug(kind.label)}),
        None,
    )
