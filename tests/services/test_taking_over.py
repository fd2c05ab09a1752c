"""Taking a table of people over: in few statements, however many there are in a batch."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from congress.domain.attendee_import.answering import with_answers
from congress.domain.attendee_import.comparing import Finding, ImportedRow, Outcome
from congress.domain.enrolment import Enrolment
from congress.domain.own_questions import Option, OwnQuestion, QuestionKind, as_json
from congress.domain.people import fold_name
from congress.domain.places import Register
from congress.models import Booking, Organisation, OutboxMessage, Registration
from congress.queries import everybody, invariants, own_answers
from congress.services import enrolling, places, taking_over
from congress.services.taking_over import Newcomer, Terms
from congress.transaction import transaction
from tests.builders import OPEN, a_congress, a_registration, a_request, a_workshop
from tests.queries_counter import count_queries
from tests.services.mail_house import ORGANISER

TOLD = Terms(waits=True)
SHIRT = OwnQuestion(
    key="shirt",
    kind=QuestionKind.ONE,
    label={"de": "Größe"},
    options=(Option("small", {"de": "S"}), Option("large", {"de": "L"}, most=3)),
)


def a_table(first, last, workshops=()):
    return [
        Newcomer(each, a_request(each, *workshops, consents=("photos",), form_key=f"{each:032x}"))
        for each in range(first, last)
    ]


def taken_over(congress, people):
    return taking_over.take_over(congress.id, people, [], TOLD, actor=ORGANISER, now=OPEN)


def test_many_take_as_many_statements_as_few(session, monkeypatch):
    congress = a_congress(capacity=1000)
    workshop = a_workshop(congress, capacity=60)
    found = []
    for first, count in ((1, 50), (100, 200)):  # of the second batch most wait for the workshop
        monkeypatch.setattr(taking_over, "AT_ONCE", count)
        with count_queries() as statements:
            done = taken_over(congress, a_table(first, first + count, [workshop]))
        assert (done.added, done.left) == (count, [])
        found.append(len(statements))

    assert max(found) <= found[0] + 2, found
    assert found[0] <= 20, found
    assert invariants.list_broken() == []
    states = session.scalars(select(Booking.state).order_by(Booking.id)).all()
    assert states == ["confirmed"] * 60 + ["waiting"] * 190
    people = session.scalars(select(Registration).order_by(Registration.id)).all()
    assert [each.form_key for each in people] == [
        f"{each:032x}" for each in (*range(1, 51), *range(100, 300))
    ]


def test_who_is_stored_with_others_stands_as_if_they_came_alone(session):
    congress = a_congress(capacity=3, waiting_list=True)
    session.add(Organisation(name="Stadt Lünen", name_key=fold_name("Stadt Lünen")))
    gone = a_registration(congress, given_name="Weg", state="cancelled")
    session.commit()
    back = replace(
        a_request(9), given_name="Weg", family_name=gone.family_name, email=gone.email, choices=()
    )
    table = [
        Newcomer(1, replace(a_request(1), organisation="Stadt Lünen", form_key="1" * 32)),
        Newcomer(2, replace(back, form_key="2" * 32)),
        Newcomer(3, replace(a_request(3), organisation="Anderswo", form_key="3" * 32)),
        *(Newcomer(each, replace(a_request(each), form_key=f"{each:032x}")) for each in (4, 5)),
    ]

    assert taken_over(congress, table).added == 5
    assert taken_over(congress, table).added == 0  # pressed twice

    rows = session.scalars(select(Registration).where(Registration.id != gone.id)).all()
    by_form = {each.form_key: each for each in rows}
    first, other = by_form["1" * 32], by_form["3" * 32]
    assert (first.organisation_id is None, other.organisation_id) == (False, None)
    waiting = [each for each in rows if each.state == "waiting"]
    assert [each.form_key for each in waiting] == [f"{each:032x}" for each in (4, 5)]
    assert waiting[0].joined_at <= waiting[1].joined_at
    told = session.execute(select(OutboxMessage.kind, OutboxMessage.registration_id)).all()
    assert ("confirmed", by_form["2" * 32].id) in [tuple(each) for each in told]
    assert len(told) == 3 * 2 + 2


def test_the_same_person_and_the_same_form_are_stored_once(session):
    congress = a_congress()
    requests = [each.request for each in a_table(1, 3)]
    requests += [requests[0], replace(requests[1], given_name="Anders")]
    with transaction(), places.held(congress.id, now=OPEN) as ledger:
        decision = ledger.decide(Register(()))
        stored = enrolling.enrol(ledger, [Enrolment(each, decision, at=OPEN) for each in requests])

    assert [each.standing.email for each in stored] == [each.email for each in requests[:2]]
    assert len(session.scalars(select(Registration.id)).all()) == 2


@pytest.mark.sqlite_only
def test_the_last_of_an_option_is_given_once_and_many_answer_in_few_statements(session):
    """New people come first, then those who are corrected; whoever gives one up leaves it."""
    congress = a_congress(questions=as_json([SHIRT]))
    people = [a_registration(congress) for _ in range(40)]
    session.execute(
        own_answers.ANSWERS.insert(),
        [
            {
                "congress_id": congress.id,
                "registration_id": people[0].id,
                "question": "shirt",
                "choice": "large",
                "text": "",
            }
        ],
    )
    session.commit()

    def changed(*which: tuple[int, str]) -> list[Finding]:
        known = {each.id: each for each in everybody.registered(congress.id, with_answers=True)}
        found = []
        for place, choice in which:
            person = known[people[place].id]
            row = ImportedRow(place, {}, answers={"shirt": (choice,)})
            found.append(Finding(row, Outcome.UNCHANGED, person))
        return with_answers(found, (SHIRT,), {})

    def take(people, changed):
        return taking_over.take_over(congress.id, people, changed, TOLD, actor=ORGANISER, now=OPEN)

    newcomers = [
        Newcomer(100 + each, replace(request, own_answers={"shirt": ("large",)}))
        for each, request in enumerate(one.request for one in a_table(1, 4))
    ]
    seen = changed((0, "small"), (1, "large"), (2, "large"))
    done = take(newcomers, seen)
    # Two of three new ones get the last two, what the first one gives up the second one gets.
    assert (done.added, done.changed, sorted(done.left)) == (2, 2, [2, 102])
    assert own_answers.taken(congress.id, [SHIRT]) == {
        ("shirt", "large"): 3,
        ("shirt", "small"): 1,
    }
    assert sorted(take([], seen).left) == [0, 1, 2]  # not what was seen any more

    counts = []
    for first, last in ((3, 5), (5, 40)):
        findings = changed(*((place, "small") for place in range(first, last)))
        with count_queries() as statements:
            assert take([], findings).changed == last - first
        counts.append(len(statements))
    assert counts[0] == counts[1], counts
