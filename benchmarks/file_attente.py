"""The queue of sheets, for ``recensement.py``: made-up sheets, the page, its peers and its limit."""

from __future__ import annotations

import datetime as dt
import resource
import statistics
import sys
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
ACADEMIES = 30
RUNS = 7
PAGE = 25
BATCH = 2000
FILTERED: dict[str, dict[str, Any]] = {
    "last_page": {"page": 10**6},
    "hint": {"indice": "court"},
    "same_text": {"indice": "meme_texte"},
    "search": {"q": "professionnels visite"},
}
TEXT = "Les élèves rencontrent des professionnels, préparent leurs questions et racontent leur visite. "


def measure(size: int) -> dict[str, float]:
    """Measure one size in this process, on a new database."""
    import django  # noqa: PLC0415 - the environment is set by then
    from django.conf import settings  # noqa: PLC0415 - the same

    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.admin"]
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up
    from django.test import Client  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    people = fill(size)
    settings.ALLOWED_HOSTS = ["testserver"]
    admin = admin_page()
    found: dict[str, float] = {}
    for name, (person, academie) in people.items():
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        page = reader(client)
        found[name] = median(page)
        found[f"{name}_admin"] = median(lambda where=academie: admin(where))  # type: ignore[misc]
        found[f"{name}_naive"] = median(lambda where=academie: naive(where), 1)  # type: ignore[misc]
        found[f"{name}_limit"] = median(lambda where=academie: limit(where))  # type: ignore[misc]
        if academie is None:
            found["queries"] = counted(page)
            for what, filters in FILTERED.items():
                found[what] = median(lambda page=page, filters=filters: page(**filters), 3)  # type: ignore[misc]
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def median(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Seconds of the middle one of some calls, after one that warms up.

    Seconds of this process, database included (SQLite runs in it): a busy neighbour does not count.
    """
    times = []
    for _ in range(runs + 1):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times[1:])


def fill(size: int) -> dict[str, tuple[Any, int | None]]:
    """Write the sheets, a school for twenty; return a moderator with the académie, and who sees all."""
    from accroche.actions.cycle import Etat  # noqa: PLC0415 - after Django is set up
    from accroche.actions.models import Action, ActionPorteur  # noqa: PLC0415 - the same
    from accroche.annuaire.models import Academie, Departement, Etablissement, Porteur  # noqa: PLC0415 - the same
    from accroche.campagne.models import Edition, Semaine  # noqa: PLC0415 - the same
    from accroche.comptes.models import Role, User  # noqa: PLC0415 - the same
    from accroche.lib.uai import check_letter  # noqa: PLC0415 - the same

    edition = Edition.objects.create(year="2026-2027", title="Semaine", published_at=NOW)
    semaines, porteurs, schools = [], [], []
    for number in range(ACADEMIES):
        academie = Academie.objects.create(
            slug=f"a{number}", name=f"Académie {number}", valid_from=dt.date(1900, 1, 1)
        )
        departement = Departement.objects.create(code=f"{number + 20}", name=f"Département {number}")
        departement.academies.add(academie)
        semaines.append(Semaine.objects.create(edition=edition, academie=academie, status="preparing"))
        for rank in range(max(size // 20 // ACADEMIES, 1)):
            digits = f"{number + 20:03}{rank:04}"
            school = Etablissement(
                uai=digits + check_letter(digits),
                kind="college",
                name=f"Collège {rank}",
                commune="Ville",
                departement=departement,
            )
            schools.append(school)
            porteurs.append(
                Porteur(
                    academie=academie, kind="college", name=school.name, commune="Ville", etablissement=school
                )
            )
    Etablissement.objects.bulk_create(schools, BATCH)
    Porteur.objects.bulk_create(porteurs, BATCH)
    of_academie: dict[int, list[int]] = {}
    for pk, academie_id in Porteur.objects.order_by("pk").values_list("pk", "academie"):
        of_academie.setdefault(academie_id, []).append(pk)
    states = (Etat.SUBMITTED, Etat.SUBMITTED, Etat.SUBMITTED, Etat.PUBLISHED, Etat.TO_COMPLETE)
    for start in range(0, size, BATCH):
        rows = [
            Action(
                semaine=semaines[n % ACADEMIES],
                slug=f"s{n}",
                position=n,
                title=f"Action {n}",
                description=f"{TEXT * (n % 4)}{n // 3}",
                etat=states[n // ACADEMIES % len(states)],
                source="declaration",
                college=n % 5 > 0,
                temporality="semaine",
                private_email="prof@example.fr",
                submitted_at=NOW - dt.timedelta(minutes=n * 7919 % 100_000),
            )
            for n in range(start, min(start + BATCH, size))
        ]
        made = Action.objects.bulk_create(rows)
        links = []
        for action in made:
            mine = of_academie[action.semaine.academie_id]
            links.append(
                ActionPorteur(action=action, porteur_id=mine[action.position % len(mine)], position=0)
            )
        ActionPorteur.objects.bulk_create(links, BATCH)
    moderator, bureau = User.objects.create_user("m@example.fr"), User.objects.create_user("n@example.fr")
    first = semaines[0].academie
    Role.objects.create(user=moderator, kind="moderateur", academie=first, granted_at=NOW)
    Role.objects.create(user=bureau, kind="national", granted_at=NOW)
    return {"moderator": (moderator, first.pk), "national": (bureau, None)}


def reader(client: Any) -> Callable[..., Any]:
    """Return what asks for a page of the queue."""

    def page(**filters: Any) -> Any:
        response = client.get("/moderation/", filters)
        if response.status_code != 200:  # noqa: PLR2004 - the one answer that counts
            raise RuntimeError(f"The queue answered {response.status_code}.")
        return response

    return page


def counted(page: Callable[[], Any]) -> float:
    """How many queries the page asks."""
    from django.db import connection  # noqa: PLC0415 - after Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same

    with CaptureQueriesContext(connection) as captured:
        page()
    return float(len(captured))


def admin_of(model: Any) -> Any:
    """Django's own list of sheets: as many a page, the same columns and order, and no question of rights."""
    from django.contrib.admin import AdminSite, ModelAdmin  # noqa: PLC0415 - after Django is set up

    class Site(AdminSite):
        def has_permission(self, request: Any) -> bool:
            return bool(request.user)

    class Fiches(ModelAdmin):  # type: ignore[type-arg]
        list_display = ("title", "etat", "semaine", "submitted_at", "porteurs_nommes")
        list_filter = ("etat", "temporality")
        list_per_page = PAGE
        ordering = ("submitted_at", "pk")
        list_select_related = ("semaine__academie", "semaine__edition")

        def get_queryset(self, request: Any) -> Any:
            return super().get_queryset(request).prefetch_related("porteurs")

        def porteurs_nommes(self, row: Any) -> str:
            return ", ".join(str(porteur) for porteur in row.porteurs.all())

        def lookup_allowed(self, *_args: Any) -> bool:
            return True

        def has_view_permission(self, request: Any, obj: Any = None) -> bool:  # noqa: ARG002 - Django's call
            return True

        def has_change_permission(self, request: Any, obj: Any = None) -> bool:  # noqa: ARG002 - the same
            return True

        def has_delete_permission(self, request: Any, obj: Any = None) -> bool:  # noqa: ARG002 - the same
            return False

        def has_module_permission(self, request: Any) -> bool:  # noqa: ARG002 - the same
            return True

        def has_add_permission(self, request: Any) -> bool:  # noqa: ARG002 - the same
            return False

    site = Site()
    site.register(model, Fiches)
    return Fiches(model, site)


def admin_page() -> Callable[[int | None], Any]:
    """Return what draws a page of Django's own list."""
    from django.conf import settings  # noqa: PLC0415 - after Django is set up
    from django.test import RequestFactory  # noqa: PLC0415 - the same
    from django.urls import path  # noqa: PLC0415 - the same

    from accroche.actions.models import Action  # noqa: PLC0415 - the same
    from accroche.comptes.models import User  # noqa: PLC0415 - the same
    from config.urls import urlpatterns  # noqa: PLC0415 - the same

    admin = admin_of(Action)
    urls = ModuleType("admin_urls")
    urls.urlpatterns = [path("admin/", admin.admin_site.urls), *urlpatterns]  # type: ignore[attr-defined]
    sys.modules["admin_urls"] = urls
    settings.ROOT_URLCONF = "admin_urls"
    factory, user = RequestFactory(), User(email="admin@example.fr")

    def page(academie: int | None) -> Any:
        told = {"etat": "submitted"} | ({"semaine__academie__id__exact": str(academie)} if academie else {})
        request: Any = factory.get("/admin/actions/action/", told)
        request.user, request.access = user, None
        return admin.changelist_view(request).render()

    return page


def naive(academie: int | None) -> str:
    """The page a beginner writes: all that waits, in one list."""
    from django.template import Context, Engine  # noqa: PLC0415 - after Django is set up

    from accroche.actions.models import Action  # noqa: PLC0415 - the same

    rows = Action.objects.waiting().order_by("submitted_at").prefetch_related("porteurs")
    if academie:
        rows = rows.filter(semaine__academie=academie)
    lines = (
        "{% for a in rows %}<li>{{ a.title }}{% for p in a.porteurs.all %}, {{ p }}{% endfor %}{% endfor %}"
    )
    return str(Engine().from_string(lines).render(Context({"rows": rows})))


def limit(academie: int | None) -> list[Any]:
    """The bare SQL of the page and of its count."""
    from django.db import connection  # noqa: PLC0415 - after Django is set up

    kept, tables = "a.etat = 'submitted'", "actions_action a"
    if academie:
        kept += f" AND s.academie_id = {int(academie)}"
        tables = "campagne_semaine s CROSS JOIN actions_action a ON s.id = a.semaine_id"  # in this order
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {tables} WHERE {kept}")  # noqa: S608 - our own text
        cursor.execute(
            f"SELECT a.id, a.title, a.submitted_at FROM {tables} WHERE {kept} "  # noqa: S608 - our own text
            f"ORDER BY a.submitted_at, a.id LIMIT {PAGE}"
        )
        return list(cursor.fetchall())
