"""Those who ask too often: many at once for the last place, one visitor's share, and guessers of codes."""

from __future__ import annotations

import json
import random
import time
from collections import Counter

import requests

from benchmarks.siege.campagnes.ecritures import sign_in
from benchmarks.siege.contexte import Contexte, Releve, network, number_of, schools, together
from benchmarks.siege.instance import Instance
from benchmarks.siege.postier import ARRIVES, postier
from benchmarks.siege.visiteur import Visiteur

TOO_MANY = 429

_LIMITS = """
import json
from accroche.commun import limites, plafonds
found = {name: row.most for name, row in vars(plafonds).items() if isinstance(row, limites.Limite)}
print("\\n" + json.dumps(found))
"""


def limits(instance: Instance) -> dict[str, int]:
    """How much each limit of the code allows, by its name there."""
    found: dict[str, int] = json.loads(instance.run("shell", "--no-imports", "-c", _LIMITS).splitlines()[-1])
    return found


def _asked(answers: list[requests.Response]) -> str:
    return ", ".join(
        f"{count} × {status}"
        for status, count in sorted(Counter(answer.status_code for answer in answers).items())
    )


def races(contexte: Contexte) -> list[Releve]:
    """All at once, on two processes, for what an address may have a few of."""
    found = []
    sheets, links, codes = (10, 18, 20) if contexte.size == 1 else (16, 36, 40)
    with contexte.instance() as instance:
        most = limits(instance)
        servers = instance.serve(2)
        code = schools(instance)[0]

        def url(number: int) -> str:
            return servers[number % 2].url

        def declare(number: int) -> requests.Response:
            visitor = Visiteur(url(number), "203.0.113.9")
            return visitor.declare(code, "pressee@exemple.fr", f"Course {number}")

        answers = together(range(sheets), declare, sheets)
        held = number_of(
            instance, "SELECT COUNT(*) FROM actions_action WHERE declarant_email = ?", "pressee@exemple.fr"
        )
        allowed = most["DRAFTS_MAILBOX"]
        found.append(
            Releve(
                f"{sheets} sheets at once for one address, from one network, on two processes",
                f"{allowed}",
                f"{held} ({_asked(answers)})",
                held == allowed,
            )
        )

        def again(number: int) -> requests.Response:
            visitor = Visiteur(url(number), "198.51.100.9")
            return visitor.post("/declarer/retrouver/", {"email": "pressee@exemple.fr"})

        def ask(number: int) -> requests.Response:
            return Visiteur(url(number), network(200 + number)).ask_code("demandee@exemple.fr")

        answers = together(range(links), again, 18)
        allowed = most["LINKS_MAILBOX"]
        instance.run("work", "--once")
        held = number_of(
            instance, "SELECT COUNT(*) FROM actions_lienacces WHERE email = ?", "pressee@exemple.fr"
        )
        found.append(
            Releve(
                f"{links} asks at once for one's links, from one network",
                f"at most {allowed} links",
                f"{held} ({_asked(answers)})",
                0 < held <= allowed
                and {answer.status_code for answer in answers} <= {requests.codes.found, TOO_MANY},
            )
        )
        answers = together(range(codes), ask, 20)
        held = number_of(
            instance, 'SELECT COUNT(*) FROM commun_message WHERE "to" = ?', "demandee@exemple.fr"
        )
        allowed = most["CODES_MAILBOX"]
        found.append(
            Releve(
                f"{codes} asks at once for a code to one address, from {codes} networks",
                f"{allowed} mails",
                f"{held} ({_asked(answers)})",
                held == allowed,
            )
        )
    return found


def shares(contexte: Contexte) -> list[Releve]:
    """What one visitor may take: drafts, mails to strangers, bytes."""
    with (
        postier() as boite,
        contexte.instance(ACCROCHE_MAIL_URL=f"smtp://127.0.0.1:{boite.port}") as instance,
    ):
        most = limits(instance)
        [server] = instance.serve()
        codes = schools(instance)
        before = number_of(instance, "SELECT COUNT(*) FROM actions_action")
        together(
            range(100),
            lambda number: Visiteur(server.url, "192.0.2.7").declare(
                codes[number % len(codes)], f"inconnu{number}@exemple.fr", f"Relais {number}"
            ),
            8,
        )
        drafts = number_of(instance, "SELECT COUNT(*) FROM actions_action") - before
        together(
            range(80),
            lambda number: Visiteur(server.url, "198.51.100.7").ask_code(f"etranger{number}@exemple.fr"),
            8,
        )
        mails = number_of(
            instance, 'SELECT COUNT(*) FROM commun_message WHERE "to" LIKE ?', "etranger%@exemple.fr"
        )
        person = sign_in(server, "gourmande@exemple.fr", boite, network(700))
        stored, sheets = 0, 0
        for _ in range(4 * contexte.size):
            begun = person.post(
                "/declarer/",
                {
                    "title": f"Gros fichiers {sheets}",
                    "etablissement": codes[sheets],
                    "description": "Beaucoup.",
                    "temporality": "semaine",
                    "autre": "1",
                },
            )
            if begun.status_code != requests.codes.found:
                break
            sheet = begun.headers["Location"].split("/")[2]
            files = [
                ("fichiers", (f"{n}.pdf", b"%PDF-1.4\n" + random.randbytes(9_900_000), "application/pdf"))  # noqa: S311
                for n in range(12)
            ]
            person.post(f"/fiches/{sheet}/pieces/", {}, files=files)
            sheets += 1
        stored = number_of(instance, "SELECT COALESCE(SUM(size), 0) FROM actions_piecejointe")
    sent = sheets * 12 * 9_900_000
    return [
        Releve(
            "100 drafts in a row from one network",
            f"at most {most['DRAFTS_NETWORK_MINUTE']} a minute",
            f"{drafts}",
            0 < drafts <= 2 * most["DRAFTS_NETWORK_MINUTE"],
        ),
        Releve(
            "80 codes to strangers from one network",
            f"at most {most['CODES_NETWORK_MINUTE']} a minute",
            f"{mails}",
            0 < mails <= 2 * most["CODES_NETWORK_MINUTE"],
        ),
        Releve(
            f"a new account sends {sent // 10**6} MB of documents",
            "its quota, and no more",
            f"{stored // 10**6} MB kept",
            0 < stored < sent and stored <= QUOTA,
        ),
    ]


def _delivered(instance: Instance) -> None:
    """Wait until no mail waits any more."""
    until = time.monotonic() + ARRIVES
    waiting = "SELECT COUNT(*) FROM commun_message WHERE sent_at IS NULL AND body <> ''"
    while number_of(instance, waiting) and time.monotonic() < until:
        time.sleep(0.2)


#: Bytes a new account may store (docs/exploitation.md).
QUOTA = 150 * 1024 * 1024
VICTIM = "moderatrice@exemple.fr"


def guesses(contexte: Contexte) -> list[Releve]:
    """Guessing a person's code from hundreds of networks, while the person signs in."""
    networks = 40 * contexte.size
    with (
        postier() as boite,
        contexte.instance(ACCROCHE_MAIL_URL=f"smtp://127.0.0.1:{boite.port}") as instance,
    ):
        most = limits(instance)
        servers = instance.serve(2)
        owner = sign_in(servers[0], VICTIM, boite, network(5000))
        owner.post("/comptes/deconnexion/", {}, form="/comptes/moi/")

        def attack(number: int) -> int:
            visitor, sent = Visiteur(servers[number % 2].url, network(number)), 0
            visitor.ask_code(VICTIM)
            # in parallel within one browser, as nobody types
            codes = [f"{random.randrange(10**8):08d}" for _ in range(8)]  # noqa: S311 - a guesser's
            for answer in together(codes, visitor.give_code, 4):
                sent += answer.status_code < requests.codes.server_error
            return sent

        sent = sum(together(range(networks), attack, 16))
        compared = number_of(
            instance, "SELECT COALESCE(SUM(tries), 0) FROM comptes_codeconnexion WHERE email = ?", VICTIM
        )
        _delivered(instance)  # the person reads the last one
        mails = len(boite.to(VICTIM))
        try:
            entered = sign_in(servers[1], VICTIM, boite, network(5001), visitor=owner) is not None
        except RuntimeError:
            entered = False
    allowed = most["CODES_MAILBOX"] * 5 + 5
    return [
        Releve(
            f"{sent} guesses at one account from {networks} networks, on two processes",
            f"at most {allowed} are compared within the hour",
            f"{compared} compared, {mails} mails to the person",
            compared <= allowed,
        ),
        Releve(
            "the same, and the person signs in on their known device",
            "they enter",
            "entered" if entered else "refused",
            entered,
        ),
    ]
