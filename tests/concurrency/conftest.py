"""One server for all crowds of a file on a kind of database."""

from collections.abc import Iterator

import pytest

from tests.concurrency.occasion import Occasion, open_occasion
from tests.databases import FreshDatabase


@pytest.fixture(scope="module")
def occasion(
    database_kind: str,
    fresh_database: FreshDatabase,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Occasion]:
    """A server that each crowd comes to for a congress of its own."""
    folder = tmp_path_factory.mktemp("occasion")
    with (
        fresh_database(database_kind, folder) as url,
        open_occasion("wsgi:app", url, folder) as found,
    ):
        yield found
