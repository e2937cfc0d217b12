"""Striking a person out of what other rows tell of them: what was done stays, who did it does not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.db.models import CharField, EmailField, JSONField, Model, Q, TextField
from django.db.models.functions import Cast

from accroche.commun.models import JournalEntry, Message

#: What stands where a name or an address was.
NOBODY: Final = "Compte supprimé"
#: Apps whose texts are published facts or a directory: a school's own address is no person's.
REFERENCE: Final = frozenset({"annuaire", "campagne", "publications"})


def strike_address(address: str) -> None:
    """Take an address out of every text of ours, whoever wrote it there: a message, a note."""
    pattern = re.compile(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", re.IGNORECASE)
    for model in apps.get_models():
        if model.__module__.startswith("accroche.") and model._meta.app_label not in REFERENCE:  # noqa: SLF001 - documented
            _strike(model, _texts_of(model), pattern, [address])


def strike_names(names: Iterable[str]) -> None:
    """Take a person's names, past ones too, out of the journal's notes and of the mails that tell of them.

    Not out of what schools write and publish: a lycée may have the same name. A name of one word is only
    struck where it stands alone: anybody may call themselves « Bonjour », then leave.
    """
    found = sorted(names, key=len, reverse=True)
    if not found:
        return
    several = [re.escape(name) for name in found if " " in name]
    alone = [rf"\A{re.escape(name)}\Z" for name in found]
    pattern = re.compile("|".join([*alone, *(rf"(?<!\w){name}(?!\w)" for name in several)]))
    _strike(JournalEntry, ["note", "changes"], pattern, found)
    _strike(Message, ["subject", "body", "error"], pattern, found)


def _texts_of(model: type[Model]) -> list[str]:
    """The columns in which somebody may have written an address; those made of one are other operations'."""
    return [
        field.name
        for field in model._meta.concrete_fields  # noqa: SLF001 - documented
        if isinstance(field, (CharField, TextField, JSONField))
        and not isinstance(field, EmailField)
        and not field.choices
        and not field.unique
    ]


def _strike(model: type[Model], columns: list[str], pattern: re.Pattern[str], words: list[str]) -> None:
    if not columns:
        return
    rows = model._base_manager.annotate(  # noqa: SLF001 - documented
        **{f"{name}_as_text": Cast(name, TextField()) for name in columns}
    )
    condition = Q()
    for name in columns:
        for word in words:
            # SQLite keeps JSON with its accents escaped
            for written in {word, json.dumps(word)[1:-1]}:
                condition |= Q(**{f"{name}_as_text__icontains": written})
    for row in rows.filter(condition).order_by("pk"):
        before = {name: getattr(row, name) for name in columns}
        after = {name: _without(value, pattern) for name, value in before.items()}
        changed = {name: value for name, value in after.items() if value != before[name]}
        if changed:
            model._base_manager.filter(pk=row.pk).update(**changed)  # noqa: SLF001 - documented


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    """``value`` with each of its texts struck, as JSON holds them."""
    if isinstance(value, str):
        return pattern.sub(NOBODY, value)
    if isinstance(value, list):
        return [_without(item, pattern) for item in value]
    if isinstance(value, dict):
        return {name: _without(item, pattern) for name, item in value.items()}
    return value
