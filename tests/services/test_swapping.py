"""Two who want each other's workshop get it, even if both are full; both are told as always."""

from sqlalchemy import select

from congress.domain.access import ATTENDEE
from congress.domain.registration_request import WishedWorkshop
from congress.models import AuditLine, OutboxMessage, ProgrammeItem
from congress.queries import invariants
from congress.queries.registrations import get_own
from congress.services import changing, registering
from tests.builders import OPEN, a_congress, a_request, a_workshop, send_everything


def test_two_who_want_what_the_other_has_swap_in_one_step(session):
    congress = a_congress()
    one, other = (a_workshop(congress, number=each, capacity=1) for each in (1, 2))
    first, second = register(congress, 1, one), register(congress, 2, other)
    change(first, other)
    send_everything()

    change(second, one)

    assert [has(each) for each in (first, second)] == [(2, "confirmed"), (1, "confirmed")]
    assert [counters(session, each) for each in (one, other)] == [(1, 0), (1, 0)]
    assert letters(session) == [(first, "place_gained"), (second, "changed")]
    assert verbs(session) == [(second, "workshops_changed"), (first, "moved_up")]
    assert invariants.list_broken() == []


def test_three_swap_in_a_ring_and_those_behind_stay(session):
    congress = a_congress()
    items = [a_workshop(congress, number=each, capacity=1) for each in (1, 2, 3)]
    people = [register(congress, number, item) for number, item in enumerate(items)]
    behind = register(congress, 9, items[1])
    change(people[0], items[1])
    change(people[1], items[2])

    change(people[2], items[0])

    assert [has(each) for each in people] == [
        (2, "confirmed"),
        (3, "confirmed"),
        (1, "confirmed"),
    ]
    assert has(behind) == (2, "waiting")
    assert invariants.list_broken() == []


def register(congress, number, *items: ProgrammeItem):
    return registering.register(congress.id, a_request(number, *items), now=OPEN).registration_id


def change(person, item):
    changing.change_workshops(person, [WishedWorkshop(item.id)], actor=ATTENDEE, now=OPEN)


def has(person):
    [booking] = get_own(person).standing.bookings
    return booking.item.number, booking.state


def counters(session, item):
    session.expire_all()
    row = session.get(ProgrammeItem, item.id)
    return row.taken, row.waiting


def letters(session):
    found = session.execute(
        select(OutboxMessage.registration_id, OutboxMessage.kind)
        .where(OutboxMessage.state == "queued", OutboxMessage.kind.not_like("calendar%"))
        .order_by(OutboxMessage.registration_id)
    )
    return [tuple(row) for row in found]


def verbs(session):
    lines = select(AuditLine.registration_id, AuditLine.verb).order_by(AuditLine.id.desc()).limit(2)
    return [tuple(row) for row in reversed(session.execute(lines).all())]
