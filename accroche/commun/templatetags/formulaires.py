"""What every form tells of itself: which answers are owed and, once refused, what to mend and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxSelectMultiple, RadioSelect
from django.template.context import Context

from accroche.commun.listes import Listes
from accroche.lib.texte import NBSP

register = template.Library()

REQUIRED: Final = "obligatoire"
OPTIONAL: Final = "facultatif"
#: Variables of a page that tell in words why it refused something.
TOLD: Final = frozenset({"refus", "alerte"})


@dataclass(frozen=True, slots=True)
class Erreur:
    """One thing to mend: the name of its field, what to do, and where the page holds it."""

    label: str
    message: str
    anchor: str


@register.simple_tag
def exigence(field: BoundField) -> str:
    """Whether an answer is owed: « obligatoire », « facultatif », or what its form says (``mentions``).

    A form that owes nothing by nature, such as a filter, has no ``mentions`` at all (None).
    """
    told: Any = getattr(field.form, "mentions", {})
    if told is None:
        return ""
    return str(told.get(field.name, REQUIRED if field.field.required else OPTIONAL))


@register.simple_tag(takes_context=True)
def erreurs_de(context: Context, form: Any) -> list[Erreur]:
    """All that is to be mended in ``form``, in the page's ``listes`` and in the ``annexes`` it sends with it.

    Several forms may be one page's; each names what it tells of (``told_of``).
    """
    if isinstance(form, list):
        return _of_several(form)
    if not isinstance(form, BaseForm) or not form.is_bound:
        return []
    lists = getattr(form, "listes", None) or context.get("listes")
    found = list(_of_form(form))
    found += _of_lists(lists) if isinstance(lists, Listes) else ()
    return found + _of_several(context.get("annexes") or ())


def _of_several(forms: Iterable[BaseForm]) -> list[Erreur]:
    return [erreur for one in forms for erreur in _of_form(one, getattr(one, "told_of", ""))]


def _of_form(form: BaseForm, before: str = "") -> Iterator[Erreur]:
    """``before``: what stands before the name of each field."""
    for message in form.non_field_errors():
        yield Erreur(before, str(message), "")
    unseen: frozenset[str] = getattr(form, "unseen", frozenset())
    for field in form:
        is_unseen = field.is_hidden or field.name in unseen
        for message in field.errors:
            label = before if is_unseen else f"{before}{field.label}"
            yield Erreur(label, str(message), "" if is_unseen else anchor_of(field))


def _of_lists(lists: Listes) -> Iterator[Erreur]:
    for liste in lists:
        for message in liste.rows.non_form_errors():
            yield Erreur(liste.sorte.title, str(message), "")
        for number, row in enumerate(liste.rows.forms, liste.sorte.first):
            if row.errors:
                yield from _of_form(row, f"{liste.sorte.title}, ligne{NBSP}{number}, ")


def anchor_of(field: BoundField) -> str:
    """The id of what is typed in: the first box or button where there are several."""
    if isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple)):
        boxes = field.subwidgets
        return str(boxes[0].id_for_label) if boxes else field.auto_id
    return field.id_for_label or field.auto_id


@register.simple_tag(takes_context=True)
def erreur_du_titre(context: Context) -> str:
    """« Erreur : » when the page shows a form again that it refused, or tells why; nothing otherwise.

    A screen reader says the title first, and the tab of a browser says nothing else.
    """
    held: dict[Any, Any] = context.flatten()
    wrong = _is_refused(list(held.values()), 3) or any(held.get(name) for name in TOLD)
    # base.html shows them all: they are read here as well, not instead
    wrong = wrong or any(message.level_tag == "error" for message in held.get("messages") or ())
    return f"Erreur{NBSP}: " if wrong else ""


def _is_refused(value: Any, depth: int = 2) -> bool:
    # its class, not isinstance: what is lazy is not to be looked for
    kind = _of_class(type(value))  # type: ignore[arg-type]  # of a class, the checker doubts
    if kind is BaseForm:
        return bool(value.is_bound and value.errors and getattr(value, "mentions", {}) is not None)
    if kind is BaseFormSet:
        return bool(value.is_bound and any(value.errors))
    if kind is Listes:
        return bool(value.faulty)
    if kind is list and depth:
        # most are asked for their class alone: a page has hundreds
        told = (one for one in value if _of_class(type(one)))  # type: ignore[arg-type]  # the same
        return any(_is_refused(one, depth - 1) for one in told)
    return False


@lru_cache(1024)
def _of_class(kind: type) -> type | None:
    """As which of those that may hold an error the values of a class are looked at; nearly none is."""
    for held in (BaseForm, BaseFormSet, Listes):
        if issubclass(kind, held):
            return held
    # a tuple with names tells facts: sixty cards of a list hold no form
    return list if issubclass(kind, (list, tuple)) and not hasattr(kind, "_fields") else None
