"""The table that is printed: the figure, our goal, whether it is met, the limit beside it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADINGS = ("the work", "measured", "our goal", "", "limit or note, same run")


@dataclass(frozen=True)
class Row:
    """One figure. `goal` is at least this, or with `at_most` at most this; None: no goal."""

    work: str
    figure: float
    unit: str
    goal: float | None = None
    at_most: bool = True
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.figure <= self.goal if self.at_most else self.figure >= self.goal

    def cells(self) -> tuple[str, ...]:
        goal = "" if self.goal is None else f"{'≤' if self.at_most else '≥'} {number(self.goal)}"
        met = {None: "", True: "met", False: "NOT MET"}[self.is_met]
        return self.work, f"{number(self.figure)} {self.unit}".strip(), goal, met, self.note


def number(value: float) -> str:
    """Return a figure with the digits that mean something."""
    if value == int(value) or abs(value) >= 100:  # noqa: PLR2004 - three digits are enough
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"  # noqa: PLR2004 - likewise


def table(rows: Sequence[Row]) -> str:
    """Return all rows with their columns under each other."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    rule = "  ".join("-" * width for width in widths[:-1]) + "  ----"
    texts = ["  ".join(_padded(line, widths)).rstrip() for line in lines]
    return "\n".join([texts[0], rule, *texts[1:]])


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, figure, goal, met, note = line
    return [
        first.ljust(widths[0]),
        figure.rjust(widths[1]),
        goal.rjust(widths[2]),
        met.ljust(widths[3]),
        note,
    ]


def write_json(rows: Sequence[Row], path: Path, facts: dict[str, object]) -> None:
    """Write the figures for other programs."""
    lines = [asdict(row) | {"is_met": row.is_met} for row in rows]
    text = json.dumps({"machine": facts, "rows": lines}, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
