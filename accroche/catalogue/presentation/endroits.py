"""What answers beside actions, each with its kind, its words and its page: one list for pages and boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from accroche.actions.models import Action
from accroche.annuaire.chefs_lieux import chef_lieu
from accroche.catalogue.communes import Localite
from accroche.catalogue.criteres import AROUND, Criteres
from accroche.catalogue.presentation.recherche import recherche_address
from accroche.catalogue.presentation.territoires import (
    academie_address,
    carrier_address,
    departement_address,
    school_address,
)
from accroche.catalogue.queries.lieux import Endroits
from accroche.lib.texte import NBSP, de, typographie

#: What a commune leads to.
AROUND_IT: Final = f"les actions à moins de {AROUND}{NBSP}km"


@dataclass(frozen=True, slots=True)
class Endroit:
    """Something to go to: its kind, its name, what tells it apart, its address."""

    genre: str
    label: str
    place: str
    url: str

    def as_data(self) -> dict[str, str]:
        """The same for a script."""
        return {
            "genre": self.genre,
            "label": typographie(self.label),
            "place": typographie(self.place),
            "url": self.url,
        }


def actions(found: Iterable[Action]) -> tuple[Endroit, ...]:
    """Sheets, by their title."""
    return tuple(
        Endroit(
            "Action",
            action.title,
            f"{action.semaine.academie.name}, {action.semaine.edition.year}",
            reverse(
                "catalogue:action",
                args=(action.semaine.edition.year, action.semaine.academie.slug, action.slug),
            ),
        )
        for action in found
    )


def communes(found: Iterable[Localite]) -> tuple[Endroit, ...]:
    """Communes, near which one searches."""
    return tuple(
        Endroit("Commune", place.label, AROUND_IT, recherche_address(Criteres(pres_de=place.point)))
        for place in found
    )


def territoires(found: Endroits) -> tuple[Endroit, ...]:
    """Académies, départements and communes."""
    return (
        *(Endroit("Académie", academie.name, "", academie_address(academie)) for academie in found.academies),
        *(
            Endroit("Département", str(row), _seat(row.code), departement_address(row))
            for row in found.departements
        ),
        *communes(found.communes),
    )


def _seat(code: str) -> str:
    seat = chef_lieu(code)
    return f"chef‑lieu{NBSP}: {seat}" if seat else ""


def etablissements(found: Endroits) -> tuple[Endroit, ...]:
    """Schools of the directory."""
    return tuple(
        Endroit(
            "Établissement",
            school.name,
            f"{school.postal_code} {school.commune}".strip(),
            school_address(school.uai),
        )
        for school in found.etablissements
    )


def porteurs(found: Endroits) -> tuple[Endroit, ...]:
    """Who carried published sheets and is in no directory: associations, CIO, schools it does not hold."""
    return tuple(
        Endroit(
            row.kind_words,
            row.name,
            row.commune or f"académie {de(row.academie.name)}",
            carrier_address(row),
        )
        for row in found.porteurs
    )


def documents(found: Endroits) -> tuple[Endroit, ...]:
    """What can be read or downloaded beside sheets."""
    return (
        *(
            Endroit(
                "Document",
                f"Synthèse nationale {edition.year}",
                "",
                reverse("publications:synthese", args=(edition.year,)),
            )
            for edition in found.syntheses
        ),
        *(
            Endroit("Document", row.title, f"académie {de(row.semaine.academie.name)}", row.url)
            for row in found.ressources
        ),
    )


def endroits(found: Endroits) -> tuple[Endroit, ...]:
    """All that answers beside actions, kind by kind."""
    return (*territoires(found), *etablissements(found), *porteurs(found), *documents(found))
