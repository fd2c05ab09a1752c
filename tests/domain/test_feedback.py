"""How ballots are counted together, and what an answer on one means."""

import pytest

from congress.domain.feedback import survey
from congress.domain.feedback.counting import (
    LEAST,
    LONGEST_TEXT,
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
    Question,
    QuestionKind,
    moved,
)


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
