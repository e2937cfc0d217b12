"""A document that uses every block, with the odd things real documents hold.

Used by the tests of every format. Long titles, very long addresses, figures not communicated, an
académie without data, markup characters of every format, a table and a list longer than a page.
"""

from __future__ import annotations

import datetime as dt
import io

from PIL import Image as Pixels

from accroche.annuaire.tuiles import TUILES
from accroche.lib.dates import format_windows
from accroche.lib.texte import NBSP, NNBSP, slug
from accroche.publications.outline import (
    Align,
    Bar,
    BarChart,
    BulletList,
    Calendar,
    Callout,
    Column,
    DataField,
    DataTable,
    Document,
    Figure,
    Image,
    KeyFigure,
    KeyFigures,
    Link,
    NumberedList,
    Paragraph,
    Provenance,
    Ref,
    Section,
    SectionKind,
    Share,
    Span,
    Table,
    Text,
    Tile,
    TileMap,
    Tone,
)
from tests.publications.renderers.sample_sheets import LONG_URL, LOREM, SEMAINES, sheet

__all__ = ["HOSTILE", "LONG_URL", "jpeg", "png", "sample_document"]

#: What each format must print as it stands, and never obey.
HOSTILE = '#panic("x") $x$ *a* _b_ `c` <d> & @e \\f [g] {h} = i // j ]] </w:t> <script>alert(1)</script>'


def png(width: int, height: int) -> bytes:
    """A plain picture of so many pixels."""
    return _drawn("png", width, height)


def jpeg(width: int, height: int) -> bytes:
    """The same, in the format of photographs."""
    return _drawn("jpeg", width, height)


def _drawn(kind: str, width: int, height: int) -> bytes:
    out = io.BytesIO()
    Pixels.new("RGB", (width, height), "#0b5a6b").save(out, kind)
    return out.getvalue()


def sample_document(copies: int = 1) -> Document:
    """Return the sample; ``copies`` repeats its six sheets, for long documents."""
    sheets: list[Section] = []
    provenances = list(_NATIONAL)
    for copy in range(copies):
        suffix = f"-{copy + 1}" if copy else ""
        for semaine in SEMAINES:
            section, sources = sheet(semaine, suffix)
            sheets.append(section)
            provenances.extend(sources)
    return Document(
        title="Synthèse nationale de la Semaine de la persévérance scolaire",
        subtitle="Édition 2015-2016",
        organisation="Direction générale de l’enseignement scolaire",
        version="Version 2",
        date=dt.date(2016, 9, 12),
        abstract=(
            "Ce que les académies ont fait pour la persévérance scolaire pendant l’année 2015-2016 : "
            "une fiche par académie, les chiffres et leur origine, les axes de travail pour la suite."
        ),
        sections=(
            _essential(),
            _calendar(),
            Section(
                id="academies",
                title="Les fiches des académies",
                kind=SectionKind.CHAPTER,
                summary="Une double page par académie",
                blocks=(
                    Paragraph(
                        (
                            Text("Chaque fiche suit le même ordre. Pour les sigles, voir la "),
                            Ref("note de méthode", "methode"),
                            Text("."),
                        )
                    ),
                ),
                sections=tuple(sheets),
            ),
            _perspectives(),
            Section(
                id="methode",
                title="Note de méthode",
                kind=SectionKind.ANNEX,
                blocks=(
                    Paragraph(
                        (
                            Text("« N.C. » veut dire "),
                            Text("non communiqué", strong=True),
                            Text(f"{NBSP}: ce n’est jamais zéro."),
                        )
                    ),
                    Paragraph((Text("Signes à imprimer tels quels : " + HOSTILE),), Tone.NOTE),
                    Image(
                        png(60, 40),
                        "Un rectangle bleu canard.",
                        "Atelier du lycée Le Castel",
                        "Licence Ouverte 2.0",
                        caption="Une image légendée",
                        share=Share.HALF,
                    ),
                    Image(jpeg(20, 60), f"Une bande : {HOSTILE}", "Rectorat"),
                ),
            ),
        ),
        provenances=tuple(provenances),
        data=(
            DataTable(
                name="semaines",
                title="Les semaines académiques",
                fields=(
                    DataField("academie", "string", "Nom de l’académie"),
                    DataField("actions", "string", "Nombre d’actions, tel que donné"),
                    DataField("niveaux", "integer", "Nombre de niveaux cochés"),
                    DataField("repondu", "boolean", "L’académie a répondu"),
                ),
                rows=tuple(
                    (name, actions, levels.count("1"), actions is not None)
                    for name, _windows, actions, _schools, levels in SEMAINES
                ),
            ),
        ),
        site_url="https://accroche.example",
        cover="Rapport remis en septembre 2016",
    )


_NATIONAL = (
    Provenance(
        id="actions",
        label="Actions identifiées",
        value=f"au moins 1{NNBSP}153{NBSP}actions",
        statement=(
            "Somme des nombres donnés par 24 des 28 académies qui ont répondu ; "
            "un nombre donné « plus de 30 » compte pour 30."
        ),
        rows=tuple(
            (name, actions or "non disponible", "Recensement académique" if actions == "19" else "")
            for name, _windows, actions, _schools, _levels in SEMAINES
        ),
    ),
    Provenance(
        id="academies",
        label="Académies qui ont répondu",
        value="28 académies sur 30",
        statement="Les académies dont les services ont transmis un bilan ou publié leurs ressources.",
    ),
    Provenance(
        id="premiere",
        label="Premières éditions",
        value="11 académies",
        statement="Les académies dont la fiche dit que c’était leur première semaine.",
        rows=(("Dijon", "première", ""), ("Guyane", "première", "d’après le site de l’académie")),
    ),
)


def _essential() -> Section:
    targets = {name for name, *_rest in SEMAINES}
    classes = {"N.C.": 1, "19": 2, "110": 4}
    given = {name: actions for name, _windows, actions, _schools, _levels in SEMAINES}
    tiles = []
    for rank, (name, (code, column, row)) in enumerate(TUILES.items()):
        if name in {"Mayotte", "Normandie"}:
            continue
        actions = given.get(name, str(10 + 3 * rank))
        legend = 0 if actions is None else classes.get(actions, 3 if name in given else 2 + rank % 3)
        words = f"{name}{NBSP}: {actions} actions" if actions else f"{name}{NBSP}: données non disponibles"
        target = slug(name) if name in targets else ""
        tiles.append(Tile(code, name, column, row, legend, words, target, actions or "n.d."))
    return Section(
        id="essentiel",
        title="L’essentiel",
        kind=SectionKind.CHAPTER,
        summary="Ce que l’édition 2015-2016 a montré",
        blocks=(
            Paragraph(
                (
                    Text(
                        "Née dans quelques académies, la Semaine de la persévérance scolaire est devenue "
                        "l’affaire de tout le pays en 2015-2016. "
                    ),
                    Figure("Vingt-huit académies", "academies"),
                    Text(" sur trente y ont pris part."),
                ),
                Tone.LEAD,
            ),
            KeyFigures(
                (
                    KeyFigure(
                        Figure(f"1{NNBSP}153", "actions"),
                        "actions recensées, au moins",
                        "24 des 28 académies qui ont répondu",
                    ),
                    KeyFigure(Figure("28", "academies"), "académies ont répondu", "sur 30"),
                    KeyFigure(Figure("11", "premiere"), "tenaient leur première semaine"),
                ),
                source="Source : bilans transmis au bureau national.",
            ),
            TileMap(
                caption="Nombre d’actions recensées par académie",
                alt=(
                    "Carte schématique des trente académies. Le nombre d’actions va de 19 à Dijon à 110 à "
                    "Aix-Marseille ; il n’est pas communiqué en Guyane ni disponible en Martinique."
                ),
                tiles=tuple(tiles),
                legend=(
                    "Données non disponibles",
                    "N.C. (non communiqué)",
                    "moins de 25 actions",
                    "de 25 à 59 actions",
                    "60 actions et plus",
                ),
                source="Source : carte d’essai, trente académies.",
            ),
            Callout(
                "Ce que ces chiffres ne disent pas",
                (
                    Text("Quatre académies n’ont pas communiqué de nombre. Le total est donc un "),
                    Text("minimum", strong=True),
                    Text(", et les académies ne se comparent pas entre elles."),
                ),
            ),
        ),
        sections=(
            Section(
                id="effets",
                title="Les trois effets de la semaine",
                blocks=(
                    Paragraph((Text(LOREM[0]),)),
                    BulletList(
                        (
                            (Text("Mobiliser"), Text(" les acteurs de la prévention et leurs partenaires ;")),
                            (Text("rendre visible et lisible la politique académique ;"),),
                            (Text("produire des ressources : "), Link("dossiers et vidéos", LONG_URL)),
                        )
                    ),
                    BarChart(
                        caption="Ressources publiées, par nature",
                        alt="Dossiers de presse 21, articles 17, vidéos 9, cartes 2.",
                        bars=(
                            Bar("Dossiers de presse", 21, "21"),
                            Bar("Articles de presse et articles institutionnels", 17, "17"),
                            Bar("Vidéos", 9, "9"),
                            Bar("Cartes", 2, "au moins 2"),
                            Bar("Documents de recensement", 0, "0"),
                            Bar("Émissions de radio", None, "N.C."),
                        ),
                        source="Source : pages des académies, relevées en juin 2016.",
                    ),
                    Paragraph((Text(LOREM[1]),)),
                    NumberedList(
                        (
                            (Text("Commencer par "), Ref("Matlan", "dijon-matlan"), Text(" ;")),
                            (Text("continuer par le reste."),),
                        )
                    ),
                    NumberedList(((Text("Une autre liste recommence à un."),),)),
                ),
            ),
        ),
    )


def _calendar() -> Section:
    return Section(
        id="calendrier",
        title="Le calendrier",
        kind=SectionKind.CHAPTER,
        blocks=(
            Paragraph((Text("Les semaines se sont tenues de novembre 2015 à juin 2016."),), Tone.LEAD),
            Calendar(
                caption="Dates des semaines académiques",
                alt="La plupart des semaines se tiennent en mars 2016 ; Limoges agit toute l’année scolaire.",
                starts=dt.date(2015, 9, 1),
                ends=dt.date(2016, 7, 5),
                spans=tuple(Span(name, windows) for name, windows, _actions, _schools, _levels in SEMAINES),
                source="Source : dates données par les académies.",
            ),
            Table(
                caption="Les semaines, académie par académie",
                columns=(
                    Column("Académie"),
                    Column("Dates"),
                    Column("Actions", Align.END),
                    Column("Établissements", Align.END),
                ),
                rows=tuple(
                    (
                        (Ref(f"{name}", slug(name)),),
                        (Text(format_windows(windows) or "non disponible"),),
                        (Figure(actions, f"actions-{slug(name)}"),) if actions else (Text("non disponible"),),
                        (Text(schools or "non disponible"),),
                    )
                    for name, windows, actions, schools, _levels in SEMAINES
                ),
                note="Les nombres sont repris tels que les académies les ont donnés.",
                total=((Text("Ensemble"),), (Text(""),), (Figure("au moins 129", "actions"),), (Text("6"),)),
                source="Source : fiches des académies, édition d’essai.",
            ),
        ),
    )


def _perspectives() -> Section:
    axes = ("Valorisation", "Partenaires", "Niveaux", "Recensement", "Dynamique collective", "Structure")
    return Section(
        id="perspectives",
        title="Conclusion et perspectives",
        kind=SectionKind.CHAPTER,
        blocks=(
            Paragraph((Text(LOREM[1]),)),
            Table(
                caption="Axes de travail proposés, académie par académie",
                columns=(Column("Académie"), Column("Axe"), Column("Rang", Align.END)),
                rows=tuple(
                    ((Text(name),), (Text(f"{axes[rank % 6]}{NBSP}: {LOREM[4]}"),), (Text(str(rank + 1)),))
                    for rank, name in enumerate(TUILES)
                ),
            ),
        ),
        sections=(
            Section(
                id="tutorat",
                title="Le tutorat entre académies",
                blocks=(Paragraph((Text("Une académie en avance en accompagne une autre."),)),),
            ),
        ),
    )
