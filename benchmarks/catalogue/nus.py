"""What Django does by itself: a view that answers at once, and a list of its own. For ``pages.py`` alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path
from django.views.generic import ListView

from accroche.actions.models import Action

#: As long as a page of ours that is packed.
PAGE = b"x" * 7000
TITLES = "<ul>{% for one in object_list %}<li>{{ one.title }}</li>{% endfor %}</ul>"


def bare(_request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse(PAGE)


class Sheets(ListView):  # type: ignore[type-arg]  # Django's is none at run time
    """The published sheets, sixty a page."""

    queryset = Action.objects.accepted().order_by("pk")
    paginate_by = 60

    def render_to_response(self, context: dict[str, object], **_more: object) -> HttpResponse:
        """Draw their titles."""
        return HttpResponse(Template(TITLES).render(Context(context)))


urlpatterns = [path("bare/", bare), path("list/", Sheets.as_view())]
