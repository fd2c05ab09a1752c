"""Taking typed values out of a parsed TOML table, noting every fault instead of the first."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from congress.domain.congress_file.problems import (
    FileProblem,
    Lines,
    Path,
    ProblemKind,
    WarningKind,
    dotted,
    line_of,
)
from congress.domain.texts import REQUIRED_LANGUAGE, Texts

Choice = TypeVar("Choice", bound=StrEnum)

LINE = 200  # characters in a text of one line
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
MOST = 100_000  # more places than any hall has
YEARS = range(1970, 2200)
LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@dataclass(frozen=True)
class Limits:
    """What a text must be like: at most so many characters, there, on one line."""

    most: int = LINE
    required: bool = False
    multiline: bool = False


@dataclass
class Notes:
    """Faults and warnings found so far, and where the keys stand."""

    lines: Lines
    problems: list[FileProblem] = field(default_factory=list)
    warnings: list[FileProblem] = field(default_factory=list)

    def problem(self, kind: ProblemKind, path: Path, **facts: str | int) -> None:
        self.problems.append(FileProblem(kind, dotted(path), line_of(path, self.lines), facts))

    def warning(self, kind: WarningKind, path: Path, **facts: str | int) -> None:
        self.warnings.append(FileProblem(kind, dotted(path), line_of(path, self.lines), facts))


class Table:
    """One table of the file. Keys nobody asked for are reported by `finish`."""

    def __init__(self, values: Mapping[str, Any], path: Path, notes: Notes) -> None:
        self.path = path
        self.notes = notes
        self._values = values
        self._asked: list[str] = []

    def has(self, key: str) -> bool:
        """Return whether a key stands in the file, without asking for it."""
        return key in self._values

    def is_refused(self, key: str) -> bool:
        """Return whether a fault was noted for a key: what follows from it is no second fault."""
        name = dotted((*self.path, key))
        return any(each.key == name for each in self.notes.problems)

    def problem(self, kind: ProblemKind, key: str | None = None, **facts: str | int) -> None:
        self.notes.problem(kind, self.path if key is None else (*self.path, key), **facts)

    def value(self, key: str, expected: str, *types: type, required: bool = False) -> Any:  # noqa: ANN401 - as in the file
        """Return a value of one of these types, else None."""
        self._asked.append(key)
        if key not in self._values:
            if required:
                self.problem(ProblemKind.MISSING, key)
            return None
        value = self._values[key]
        # bool is an int and datetime a date to Python; in TOML they are types of their own.
        if type(value) not in types:
            self.problem(ProblemKind.WRONG_TYPE, key, expected=expected)
            return None
        return value

    def line(self, key: str, *, required: bool = False, most: int = LINE) -> str:
        """Return a text of one line."""
        value = self.value(key, "text", str, required=required)
        limits = Limits(most, required)
        return "" if value is None else self._checked(value, (*self.path, key), limits)

    def lines(self, key: str, *, most: int) -> str:
        """Return a text that may have several lines."""
        value = self.value(key, "text", str)
        limits = Limits(most, multiline=True)
        return "" if value is None else self._checked(value, (*self.path, key), limits)

    def texts(
        self, key: str, *, required: bool = False, most: int = LINE, multiline: bool = False
    ) -> Texts:
        """Return a text in its languages; a bare text is German."""
        value = self.value(key, "texts", str, dict, required=required)
        if value is None:
            return {}
        path = (*self.path, key)
        limits = Limits(most, required, multiline)
        if isinstance(value, str):
            text = self._checked(value, path, limits)
            return {REQUIRED_LANGUAGE: text} if text else {}
        return self._in_languages(value, path, limits)

    def _in_languages(self, value: Mapping[str, Any], path: Path, limits: Limits) -> Texts:
        found: dict[str, str] = {}
        for language in sorted(value, key=lambda each: (each != REQUIRED_LANGUAGE, each)):
            inner = (*path, language)
            if not LANGUAGE.fullmatch(language):
                self.notes.problem(ProblemKind.NOT_A_LANGUAGE, inner)
            elif not isinstance(value[language], str):
                self.notes.problem(ProblemKind.WRONG_TYPE, inner, expected="text")
            else:
                in_german = language == REQUIRED_LANGUAGE
                needed = replace(limits, required=limits.required and in_german)
                if text := self._checked(value[language], inner, needed):
                    found[language] = text
        if REQUIRED_LANGUAGE not in value and (found or limits.required):
            self.notes.problem(ProblemKind.MISSING, (*path, REQUIRED_LANGUAGE))
        return found

    def _checked(self, text: str, path: Path, limits: Limits) -> str:
        text = text.strip()
        if not limits.multiline and LINE_ENDS & set(text):
            self.notes.problem(ProblemKind.LINE_BREAK, path)
        elif wrong := next((char for char in text if is_control(char)), None):
            self.notes.problem(ProblemKind.CONTROL_CHARACTER, path, code=f"U+{ord(wrong):04X}")
        elif len(text) > limits.most:
            self.notes.problem(ProblemKind.TOO_LONG, path, length=len(text), most=limits.most)
        elif limits.required and not text:
            self.notes.problem(ProblemKind.EMPTY, path)
        return text

    def number(self, key: str, *, least: int = 0) -> int | None:
        """Return a whole number."""
        value: int | None = self.value(key, "number", int)
        if value is not None and not least <= value <= MOST:
            self.problem(ProblemKind.OUT_OF_RANGE, key, least=least, most=MOST)
            return None
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value: bool | None = self.value(key, "flag", bool)
        return default if value is None else value

    def choice(self, key: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        """Return one of the values of an enumeration; without a default it is required."""
        fallback = default or next(iter(choices))
        value: str | None = self.value(key, "text", str, required=default is None)
        if value is None:
            return fallback
        if value in set(choices):
            return choices(value)
        suggestion = nearest(value, choices)
        known = ", ".join(choices)
        self.problem(ProblemKind.UNKNOWN_CHOICE, key, known=known, suggestion=suggestion)
        return fallback

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a date."""
        value: date | None = self.value(key, "date", date, required=required)
        return value if self.in_usual_years(key, value) else None

    def in_usual_years(self, key: str, value: date | datetime | None) -> bool:
        """Note a year in which no congress takes place; None is not in any."""
        if value is not None and value.year not in YEARS:
            self.problem(ProblemKind.STRANGE_YEAR, key, year=value.year)
            return False
        return value is not None

    def table(self, key: str) -> "Table":
        """Return a table inside this one; a missing one is empty."""
        value = self.value(key, "table", dict)
        return Table(value or {}, (*self.path, key), self.notes)

    def tables(self, key: str) -> "list[Table]":
        """Return a list of tables, as `[[key]]` writes them."""
        value = self.value(key, "tables", list) or []
        path = (*self.path, key)
        found = []
        for index, each in enumerate(value):
            if isinstance(each, dict):
                found.append(Table(each, (*path, index), self.notes))
            else:
                self.notes.problem(ProblemKind.WRONG_TYPE, (*path, index), expected="table")
        return found

    def finish(self) -> None:
        """Report the keys that mean nothing here, with the nearest that would."""
        for key in self._values:
            if key not in self._asked:
                suggestion = nearest(key, self._asked)
                self.problem(ProblemKind.UNKNOWN_KEY, key, suggestion=suggestion)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or an empty text."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def is_control(char: str) -> bool:
    """Return whether a character is invisible and can change what stands around it.

    Line feed and tab may stand in long texts. Bidirectional overrides turn texts around, and
    a NUL cannot be stored.
    """
    if char in "\n\t":
        return False
    return unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} or char in BIDIRECTIONAL


BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
