"""Every write of this app: documents drawn, versions frozen and published, files built."""

from accroche.publications.operations.dessin import BuiltFile, draw_file, draw_poster, write_files
from accroche.publications.operations.versions import VersionError, freeze, publish, withdraw

__all__ = [
    "BuiltFile",
    "VersionError",
    "draw_file",
    "draw_poster",
    "freeze",
    "publish",
    "withdraw",
    "write_files",
]
