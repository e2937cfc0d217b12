"""The database's own answer to a search, when there is no index: the same filters, fewer refinements.

It reads the latest sheets, :data:`BOUND` of them at most, in a fixed number of queries, and sifts them in
memory (``catalogue/filtrage.py``): no index of the database folds accents, and both databases answer alike.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils.html import format_html, format_html_join
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from accroche.actions.models import Action, ActionPartenaire, ActionPorteur, Lien
from accroche.actions.regles import CodeTheme
from accroche.actions.videos import video_of
from accroche.annuaire.regles import Niveau
from accroche.annuaire.toponymes import departement_code
from accroche.catalogue.criteres import Criteres, Distinction
from accroche.catalogue.filtrage import FicheLue, Kept, haystack, needles, sift
from accroche.catalogue.queries.retenues import retained
from accroche.catalogue.resultats import Resultats, Trouvee
from accroche.commun.memoire import once
from accroche.lib.texte import slug, typographie

#: How many sheets are looked at, the latest ones: beyond, results say that they are partial.
BOUND: Final = 5_000
#: What a word is worth by where it stands.
TITLE, CARRIER, AROUND, ACCOUNT = 5.0, 3.0, 2.0, 1.0
#: Words of a passage: before the first that was found, and in all.
BEFORE, PASSAGE = 8, 30

_COLUMNS: Final = (
    "pk",
    "title",
    "description",
    "place",
    "classes",
    "prize",
    "remarkable",
    "nature",
    "temporality",
    "starts",
    "ends",
    *Niveau,
    "semaine__edition__year",
    "semaine__academie__slug",
    "semaine__academie__name",
)


def search(criteres: Criteres, *, size: int = 20, facets: bool = True) -> Resultats:
    """Answer a search from the database; ``size`` actions a page."""
    rows, told = _read(criteres.etablissement, criteres.commune, criteres.selection)
    partial = len(rows) > BOUND
    found = sift(criteres, told)
    first = (criteres.page - 1) * size
    accounts = {row["pk"]: row["description"] for row in rows}
    wanted = needles(criteres.q)
    return Resultats(
        total=len(found.kept),
        hits=tuple(_hit(kept, accounts, wanted) for kept in found.kept[first : first + size]),
        facettes=found.facettes if facets else {},
        proposition="" if found.kept or not criteres.q else _meant(criteres.q, rows[:BOUND]),
        partial=partial,
    )


@once
def _read(etablissement: str, commune: str, selection: str) -> tuple[list[dict[str, Any]], list[FicheLue]]:
    """The latest sheets, of a school, commune or selection if any, and what filters read of them.

    Once a request: a search that finds nothing tries ten others of the same sheets.
    """
    rows = list(_latest(etablissement, commune, selection).values(*_COLUMNS)[: BOUND + 1])
    return rows, fiches(rows[:BOUND])


def related(pk: int, n: int) -> tuple[int, ...]:
    """The actions that resemble one: by themes, then stage, then the latest; of its académie without any."""
    published = Action.objects.published()
    action = published.filter(pk=pk).select_related("semaine").prefetch_related("themes").first()
    if action is None:
        return ()
    others = published.exclude(pk=pk).annotate(
        same=_whether(Q(nature=action.nature) & ~Q(nature="")), here=_whether(Q(semaine=action.semaine_id))
    )
    usual = ("-same", "-here", "-semaine__edition__year", "-pk")
    themes = [theme.pk for theme in action.themes.all()]
    if themes:
        ranked = others.filter(themes__in=themes).annotate(shared=Count("themes")).order_by("-shared", *usual)
    else:
        ranked = others.filter(semaine__academie=action.semaine.academie_id).order_by(*usual)
    return tuple(ranked.values_list("pk", flat=True)[:n])


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _latest(etablissement: str, commune: str, selection: str) -> QuerySet[Action]:
    """The published sheets, the latest first; those of a school, commune, selection where one is asked."""
    found = Action.objects.published()
    if etablissement:
        of = ActionPorteur.objects.filter(porteur__etablissement__uai=etablissement)
        found = found.filter(pk__in=of.order_by().values("action"))
    if commune:
        of = ActionPorteur.objects.filter(
            Q(porteur__insee=commune) | Q(porteur__etablissement__insee=commune)
        )
        found = found.filter(pk__in=of.order_by().values("action"))
    if selection:
        found = found.filter(pk__in=retained(selection))
    return found.order_by("-semaine__edition__year", F("starts").desc(nulls_last=True), "-pk")


def fiches(rows: list[dict[str, Any]]) -> list[FicheLue]:
    """What filters read of ``rows`` (:data:`_COLUMNS` of published sheets), in their order: four queries."""
    pks = [row["pk"] for row in rows]
    themes = _of(Action.themes.through.objects.filter(action__in=pks), code=F("theme__code"))
    partners = _of(
        ActionPartenaire.objects.filter(action__in=pks),
        kind=F("partenaire__kind"),
        name=F("partenaire__name"),
    )
    links = _of(Lien.objects.filter(action__in=pks), address=F("url"))
    carriers = _of(ActionPorteur.objects.filter(action__in=pks), **_CARRIER)
    return [
        _fiche_lue(row, themes[row["pk"]], partners[row["pk"]], links[row["pk"]], carriers[row["pk"]])
        for row in rows
    ]


_SCHOOL = "porteur__etablissement__"
#: What is read of a carrier: of its school too, which the directory keeps true.
_CARRIER: Final = {
    "name": F("porteur__name"),
    "commune": F("porteur__commune"),
    "insee": F("porteur__insee"),
    "place": F("porteur__latitude"),
    "east": F("porteur__longitude"),
    "uai": F("porteur__etablissement_id"),
    "school_commune": F(f"{_SCHOOL}commune"),
    "school_insee": F(f"{_SCHOOL}insee"),
    "school_place": F(f"{_SCHOOL}latitude"),
    "school_east": F(f"{_SCHOOL}longitude"),
    "departement": F(f"{_SCHOOL}departement__code"),
}
_PARTNER: Final = {"kind": F("partenaire__kind"), "name": F("partenaire__name")}
Row = dict[str, Any]


def _of(rows: QuerySet[Any], **columns: F) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows.order_by("pk").values("action_id", **columns):
        found[row["action_id"]].append(row)
    return found


def _fiche_lue(
    row: Row, themes: list[Row], partners: list[Row], links: list[Row], carriers: list[Row]
) -> FicheLue:
    told_apart = {Distinction.REMARQUABLE: row["remarkable"], Distinction.PRIX: row["prize"]}
    codes: dict[str, set[str]] = {
        "edition": {row["semaine__edition__year"]},
        "academie": {row["semaine__academie__slug"]},
        "departement": {_departement(carrier) for carrier in carriers},
        "niveau": {level.value for level in Niveau if row[level.value]},
        "nature": {row["nature"]},
        "theme": {theme["code"] for theme in themes},
        "temporalite": {row["temporality"]},
        "partenaire": {partner["kind"] for partner in partners},
        "distinction": {code.value for code, held in told_apart.items() if held},
        "video": {"1"} if any(video_of(link["address"]) for link in links) else set(),
    }
    names = [carrier[name] for carrier in carriers for name in ("name", "commune", "school_commune")]
    around = [row["semaine__academie__name"], row["place"], row["classes"], row["prize"]]
    around += [partner["name"] for partner in partners]
    around += [CodeTheme(theme["code"]).label for theme in themes]
    insee = {carrier[name] for carrier in carriers for name in ("insee", "school_insee")}
    return FicheLue(
        pk=row["pk"],
        values={name: frozenset(filter(None, held)) for name, held in codes.items()},
        etablissements=frozenset(carrier["uai"] for carrier in carriers if carrier["uai"]),
        communes=frozenset(filter(None, insee)),
        places=tuple(place for carrier in carriers if (place := _place(carrier))),
        days=(row["starts"], row["ends"] or row["starts"]) if row["starts"] else None,
        texts=(
            (TITLE, row["title"]),
            (CARRIER, "\n".join(filter(None, names))),
            (AROUND, "\n".join(filter(None, around))),
            (ACCOUNT, row["description"]),
        ),
    )


def _place(carrier: Row) -> tuple[float, float] | None:
    """Where a carrier stands: its school as the directory has it, else as it was told."""
    for north, east in (("school_place", "school_east"), ("place", "east")):
        if carrier[north] is not None and carrier[east] is not None:
            return carrier[north], carrier[east]
    return None


def _departement(carrier: Row) -> str:
    """The département of a carrier: its school's, else that of its commune; nothing when neither is known."""
    if carrier["departement"]:
        return str(carrier["departement"])
    return departement_code(carrier["insee"])


def _hit(kept: Kept, accounts: dict[int, str], wanted: tuple[str, ...]) -> Trouvee:
    pk = kept.fiche.pk
    return Trouvee(pk, kept.score, passage(accounts[pk], wanted), kept.distance)


def passage(text: str, wanted: tuple[str, ...]) -> str:
    """The words of ``text`` around the first that is wanted, as safe HTML; nothing when none is."""
    words = typographie(" ".join(text.split())).split(" ")
    plain = [haystack(word) for word in words]
    hits = [any(needle in word for needle in wanted) for word in plain]
    if not any(hits):
        return ""
    start = max(0, hits.index(True) - BEFORE)
    shown = [
        format_html("<mark>{}</mark>", word) if hit else word
        for word, hit in zip(words[start : start + PASSAGE], hits[start : start + PASSAGE], strict=True)
    ]
    body = format_html_join(" ", "{}", ((word,) for word in shown))
    return format_html("{}{}{}", "… " if start else "", body, " …" if start + PASSAGE < len(words) else "")


def _meant(text: str, rows: list[Row]) -> str:
    """The same words, those that no sheet knows as the nearest that one does; nothing when none is near."""
    known: dict[str, str] = {}
    for row in rows:
        for word in f"{row['title']} {row['description']} {row['semaine__academie__name']}".split():
            bare = word.strip(".,;:!?()«»\"’'").lower()
            for plain in slug(bare).split("-"):
                known.setdefault(plain, bare if slug(bare) == plain else plain)
    found = []
    for word in text.split():
        plain = slug(word)
        near = plain if plain in known or len(plain) < SHORTEST_MENDED else _nearest(plain, known)
        found.append(known.get(near, word) if near != plain else word)
    proposed = " ".join(found)
    return proposed if proposed != text else ""


#: From how many letters a word may differ by one, and by two.
SHORTEST_MENDED, LONG = 4, 8


def _nearest(word: str, known: dict[str, str]) -> str:
    most = 2 if len(word) >= LONG else 1
    found = process.extractOne(word, known.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most)
    return found[0] if found else word
