"""First names people have, to tell whom a column names: « Anne Roux » is no association. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from accroche.annuaire.organismes import kind_of, sounds_like_a_school
from accroche.lib.texte import slug

#: The most given in France over a century, as slugs: of a column of people, one cell in two has one.
_PRENOMS: Final = frozenset(
    (
        *("adam", "adele", "adeline", "adrien", "adrienne", "agathe", "agnes", "ahmed", "aicha", "alain"),
        *("alban", "albert", "alex", "alexandra", "alexandre", "alexia", "alexis", "ali", "alice", "alicia"),
        *("aline", "alix", "alizee", "amandine", "amelie", "amina", "amine", "anais", "andre", "andrea"),
        *("andree", "ange", "angelique", "anissa", "anita", "ann", "anna", "annabelle", "anne", "annick"),
        *("annie", "anouk", "anthony", "antoine", "antoinette", "antonin", "ariane", "arlette", "armand"),
        *("armelle", "arnaud", "arthur", "astrid", "aubin", "aude", "audrey", "augustin", "aurelia"),
        *("aurelie", "aurelien", "aurore", "axel", "axelle", "baptiste", "barbara", "bastien", "beatrice"),
        *("benedicte", "benjamin", "benoit", "bernadette", "bernard", "bertrand", "bilal", "blandine"),
        *("boris", "brice", "brigitte", "bruno", "camille", "capucine", "carine", "carla", "carmen"),
        *("carole", "caroline", "catherine", "cecile", "cedric", "celia", "celine", "chantal", "charlene"),
        *("charles", "charline", "charlotte", "chloe", "christel", "christelle", "christian", "christiane"),
        *("christine", "christophe", "claire", "clara", "clarisse", "claude", "claudine", "clement"),
        *("clemence", "clementine", "clothilde", "clotilde", "colette", "coline", "constance", "coralie"),
        *("corentin", "corinne", "cyril", "cyrille", "damien", "daniel", "daniele", "danielle", "david"),
        *("deborah", "delphine", "denis", "denise", "diane", "didier", "dominique", "dorian", "dorothee"),
        *("dylan", "edith", "edouard", "elea", "eleonore", "eliane", "elias", "elie", "eliott", "elisa"),
        *("elisabeth", "elise", "elodie", "elsa", "emeline", "emilie", "emilien", "emma", "emmanuel"),
        *("emmanuelle", "enzo", "eric", "erika", "erwan", "esteban", "estelle", "esther", "ethan", "etienne"),
        *("eugenie", "eva", "eve", "evelyne", "fabien", "fabienne", "fabrice", "fanny", "farid", "fatiha"),
        *("fatima", "fatou", "felix", "ferdinand", "flavie", "flora", "florence", "florent", "florian"),
        *("floriane", "francine", "francis", "franck", "francois", "francoise", "frederic", "frederique"),
        *("gabin", "gabriel", "gabrielle", "gael", "gaelle", "gaetan", "gaspard", "genevieve", "geoffrey"),
        *("georges", "geraldine", "gerald", "gerard", "germain", "ghislaine", "gilbert", "gilles", "ginette"),
        *("gisele", "gregory", "guillaume", "gustave", "guy", "gwenaelle", "hakim", "hamza", "helene"),
        *("henri", "henriette", "herve", "hubert", "hugo", "hugues", "ibrahim", "ines", "ingrid", "irene"),
        *("iris", "isabelle", "ivan", "jacqueline", "jacques", "jade", "jamila", "jean", "jeanne"),
        *("jeannine", "jennifer", "jeremie", "jeremy", "jerome", "jessica", "joachim", "joanna", "joel"),
        *("joelle", "johan", "johanna", "jonathan", "jordan", "joseph", "josette", "josiane", "judith"),
        *("jules", "julia", "julian", "julie", "julien", "juliette", "justin", "justine", "kamel", "karim"),
        *("karima", "karine", "karl", "katia", "kelly", "kevin", "khadija", "killian", "laetitia", "laila"),
        *("lara", "laura", "laure", "laurence", "laurent", "laurie", "laurine", "lea", "leila", "lena"),
        *("leo", "leon", "leonie", "lila", "liliane", "lina", "linda", "lionel", "lisa", "lise", "loic"),
        *("lorraine", "lou", "louis", "louise", "luc", "lucas", "lucie", "lucien", "lucienne", "ludivine"),
        *("ludovic", "lydia", "lydie", "madeleine", "mael", "maelle", "maeva", "magali", "malik", "manon"),
        *("manuel", "marc", "marcel", "marcelle", "margaux", "margot", "marguerite", "maria", "marianne"),
        *("marie", "marielle", "marina", "marine", "marion", "marius", "marjorie", "marlene", "martial"),
        *("martin", "martine", "maryse", "mathieu", "mathilde", "mathis", "matthieu", "maud", "maurice"),
        *("max", "maxence", "maxime", "mehdi", "melanie", "melissa", "mickael", "michael", "michel"),
        *("michele", "michelle", "mireille", "mohamed", "mohammed", "monique", "morgane", "mourad"),
        *("muriel", "myriam", "nabil", "nadege", "nadia", "nadine", "naima", "natacha", "nathalie"),
        *("nathan", "nawel", "nicolas", "nicole", "nina", "noa", "noah", "noe", "noel", "noelle", "noemie"),
        *("nora", "nordine", "odette", "odile", "olivia", "olivier", "omar", "oriane", "oscar", "pascal"),
        *("pascale", "patrice", "patricia", "patrick", "paul", "paula", "paulette", "pauline", "perrine"),
        *("philippe", "pierre", "quentin", "rachel", "rachid", "raphael", "raphaelle", "raymond", "rebecca"),
        *("regine", "regis", "remi", "remy", "renaud", "rene", "renee", "richard", "robert", "robin"),
        *("rodolphe", "roger", "roland", "romain", "romane", "rosa", "rose", "roxane", "sabine", "sabrina"),
        *("sacha", "said", "salima", "salome", "sami", "samia", "samir", "samira", "samuel", "sandra"),
        *("sandrine", "sara", "sarah", "sebastien", "selim", "serge", "severine", "simon", "simone"),
        *("sofia", "solange", "solene", "sonia", "sophie", "stephane", "stephanie", "suzanne", "sylvain"),
        *("sylvie", "tanguy", "tatiana", "theo", "theophile", "therese", "thibault", "thibaut", "thierry"),
        *("thomas", "timothee", "tom", "tony", "tristan", "valentin", "valentine", "valerie", "vanessa"),
        *("veronique", "victor", "victoire", "victoria", "vincent", "violette", "virginie", "viviane"),
        *("wendy", "william", "xavier", "yael", "yanis", "yann", "yannick", "yasmina", "yasmine", "yohan"),
        *("youssef", "yves", "yvette", "yvon", "yvonne", "zoe"),
    )
)  # fmt: skip
_BETWEEN: Final = re.compile(r"[,;/&]|\bet\b")
_LEAST, _MOST = 2, 4


@lru_cache(maxsize=8192)
def names_somebody(text: str) -> bool:
    """Whether a text is the name of somebody, or of several: « Roux Anne », « Jean Petit, Lise Roy »."""
    if kind_of(text) or sounds_like_a_school(text):
        return False
    return all(map(_is_a_person, _BETWEEN.split(text)))


@lru_cache(maxsize=8192)
def are_first_names(text: str) -> bool:
    """Whether a text is a first name alone, or several: « Robin », « Léa et Tom »."""
    names = [name.strip() for name in _BETWEEN.split(text)]
    return all(name[:1].isupper() and slug(name) in _PRENOMS for name in names)


def _is_a_person(name: str) -> bool:
    """« Jean-Marc LE ROY »: a first name, and another, each with its capital."""
    parts = name.split()
    if not _LEAST <= len(parts) <= _MOST or not all(part[:1].isupper() for part in parts):
        return False
    words = slug(name).split("-")
    return any(word in _PRENOMS for word in words) and not any(map(str.isdigit, name))
