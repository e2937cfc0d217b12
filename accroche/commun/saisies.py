"""Fields of forms as every page shows them: a line, a prose, an address, a day; words are each form’s own."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Final

from django import forms

from accroche.commun.champ_adresse import CourrielField, CourrielInput

#: Characters of an electronic address, in forms as in tables.
ADDRESS_LENGTH: Final = 254


def ligne(
    label: str, length: int, help_text: str = "", *, required: bool = False, **attrs: str
) -> forms.CharField:
    """One line of text; ``attrs``: what its tag has besides."""
    return forms.CharField(
        label=label,
        max_length=length,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "fr-input", **attrs}),
    )


def prose(label: str, length: int, rows: int, help_text: str = "", **options: Any) -> forms.CharField:
    """A text of several lines, optional unless ``options`` say otherwise; ``rows``: those seen at once."""
    return forms.CharField(
        **{
            "label": label,
            "max_length": length,
            "required": False,
            "help_text": help_text,
            "widget": forms.Textarea(attrs={"class": "fr-input", "rows": rows}),
            **options,
        }
    )


def courriel(
    label: str,
    help_text: str = "",
    *,
    required: str = "",
    example: str = "prenom.nom@ac-dijon.fr",
    **attrs: str,
) -> CourrielField:
    """An electronic address; ``required``: what is told to who leaves it empty, which may be without it.

    ``example``: a complete one, shown beside an incomplete one. ``attrs``: what its tag has besides.
    """
    return CourrielField(
        label=label,
        max_length=ADDRESS_LENGTH,
        required=bool(required),
        help_text=help_text,
        widget=CourrielInput(attrs={"class": "fr-input", **attrs}),
        error_messages={"required": required},
        example=example,
    )


def told_at(field: forms.BoundField, remark: Any) -> None:
    """Show ``remark`` under a field, which assistive technology reads with it (``commun/_remarques.html``).

    Something to mend, not an error: the form goes through. ``remark`` has a ``message`` and an ``excerpt``.
    """
    told = field.field.__dict__.setdefault("remarques", [])
    told.append(remark)
    ids = [f"{field.auto_id}_helptext"] if field.help_text else []
    field.field.widget.attrs["aria-describedby"] = " ".join([*ids, f"{field.auto_id}_remarques"])


class CalendrierInput(forms.DateInput):
    """A day, or a moment, that browsers offer a calendar for; what is none is given back as it was typed.

    A box of that kind shows nothing that it could not send: « 12/3 » would be gone, and whoever typed it
    would not know what to mend.
    """

    def __init__(self, kind: str, written: str) -> None:
        """``kind``: of the box; ``written``: how a browser sends what it holds."""
        super().__init__(attrs={"class": "fr-input", "type": kind}, format=written)
        self.written = written

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show a box of text around what a calendar cannot hold."""
        context = super().get_context(name, value, attrs)
        box = context["widget"]
        if box["value"] and not self._holds(box["value"]):
            box["type"] = "text"
        return context

    def _holds(self, text: str) -> bool:
        try:
            # « 2027-3-1 » is a day, and no value of such a box
            return dt.datetime.strptime(text, self.written).isoformat().startswith(text)  # noqa: DTZ007 - as typed
        except ValueError:
            return False


def jour(label: str, help_text: str = "") -> forms.DateField:
    """An optional day."""
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=CalendrierInput("date", "%Y-%m-%d"),
        error_messages={"invalid": "Écrivez un jour qui existe, par exemple 23/11/2026."},
    )


class SansRobot(forms.Form):
    """A form for who has no account. ``site`` stays empty: only robots fill it (``commun/_piege.html``)."""

    site = forms.CharField(required=False, max_length=1000)

    #: no person sees it: what is wrong with it is told without leading there
    unseen: ClassVar = frozenset({"site"})

    def clean_site(self) -> str:
        """Refuse what a robot filled."""
        if self.cleaned_data["site"]:
            raise forms.ValidationError(
                "Un champ caché, réservé aux robots, était rempli. Il est vidé : envoyez de nouveau."
            )
        return ""
