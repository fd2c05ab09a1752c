"""Congress files as text: TOML in, a plan out, and back."""

import tomllib
from typing import Any

import tomli_w

from congress.domain.congress_file.organisations import FindFile
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.congress_file.problems import (
    FileProblem,
    FileRefused,
    Lines,
    ProblemKind,
    SyntaxFault,
)
from congress.domain.congress_file.reading import Reading, read_plan
from congress.domain.congress_file.tables import Notes
from congress.domain.congress_file.writing import as_table
from congress.formats.congress_file_shape import checked
from congress.formats.toml_faults import fault_of, place_of
from congress.formats.toml_lines import lines_of_keys

MOST_BYTES = 20_000_000


def read_congress_file(
    content: bytes,
    *,
    find_file: FindFile = lambda _name: None,
    slug: str | None = None,
    default_timezone: str = "Europe/Berlin",
) -> Reading:
    """Return the congress that a file describes; `find_file` gives the logos beside it.

    Raises `FileRefused` with everything that is wrong.
    """
    values, lines = _parsed(_decoded(content))
    notes = Notes(lines)
    return read_plan(
        checked(values, notes),
        notes,
        find_file=find_file,
        slug=slug,
        default_timezone=default_timezone,
    )


def write_congress_file(plan: CongressPlan) -> str:
    """Return a plan as a file; equal plans give equal files."""
    return tomli_w.dumps(as_table(plan), multiline_strings=True)


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _refused(ProblemKind.TOO_BIG, most=MOST_BYTES // 1_000_000)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(ProblemKind.NOT_UTF8, line, byte=f"{content[error.start]:02X}") from None


def _parsed(text: str) -> tuple[dict[str, Any], Lines]:
    try:
        return tomllib.loads(text), lines_of_keys(text)
    except ValueError as error:  # tomllib's own, and numbers of more digits than Python reads
        line, key = place_of(error, text)
        raise _refused(ProblemKind.NOT_TOML, line, key, fault=fault_of(error)) from None
    except RecursionError:
        raise _refused(ProblemKind.NOT_TOML, fault=SyntaxFault.TOO_DEEP) from None


def _refused(
    kind: ProblemKind, line: int | None = None, key: str = "", **facts: str | int
) -> FileRefused:
    return FileRefused((FileProblem(kind, key, line, facts),))
