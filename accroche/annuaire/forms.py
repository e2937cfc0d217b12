"""Choosing a school in a form."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accroche.annuaire.models import Etablissement
from accroche.annuaire.queries import find_alike, find_schools
from accroche.annuaire.queries.succession import successor_of
from accroche.lib import uai

#: A UAI anywhere in what was typed or chosen: « Collège Carnot, Dijon (0210001A) ».
CODE = re.compile(r"\b(\d{7}[A-Za-z])\b|\b(2[ABab]\d{5}[A-Za-z])\b")

#: How many schools are named where several answer.
NAMED = 4


class ChoixEtablissement(forms.TextInput):
    """A text field that suggests schools while one types; without scripts, a name or a UAI is enough."""

    template_name = "annuaire/_choix_etablissement.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Look like the other fields."""
        super().__init__({"class": "fr-input", **(attrs or {})})
        #: whether who does not find a school is led to where it is told
        self.leads_on = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Say whether there is a way forward."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["leads_on"] = self.leads_on
        return context

    def format_value(self, value: Any) -> str:
        """Show a school by its name, commune and UAI."""
        if isinstance(value, Etablissement):
            return label(value)
        if isinstance(value, str) and (found := _by_code(value)):
            return label(found)
        return str(value or "")


def label(school: Etablissement) -> str:
    """How a chosen school reads in the field; read back by its UAI."""
    return f"{school} ({school.uai})"


def _by_code(text: str) -> Etablissement | None:
    match = CODE.search(uai.joined(text))
    if not match:
        return None
    try:
        code = uai.parse((match.group(1) or match.group(2)).upper())
    except uai.UaiError:
        return None
    return Etablissement.objects.filter(uai=code).select_related("departement").first()


class EtablissementField(forms.CharField):
    """A school of the directory: chosen in the list, typed by UAI, or named without doubt.

    Beside it, who does not find theirs is led to where the académie is told; ``for_desk``: the form
    is of those who are told. A school that closed acts no more, and is refused with the one that took its
    place; ``closed``: what is asked about may be of its time. ``held``: the UAI of those that may stay.
    """

    widget = ChoixEtablissement
    default_error_messages = {"required": "Choisissez un établissement."}

    def __init__(self, *, for_desk: bool = False, closed: bool = False, **kwargs: Any) -> None:
        """Bound the text."""
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)
        self.widget.leads_on = not for_desk
        self.closed = closed
        self.held: frozenset[str] = frozenset()

    def to_python(self, value: Any) -> Any:
        """Return the school, or None for an empty optional field."""
        text = super().to_python(value)
        return text or None

    def clean(self, value: Any) -> Any:
        """Find the school. Raises ``ValidationError`` with what to do."""
        text = super().clean(value)
        if not text:
            return None
        today = timezone.localdate()
        if found := _by_code(text):
            return self._acting(found, today)
        if CODE.search(uai.joined(text)):
            raise ValidationError(f"L’annuaire ne connaît pas « {text} ». Vérifiez le code UAI.")
        close = find_schools(text, at=today, limit=NAMED + 1)
        if len(close) == 1:
            return self._acting(close[0], today)
        if close:
            # named here: without scripts no list suggests them
            named = " ; ".join(label(school) for school in close[:NAMED])
            more = " ; et d’autres" if len(close) > NAMED else ""
            raise ValidationError(
                f"Plusieurs établissements répondent : {named}{more}. "
                "Recopiez le code du vôtre, ou ajoutez la commune."
            )
        told = "Aucun établissement ne répond à ces mots."
        if near := find_alike(text, at=today, limit=NAMED):
            named = " ; ".join(label(school) for school in near)
            raise ValidationError(f"{told} Les plus proches : {named}. Recopiez le code du vôtre s’il y est.")
        raise ValidationError(f"{told} Essayez la commune ou le code UAI.")

    def _acting(self, school: Etablissement, today: dt.date) -> Etablissement:
        """The school, when it may be chosen. Raises ``ValidationError``."""
        if self.closed or school.uai in self.held or not school.has_closed(today):
            return school
        assert school.closed_on is not None  # noqa: S101 - it has closed
        told = f"« {school} » a fermé en {school.closed_on.year}"
        heir = successor_of(school)
        if heir is None or heir.has_closed(today):
            raise ValidationError(f"{told}. Choisissez l’établissement d’aujourd’hui.")
        raise ValidationError(f"{told} ; son successeur : {label(heir)}. Choisissez-le si c’est le vôtre.")
