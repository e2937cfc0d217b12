"""``accroche demo``: a past edition, a running one to try, and the site, in one command."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from accroche.catalogue.operations import veille
from accroche.commun import worker
from accroche.commun.commande import Commande
from accroche.commun.tetes import without_body
from accroche.exploitation.queries import reglages
from accroche.exploitation.regles import refusals
from accroche.lib.texte import pluriel
from accroche.portail.operations import ACCOUNTS, load_demonstration, load_invention

EDITION = "2015-2016"


@contextmanager
def _only_what_went_wrong() -> Iterator[None]:
    """In a terminal, neither each request nor each role of the demo's people is worth a line."""
    logger = logging.getLogger("accroche")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


class Command(Commande):
    help = "Charge l’édition 2015-2016, sa synthèse et une édition d’exemple à essayer, et ouvre le site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port du site, 8000 par défaut")
        parser.add_argument("--no-serve", action="store_true", help="prépare tout, sans ouvrir le site")

    def handle(self, *_args: Any, port: int, no_serve: bool, **_options: Any) -> None:
        # its accounts are anybody's, its administrator's too
        if found := refusals(replace(reglages(), demo=True)):
            raise CommandError(" ".join(found))
        with _only_what_went_wrong():
            self._run(port, no_serve)

    def _run(self, port: int, no_serve: bool) -> None:
        outputs = settings.OUTPUTS_ROOT / EDITION
        call_command("load_edition", EDITION, stdout=self.stdout)
        call_command("build_synthese", EDITION, out=outputs, stdout=self.stdout)
        # the links of its mails lead to this very site, whatever its port
        settings.SITE_URL = re.sub(r"^http://127\.0\.0\.1:\d+", f"http://127.0.0.1:{port}", settings.SITE_URL)
        load_invention(at=timezone.now())
        count = load_demonstration(at=timezone.now())
        words = pluriel(count, "fiche d’exemple ajoutée", "fiches d’exemple ajoutées")
        self.stdout.write(f"Édition en cours : {count} {words}.")
        if not no_serve:
            self._serve(port, outputs)

    def _serve(self, port: int, outputs: Any) -> None:
        import waitress  # noqa: PLC0415 - only the demo serves

        # nobody receives mails here: the codes to sign in are read on a page of the site
        settings.DEMO = True
        application = without_body(get_wsgi_application())
        worker.embed()
        veille.embed()
        address = f"http://127.0.0.1:{port}"
        # what to open stays in sight: a line for each request would push it away
        logging.getLogger("accroche").setLevel(logging.WARNING)
        self.stdout.write("")
        self.stdout.write(f"  Le site       {address}/")
        self.stdout.write(f"  La synthèse   {address}/editions/{EDITION}/synthese/")
        self.stdout.write(f"  Se connecter  {address}/comptes/connexion/ avec l’une de ces adresses :")
        for kind, (mailbox, _) in ACCOUNTS.items():
            self.stdout.write(f"                {mailbox} ({kind.label.lower()})")
        self.stdout.write(f"  Le courrier   {address}/comptes/courrier/")
        self.stdout.write(f"  Ses fichiers  {outputs}")
        self.stdout.write("  Ctrl+C pour arrêter.")
        self.stdout.flush()
        try:
            waitress.serve(
                application,
                host="127.0.0.1",
                port=port,
                threads=8,
                max_request_body_size=settings.MAX_REQUEST_BYTES,
                _quiet=True,
            )
        except OSError as error:
            raise CommandError(
                f"Le port {port} est déjà pris ({error.strerror}). Essayez : accroche demo --port {port + 1}"
            ) from error
