"""``accroche export_edition 2015-2016 --out FILE.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from accroche.actions.models import Action
from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande
from accroche.commun.terminal import write_file
from accroche.dossier.dossier import without_texts
from accroche.dossier.edition_json import edition_json
from accroche.dossier.queries.dossier import dossier_of
from accroche.lib.texte import pluriel


class Command(Commande):
    help = (
        "Écrit une édition entière en JSON, que la commande de chargement sait relire. C’est un fichier "
        "d’exploitation : les actions d’un rapport qui attendent la modération y figurent, et la commande le "
        "dit. D’une édition déclarée sur le site, il ne contient que les fiches publiées, et les textes que "
        "le bureau national écrit, publiés ou non."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="année scolaire, par exemple 2015-2016")
        parser.add_argument("--out", required=True, type=Path, help="fichier JSON à écrire")

    def handle(self, *_args: Any, edition: str, out: Path, **_options: Any) -> None:
        try:
            found = get_edition(edition)
        except UnknownEditionError as error:
            raise CommandError(str(error)) from error
        opens, closes = found.declaration_opens, found.declaration_closes
        # counted figures and listed sheets agree: both are the published ones
        dossier = dossier_of(found, Action.objects.accepted() if opens and closes else None)
        data = edition_json(dossier, declaration=(opens, closes) if opens and closes else None)
        text = json.dumps(data, ensure_ascii=False, indent=2)
        write_file(out, text + "\n")
        self.stdout.write(f"{out} : {len(data['semaines'])} semaines.")
        if found.is_counted and without_texts(dossier) != dossier:
            self.stdout.write("Les textes du bureau national y figurent, même ceux qu’il n’a pas publiés.")
        if waiting := Action.objects.filter(semaine__edition=found).waiting().count():
            if found.is_counted:
                verb = pluriel(waiting, "action attend", "actions attendent")
                self.stdout.write(f"{waiting} {verb} la modération : ce fichier ne les contient pas.")
            else:
                verb = pluriel(waiting, "action y attend", "actions y attendent")
                self.stdout.write(f"{waiting} {verb} la modération : ne publiez pas ce fichier tel quel.")
