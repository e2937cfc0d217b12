"""What the readable files of a pack share: how a TOML table is read, and what a value may be."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from accroche.imports.pack_erreurs import explained
from accroche.lib.texte import plain_data

T = TypeVar("T")


class PackError(ValueError):
    """A pack is missing or malformed; the message names the file and the key."""


class Table(BaseModel):
    """A TOML table: every key is known, every value has its type."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# TOML has dates, numbers and booleans of its own: a text that looks like one is a slip.
Flag = Annotated[bool, Field(strict=True)]
Number = Annotated[int, Field(strict=True, ge=1)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


def once(*names: str) -> AfterValidator:
    """Refuse two rows that agree on ``names``, or two equal values when there are none."""

    def check(rows: tuple[T, ...]) -> tuple[T, ...]:
        keys = [tuple(str(getattr(row, name)) for name in names) or (str(row),) for row in rows]
        if twice := [key for index, key in enumerate(keys) if key in keys[:index]]:
            raise ValueError(f"« {', '.join(filter(None, twice[0]))} » est écrit deux fois")
        return rows

    return AfterValidator(check)


Told = TypeVar("Told", bound=Table)


def read(path: Path, model: type[Told]) -> Told:
    """Read a file as ``model`` says. Raises :class:`PackError`, which names the file and the key."""
    try:
        return model.model_validate(plain_data(tomllib.loads(path.read_text(encoding="utf-8"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{path.name} : fichier TOML illisible ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PackError(f"{path.name}, {where} : {explained(first)}.") from error
