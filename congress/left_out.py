"""Imports a package without what it takes along only because it happens to be installed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def left_out(*names: str) -> Iterator[None]:
    """Hide packages during an import; those that are loaded already stay as they are."""
    hidden: dict[str, Any] = {name: None for name in names if name not in sys.modules}
    sys.modules.update(hidden)
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
