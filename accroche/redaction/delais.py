"""How long one sitting lasts, what it never swallows, and how long somebody is said to be at a part."""

from __future__ import annotations

import datetime as dt
from typing import Final

#: Writings of one person within it make one version, from the first on; a colleague's begins another.
SITTING: Final = dt.timedelta(minutes=30)
#: Characters gone at once, a row removed or a text wiped out: what was there before it stays a version.
LOSS: Final = 40
#: A sign of life is given every twenty seconds by a page that is looked at.
THERE: Final = dt.timedelta(seconds=75)
#: Who left is forgotten then.
FORGOTTEN: Final = dt.timedelta(minutes=15)
