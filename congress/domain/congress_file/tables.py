"""The tables of a congress file as the rules read them, and what is wrong with the file."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from congress.domain.congress_file.problems import (
    FileProblem,
    Lines,
    Path,
    ProblemKind,
    WarningKind,
    dotted,
    line_of,
)

REFUSED = object()  # stands for a value with a fault: what follows from it is no second fault


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
    """One table of the file, of the right shape."""

    def __init__(self, values: Mapping[str, Any], path: Path, notes: Notes) -> None:
        self.path = path
        self.notes = notes
        self._values = values

    def has(self, key: str) -> bool:
        """Return whether a key stands in the file, refused or not."""
        return key in self._values

    def is_refused(self, key: str) -> bool:
        """Return whether a fault was noted for a key."""
        return self._values.get(key) is REFUSED

    def get(self, key: str, otherwise: Any = None) -> Any:  # noqa: ANN401 - as in the file
        """Return a value; `otherwise` where there is none or it was refused."""
        value = self._values.get(key, REFUSED)
        return otherwise if value is REFUSED else value

    def given(self, *keys: str) -> dict[str, Any]:
        """Return those of these values that stand in the file and were not refused."""
        return {key: self._values[key] for key in keys if self.get(key) is not None}

    def tables(self, key: str) -> "list[Table]":
        """Return the tables of a list, as `[[key]]` writes them, without those refused."""
        path = (*self.path, key)
        found = enumerate(self.get(key, ()))
        return [Table(each, (*path, at), self.notes) for at, each in found if each is not REFUSED]

    def problem(self, kind: ProblemKind, key: str, **facts: str | int) -> None:
        self.notes.problem(kind, (*self.path, key), **facts)

    def warning(self, kind: WarningKind, key: str, **facts: str | int) -> None:
        self.notes.warning(kind, (*self.path, key), **facts)

    def unknown(self, kind: ProblemKind, key: str, known: Iterable[str]) -> None:
        """Note a name that nothing in the file has, with the nearest that something has."""
        value = self.get(key)
        self.problem(kind, key, value=value, suggestion=nearest(value, known))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or an empty text."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")
