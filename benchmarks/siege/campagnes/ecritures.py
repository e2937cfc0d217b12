"""Those who write: forty at once while servers are killed, beside photos, beside a text made to be slow."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import TypeVar

import requests
from PIL import Image

from benchmarks.siege.contexte import Contexte, Releve, network, number_of, rows, schools, together
from benchmarks.siege.instance import Server
from benchmarks.siege.postier import Boite, code_for, postier
from benchmarks.siege.visiteur import Visiteur

T = TypeVar("T")

WRITERS = 40
BUSY = 503
FAILED = 500
#: Bytes a web process may hold while photos are sent to it; they are drawn in processes of their own.
MEMORY = 700_000_000
#: Seconds twelve photos may take to be drawn anew, one or two at a time.
PREPARED = 180.0
#: Seconds an attack may add to what anybody waits for a page that asks nothing of anybody.
AT_ONCE = 5.0


def _wait_for_robots(server: Server, until: threading.Event) -> float:
    """The longest anybody waited for the lightest page until ``until``, in seconds."""
    longest = 0.0
    while not until.wait(0.1):
        began = time.monotonic()
        try:
            requests.get(f"{server.url}/robots.txt", timeout=150)
        except requests.RequestException:
            return float("inf")
        longest = max(longest, time.monotonic() - began)
    return longest


def while_watching(server: Server, do: Callable[[], T]) -> tuple[T, float]:
    """Return what ``do`` returns, and the longest wait for ``robots.txt`` meanwhile, in seconds."""
    over, waits = threading.Event(), []
    watcher = threading.Thread(target=lambda: waits.append(_wait_for_robots(server, over)))
    watcher.start()
    try:
        done = do()
    finally:
        over.set()
        watcher.join()
    return done, waits[0]


def writers_and_kills(contexte: Contexte) -> list[Releve]:
    """Forty declare on two processes, of which one after the other is killed and started again."""
    each, kills = 2 * contexte.size, 2 * contexte.size
    with contexte.instance() as instance:
        servers = instance.serve(2)
        codes = schools(instance)
        answers: Counter[str] = Counter()
        acknowledged: set[str] = set()
        over = threading.Event()

        def write(number: int) -> None:
            for turn in range(each):
                title = f"Siège {number} {turn}"
                server = servers[(number + turn) % 2]
                for _ in range(60):
                    try:
                        answer = Visiteur(server.url, network(number)).declare(
                            codes[number % len(codes)], f"prof{number}.{turn}@exemple.fr", title
                        )
                    except requests.RequestException:
                        answers["cut"] += 1
                        time.sleep(0.2)
                        continue
                    answers[str(answer.status_code)] += 1
                    if answer.status_code == requests.codes.found:
                        acknowledged.add(title)
                        break
                    if answer.status_code != BUSY:
                        break
                    time.sleep(1)

        def kill() -> None:
            for turn in range(kills):
                if over.wait(1.5):
                    return
                servers[turn % 2].kill()
                servers[turn % 2].start()

        killer = threading.Thread(target=kill)
        killer.start()
        together(range(WRITERS), write, WRITERS)
        over.set()
        killer.join()
        held = {
            row[0] for row in rows(instance, "SELECT title FROM actions_action WHERE title LIKE 'Siège%'")
        }
    wanted, lost = WRITERS * each, len(acknowledged - held)
    errors = sum(count for status, count in answers.items() if status.startswith("5") and status != "503")
    said = ", ".join(f"{count} × {status}" for status, count in sorted(answers.items()))
    return [
        Releve(
            f"{WRITERS} writers, {wanted} sheets, servers killed {kills} times",
            "every sheet that was acknowledged is there; none refused for good",
            f"{len(acknowledged)} acknowledged, {lost} lost ({said})",
            lost == 0 and len(acknowledged) == wanted,
        ),
        Releve("the same", "no 500", f"{errors} × 500", errors == 0),
    ]


def photograph(pixels: int, seed: int) -> bytes:
    """A JPEG of so many pixels that no other equals."""
    side = int(pixels**0.5)
    out = BytesIO()
    Image.effect_noise((side // 8, side // 8), 60 + seed % 40).resize((side, side)).convert("RGB").save(
        out, "JPEG", quality=90
    )
    return out.getvalue()


def sign_in(
    server: Server, email: str, boite: Boite, address: str, *, visitor: Visiteur | None = None
) -> Visiteur:
    """Sign in as a person does, with the code their mailbox received; ``visitor``: a browser of theirs."""
    who = visitor or Visiteur(server.url, address)
    before = len(boite.to(email))
    who.ask_code(email)
    answer = who.give_code(code_for(boite, email, after=before))
    if answer.status_code != requests.codes.found:
        raise RuntimeError(f"No sign-in for {email}: {answer.status_code}")
    return who


def photos(contexte: Contexte) -> list[Releve]:
    """Twelve photos of twelve million pixels in a request, several such requests, and ordinary declarers."""
    senders, declarers, pixels = contexte.size, 25, 12_000_000
    images = [photograph(pixels, number) for number in range(12)]
    with (
        postier() as boite,
        contexte.instance(ACCROCHE_MAIL_URL=f"smtp://127.0.0.1:{boite.port}") as instance,
    ):
        [server] = instance.serve()
        codes = schools(instance)
        people = []
        for number in range(senders):
            email = f"photographe{number}@exemple.fr"
            person = sign_in(server, email, boite, network(500 + number))
            begun = person.post(
                "/declarer/",
                {
                    "title": f"Photos {number}",
                    "etablissement": codes[number],
                    "description": "Des photos.",
                    "temporality": "semaine",
                },
            )
            people.append((person, begun.headers["Location"].split("/")[2]))

        def send(who: tuple[Visiteur, str]) -> int:
            person, sheet = who
            files = [
                ("fichiers", (f"photo-{number}.jpg", image, "image/jpeg"))
                for number, image in enumerate(images)
            ]
            return person.post(f"/fiches/{sheet}/pieces/", {}, files=files).status_code

        def declare(number: int) -> tuple[int, float]:
            began = time.monotonic()
            answer = Visiteur(server.url, network(number)).declare(
                codes[number % len(codes)], f"prof{number}@exemple.fr", f"Ordinaire {number}"
            )
            return answer.status_code, time.monotonic() - began

        sent: list[int] = []
        sending = threading.Thread(target=lambda: sent.extend(together(people, send, senders)))
        sending.start()
        answers = together(range(declarers), declare, declarers)
        sending.join()
        until = time.monotonic() + PREPARED * senders
        kept = 0
        while kept < 12 * senders and time.monotonic() < until:
            kept = number_of(instance, "SELECT COUNT(*) FROM actions_piecejointe WHERE state = ?", "ready")
            time.sleep(0.5)
        memory = server.memory()
    fine = sum(status == requests.codes.found for status, _ in answers)
    slowest = max(seconds for _, seconds in answers)
    return [
        Releve(
            f"{senders} × 12 photos of 12 Mpx beside {declarers} declarers",
            "no declarer refused",
            f"{fine} of {declarers} declared, the slowest in {slowest:.1f} s",
            fine == declarers,
        ),
        Releve(
            "the same",
            f"all photos drawn anew, the web process below {MEMORY // 10**6} MB",
            f"{kept} of {12 * senders} kept, {memory // 10**6} MB, answers {sorted(set(sent))}",
            kept == 12 * senders and memory < MEMORY,
        ),
    ]


def hostile_text(contexte: Contexte) -> list[Releve]:
    """A draft of twenty thousand characters that look like addresses, read by eight at once.

    A draft of plain words, as long, is read first: it tells what eight readings take on this machine.
    """
    waits, seconds, begun = [], 0.0, []
    with contexte.instance() as instance:
        [server] = instance.serve()
        for number, piece in enumerate(("un mot ", "a.b-c+")):
            visitor = Visiteur(server.url, network(900 + number))
            text = (piece * 3400)[:19_900]
            answer = visitor.declare(schools(instance)[0], f"prof{number}@exemple.fr", "Texte", text)
            begun.append(answer.status_code)
            page = answer.headers.get("Location", "/declarer/")
            began = time.monotonic()
            waits.append(while_watching(server, partial(together, [page] * 8, visitor.get, 8))[1])
            seconds = time.monotonic() - began
    usual, longest = waits
    return [
        Releve(
            "a draft of 20 000 characters made to be slow, read by 8",
            f"nobody waits {AT_ONCE:.0f} s more for another page",
            f"8 readings in {seconds:.1f} s; longest wait for robots.txt {longest:.1f} s, "
            f"{usual:.1f} s beside plain words",
            longest < usual + AT_ONCE and begun == [requests.codes.found] * 2,
        )
    ]
