"""On which line each key of a TOML document stands; `tomllib` does not say.

The document is known to be valid: this walks over it and decides nothing. Values are skipped
except for the keys and elements inside them.
"""

import re

from congress.domain.congress_file.problems import Path

SPACE = re.compile(r"[ \t]*")
BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE = re.compile(r"[A-Za-z0-9_-]+")
BASIC = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
LITERAL = re.compile(r"'([^'\n]*)'")
LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL)
LONG_LITERAL = re.compile(r"'''.*?'{3,5}", re.DOTALL)
PLAIN = re.compile(r"[^,\]}\n#]*")
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def lines_of_keys(document: str) -> dict[Path, int]:
    """Return the line (from 1) of each key and list element of a valid document."""
    walk = _Walk(document.replace("\r\n", "\n"))
    walk.document()
    return walk.lines


class _Walk:
    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._line = 1
        self._counted_to = 0
        self._last_of: dict[Path, int] = {}  # the last table of each list of tables

    def document(self) -> None:
        table: Path = ()
        self._skip(BLANK)
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(BLANK)

    def _header(self) -> Path:
        start = self._at
        is_list = self._text.startswith("[[", self._at)
        self._at += 2 if is_list else 1
        keys = self._keys()
        self._at += 2 if is_list else 1
        path: Path = ()
        for length, key in enumerate(keys, start=1):
            path = (*path, key)
            self._note(path, start)
            if is_list and length == len(keys):
                self._last_of[path] = self._last_of.get(path, -1) + 1
            if path in self._last_of:  # a list of tables on the way means its last one
                path = (*path, self._last_of[path])
                self._note(path, start)
        return path

    def _pair(self, table: Path) -> None:
        start = self._at
        keys = self._keys()
        for length in range(1, len(keys) + 1):
            self._note((*table, *keys[:length]), start)
        self._at += 1  # the equals sign
        self._skip(SPACE)
        self._value((*table, *keys))

    def _keys(self) -> tuple[str, ...]:
        """Read a name with its dots, up to what follows it."""
        keys = []
        while True:
            self._skip(SPACE)
            keys.append(self._key())
            self._skip(SPACE)
            if not self._text.startswith(".", self._at):
                return tuple(keys)
            self._at += 1

    def _key(self) -> str:
        if found := BASIC.match(self._text, self._at):
            self._at = found.end()
            return ESCAPE.sub(_unescaped, found[1])
        found = LITERAL.match(self._text, self._at) or BARE.match(self._text, self._at)
        if found is None:
            raise ValueError("the document is not valid TOML")
        self._at = found.end()
        return found[found.lastindex or 0]

    def _value(self, path: Path) -> None:
        first = self._text[self._at : self._at + 1]
        if first == "[":
            self._list(path)
        elif first == "{":
            self._inline_table(path)
        else:
            for pattern in (LONG_BASIC, LONG_LITERAL, BASIC, LITERAL, PLAIN):
                if found := pattern.match(self._text, self._at):
                    self._at = found.end()
                    return

    def _list(self, path: Path) -> None:
        self._at += 1
        index = 0
        self._skip(BLANK)
        while not self._text.startswith("]", self._at):
            self._note((*path, index), self._at)
            self._value((*path, index))
            index += 1
            self._comma()
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(BLANK)
        while not self._text.startswith("}", self._at):
            self._pair(path)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        self._skip(BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _note(self, path: Path, at: int) -> None:
        self._line += self._text.count("\n", self._counted_to, at)
        self._counted_to = at
        self.lines.setdefault(path, self._line)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else ESCAPED.get(found[3], found[3])
