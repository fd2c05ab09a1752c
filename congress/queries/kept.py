"""What seldom changes, kept per process: read once for each state of what it is made of."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from congress import transaction
from congress.extensions import db

MOST = 200
Value = TypeVar("Value")


class Revised(Protocol):
    """A congress, and which revision of its content is wanted."""

    @property
    def id(self) -> int: ...

    @property
    def content_revision(self) -> int: ...


class Kept(Generic[Value]):
    """The contents of the congresses asked for last."""

    def __init__(self) -> None:
        self._values: WeakKeyDictionary[Engine, OrderedDict[Hashable, Value]] = WeakKeyDictionary()

    def get(self, of: Revised, read: Callable[[], tuple[Value, int | None]]) -> Value:
        """Return what is kept, or read it; `read` also says which revision it found.

        What a running use case reads may still be rolled back, so it is not kept.
        """

        def read_now() -> tuple[Value, bool]:
            value, revision = read()
            return value, revision == of.content_revision

        return self.at((of.id, of.content_revision), read_now)

    def at(self, key: Hashable, read: Callable[[], tuple[Value, bool]]) -> Value:
        """Return what is kept under a key, or read it; `read` also says whether it is that."""
        values = self._values.setdefault(db.engine, OrderedDict())
        if key in values:
            return values[key]
        value, is_that = read()
        if is_that and not transaction.is_running():
            values[key] = value
            while len(values) > MOST:
                values.popitem(last=False)
        return value
