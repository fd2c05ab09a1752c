"""Answers to what a congress asks, on both databases: given, limited, corrected, let go in time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.attendee_list import Wanted
from congress.domain.correction import EditedMeanwhile, version_of
from congress.domain.own_questions import (
    AnswersOutdated,
    AskedIf,
    Given,
    Option,
    OptionUsedUp,
    OwnQuestion,
    QuestionKind,
    as_json,
)
from congress.domain.question_changes import KindIsFixed, OtherAnswersNow, QuestionsEditedMeanwhile
from congress.domain.question_changes import version_of as version_of_question
from congress.extensions import db
from congress.models import Answer, AuditLine, Congress, OutboxMessage, ProgrammeItem
from congress.queries import attendees
from congress.queries import own_answers as queries
from congress.queries.congresses import get_congress, get_heading
from congress.queries.invariants import list_broken
from congress.queries.planning.congress_files import get_plan
from congress.queries.registrations import get_own
from congress.services import changing, correcting, own_answers, registering
from congress.services.correcting import Corrected
from congress.services.merging import Merging, foresee, merge
from congress.services.planning import questioning
from congress.services.planning.importing import import_congress
from congress.transaction import read_one_state
from tests.builders import ENDS, OPEN, a_congress, a_request, a_workshop
from tests.queries_counter import count_queries

pytestmark = pytest.mark.usefixtures("database")

LUNCH = OwnQuestion(
    key="lunch",
    kind=QuestionKind.ONE,
    label={"de": "Mittagessen", "en": "Lunch"},
    options=(Option("veggie", {"de": "Vegetarisch"}, most=1), Option("meat", {"de": "Fleisch"})),
    is_required=True,
    months=1,
)
TOOLS = OwnQuestion(
    key="tools",
    kind=QuestionKind.TEXT,
    label={"de": "Geräte"},
    asked_if=AskedIf(workshop="ws"),
    months=12,
)
VEGGIE, MEAT = {"lunch": ("veggie",)}, {"lunch": ("meat",)}


@pytest.fixture
def congress(database) -> int:
    return a_congress(questions=as_json([LUNCH, TOOLS])).id


def register(congress: int, number: int, answers: Given, *workshops: ProgrammeItem) -> int:
    request = a_request(number, *workshops, own_answers=answers)
    return registering.register(congress, request, now=OPEN).registration_id


def answers_of(registration: int) -> dict[str, tuple[str, ...]]:
    db.session.rollback()
    return queries.of_people([registration]).get(registration, {})


def taken(congress: int) -> dict[tuple[str, str], int]:
    db.session.rollback()
    return queries.taken(congress, [LUNCH])


def test_the_last_of_an_option_is_given_once_and_is_free_again_with_whoever_leaves(congress):
    first = register(congress, 1, VEGGIE)
    assert register(congress, 1, VEGGIE) == first  # the same form, sent twice
    with pytest.raises(OptionUsedUp):
        register(congress, 2, VEGGIE)
    second = register(congress, 2, MEAT)
    assert taken(congress) == {("lunch", "veggie"): 1, ("lunch", "meat"): 1}

    with pytest.raises(OptionUsedUp):
        correct(second, VEGGIE)
    assert answers_of(second) == MEAT
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    correct(second, VEGGIE)
    assert taken(congress) == {("lunch", "veggie"): 1}
    assert list_broken() == []


def test_whoever_waits_keeps_what_they_chose(database):
    full = a_congress(questions=as_json([LUNCH]), capacity=0).id
    register(full, 1, VEGGIE)
    with pytest.raises(OptionUsedUp):
        register(full, 2, VEGGIE)


def test_what_is_asked_is_decided_on_registering_and_not_by_the_form(congress):
    workshop = a_workshop(db.session.get_one(Congress, congress), code="ws")
    with pytest.raises(AnswersOutdated):
        register(congress, 1, {})
    other = register(congress, 1, MEAT | {"tools": ("Säge",)})
    assert answers_of(other) == MEAT
    chose = register(congress, 2, MEAT | {"tools": ("Säge",)}, workshop)
    assert answers_of(chose) == MEAT | {"tools": ("Säge",)}


def correct(registration: int, answers: Given, *, version: str | None = None) -> Corrected:
    own = get_own(registration)
    stands = version or version_of(own.person, own.answers)
    return correcting.correct(
        registration, own.person, version=stands, answers=answers, actor=ATTENDEE, now=OPEN
    )


def test_correcting_answers_is_told_and_logged_without_what_was_said(congress):
    number = register(congress, 1, MEAT)
    stale = version_of(get_own(number).person, MEAT)
    assert correct(number, VEGGIE).is_stored
    with pytest.raises(EditedMeanwhile):
        correct(number, MEAT, version=stale)
    assert not correct(number, VEGGIE, version=stale).is_stored  # the same form, sent twice

    facts = db.session.scalars(
        select(OutboxMessage.facts).where(OutboxMessage.kind == "corrected")
    ).one()
    assert facts["corrected"] == [
        {"label": "Mittagessen", "before": "Fleisch", "after": "Vegetarisch"}
    ]
    line = db.session.scalars(select(AuditLine).where(AuditLine.verb == "corrected")).one()
    assert (line.fields, line.personal) == (["answers"], {"before": {}, "after": {}})


def test_a_correction_that_knows_nothing_of_answers_leaves_them(congress):
    number = register(congress, 1, MEAT)
    own = get_own(number)
    after = replace(own.person, given_name="Erik")
    correcting.correct(number, after, version=own.person.version, actor=COMMAND, now=OPEN)
    assert answers_of(number) == MEAT
    assert get_own(number).standing.given_name == "Erik"


def test_answers_go_on_the_day_that_their_question_promises(congress):
    workshop = a_workshop(db.session.get_one(Congress, congress), code="ws")
    number = register(congress, 1, MEAT | {"tools": ("Säge",)}, workshop)
    month = timedelta(days=31)
    assert own_answers.forget_old(now=ENDS + month - timedelta(days=2)) == 0
    assert own_answers.forget_old(now=ENDS + month) == 1
    assert answers_of(number) == {"tools": ("Säge",)}
    assert own_answers.forget_old(now=ENDS + 12 * month) == 1
    assert answers_of(number) == {}


def change(congress: int, question: OwnQuestion) -> bool:
    stored = next(each for each in get_congress(congress).questions if each.key == question.key)
    return questioning.save(
        congress, question, version=version_of_question(stored), actor=COMMAND, now=OPEN
    )


def test_a_question_changes_and_nobody_loses_an_answer(congress):
    number = register(congress, 1, VEGGIE)
    renamed = replace(LUNCH, options=(replace(LUNCH.options[0], label={"de": "Ohne"}),))
    fewer = replace(renamed, options=(*renamed.options, Option("", {"de": "Fisch"})))
    assert change(congress, fewer)
    [lunch, _tools] = get_congress(congress).questions
    assert [each.label["de"] for each in lunch.options] == ["Ohne", "Fisch"]  # nobody had meat
    assert change(congress, replace(lunch, options=lunch.options[1:]))
    [lunch, _tools] = get_congress(congress).questions
    assert [(each.label["de"], each.is_retired) for each in lunch.options] == [
        ("Fisch", False),
        ("Ohne", True),
    ]
    assert answers_of(number) == VEGGIE
    with pytest.raises(AnswersOutdated):
        register(congress, 2, VEGGIE)
    with pytest.raises(KindIsFixed):
        change(congress, replace(lunch, kind=QuestionKind.SEVERAL))
    with pytest.raises(QuestionsEditedMeanwhile):
        questioning.save(congress, lunch, version="stale", actor=COMMAND, now=OPEN)
    assert not change(congress, replace(lunch, options=lunch.offered))  # nothing else


def test_a_question_goes_with_its_answers_by_their_number(congress):
    number = register(congress, 1, MEAT)
    with pytest.raises(OtherAnswersNow):
        questioning.remove(congress, "lunch", seen=0, actor=COMMAND, now=OPEN)
    questioning.retire(congress, "lunch", is_retired=True, actor=COMMAND, now=OPEN)
    assert answers_of(register(congress, 2, {})) == {}
    assert answers_of(number) == MEAT
    for _twice in range(2):
        questioning.remove(congress, "lunch", seen=1, actor=COMMAND, now=OPEN)
    assert answers_of(number) == {}
    assert [each.key for each in get_congress(congress).questions] == ["tools"]
    verbs = db.session.scalars(
        select(AuditLine.verb).where(AuditLine.verb.startswith("question_")).order_by(AuditLine.id)
    )
    assert list(verbs) == ["question_retired", "question_removed"]


def test_a_file_takes_no_answer_away(congress):
    number = register(congress, 1, MEAT)
    plan = get_plan("fachkongress")
    fewer = replace(LUNCH, options=LUNCH.options[:1], is_required=False)
    import_congress(replace(plan, questions=(TOOLS, fewer)), actor=COMMAND, now=OPEN)
    tools, lunch = get_congress(congress).questions
    assert tools == TOOLS
    assert [(each.key, each.is_retired) for each in lunch.options] == [
        ("veggie", False),
        ("meat", True),
    ]
    without = import_congress(replace(plan, questions=()), actor=COMMAND, now=OPEN)
    assert [each.code for each in without.differences] == ["tools", "lunch"]
    [lunch] = get_congress(congress).questions
    assert lunch.is_retired
    assert answers_of(number) == MEAT
    again = import_congress(replace(plan, questions=()), actor=COMMAND, now=OPEN)
    assert again.differences == ()
    other = replace(LUNCH, kind=QuestionKind.SEVERAL)
    with pytest.raises(KindIsFixed):
        import_congress(replace(plan, questions=(other,)), actor=COMMAND, now=OPEN)


def test_what_two_registrations_of_one_person_said_goes_on(congress):
    first, second = register(congress, 1, MEAT), register(congress, 2, VEGGIE)
    questioning.retire(congress, "lunch", is_retired=True, actor=COMMAND, now=OPEN)
    silent = register(congress, 3, {})
    for kept, other, said in ((first, second, MEAT), (silent, first, MEAT)):
        merging = Merging(kept, other)
        heading = get_heading(congress)
        seen = foresee(heading, merging, now=OPEN).seen
        merge(merging, seen=seen, actor=COMMAND, now=OPEN)
        assert answers_of(kept) == said
    assert taken(congress) == {("lunch", "meat"): 1}
    assert list_broken() == []


def test_the_list_says_and_finds_what_was_answered(congress):
    register(congress, 1, MEAT)
    register(congress, 2, VEGGIE)
    wanted = Wanted(answered=("lunch", "meat"))
    [found] = attendees.page(congress, wanted, offset=0, limit=9, columns=["answer-lunch"])
    assert (found.name, found.said) == ("Erika Muster-1", MEAT)
    silent = Wanted(answered=("tools", ""))
    assert len(attendees.page(congress, silent, offset=0, limit=9)) == 2
    read_one_state()
    streamed = attendees.stream(congress, Wanted(), columns=["answer-lunch"])
    assert [said for part in streamed for said in part.said] == [MEAT, VEGGIE]
    assert db.session.scalars(select(Answer.text)).all() == ["", ""]


def test_questions_cost_two_statements_and_none_where_nothing_is_asked(database):
    plain = a_congress(slug="plain").id
    asks = a_congress(questions=as_json([replace(LUNCH, options=(Option("soup", {}, most=9),))])).id
    used = []
    for here, answers in ((plain, {}), (asks, {"lunch": ("soup",)})):
        register(here, 98, answers)  # what is read once and kept is not counted
        with count_queries() as statements:
            register(here, 99, answers)
        used.append(statements)
    assert len(used[1]) - len(used[0]) == 2
    assert len(used[1]) <= 20
