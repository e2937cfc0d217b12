"""Every text a form takes has a limit, told to who goes beyond it."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from tests.patterns import modules

LONG = "a" * 400_000
#: Many brackets within brackets: what reads JSON counts on few.
DEEP = "[" * 4000


def typed() -> dict[str, forms.CharField]:
    """Each field in which text is typed, or sent by a page, by its form and name."""
    found: dict[str, forms.CharField] = {}
    for module in modules():
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, forms.BaseForm):
                fields: dict[str, Any] = getattr(kind, "base_fields", {})
                for name, field in fields.items():
                    if isinstance(field, forms.CharField) and not field.disabled:
                        found[f"{kind.__module__}.{kind.__qualname__}.{name}"] = field
    return found


@pytest.mark.django_db
def test_no_text_is_taken_whatever_its_length() -> None:
    fields = typed()
    assert len(fields) > 50
    endless, untold = [], []
    for name, field in fields.items():
        for text in (LONG, DEEP):
            try:
                field.clean(text)
            except ValidationError as error:
                if not all(message.strip() for message in error.messages):
                    untold.append(name)
            else:
                if text is LONG:
                    endless.append(name)
    assert not endless, "give a max_length to what people type"
    assert not untold


@pytest.mark.django_db
def test_the_limit_is_told() -> None:
    silent = []
    for name, field in typed().items():
        if field.max_length is not None and not isinstance(field, forms.URLField | forms.JSONField):
            with pytest.raises(ValidationError) as caught:
                field.clean("a" * (field.max_length + 1))
            told = " ".join(caught.value.messages).replace("\u202f", "").replace(" ", "")
            if str(field.max_length) not in told:
                silent.append((name, caught.value.messages))
    assert not silent
