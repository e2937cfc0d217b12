"""What acronyms mean, in one table; documents list those that they print.

A meaning is that of the years in which the word was used: a service since renamed keeps its old name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

SIGLES: Final = {
    "BEF": "Bassin d’éducation et de formation",
    "BTS": "Brevet de technicien supérieur",
    "CANOPE": "Réseau Canopé, réseau de création et d’accompagnement pédagogiques",
    "CAP": "Certificat d’aptitude professionnelle",
    "CARDIE": "Cellule académique recherche, développement, innovation et expérimentation",
    "CCI": "Chambre de commerce et d’industrie",
    "CDI": "Centre de documentation et d’information",
    "CFA": "Centre de formation d’apprentis",
    "CIO": "Centre d’information et d’orientation",
    "CLEMI": "Centre de liaison de l’enseignement et des médias d’information",
    "CMA": "Chambre de métiers et de l’artisanat",
    "COP": "Conseiller d’orientation-psychologue",
    "CPE": "Conseiller principal d’éducation",
    "CPGE": "Classe préparatoire aux grandes écoles",
    "CRMA": "Chambre régionale de métiers et de l’artisanat",
    "DAQ": "Dispositif d’accès à la qualification",
    "DASEN": "Directeur académique des services de l’Éducation nationale",
    "DDJSCS": "Direction départementale de la jeunesse, des sports et de la cohésion sociale",
    "DGESCO": "Direction générale de l’enseignement scolaire",
    "DRDFE": "Direction régionale aux droits des femmes et à l’égalité",
    "DRDIE": "Département de la recherche, du développement, de l’innovation et de l’expérimentation",
    "DRJSCS": "Direction régionale de la jeunesse, des sports et de la cohésion sociale",
    "DSDEN": "Direction des services départementaux de l’Éducation nationale",
    "EPLE": "Établissement public local d’enseignement",
    "EPS": "Éducation physique et sportive",
    "ESPE": "École supérieure du professorat et de l’éducation",
    "EVS": "Établissements et vie scolaire, groupe de l’inspection générale",
    "FACE": "Fondation Agir contre l’exclusion",
    "FCIP": "Formation continue et insertion professionnelle",
    "FIPD": "Fonds interministériel de prévention de la délinquance",
    "FOQUALE": "Formation, qualification, emploi",
    "FSE": "Fonds social européen",
    "GIP": "Groupement d’intérêt public",
    "GPDS": "Groupe de prévention du décrochage scolaire",
    "GRETA": "Groupement d’établissements pour la formation continue",
    "IEN": "Inspecteur de l’Éducation nationale",
    "IGEN": "Inspection générale de l’Éducation nationale",
    "IUFM": "Institut universitaire de formation des maîtres",
    "IUT": "Institut universitaire de technologie",
    "LMDE": "La Mutuelle des étudiants",
    "LNC": "Lycée de la Nouvelle Chance",
    "LPA": "Lycée professionnel agricole",
    "LPI": "Lycée professionnel innovant",
    "MAIF": "Mutuelle assurance des instituteurs de France",
    "MDPH": "Maison départementale des personnes handicapées",
    "MENESR": "Ministère de l’Éducation nationale, de l’Enseignement supérieur et de la Recherche",
    "MFR": "Maison familiale rurale",
    "MJC": "Maison des jeunes et de la culture",
    "MLDS": "Mission de lutte contre le décrochage scolaire",
    "MOOC": "Cours en ligne ouvert à tous (massive open online course)",
    "OIVE": "Observatoire international de la violence à l’école",
    "ONISEP": "Office national d’information sur les enseignements et les professions",
    "PJJ": "Protection judiciaire de la jeunesse",
    "PME": "Petite ou moyenne entreprise",
    "PRE": "Programme de réussite éducative",
    "PSAD": "Plateforme de suivi et d’appui aux décrocheurs",
    "REP": "Réseau d’éducation prioritaire",
    "SAIO": "Service académique d’information et d’orientation",
    "SEGPA": "Section d’enseignement général et professionnel adapté",
    "STMG": "Sciences et technologies du management et de la gestion",
    "ULIS": "Unité localisée pour l’inclusion scolaire",
    "UPE2A": "Unité pédagogique pour élèves allophones arrivants",
}
#: Capitals and figures that stand alone: « CARDIE », « UPE2A »; « COP 21 » is a conference of nations.
_WORD: Final = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{2,}s?(?![\w-])(?!\s21\b)")


def employed(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the acronyms of the table that ``texts`` print, with their meanings, in alphabetical order."""
    found = {word for text in texts for word in _WORD.findall(text)}
    known = {word.removesuffix("s") if word not in SIGLES else word for word in found}
    return tuple((word, SIGLES[word]) for word in sorted(known & SIGLES.keys()))
