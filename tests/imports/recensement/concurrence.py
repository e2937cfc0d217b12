"""Help for tests of what happens at once: real connections, and turns taken by events, never by waiting."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from django.db import connection

from accroche.actions.models import Action, Arrivage
from accroche.actions.operations import arrivage as arrivages
from accroche.actions.operations.livraison import Livraison, Nouvelle
from accroche.actions.saisie import Contenu, PartenaireSaisi, PorteurSaisi
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import TypePorteur
from accroche.commun import jobs
from accroche.commun.models import Job, JournalEntry
from accroche.comptes.regles import TypeRole
from accroche.imports.models import Depot
from accroche.imports.operations import depots
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accroche.comptes.models import User
    from tests.factories import Territory
    from tests.imports.recensement.nasty import Build

#: Longer than anything here takes: a test that waits this long is red, not slow.
LONG = 60


class Meanwhile:
    """A call on a connection of its own; what it returned or raised is asked with :meth:`result`."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._found: Any = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found = self._call()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self._found = error
        finally:
            connection.close()

    def queue(self) -> None:
        """Let it end first where the database lets two write: on SQLite, writers queue."""
        if connection.vendor == "postgresql":
            self.result()

    def result(self) -> Any:
        """What became of it, once it ended."""
        self._thread.join(LONG)
        assert not self._thread.is_alive(), "it never ended"
        return self._found


def deposited(where: Territory, person: User, build: Build, folder: Path) -> Depot:
    """An uploaded file, read and shown; nothing of it written."""
    source = folder / "envoi"
    build(source)
    depot = depots.receive(
        [source.read_bytes()],
        name="recensement.csv",
        size=source.stat().st_size,
        academie=where.academie,
        edition=where.semaine.edition,
        access=factories.access(person),
        at=NOW,
    )
    assert depot.job
    assert jobs.run(depot.job.pk, NOW)
    return Depot.objects.get(pk=depot.pk)


def confirmed(depot: Depot, person: User, **choices: bool) -> Job:
    """The job that will write what was shown."""
    depots.confirm(depot, choices, access=factories.access(person), at=NOW)
    assert depot.job
    return depot.job


def fresh(depot: Depot) -> Depot:
    """An upload as it now stands."""
    return Depot.objects.select_related("job").get(pk=depot.pk)


def state(depot: Depot) -> str:
    """Where its job stands."""
    job = fresh(depot).job
    return job.state if job else ""


def imports_told() -> int:
    """How many times the semaine's journal tells an import."""
    return JournalEntry.objects.filter(verb="import", subject__startswith="semaine:").count()


def nothing_is_there() -> None:
    """Nothing was written, not even hidden."""
    assert not Action.with_arriving.exists()
    assert not Arrivage.objects.exists()
    assert not JournalEntry.objects.exists()
    assert not Porteur.objects.exists()


def hidden(where: Territory, person: User | None = None, **more: Any) -> Arrivage:
    """Three sheets on their way in, of a school of the directory and of one that is not, with their parts."""
    school = where.departement.etablissements.order_by("uai")[0]
    address = f"arrivage@{where.academie.slug}.example"
    moderator = person or factories.person(TypeRole.MODERATEUR, address, academie=where.academie)
    made = arrivages.begin(where.semaine.edition, where.academie, at=NOW, **more)
    porteurs = (
        PorteurSaisi(school.uai, school.kind, school.name, school.commune),
        PorteurSaisi("", TypePorteur.COLLEGE, "Collège que nul ne connaît", "Dijon"),
    )
    contents = [
        Contenu(
            title=f"Cachée {number}",
            description="Les élèves de 4e rencontrent des professionnels et préparent leurs questions.",
            porteurs=porteurs,
            themes=("orientation",),
            partenaires=(PartenaireSaisi(f"Partenaire caché {number}"),),
        )
        for number in range(3)
    ]
    livraison = Livraison(made, access=factories.access(moderator), at=NOW)
    livraison.write([Nouvelle(one, f"cachee-{n}", "a.csv") for n, one in enumerate(contents)])
    return made
