"""On which line each key of a TOML document stands; `tomllib` does not say.

The document is known to be valid: this walks over its tokens and decides nothing. Values are
skipped except for the keys and elements inside them.
"""

import re
import tomllib

from congress.domain.congress_file.problems import Path

TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|[\[\]{},=.\n]"
    r"|[ \t\r]+|\#[^\n]*"
    r"|[^\s\[\]{},=.\#\"']+",
    re.DOTALL,
)
BLANK = (" ", "\t", "\r", "#")
ENDS_OF_VALUES = frozenset(",]}\n")


def lines_of_keys(document: str) -> dict[Path, int]:
    """Return the line (from 1) of each key and list element of a valid document."""
    walk = _Walk(document)
    walk.document()
    return walk.lines


class _Walk:
    def __init__(self, document: str) -> None:
        self.lines: dict[Path, int] = {}
        self._tokens: list[tuple[str, int]] = []
        self._at = 0
        self._last_of: dict[Path, int] = {}  # the last table of each list of tables
        line = 1
        for token in TOKEN.findall(document):
            if not token.startswith(BLANK):
                self._tokens.append((token, line))
            line += token.count("\n")
        self._tokens.append(("", line))

    def document(self) -> None:
        table: Path = ()
        while self._next_of_lines():
            if self._next() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        line = self._skip("[")
        is_list = self._next() == "["
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
        line, keys = self._tokens[self._at][1], self._keys()
        for length in range(1, len(keys) + 1):
            self.lines.setdefault((*table, *keys[:length]), line)
        self._skip("=")
        self._value((*table, *keys))

    def _keys(self) -> list[str]:
        """Read a name with its dots, up to what follows it."""
        keys: list[str] = []
        while not keys or self._next() == ".":
            self._skip(".")
            key = self._next()
            keys.append(tomllib.loads(f"_={key}")["_"] if key[0] in "\"'" else key)
            self._at += 1
        return keys

    def _value(self, path: Path) -> None:
        if self._next() == "[":
            self._elements(path)
        elif self._next() == "{":
            self._skip("{")
            while self._next_of_lines() != "}":
                self._pair(path)
                self._skip(",")
            self._skip("}")
        else:
            while self._next() and self._next() not in ENDS_OF_VALUES:
                self._at += 1

    def _elements(self, path: Path) -> None:
        self._skip("[")
        index = 0
        while self._next_of_lines() != "]":
            self.lines.setdefault((*path, index), self._tokens[self._at][1])
            self._value((*path, index))
            index += 1
            self._next_of_lines()
            self._skip(",")
        self._skip("]")

    def _next(self) -> str:
        return self._tokens[self._at][0]

    def _next_of_lines(self) -> str:
        """Return the next token that is no end of a line; none at the end of the document."""
        while self._next() == "\n":
            self._at += 1
        return self._next()

    def _skip(self, token: str) -> int:
        """Go on over a token if it comes next; returns the line."""
        line = self._tokens[self._at][1]
        self._at += self._next() == token
        return line
