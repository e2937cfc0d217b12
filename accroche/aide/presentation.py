"""What the pages of the guide show, and which of them helps with which page of the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from accroche.aide import guide
from accroche.aide.guide import PageAide, PassageAide
from accroche.aide.http import may_be_told
from accroche.catalogue.queries.extraits import passage
from accroche.commun.chemins import path_of
from accroche.commun.lieux import AideDePage

#: Letters of a question.
LONGEST: Final = 200
#: Headings from which on a page begins with its contents.
WITH_CONTENTS: Final = 3
#: Words of a page that is shown by how it begins.
BEGINNING: Final = 30

#: The page of the guide that helps with all the pages of an app; :data:`OF_ROUTE` knows better.
OF_APP: Final = {
    "actions": "declarer-une-action",
    "annuaire": "lieux-et-editions",
    "cockpit": "suivre-l-edition",
    "comptes": "comptes-et-roles",
    "evaluation": "evaluer-sa-semaine",
    "imports": "travailler-avec-un-tableur",
    "publications": "produire-la-synthese",
    "redaction": "preparer-la-synthese",
    "relecture": "relire-les-fiches",
    "tutorat": "accompagner-une-academie",
    "votes": "organiser-un-vote",
}
#: The page that helps with a page of the site, by its route; empty: none does.
OF_ROUTE: Final = {
    "actions:modifier": "declarer-une-action",
    "comptes:etablissement_absent": "declarer-une-action",
    "comptes:etablissement_absent_envoye": "declarer-une-action",
    "actions:pieces": "photos-et-documents",
    "actions:modifier_piece": "photos-et-documents",
    **{
        f"redaction:{name}": "produire-la-synthese"
        for name in ("courant", "plan", "partie", "versions", "version")
    },
    "catalogue:recherche": "chercher-une-action",
    "catalogue:carte": "la-carte",
    "catalogue:agenda": "agenda",
    "catalogue:edition": "lire-les-chiffres",
    "catalogue:academies": "lire-les-chiffres",
    "catalogue:semaine": "lire-les-chiffres",
    "catalogue:evolution": "lieux-et-editions",
    "catalogue:etablissement": "lieux-et-editions",
    "catalogue:porteur": "lieux-et-editions",
    "catalogue:commune": "lieux-et-editions",
    "catalogue:departement": "lieux-et-editions",
    "catalogue:academie": "lieux-et-editions",
    "catalogue:action": "faire-connaitre-et-reprendre",
    "catalogue:reprendre": "faire-connaitre-et-reprendre",
    "catalogue:diffusion": "faire-connaitre-et-reprendre",
    "catalogue:integrer": "integrer-a-mon-site",
    "catalogue:selections": "faire-une-selection",
    "catalogue:gerer_selections": "faire-une-selection",
    "catalogue:nouvelle_selection": "faire-une-selection",
    "catalogue:modifier_selection": "faire-une-selection",
    "catalogue:apercu": "la-page-de-sa-semaine",
    "evaluation:axes": "choisir-ses-axes",
    "evaluation:choisir_axes": "choisir-ses-axes",
    "evaluation:repartition_axes": "choisir-ses-axes",
    "evaluation:grilles": "la-grille",
    "evaluation:grille": "la-grille",
    "evaluation:modifier_grille": "la-grille",
    "evaluation:nouveau_critere": "la-grille",
    "evaluation:critere": "la-grille",
    "evaluation:copier_grille": "la-grille",
    "evaluation:donner_grille": "la-grille",
    "pilotage:couverture": "suivre-et-inviter",
    "pilotage:etablissements": "suivre-et-inviter",
    "pilotage:inviter": "suivre-et-inviter",
    "pilotage:semaines": "la-page-de-sa-semaine",
    "pilotage:semaine": "la-page-de-sa-semaine",
    "pilotage:editions": "ouvrir-et-clore-une-edition",
    "pilotage:ouvrir_edition": "ouvrir-et-clore-une-edition",
    "pilotage:edition": "ouvrir-et-clore-une-edition",
    "cockpit:comparaison": "ouvrir-et-clore-une-edition",
    "cockpit:comparaison_academie": "ouvrir-et-clore-une-edition",
    "publications:synthese": "lire-les-chiffres",
    "publications:version": "lire-les-chiffres",
    "relecture:reconnaissance": "reconnaitre-les-etablissements",
    "relecture:fusionner": "photos-et-documents",
    # its readers are who votes, whom no page of the guide is for
    "votes:votes": "",
    "votes:scrutin": "",
    "votes:jury": "",
}


@dataclass(frozen=True, slots=True)
class Trouve:
    """A page that was found: its title, where in it, and what it says there."""

    title: str
    heading: str
    address: str
    extrait: str
    is_whole: bool


def pages() -> dict[str, PageAide]:
    """The guide, with its links as addresses of the site."""
    return guide.pages(_address)


def _address(code: str) -> str:
    return path_of("aide:page", code) if code else path_of("aide:guide")


def body(page: PageAide) -> SafeString:
    """The text of a page."""
    return mark_safe(page.html)  # noqa: S308 - made of our own files, raw HTML shown as text


def contents(page: PageAide) -> list[tuple[str, str]]:
    """The anchor and the words of each heading, where there are enough to choose among."""
    found = [(one.anchor, one.heading) for one in page.parties if one.level == 2]  # noqa: PLR2004 - h2
    return found if len(found) >= WITH_CONTENTS else []


def found(question: str) -> list[Trouve]:
    """The pages that answer a question, the nearest first."""
    return [
        Trouve(
            one.page.title,
            one.partie.heading,
            _address(one.page.code) + (f"#{one.partie.anchor}" if one.partie.anchor else ""),
            _extract(one),
            one.is_whole,
        )
        for one in guide.search(question, pages())
    ]


def _extract(found: PassageAide) -> str:
    """What it says there: around the words, or how it begins when its title alone says them."""
    if found.marks:
        return passage([(found.partie.text, found.marks)])
    return Truncator(found.partie.text).words(BEGINNING, truncate=" …")


def help_of(request: HttpRequest) -> AideDePage:
    """What the footer offers about the page of a request."""
    match, title, address, avis = request.resolver_match, "", "", path_of("aide:avis")
    if match is not None:
        code = OF_ROUTE.get(match.view_name, OF_APP.get(match.app_name, ""))
        page = pages()[code] if code else None
        if page is not None:
            title, address = page.title, _address(page.code)
        if may_be_told(match):
            avis += "?" + urlencode({"page": request.path}, safe="/")
    return AideDePage(title, address, avis)
