"""What stands around the site: a mail server or a provider that says nothing, a disk that is full."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import requests

from benchmarks.siege.campagnes.ecritures import AT_ONCE, BUSY, while_watching
from benchmarks.siege.contexte import Contexte, Releve, is_root, network, schools, together
from benchmarks.siege.postier import muet, postier
from benchmarks.siege.visiteur import Visiteur


def silent_services(contexte: Contexte) -> list[Releve]:
    """Sixteen visitors ask what needs a mail, then ProConnect, while neither says a word.

    The same visits with a mail server that answers come first: they tell what this machine takes for them,
    whatever else it does, and only what silence adds is a fault of the site.
    """
    found = []
    with (
        muet() as port,
        postier() as boite,
        contexte.instance(
            ACCROCHE_MAIL_URL=f"smtp://127.0.0.1:{boite.port}",
            ACCROCHE_PROCONNECT_URL=f"http://127.0.0.1:{port}/api/v2",
            ACCROCHE_PROCONNECT_CLIENT_ID="siege",
            ACCROCHE_PROCONNECT_CLIENT_SECRET="siege",  # noqa: S106 - nobody answers there
        ) as instance,
    ):
        [server] = instance.serve()
        code = schools(instance)[0]

        def ask(number: int) -> float:
            visitor, began = Visiteur(server.url, network(number)), time.monotonic()
            if number % 2:
                visitor.ask_code(f"personne{number}@exemple.fr")
            else:
                visitor.declare(code, f"prof{number}@exemple.fr", f"Silence {number}")
                visitor.post("/declarer/retrouver/", {"email": f"prof{number}@exemple.fr"})
            return time.monotonic() - began

        def enter(number: int) -> float:
            visitor, began = Visiteur(server.url, network(100 + number)), time.monotonic()
            visitor.get("/comptes/connexion/proconnect/", allow_redirects=False)
            return time.monotonic() - began

        _, usual = while_watching(server, partial(together, range(16), ask, 16))
        boite.silent = True
        for name, do in (("the mail server", ask), ("ProConnect", enter)):
            times, longest = while_watching(server, partial(together, range(16, 32), do, 16))
            found.append(
                Releve(
                    f"{name} takes connections and says nothing, 16 visitors",
                    f"nobody waits {AT_ONCE:.0f} s more for another page",
                    f"robots.txt {longest:.1f} s at the longest, {usual:.1f} s while mails were taken, "
                    f"the visitors {max(times):.1f} s",
                    longest < usual + AT_ONCE,
                )
            )
    return found


PAGES = (
    "/",
    "/editions/2015-2016/",
    "/editions/2015-2016/synthese/",
    "/plan-du-site/",
    "/robots.txt",
    "/declarer/",
)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own that can be filled."""
    place.mkdir()
    subprocess.run(  # noqa: S603 - root of the machine of the campaign
        ["/bin/mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)],
        check=True,
    )
    try:
        yield place
    finally:
        subprocess.run(["/bin/umount", str(place)], check=False)  # noqa: S603


def _fill(disk: Path) -> Path:
    """Leave not a byte."""
    filler = disk / "filler"
    size = 1 << 20
    with filler.open("wb", buffering=0) as file:
        while size:
            try:
                file.write(b"x" * size)
            except OSError:
                size //= 2
    return filler


def full_disk(contexte: Contexte) -> list[Releve]:
    """The disk is full: public pages are read, writers are told; then there is room again."""
    if not is_root():
        return [Releve("a full disk", "", "not run: only root may mount a small one", held=True)]
    with small_disk(contexte.folder / "disk", 400) as disk, contexte.instance(folder=disk) as instance:
        # free space is asked of the disk by those who upload: here it is what is being tested
        [server] = instance.serve()
        code = schools(instance)[0]
        writers = [Visiteur(server.url, network(number)) for number in range(3)]
        forms = [writer.get("/declarer/") for writer in writers]  # opened before there was no room
        filler = _fill(disk)
        pages = {page: Visiteur(server.url, network(1)).get(page).status_code for page in PAGES}
        refused = [
            writer.declare(code, f"p{number}@exemple.fr", f"Plein {number}", page=form)
            for number, (writer, form) in enumerate(zip(writers, forms, strict=True))
        ]
        kept = all("Plein" in answer.text for answer in refused) or not contexte.is_sqlite
        filler.unlink()
        after = Visiteur(server.url, network(9)).declare(code, "apres@exemple.fr", "De nouveau")
    told = sorted({answer.status_code for answer in refused})
    # on PostgreSQL the database has a disk of its own, and a sheet needs no file
    fine = told == [BUSY] if contexte.is_sqlite else told == [requests.codes.found]
    return [
        Releve(
            f"a disk without a free byte, {len(PAGES)} public pages",
            "all are read",
            ", ".join(
                f"{status} × {list(pages.values()).count(status)}" for status in sorted(set(pages.values()))
            ),
            set(pages.values()) == {requests.codes.ok},
        ),
        Releve("the same, 3 declarers", "503 and the form kept (SQLite)", f"answers {told}", fine and kept),
        Releve(
            "room again, without a restart",
            "declaring works",
            f"{after.status_code}",
            after.status_code == requests.codes.found,
        ),
    ]
