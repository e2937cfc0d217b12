"""Empty the tables after a test that committed, without what Django's ``flush`` does besides.

``flush`` cuts every table anew, a hundred of them with their indexes, where a test wrote to ten; then it
makes all permissions and content types again. Here only rows go, and those two tables keep theirs.
"""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction

#: What migrations or Django itself put there, the same for all tests.
KEPT: Final = frozenset({"auth_permission", "django_content_type"})

#: What triggers write when the public sees something else (``catalogue/visible.py``).
WRITTEN: Final = (
    "catalogue_aindexer",
    "commun_revision",
    "actions_comptagesemaine",
    "actions_presenceporteur",
)


def emptied(test: Any = None) -> None:
    """Take away all rows that tests wrote; ``test``: the one that ended."""
    del test
    quote = connection.ops.quote_name
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - KEPT
    filled = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quote(table)})" for table in sorted(tables))  # noqa: S608 - our own tables
    # foreign keys are only looked at when the transaction ends: tables come in any order
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(filled))
        # what triggers write comes last: emptying the others writes to it
        for table in [*(table for (table,) in cursor.fetchall() if table not in WRITTEN), *WRITTEN]:
            cursor.execute(f"DELETE FROM {quote(table)}")  # noqa: S608 - our own tables
