"""On which line each key of a TOML document stands; `tomllib` does not say.

The document is known to be valid: this walks over its tokens and decides nothing. Values are
skipped except for the keys and elements inside them.
"""

import re
import tomllib
from collections.abc import Iterator

from congress.domain.congress_file.problems import Path

TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|[\[\]{},=.]"
    r"|\s+|\#[^\n]*"
    r"|[^\s\[\]{},=.\#\"']+",
    re.DOTALL,
)
LINE_END = "\n"
ENDS_OF_VALUES = frozenset(",]}\n")


def lines_of_keys(document: str) -> dict[Path, int]:
    """Return the line (from 1) of each key and list element of a valid document."""
    walk = _Walk(document)
    walk.document()
    return walk.lines


def _tokens(document: str) -> Iterator[tuple[str, int]]:
    line = 1
    for found in TOKEN.finditer(document):
        token = found[0]
        if not token.isspace():
            if not token.startswith("#"):
                yield token, line
        elif LINE_END in token:
            yield LINE_END, line
        line += token.count(LINE_END)
    while True:
        yield "", line


class _Walk:
    def __init__(self, document: str) -> None:
        self.lines: dict[Path, int] = {}
        self._tokens = _tokens(document)
        self._next, self._line = next(self._tokens)
        self._last_of: dict[Path, int] = {}  # the last table of each list of tables

    def document(self) -> None:
        table: Path = ()
        while self._next_of_lines():
            if self._next == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        line = self._line
        self._skip("[")
        is_list = self._next == "["
        self._skip("[")
        keys = self._keys()
        self._skip("]")
        self._skip("]")
        path: Path = ()
        for length, key in enumerate(keys, start=1):
            path = (*path, key)
            self.lines.setdefault(path, line)
            if is_list and length == len(keys):
                self._last_of[path] = self._last_of.get(path, -1) + 1
            if path in self._last_of:  # a list of tables on the way means its last one
                path = (*path, self._last_of[path])
                self.lines.setdefault(path, line)
        return path

    def _pair(self, table: Path) -> None:
        line, keys = self._line, self._keys()
        for length in range(1, len(keys) + 1):
            self.lines.setdefault((*table, *keys[:length]), line)
        self._skip("=")
        self._value((*table, *keys))

    def _keys(self) -> list[str]:
        """Read a name with its dots, up to what follows it."""
        keys: list[str] = []
        while not keys or self._next == ".":
            self._skip(".")
            key = self._next
            keys.append(tomllib.loads(f"_={key}")["_"] if key[0] in "\"'" else key)
            self._skip(key)
        return keys

    def _value(self, path: Path) -> None:
        if self._next == "[":
            self._elements(path)
        elif self._next == "{":
            self._skip("{")
            while self._next_of_lines() != "}":
                self._pair(path)
                self._skip(",")
            self._skip("}")
        else:
            while self._next and self._next not in ENDS_OF_VALUES:
                self._skip(self._next)

    def _elements(self, path: Path) -> None:
        self._skip("[")
        index = 0
        while self._next_of_lines() != "]":
            self.lines.setdefault((*path, index), self._line)
            self._value((*path, index))
            index += 1
            self._next_of_lines()
            self._skip(",")
        self._skip("]")

    def _next_of_lines(self) -> str:
        """Return the next token that is no end of a line; none at the end of the document."""
        self._skip(LINE_END)
        return self._next

    def _skip(self, token: str) -> None:
        """Go on over a token if it comes next."""
        while self._next == token:
            self._next, self._line = next(self._tokens)
            if token != LINE_END:
                return
