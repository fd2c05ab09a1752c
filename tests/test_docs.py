"""What README and docs name exists: files, pictures, settings, commands, words on the pages."""

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from click import Context, Group

from config import ROOT, Settings

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PICTURES = ROOT / "docs" / "screenshots"
MOST_PICTURE_BYTES = 200_000
MOST_BYTES_OF_ALL = 4_000_000

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"\bflask ([a-z]+)(?: ([a-z]+))?")
SCRIPT = re.compile(r"\bscript/[a-z]+\b")
# What is called by its name in every language.
NAMES = {"Excel (.xlsx)", "CSV"}
BOLD = re.compile(r"\*\*([^*]+)\*\*")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The anchors that the usual renderers make of a page's headings."""
    headings = HEADING.findall(FENCED.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_relative_link_leads_somewhere(page):
    dead = []
    for target in LINK.findall(FENCED.sub("", page.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            dead.append(target)

    assert dead == []


def test_every_setting_is_documented_for_operators():
    table = (ROOT / "docs" / "operations.md").read_text()
    rows = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))

    assert rows == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_script_that_is_named_can_be_run(page):
    scripts = {ROOT / name for name in SCRIPT.findall(page.read_text())}

    missing = [path for path in scripts if not path.exists()]
    assert missing == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_flask_command_that_is_named_exists(app, page):
    context = Context(app.cli)
    unknown = []
    for name, inner in COMMAND.findall(page.read_text()):
        command = app.cli.get_command(context, name)
        if isinstance(command, Group) and inner:
            command = command.get_command(context, inner)
        if command is None:
            unknown.append(f"{name} {inner}")

    assert unknown == []


def test_pictures_are_shown_and_small():
    texts = "".join(page.read_text() for page in PAGES)
    pictures = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}

    assert [name for name in pictures if f"screenshots/{name}" not in texts] == []
    assert {name: size for name, size in pictures.items() if size > MOST_PICTURE_BYTES} == {}
    assert sum(pictures.values()) < MOST_BYTES_OF_ALL


def test_words_in_bold_for_organisers_stand_on_the_pages():
    with (ROOT / "congress/translations/de/LC_MESSAGES/messages.mo").open("rb") as file:
        catalogue = read_mo(file)
    words = {str(message.string) for message in catalogue if message.id} | NAMES
    guide = (ROOT / "docs" / "organisers.md").read_text()

    bold = {each for each in BOLD.findall(guide) if not each.endswith(".")}
    assert bold - words == set()


@pytest.mark.sqlite_only
def test_where_the_systems_of_the_seed_are_is_true(app):
    """Each address is one of the program's, and each test that shows something is there."""
    page = (ROOT / "docs" / "seed-systems.md").read_text()
    known = {re.sub(r"<[^>]+>", "<>", rule.rule) for rule in app.url_map.iter_rules()}
    named_in_code = re.findall(r"`([^`\n]+)`", page)

    missing, folder = [], ROOT
    for each in named_in_code:
        if each.startswith("tests/") or each.endswith(".py"):
            path = ROOT / each if "/" in each else folder / each
            folder = path.parent
            missing += [] if path.exists() else [each]
        elif each.startswith("/"):
            address = re.sub(r"<[^>]+>", "<>", each.partition("?")[0])
            missing += [] if {address, address + "/"} & known else [each]
    assert missing == []
    systems = [f"S{number}" for number in range(1, 13)]
    assert re.findall(r"^## (S\d+)", page, re.MULTILINE) == systems
