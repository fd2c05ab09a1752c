"""Answers that took long are rendered by one process for all of a launcher."""

import resource
import subprocess
import sys

import pytest

from config import ROOT
from congress import clock, shared_folder
from congress.domain.congresses import CongressState
from congress.shared_folder import SharedFolder
from congress.web import page_cache
from congress.web.page_cache import Finished, PageCache
from congress.web.shared_pages import SharedPages

KEY = ("calendar.ics", "de", 1, 7, CongressState.PUBLISHED)
LONG = "Kalender " * 500


@pytest.fixture
def folder(tmp_path):
    return shared_folder.empty_folder(tmp_path)


def another_process(app, folder):
    """Forget what this process keeps, as one does that has just been forked."""
    app.extensions[page_cache.EXTENSION] = PageCache()
    app.extensions[page_cache.SHARED] = SharedPages(SharedFolder(folder))


def ask(app, render, *, key=KEY, shared=True):
    with app.app_context():
        return page_cache.cached(key, render, now=clock.now(), shared=shared)


def never():
    raise AssertionError("rendered again")


def test_one_process_renders_and_the_others_find_it(app, folder):
    another_process(app, folder)
    first = ask(app, lambda: Finished(LONG, "text/calendar"))
    another_process(app, folder)

    assert ask(app, never) == first


IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from congress.domain.congresses import CongressState
from congress.shared_folder import SharedFolder
from congress.web.page_cache import Finished, finish
from congress.web.shared_pages import SharedPages

key = ("calendar.ics", "de", 1, 7, CongressState.PUBLISHED)
folder = SharedFolder(Path(sys.argv[1]))
SharedPages(folder).keep(key, finish(Finished(sys.argv[2], "text/calendar")))
"""


def test_what_another_program_of_this_machine_keeps_is_found(app, folder):
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, folder, LONG]
    subprocess.run(command, cwd=ROOT, check=True)
    another_process(app, folder)

    assert ask(app, never) == page_cache.finish(Finished(LONG, "text/calendar"))


def test_another_revision_and_what_is_not_shared_are_rendered(app, folder):
    another_process(app, folder)
    ask(app, lambda: Finished(LONG))
    ask(app, lambda: Finished("Persönlich " * 100), key=("own", 1), shared=False)
    another_process(app, folder)

    assert ask(app, lambda: Finished("neu"), key=(*KEY[:3], 8, KEY[4])).body == b"neu"
    assert ask(app, lambda: Finished("anders"), key=("own", 1)).body == b"anders"


def test_a_start_begins_with_nothing(app, folder):
    another_process(app, folder)
    ask(app, lambda: Finished(LONG))
    another_process(app, shared_folder.empty_folder(folder.parent))

    assert ask(app, lambda: Finished("frisch")).body == b"frisch"


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_whatever_is_wrong_with_the_folder_the_answer_comes(app, folder, harm):
    another_process(app, folder)
    ask(app, lambda: Finished(LONG))
    for file in folder.iterdir():
        if harm == "gone":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:20])
    if harm == "gone":
        folder.rmdir()
    another_process(app, folder)

    assert ask(app, lambda: Finished("gerettet")).body == b"gerettet"


def test_the_folder_does_not_grow_without_end(folder):
    shared = SharedPages(SharedFolder(folder))
    page = page_cache.finish(Finished("kurz"))
    for number in range(shared_folder.MOST_FILES + 5):
        shared.keep((number,), page)

    assert len(list(folder.iterdir())) <= shared_folder.MOST_FILES


@pytest.fixture
def full_disk():
    """Let no file grow beyond a hundred bytes, which fails as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_cannot_be_written_leaves_nothing_behind(folder, full_disk):
    SharedPages(SharedFolder(folder)).keep(KEY, page_cache.finish(Finished(LONG)))

    assert list(folder.iterdir()) == []
