"""The conventions of the repository, checked: what a review would otherwise have to remember."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from django.core.management import get_commands
from packaging.requirements import Requirement

from accroche.lib.texte import slug
from tests.strictness import ROOT

#: A module this long is read by nobody; a file near 400 lines becomes a package.
MAX_LINES = 450

#: How much of the lines of Python one app may hold.
LARGEST_ROOM = 0.16

#: Folders of a working copy that are not of the repository, where git does not say.
NOT_OURS = {".git", ".venv", "var", "out", "build", "dist", "__pycache__"}

#: Where packages, images and fonts are downloaded from. Nobody's choice of a mirror is ours to make.
HOSTS = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:com|org)|jsdelivr[.]net|unpkg[.]com|cdnjs[.]|googleapis[.]com"
    r"|gstatic[.]com|deb[.]debian[.]org|archive[.]ubuntu[.]com|docker[.]io|ghcr[.]io|proxy[.]golang[.]org"
    r"|conda[.]anaconda[.]org|crates[.]io|huggingface[.]co|playwright[.]azureedge"
)
#: Folders of one machine, at the start of a path.
MACHINE = re.compile(r"(?<![\w.:/~-])/(?:home|root|Users|work|workspace|mnt|opt|private)/\w")

#: Templates that may hold what pages may not, and why.
INLINE_ALLOWED = {
    "accroche/publications/templates/publications/document/standalone.html": (
        "one file to keep or send: its style travels with it, under its own content security policy"
    ),
}


@cache
def files() -> tuple[Path, ...]:
    """Return the files of the repository, also those about to be added."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode()  # noqa: S603
    except (OSError, subprocess.CalledProcessError):  # an archive, without git
        found = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    else:
        found = [ROOT / name for name in names.split("\0") if name]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def text(path: Path) -> str:
    """Return a file's text, nothing for a binary one."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def with_suffix(*suffixes: str, under: str = "") -> list[Path]:
    return [path for path in files() if path.suffix in suffixes and named(path).startswith(under)]


def hits(pattern: re.Pattern[str], paths: Iterator[Path] | list[Path]) -> list[str]:
    """Return « file:line: what » for each match."""
    return [
        f"{named(path)}:{number}: {found[0]}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), start=1)
        if (found := pattern.search(line))
    ]


# -- every file ------------------------------------------------------------------------------------


def test_no_file_names_a_package_host() -> None:
    assert not hits(HOSTS, list(files()))


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert not hits(MACHINE, list(files()))


def test_text_files_end_with_one_newline_and_no_line_with_spaces() -> None:
    kinds = with_suffix(".py", ".md", ".toml", ".yml", ".yaml", ".html", ".css", ".js", ".typ")
    wrong = [named(path) for path in kinds if text(path) and not text(path).endswith("\n")]
    wrong += [named(path) for path in kinds if text(path).endswith("\n\n")]
    assert not wrong
    assert not hits(re.compile(r"[ \t]+$"), [path for path in kinds if path.suffix != ".md"])


# -- Python ----------------------------------------------------------------------------------------


def test_python_files_stay_readable() -> None:
    long = {
        named(path): count
        for path in with_suffix(".py")
        if "/migrations/" not in named(path) and (count := len(text(path).splitlines())) > MAX_LINES
    }
    assert not long


def test_no_room_is_a_sixth_of_the_house() -> None:
    """What grows past it holds two things that nobody looks for in one place."""
    lines: Counter[str] = Counter()
    for path in with_suffix(".py", under="accroche/"):
        lines[named(path).split("/")[1]] += text(path).count("\n")
    assert [room for room, count in lines.items() if count > LARGEST_ROOM * lines.total()] == []


def test_a_module_says_what_it_holds() -> None:
    """Refuse a place where anything can go."""
    vague = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff"}
    assert not [named(path) for path in with_suffix(".py") if vague & {path.stem, path.parent.name}]


#: Names that two classes share, and why; whatever else is named twice is two things under one word.
SHARED_NAMES = {
    "AxeRetenu": "the plain value, and the row that stores it",
    "Cadre": "what recognition, and coverage, look within: an académie or the country on a day",
    "Champ": "a field: of a table of fields, and as a column of a census tells it",
    "Chiffre": "the plain value, and the row that stores it",
    "Column": "of a spreadsheet that comes in, and of a table of a document",
    "Command": "the name Django looks for",
    "Ecriture": "what is ready to be written: of one sheet, and of a whole edition",
    "Entry": "of two private tables: schools compared, files of an archive",
    "Etape": "a stop of a tour; and how far a school has come, which its page and file call so",
    "Etat": "where a sheet stands, and how an instance does: the glossary has both",
    "Genre": "the kind of a school, and the kind of a field",
    "Kind": "what kind of the thing its module is about",
    "Paragraph": "of a report that comes in, and of a document that goes out",
    "Problem": "what could not be read of a file: a directory or a report",
    "Provenance": "where a printed figure comes from, on a page and in a document",
    "RefusedError": "what an outside system does not take: a mail, a file",
    "Reponse": "what an académie answers: to a count whose total is printed, and to a criterion of its grid",
    "Retombee": "the plain value, and the row that stores it",
    "Section": "of a report that comes in, and of a document that goes out",
    "Sheet": "of a spreadsheet, and of an action about to be written",
    "Table": "of a spreadsheet that comes in, and of a document that goes out",
    "TexteStrategie": "the plain value, and the row that stores it",
    "Version": "which telling of an edition is meant, and what changed since",
    "Voie": "the ways a field of a sheet, and one of a semaine, travel",
}


def test_two_classes_do_not_share_a_name() -> None:
    """One word per thing (``docs/concepts.md``): a second class of a name is another thing, or says why."""
    where: dict[str, list[str]] = {}
    for path in with_suffix(".py", under="accroche/"):
        if "/migrations/" not in named(path):
            for name in re.findall(r"^class ([A-Z]\w*)", text(path), flags=re.MULTILINE):
                where.setdefault(name, []).append(named(path))
    assert {name: paths for name, paths in where.items() if len(paths) > 1 and name not in SHARED_NAMES} == {}
    assert [name for name in SHARED_NAMES if len(where.get(name, [])) < 2] == []


def test_each_rule_left_out_of_the_linter_has_its_reason() -> None:
    lines = text(ROOT / "pyproject.toml").splitlines()
    section = lines[lines.index("[tool.ruff.lint]") : lines.index("[tool.ruff.lint.pydocstyle]")]
    bare = [
        line for line in section if re.match(r'\s+"[A-Z]+[0-9]*",|"[^"]+" = \[.+\]', line) and "#" not in line
    ]
    assert not bare


def test_each_local_exception_to_the_linter_names_its_rule() -> None:
    assert not hits(re.compile(r"# noq[a](?!: [A-Z]+[0-9]+)|# type: ignor[e](?!\[)"), with_suffix(".py"))


# -- commands and docs -----------------------------------------------------------------------------


def docs() -> list[Path]:
    return with_suffix(".md")


def test_each_command_is_documented() -> None:
    ours = [name for name, app in get_commands().items() if str(app).startswith("accroche.")]
    assert ours
    told = "\n".join(text(path) for path in docs())
    assert not [name for name in ours if f"accroche {name}" not in told]


def test_each_command_that_docs_name_exists() -> None:
    told = {name for path in docs() for name in re.findall(r"\baccroche ([a-z]+(?:_[a-z]+)*)\b", text(path))}
    # prose also says « accroche » without meaning the command: only underscored names and these are sure
    sure = {name for name in told if "_" in name}
    assert not sure - get_commands().keys()


def anchors(path: Path) -> set[str]:
    """Return the anchors a forge makes of a page's headings."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"```.*?```", "", text(path), flags=re.DOTALL), flags=re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(path: Path) -> list[str]:
    prose = re.sub(r"```.*?```", "", text(path), flags=re.DOTALL)
    return [unquote(target) for target in re.findall(r"\]\(([^)\s]+)\)", prose)]


def leads_nowhere(path: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return False
    name, _, anchor = target.partition("#")
    page = (path.parent / name).resolve() if name else path
    return not page.exists() or bool(anchor and page.suffix == ".md" and anchor not in anchors(page))


def test_links_between_docs_lead_somewhere() -> None:
    broken = [
        (named(path), target) for path in docs() for target in links(path) if leads_nowhere(path, target)
    ]
    assert not broken


def test_paths_that_docs_name_exist() -> None:
    folders = r"accroche|config|tests|scripts|docs|requirements|benchmarks|\.ci"
    lost = []
    for path in docs():
        prose = re.sub(r"```.*?```", "", text(path), flags=re.DOTALL)
        told = re.findall(rf"`((?:{folders})/[\w./-]+)`", prose)
        lost += [(named(path), name) for name in told if not (ROOT / name).exists()]
    assert not lost


def test_the_readme_names_what_a_build_server_runs() -> None:
    targets = re.findall(r"\bmake ([a-z-]+)", text(ROOT / ".ci" / "run"))
    assert targets
    assert not [target for target in targets if f"make {target}" not in text(ROOT / "README.md")]


def test_each_make_target_docs_name_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), flags=re.MULTILINE))
    told = {name for path in docs() for name in re.findall(r"`make ([a-z-]+)", text(path))}
    assert not told - targets
    helped = set(re.findall(r"^([a-z-]+):.*## ", text(ROOT / "Makefile"), flags=re.MULTILINE))
    assert targets == helped, "`make help` lists every target"


# -- templates and style ---------------------------------------------------------------------------

INLINE = re.compile(
    # a script without src runs inline, unless it is data; so do handlers and script addresses
    r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))"
    r"|<style\b|\sstyle=[\"']|\son[a-z]+=[\"']|javascript:"
)
REMOTE = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\bsrc(?:set)?=[\"'](?:https?:)?//"
    r"|<link\b[^>]*\brel=[\"'](?:stylesheet|icon|preload|manifest)[^>]*\bhref=[\"'](?:https?:)?//"
    r"|<link\b[^>]*\bhref=[\"'](?:https?:)?//[^>]*\brel=[\"'](?:stylesheet|icon|preload|manifest)"
    r"|@import|url\([\"']?(?:https?:)?//"
)


def test_pages_hold_no_inline_style_or_script() -> None:
    pages = [
        path for path in with_suffix(".html", ".svg", under="accroche/") if named(path) not in INLINE_ALLOWED
    ]
    assert not hits(INLINE, pages)


def test_pages_load_nothing_from_elsewhere() -> None:
    assert not hits(REMOTE, with_suffix(".html", ".css", ".js", ".svg", under="accroche/"))


def test_exceptions_still_exist() -> None:
    assert not [name for name in INLINE_ALLOWED if not (ROOT / name).exists()]


# -- dependencies and licence ----------------------------------------------------------------------


def project() -> dict[str, object]:
    return tomllib.loads(text(ROOT / "pyproject.toml"))


def locked(name: str) -> dict[str, str]:
    """Return what a lock file pins: name to version."""
    pins = re.findall(r"^([\w.-]+)==([\w.+!-]+)", text(ROOT / "requirements" / name), flags=re.MULTILINE)
    return {slug(package): version for package, version in pins}


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt"])
def test_locks_hold_what_is_declared(lock: str) -> None:
    declared = project()
    wanted: list[str] = list(declared["project"]["dependencies"])  # type: ignore[index]
    if lock == "dev.txt":
        wanted += declared["dependency-groups"]["dev"]  # type: ignore[index]
    pins = locked(lock)
    for requirement in map(Requirement, wanted):
        version = pins.get(slug(requirement.name))
        assert version, f"{requirement.name} is not locked: sh scripts/lock"
        assert requirement.specifier.contains(version), (
            f"{requirement} is locked at {version}: sh scripts/lock"
        )


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt", "uv.txt"])
def test_locks_are_by_hash_and_name_no_address(lock: str) -> None:
    content = text(ROOT / "requirements" / lock)
    entries = re.split(r"^(?=\w)", content, flags=re.MULTILINE)[1:]
    assert entries
    assert not [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert "://" not in content


def test_an_instance_has_the_versions_that_were_tested() -> None:
    base, dev = locked("base.txt"), locked("dev.txt")
    assert not {name for name in base if dev.get(name) != base[name]}


def test_the_licence_is_said_once_and_the_same() -> None:
    assert text(ROOT / "LICENSE").startswith("MIT License\n")
    assert project()["project"]["license"] == "MIT"  # type: ignore[index]
    card = yaml.safe_load(text(ROOT / "publiccode.yml"))
    assert card["legal"]["license"] == "MIT"
    assert card["softwareVersion"] == project()["project"]["version"]  # type: ignore[index]


def test_the_public_card_has_what_its_standard_requires() -> None:
    card = yaml.safe_load(text(ROOT / "publiccode.yml"))
    required = {"publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus"}
    required |= {"softwareType", "description", "legal", "maintenance", "localisation"}
    assert required <= card.keys()
    for told in card["description"].values():
        assert len(told["shortDescription"]) <= 150
        assert 150 <= len(told["longDescription"]) <= 10_000
        assert told["features"]


def test_hooks_before_a_commit_fetch_nothing() -> None:
    config = yaml.safe_load(text(ROOT / ".pre-commit-config.yaml"))
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    assert {hook["language"] for repo in config["repos"] for hook in repo["hooks"]} == {"system"}
