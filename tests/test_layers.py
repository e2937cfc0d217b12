"""The tree keeps its layers: the contracts of ``.importlinter``, and the rule they cannot say."""

from __future__ import annotations

import sys

import grimp
import pytest
from importlinter.cli import lint_imports

from tests.strictness import ROOT

#: The apps with rules of their own; commun exists to share what is done with Django.
APPS = {
    "aide",
    "portail",
    "exploitation",
    "api",
    "imports",
    "publications",
    "catalogue",
    "cockpit",
    "redaction",
    "tutorat",
    "evaluation",
    "pilotage",
    "actions",
    "campagne",
    "comptes",
    "annuaire",
    "dossier",
    "relecture",
    "votes",
}

#: The names, after the app's, that may touch Django; every other module is a pure rule.
TOUCHES_DJANGO = {
    "adapters",
    "apps",
    "checks",
    "decorators",
    "feeds",
    "forms",
    "http",
    "management",
    "middleware",
    "migrations",
    "models",
    "operations",
    "permissions",
    "presentation",
    "queries",
    "rows",
    "tasks",
    "templatetags",
    "urls",
    "views",
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("accroche", "config", include_external_packages=True, cache_dir=None)


def is_pure(module: str) -> bool:
    _, *parts = module.split(".")
    if not parts or parts[0] in {"lib", "integrations"}:
        return True
    return parts[0] in APPS and not (len(parts) > 1 and parts[1] in TOUCHES_DJANGO)


def test_contracts_are_kept(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    # it would silence the loggers of whatever test comes next
    monkeypatch.setattr("logging.config.dictConfig", lambda _config: None)
    status = lint_imports(str(ROOT / ".importlinter"), no_logo=True, no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_a_rule_never_reaches_django(graph: grimp.ImportGraph) -> None:
    """A module is pure unless its name says otherwise: a new rule is held to it without being listed."""
    reaching = {
        f"{module} → {imported}"
        for module in graph.modules
        if module.startswith("accroche") and is_pure(module)
        for imported in graph.find_modules_directly_imported_by(module)
        if imported == "django" or (imported.startswith("accroche") and not is_pure(imported))
    }
    assert not reaching


def test_lib_needs_the_standard_library_only(graph: grimp.ImportGraph) -> None:
    others = {
        f"{module} → {imported}"
        for module in graph.modules
        if module.startswith("accroche.lib")
        for imported in graph.find_modules_directly_imported_by(module)
        if not imported.startswith("accroche") and imported not in sys.stdlib_module_names
    }
    assert not others


def test_models_are_imported_by_those_who_read_or_write_them(graph: grimp.ImportGraph) -> None:
    """A template tag, a URL or an app's registration has no business with rows."""
    wrong = {
        f"{module} → {imported}"
        for module in graph.modules
        if module.split(".")[-1] in {"apps", "urls", "middleware", "context"} or ".templatetags." in module
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.startswith("accroche.") and imported.endswith(".models")
    }
    assert not wrong
