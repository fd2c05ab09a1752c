"""One channel for each person's calendar entry: invitations by mail, or a subscription."""
# ruff: noqa: ANN401 - a session of the tests has no type

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.correction import TooManyCorrections
from congress.domain.registration import NoMailbox, RegistrationCancelled
from congress.domain.selection import Act, Acting
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage, Registration
from congress.queries import bulk_acts, calendars, congresses
from congress.queries.registrations import get_own
from congress.services import (
    changing,
    correcting,
    merging,
    registering,
    restoring,
    subscribing,
    taking_over,
    tokens,
)
from congress.services.mails import outboxing
from congress.services.merging import Merging
from congress.services.taking_over import Newcomer, Terms
from tests.builders import OPEN, a_congress, a_request, a_workshop

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
LATER = OPEN + timedelta(minutes=5)


def registered(session: Any) -> int:
    """Somebody with one workshop, whose mails went out."""
    congress = a_congress()
    workshops = [a_workshop(congress, number=each, code=f"ws-{each}") for each in (1, 2)]
    number = registering.register(congress.id, a_request(1, workshops[0]), now=OPEN).registration_id
    all_sent(session)
    return number


def all_sent(session: Any) -> None:
    session.execute(update(OutboxMessage).values(state="sent", sent_at=OPEN, attempts=1))
    session.commit()


def choose(number: int, *, subscribes: bool) -> None:
    subscribing.choose_channel(number, subscribes=subscribes, actor=ATTENDEE, now=LATER)


def queued(session: Any) -> list[tuple[str, tuple[str, int] | None]]:
    """The kinds of what waits, each with method and SEQUENCE of its object."""
    session.expire_all()
    rows = session.scalars(
        select(OutboxMessage).where(OutboxMessage.state == "queued").order_by(OutboxMessage.id)
    )
    return [(row.kind, entry_of(row)) for row in rows]


def entry_of(row: OutboxMessage) -> tuple[str, int] | None:
    entry = row.facts.get("entry")
    return (entry["method"], entry["sequence"]) if entry else None


def in_feed(number: int) -> list[tuple[str, int]]:
    found = [each.entry for each in calendars.feed_of_registration(number) if not each.is_mailed]
    return [(entry.status, entry.sequence) for entry in found]


def test_the_subscription_takes_the_place_of_the_invitation_and_back(session):
    """One letter each time; at no time do mail and feed both confirm the entry."""
    number = registered(session)
    assert in_feed(number) == []

    choose(number, subscribes=True)
    assert queued(session) == [("subscribed", ("CANCEL", 1))]
    assert in_feed(number) == [("CONFIRMED", 2)]

    all_sent(session)
    choose(number, subscribes=False)
    assert queued(session) == [("invited_again", ("REQUEST", 3))]
    assert in_feed(number) == []
    verbs = session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs[-2:] == ["calendar_subscribed", "calendar_invited"]


def test_what_stands_already_writes_nothing(session):
    number = registered(session)
    choose(number, subscribes=False)
    assert queued(session) == []
    choose(number, subscribes=True)
    choose(number, subscribes=True)
    assert len(queued(session)) == 1


def test_whoever_goes_to_and_fro_fills_no_mailbox(session):
    """SEC-30: the mailbox may be that of somebody else, whom a stranger has registered."""
    number = registered(session)
    for count in range(5):
        choose(number, subscribes=count % 2 == 0)
        all_sent(session)

    with pytest.raises(TooManyCorrections):
        choose(number, subscribes=False)
    choose(number, subscribes=True)  # which it is

    session.rollback()
    assert queued(session) == []
    later = LATER + timedelta(hours=1)
    subscribing.choose_channel(number, subscribes=False, actor=ATTENDEE, now=later)
    assert [kind for kind, _entry in queued(session)] == ["invited_again"]


def test_an_invitation_that_never_went_out_needs_no_end(session):
    congress = a_congress()
    number = registering.register(congress.id, a_request(1), now=OPEN).registration_id
    choose(number, subscribes=True)
    assert queued(session) == [("confirmed", None), ("subscribed", None)]

    choose(number, subscribes=False)
    assert queued(session) == [("confirmed", None), ("invited_again", ("REQUEST", 3))]


def feed_of(number: int) -> str:
    return tokens.token_for(number, TokenPurpose.FEED) or ""


def opens(token: str) -> bool:
    return calendars.find_personal(token, TokenPurpose.FEED) is not None


def test_a_calendar_gets_another_address_and_earlier_ones_show_nothing(session):
    """SEC-27: also that of the registration before, which goes on with the same entries."""
    before = registered(session)
    changing.withdraw(before, actor=ATTENDEE, now=LATER)
    congress = get_own(before).standing.congress_id
    request = a_request(1, form_key="again")
    number = registering.register(congress, request, now=LATER).registration_id
    assert number != before
    choose(number, subscribes=True)
    old = [feed_of(before), feed_of(number)]
    assert [opens(each) for each in old] == [True, True]

    subscribing.renew_address(number, actor=ATTENDEE, now=LATER)
    assert [opens(each) for each in old] == [False, False]
    assert opens(feed_of(number))
    verbs = session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs[-1] == "calendar_address_renewed"


def test_who_gets_another_mailbox_takes_no_reader_of_the_old_one_along(session):
    """The link stood on a page that the old mailbox opened; the letter says that it is new."""
    number = registered(session)
    choose(number, subscribes=True)
    old = feed_of(number)
    correct(number, email="erika@beispiel.example")
    assert not opens(old)
    assert opens(feed_of(number))
    letter = session.scalar(select(OutboxMessage).where(OutboxMessage.kind == "readdressed"))
    assert letter.facts["has_new_feed"]


def test_who_has_left_has_nothing_to_choose(session):
    number = registered(session)
    changing.withdraw(number, actor=ATTENDEE, now=LATER)
    with pytest.raises(RegistrationCancelled):
        choose(number, subscribes=True)
    with pytest.raises(RegistrationCancelled):
        subscribing.renew_address(number, actor=ATTENDEE, now=LATER)


def change(number: int) -> None:
    [booking] = get_own(number).standing.bookings
    changing.leave(number, booking.id, actor=ATTENDEE, now=LATER)


def withdraw(number: int) -> None:
    changing.withdraw(number, actor=ATTENDEE, now=LATER)


def be_taken_off(number: int) -> None:
    changing.withdraw(number, actor=ORGANISER, now=LATER)


def correct(number: int, **values: Any) -> None:
    person = get_own(number).person
    after = replace(person, **values)
    correcting.correct(number, after, version=person.version, actor=ORGANISER, now=LATER)


def rename(number: int) -> None:
    correct(number, family_name="Beispiel")


def readdress(number: int) -> None:
    correct(number, email="rathaus@example.org")


def confirm_again(number: int) -> None:
    registering.confirm_again(number, actor=ORGANISER, now=LATER)


def be_put_back(number: int) -> None:
    congress_id = get_own(number).standing.congress_id
    before = bulk_acts.look(congress_id, [number])
    changing.withdraw(number, actor=ORGANISER, now=OPEN)
    acting = Acting(Act.CANCEL, None)
    line = restoring.keep(congress_id, acting, [number], before, actor=ORGANISER, now=OPEN)
    all_sent(db.session)
    act = bulk_acts.find(congress_id, line)
    assert act is not None
    [kept] = act.kept
    restoring.put_back(kept, line, actor=ORGANISER, now=LATER)


def merge(number: int, *, other_subscribes: bool = True) -> None:
    congress_id = get_own(number).standing.congress_id
    other = registering.register(congress_id, a_request(2), now=OPEN).registration_id
    subscribing.choose_channel(other, subscribes=other_subscribes, actor=ATTENDEE, now=OPEN)
    all_sent(db.session)
    wanted = Merging(kept=number, other=other)
    seen = merging.foresee(congresses.get_heading(congress_id), wanted, now=LATER).seen
    merging.merge(wanted, seen=seen, actor=ORGANISER, now=LATER)


@pytest.mark.parametrize(
    ("act", "letters", "shown"),
    [
        (change, ["changed"], "CONFIRMED"),
        (withdraw, ["withdrawn"], "CANCELLED"),
        (be_taken_off, ["cancelled_by_organiser"], "CANCELLED"),
        (be_put_back, ["reinstated"], "CONFIRMED"),
        (rename, ["corrected"], "CONFIRMED"),
        (readdress, ["address_left", "readdressed"], "CONFIRMED"),
        (confirm_again, ["confirmed"], "CONFIRMED"),
        (merge, ["merged", "merged_away"], "CONFIRMED"),
    ],
)
def test_who_subscribes_gets_the_news_and_no_object(session, act, letters, shown):
    """The letter comes all the same; what it would have carried stands in the feed."""
    number = registered(session)
    choose(number, subscribes=True)
    all_sent(session)

    act(number)

    assert queued(session) == [(kind, None) for kind in letters]
    [(status, sequence)] = in_feed(number)
    assert (status, sequence > 2) == (shown, act is not merge)


@pytest.mark.parametrize("comes_alone", [True, False])
@pytest.mark.parametrize("subscribes", [True, False])
def test_who_registers_again_keeps_the_channel(session, subscribes, comes_alone):
    number = registered(session)
    congress_id = get_own(number).standing.congress_id
    choose(number, subscribes=subscribes)
    changing.withdraw(number, actor=ATTENDEE, now=LATER)
    all_sent(session)

    if comes_alone:
        registering.register(congress_id, a_request(1, form_key="1" * 32), now=LATER)
    else:
        people = [Newcomer(each, a_request(each, form_key=f"{each:032x}")) for each in (1, 2)]
        terms = Terms(waits=True)
        taking_over.take_over(congress_id, people, [], terms, actor=ORGANISER, now=LATER)

    letters = [kind for kind, _entry in queued(session)]
    again = session.scalars(
        select(Registration).where(
            Registration.email == a_request(1).email, Registration.id > number
        )
    ).one()
    assert again.subscribes is subscribes
    assert get_own(again.id).standing.is_invited is not subscribes
    assert letters.count("calendar_request") == (0 if subscribes else 1) + (not comes_alone)
    assert ("CONFIRMED" in [status for status, _ in in_feed(number)]) is subscribes


@pytest.mark.parametrize(
    ("subscribes", "other_subscribes", "mailed"),
    [
        (True, False, [("merged", None), ("merged_away", ("CANCEL", 1))]),
        (False, True, [("merged", None), ("merged_away", None)]),
    ],
    ids=["the one that goes on", "the one that ends"],
)
def test_of_two_that_become_one_each_goes_by_its_own_channel(
    session, subscribes, other_subscribes, mailed
):
    number = registered(session)
    choose(number, subscribes=subscribes)
    merge(number, other_subscribes=other_subscribes)
    assert sorted(queued(session), key=str) == mailed


def test_an_invitation_sent_again_by_hand_invites_nobody_who_subscribes(session):
    number = registered(session)
    choose(number, subscribes=True)
    all_sent(session)
    letter, invitation, _end = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    assert invitation.kind == "calendar_request"

    with pytest.raises(outboxing.NothingToSendAgain):
        outboxing.send_again(invitation.id, actor=ORGANISER, now=LATER)
    outboxing.send_again(letter.id, actor=ORGANISER, now=LATER)

    assert queued(session) == [("confirmed", None)]


def test_who_has_no_address_has_the_entry_in_the_feed(session):
    number = registered(session)
    nobody = update(Registration).where(Registration.id == number).values(email="", email_key="")
    session.execute(nobody)
    session.commit()

    assert in_feed(number) == [("CONFIRMED", 0)]
    with pytest.raises(NoMailbox):
        choose(number, subscribes=True)


def test_no_letter_about_it_holds_a_secret(session):
    """SEC-27: the address of the subscription stands on the own page alone."""
    number = registered(session)
    feed = str(tokens.token_for(number, TokenPurpose.FEED))
    choose(number, subscribes=True)
    [row] = session.scalars(select(OutboxMessage).where(OutboxMessage.state == "queued"))

    assert row.facts["links"] == []
    assert feed not in str(row.facts)
