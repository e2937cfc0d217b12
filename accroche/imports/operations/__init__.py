"""Every write about files that come in: a whole edition, or an académie's census."""

from __future__ import annotations

from accroche.imports.operations.edition import LoadReport, load_dossier
from accroche.imports.operations.grille import LoadError
from accroche.imports.operations.recensement import InterruptedImportError, examine, import_rows

__all__ = ["InterruptedImportError", "LoadError", "LoadReport", "examine", "import_rows", "load_dossier"]
