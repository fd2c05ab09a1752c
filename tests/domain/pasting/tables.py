"""Pasted tables as files: the text, a line of equals signs, and what is understood of it."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from congress.domain.pasting.clock_words import clock_text
from congress.domain.pasting.doubts import Remark, Weight
from congress.domain.pasting.programme import Pasting, read_pasting
from congress.domain.pasting.settling import Frame, Timed

FOLDER = Path(__file__).with_name("tables")
BERLIN = ZoneInfo("Europe/Berlin")
DAY, NEXT_DAY = date(2026, 10, 21), date(2026, 10, 22)  # a Wednesday and a Thursday
ONE_DAY = Frame((DAY,), 9 * 60 + 30, 16 * 60 + 30, BERLIN)
TWO_DAYS = Frame((DAY, NEXT_DAY), 9 * 60, 18 * 60, BERLIN)
MARKS = {Weight.TOLD: ".", Weight.ASKED: "?", Weight.OPEN: "!"}
RULE = "\n=====\n"


def read(name: str) -> tuple[Pasting, str]:
    """Return what is read of a file, and what is expected; "two-days" says so in its name."""
    pasted, expected = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split(RULE)
    frame = TWO_DAYS if "two-days" in name else ONE_DAY
    return read_pasting(pasted, frame), expected.strip("\n")


def said(pasting: Pasting) -> str:
    """Return everything that was understood, a line for each row and each remark."""
    lines = [_said(remark) for remark in pasting.remarks]
    for timed in pasting.rows:
        lines += [_row(timed), *map(_said, timed.row.remarks)]
    return "\n".join(lines)


def _row(timed: Timed) -> str:
    row = timed.row
    times = [
        "" if minutes is None else clock_text(minutes) for minutes in (timed.starts, timed.ends)
    ]
    people = "; ".join(
        ", ".join(filter(None, (each.name or "N. N.", each.role, each.affiliation)))
        for each in row.people
    )
    cells = (
        f"{timed.day:%d.%m.} {'-'.join(times)}" if timed.day else f"? {'-'.join(times)}",
        f"{row.kind} {row.item_number or ''}".strip(),
        row.title,
        row.room,
        "" if row.places is None else str(row.places),
        people,
        row.description.replace("\n\n", " // "),
    )
    return " | ".join(cells).rstrip(" |")


def _said(remark: Remark) -> str:
    facts = ", ".join(f"{name}={text!r}" for name, text in sorted(remark.facts.items()))
    return f"  {MARKS[remark.weight]} {remark.doubt}: {facts}".rstrip(": ")
