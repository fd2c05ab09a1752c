"""What the program loads and holds before it answers anybody (decision 0105)."""

import json
import subprocess
import sys

import pytest

from config import ROOT

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]

SELDOM_USED = ("alembic", "dkim", "openpyxl", "psycopg", "redis", "rich", "typst", "webauthn")
PROGRAM = f"""
import json, sys
from pathlib import Path
from config import load_settings
from congress import launcher, start

settings = load_settings(var_dir=Path(sys.argv[1]))
app = launcher.create_app(settings)
is_first = [start.prepare(app, settings), start.prepare(app, settings)]
start.warm_up(app, settings)
loaded = [name for name in {SELDOM_USED} if name in sys.modules]
pages = len(app.extensions["congress_pages"]._pages)
print(json.dumps([is_first, loaded, pages]))
"""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> "subprocess.CompletedProcess[str]":
    """A fresh Python that gets as far as the launcher does before it forks."""
    folder = tmp_path_factory.mktemp("begun")
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )


def test_what_is_seldom_used_is_not_loaded_before_the_processes_part(begun):
    is_first, loaded, pages = json.loads(begun.stdout.splitlines()[-1])

    assert is_first == [True, False]
    assert loaded == []
    assert pages >= 2  # finished before the fork, for all


def test_the_first_answers_go_to_nobody_and_leave_no_line(begun):
    assert '"event": "request"' not in begun.stderr


def test_a_process_that_prints_does_not_load_what_prints():
    program = (
        "import sys; from datetime import UTC, datetime; from congress.formats import printing; "
        "made = printing.pdf(printing.Printed('table_signs.typ', 'T', 'de', "
        "datetime.now(UTC), {'people': [{'name': 'A', 'affiliation': '', 'role': ''}]})); "
        "print(made[:4], 'typst' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.stdout.strip() == "b'%PDF' False", ran.stderr
