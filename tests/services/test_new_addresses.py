"""A new address of a registration: asked, confirmed, and everything that goes with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.congresses import CongressState
from congress.domain.correction import (
    TIME_TO_CONFIRM,
    AddressLinkOver,
    MailboxAskedEnough,
    RegisteredThere,
)
from congress.domain.registration import CongressNotTakingPart, RegistrationCancelled
from congress.domain.tokens import TokenPurpose
from congress.models import (
    AddressChange,
    CalendarEntry,
    Congress,
    OutboxMessage,
)
from congress.queries.calendars import find_personal
from congress.queries.outbox import Wanted, find_messages
from congress.queries.registrations import find_own, get_own
from congress.services import addresses, changing, correcting, registering, tokens
from congress.services.mails import delivering, outboxing
from congress.transaction import transaction
from tests.builders import (
    CLOSES,
    OPEN,
    STARTS,
    a_congress,
    a_request,
)
from tests.services.corrections import (
    LATER,
    NEW,
    OLD,
    correct,
    in_a_workshop,
    link_to_confirm,
    news,
    sent,
)

DAY_2 = timedelta(days=1)


@pytest.fixture
def erika(session):
    return in_a_workshop(session)


def test_a_new_address_is_asked_first_and_nothing_changes(session, erika):
    done = correct(erika, email=NEW, organisation="Stadt Hamm")

    assert done == correcting.Corrected(is_stored=True, is_asked=True)
    assert get_own(erika.registration_id).standing.email == OLD
    assert news(session) == [
        ("corrected", OLD, None, None),  # of the organisation
        ("confirm_address", NEW, None, None),
    ]
    facts = str(session.scalars(select(OutboxMessage.facts)).all())
    assert link_to_confirm(session) not in facts  # SEC-27


def test_a_confirmed_address_gets_link_and_invitation_and_the_old_one_its_end(session, erika):
    correct(erika, email=NEW)
    link = link_to_confirm(session)
    sent(session)

    own = correcting.confirm_address(link, now=LATER)

    assert news(session) == [
        ("address_left", OLD, "CANCEL", 1),
        ("readdressed", NEW, None, None),
        ("calendar_request", NEW, "REQUEST", 2),
    ]
    left, moved = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.kind.in_(("address_left", "readdressed")))
        .order_by(OutboxMessage.id)
    )
    assert (left.facts["links"], moved.facts["links"]) == ([], ["manage"])
    assert NEW not in str(left.facts)
    uids = {
        row.facts["entry"]["uid"]
        for row in session.scalars(select(OutboxMessage))
        if "entry" in row.facts
    }
    assert len(uids) == 1
    entry = session.scalars(select(CalendarEntry)).one()
    assert (entry.sequence, entry.status) == (2, "CONFIRMED")
    assert find_own(erika.token) is None  # the old mailbox opens nothing any more
    assert find_own(str(own)).registration.standing.email == NEW
    feed = tokens.token_for(erika.registration_id, TokenPurpose.FEED)
    assert find_personal(str(feed), TokenPurpose.FEED) is not None  # subscriptions go on
    assert session.scalars(select(AddressChange)).all() == []


def test_a_link_to_confirm_works_once_and_two_days_and_until_the_next(session, erika):
    correct(erika, email=NEW)
    overtaken = link_to_confirm(session)
    correct(erika, email="andere@example.org")
    late = link_to_confirm(session)

    for link, now in ((overtaken, LATER), (late, LATER + TIME_TO_CONFIRM), ("x" * 43, LATER)):
        with pytest.raises(AddressLinkOver):
            correcting.confirm_address(link, now=now)
    correcting.confirm_address(late, now=LATER + TIME_TO_CONFIRM - timedelta(seconds=1))
    with pytest.raises(AddressLinkOver):
        correcting.confirm_address(late, now=LATER)


def test_an_address_nobody_confirms_is_forgotten(session, erika):
    correct(erika, email=NEW)

    assert addresses.delete_expired(now=LATER + TIME_TO_CONFIRM - timedelta(seconds=1)) == 0
    assert addresses.delete_expired(now=LATER + TIME_TO_CONFIRM) == 1
    assert session.scalars(select(AddressChange)).all() == []


def test_an_address_asked_in_time_may_be_confirmed_after_the_deadline(session, erika):
    correct(erika, email=NEW, now=CLOSES - timedelta(seconds=1))

    assert correcting.confirm_address(link_to_confirm(session), now=CLOSES)


def test_who_withdraws_takes_over_no_address(session, erika):
    correct(erika, email=NEW)
    changing.withdraw(erika.registration_id, actor=ATTENDEE, now=LATER)

    with pytest.raises(RegistrationCancelled):
        correcting.confirm_address(link_to_confirm(session), now=LATER)


@pytest.mark.parametrize("state", [CongressState.FINISHED, CongressState.CANCELLED])
def test_no_address_is_taken_over_in_what_is_over_or_called_off(session, erika, state):
    correct(erika, email=NEW)
    with transaction():
        session.scalars(select(Congress)).one().state = state

    with pytest.raises(CongressNotTakingPart):
        correcting.confirm_address(link_to_confirm(session), now=LATER)
    assert get_own(erika.registration_id).standing.email == OLD


def test_another_spelling_of_the_same_address_needs_no_question(session, erika):
    done = correct(erika, email=OLD.replace("erika", "Erika"))

    assert done == correcting.Corrected(is_stored=True)
    assert news(session) == [("corrected", OLD.replace("erika", "Erika"), None, None)]
    assert find_own(erika.token) is not None


def test_a_domain_that_only_looks_alike_is_another_mailbox(session):
    """SEC-24, SEC-27: straße.de and strasse.de may have two owners."""
    congress = a_congress()
    sharp, double = "rathaus@xn--strae-oqa.de", "rathaus@strasse.de"
    first = registering.register(congress.id, a_request(1, email=sharp), now=OPEN)
    second = registering.register(congress.id, a_request(2, email=double), now=OPEN)
    sent(session)

    registering.resend_link(congress.id, sharp, now=LATER)
    done = correct(second, email=sharp)

    links, question = session.scalars(
        select(OutboxMessage).where(OutboxMessage.state == "queued").order_by(OutboxMessage.id)
    )
    assert (links.recipient, links.facts["registrations"]) == (sharp, [first.registration_id])
    assert done == correcting.Corrected(is_asked=True)
    assert (question.kind, question.recipient) == ("confirm_address", sharp)


def test_an_organiser_corrects_an_address_at_once_and_the_mail_goes_again(session, erika):
    correct(erika, email="alt@example.org")  # overtaken by the organiser
    sent(session)

    correct(erika, actor=COMMAND, email=NEW, family_name="Meier", now=STARTS)

    assert news(session) == [
        ("address_left", OLD, "CANCEL", 1),
        ("readdressed", NEW, None, None),
        ("calendar_request", NEW, "REQUEST", 2),
    ]
    assert session.scalars(select(AddressChange)).all() == []
    letter = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.kind == "readdressed", OutboxMessage.state != "sent"
        )
    ).one()
    assert letter.facts["by_organiser"] is True


def test_every_day_of_a_long_congress_moves_to_the_new_address(session):
    days = tuple(
        (STARTS + each * DAY_2, STARTS + each * DAY_2 + timedelta(hours=7)) for each in range(2)
    )
    congress = a_congress(days=days)
    long = registering.register(congress.id, a_request(1), now=OPEN)
    sent(session)

    correct(long, actor=COMMAND, email=NEW)

    assert news(session) == [
        ("address_left", OLD, "CANCEL", 1),
        ("calendar_cancel", OLD, "CANCEL", 1),
        ("readdressed", NEW, None, None),
        ("calendar_request", NEW, "REQUEST", 2),
        ("calendar_request", NEW, "REQUEST", 2),
    ]


def test_whoever_waits_has_no_calendar_to_move(session):
    congress = a_congress(capacity=0)
    waits = registering.register(congress.id, a_request(1), now=OPEN)
    sent(session)

    correct(waits, actor=COMMAND, email=NEW)

    assert news(session) == [("address_left", OLD, None, None), ("readdressed", NEW, None, None)]


def test_a_mailbox_in_which_the_person_is_registered_learns_it_when_confirming(session, erika):
    """SEC-24: whoever asks hears the same for every address."""
    congress_id = get_own(erika.registration_id).standing.congress_id
    twin = a_request(1, email=NEW, form_key="another")
    registering.register(congress_id, twin, now=OPEN)

    done = correct(erika, email=NEW)

    assert done == correcting.Corrected(is_asked=True)
    with pytest.raises(RegisteredThere):
        correcting.confirm_address(link_to_confirm(session), now=LATER)
    assert get_own(erika.registration_id).standing.email == OLD


def test_one_stranger_gets_five_mails_an_hour_whoever_types_the_address(session):
    """SEC-30: who is the sixth is told so, and no link dies for a mail that does not go out."""
    congress = a_congress()
    *five, sixth = (
        registering.register(congress.id, a_request(each), now=OPEN) for each in range(6)
    )
    for _ in range(5):  # SEC-24: what the address gets as a registered one is no reason
        registering.resend_link(congress.id, OLD, now=OPEN)
    sent(session)
    assert all(correct(each, email=NEW).is_asked for each in five)
    links = session.scalars(select(AddressChange.id).order_by(AddressChange.id)).all()

    for person, organisation in ((sixth, "Stadt Hamm"), (five[0], "Stadt Lünen")):
        with pytest.raises(MailboxAskedEnough):
            correct(person, email=NEW, organisation=organisation)
        session.rollback()

    assert news(session) == [("confirm_address", NEW, None, None)] * 5
    assert session.scalars(select(AddressChange.id).order_by(AddressChange.id)).all() == links
    assert get_own(sixth.registration_id).person.said["organisation"] == "Stadt Lünen"
    assert correct(sixth, email=OLD.replace("-1", "-9")).is_asked


def test_mails_that_wait_go_to_the_new_address_and_an_old_one_that_got_none_hears_nothing(session):
    congress = a_congress()
    done = registering.register(congress.id, a_request(1), now=OPEN)
    correct(done, actor=COMMAND, email=NEW)

    claimed = {(each.kind, each.recipient): each for each in delivering.claim("w", now=LATER)}

    assert set(claimed) == {("confirmed", NEW), ("calendar_request", NEW), ("readdressed", NEW)}
    for kind in ("confirmed", "readdressed"):
        assert find_own(str(claimed[kind, NEW].own_page)) is not None
    assert (found_under(NEW), found_under(OLD)) == (3, 0)


def test_a_later_step_leaves_the_end_in_the_old_mailbox_alone(session, erika):
    """What has not gone out yet gives way to newer news, but not to news for another mailbox.

    The new one never got the entry, so nothing ends there.
    """
    correct(erika, actor=COMMAND, email=NEW)

    changing.withdraw(erika.registration_id, actor=ATTENDEE, now=LATER)

    assert news(session) == [
        ("address_left", OLD, "CANCEL", 1),
        ("readdressed", NEW, None, None),
        ("withdrawn", NEW, None, None),
    ]


@pytest.mark.parametrize("state", ["failed", "sent"])
def test_a_mail_sent_again_goes_to_the_corrected_address(session, state):
    congress = a_congress()
    done = registering.register(congress.id, a_request(1), now=OPEN)
    with transaction():
        session.execute(update(OutboxMessage).values(state=state))
    letter = session.scalars(
        select(OutboxMessage.id).where(OutboxMessage.kind == "confirmed")
    ).one()
    correct(done, actor=COMMAND, email=NEW)
    sent_before = news(session)

    outboxing.send_again(letter, actor=COMMAND, now=LATER)

    assert sorted(set(news(session)) - set(sent_before)) == [("confirmed", NEW, None, None)]
    assert {each.recipient for each in find_messages(Wanted(recipient=NEW))[0]} == {NEW}
    assert NEW not in {each.recipient for each in find_messages(Wanted(recipient=OLD))[0]}


def test_a_letter_to_an_earlier_address_never_brings_the_link(session, erika):
    """SEC-27: whatever is still under way to it, and whoever sends it again."""
    correct(erika, actor=COMMAND, email=NEW)
    with transaction():
        session.execute(update(OutboxMessage).values(state="queued", recipient=OLD))

    claimed = delivering.claim("w", now=LATER)

    assert len(claimed) >= 4
    assert {each.own_page for each in claimed} == {None}


def found_under(address: str) -> int:
    return find_messages(Wanted(recipient=address))[1]
