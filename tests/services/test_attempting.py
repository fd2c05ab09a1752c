"""The store of attempts, and who opens it first."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import inspect

from congress.base import table_of
from congress.models import Attempt
from congress.services.logins import attempting
from tests.builders import OPEN


@pytest.mark.sqlite_only
def test_several_may_be_the_first_to_count(app: Flask, tmp_path: Path):
    """SEC-33: the file is made by whoever needs it, and so may be by two at the same moment."""
    urls = [f"sqlite:///{tmp_path}/limits-{number}.sqlite" for number in range(10)]
    together = Barrier(4)
    opened: list[str] = []

    def open_all() -> None:
        for url in urls:
            together.wait(timeout=30)
            attempting._file.__wrapped__(url).dispose()
            opened.append(url)

    _at_once(open_all, 4)
    assert sorted(opened) == sorted(urls * 4)
    with app.app_context():
        attempting.note("login:somebody", now=OPEN)


def test_a_file_that_was_left_half_made_is_finished(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/limits.sqlite"
    wanted = {index.name for index in table_of(Attempt).indexes}
    engine = attempting._file.__wrapped__(url)
    with engine.begin() as connection:
        for name in wanted:
            connection.exec_driver_sql(f"DROP INDEX {name}")
    engine.dispose()

    found = inspect(attempting._file.__wrapped__(url)).get_indexes("attempts")
    assert {each["name"] for each in found} == wanted


def _at_once(work: Callable[[], None], times: int) -> None:
    threads = [Thread(target=work) for _ in range(times)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
