"""The lists of a form: rows that are added, removed and ordered, with or without scripts.

A row left empty is no row: emptying one removes it. A page says which lists it has (:class:`Sorte`), holds
them together (:class:`Listes`), and shows each by ``commun/_liste.html``. Buttons that rearrange what was
typed are ``commun/rangees.py``, the same in the browser ``commun/static/commun/autosave.js``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, cast

from django import forms
from django.utils.datastructures import MultiValueDict

from accroche.commun.rangees import MOST, geste_of, list_touched, rearranged


class Rangee(forms.Form):
    """One row of a list; ``needed``: the field without which the others mean nothing, if there is one."""

    needed: ClassVar[str] = ""
    missing: ClassVar[str] = "Remplissez ce champ, ou retirez la ligne."
    use_required_attribute = False

    @property
    def mentions(self) -> dict[str, str]:
        """What a row owes, for who writes it."""
        return {self.needed: "obligatoire"} if self.needed else {}

    def clean(self) -> dict[str, Any]:
        """Ask for the field that is needed once anything is typed, right or wrong."""
        data: dict[str, Any] = super().clean() or {}
        if self.needed and not data.get(self.needed) and self.needed not in self.errors and self.is_told:
            self.add_error(self.needed, self.missing)
        return data

    @property
    def is_told(self) -> bool:
        """Whether the row holds something; what it hides is not typed. Once it was cleaned."""
        visible = (field.name for field in self.visible_fields())
        return bool(self.errors) or any(self.cleaned_data.get(name) for name in visible)

    def row(self) -> Any:
        """The row as plain data, once it is valid."""
        return dict(self.cleaned_data)


class Rangees(forms.BaseFormSet):  # type: ignore[type-arg]  # its forms are named where it is made
    """The rows of one list, in their order."""

    def keep_silent(self) -> None:
        """Show the rows as they were typed, without judging them yet."""
        for form in self.forms:
            form._errors = forms.utils.ErrorDict()  # noqa: SLF001 - what Django fills when it judges
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()

    def rows(self) -> tuple[Any, ...]:
        """The rows that hold something, as plain data."""
        return tuple(form.row() for form in self.forms if form.is_told)


@dataclass(frozen=True)
class Sorte:
    """A kind of list: its rows, its title and the words of its button.

    ``ordered``: its rows can be moved; ``blank``: empty ones it begins with; ``first``: the number of its
    first row, where the page holds what comes before in a field of its own.
    """

    row: type[Rangee]
    title: str
    add: str
    hint: str = ""
    ordered: bool = False
    blank: int = 0
    first: int = 1
    rows: type[Rangees] = Rangees


@dataclass(frozen=True)
class Liste:
    """One list of a form."""

    name: str
    sorte: Sorte
    rows: Rangees


class Listes:
    """All the lists of a form, told apart by the prefix of their fields."""

    def __init__(
        self,
        sortes: Mapping[str, Sorte],
        data: Any,
        initial: Mapping[str, Sequence[Mapping[str, Any]]],
        **form_kwargs: Any,
    ) -> None:
        """Show ``initial``, or what was sent; ``form_kwargs``: what every row has to know."""
        # what was sent speaks for itself: compared with what was there, a row that did not change would count
        # as empty
        self._lists = {
            name: Liste(
                name,
                sorte,
                _formset(sorte)(
                    data,
                    prefix=name,
                    initial=list(initial[name]) if data is None else None,
                    form_kwargs=form_kwargs,
                ),
            )
            for name, sorte in sortes.items()
        }

    def __iter__(self) -> Iterator[Liste]:
        """Each list, in the order of the page."""
        return iter(self._lists.values())

    def __getitem__(self, name: str) -> Liste:
        """The list whose fields begin with ``name``."""
        return self._lists[name]

    def is_valid(self) -> bool:
        """Whether every row is right."""
        # each of them is asked, so that every mistake shows at once
        return False not in [liste.rows.is_valid() for liste in self]

    @property
    def faulty(self) -> set[str]:
        """The names of the lists in which a row is wrong."""
        return {liste.name for liste in self if any(liste.rows.errors)}

    def content(self) -> dict[str, tuple[Any, ...]]:
        """The rows as plain data, by the name of their list, once they are valid."""
        return {liste.name: liste.rows.rows() for liste in self}

    def keep_silent(self) -> None:
        """Show the rows as they were typed, without judging them yet."""
        for liste in self:
            liste.rows.keep_silent()


@cache
def _formset(sorte: Sorte) -> type[Rangees]:
    made: Any = forms.formset_factory(
        sorte.row, formset=sorte.rows, extra=sorte.blank, max_num=MOST, absolute_max=MOST
    )
    return cast("type[Rangees]", made)


def anchor(name: str, sorte: Sorte, number: int) -> str:
    """Where a page holds the row that people call ``number``: its needed field."""
    return f"id_{name}-{number - sorte.first}-{sorte.row.needed}"


def after_button(sent: MultiValueDict[str, str]) -> tuple[MultiValueDict[str, str], str]:
    """What a person typed, once the button of a list did its work, and the name of that list.

    The name is empty when the whole form was sent.
    """
    typed = dict(sent.lists())
    geste = geste_of(typed)
    if geste is None:
        return MultiValueDict(typed), ""
    return MultiValueDict(rearranged(typed, *geste)), list_touched(*geste)
