"""The sheets of the sample: what six académies did, one of which did not answer."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from accroche.lib.dates import format_windows
from accroche.lib.texte import NBSP, de, slug
from accroche.publications.outline import (
    Block,
    BulletList,
    Callout,
    Event,
    Example,
    Facts,
    Figure,
    KeyFigure,
    KeyFigures,
    LevelBoxes,
    Link,
    Paragraph,
    Provenance,
    Section,
    SectionKind,
    Text,
    Timeline,
)

#: Longer than any line.
LONG_URL = (
    "http://cache.media.eduscol.education.fr/file/Perseverance_scolaire/2016/8/"
    + "repertoire_academique_des_pratiques_de_la_perseverance_scolaire_" * 3
    + "551268.pdf?idFiche=10630&origine=recherche_multicriteres#annexe-2"
)

#: Plain prose, numbered.
LOREM = (
    (
        "Partout, la semaine a rassemblé ceux que le décrochage concerne. Les métiers de l’école d’abord, "
        "qui ont dit à leurs collègues ce qu’ils font et ce qu’on peut leur demander ; puis les "
        "partenaires du dehors, dont les uns sont venus se faire connaître et les autres ont bâti le "
        "programme avec les équipes."
    ),
    (
        "Beaucoup de réponses sont arrivées telles que les équipes les avaient écrites. Plusieurs services "
        "en ont tiré des répertoires, des cartes et des fiches de pratiques que les rencontres de la "
        "semaine ont fait circuler, et que l’on demande encore plusieurs mois après."
    ),
    (
        "Première semaine pour l’académie, mais en deux temps : un département en janvier, trois bassins "
        "en mars. Dès novembre 2015, les services avaient mobilisé inspecteurs de bassin, chefs "
        "d’établissement et directeurs de CIO, et fourni aux équipes des outils prêts à l’emploi, dont un "
        "répertoire de situations pédagogiques. Le salon de l’enseignement supérieur en a été le grand "
        "rendez-vous."
    ),
    (
        "Les actions figurent dans un tableau mis en ligne par l’académie ; les ressources construites "
        "pendant la semaine nourrissent la formation des équipes et la vie des réseaux FOQUALE tout au "
        "long de l’année."
    ),
    (
        "donner à l’événement la place qu’il mérite (dossier de presse, articles, vidéos, visites "
        "officielles, manifestations ponctuelles)."
    ),
    (
        "Les alliances se nouent à deux étages : sur le terrain, autour de chaque projet, et dans "
        "l’académie, entre tous ceux que le décrochage concerne. Collectivités, services de l’État et "
        "monde économique y côtoient les équipes de l’Éducation nationale."
    ),
    (
        "De septembre à juin, trois ou quatre volontaires se retrouvent chaque semaine autour d’une énigme "
        "de mathématiques proposée par une chercheuse. Un professeur les écoute plus qu’il ne les guide. "
        "Avec le lycée jumeau, tout se dit en anglais : à l’écran le plus souvent, de vive voix au "
        "printemps."
    ),
    (
        "Les sixièmes se mesurent entre classes : l’attitude de chacun, heure après heure, rapporte des "
        "points à tous. Ils écrivent aussi aux élèves de CM2 une lettre de conseils, remise avec le "
        "dossier scolaire. À la rentrée suivante, le nouveau venu cherche qui lui a écrit et trouve en lui "
        "son tuteur."
    ),
)


class Semaine(NamedTuple):
    """What the sample says of one académie; figures as given, None when it did not answer."""

    name: str
    windows: tuple[tuple[dt.date, dt.date], ...]
    actions: str | None
    schools: str | None
    levels: str


SEMAINES = (
    Semaine("Aix-Marseille", ((dt.date(2016, 4, 30), dt.date(2016, 4, 30)),), "110", "110", "1111"),
    Semaine(
        "Dijon",
        ((dt.date(2016, 1, 18), dt.date(2016, 1, 22)), (dt.date(2016, 3, 14), dt.date(2016, 3, 18))),
        "19",
        "15",
        "0111",
    ),
    Semaine("Guyane", ((dt.date(2016, 3, 21), dt.date(2016, 3, 25)),), "N.C.", "N.C.", "0110"),
    Semaine("Limoges", ((dt.date(2015, 9, 1), dt.date(2016, 7, 5)),), "plus de 30", "environ 25", "1111"),
    Semaine(
        "Orléans-Tours",
        ((dt.date(2015, 11, 23), dt.date(2015, 11, 27)),),
        "31 (dans la semaine) et 58 (toute l’année)",
        "au moins 60",
        "0111",
    ),
    Semaine("Martinique", (), None, None, "0000"),
)
_LEVELS = ("Premier degré", "Collège", "Lycée", "Lycée professionnel")


def sheet(semaine: Semaine, suffix: str = "") -> tuple[Section, tuple[Provenance, ...]]:
    """Return the sheet of an académie and the provenances of its figures."""
    name, windows, actions, schools, levels = semaine
    identifier = slug(name) + suffix
    boxes = LevelBoxes(
        "Niveaux d’enseignement concernés",
        tuple((label, ticked == "1") for label, ticked in zip(_LEVELS, levels, strict=True)),
        unknown=actions is None,
    )
    title = f"Académie {de(name)}"
    if actions is None or schools is None:
        unavailable = Callout(
            "Données non disponibles",
            (Text(f"L’académie {de(name)} n’a pas transmis de bilan pour cette édition."),),
        )
        return Section(identifier, title, (boxes, unavailable), kind=SectionKind.SHEET), ()
    sources = tuple(
        Provenance(
            f"{what}-{identifier}",
            f"{label}, académie {de(name)}",
            value,
            "Nombre donné par les services académiques dans la grille d’auto-évaluation.",
            ((name, value, "Nombre issu du document académique de recensement"),),
        )
        for what, label, value in (
            ("actions", "Actions identifiées", actions),
            ("etablissements", "Écoles et établissements impliqués", schools),
        )
    )
    return (
        Section(
            id=identifier,
            title=title,
            summary=format_windows(windows),
            kind=SectionKind.SHEET,
            blocks=_sheet_blocks(boxes, actions, schools, identifier),
            sections=_sheet_sections(name, identifier),
        ),
        sources,
    )


def _sheet_blocks(boxes: LevelBoxes, actions: str, schools: str, identifier: str) -> tuple[Block, ...]:
    return (
        boxes,
        KeyFigures(
            (
                KeyFigure(Figure(actions, f"actions-{identifier}"), "actions identifiées"),
                KeyFigure(
                    Figure(schools, f"etablissements-{identifier}"),
                    "écoles et établissements impliqués",
                    "d’après le recensement",
                ),
            )
        ),
        Facts(
            (
                ("Rang", (Text("seconde édition"),)),
                ("Service pilote", (Text("CARDIE, avec la MLDS et le SAIO"),)),
                ("Financement", (Text("fonds structurels européens"),)),
                (
                    "Dossier de presse",
                    (Link(LONG_URL, LONG_URL), Text(" et "), Link("site", "https://example.org/")),
                ),
            )
        ),
        Paragraph((Text(LOREM[2]),)),
        Paragraph(
            (
                Text("L’académie compte "),
                Figure(f"{actions} actions", f"actions-{identifier}"),
                Text(" dans son recensement. " + LOREM[3]),
            )
        ),
    )


def _sheet_sections(name: str, identifier: str) -> tuple[Section, ...]:
    return (
        Section(
            id=f"{identifier}-axes",
            title="Axes de travail pour la prochaine édition",
            blocks=(
                BulletList(
                    (
                        (Text("Valorisation", strong=True), Text(f"{NBSP}: " + LOREM[4])),
                        (Text("Partenaires", strong=True), Text(f"{NBSP}: " + LOREM[5])),
                        (Text("Niveaux", strong=True), Text(f"{NBSP}: faire entrer le premier degré.")),
                    )
                ),
            ),
        ),
        Section(
            id=f"{identifier}-partenaires",
            title="Partenaires",
            blocks=(
                Paragraph((Text(LOREM[5]),)),
                BulletList(
                    (
                        (Text("Mutuelle assurance des instituteurs de France (MAIF)"),),
                        (Text("Conseil régional"),),
                    )
                ),
            ),
        ),
        Section(
            id=f"{identifier}-temps-forts",
            title="Temps forts",
            blocks=(
                Timeline(
                    "Les temps forts de la semaine",
                    (
                        Event(
                            "le 18 janvier 2016",
                            "Séminaire",
                            "Ouverture de la semaine en présence de la rectrice",
                            "Nevers",
                            "Deux thèmes : la réforme du collège et la voie de l’apprentissage.",
                        ),
                        Event(
                            "du 19 au 21 janvier 2016",
                            "Forum itinérant",
                            "Le CARDIE Tour",
                            stops=("Chartres", "Blois", "Châteauroux", "Bourges", "Saint-Amand-Montrond"),
                        ),
                        Event("", "Exposition", "Parcours de raccrocheurs", "hôtel de région"),
                    ),
                ),
            ),
        ),
        Section(
            id=f"{identifier}-exemples",
            title=f"Exemples d’actions mises en œuvre dans l’académie {de(name)}",
            blocks=(
                Example(
                    title=(
                        "MATLAN : chercher ensemble, en mathématiques et en anglais, d’un lycée à l’autre et "
                        "jusqu’au congrès"
                    ),
                    porteurs="Lycée général et technologique d’Altitude, Briançon",
                    paragraphs=(LOREM[6], LOREM[7]),
                    links=(
                        Link(
                            "http://www.lyc-altitude.ac-aix-marseille.fr/spip/spip.php?article975",
                            "http://www.lyc-altitude.ac-aix-marseille.fr/spip/spip.php?article975",
                        ),
                        Link(LONG_URL, LONG_URL),
                    ),
                    prize="Prix du public",
                    tags=("Lycée", "Coopération", "Langues"),
                    url="https://accroche.example/actions/matlan",
                    id=f"{identifier}-matlan",
                ),
                Example(
                    "Mini-entreprise",
                    "Collège Abel Minard, Tonnerre",
                    ("Chaque mardi après-midi, les troisièmes font vivre leur entreprise, Bequisalum.",),
                    tags=("Collège",),
                    partners=("Entreprendre pour apprendre", "Ville de Tonnerre (finance)"),
                ),
                Example(
                    "Défis 6e et tutorat",
                    "Collèges Félix Tisserand (Nuits-Saint-Georges) et Claude Guyot (Arnay-le-Duc)",
                    (LOREM[7],),
                    prize="Prix du jury",
                ),
            ),
        ),
    )
