"""Taking a table of people over: in few statements, however many there are in a batch."""

from dataclasses import replace

from sqlalchemy import select

from congress.domain.enrolment import Enrolment
from congress.domain.people import fold_name
from congress.domain.places import Register
from congress.models import Booking, Organisation, OutboxMessage, Registration
from congress.queries import invariants
from congress.services import enrolling, places, taking_over
from congress.services.taking_over import Newcomer, Terms
from congress.transaction import transaction
from tests.builders import OPEN, a_congress, a_registration, a_request, a_workshop
from tests.queries_counter import count_queries
from tests.services.mail_house import ORGANISER

TOLD = Terms(waits=True)


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
