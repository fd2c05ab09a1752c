"""The files taken from others are those we recorded; none reaches another host (SEC-20)."""

import gzip
import hashlib
import re
import tomllib
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "congress" / "static"
VENDOR = STATIC / "vendor"
FONTS_OF_SHEETS = STATIC.parent.parent / "templates" / "print" / "fonts"
FOLDERS = pytest.mark.parametrize("folder", [VENDOR, FONTS_OF_SHEETS], ids=["static", "print"])


def recorded(folder: Path) -> list[dict[str, str]]:
    files: list[dict[str, str]] = tomllib.loads((folder / "vendor.toml").read_text())["file"]
    return files


@FOLDERS
def test_each_vendored_file_is_recorded_with_licence_version_and_checksum(folder: Path) -> None:
    for entry in recorded(folder):
        content = (folder / entry["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["path"]
        assert all(entry[key] for key in ("licence", "version", "source"))


@FOLDERS
def test_no_vendored_file_goes_unrecorded(folder: Path) -> None:
    present = {path.name for path in folder.iterdir()} - {"vendor.toml"}
    assert present == {entry["path"] for entry in recorded(folder)}


def test_stylesheets_ask_no_other_host() -> None:
    for sheet in STATIC.rglob("*.css"):
        addresses = re.findall(r"url\(\s*[\"']?([^\"')]{1,40})", sheet.read_text())
        assert all(not re.match(r"(https?:)?//", address) for address in addresses), sheet.name
        assert "@import" not in sheet.read_text()
        assert "sourceMappingURL" not in sheet.read_text()


def test_every_kern_class_our_templates_name_has_its_look() -> None:
    """The stylesheet is reduced: a component used but not kept would silently have no look."""
    sheet = (VENDOR / "kern.min.css").read_text()
    templates = STATIC.parent.parent / "templates"
    named = {
        name
        for page in templates.rglob("*.html")
        for name in re.findall(
            r"kern-[a-z]+(?:-[a-z]+)*(?:__[a-z-]+)?(?:--[a-z-]+)?(?![\w{-])", page.read_text()
        )
    }
    own = {"kern-btn--quiet", "kern-btn--big"}
    missing = {name for name in named - own if f".{name}" not in sheet}
    assert not missing, f"add to COMPONENTS or ICONS in script/vendor: {sorted(missing)}"


def test_icons_given_to_macros_are_kept() -> None:
    sheet = (VENDOR / "kern.min.css").read_text()
    templates = STATIC.parent.parent / "templates"
    named = {
        name
        for page in templates.rglob("*.html")
        for name in re.findall(r"icon(?:_name=|\()'([a-z-]+)'", page.read_text())
    }
    assert {name for name in named if f".kern-icon--{name}" not in sheet} == set()


def test_what_a_public_page_loads_stays_light() -> None:
    """Page weight: two fonts, two stylesheets, the icon; at most 70 KB beside the page itself."""
    loaded = ["vendor/kern.min.css", "congress.css", "icon.svg"]
    fonts = ["vendor/FiraSans-Regular.woff2", "vendor/FiraSans-SemiBold.woff2"]
    weight = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in loaded)
    weight += sum((STATIC / name).stat().st_size for name in fonts)
    assert weight <= 70_000
    assert (STATIC / "congress.css").stat().st_size <= 32_000
    assert (STATIC / "congress.js").stat().st_size <= 2_000
