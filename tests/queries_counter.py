"""How many statements something takes: the same for five people and for five thousand."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine

TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


class Statements(list[str]):
    """The statements of a block, in order."""


@contextmanager
def count_queries() -> Iterator[Statements]:
    """Collect the statements of all engines while the block runs."""
    found = Statements()

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if not statement.lstrip().upper().startswith(TRANSACTIONS):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)
