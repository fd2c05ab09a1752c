"""The house rules that a machine can keep: layers, one commit, short files, honest imports."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT

PACKAGE = ROOT / "congress"
TEMPLATES = ROOT / "templates"
LONGEST_FILE = 350

# Slow to load and seldom used; an import inside a function is else a cycle in disguise.
LATE_IMPORTS = {"huey", "redis"}

# Folders of templates that belong to no blueprint: what pages share, and what is no page.
SHARED_TEMPLATES = {"errors", "macros", "mail", "print", "security"}


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
    files += [path for path in TEMPLATES.rglob("*") if path.is_file()]
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
        for name in _imported_in(function) - LATE_IMPORTS
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


def test_templates_mirror_the_pages():
    pages = {path.relative_to(PACKAGE / "web").parts[0] for path in (PACKAGE / "web").rglob("*.py")}
    blueprints = {part.removesuffix(".py") for part in pages}
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}

    assert folders - SHARED_TEMPLATES <= blueprints


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
