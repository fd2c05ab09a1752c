"""Confirmed addresses: a place is held, confirmed once, or passed on once, and nobody is told."""

from datetime import timedelta
from itertools import count
from threading import Thread

import pytest
from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.confirming import ConfirmationOver
from congress.domain.registration import RegistrationState
from congress.domain.reminders import Reminder
from congress.domain.tokens import RegistrationLink, TokenPurpose
from congress.models import AuditLine, CalendarEntry, Congress, OutboxMessage, ProgrammeItem
from congress.queries import addressees, reminders
from congress.queries.invariants import list_broken
from congress.queries.registrations import standings
from congress.services import changing, confirming, registering, tokens
from tests.builders import OPEN, a_congress, a_request, a_workshop

HELD = OPEN + timedelta(hours=24)
BEFORE, SOON = HELD - timedelta(minutes=1), OPEN + timedelta(hours=1)
FORMS = count()
ORGANISER = Actor(ActorKind.ORGANISER, user_id=None)


def asking(**values: int) -> Congress:
    return a_congress(confirm_hours=24, **values)


def register(congress, number=1, *wishes: ProgrammeItem, at=OPEN) -> int:
    request = a_request(number, *wishes, form_key=f"form-{next(FORMS)}")
    done = registering.register(congress.id, request, now=at)
    assert done.token is None
    return done.registration_id


def link(number: int) -> str:
    return str(tokens.token_for(number, RegistrationLink.CONFIRM))


def kinds(session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def verbs(session) -> list[str]:
    return list(session.scalars(select(AuditLine.verb).order_by(AuditLine.id)))


def test_a_place_is_held_and_one_letter_asks(session):
    congress = asking()
    workshop = a_workshop(congress)

    number = register(congress, 1, workshop)

    [standing] = standings([number])
    assert standing.state is RegistrationState.CONFIRMED
    assert standing.unconfirmed_until == HELD
    assert len(standing.confirmed) == 1
    assert kinds(session) == ["confirm_registration"]
    [facts] = session.scalars(select(OutboxMessage.facts)).all()
    assert (facts["links"], facts["expires_at"]) == ([], HELD.isoformat())
    assert "entry" not in facts
    assert link(number) not in str(facts)


def test_the_link_confirms_once_and_brings_the_usual_letters(session):
    number = register(asking())

    own = [confirming.confirm(link(number), now=at) for at in (SOON, SOON, HELD)]

    assert own == [tokens.token_for(number, TokenPurpose.MANAGE)] * 3
    assert kinds(session) == ["confirm_registration", "confirmed", "calendar_request"]
    assert verbs(session) == ["registered", "registration_confirmed"]
    assert not standings([number])[0].is_unconfirmed
    assert not confirming.next_step(now=HELD)


def test_who_waits_confirms_and_learns_the_position(session):
    congress = asking(capacity=1)
    register(congress)
    number = register(congress, 2)

    confirming.confirm(link(number), now=SOON)

    assert kinds(session)[-1] == "waiting"


def test_what_nobody_confirms_ends_at_its_moment_and_the_place_goes_on_once(session):
    congress = asking(capacity=1)
    first = register(congress)
    second = register(congress, 2, at=SOON)
    confirming.confirm(link(second), now=SOON)

    assert not confirming.next_step(now=BEFORE)
    assert confirming.next_step(now=HELD)
    assert not confirming.next_step(now=HELD)

    states = {each.id: each.state for each in standings([first, second])}
    assert states == {first: RegistrationState.CANCELLED, second: RegistrationState.CONFIRMED}
    assert kinds(session)[3:] == ["lapsed", "place_gained"]
    assert verbs(session)[3:] == ["lapsed", "moved_up"]
    entry = select(CalendarEntry.status).where(CalendarEntry.registration_id == first)
    assert session.scalars(entry).all() == ["CANCELLED"]
    assert list_broken() == []
    with pytest.raises(ConfirmationOver):
        confirming.confirm(link(first), now=HELD)
    assert register(congress, 1, at=HELD) != first


def test_whoever_moves_up_unconfirmed_is_held_until_the_same_moment_and_hears_nothing(session):
    congress = asking(capacity=1)
    first, second = register(congress), register(congress, 2, at=SOON)
    confirming.confirm(link(first), now=SOON)

    changing.withdraw(first, actor=ORGANISER, now=SOON)

    [moved] = standings([second])
    assert moved.state is RegistrationState.CONFIRMED
    assert moved.unconfirmed_until == SOON + timedelta(hours=24)
    assert "place_gained" not in kinds(session)


def test_the_moment_is_over_although_nobody_has_ended_it_yet(session):
    number = register(asking())

    with pytest.raises(ConfirmationOver):
        confirming.confirm(link(number), now=HELD)
    with pytest.raises(ConfirmationOver):
        confirming.confirm("x" * 43, now=SOON)
    assert kinds(session) == ["confirm_registration"]


def test_registering_again_asks_again_five_times_an_hour(session):
    congress = asking()

    minutes = [OPEN + timedelta(minutes=minute) for minute in range(8) for _twice in range(2)]
    assert len({register(congress, at=at) for at in minutes}) == 1

    assert kinds(session) == ["confirm_registration"] * 5


def test_only_a_second_form_is_said_to_change_nothing(session):
    """Not the link asked for again, and not what an organiser sends again."""
    congress = asking()
    first, second = a_workshop(congress, number=1), a_workshop(congress, number=2)
    number = register(congress, 1, first)
    register(congress, 1, second, at=OPEN + timedelta(minutes=1))
    registering.resend_link(congress.id, a_request(1).email, now=SOON)
    registering.confirm_again(number, actor=ORGANISER, now=SOON + timedelta(minutes=1))

    facts = session.scalars(select(OutboxMessage.facts).order_by(OutboxMessage.id)).all()
    assert [each.get("registered_twice", False) for each in facts] == [False, True, False, False]
    assert {each["confirmed"][0]["number"] for each in facts} == {1}


def test_the_link_of_an_address_is_only_a_question_until_it_is_confirmed(session):
    congress = asking()
    register(congress)

    registering.resend_link(congress.id, a_request(1).email, now=SOON)

    assert kinds(session) == ["confirm_registration"] * 2


def test_organisers_confirm_by_hand_and_ask_again(session):
    congress = asking()
    number = register(congress)

    registering.confirm_again(number, actor=ORGANISER, now=SOON)
    for _ in range(2):
        confirming.confirm_by_hand(number, actor=ORGANISER, now=SOON)

    assert kinds(session)[1:] == ["confirm_registration", "confirmed", "calendar_request"]
    assert verbs(session)[1:] == ["mail_sent_again", "confirmed_by_hand"]


def test_nobody_writes_to_an_address_that_is_not_confirmed(session):
    congress = asking()
    number = register(congress)

    everybody = reminders.attendees_for(Reminder.SOON, congress.id)
    assert session.scalars(everybody).all() == []
    assert addressees.still_there([number]) == []
    confirming.confirm(link(number), now=SOON)
    assert session.scalars(everybody).all() == [number]


def test_a_new_address_by_the_organisers_ends_the_link_to_the_old_one(session):
    number = register(asking())
    token = link(number)
    confirming.confirm(token, now=SOON)

    tokens.renew(number, now=SOON)
    session.commit()

    with pytest.raises(ConfirmationOver):
        confirming.confirm(token, now=SOON)


def test_of_confirming_and_ending_at_once_one_wins(app, session):
    """Each looks under the lock of the congress: whoever comes second finds it done."""
    congress = asking()
    number = register(congress)
    token = link(number)
    session.remove()
    done: list[object] = []

    def confirm() -> None:
        with app.app_context():
            try:
                done.append(confirming.confirm(token, now=BEFORE))
            except ConfirmationOver:
                done.append(None)

    def end() -> None:
        with app.app_context():
            confirming.next_step(now=HELD)

    both = [Thread(target=confirm), Thread(target=end)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    [standing] = standings([number])
    is_confirmed = standing.state is RegistrationState.CONFIRMED
    assert [bool(each) for each in done] == [is_confirmed]
    assert kinds(session)[1:] == (["confirmed", "calendar_request"] if is_confirmed else ["lapsed"])
    assert list_broken() == []


def test_a_registration_taken_off_before_ends_no_second_time(session):
    number = register(asking())
    changing.withdraw(number, actor=ORGANISER, now=SOON)

    assert not confirming.next_step(now=HELD)

    assert verbs(session) == ["registered", "cancelled"]


def test_where_the_option_is_off_nothing_is_asked(session):
    registered = registering.register(a_congress().id, a_request(1), now=OPEN)

    assert registered.token
    assert not standings([registered.registration_id])[0].is_unconfirmed
