"""Registering on both databases: rows, counters and mails of one transaction."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE
from congress.domain.attendee_list import Wanted
from congress.domain.congresses import CongressState
from congress.domain.registration import (
    CongressFull,
    CongressNotTakingPart,
    RegistrationClosed,
    RegistrationState,
    UnknownWorkshop,
)
from congress.domain.registration_request import Details, WishedWorkshop
from congress.models import (
    AccessToken,
    AuditLine,
    Booking,
    CalendarEntry,
    Congress,
    OutboxMessage,
    ProgrammeItem,
    Registration,
)
from congress.queries import attendees, audit
from congress.queries.invariants import list_broken
from congress.queries.registrations import find_own, get_own
from congress.services import changing, correcting, registering
from tests.builders import CLOSES, OPEN, a_congress, a_request, a_workshop, an_organisation


def test_a_new_person_gets_place_link_letter_and_calendar_entry(session):
    congress = a_congress()
    workshop = a_workshop(congress, number=3)

    registered = registering.register(congress.id, a_request(1, workshop), now=OPEN)

    own = get_own(registered.registration_id)
    assert own.standing.state is RegistrationState.CONFIRMED
    assert [each.item.number for each in own.standing.confirmed] == [3]
    assert find_own(str(registered.token)).registration == own
    assert kinds(session) == ["confirmed", "calendar_request"]
    assert session.scalars(select(CalendarEntry.sequence)).all() == [0]
    assert session.scalars(select(AuditLine.verb)).all() == ["registered"]
    assert counters(session, congress, workshop) == [(1, 0), (1, 0)]


def test_the_outbox_holds_no_secret(session):
    """SEC-27."""
    congress = a_congress()

    registered = registering.register(congress.id, a_request(1), now=OPEN)

    facts = str(session.scalars(select(OutboxMessage.facts)).all())
    stored = str(session.execute(select(AccessToken.nonce, AccessToken.digest)).all())
    assert str(registered.token) not in facts + stored


def test_a_full_workshop_puts_into_its_queue_and_the_letter_says_the_position(session):
    congress = a_congress()
    workshop = a_workshop(congress, capacity=1)
    for number in (1, 2):
        registering.register(congress.id, a_request(number, workshop), now=OPEN)

    registered = registering.register(congress.id, a_request(3, workshop), now=OPEN)

    [booking] = get_own(registered.registration_id).standing.waiting
    assert booking.position == 2
    letter = session.scalars(
        select(OutboxMessage.facts).where(
            OutboxMessage.registration_id == registered.registration_id,
            OutboxMessage.kind == "confirmed",
        )
    ).one()
    assert [each["position"] for each in letter["waiting"]] == [2]
    assert counters(session, congress, workshop) == [(3, 0), (1, 2)]


def test_a_full_congress_has_a_queue_without_invitation(session):
    """No invitation while waiting."""
    congress = a_congress(capacity=1)
    workshop = a_workshop(congress)
    registering.register(congress.id, a_request(1), now=OPEN)

    registered = registering.register(congress.id, a_request(2, workshop), now=OPEN)

    standing = get_own(registered.registration_id).standing
    assert (standing.state, standing.position) == (RegistrationState.WAITING, 1)
    assert kinds(session) == ["confirmed", "calendar_request", "waiting"]
    assert counters(session, congress, workshop) == [(1, 1), (0, 0)]


def test_the_safe_place_is_held_for_the_wish(session):
    congress = a_congress()
    full, safe = a_workshop(congress, number=1, capacity=0), a_workshop(congress, number=2)
    wish = WishedWorkshop(full.id, safe_item_id=safe.id, question="Wer fängt an?")

    registered = registering.register(congress.id, a_request(1, wish), now=OPEN)

    standing = get_own(registered.registration_id).standing
    [held], [waiting] = standing.confirmed, standing.waiting
    assert (held.item.number, waiting.item.number) == (2, 1)
    assert waiting.instead_of == held.id
    assert waiting.question == "Wer fängt an?"


def test_the_same_form_twice_is_one_registration_and_one_answer(session):
    """REL-20, REL-21."""
    congress = a_congress()

    first = registering.register(congress.id, a_request(1), now=OPEN)
    again = registering.register(
        congress.id, a_request(1, email=" ERIKA.muster-1@example.org"), now=OPEN
    )

    assert again == first
    assert kinds(session) == ["confirmed", "calendar_request"]


@pytest.mark.parametrize("then", ["corrected", "withdrawn"])
def test_the_same_form_makes_no_second_registration_after_a_correction_or_the_end(session, then):
    """REL-20: a restored tab sends what was typed first."""
    congress = a_congress()
    first = registering.register(congress.id, a_request(1), now=OPEN)
    number = first.registration_id
    if then == "corrected":
        person = get_own(number).person
        after = Details.of(person.said | {"given_name": "Erica"})
        correcting.correct(number, after, version=person.version, actor=ATTENDEE, now=OPEN)
    else:
        changing.withdraw(number, actor=ATTENDEE, now=OPEN)

    again = registering.register(congress.id, a_request(1), now=OPEN)

    assert again == replace(first, is_other=True)
    assert len(session.scalars(select(Registration.id)).all()) == 1
    assert list_broken() == []


def test_the_same_person_by_another_form_is_told_by_mail_only(session):
    """SEC-24."""
    congress = a_congress()
    first = registering.register(congress.id, a_request(1), now=OPEN)

    again = registering.register(congress.id, a_request(1, form_key="another"), now=OPEN)

    assert again == registering.Registered(first.registration_id, None)
    assert kinds(session) == ["confirmed", "calendar_request", "already_registered"]


def test_what_is_refused_tells_nobody_who_is_registered(session):
    """SEC-24: else one could ask for any name without a trace, after the deadline for example."""
    congress = a_congress(capacity=1, waiting_list=False)
    registering.register(congress.id, a_request(1), now=OPEN)

    with pytest.raises(CongressFull):
        registering.register(congress.id, a_request(1, form_key="another"), now=OPEN)
    with pytest.raises(RegistrationClosed):
        registering.register(congress.id, a_request(1, form_key="another"), now=CLOSES)
    assert kinds(session) == ["confirmed", "calendar_request"]


def test_the_same_form_gets_its_answer_also_when_the_last_place_is_its_own(session):
    """REL-20: sent again a second later, when the deadline has passed and all is full."""
    congress = a_congress(capacity=1, waiting_list=False)

    first = registering.register(congress.id, a_request(1), now=OPEN)

    assert registering.register(congress.id, a_request(1), now=CLOSES) == first


def test_a_stranger_can_trigger_five_mails_an_hour(session):
    """SEC-30."""
    congress = a_congress()
    for number in range(9):
        for _ in range(2):  # each pressed twice
            at = OPEN + timedelta(minutes=number)
            registering.register(congress.id, a_request(1, form_key=f"form-{number}"), now=at)

    assert kinds(session).count("already_registered") == 5


def test_strangers_share_the_five_mails_whatever_they_do(session):
    """SEC-30: to one address, from whoever and by whichever form; places are never cut."""
    congress = a_congress()
    mailbox = "rathaus@example.org"
    registering.register(congress.id, a_request(1, email=mailbox), now=OPEN)

    for number in range(4):
        again = a_request(1, email=mailbox, form_key=f"form-{number}-again")
        at = OPEN + timedelta(minutes=number)
        registering.register(congress.id, again, now=at)
        registering.resend_link(congress.id, mailbox, now=at)

    assert kinds(session).count("already_registered") + kinds(session).count("link") == 5
    registering.register(congress.id, a_request(2, email=mailbox), now=OPEN)
    assert kinds(session).count("confirmed") == 2
    registering.resend_link(congress.id, mailbox, now=OPEN + timedelta(hours=1, seconds=1))
    assert kinds(session)[-1] == "link"


def test_a_single_name_is_whole_in_log_list_and_mails(session):
    congress = a_congress()
    for number, names in enumerate(({"family_name": ""}, {"given_name": "", "family_name": "Su"})):
        registering.register(congress.id, a_request(number, **names), now=OPEN)

    assert set(session.scalars(select(OutboxMessage.recipient_name))) == {"Erika", "Su"}
    assert {line.person for line in audit.of_congress(congress.id, limit=9)} == {"Erika", "Su"}
    listed = attendees.page(congress.id, Wanted(), offset=0, limit=9)
    assert [line.name for line in listed] == ["Erika", "Su"]


def test_a_single_name_makes_one_person_whichever_field_it_stands_in(session):
    congress = a_congress()
    for names in ({"family_name": ""}, {"given_name": "", "family_name": "erika"}):
        registering.register(congress.id, a_request(1, form_key=str(names), **names), now=OPEN)

    assert session.query(Registration).count() == 1


def test_another_name_at_the_same_address_is_another_person(session):
    """SEC-24: small town halls share one mailbox."""
    congress = a_congress()
    for name in ("Erika", "Max"):
        request = a_request(1, given_name=name, email="rathaus@example.org", form_key=name)
        assert registering.register(congress.id, request, now=OPEN).token

    assert session.query(Registration).count() == 2


def test_the_organisation_of_the_register_is_recognised_in_any_spelling(session):
    congress = a_congress()
    town = an_organisation("Stadt Lünen", ags="05978024")

    registering.register(congress.id, a_request(1, organisation="stadt  LÜNEN"), now=OPEN)

    row = session.query(Registration).one()
    assert (row.organisation_id, row.organisation) == (town.id, "stadt  LÜNEN")


@pytest.mark.parametrize(
    ("values", "now", "refusal"),
    [
        ({}, CLOSES, RegistrationClosed),
        ({"state": CongressState.DRAFT}, OPEN, CongressNotTakingPart),
        ({"state": CongressState.CANCELLED}, OPEN, CongressNotTakingPart),
    ],
    ids=["after the deadline", "draft", "cancelled"],
)
def test_what_is_refused_leaves_nothing_behind(session, values, now, refusal):
    congress = a_congress(**values)

    with pytest.raises(refusal):
        registering.register(congress.id, a_request(1), now=now)

    assert session.query(Registration).count() == 0
    assert kinds(session) == []


def test_a_workshop_of_another_congress_cannot_be_chosen(session):
    congress = a_congress()
    foreign = a_workshop(a_congress(slug="another"))

    with pytest.raises(UnknownWorkshop):
        registering.register(congress.id, a_request(1, foreign), now=OPEN)

    assert session.query(Booking).count() == 0


def test_one_mail_by_setting_carries_the_calendar_object(session):
    congress = a_congress(one_mail=True)

    registering.register(congress.id, a_request(1), now=OPEN)

    [letter] = session.scalars(select(OutboxMessage)).all()
    assert letter.kind == "confirmed"
    assert letter.facts["entry"]["method"] == "REQUEST"


def kinds(session):
    return session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()


def counters(session, congress, workshop):
    return [
        session.execute(select(table.taken, table.waiting).where(table.id == row.id)).one()
        for table, row in ((Congress, congress), (ProgrammeItem, workshop))
    ]


def test_nobody_overtakes_a_queue_by_a_clock_that_was_set_back(session):
    """REL-04, REL-33: the lock decides who came first, so a position told in a mail stays true."""
    congress = a_congress(capacity=2)
    workshop = a_workshop(congress, capacity=0)
    later = OPEN + timedelta(hours=1)

    in_workshop_queue = [
        registering.register(congress.id, a_request(number, workshop), now=now).registration_id
        for number, now in ((1, later), (2, OPEN))
    ]
    in_queue = [
        registering.register(congress.id, a_request(number), now=now).registration_id
        for number, now in ((3, later), (4, OPEN))
    ]

    waiting = [get_own(each).standing.waiting[0] for each in in_workshop_queue]
    assert [each.position for each in waiting] == [1, 2]
    assert [get_own(each).standing.position for each in in_queue] == [1, 2]
    told = session.scalars(
        select(OutboxMessage.facts).where(OutboxMessage.kind == "waiting").order_by("id")
    )
    assert [letter["position"] for letter in told] == [1, 2]
