"""When people are asked, how ballots are counted together, and what an answer on one means."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from congress.domain.congresses import CongressState
from congress.domain.feedback import survey
from congress.domain.feedback.counting import (
    LEAST,
    LONGEST_TEXT,
    Sum,
    Sums,
    as_json,
    counted,
    from_json,
    group_of,
    meant,
)
from congress.domain.feedback.survey import (
    Option,
    Part,
    Phase,
    Question,
    QuestionKind,
    Survey,
    moved,
)
from congress.domain.times.time_slots import TimeSlot
from tests.domain.test_public_calendar import CONGRESS


def question(key: str, kind: QuestionKind, part: Part = Part.EVENT) -> Question:
    options = (Option("a", {"de": "A"}), Option("b", {"de": "B"}))
    return Question(key=key, kind=kind, part=part, label={"de": key}, options=options)


SCALE = question("scale", QuestionKind.SCALE)
ONE = question("one", QuestionKind.ONE)
SEVERAL = question("several", QuestionKind.SEVERAL)
TEXT = question("text", QuestionKind.TEXT)
ALL = (SCALE, ONE, SEVERAL, TEXT)


@pytest.mark.parametrize("ballots", range(40))
def test_no_two_states_differ_by_fewer_than_five(ballots):
    waiting, groups = 0, []
    for _each in range(ballots):
        waiting += 1
        many = group_of(waiting, is_last=False)
        waiting -= many
        groups.append(many)
    groups.append(group_of(waiting, is_last=True))
    counted_at_once = [each for each in groups if each]
    assert all(each >= LEAST for each in counted_at_once)
    assert sum(counted_at_once) == (ballots if ballots >= LEAST else 0)


@pytest.mark.parametrize(
    ("many", "is_shown"), [(0, False), (1, False), (LEAST - 1, False), (LEAST, True), (9, True)]
)
def test_what_fewer_than_five_have_said_is_never_shown(many, is_shown):
    assert LEAST == 5
    assert (Sums(many).is_shown, Sum(many).is_shown) == (is_shown, is_shown)


@pytest.mark.parametrize(
    ("given", "means"),
    [
        ({"scale": ("3",)}, {"scale": ("3",)}),
        ({"scale": ("6",), "one": ("c",), "other": ("a",)}, {}),
        ({"one": ("b", "a")}, {"one": ("a",)}),
        ({"several": ("b", "a", "x")}, {"several": ("a", "b")}),
        ({"text": ("",)}, {}),
        ({"text": ("x" * 2000, "y")}, {"text": ("x" * LONGEST_TEXT,)}),
    ],
)
def test_what_an_answer_means(given, means):
    assert meant(ALL, given) == means


def test_sums_do_not_depend_on_the_order_of_ballots_nor_on_what_was_counted_together():
    ballots = [
        meant(ALL, {"scale": (str(at),), "several": ("b",) * (at % 2), "text": (f"{9 - at}",)})
        for at in range(1, 6)
    ]
    once = counted(Sums(), ALL, ballots)
    twice = counted(counted(Sums(), ALL, ballots[:1:-1]), ALL, ballots[:2])
    assert as_json(once, ALL) == as_json(twice, ALL)
    assert from_json(as_json(once, ALL)) == once
    assert once.of(TEXT).texts == ("4", "5", "6", "7", "8")
    assert (once.of(SEVERAL).answered, once.of(SEVERAL).is_shown) == (3, False)
    assert once.of(ONE).answered == 0


def test_a_question_moves_among_those_of_its_part():
    of_workshop = question("w", QuestionKind.TEXT, Part.WORKSHOP)
    asked = (SCALE, of_workshop, ONE)
    assert moved(asked, "one", -1) == (ONE, of_workshop, SCALE)
    assert moved(asked, "w", 1) == moved(asked, "nothing", 1) == asked
    assert survey.from_json(survey.as_json(asked)) == asked
    assert [SCALE.words_of(each) for each in ("1", "3", "5")] == [{"de": "A"}, {}, {"de": "B"}]
    assert moved(asked, "scale", -1) == asked
    assert moved(asked, "one", 1) == asked


BERLIN = ZoneInfo("Europe/Berlin")
# Until half past one at night, which is the day before in Greenwich.
ENDS = datetime(2015, 10, 21, 1, 30, tzinfo=BERLIN).astimezone(UTC)
HELD = replace(CONGRESS, days=(TimeSlot(ENDS - timedelta(hours=5), ENDS),))
AT_ONCE = Survey(is_on=True, questions=ALL)  # open for fourteen days, reminded after seven
LATER = replace(AT_ONCE, days_after=2, days_open=7)


def october(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2015, 10, 1, hour, minute, tzinfo=BERLIN) + timedelta(days=day - 1)


@pytest.mark.parametrize(
    ("asks", "opens", "reminds", "closes"),
    [
        (AT_ONCE, ENDS, october(28, 9), october(36)),
        (LATER, october(23, 9), october(30, 9), october(31)),
        (replace(LATER, reminder_days=1), october(23, 9), october(24, 9), october(31)),
        (replace(LATER, reminder_days=8), october(23, 9), None, october(31)),
        (replace(LATER, reminder_days=0), october(23, 9), None, october(31)),
    ],
)
def test_days_are_counted_from_the_last_one_by_the_clock_of_the_congress(
    asks, opens, reminds, closes
):
    assert (asks.opens_at(HELD), asks.reminds_at(HELD), asks.closes_at(HELD)) == (
        opens,
        reminds,
        closes,
    )


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("asks", "state", "now", "phase"),
    [
        (AT_ONCE, CongressState.PUBLISHED, ENDS - SECOND, Phase.NOT_YET),
        (AT_ONCE, CongressState.PUBLISHED, ENDS, Phase.OPEN),
        (AT_ONCE, CongressState.FINISHED, ENDS, Phase.OPEN),
        (AT_ONCE, CongressState.FINISHED, october(36) - SECOND, Phase.OPEN),
        (AT_ONCE, CongressState.FINISHED, october(36), Phase.OVER),
        (LATER, CongressState.FINISHED, october(23, 9) - SECOND, Phase.NOT_YET),
        (LATER, CongressState.FINISHED, october(23, 9), Phase.OPEN),
        (replace(AT_ONCE, is_counted=True), CongressState.FINISHED, ENDS, Phase.OVER),
        (AT_ONCE, CongressState.CANCELLED, ENDS, Phase.OFF),
        (AT_ONCE, CongressState.DRAFT, ENDS, Phase.OFF),
        (replace(AT_ONCE, is_on=False), CongressState.FINISHED, ENDS, Phase.OFF),
        (replace(AT_ONCE, questions=()), CongressState.FINISHED, ENDS, Phase.OFF),
    ],
)
def test_whether_it_can_be_answered(asks, state, now, phase):
    assert asks.phase(replace(HELD, state=state), now) is phase
