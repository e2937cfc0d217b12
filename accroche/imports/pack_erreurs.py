"""What is wrong with a value of a pack, in words for who writes one."""

from __future__ import annotations

from pydantic_core import ErrorDetails

#: What pydantic found, in words; {0} is the value, {1} what was expected.
_MESSAGES = {
    "extra_forbidden": "clé inconnue",
    "missing": "clé absente",
    "enum": "« {0} » ne convient pas, écrivez {1}",
    "string_type": "écrivez un texte entre guillemets",
    "string_too_short": "le texte est vide",
    "string_too_long": "le texte est trop long, {1} caractères au plus",
    "string_pattern_mismatch": "« {0} » n’a pas la forme attendue",
    "bool_type": "écrivez true ou false",
    "int_type": "écrivez un nombre entier",
    "float_type": "écrivez un nombre",
    "date_type": "écrivez une date, sans guillemets : 2016-03-14",
    "greater_than_equal": "« {0} » est trop petit, {1} au moins",
    "less_than_equal": "« {0} » est trop grand, {1} au plus",
    "tuple_type": "écrivez une liste entre crochets",
    "frozen_set_type": "écrivez une liste entre crochets",
    "too_long": "la liste est trop longue",
    "model_type": "écrivez une table",
    "value_error": "{1}",
}
_EXPECTED = ("expected", "ge", "le", "max_length", "error")


def explained(error: ErrorDetails) -> str:
    """Return why a value does not suit and what to write instead, without a full stop."""
    context = error.get("ctx", {})
    expected = next((str(context[name]) for name in _EXPECTED if name in context), "")
    message = _MESSAGES.get(error["type"], error["msg"])
    return message.format(error["input"], expected.replace(" or ", " ou ")).rstrip(".")
