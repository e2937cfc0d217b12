"""The synthesis of an edition, with a number one of its frozen versions; the other kinds of documents."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.publications.views import atelier, lecture

app_name = "publications"


def _atelier(which: str, suffix: str) -> list[URLPattern]:
    """What the bureau does with the edition as it is now, and with a frozen version of it."""
    base = f"editions/<str:year>/synthese/atelier/{which}"
    return [
        path(f"{base}construire/", atelier.construire, name=f"construire{suffix}"),
        path(f"{base}comparer/", atelier.comparer, name=f"comparer{suffix}"),
        path(f"{base}pages/", atelier.pages, name=f"atelier_pages{suffix}"),
        path(f"{base}pages/<int:page>.png", atelier.image, name=f"atelier_page{suffix}"),
        path(f"{base}fichiers/<str:name>", atelier.fichier, name=f"atelier_fichier{suffix}"),
    ]


urlpatterns = [
    path("documents/", lecture.documents, name="documents"),
    path("documents/<str:kind>/<str:year>/<slug:academie>/", lecture.document, name="document"),
    path("documents/<str:kind>/<str:year>/<slug:academie>/<str:name>", lecture.fichier, name="fichier"),
    path("editions/<str:year>/synthese/", lecture.synthese, name="synthese"),
    path("editions/<str:year>/synthese/<int:number>/", lecture.synthese, name="version"),
    *_atelier("", ""),
    *_atelier("<int:number>/", "_version"),
    path("editions/<str:year>/synthese/atelier/", atelier.atelier, name="atelier"),
    path("editions/<str:year>/synthese/atelier/avancement/", atelier.avancement, name="avancement"),
    path("editions/<str:year>/synthese/atelier/arreter/", atelier.arreter, name="arreter"),
    path("editions/<str:year>/synthese/atelier/<int:number>/publier/", atelier.publier, name="publier"),
    path("editions/<str:year>/synthese/atelier/<int:number>/retirer/", atelier.retirer, name="retirer"),
    path("editions/<str:year>/synthese/<str:name>", lecture.telecharger, name="telecharger"),
    path(
        "editions/<str:year>/synthese/<int:number>/<str:name>",
        lecture.telecharger,
        name="telecharger_version",
    ),
]
