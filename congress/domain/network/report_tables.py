"""The report to the funder as tables: what page, workbook, paper and the public page have alike."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One table; the first cell of a row says what it is about. The key is its id on a page."""

    key: str
    title: str
    note: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str | int]]
