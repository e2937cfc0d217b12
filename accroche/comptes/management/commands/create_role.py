"""``accroche create_role ADDRESS --role administrateur``: the first roles of an instance."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.annuaire.models import Academie
from accroche.commun.commande import Commande
from accroche.comptes.operations import grant, person_of
from accroche.comptes.regles import Portee, TypeRole
from accroche.integrations.courriel import AdresseError, nettoyee

#: The roles the console gives; the others are given on the site, by who has these.
ROLES = (TypeRole.ADMINISTRATEUR, TypeRole.NATIONAL, TypeRole.MODERATEUR, TypeRole.LECTEUR)


class Command(Commande):
    help = "Donne un rôle à une adresse : les premiers d’une instance, avant que quelqu’un puisse inviter."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="adresse électronique de la personne")
        parser.add_argument(
            "--role", required=True, choices=[role.value for role in ROLES], help="le rôle à donner"
        )
        parser.add_argument("--academie", help="pour un modérateur ou un lecteur, par exemple dijon")

    def handle(self, *_args: Any, address: str, role: str, academie: str | None, **_options: Any) -> None:
        kind = TypeRole(role)
        try:
            address = nettoyee(address)
        except AdresseError as error:
            raise CommandError(f"« {address} » n’est pas une adresse électronique. {error}") from error
        territory: dict[str, Any] = {}
        if kind.scopes == {Portee.ACADEMIE}:
            found = Academie.objects.filter(slug=academie or "").first()
            if found is None:
                known = ", ".join(
                    Academie.objects.valid_on(timezone.localdate()).values_list("slug", flat=True)
                )
                raise CommandError(f"Précisez --academie, parmi : {known or 'aucune (chargez une édition)'}.")
            territory = {"academie": found}
        given = grant(person_of(address), kind, access=None, at=timezone.now(), **territory)
        self.stdout.write(f"{address} : {given}.")
