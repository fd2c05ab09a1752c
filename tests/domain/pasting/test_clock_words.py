"""Times as people write them into the cells of tables."""

import pytest

from congress.domain.pasting.clock_words import Times, leading_time, looks_like_time, read_times


def times(starts: float, ends: float | None = None, **more: bool) -> Times:
    return Times(round(starts * 60), None if ends is None else round(ends * 60), **more)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10:30–12:00", times(10.5, 12)),
        ("10.30 Uhr", times(10.5)),
        ("10.30", times(10.5, bare=True)),
        ("10.30 bis 12 Uhr", times(10.5, 12)),
        ("von 10 bis 12 Uhr", times(10, 12)),
        ("9-10", times(9, 10)),
        ("9 — 10.15", times(9, 10.25)),
        ("9:30 am", times(9.5)),
        ("9.30 a.m. – 1 p.m.", times(9.5, 13)),
        ("1-3 pm", times(13, 15)),
        ("11-1 pm", times(11, 13)),
        ("12-1 pm", times(12, 13)),
        ("12 noon to 1 pm", times(12, 13)),
        ("09:30:00", times(9.5)),
        ("13h15", times(13.25)),
        ("20 – 24 Uhr", times(20, 24)),
        ("ab 15 Uhr", times(15)),
        ("ca. 15 Uhr", times(15, about=True)),
        ("ganztägig", times(0, all_day=True)),
        ("All day", times(0, all_day=True)),
        ("9", times(9)),
    ],
)
def test_a_cell_of_times_is_read(written, meant):
    assert read_times(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "", "Begrüßung", "bis 16 Uhr", "25:00", "10.75", "10-11-12", "21.10.2026", "09. Okt",
        "10.30 und 14 Uhr", "2-3 pm-ish", "9,5", "10.30–12.00 u. 13.00–14.00", "mittags", "1e3",
    ],
)  # fmt: skip
def test_what_is_no_time_is_not_made_one(written):
    assert read_times(written) is None


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("10.30 Uhr Begrüßung", ("10.30 Uhr", "Begrüßung")),
        ("10:30 – 12:00 Uhr: Vortrag", ("10:30 – 12:00 Uhr", "Vortrag")),
        ("9.30, Ankommen", ("9.30", "Ankommen")),
        ("ganztägig Markt", ("ganztägig", "Markt")),
        ("ganztägige Feier", ("", "ganztägige Feier")),
        ("9 Thesen zum Ehrenamt", ("", "9 Thesen zum Ehrenamt")),
        ("3-4 Beispiele", ("", "3-4 Beispiele")),
        ("21.10.2026 Beginn", ("", "21.10.2026 Beginn")),
        ("10.30.2 Absatz", ("", "10.30.2 Absatz")),
    ],
)
def test_a_line_may_begin_with_a_time(line, parts):
    assert leading_time(line) == parts


@pytest.mark.parametrize(
    ("cell", "sure"), [("9", False), ("25", False), ("9-10", True), ("9 Uhr", True), ("9.10", True)]
)
def test_a_number_alone_is_no_sure_time(cell, sure):
    assert looks_like_time(cell) is sure
