"""Typst, the typesetter: one call that turns data and a template of ours into an accessible PDF."""

from accroche.integrations.typst.breaks import Soft, soft
from accroche.integrations.typst.compilation import CompilationError, compile_pages, compile_pdf
from accroche.integrations.typst.fonts import lost, printable

__all__ = ["CompilationError", "Soft", "compile_pages", "compile_pdf", "lost", "printable", "soft"]
