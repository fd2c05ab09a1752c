"""Two registrations of one person become one: rows, letters, calendars, links in one step."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import event, select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.assistance import Needs
from congress.domain.correction import SamePerson
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.news import own_change
from congress.domain.merging import WhoseWorkshop
from congress.domain.one_person import SeenOtherwise
from congress.domain.registration import RegistrationCancelled
from congress.domain.registration import RegistrationState as State
from congress.domain.registration_request import WishedWorkshop
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import (
    AssistanceNeeds,
    Attendance,
    AuditLine,
    Booking,
    CalendarEntry,
    Congress,
    Consent,
    OutboxMessage,
    Registration,
)
from congress.queries import attendees, audit, calendars, congresses, duplicates, turnout
from congress.queries.attendees import find_attendee
from congress.queries.invariants import list_broken
from congress.queries.registrations import find_own, get_own
from congress.queries.unchanged import state_of
from congress.services import (
    assisting,
    changing,
    checking_in,
    consenting,
    merging,
    registering,
    tokens,
)
from congress.services.merging import Merging
from tests.builders import BEGUN, OPEN, STARTS, a_congress, a_request, a_workshop
from tests.services.corrections import news, sent

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
LATER = OPEN + timedelta(minutes=5)
FIRST, SECOND = "erika.muster-1@example.org", "erika.muster-2@example.org"


def foreseen(wanted):
    heading = congresses.get_heading(get_own(wanted.kept).standing.congress_id)
    return merging.foresee(heading, wanted, now=LATER)


def merge(wanted, seen=None):
    merging.merge(wanted, seen=seen or foreseen(wanted).seen, actor=ORGANISER, now=LATER)


@pytest.fixture
def house(session):
    """One person twice, each in the congress and in another workshop, and two who wait for both."""
    congress = a_congress(capacity=2)
    full = a_workshop(congress, number=1, capacity=1)
    later = a_workshop(congress, number=2, capacity=9, starts_at=full.released_ends_at)
    people = [
        registering.register(congress.id, request, now=OPEN + timedelta(seconds=at))
        for at, request in enumerate(
            [
                a_request(1, WishedWorkshop(full.id, question="Warum?"), consents=("photos",)),
                a_request(2, later, consents=()),
                a_request(3),
                a_request(4, full),
            ]
        )
    ]
    for each in people[:2]:
        note = update(Registration).where(Registration.id == each.registration_id)
        session.execute(note.values(note=f"Notiz {each.registration_id}"))
    said = {"text_version": "1", "channel": "form", "consented_at": OPEN, "stored_at": OPEN}
    for each, kinds, text in zip(
        people, (["step_free"], ["other"]), ("", "Begleitung"), strict=False
    ):
        needs = {"registration_id": each.registration_id, "kinds": kinds, "text": text}
        session.add(AssistanceNeeds(**needs, **said))
    session.commit()
    sent(session)
    return congress.id, full.id, later.id, people


def test_one_goes_on_with_all_of_both_and_the_second_place_is_passed_on_once(session, house):
    congress_id, full, later, (one, other, third, fourth) = house
    wanted = Merging(one.registration_id, other.registration_id)
    outlook = foreseen(wanted)
    assert outlook.moved_up == (third.registration_id,)
    assert outlook.consents_ended == {"photos"}
    merge(wanted)

    assert list_broken() == []
    kept = get_own(one.registration_id)
    assert {each.item.id for each in kept.standing.confirmed} == {full, later}
    assert kept.standing.bookings[0].question == "Warum?"
    assert get_own(third.registration_id).standing.state is State.CONFIRMED
    assert get_own(fourth.registration_id).standing.state is State.WAITING
    gone, stands = (session.get_one(Registration, each.registration_id) for each in (other, one))
    [needs] = session.scalars(select(AssistanceNeeds))
    assert (needs.registration_id, needs.kinds) == (stands.id, ["step_free", "other"])
    assert needs.text == "Begleitung"
    assert stands.note == f"Notiz {stands.id}\nNotiz {gone.id}"
    assert (gone.state, gone.merged_into_id) == ("cancelled", one.registration_id)
    [consent] = [each for each in kept.consents if each.purpose == "photos"]
    assert consent.withdrawn_at == LATER

    # One letter to each mailbox; the entry of who goes on goes on, the other one ends.
    assert news(session) == [
        ("merged", FIRST, None, None),
        ("calendar_request", FIRST, "REQUEST", 1),
        ("merged_away", SECOND, "CANCEL", 1),
        ("place_gained", "erika.muster-3@example.org", "REQUEST", 0),
    ]
    letter = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "merged")).one()
    assert letter.facts["links"] == ["manage"]
    assert letter.facts["consents_ended"] == ["photos"]
    assert [each["id"] for each in letter.facts["confirmed"]] == [full, later]
    entries = session.execute(
        select(CalendarEntry.registration_id, CalendarEntry.status, CalendarEntry.content)
    ).all()
    says = {row.registration_id: (row.status, row.content["summary"]) for row in entries}
    title = says[one.registration_id][1]
    assert says[one.registration_id][0] == "CONFIRMED"
    assert says[other.registration_id] == ("CANCELLED", f"Doppelt: {title}")

    # The old link opens nothing of anybody, the old feed says that it is over; the new one works.
    opened = find_own(other.token)
    assert opened is not None
    assert opened.registration.standing.merged_into_id == one.registration_id
    feed = tokens.token_for(other.registration_id, TokenPurpose.FEED)
    assert feed is not None
    assert calendars.find_personal(feed, TokenPurpose.FEED) is not None
    shown = calendars.feed_of_registration(other.registration_id)
    assert [each.entry.status for each in shown] == ["CANCELLED"]
    assert find_own(one.token) is not None

    assert_one_person_is_left(congress_id, one.registration_id, other.registration_id)

    # The same form once more is nothing more, and who went into another cannot go on.
    merge(wanted, outlook.seen)
    assert len(news(session)) == 4
    with pytest.raises(RegistrationCancelled):
        merge(Merging(other.registration_id, third.registration_id), "x")


def assert_one_person_is_left(congress_id, one, other):
    """One person in the list, in the course, and in the log with both histories."""
    assert attendees.counts_by_state(congress_id)[State.CANCELLED] == 0
    assert attendees.count(congress_id, attendees.EVERYBODY) == 3
    assert find_attendee(congress_id, one).merged[0].id == other
    congress = congresses.get_congress(congress_id)
    state = state_of(congresses.get_heading(congress_id))
    weeks = turnout.of_congress(congress, state, now=LATER).weeks
    assert sum(each.came for each in weeks) == 3
    assert sum(each.left for each in weeks) == 0
    verbs = [each.verb for each in audit.of_registration(one)]
    assert sorted(verbs) == ["merged", "merged_away", "registered", "registered"]


@pytest.mark.sqlite_only
def test_a_clash_is_asked_and_what_was_seen_is_what_is_done(session, house):
    congress_id, full, _later, (one, other, *_) = house
    beside = a_workshop(session.get_one(Congress, congress_id), number=3, capacity=1)
    changing.change_workshops(
        other.registration_id, [WishedWorkshop(beside.id)], actor=ATTENDEE, now=OPEN
    )
    wanted = Merging(one.registration_id, other.registration_id)
    assert isinstance(foreseen(wanted).refusal, WhoseWorkshop)
    with pytest.raises(WhoseWorkshop):
        merge(wanted)

    theirs = Merging(one.registration_id, other.registration_id, other_wins={full: True})
    seen = foreseen(theirs).seen
    mine = Merging(one.registration_id, other.registration_id, other_wins={full: False})
    with pytest.raises(SeenOtherwise):
        merge(mine, seen)
    changing.withdraw(house[3][3].registration_id, actor=ATTENDEE, now=OPEN)  # another's affair
    merge(theirs, seen)
    booked = {each.item.id for each in get_own(one.registration_id).standing.confirmed}
    assert beside.id in booked
    assert full not in booked
    letter = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "merged")).one()
    own = own_change(letter.facts)
    assert ([each["id"] for each in own.lost], own.won) == ([full], ())
    assert list_broken() == []


def test_at_the_other_address_the_link_is_new_and_the_first_mailbox_hears_it_ended(session, house):
    _congress_id, _full, _later, (one, other, *_) = house
    fields = frozenset({"email", "family_name"})
    merge(Merging(one.registration_id, other.registration_id, fields))

    own = get_own(one.registration_id)
    assert (own.standing.email, own.standing.family_name) == (SECOND, "Muster-2")
    assert news(session) == [
        ("merged_away", FIRST, "CANCEL", 2),
        ("merged", SECOND, None, None),
        ("calendar_request", SECOND, "REQUEST", 3),
        ("calendar_cancel", SECOND, "CANCEL", 1),
        ("place_gained", "erika.muster-3@example.org", "REQUEST", 0),
    ]
    letter = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "merged")).one()
    assert letter.facts["twice_in_calendar"] is True
    assert [each["after"] for each in letter.facts["corrected"]] == ["Muster-2", SECOND]
    assert find_own(one.token) is None
    line = session.scalars(select(AuditLine).where(AuditLine.verb == "merged")).one()
    assert line.personal["after"] == {"family_name": "Muster-2", "email": SECOND}
    assert FIRST not in str(line.details)


def test_somebody_without_an_address_goes_on_with_the_one_of_the_other(session):
    """Who was phoned and entered stands first in the queue, and hears of it by the address."""
    congress = a_congress(capacity=1)
    people = [
        registering.register(congress.id, a_request(each), now=OPEN + timedelta(seconds=each))
        for each in range(4)
    ]
    ids = [each.registration_id for each in people]
    silent = update(Registration).where(Registration.id == ids[1])
    session.execute(silent.values(email="", email_key="", family_name="Muster-3", likeness="twin"))
    session.execute(update(Registration).where(Registration.id == ids[3]).values(likeness="twin"))
    session.commit()
    sent(session)

    assert [each.pair for each in duplicates.of_congress(congress.id)] == [(ids[1], ids[3])]
    assert [each.pair for each in duplicates.of_registration(congress.id, ids[3])] == [
        (ids[1], ids[3])
    ]
    merge(Merging(ids[3], ids[1]))

    assert get_own(ids[3]).standing.position == 1
    assert get_own(ids[2]).standing.position == 2
    assert [each[:2] for each in news(session)] == [("merged", "erika.muster-3@example.org")]
    assert duplicates.of_congress(congress.id) == []
    assert list_broken() == []


@pytest.mark.sqlite_only
def test_two_people_are_noted_once_and_not_proposed_again(session, house):
    congress_id, *_rest, (one, other, third, _) = house
    numbers = [each.registration_id for each in (one, other, third)]
    session.execute(
        update(Registration)
        .where(Registration.id.in_(numbers))
        .values(likeness="twin", organisation_key="town")
    )
    session.commit()
    assert len(duplicates.of_congress(congress_id)) == 3
    for _again in range(2):
        merging.tell_apart(congress_id, numbers[1], numbers[0], actor=ORGANISER, now=LATER)

    left = [each.pair for each in duplicates.of_congress(congress_id)]
    assert left == [(numbers[1], numbers[2]), (numbers[0], numbers[2])]
    lines = session.scalars(select(AuditLine.details).where(AuditLine.verb == "told_apart")).all()
    assert lines == [{"other": numbers[1]}, {"other": numbers[0]}]
    merge(Merging(numbers[2], numbers[0]))
    assert duplicates.of_congress(congress_id) == []


@pytest.mark.sqlite_only
def test_nobody_becomes_a_third_person_who_is_registered(session, house):
    _congress_id, *_rest, (one, other, third, _) = house
    session.execute(
        update(Registration)
        .where(Registration.id == third.registration_id)
        .values(email_key=SECOND, name_key="erikamuster1")
    )
    session.commit()
    with pytest.raises(SamePerson):
        merge(Merging(one.registration_id, other.registration_id, frozenset({"email"})))
    assert session.scalars(select(Consent.withdrawn_at)).all() == [None] * len(
        session.scalars(select(Consent.id)).all()
    )
    assert session.scalars(select(Booking.state)).all().count("cancelled") == 0
    assert MessageKind.MERGED not in {each[0] for each in news(session)}


def test_what_a_person_says_at_that_moment_holds_for_who_goes_on(app, session):
    congress = a_congress(fields={"assistance": "optional"})
    one, other = (
        registering.register(
            congress.id, a_request(each, consents=("photos",)), now=OPEN
        ).registration_id
        for each in (1, 2)
    )
    door = Actor(ActorKind.ORGANISER)
    checking_in.check_in(other, day=STARTS.date(), actor=door, now=BEGUN)
    assisting.state(other, Needs.of(["step_free"], ""), actor=ATTENDEE, now=LATER)
    faults = []

    def try_it(act):
        with app.app_context():
            try:
                act()
            except Exception as fault:  # noqa: BLE001 - whatever it is, somebody would see it
                faults.append(fault)

    threads = [
        Thread(target=try_it, args=(act,))
        for act in (
            lambda: consenting.set_consent(other, "photos", given=False, actor=ATTENDEE, now=LATER),
            lambda: checking_in.check_in(one, day=STARTS.date(), actor=door, now=BEGUN),
            lambda: assisting.state(
                one, Needs.of(["induction_loop"], ""), actor=ATTENDEE, now=LATER
            ),
        )
    ]

    def begin(_session):
        for each in threads:
            each.start()
        threads[-1].join(0.1)  # long enough to get as far as they can

    wanted = Merging(one, other)
    seen = foreseen(wanted).seen
    event.listen(db.session(), "before_commit", begin, once=True)
    merge(wanted, seen)
    for each in threads:
        each.join()

    assert faults == []
    session.rollback()
    assert [each.withdrawn_at for each in get_own(one).consents if each.purpose == "photos"] == [
        LATER
    ]
    assert session.scalars(select(Attendance.registration_id)).all() == [one]
    stated = session.execute(select(AssistanceNeeds.registration_id, AssistanceNeeds.kinds)).all()
    assert stated == [(one, ["induction_loop"])]
    assisting.forget(other, actor=ATTENDEE, now=LATER)
    assert session.scalars(select(AssistanceNeeds.id)).all() == []
    assert list_broken() == []
