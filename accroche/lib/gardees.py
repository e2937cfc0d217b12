"""What is kept because it was reckoned, and can be again: bounded, whatever people send."""

from __future__ import annotations

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Gardees(dict[Key, Value]):
    """A dict that forgets all it holds when one more than ``most`` comes: strangers fill no memory.

    Entries come by ``kept[key] = value`` alone. Not for what several threads must find once written.
    """

    def __init__(self, most: int) -> None:
        """Nothing is held yet."""
        super().__init__()
        self.most = most

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= self.most and key not in self:
            self.clear()
        super().__setitem__(key, value)
