"""Days as people write them, in forms and in tables."""

from datetime import date

import pytest

from congress.domain.pasting.day_words import Day, day_heading, read_date, read_day

THE_DAY = date(2026, 10, 21)  # a Wednesday


@pytest.mark.parametrize(
    "written",
    [
        "21.10.2026", "21.10.26", "21. 10. 2026", "2026-10-21", "21/10/2026", "21. Oktober 2026",
        "Mittwoch, 21. Oktober 2026", "Mittwoch, den 21.10.2026", "Mi., 21.10.2026", "21 Oct 2026",
        "Wednesday, 21 October 2026", "October 21, 2026", "21st October 2026", " 21.10.2026 ",
        "2026-10-21 00:00:00",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_usual_form(written):
    assert read_date(written) == THE_DAY


@pytest.mark.parametrize(
    "written",
    [
        "", "21.10.", "Donnerstag, 21.10.2026", "31.2.2026", "21.13.2026", "morgen", "21", "2026",
        "10/21/2026", "21.10.2026 10:30", "0.1.2026", "Mittwoch", "21. Smarch 2026",
    ],
)  # fmt: skip
def test_what_is_no_whole_date_is_none(written):
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("21.10.", Day(21, 10)),
        ("21. Okt.", Day(21, 10)),
        ("Mittwoch", Day(weekday=2)),
        ("Tag 2", Day(number=2)),
        ("2. Tag", Day(number=2)),
        ("Day 1", Day(number=1)),
        ("so", None),
        ("do", None),
        ("21.10", None),
        ("Tagung", None),
    ],
)
def test_a_part_of_a_date_is_read_as_far_as_it_goes(written, meant):
    assert read_day(written) == meant


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Tag 1: Mittwoch, 21. Oktober", (Day(21, 10, weekday=2), "")),
        ("Mittwoch – Ankommen", (Day(weekday=2), "Ankommen")),
        ("Begrüßung: Anna Beispiel", None),
    ],
)
def test_a_line_over_rows_may_name_a_day(line, meant):
    assert day_heading(line) == meant
