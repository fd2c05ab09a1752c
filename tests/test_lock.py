"""The pinned files are whole and install the same years later, whatever is published by then."""

import json
import os
import re
import shutil
import subprocess
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from config import ROOT
from tests.later_index import FILES, LaterIndex, find_installed, holds, pins, version_of

RUN_TIME, DEVELOPMENT, TOOLS = FILES
INSTALLED_WHOLE = ["--no-deps", "--no-build-isolation", "--require-hashes"]
FRESH_CLONE = f"""
. script/environment.sh
ensure_venv
install_packages {RUN_TIME}
install_packages {DEVELOPMENT}
"""
PYTHONS = ["3.11.2", "3.11.7", "3.12.1", "3.13.0", "3.14.0"]
SYSTEMS = [("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt")]
# The first pip that takes a pinned coverage for a wanted coverage[toml].
KNOWS_EXTRAS = Version("23.3")


# --- what the files say -----------------------------------------------------------------------


def wanted(file: str) -> Iterator[Requirement]:
    for line in (ROOT / file).with_suffix(".in").read_text().splitlines():
        if line and not line.startswith(("#", "-")):
            yield Requirement(line.partition("#")[0])


@pytest.mark.parametrize(("system", "platform", "family"), SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("files", [[RUN_TIME], [RUN_TIME, DEVELOPMENT], [TOOLS]])
def test_nothing_is_missing_on_any_python_and_system(files, python, system, platform, family):
    environment = {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "sys_platform": system,
        "platform_system": platform,
        "os_name": family,
    }
    pinned = {pin.name: pin for file in files for pin in pins(file) if holds(pin, environment)}
    asked = [need for file in files for need in wanted(file)]
    seen = set()
    while asked:
        need = asked.pop()
        pin = pinned.get(canonicalize_name(need.name))
        assert pin is not None, need
        assert need.specifier.contains(version_of(pin), prereleases=True), need
        assert need.extras <= pin.extras, need
        installed = find_installed(pin.name)
        if installed is not None and str(pin) not in seen:
            extras = [{**environment, "extra": extra} for extra in ("", *pin.extras)]
            needs = [Requirement(each) for each in installed.requires or ()]
            asked += [each for each in needs if any(holds(each, extra) for extra in extras)]
        seen.add(str(pin))


def test_what_stands_in_two_files_is_the_same_in_both():
    run_time = {pin.name: pin for pin in pins(RUN_TIME)}
    development = {pin.name: pin for pin in pins(DEVELOPMENT)}

    common = run_time.keys() & development.keys()
    assert {name: run_time[name] for name in common} == {name: development[name] for name in common}


def test_operators_are_told_to_install_them_whole():
    told = re.findall(r"pip install (.+) -r (\S+)", (ROOT / "docs/operations.md").read_text())

    assert set(told) == {(" ".join(INSTALLED_WHOLE), file) for file in (TOOLS, RUN_TIME)}


# --- installing them in a later year ----------------------------------------------------------

BROUGHT, NEWEST = "the pip that Python brings", "the newest pip"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LaterIndex:
    return LaterIndex(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory, index: LaterIndex) -> dict[str, Path]:
    """Return folders with the pinned files and an environment, whose pip differs."""
    folders = {pip: tmp_path_factory.mktemp("clone") for pip in (BROUGHT, NEWEST)}
    for pip, folder in folders.items():
        index.write_pinned_files(folder)
        venv.create(folder / ".venv", with_pip=pip == BROUGHT, symlinks=True)
    run(index, folders[BROUGHT], "python", "-m", "pip", "install", str(pinned_tools()[1]))
    (packages,) = folders[NEWEST].glob(".venv/lib/python*/site-packages")
    for tool in pinned_tools():
        zipfile.ZipFile(index.wheel(tool)).extractall(packages)
    return folders


def pinned_tools() -> tuple[Requirement, Requirement]:
    pip, setuptools = pins(TOOLS)
    return pip, setuptools


def run(
    index: LaterIndex, folder: Path, program: str, *arguments: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a program of an environment, for which there is no other index and no cache."""
    path = shutil.which(program) if program == "sh" else folder / ".venv/bin" / program
    settings = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": str(index.folder),
        "PIP_NO_CACHE_DIR": "1",
        "PIP_NO_COMPILE": "1",
        "PIP_NO_INDEX": "1",
    }
    return subprocess.run(
        [str(path), *arguments],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name[:4] != "PIP_"} | settings,
        capture_output=True,
        text=True,
        check=check,
    )


def would_install(
    index: LaterIndex, folder: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    asked = ["-m", "pip", "install", "--dry-run", "--report", "report.json", *arguments]
    return run(index, folder, "python", *asked, check=False)


def pinned_for_here(*files: str) -> dict[str, str]:
    return {pin.name: version_of(pin) for file in files for pin in pins(file) if holds(pin)}


@pytest.mark.parametrize("pip", [BROUGHT, NEWEST])
def test_both_files_are_installed_as_pinned_when_everything_is_newer(index, clones, pip):
    outcome = would_install(index, clones[pip], *INSTALLED_WHOLE, "-r", RUN_TIME, "-r", DEVELOPMENT)

    assert outcome.returncode == 0, outcome.stderr
    report = json.loads((clones[pip] / "report.json").read_text())
    chosen = [each["metadata"] for each in report["install"]]
    assert {canonicalize_name(each["name"]): each["version"] for each in chosen} == (
        pinned_for_here(RUN_TIME, DEVELOPMENT)
    )


def test_a_package_built_by_the_newest_setuptools_is_noticed(index, clones):
    """The control: nothing may be left to what is newest in this index."""
    isolated = [flag for flag in INSTALLED_WHOLE if flag != "--no-build-isolation"]

    outcome = would_install(index, clones[NEWEST], *isolated, "-r", RUN_TIME)

    assert outcome.returncode != 0
    assert "setuptools of a later year" in outcome.stdout + outcome.stderr


def test_what_resolving_without_extras_comes_to_is_noticed(index, clones):
    """The control: so a fresh clone failed once, when a newer coverage than the pinned came."""
    folder = clones[BROUGHT]
    pinned = (folder / DEVELOPMENT).read_text()
    (folder / "stripped.txt").write_text(re.sub(r"\[[a-z,]+\]==", "==", pinned))
    version = run(index, folder, "python", "-m", "pip", "--version").stdout.split()[1]
    knows_extras = Version(version) >= KNOWS_EXTRAS

    outcome = would_install(
        index,
        folder,
        *("--no-build-isolation", "--require-hashes", "-r", RUN_TIME, "-r", "stripped.txt"),
    )

    assert (outcome.returncode == 0) is knows_extras
    assert ("coverage[toml]" in outcome.stderr) is not knows_extras


@pytest.mark.slow
def test_a_fresh_clone_installs_them_and_says_what_is_wrong_with_them(index, clones):
    """The last one with this environment: afterwards it has another pip."""
    folder = clones[BROUGHT]
    (folder / "script").mkdir()
    shutil.copy(ROOT / "script/environment.sh", folder / "script")
    whole = (folder / RUN_TIME).read_text()
    faulty = {
        "flask .* requires blinker, which is not installed": re.sub(
            r"(?m)^blinker==.*\n.*\n", "", whole
        ),
        "No matching distribution found for nowhere==1": whole
        + "nowhere==1 --hash=sha256:"
        + "0" * 64,
        "its hash differs(.|\n)*Got +[0-9a-f]{64}": re.sub(
            r"(blinker==.*\n +--hash=sha256:).*", r"\g<1>" + "0" * 64, whole
        ),
    }

    for complaint, text in faulty.items():
        (folder / RUN_TIME).write_text(text)
        outcome = run(index, folder, "sh", "-euc", FRESH_CLONE, check=False)
        assert outcome.returncode == 1
        assert re.search(complaint, outcome.stderr), outcome.stderr
    (folder / RUN_TIME).write_text(whole)
    run(index, folder, "sh", "-euc", FRESH_CLONE)

    listed = json.loads(run(index, folder, "pip", "list", "--format=json").stdout)
    assert {canonicalize_name(each["name"]): each["version"] for each in listed} == (
        pinned_for_here(*FILES)
    )
