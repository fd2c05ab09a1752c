"""The house rules that a machine can keep: layers, one commit, short files, honest imports."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT
from congress.web import errors
from congress.web.languages import LANGUAGES

PACKAGE = ROOT / "congress"
TEMPLATES = ROOT / "templates"
LONGEST_FILE = 350

# Slow to load and seldom used; an import inside a function is else a cycle in disguise.
LATE_IMPORTS = {"alembic", "dkim", "flask_migrate", "huey", "openpyxl", "redis", "webauthn"}
LATE_PARTS = {"congress.highs"}  # with numpy, in a process of its own

PARTS_OF_THE_WEB = {path.parent.name for path in (PACKAGE / "web").glob("*/__init__.py")}
WITHOUT_PAGES = {"calendar"}
# Folders of templates that belong to no part: what pages share, and what is no page.
SHARED_TEMPLATES = {"errors", "macros", "mail", "print"}
TEMPLATE_NAME = re.compile(r"[\"'](?:([a-z]+)/)?([\w.]+\.html)[\"']")
LEGAL_PAGES = ("accessibility", "imprint", "privacy")

# Folders of tests that try more than one layer.
WHOLE_HOUSE = {"concurrency", "docs", "journeys"}


def sources(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_point_down():
    outcome = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode == 0, outcome.stdout


def test_there_is_one_place_that_commits():
    committing = [relative(path) for path in sources(PACKAGE) if ".commit(" in path.read_text()]

    assert committing == ["congress/transaction.py"]


def test_no_file_is_too_long():
    files = [*sources(PACKAGE, ROOT / "tests", ROOT / "migrations"), ROOT / "config.py"]
    files += [
        each for each in TEMPLATES.rglob("*") if each.is_file() and each.parent.name != "fonts"
    ]
    lengths = {relative(path): len(path.read_text().splitlines()) for path in files}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_the_package_itself_imports_nothing():
    tree = ast.parse((PACKAGE / "__init__.py").read_text())

    assert [type(node).__name__ for node in tree.body] == ["Expr"]  # its docstring


def test_rules_import_the_standard_library_only():
    foreign = {
        (relative(path), name)
        for path in sources(PACKAGE / "domain")
        for name in _imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("congress.domain")
    }

    assert foreign == set()


def test_imports_stand_at_the_top():
    late = {
        (relative(path), name)
        for path in sources(PACKAGE)
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        for name in _imported_in(function)
        if name.partition(".")[0] not in LATE_IMPORTS and name not in LATE_PARTS
    }

    assert late == set()


def test_no_mock_stands_in_for_a_part():
    mocking = [
        relative(path)
        for path in sources(ROOT / "tests")
        if any(
            name.startswith(("unittest.mock", "mock", "pytest_mock")) for name in _imported(path)
        )
    ]

    assert mocking == []


def test_no_name_hides_what_it_holds():
    vague = re.compile(r"util|helper|common|manager|misc", re.IGNORECASE)

    assert [relative(path) for path in sources(PACKAGE) if vague.search(path.name)] == []


def test_each_part_shows_templates_of_its_own():
    strange, shown = set(), set()
    for part in PARTS_OF_THE_WEB:
        for path in sources(PACKAGE / "web" / part):
            for folder, name in TEMPLATE_NAME.findall(path.read_text()):
                template = f"{folder or part}/{name}"
                shown.add(template)
                if folder not in {"", part} or not (TEMPLATES / template).is_file():
                    strange.add((relative(path), template))

    assert strange == set()
    assert {name.split("/")[0] for name in shown} == PARTS_OF_THE_WEB - WITHOUT_PAGES


def test_no_template_is_left_over():
    """A template is named by a page or by another template; two kinds of names are composed."""
    naming = [*sources(PACKAGE), *TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.jinja")]
    names = {name for path in naming for _, name in TEMPLATE_NAME.findall(path.read_text())}
    composed = {f"{page}.{language}.html" for page in LEGAL_PAGES for language in LANGUAGES}
    composed |= {f"{code}.html" for code in errors.PAGES}
    templates = {path.name for path in TEMPLATES.rglob("*.html")}

    assert templates - names - composed == set()
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert folders == SHARED_TEMPLATES | PARTS_OF_THE_WEB - WITHOUT_PAGES


def test_a_test_stands_in_the_folder_of_the_layer_it_tries():
    """Of pages and commands it may know the way in only: a client, a runner."""
    tried = ROOT / "tests"
    folders = {path.relative_to(tried).parts[0] for path in tried.glob("*/**/test_*.py")}
    layers = folders - WHOLE_HOUSE
    elsewhere = [
        relative(path)
        for layer in layers - {"web", "cli"}
        for path in (tried / layer).rglob("test_*.py")
        if not any(name.startswith(f"congress.{layer}") for name in _imported(path))
    ]

    assert [layer for layer in layers if not (PACKAGE / layer).is_dir()] == []
    assert elsewhere == []


@pytest.mark.parametrize("layer", ["domain", "formats"])
def test_rules_and_files_are_tried_without_a_database(layer):
    reaching = {
        (relative(path), name)
        for path in sources(ROOT / "tests" / layer)
        for name in _imported(path)
        if name.split(".")[0] in {"congress", "flask", "sqlalchemy"}
        and not name.startswith(("congress.domain", "congress.formats"))
    }

    assert reaching == set()


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\sstyle\s*=",
        r"<style\b",
        r"\son[a-z]+\s*=\s*[\"']",
        r"<script(?![^>]*\ssrc=)",
        r"javascript:",
    ],
    ids=["style attribute", "style element", "event attribute", "inline script", "script address"],
)
def test_pages_keep_the_content_security_policy(forbidden):
    """SEC-20: no inline style or script; the HTML of mails has one style block of its own."""
    mails = TEMPLATES / "mail"
    pages = [path for path in TEMPLATES.rglob("*.html") if mails not in path.parents]
    found = [
        f"{relative(path)}:{number}"
        for path in pages
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(forbidden, line, re.IGNORECASE)
    ]

    assert pages
    assert found == []


def _imported(path: Path) -> set[str]:
    return _imported_in(ast.parse(path.read_text()))


def _imported_in(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
    return names


def test_no_sentence_hides_from_the_catalogue():
    """Babel does not look inside f-strings: such a sentence would stay English."""
    hidden = re.compile(r"""\bf["'][^"'\n]*\{(_|gettext|ngettext)\(""")

    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "congress").rglob("*.py"))
        for line in path.read_text().splitlines()
        if hidden.search(line)
    ] == []
