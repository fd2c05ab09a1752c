"""Changing, withdrawing, promoting and other capacities: freed places are passed on at once."""

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.hall import CONGRESS
from congress.domain.mails.kinds import MessageKind
from congress.domain.moves import Gain
from congress.domain.places import Resize
from congress.domain.registration import (
    ChangesClosed,
    CongressHasBegun,
    NoFreePlace,
    RegistrationCancelled,
)
from congress.domain.registration_request import WishedWorkshop
from congress.models import CalendarEntry, Congress, OutboxMessage, ProgrammeItem
from congress.queries.registrations import get_own
from congress.services import changing, places, promoting, registering
from congress.services.mails import telling
from congress.transaction import transaction
from tests.builders import (
    CLOSES,
    OPEN,
    STARTS,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
    set_places,
)

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


def test_a_withdrawal_passes_the_place_to_the_head_of_the_queue(session):
    congress = a_congress(capacity=1)
    first, second, third = register(congress, 1, 2, 3)
    send_everything()

    changing.withdraw(first, actor=ATTENDEE, now=OPEN)

    assert [state(each) for each in (first, second, third)] == ["cancelled", "confirmed", "waiting"]
    assert position(third) == 1
    assert kinds(session, first)[2:] == ["withdrawn"]
    assert kinds(session, second) == ["waiting", "place_gained"]
    assert kinds(session, third) == ["waiting"]


def test_withdrawing_twice_is_one_withdrawal_and_one_mail(session):
    """REL-22."""
    [only] = register(a_congress(), 1)

    for _ in range(2):
        changing.withdraw(only, actor=ATTENDEE, now=OPEN)

    assert kinds(session, only).count("withdrawn") == 1


def test_an_organiser_ends_a_registration_with_a_letter_of_its_own(session):
    [only] = register(a_congress(), 1)

    send_everything()

    changing.withdraw(only, actor=ORGANISER, now=STARTS)

    assert kinds(session, only)[2:] == ["cancelled_by_organiser"]


def test_a_place_can_be_given_back_after_the_deadline_but_not_once_it_began(session):
    congress = a_congress()
    first, second = register(congress, 1, 2)

    changing.withdraw(first, actor=ATTENDEE, now=CLOSES)
    with pytest.raises(CongressHasBegun):
        changing.withdraw(second, actor=ATTENDEE, now=STARTS)


def test_a_swap_keeps_the_old_place_until_the_new_one_is_sure(session):
    congress = a_congress()
    wanted, held = workshops(congress, 1, 20)
    [owner] = register(congress, 1, choices=[wanted])
    [swapper] = register(congress, 2, choices=[held])
    [next_in_held] = register(congress, 3)

    change(swapper, wanted)
    assert (confirmed(swapper), waiting(swapper)) == ([held.number], [wanted.number])

    changing.withdraw(owner, actor=ATTENDEE, now=OPEN)
    assert (confirmed(swapper), waiting(swapper)) == ([wanted.number], [])
    assert counters(session, held) == (0, 0)
    assert state(next_in_held) == "confirmed"


def test_the_place_given_up_in_a_swap_goes_on_down_the_chain(session):
    congress = a_congress()
    first, second, third = workshops(congress, 1, 1, 1)
    [a] = register(congress, 1, choices=[first])
    [b] = register(congress, 2, choices=[second])
    [c] = register(congress, 3, choices=[third])
    change(b, first)
    change(c, second)

    changing.leave(a, booking(a, first), actor=ATTENDEE, now=OPEN)

    assert [confirmed(each) for each in (a, b, c)] == [[], [first.number], [second.number]]
    assert [counters(session, each) for each in (first, second, third)] == [(1, 0), (1, 0), (0, 0)]


def test_a_free_workshop_is_changed_to_at_once_and_the_entry_is_revised(session):
    """ICS-06: the same UID, a higher SEQUENCE."""
    congress = a_congress()
    old, new = workshops(congress, 20, 20)
    [person] = register(congress, 1, choices=[old])
    before = entry(session, person)
    send_everything()

    change(person, new)

    after = entry(session, person)
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)
    assert kinds(session, person)[2:] == ["changed"]


def test_asking_for_what_one_has_changes_nothing(session):
    congress = a_congress()
    [workshop] = workshops(congress, 20)
    [person] = register(congress, 1, choices=[workshop])
    before = entry(session, person), counters(session, workshop), confirmed(person)

    change(person, workshop)

    assert (entry(session, person), counters(session, workshop), confirmed(person)) == before
    assert kinds(session, person) == ["confirmed", "calendar_request"]


def test_changing_ends_with_the_deadline_and_with_the_registration(session):
    congress = a_congress()
    [workshop] = workshops(congress, 20)
    [person] = register(congress, 1)
    with pytest.raises(ChangesClosed):
        change(person, workshop, now=CLOSES)

    changing.withdraw(person, actor=ATTENDEE, now=OPEN)
    with pytest.raises(RegistrationCancelled):
        change(person, workshop)


def test_moving_into_the_congress_brings_the_wishes_along(session):
    congress = a_congress(capacity=1)
    free, full = workshops(congress, 5, 0)
    [first] = register(congress, 1)
    wish = WishedWorkshop(full.id, safe_item_id=free.id)
    [second] = register(congress, 2, choices=[wish])

    changing.withdraw(first, actor=ATTENDEE, now=OPEN)

    assert (state(second), confirmed(second), waiting(second)) == (
        "confirmed",
        [free.number],
        [full.number],
    )
    assert counters(session, full) == (0, 1)


def test_whoever_waits_for_the_congress_is_passed_over_in_a_workshop(session):
    """REL-04: an ineligible head of the queue is skipped and the next promoted."""
    congress = a_congress(capacity=2)
    [workshop] = workshops(congress, 1)
    [owner] = register(congress, 1, choices=[workshop])
    [inside] = register(congress, 2)
    [outside] = register(congress, 3, choices=[workshop])
    change(inside, workshop)

    changing.leave(owner, booking(owner, workshop), actor=ATTENDEE, now=OPEN)

    assert confirmed(inside) == [workshop.number]
    assert waiting(outside) == [workshop.number]


def test_a_higher_capacity_lets_exactly_as_many_move_up(session):
    """REL-06."""
    congress = a_congress(capacity=2)
    people = register(congress, *range(1, 9))

    set_places(congress.id, CONGRESS, 5, actor=ORGANISER, now=OPEN)

    assert [state(each) for each in people] == ["confirmed"] * 5 + ["waiting"] * 3


def test_a_lower_capacity_removes_nobody_and_is_written_down(session):
    """REL-06: "5 von 2"."""
    congress = a_congress(capacity=5)
    people = register(congress, *range(1, 7))

    set_places(congress.id, CONGRESS, 2, actor=ORGANISER, now=OPEN)
    changing.withdraw(people[0], actor=ATTENDEE, now=OPEN)

    row = session.execute(select(Congress.taken, Congress.overbooked, Congress.waiting)).one()
    assert tuple(row) == (4, 2, 1)
    assert state(people[5]) == "waiting"


def test_promoting_by_hand_needs_a_place_or_the_will_to_overbook(session):
    congress = a_congress(capacity=1)
    _, second, third = register(congress, 1, 2, 3)

    with pytest.raises(NoFreePlace):
        promoting.promote_registration(third, actor=ORGANISER, now=OPEN)
    promoting.promote_registration(third, overbook=True, actor=ORGANISER, now=OPEN)

    assert (state(second), state(third)) == ("waiting", "confirmed")
    assert session.scalars(select(Congress.overbooked)).one() == 1


def test_promoting_who_is_in_already_changes_nothing(session):
    """REL-05."""
    congress = a_congress(capacity=1)
    first, second = register(congress, 1, 2)
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)

    promoting.promote_registration(second, overbook=True, actor=ORGANISER, now=OPEN)

    assert session.scalars(select(Congress.taken)).one() == 1
    assert kinds(session, second).count("place_gained") == 1


def test_promoting_into_a_workshop_frees_the_place_held_meanwhile(session):
    congress = a_congress()
    wanted, held = workshops(congress, 0, 1)
    [person] = register(congress, 1, choices=[WishedWorkshop(wanted.id, safe_item_id=held.id)])
    [behind] = register(congress, 2, choices=[held])

    promoting.promote_booking(booking(person, wanted), overbook=True, actor=ORGANISER, now=OPEN)

    assert confirmed(person) == [wanted.number]
    assert confirmed(behind) == [held.number]


def test_nobody_moves_up_once_the_congress_has_begun(session):
    congress = a_congress(capacity=1)
    first, second = register(congress, 1, 2)

    changing.withdraw(first, actor=ORGANISER, now=STARTS)

    assert state(second) == "waiting"


def test_two_decisions_in_one_transaction_are_one_gain_and_one_letter(session):
    congress = a_congress(capacity=0)
    [workshop] = workshops(congress, 0)
    [person] = register(congress, 1, choices=[workshop])

    with transaction(), places.held(congress.id, now=OPEN) as ledger:
        for key in (CONGRESS, workshop.id):
            ledger.carry_out(Resize({key: (1, True)}))
        gains = dict(ledger.gains)
        telling.moved_up(ledger)

    assert gains == {person: Gain(congress=True, workshops=[workshop.id])}
    assert (confirmed(person), counters(session, workshop)) == ([workshop.number], (1, 0))
    assert kinds(session, person)[-1:] == ["place_gained"]


def register(congress, *numbers: int, choices=()):
    return [
        registering.register(congress.id, a_request(number, *choices), now=OPEN).registration_id
        for number in numbers
    ]


def workshops(congress, *capacities: int):
    return [
        a_workshop(congress, number=number, capacity=capacity)
        for number, capacity in enumerate(capacities, start=1)
    ]


def change(registration_id, workshop, now=OPEN):
    wish = WishedWorkshop(workshop.id)
    changing.change_workshops(registration_id, [wish], actor=ATTENDEE, now=now)


def state(registration_id):
    return get_own(registration_id).standing.state


def position(registration_id):
    return get_own(registration_id).standing.position


def confirmed(registration_id):
    return [each.item.number for each in get_own(registration_id).standing.confirmed]


def waiting(registration_id):
    return [each.item.number for each in get_own(registration_id).standing.waiting]


def booking(registration_id, workshop):
    standing = get_own(registration_id).standing
    return next(each.id for each in standing.bookings if each.item.id == workshop.id)


def kinds(session, registration_id):
    return session.scalars(
        select(OutboxMessage.kind)
        .where(OutboxMessage.registration_id == registration_id)
        .order_by(OutboxMessage.id)
    ).all()


def entry(session, registration_id):
    return session.execute(
        select(CalendarEntry.uid, CalendarEntry.sequence).where(
            CalendarEntry.registration_id == registration_id
        )
    ).one()


def counters(session, workshop):
    return tuple(
        session.execute(
            select(ProgrammeItem.taken, ProgrammeItem.waiting).where(
                ProgrammeItem.id == workshop.id
            )
        ).one()
    )


def test_who_wins_places_by_two_decisions_is_told_of_both_in_one_letter(session):
    """An import may give places to one workshop and let another take place again."""
    congress = a_congress()
    first = a_workshop(congress, capacity=1)
    second = a_workshop(congress, capacity=1, starts_at=STARTS)
    registering.register(congress.id, a_request(1, first, second), now=OPEN)
    second_in_line = registering.register(congress.id, a_request(2, first, second), now=OPEN)

    with transaction(), places.held(congress.id, now=OPEN) as ledger:
        for item in (first, second):
            ledger.carry_out(Resize({item.id: (2, True)}))
        telling.moved_up(ledger)

    letter = session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == MessageKind.PLACE_GAINED)
    ).one()
    assert letter.registration_id == second_in_line.registration_id
    assert len(letter.facts["gained"]) == 2
