"""What a congress asks on its own: of whom, what counts as an answer, what may change."""

from dataclasses import replace

import pytest

from congress.domain.access import Right
from congress.domain.own_questions import (
    AnswersOutdated,
    AskedIf,
    Option,
    OptionUsedUp,
    OwnQuestion,
    QuestionKind,
    as_json,
    asked,
    find_used_up,
    from_json,
    limited,
    read_date,
    read_number,
    settled,
    united,
)
from congress.domain.question_changes import (
    KindIsFixed,
    OthersHangOnIt,
    moved,
    require_free,
    require_may_follow,
    version_of,
    with_gone_options,
)

K = QuestionKind
VEGGIE, MEAT = Option("veggie", {"de": "Vegetarisch"}, most=2), Option("meat", {"de": "Fleisch"})


def a_question(key: str, kind: QuestionKind = K.LINE, **values: object) -> OwnQuestion:
    return OwnQuestion(key=key, kind=kind, label={"de": key}, **values)  # type: ignore[arg-type]


COMES = a_question("comes", K.YES_NO, is_required=True)
LUNCH = a_question(
    "lunch", K.ONE, options=(VEGGIE, MEAT), is_required=True, asked_if=AskedIf("comes", "yes")
)
DIET = a_question("diet", K.TEXT, asked_if=AskedIf("lunch", "veggie"))
TOOLS = a_question("tools", K.SEVERAL, options=(MEAT, VEGGIE), asked_if=AskedIf(workshop="ws"))
ALL = (COMES, LUNCH, DIET, TOOLS)


@pytest.mark.parametrize(
    ("given", "workshops", "found"),
    [
        ({}, "", "comes"),
        ({"comes": ("no",)}, "", "comes"),
        ({"comes": ("yes",)}, "", "comes lunch"),
        ({"comes": ("yes",), "lunch": ("veggie",)}, "", "comes lunch diet"),
        # What is not asked of somebody asks nothing further.
        ({"comes": ("no",), "lunch": ("veggie",)}, "", "comes"),
        ({}, "ws", "comes tools"),
        ({}, "other", "comes"),
    ],
)
def test_a_question_is_asked_of_those_it_is_for(given, workshops, found):
    assert [each.key for each in asked(ALL, given, workshops.split())] == found.split()


def test_a_retired_question_is_asked_of_nobody_and_keeps_its_answers():
    retired = replace(COMES, is_retired=True)
    assert asked([retired, LUNCH], {"comes": ("yes",)}, ()) == ()
    assert settled([retired], {}, (), {"comes": ("yes",)}) == {"comes": ("yes",)}
    assert settled([retired], {"comes": ("no",)}, ()) == {}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"comes": ("no",)}, {"comes": ("no",)}),
        # The answer to a question that is not asked goes.
        ({"comes": ("no",), "lunch": ("meat",)}, {"comes": ("no",)}),
        ({"comes": ("yes",), "lunch": ("meat",)}, {"comes": ("yes",), "lunch": ("meat",)}),
        ({}, None),  # required
        ({"comes": ("yes",)}, None),  # required of them
        ({"comes": ("perhaps",)}, None),
        ({"comes": ("yes", "no")}, None),
        ({"comes": ("yes",), "lunch": ("fish",)}, None),
        ({"comes": ("no",), "unknown": ("x",)}, {"comes": ("no",)}),
    ],
)
def test_what_counts_as_an_answer(given, kept):
    if kept is None:
        with pytest.raises(AnswersOutdated):
            settled(ALL, given, ())
    else:
        assert settled(ALL, given, ()) == kept


def test_organisers_may_leave_out_what_has_to_be_answered_and_options_have_an_order():
    assert settled(ALL, {"tools": ("veggie", "meat")}, {"ws"}, may_lack=True) == {
        "tools": ("meat", "veggie")
    }


def test_who_has_an_option_that_is_offered_no_more_keeps_it_and_nobody_else_gets_it():
    gone = replace(LUNCH, options=(replace(VEGGIE, is_retired=True), MEAT), asked_if=None)
    has = {"lunch": ("veggie",)}
    assert settled([gone], has, (), has) == has
    with pytest.raises(AnswersOutdated):
        settled([gone], has, ())


@pytest.mark.parametrize(
    ("wanted", "before", "taken", "is_refused"),
    [
        ("veggie", "", 1, False),
        ("veggie", "", 2, True),
        ("veggie", "", 3, True),  # more were given before the limit was lowered
        ("veggie", "veggie", 2, False),
        ("veggie", "meat", 2, True),
        ("meat", "", 99, False),
    ],
)
def test_an_option_is_given_as_often_as_it_may_be(wanted, before, taken, is_refused):
    new = limited([LUNCH], {"lunch": (wanted,)}, {"lunch": (before,)} if before else None)
    found = find_used_up(new, {("lunch", wanted): taken})
    assert isinstance(found, OptionUsedUp) is is_refused


def test_options_taken_out_stay_readable_where_somebody_chose_them():
    fewer = replace(LUNCH, options=(MEAT,))
    assert with_gone_options(LUNCH, fewer, set()) == fewer
    kept = with_gone_options(LUNCH, fewer, {"veggie"})
    assert kept.options == (MEAT, replace(VEGGIE, is_retired=True))
    assert kept.offered == (MEAT,)


@pytest.mark.parametrize(
    ("after", "answers", "refusal"),
    [
        (replace(LUNCH, label={"de": "Essen"}), 5, None),
        (replace(LUNCH, kind=K.SEVERAL), 0, None),
        (replace(LUNCH, kind=K.SEVERAL), 1, KindIsFixed),
        (replace(LUNCH, options=(MEAT,)), 0, OthersHangOnIt),
        (replace(LUNCH, options=(replace(VEGGIE, is_retired=True), MEAT)), 3, OthersHangOnIt),
    ],
)
def test_a_change_that_makes_answers_or_other_questions_meaningless_is_refused(
    after, answers, refusal
):
    if refusal is None:
        require_may_follow(ALL, LUNCH, after, answers)
    else:
        with pytest.raises(refusal):
            require_may_follow(ALL, LUNCH, after, answers)


def test_a_question_on_which_another_hangs_stays_and_stays_before_it():
    with pytest.raises(OthersHangOnIt):
        require_free(ALL, "comes")
    require_free(ALL, "diet")
    require_free([COMES, replace(LUNCH, is_retired=True)], "comes")
    for key, by in (("comes", 1), ("lunch", -1)):
        with pytest.raises(OthersHangOnIt):
            moved(ALL, key, by)
    assert [each.key for each in moved(ALL, "tools", -1)] == ["comes", "lunch", "tools", "diet"]
    for key, by in (("tools", 1), ("comes", -1), ("unknown", 1)):
        assert moved(ALL, key, by) == ALL


def test_two_registrations_of_one_person_answer_together():
    other = {"comes": ("no",), "diet": ("kein Sellerie",)}
    assert united(ALL, {"comes": ("yes",)}, other) == {
        "comes": ("yes",),
        "diet": ("kein Sellerie",),
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", "12"),
        ("012", "12"),
        ("3,50", "3.5"),
        ("-2", "-2"),
        ("−2", "-2"),
        ("0,0", "0"),
        ("-0", "0"),
        ("12 Personen", None),
        ("1e9", None),
        ("٣", None),
        ("1234567890", None),
    ],
)
def test_a_number_as_it_is_kept(typed, kept):
    assert read_number(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-10-21", "2026-10-21"),
        ("21.10.2026", "2026-10-21"),
        ("1. 2. 2027", "2027-02-01"),
        ("1.2.2027", "2027-02-01"),
        ("30.2.2027", None),
        ("20261021", None),
        ("morgen", None),
    ],
)
def test_a_day_as_it_is_kept(typed, kept):
    assert read_date(typed) == kept


def test_questions_are_stored_whole_and_any_change_is_another_version():
    hidden = replace(TOOLS, right=Right.CHANGE_ATTENDEES, months=0, is_retired=True)
    assert from_json(as_json((*ALL, hidden))) == (*ALL, hidden)
    assert version_of(LUNCH) == version_of(replace(LUNCH))
    assert version_of(LUNCH) != version_of(replace(LUNCH, purpose={"de": "Küche"}))
