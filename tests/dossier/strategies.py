"""Editions as plain data, of any content that a database holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from accroche.actions.regles import (
    CodeCle,
    CodeTheme,
    Nature,
    RolePartenaire,
    SourceAction,
    Temporalite,
)
from accroche.actions.saisie import ActiviteSaisie
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.grille import LEVELS, MOST_WEIGHT, CritereDit, GrilleDite, ObjectifDit
from accroche.campagne.preuves import Preuve
from accroche.campagne.regles import (
    Alliances,
    Appel,
    Autorite,
    CodeAxe,
    CodeObjectif,
    Portage,
    RoleSemaine,
    StatutSemaine,
    TypeMedia,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
    TypeTutorat,
)
from accroche.dossier.dossier import (
    ActionDossier,
    AxeCatalogue,
    AxeRetenu,
    EditionDossier,
    EtapeDossier,
    LienSaisi,
    MentionsDossier,
    ObjectifDossier,
    PartenaireDossier,
    PartenaireSaisi,
    PerspectiveDossier,
    PorteurSaisi,
    RessourceDossier,
    Retombee,
    SemaineDossier,
    TempsFortDossier,
    TexteStrategie,
    TutoratDossier,
)
from accroche.lib.chiffres import Chiffre, Kind
from accroche.lib.chiffres.modele import WITHOUT_VALUE
from tests.factories import make_uai

ACADEMIES = ("Caen", "Dijon", "Lyon")
#: Anything that may be typed: accents, marks, line ends, emoji; what no text can hold is refused elsewhere.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
words = texts.filter(str.strip)
urls = st.sampled_from(["http://www.ac-dijon.fr/forum", "https://exemple.fr/é?a=1#b", "http://a.fr"])
days = st.dates(dt.date(2015, 9, 1), dt.date(2016, 8, 31))


@st.composite
def spans(draw: st.DrawFn, among: st.SearchStrategy[dt.date] = days) -> dict[str, dt.date | None]:
    """A first and a last day in their order, the second or both of which nobody gave."""
    starts = draw(st.none() | among)
    ends = draw(st.none() | among) if starts else None
    return {"starts": starts, "ends": max(starts, ends) if starts and ends else ends}


def lists(one: st.SearchStrategy[Any], most: int = 2, **options: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=most, **options).map(tuple)


@st.composite
def figures(draw: st.DrawFn) -> Chiffre:
    kind = draw(st.sampled_from(Kind))
    value = None if kind in WITHOUT_VALUE else draw(st.integers(0, 2_147_483_647))
    return Chiffre(kind, value, draw(texts), draw(texts), draw(texts), draw(st.booleans()))


#: Carriers and partners are shared by the actions of an edition: each is told the same everywhere.
PORTEURS = (
    PorteurSaisi(make_uai(1), TypePorteur.COLLEGE, "Collège Carnot", "Dijon", "21231", 47.3, -5.04),
    PorteurSaisi(make_uai(2), TypePorteur.LYCEE, "Lycée Le Castel", ""),
    PorteurSaisi("", TypePorteur.CIO, "CIO\tde « Beaune »", "Beaune"),
    PorteurSaisi(kind=TypePorteur.ASSOCIATION, name="Éloquentia 🎤"),
)
PARTNERS = (
    PartenaireDossier("ONISEP", TypePartenaire.OPERATEUR, internal=True),
    PartenaireDossier("ONISEP", TypePartenaire.UNKNOWN),
    PartenaireDossier("Ville de Dijon", TypePartenaire.COLLECTIVITE),
)


@st.composite
def partners(draw: st.DrawFn) -> tuple[PartenaireSaisi, ...]:
    chosen = draw(st.lists(st.sampled_from(PARTNERS), unique=True, max_size=2))
    return tuple(
        PartenaireSaisi(
            one.name, draw(st.sampled_from(RolePartenaire)).value, draw(texts), one.kind, one.internal
        )
        for one in chosen
    )


@st.composite
def actions(draw: st.DrawFn) -> ActionDossier:
    """Every field that a file writes."""
    told: dict[str, Any] = {
        "title": draw(words),
        "description": draw(texts),
        "porteurs": draw(lists(st.sampled_from(PORTEURS), unique=True)),
        "levels": draw(lists(st.sampled_from(Niveau))),
        "temporality": draw(st.sampled_from(Temporalite)).value,
        **draw(spans()),
        "place": draw(texts),
        "classes": draw(texts),
        "audience_size": draw(st.none() | st.integers(0, 2_147_483_647)),
        "audience_note": draw(texts),
        "nature": draw(st.sampled_from(Nature)).value,
        "themes": draw(lists(st.sampled_from(CodeTheme))),
        "cles": draw(lists(st.sampled_from(CodeCle))),
        "partenaires": draw(partners()),
        "liens": draw(lists(st.builds(LienSaisi, urls, texts))),
        "activites": tuple(
            ActiviteSaisie(draw(words), draw(texts), **draw(spans()))  # type: ignore[arg-type]
            for _ in range(draw(st.integers(0, 2)))
        ),
        "authority": draw(texts),
        "public_contact": draw(texts),
        "prize": draw(texts),
        "remarkable": draw(st.booleans()),
        "chosen": draw(st.booleans()),
        "source": draw(st.sampled_from(SourceAction)).value,
        "experitheque_id": draw(st.none() | st.integers(0, 2_147_483_647)),
    }
    return ActionDossier(**told)


@st.composite
def events(draw: st.DrawFn) -> TempsFortDossier:
    return TempsFortDossier(
        title=draw(words),
        kind=draw(st.sampled_from(TypeTempsFort)).value,
        place=draw(texts),
        summary=draw(texts),
        stops=draw(lists(st.builds(EtapeDossier, words, st.none() | days))),
        authorities=draw(st.frozensets(st.sampled_from(Autorite)).map(Autorite.in_order)),
        **draw(spans()),
    )


@st.composite
def semaines(draw: st.DrawFn, academie: str) -> SemaineDossier:
    starts = sorted(draw(st.lists(days, unique=True, max_size=2)))
    long = [dt.timedelta(days=draw(st.integers(0, 3))) for _ in starts]
    columns: dict[str, Any] = {
        name: draw(texts)
        for name in ("title", "pilot", "sponsor", "funding", "committee", "narrative", "partners_narrative")
    }
    resources = st.builds(
        RessourceDossier, words, st.sampled_from(TypeRessource).map(str), st.just("") | urls, st.booleans()
    )
    kept = draw(st.lists(st.sampled_from(CodeAxe).map(str), unique=True, max_size=2))
    return SemaineDossier(
        academie=academie,
        windows=tuple((day, day + more) for day, more in zip(starts, long, strict=True)),
        ordinal=draw(st.none() | st.integers(1, 9)),
        status=draw(st.sampled_from(StatutSemaine)),
        levels=draw(st.frozensets(st.sampled_from(Niveau))),
        actions_figures=draw(lists(figures())),
        etablissements_figures=draw(lists(figures())),
        themes=draw(lists(texts)),
        partners=tuple(
            replace(one, role=draw(st.sampled_from(RoleSemaine)))
            for one in draw(lists(st.sampled_from(PARTNERS), unique=True))
        ),
        axes=tuple(AxeRetenu(code, draw(texts)) for code in kept),
        temps_forts=draw(lists(events())),
        ressources=draw(lists(resources)),
        alliances=draw(st.sampled_from(Alliances)),
        portage=draw(st.sampled_from(Portage)),
        appel=draw(st.sampled_from(Appel)),
        bassins=draw(lists(words)),
        strategie=draw(lists(st.builds(TexteStrategie, words, st.none() | days, st.just("") | urls))),
        medias=draw(
            lists(
                st.builds(Retombee, words, st.sampled_from(TypeMedia), st.none() | days, st.just("") | urls)
            )
        ),
        actions=draw(lists(actions())),
        examples_note=draw(texts),
        **columns,
    )


@st.composite
def grilles(draw: st.DrawFn) -> GrilleDite:
    """A grid that an edition may use: right, whatever its words."""
    codes = draw(st.lists(st.sampled_from(["1.1", "1.2", "2.1", "A"]), unique=True, min_size=1))
    criteres = [
        CritereDit(
            code,
            draw(words),
            draw(st.sampled_from(CodeAxe).map(str)),
            tuple(f"{n} {draw(texts)}" for n in range(LEVELS)),
            draw(st.integers(1, MOST_WEIGHT)),
            draw(lists(st.sampled_from(Preuve).map(str), unique=True)),
        )
        for code in codes
    ]
    cut = draw(st.integers(1, len(criteres)))
    parts = [part for part in (criteres[:cut], criteres[cut:]) if part]
    objectifs = (
        ObjectifDit(str(code), draw(words), tuple(p)) for code, p in zip(CodeObjectif, parts, strict=False)
    )
    return GrilleDite(draw(st.sampled_from(["2016", "2017-b"])), draw(words), draw(texts), tuple(objectifs))


@st.composite
def editions(draw: st.DrawFn) -> EditionDossier:
    """An edition as ``queries.dossier_of`` gives one: académies in order, its catalogue of axes whole."""
    told = tuple(draw(semaines(name)) for name in draw(st.sets(st.sampled_from(ACADEMIES)).map(sorted)))
    used = {axe.code for semaine in told for axe in semaine.axes}
    catalogue = [code.value for code in CodeAxe if code in used or draw(st.booleans())]
    names = lists(st.sampled_from(ACADEMIES), unique=True)
    codes = draw(st.lists(st.sampled_from(CodeObjectif).map(str), unique=True, max_size=2))
    kinds = st.sampled_from(TypeTutorat).map(str)
    return EditionDossier(
        edition="2015-2016",
        semaines=told,
        title=draw(texts),
        introduction=draw(lists(st.tuples(words, words))),
        axes=tuple(AxeCatalogue(code, draw(words), draw(texts), draw(lists(words))) for code in catalogue),
        objectifs=tuple(ObjectifDossier(code, draw(words), draw(texts), draw(names)) for code in codes),
        perspectives=draw(lists(st.builds(PerspectiveDossier, words, words, texts, texts))),
        tutorats=draw(lists(st.builds(TutoratDossier, kinds, names, texts))),
        previous_academies=tuple(one.academie for one in told if one.ordinal and one.ordinal > 1),
        notes=draw(lists(texts)),
        grille=draw(st.none() | grilles()),
        messages=draw(lists(words)),
        preambule=draw(texts),
        mentions=draw(st.builds(MentionsDossier, texts, texts, texts, texts, texts)),
    )


def without_figures(dossier: EditionDossier) -> EditionDossier:
    """The same before any académie answered."""
    bare = (replace(one, actions_figures=(), etablissements_figures=()) for one in dossier.semaines)
    return replace(dossier, semaines=tuple(bare))
