"""What seldom changes, kept per process: read once for each state of what it is made of.

Counts that take long are counted by one process for all of a launcher.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from congress import shared_folder, transaction
from congress.extensions import db

MOST = 200
Value = TypeVar("Value")


class Revised(Protocol):
    """A congress, and which revision of its content is wanted."""

    @property
    def id(self) -> int: ...

    @property
    def content_revision(self) -> int: ...


@dataclass(frozen=True)
class Shared(Generic[Value]):
    """How what is kept stands in JSON for the other processes: numbers, and nobody's name."""

    name: str  # that no other has
    dump: Callable[[Value], Any]
    load: Callable[[Any], Value]


class Kept(Generic[Value]):
    """The contents of the congresses asked for last."""

    def __init__(self, shared: Shared[Value] | None = None) -> None:
        self._shared = shared
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
        if transaction.is_running():
            return read()[0]
        value, is_that = self._found_or_read(key, read)
        if is_that:
            values[key] = value
            while len(values) > MOST:
                values.popitem(last=False)
        return value

    def _found_or_read(
        self, key: Hashable, read: Callable[[], tuple[Value, bool]]
    ) -> tuple[Value, bool]:
        """Return what another process has read, or read it and let the others have it."""
        folder = shared_folder.current()
        if self._shared is None or folder is None:
            return read()
        place = (self._shared.name, key)
        try:
            return self._shared.load(json.loads(folder.find(place) or b"")), True
        except ValueError:  # not there, or not whole
            value, is_that = read()
            if is_that:
                folder.keep(place, json.dumps(self._shared.dump(value)).encode())
            return value, is_that
