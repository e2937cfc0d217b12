"""A sheet each of whose fields has a value of its own, and the words that tell it at the end of a way."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass, replace
from typing import Any

from accroche.actions.cycle import Etat
from accroche.actions.models import (
    Action,
    ActionPartenaire,
    ActionPorteur,
    Activite,
    Cle,
    Lien,
    PieceJointe,
    Theme,
)
from accroche.actions.queries.contenu import content_of, pieces_of
from accroche.actions.regles import (
    CodeCle,
    CodeTheme,
    Consentement,
    EtatPiece,
    Nature,
    RolePartenaire,
    SourceAction,
    Temporalite,
    TypePiece,
)
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.models import Partenaire
from accroche.campagne.regles import TypePartenaire
from accroche.lib.champs import Champ
from accroche.lib.dates import format_date
from tests import factories
from tests.factories import NOW, Territory, make_uai

UAI = make_uai(77, "021")
DECLARED = dt.datetime(2026, 9, 8, 7, 8, 9, tzinfo=dt.UTC)
SUBMITTED = dt.datetime(2026, 9, 9, 7, 8, 9, tzinfo=dt.UTC)

#: The value of each field, by its name in the table; none is like another.
VALEURS: dict[str, Any] = {
    "title": "Titre remarqué",
    "description": "Récit remarqué",
    "porteurs.name": "Maison remarquée",
    "porteurs.kind": TypePorteur.CHAMBRE.value,
    "porteurs.commune": "Remarqueville",
    "porteurs.insee": "21987",
    "porteurs.uai": UAI,
    "porteurs.latitude": 47.123456,
    "porteurs.longitude": 5.654321,
    "levels": (Niveau.LYCEE_PROFESSIONNEL.value,),
    "temporality": Temporalite.ANNEE.value,
    "starts": dt.date(2026, 10, 15),
    "ends": dt.date(2027, 4, 19),
    "place": "Lieu remarqué",
    "classes": "Classes remarquées",
    "audience_size": 4321,
    "audience_note": "Public remarqué",
    "nature": Nature.REMEDIATION.value,
    "themes": (CodeTheme.MATHEMATIQUES.value,),
    "cles": (CodeCle.AMBITION.value,),
    "partenaires.name": "Partenaire remarqué",
    "partenaires.role": RolePartenaire.FINANCE.value,
    "partenaires.part": "Part remarquée",
    "partenaires.kind": TypePartenaire.RECHERCHE.value,
    "partenaires.internal": True,
    "prize": "Prix remarqué",
    "remarkable": True,
    "chosen": True,
    "source": SourceAction.CARDIE.value,
    "experitheque_id": 98765,
    "reprise_de": "2014-2015/caen/fiche-remarquee",
    "liens.url": "https://exemple.org/adresse-remarquee",
    "liens.label": "Lien remarqué",
    "activites.title": "Atelier remarqué",
    "activites.description": "Atelier raconté",
    "activites.starts": dt.date(2026, 11, 3),
    "activites.ends": dt.date(2027, 5, 6),
    "refaire": "Conseil remarqué",
    "authority": "Autorité remarquée",
    "public_contact": "Accueil remarqué",
    "private_contact": "Personne remarquée",
    "private_email": "remarquee@college.example",
    "private_phone": "03 80 99 88 77",
    "declared": DECLARED,
    "submitted": SUBMITTED,
    "pieces.name": "fichier-remarque.pdf",
    "pieces.caption": "Image remarquée",
    "pieces.kind": TypePiece.DOCUMENT.value,
    "pieces.consent": Consentement.RECORDED.value,
    "pieces.state": EtatPiece.READY.value,
}

VOCABULAIRES: dict[str, Any] = {
    "porteurs.kind": TypePorteur,
    "levels": Niveau,
    "temporality": Temporalite,
    "nature": Nature,
    "themes": CodeTheme,
    "cles": CodeCle,
    "partenaires.role": RolePartenaire,
    "partenaires.kind": TypePartenaire,
}
#: What pages say of a value that is no word.
_DITS = {
    "partenaires.internal": "Au sein de l’Éducation nationale",
    "remarkable": "Action remarquable",
    "chosen": "Choisie comme exemple",
    "source": "CARDIE",
    "reprise_de": "une action de l’édition 2014-2015",
    # a document is taken away, an image is shown
    "pieces.kind": "download",
    # the one that waits for an answer, the one that is being prepared
    "pieces.consent": "l’image reste invisible du public",
    "pieces.state": "En préparation",
}


def mots(name: str) -> set[str]:
    """What may tell the value of a field, as :func:`normal` writes it."""
    value = VALEURS[name]
    words: set[Any] = {_DITS[name]} if name in _DITS else set()
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, dt.datetime):
            words |= {one.isoformat(), format_date(one.date()), f"{one:%d/%m/%Y}"}
        elif isinstance(one, dt.date):
            # a period says a year once
            words |= {
                format_date(one),
                format_date(one).rsplit(" ", 1)[0],
                one.isoformat(),
                f"{one:%d/%m/%Y}",
            }
        elif not isinstance(one, bool):
            words |= {one} | ({VOCABULAIRES[name](one).label} if name in VOCABULAIRES else set())
    return {normal(word) for word in words if word != ""}


def jours(value: object) -> set[str]:
    """How a day may be told: a period says its year once."""
    if not isinstance(value, dt.date):
        return set()
    return {format_date(value).rsplit(" ", 1)[0], value.isoformat(), f"{value:%d/%m/%Y}", repr(value)}


def normal(text: object) -> str:
    """A text without spaces nor capitals: typography puts some, and a page spells entities."""
    told = html.unescape(str(text)).replace(r"\xa0", "").replace(r"\u202f", "")
    return re.sub(r"\s", "", told).casefold()


@dataclass(frozen=True)
class Monde:
    """A territory with the marked sheet, another with one that says nothing."""

    where: Territory
    elsewhere: Territory
    marked: Action
    bare: Action


def monde() -> Monde:
    """Both sheets, published in an edition that is public."""
    where = factories.territory()
    action = factories.action(
        where,
        etat=Etat.PUBLISHED,
        slug="marquee",
        college=False,
        lycee_professionnel=True,
        created_at=DECLARED,
        submitted_at=SUBMITTED,
        **{name: VALEURS[name] for name in _COLONNES},
    )
    _rangees(action, where)
    elsewhere = factories.territory("Lyon", "69")
    bare = factories.action(
        elsewhere,
        etat=Etat.PUBLISHED,
        slug="nue",
        title="Titre nu",
        description="",
        college=False,
        temporality="",
        private_email="",
        source=SourceAction.SEMAINE,
    )
    return Monde(where, elsewhere, action, bare)


_COLONNES = (
    "title",
    "description",
    "temporality",
    "starts",
    "ends",
    "place",
    "classes",
    "audience_size",
    "audience_note",
    "nature",
    "prize",
    "remarkable",
    "chosen",
    "source",
    "experitheque_id",
    "reprise_de",
    "refaire",
    "authority",
    "public_contact",
    "private_contact",
    "private_email",
    "private_phone",
)


def _rangees(action: Action, where: Territory) -> None:
    school = factories.school(where, 77)
    academie = where.academie
    one = Porteur.objects.create(
        academie=academie,
        kind=school.kind,
        name=school.name,
        commune=school.commune,
        etablissement=school,
        insee=VALEURS["porteurs.insee"],
        latitude=VALEURS["porteurs.latitude"],
        longitude=VALEURS["porteurs.longitude"],
    )
    other = Porteur.objects.create(
        academie=academie,
        kind=VALEURS["porteurs.kind"],
        name=VALEURS["porteurs.name"],
        commune=VALEURS["porteurs.commune"],
    )
    for position, porteur in enumerate((one, other)):
        ActionPorteur.objects.create(action=action, porteur=porteur, position=position)
    partner = Partenaire.objects.create(
        name=VALEURS["partenaires.name"], kind=VALEURS["partenaires.kind"], internal=False
    )
    inside = Partenaire.objects.create(name="Service interne", kind="", internal=True)
    ActionPartenaire.objects.create(
        action=action,
        partenaire=partner,
        position=0,
        role=VALEURS["partenaires.role"],
        part=VALEURS["partenaires.part"],
    )
    ActionPartenaire.objects.create(action=action, partenaire=inside, position=1)
    Lien.objects.create(action=action, position=0, url=VALEURS["liens.url"], label=VALEURS["liens.label"])
    # without a label, an address is shown
    Activite.objects.create(
        action=action,
        position=0,
        title=VALEURS["activites.title"],
        description=VALEURS["activites.description"],
        starts=VALEURS["activites.starts"],
        ends=VALEURS["activites.ends"],
    )
    action.themes.set([Theme.objects.get_or_create(code=code)[0] for code in VALEURS["themes"]])
    action.cles.set([Cle.objects.get_or_create(code=code)[0] for code in VALEURS["cles"]])
    for position, (name, columns) in enumerate(
        {
            VALEURS["pieces.name"]: {"kind": VALEURS["pieces.kind"]},
            "image.jpg": {
                "consent": VALEURS["pieces.consent"],
                "caption": VALEURS["pieces.caption"],
                "width": 10,
                "height": 10,
            },
            "accord.jpg": {},
            "attente.jpg": {"state": EtatPiece.PREPARING, "file": ""},
        }.items()
    ):
        PieceJointe.objects.create(
            **{
                "action": action,
                "position": position,
                "kind": TypePiece.IMAGE,
                "file": f"pieces/{name}",
                "name": name,
                "size": 1,
                "sha256": name,
                "added_at": NOW,
            }
            | columns
        )


def held(action: Action, name: str) -> bool:
    """Whether a sheet of the database holds the value of a field, unchanged."""
    action = Action.objects.get(pk=action.pk)
    stem, _, part = name.partition(".")
    if part:
        rows = pieces_of(action) if stem == "pieces" else getattr(content_of(action), stem)
        return VALEURS[name] in {getattr(row, part) for row in rows}
    column = {"declared": "created_at", "submitted": "submitted_at"}.get(name, name)
    told = content_of(action)
    return bool((getattr(told, name) if hasattr(told, name) else getattr(action, column)) == VALEURS[name])


def told(source: Any, name: str) -> bool:
    """Whether plain data (a content, an action of a dossier) hold the value of a field, unchanged."""
    stem, _, part = name.partition(".")
    value = getattr(source, stem)
    return VALEURS[name] in {getattr(row, part) for row in value} if part else value == VALEURS[name]


def altered(source: Any, champ: Champ) -> Any:
    """The same plain data, which say something else of one field."""
    stem, _, part = champ.name.partition(".")
    if not part:
        return replace(source, **{stem: other(getattr(source, stem))})
    rows = tuple(
        replace(row, **{part: other(getattr(row, part))})
        if VALEURS[champ.name] == getattr(row, part)
        else row
        for row in getattr(source, stem)
    )
    return replace(source, **{stem: rows})


def other(value: Any) -> Any:
    """Another value of the same kind."""
    codes = {
        code.value
        for vocabulary in (*VOCABULAIRES.values(), SourceAction, TypePiece, Consentement, EtatPiece)
        for code in vocabulary
    }
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return ()
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=1)
    if isinstance(value, int | float):
        return value + 1
    if value in codes:
        vocabulary = next(
            words
            for words in (*VOCABULAIRES.values(), SourceAction, TypePiece, Consentement, EtatPiece)
            if value in {code.value for code in words}
        )
        return next(code.value for code in vocabulary if code.value not in ("", value))
    return f"{value} autrement" if not value.startswith("http") else f"{value}-autrement"
