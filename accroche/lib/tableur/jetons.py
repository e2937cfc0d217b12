"""What a text of days is cut into: months, days in words and figures, hours, weeks; patterns alone."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    ("janvier", "janv", "jan", "january"), ("fevrier", "fevr", "fev", "february", "feb"), ("mars", "march"),
    ("avril", "avr", "april", "apr"), ("mai", "may"), ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"), ("aout", "august", "aug"), ("septembre", "sept", "sep", "september"),
    ("octobre", "oct", "october"), ("novembre", "nov", "november"),
    ("decembre", "dec", "dece", "december"),
)  # fmt: skip
NUMBER_OF: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names} | {"mar": 3}
#: A pattern of the name of a month.
A_MONTH: Final = rf"(?:{'|'.join(sorted(set(NUMBER_OF) - {'mar'}, key=len, reverse=True))})(?![a-z])\.?"
#: What follows a number that is no year: an hour, a month, more digits.
_NO_YEAR: Final = rf"(?!\d|\s?h(?![a-z])|:\d|\s?-\s?\d{{1,2}}\s?h|\s?{A_MONTH})"
#: « 2027 - 14h » is a year and an hour, « 10-12h » two hours.
_A_YEAR: Final = rf"\d{{4}}(?!\d|\s?h(?![a-z])|:\d|\s?{A_MONTH})|\d{{2}}{_NO_YEAR}"
_HOUR: Final = r"\d{1,2}\s?(?:heures?|h)(?![a-z])(?:\s?\d{2}(?!\d|\s?/|\s?" + A_MONTH + r"))?"
_UNITS: Final = (
    r"(?:demi-?\s?)?(?:journees?|jours?|semaines?|mois|ans?|annees?|seances?|minutes?|min|mn|fois|dates?"
    r"|ateliers?|interventions?|rencontres?|creneaux?|matinees?|periodes?|[a-z]{2,5}dis)"
)
_RANKS: Final = r"(?:1(?:er|ere|re)|[2-4](?:e|eme|nd|nde)|premiere?|deuxieme|seconde?|troisieme|derniere?)"

TOKEN: Final = re.compile(
    r"(?P<iso>(?<!\d)(?P<iso_y>\d{4})(?P<iso_sep>[-/.])(?P<iso_m>\d{1,2})(?P=iso_sep)(?P<iso_d>\d{1,2})(?!\d))"
    r"|(?P<figures>(?<![\d/])(?P<figures_m>\d{1,2})\s?/\s?(?P<figures_y>(?:19|20|21)\d{2})(?![\d/]))"
    r"|(?P<years>(?<!\d)(?P<years_1>\d{4})\s?[-/]\s?(?P<years_2>\d{4}|\d{2})(?!\d))"
    rf"|(?P<hour>(?<!\d)(?:\d{{1,2}}\s?-\s?)?{_HOUR}|(?<!\d)\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d))"
    rf"|(?P<holidays>vacances(?:\s(?:scolaires|de\sla|de|d'|du|des))?\s?(?:{A_MONTH}|toussaint|noel|hiver|printemps|paques|ete)?)"
    rf"|(?P<term>(?<![a-z\d])(?:{_RANKS}\s)?(?:trimestres?|semestres?|periodes?)(?:\s?\d)?(?!\d)|(?<![a-z\d])[tp]\s?[1-5](?![a-z\d]))"
    r"|(?P<count>(?<![\d/])\d{1,4}\s(?:eleves?|classes?|groupes?|personnes?|participants?|jeunes)(?![a-z]))"
    rf"|(?P<duration>(?<![a-z\d/])(?:\d{{1,3}}|une?|deux|trois|quatre|cinq)(?:[.,/]\d)?\s?-?\s?{_UNITS}(?![a-z]))"
    rf"|(?P<approx>(?<![a-z\d]){_RANKS}\s(?:quinzaine|semaine|moitie))"
    rf"|(?P<worded>(?<![\d/])(?P<worded_d>\d{{1,2}})(?:\s?er)?[\s./-]?(?P<worded_m>{A_MONTH})[\s./-]?(?P<worded_y>{_A_YEAR}))"
    r"|(?P<english>(?<![\d/])(?P<english_d>\d{1,2})[-\s](?P<english_m>mar)\.?[-\s](?P<english_y>\d{4}|(?<=-)\d{2})(?!\d))"
    rf"|(?P<dayed>(?<![\d/])(?P<dayed_d>\d{{1,2}})(?:\s?er)?[\s./-]?(?P<dayed_m>{A_MONTH}))"
    rf"|(?P<monthly>(?<![a-z])(?P<monthly_m>{A_MONTH})[\s./-]?(?P<monthly_y>{_A_YEAR}))"
    rf"|(?P<month>(?<![a-z]){A_MONTH})"
    rf"|(?P<slash>(?<![\d/])(?P<slash_d>\d{{1,2}})\s?/\s?(?P<slash_m>\d{{1,2}})(?:\s?/\s?(?P<slash_y>\d{{4}}|\d{{2}}))?(?!\d|\s?/\s?\d|\s?{A_MONTH}))"
    rf"|(?P<dot>(?<![\d.])(?P<dot_d>\d{{1,2}})\.(?P<dot_m>\d{{1,2}})(?:\.(?P<dot_y>\d{{4}}|\d{{2}}))?(?!\d|\.\d|/|\s?{A_MONTH}))"
    rf"|(?P<dash>(?<![\d/-])(?P<dash_d>\d{{1,2}})-(?P<dash_m>\d{{1,2}})(?:-(?P<dash_y>\d{{4}}|\d{{2}}))?(?!\d|[-/.]\d|\s?{A_MONTH}))"
    rf"|(?P<weekno>(?<![a-z])s(?:em(?:aine)?s?)?\.?\s?(?:n[°o]?\s?)?(?P<weekno_n>\d{{1,2}})(?!\d|\s?[/.-]\s?\d|\s?h|\s?er|\s?{A_MONTH}))"
    r"|(?P<year>(?<!\d)(?P<year_y>(?:19|20|21)\d{2})(?!\d))"
    r"|(?P<rank>(?<!\d)\d{1,2}\s?(?:i?emes?|es?|nde?s?|des?|e?res?)(?![a-z]))"
    r"|(?P<number>(?<!\d)(?P<number_d>\d{1,2})(?:\s?er(?![a-z]))?(?!\d))"
    r"|(?P<digits>\d+)"
    r"|(?P<from>a (?:partir|compter) d(?:u|e|')|(?<![a-z])(?:des le|depuis(?: le)?)(?![a-z])"
    rf"|(?<![a-z])des(?= {A_MONTH}))"
    r"|(?P<between>(?<![a-z])entre(?= (?:le )?\d))"
    r"|(?P<part>(?<![a-z])(?:debut|mi|fin)(?![a-z])(?:\s?-\s?|\s(?:de\s|du mois de\s|d'))?)"
    r"|(?P<weeks>(?<![a-z])semaines(?![a-z]))|(?P<week>(?<![a-z])(?:semaine|sem\.?)(?![a-z]))"
    r"|(?P<range>jusqu'?\s?(?:au|a|en)(?![a-z])|(?<![a-z])(?:au|a)(?![a-z])|-+>?|[→>~]|\.\.+)"
    r"|(?P<list>[,;&+/\n]|(?<![a-z])(?:et|puis|ou|ainsi que)(?![a-z]))"
    r"|(?P<filler>(?<![a-z])(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?|(?:lun|mar|mer|jeu|ven|sam|dim)\.?"
    r"|les?|la|l'|du|de|des|d'|en|dates?|durees?|jours?|courant|mois|tout|inclus|compris)(?![a-z])|[\s().:'*°\"\[\]])"
    r"|(?P<daypart>(?<![a-z])(?:matins?|matinees?|apres-?\s?midis?|aprem|soirs?|soirees?|midis?"
    r"|(?:toute la )?journees?)(?![a-z]))"
    r"|(?P<not>(?<![a-z])(?:avant|apres|vers|environ|pas|hors|sauf|excepte|annul[a-z]+|report[a-z]+)(?![a-z]))"
    r"|(?P<relative>(?<![a-z])(?:prochaine?s?|derniere?s?|suivante?s?)(?![a-z]))"
    r"|(?P<word>[^\W\d_]+)|(?P<other>.)"
)  # fmt: skip
