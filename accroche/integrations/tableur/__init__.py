"""Spreadsheet files: checked, read in a process of its own with bounded memory and time, and written."""

from accroche.integrations.tableur.controle import FileKind, RefusedError, check
from accroche.integrations.tableur.lecture import Sheet, mended_in, read_rows, sheets_of, unpack

__all__ = ["FileKind", "RefusedError", "Sheet", "check", "mended_in", "read_rows", "sheets_of", "unpack"]
