"""A dict that never holds more than it was told."""

from __future__ import annotations

from accroche.lib.gardees import Gardees


def test_one_too_many_forgets_the_others() -> None:
    kept: Gardees[str, int] = Gardees(2)
    kept["a"], kept["b"] = 1, 2
    kept["a"] = 3
    assert kept == {"a": 3, "b": 2}, "what is known anew is no more"
    kept["c"] = 4
    assert kept == {"c": 4}
