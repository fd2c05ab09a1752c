"""Congress files out and in again; whatever a file holds, reading it never fails otherwise."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.domain.access import Right
from congress.domain.congress_file.plan import CongressPlan, DayPlan
from congress.domain.congress_file.problems import FileRefused
from congress.domain.own_questions import AskedIf
from congress.domain.times.time_slots import TimeSlot
from congress.formats.congress_file import read_congress_file, write_congress_file

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = (EXAMPLES / "fachkongress-2015.toml").read_bytes()
HOUR = timedelta(hours=1)


def find_example(name: str) -> bytes:
    return (EXAMPLES / name).read_bytes()


def read(content: str | bytes) -> CongressPlan:
    encoded = content.encode() if isinstance(content, str) else content
    return read_congress_file(encoded, find_file=find_example).plan


PLAN = read(EXAMPLE)
THE_DAY = PLAN.first_day - timedelta(days=9)


def test_the_example_is_without_warnings_and_comes_back_equal():
    assert read_congress_file(EXAMPLE, find_file=find_example).warnings == ()
    written = write_congress_file(PLAN)
    assert read(written) == PLAN
    assert write_congress_file(read(written)) == written


def test_the_link_of_an_item_is_read_and_written():
    first, *others = PLAN.items
    online = replace(first, online_link="https://meet.example.org/1")
    plan = replace(PLAN, online_link="https://meet.example.org/0", items=(online, *others))

    assert read(write_congress_file(plan)) == plan


def test_a_minimum_its_day_and_what_is_offered_twice_are_read_and_written():
    items = [each for each in PLAN.items if each.bookable]
    needs = [replace(items[0], minimum=8), replace(items[1], minimum=5, minimum_by=THE_DAY)]
    needs[1] = replace(needs[1], same_as=needs[0].code)
    plan = replace(PLAN, items=tuple(needs))

    assert read(write_congress_file(plan)).items == plan.items


QUESTIONS = """
[[questions]]
code = "lunch"
kind = "one"
label = {de = "Mittagessen", en = "Lunch"}
purpose = "Küche"
required = true
read_by = "change_attendees"
months = 0

[[questions.options]]
code = "veggie"
label = "vegetarisch"
at_most = 20

[[questions.options]]
code = "meat"
label = "mit Fleisch"
retired = true

[[questions]]
code = "why"
kind = "text"
label = "Warum?"
if_question = "lunch"
if_answer = "veggie"

[[questions]]
code = "tools"
kind = "yes_no"
label = "Laptop?"
if_workshop = "workshop-2"
retired = true
"""


def test_what_a_congress_asks_on_its_own_is_read_and_written():
    plan = read(EXAMPLE.decode() + QUESTIONS)
    lunch, why, tools = plan.questions
    assert (lunch.is_required, lunch.months, lunch.right) == (True, 0, Right.CHANGE_ATTENDEES)
    assert [(each.key, each.most, each.is_retired) for each in lunch.options] == [
        ("veggie", 20, False),
        ("meat", None, True),
    ]
    assert (why.asked_if, why.months) == (AskedIf("lunch", "veggie"), 3)
    assert (tools.asked_if, tools.is_retired) == (AskedIf(workshop="workshop-2"), True)
    assert read(write_congress_file(plan)) == plan


@pytest.mark.parametrize(
    ("wrong", "key", "kind"),
    [
        (('code = "why"', 'code = "lunch"'), "questions[2].code", "taken_twice"),
        (('"lunch"\nif_a', '"later"\nif_a'), "questions[2].if_question", "unknown_condition"),
        (
            ('if_answer = "veggie"', 'if_answer = "fish"'),
            "questions[2].if_answer",
            "unknown_condition",
        ),
        (('"workshop-2"', '"workshop-99"'), "questions[3].if_workshop", "unknown_condition"),
        (('kind = "text"', 'kind = "several"'), "questions[2].options", "missing"),
        (("months = 0", "months = 13"), "questions[1].months", "out_of_range"),
        (('read_by = "change', 'read_by = "see_all'), "questions[1].read_by", "unknown_choice"),
        (("at_most = 20", "at_least = 1"), "questions[1].options[1].at_least", "unknown_key"),
    ],
)
def test_what_is_wrong_with_a_question_is_named(wrong, key, kind):
    before, after = wrong
    with pytest.raises(FileRefused) as refused:
        read(EXAMPLE.decode() + QUESTIONS.replace(before, after, 1))
    assert [(each.key, str(each.kind)) for each in refused.value.problems] == [(key, kind)]


@pytest.mark.parametrize(
    ("before", "after", "least", "most"),
    [
        ("[registration]", "[registration]\nquota = 1000", 0, 999),
        ("[registration]", "[registration]\noffer_hours = 337", 0, 336),
        ("capacity = 200", "capacity = -1", 0, 100_000),
        ('kind = "workshop"', 'kind = "workshop"\nminimum = 0', 1, 100_000),
    ],
)
def test_a_number_out_of_range_is_told_its_own_limits(before, after, least, most):
    with pytest.raises(FileRefused) as refused:
        read(EXAMPLE.decode().replace(before, after, 1))
    [problem] = refused.value.problems
    assert problem.facts == {"least": least, "most": most}


def test_short_titles_are_read_and_written():
    shorts = {item.code: item.short_title for item in PLAN.items if item.bookable}
    assert shorts["workshop-2"] == {
        "de": "Kommune als Motor",
        "en": "Municipality as driving force",
    }
    assert all(shorts.values())
    assert {item.code: item.short_title for item in read(write_congress_file(PLAN)).items} == {
        item.code: item.short_title for item in PLAN.items
    }


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # 02:30 in summer time
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # 02:30 again
        datetime(2026, 10, 25, 22, 0, tzinfo=UTC),  # to midnight
        datetime(2026, 10, 25, 22, 30, tzinfo=UTC),  # past midnight
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),  # across the missing hour
        datetime(2026, 5, 4, 7, 0, 1, 500_000, tzinfo=UTC),
    ],
)
def test_any_moment_comes_back_as_it_was(starts_at):
    """REL-32."""
    slot = TimeSlot(starts_at, starts_at + HOUR)
    day = DayPlan(starts_at.astimezone(PLAN.zone).date(), slot)
    registration = replace(
        PLAN.registration,
        opens_at=starts_at - HOUR,
        closes_at=starts_at + HOUR,
        changes_until=starts_at + 2 * HOUR,
        withdrawals_until=starts_at,
    )
    plan = replace(PLAN, days=(day,), items=(), registration=registration)
    assert read(write_congress_file(plan)) == plan


def test_a_deadline_at_midnight_is_written_as_the_day_it_ends():
    assert "deadline = 2015-10-07\n" in write_congress_file(PLAN)


texts = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40).map(str.strip)


@given(title=texts.filter(bool), lead=texts, lines=st.lists(texts, max_size=4))
def test_any_text_comes_back_as_it_was(title, lead, lines):
    description = "\n".join(lines).strip()
    plan = replace(
        PLAN,
        title={"de": title, "en": title},
        lead={"de": lead} if lead else {},
        description={"de": description} if description else {},
        address=description,
    )
    assert read(write_congress_file(plan)) == plan


def _is_read_or_refused(content: bytes) -> bool:
    try:
        read_congress_file(content)
    except FileRefused as refusal:
        return bool(refusal.problems)
    return True


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    assert _is_read_or_refused(content)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    assert _is_read_or_refused(text.encode(errors="replace"))


VALUES = st.one_of(
    st.sampled_from(
        [
            '""',
            '"x"',
            '"\\u0000"',
            "-1",
            "1e400",
            "nan",
            "true",
            "[]",
            "[1]",
            "[[]]",
            "{}",
            "{de = 1}",
            "[{}]",
            "0001-01-01",
            "9999-12-31",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            "00:00:00",
            '"24:00"',
            '"-1:00"',
            '"23:59+23:59"',
        ]
    ),
    st.text(max_size=5).map(lambda text: '"' + text.encode("unicode_escape").hex() + '"'),
)
KEY_LINES = [
    index
    for index, line in enumerate(EXAMPLE.decode().splitlines())
    if " = " in line and not line.startswith("#") and '"""' not in line
]


@given(st.dictionaries(st.sampled_from(KEY_LINES), VALUES, min_size=1, max_size=4))
def test_any_value_in_any_place_is_read_or_refused(changes):
    lines = EXAMPLE.decode().splitlines()
    for index, value in changes.items():
        lines[index] = lines[index].partition(" = ")[0] + " = " + value
    assert _is_read_or_refused("\n".join(lines).encode())


def test_a_file_of_windows_with_a_byte_order_mark_is_read():
    content = b"\xef\xbb\xbf" + EXAMPLE.replace(b"\n", b"\r\n")
    assert read(content) == PLAN


def test_the_example_marks_what_its_source_leaves_open():
    assert EXAMPLE.decode().count("Annahme") > 10
    named = [
        person.name for item in PLAN.items for person in item.people if person.name is not None
    ]
    assert named == ["Loring Sittler"]


def test_the_days_of_the_example_are_local_dates():
    assert tomllib.loads(write_congress_file(PLAN))["days"][0]["day"] == date(2015, 10, 21)
