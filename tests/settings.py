"""The settings of the tests: those of an instance nobody configured, in a folder of its own.

Read before any setting, so that no test can ever touch the data of a real instance, and so that what a
developer exported in a shell changes nothing. Only ``DATABASE_URL`` is kept: it chooses the database of
the second run (see ``scripts/test``).
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH

worker = os.environ.get("PYTEST_XDIST_WORKER")
if worker:  # the folder of the process that started this one, and cleans up
    folder = Path(os.environ["ACCROCHE_DATA"]) / worker
else:
    folder = Path(tempfile.mkdtemp(prefix="accroche-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("ACCROCHE_")]:
    del os.environ[name]
os.environ["ACCROCHE_DATA"] = str(folder)

from config.settings import *  # noqa: E402, F403 - the environment above comes first
from config.settings import DATABASES, TEMPLATES  # noqa: E402
from tests.strictness import UndefinedVariable  # noqa: E402

# A file, as in an instance: threads and processes then meet the locks they would meet there.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "tests.sqlite3")}
# Connections kept open would hinder the removal of the test database.
DATABASES["default"]["CONN_MAX_AGE"] = 0

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()  # type: ignore[index]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nothing runs by itself: a test delivers mails and runs jobs when it wants them.
WORKER = "separate"
# A test that asks the search engine takes an index of its own (tests/indexing.py); others ask the database.
INDEX = None
# A page says what was just written, whatever a test changed beside the database: those of pages that are kept
# (tests/catalogue/test_kept_pages.py) ask for it.
PAGES_KEPT = 0
# Every test client starts the whole site, and WhiteNoise would then list each time the 1 600 files of the
# locked packages (0.2 s): here it looks for a file when it is asked for.
WHITENOISE_AUTOREFRESH = True
# What looks at pages in a browser comes as their own scripts do: kept, and read once by each browser.
STATICFILES_DIRS = [("axe", AXE_FILE_PATH.parent)]
# Views of pages are written as they are counted: no clock of its own runs in a test.
VIEWS_DELAY = 0
