"""Correcting who somebody is, on both databases: rows, calendars and mails of one step."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.attendee_list import Wanted
from congress.domain.congresses import CongressState
from congress.domain.correction import (
    MOST_PER_HOUR,
    SamePerson,
    TooManyCorrections,
)
from congress.domain.people import fold_email
from congress.domain.registration import (
    ChangesClosed,
    CongressNotTakingPart,
    RegistrationCancelled,
)
from congress.models import (
    AuditLine,
    CalendarEntry,
    Congress,
    OutboxMessage,
    Registration,
)
from congress.queries import attendees
from congress.queries.registrations import find_own, get_own
from congress.services import changing, correcting, registering
from congress.transaction import transaction
from tests.builders import (
    CLOSES,
    OPEN,
    STARTS,
    a_congress,
    a_request,
    an_organisation,
)
from tests.services.corrections import (
    LATER,
    NEW,
    OLD,
    correct,
    in_a_workshop,
    news,
    sent,
)


@pytest.fixture
def erika(session):
    return in_a_workshop(session)


def test_another_name_is_stored_found_and_told_in_one_mail_without_a_link(session, erika):
    done = correct(erika, given_name="", family_name="Muster-Meier")

    assert done == correcting.Corrected(is_stored=True)
    own = get_own(erika.registration_id)
    assert own.standing.name == "Muster-Meier"
    congress_id = own.standing.congress_id
    [line] = attendees.page(congress_id, Wanted(search="meier"), offset=0, limit=9)
    assert line.id == erika.registration_id
    assert session.scalars(select(Registration.family_key)).one() == "muster meier"
    assert news(session) == [("corrected", OLD, "REQUEST", 1)]
    letter = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "corrected")).one()
    assert letter.recipient_name == "Muster-Meier"  # and so ATTENDEE;CN of the object
    assert letter.facts["links"] == []
    assert letter.facts["corrected"] == [
        {"label": "Vorname", "before": "Erika", "after": ""},
        {"label": "Nachname", "before": "Muster-1", "after": "Muster-Meier"},
    ]
    assert find_own(erika.token) is not None
    assert session.scalars(select(CalendarEntry.sequence)).all() == [1]


def test_organisation_and_function_are_told_with_the_link_and_leave_the_calendar(session, erika):
    town = an_organisation("Stadt Hamm", ags="05915000")

    correct(erika, organisation="stadt hamm", function="Ehrenamt")

    row = session.get_one(Registration, erika.registration_id)
    assert (row.organisation_id, row.answers) == (town.id, {"function": "Ehrenamt"})
    assert row.changed_at == LATER
    assert news(session) == [("corrected", OLD, None, None)]
    letter = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "corrected")).one()
    assert letter.facts["links"] == ["manage"]
    assert session.scalars(select(CalendarEntry.sequence)).all() == [0]


def test_nothing_corrected_is_nothing_told(session, erika):
    assert correct(erika) == correcting.Corrected()
    assert news(session) == []


def test_the_log_has_before_and_after_in_what_leaves_with_the_person(session, erika):
    correct(erika, family_name="Meier", function="Ehrenamt")

    line = session.scalars(select(AuditLine).where(AuditLine.verb == "corrected")).one()
    assert line.fields == ["family_name", "function"]
    assert line.details == {}
    assert line.personal == {
        "before": {"family_name": "Muster-1", "function": ""},
        "after": {"family_name": "Meier", "function": "Ehrenamt"},
    }


@pytest.mark.parametrize(
    ("now", "stated"), [(LATER, ("REQUEST", 1)), (STARTS + timedelta(days=9), (None, None))]
)
def test_an_organiser_corrects_a_name_and_the_invitation_goes_again(session, erika, now, stated):
    """After the congress calendars are left alone."""
    correct(erika, actor=COMMAND, now=now, family_name="Meier")

    assert news(session) == [("corrected", OLD, *stated)]


@pytest.mark.parametrize(
    ("values", "now", "refusal"),
    [
        ({}, CLOSES, ChangesClosed),
        ({"state": CongressState.FINISHED}, LATER, CongressNotTakingPart),
        ({"state": CongressState.CANCELLED}, LATER, CongressNotTakingPart),
    ],
)
def test_attendees_correct_until_the_deadline_and_organisers_at_any_time(
    session, erika, values, now, refusal
):
    if values:
        with transaction():
            session.execute(update(Congress).values(values))

    with pytest.raises(refusal):
        correct(erika, now=now, family_name="Meier")
    assert correct(erika, actor=COMMAND, now=now, family_name="Meier").is_stored


def test_an_ended_registration_stays_as_it_was(session, erika):
    changing.withdraw(erika.registration_id, actor=ATTENDEE, now=LATER)

    for actor in (ATTENDEE, COMMAND):
        with pytest.raises(RegistrationCancelled):
            correct(erika, actor=actor, family_name="Meier")


def test_becoming_somebody_who_is_registered_is_told_by_mail_only(session, erika):
    """SEC-24: the answer names nobody, and whoever is meant learns that somebody tried."""
    congress_id = get_own(erika.registration_id).standing.congress_id
    other = registering.register(congress_id, a_request(2, email=OLD), now=OPEN)
    sent(session)

    done = correct(erika, given_name="erika", family_name="MUSTER 2".replace(" ", "-"))

    assert done == correcting.Corrected(is_known=True)
    assert get_own(erika.registration_id).standing.name == "Erika Muster-1"
    assert news(session) == [("already_registered", OLD, None, None)]
    told = session.scalars(
        select(OutboxMessage.registration_id).where(OutboxMessage.kind == "already_registered")
    ).all()
    assert told == [other.registration_id]
    line = session.scalars(select(AuditLine).where(AuditLine.verb == "correction_refused")).one()
    assert (line.registration_id, line.fields) == (
        erika.registration_id,
        ["given_name", "family_name"],
    )
    assert line.personal["after"] == {"given_name": "erika", "family_name": "MUSTER-2"}
    with pytest.raises(SamePerson):
        correct(erika, actor=COMMAND, family_name="Muster-2")


def test_who_tries_names_one_after_another_has_five_tries_an_hour(session, erika):
    """SEC-24, SEC-30: a try that is refused brings a mail as well."""
    congress_id = get_own(erika.registration_id).standing.congress_id
    registering.register(congress_id, a_request(2, email=OLD), now=OPEN)

    for _ in range(MOST_PER_HOUR):
        assert correct(erika, family_name="Muster-2").is_known
    with pytest.raises(TooManyCorrections):
        correct(erika, family_name="Muster-2")


def test_others_do_not_use_up_the_five_tries_of_somebody(session, erika):
    """SEC-30: neither who registered besides nor an organiser."""
    congress_id = get_own(erika.registration_id).standing.congress_id
    other = registering.register(congress_id, a_request(2), now=OPEN)
    for number in range(MOST_PER_HOUR):
        correct(other, given_name=f"Max {number}")
        correct(erika, actor=COMMAND, given_name=f"Erika {number}")

    assert correct(erika, given_name="Erika").is_stored


def twins(session):
    """Two who count as one under today's rule, kept apart by their keys, as by a migration."""
    congress = a_congress()
    first = registering.register(congress.id, a_request(1), now=OPEN)
    second = registering.register(
        congress.id, a_request(1, email=NEW, form_key="another"), now=OPEN
    )
    key = {"email_key": fold_email(OLD), "name_key": "erikamuster1 2"}
    with transaction():
        row = update(Registration).where(Registration.id == second.registration_id)
        session.execute(row.values(email=OLD, **key))
    return first, second


def key_of(session, person):
    statement = select(Registration.name_key).where(Registration.id == person.registration_id)
    return session.scalars(statement).one()


def test_two_who_were_one_stay_two_while_neither_becomes_another(session):
    first, second = twins(session)

    correct(second, organisation="Stadt Hamm", given_name="ERIKA")

    assert (key_of(session, first), key_of(session, second)) == ("erikamuster1", "erikamuster1 2")


@pytest.mark.parametrize("change", [{"email": NEW}, {"family_name": "Meier"}])
def test_whoever_becomes_another_is_known_by_name_and_address(session, change):
    """Else whoever registers once more has two places."""
    _first, second = twins(session)

    correct(second, actor=COMMAND, **change)

    congress_id = get_own(second.registration_id).standing.congress_id
    again = replace(a_request(1, form_key="again"), **{"email": OLD} | change)
    known = registering.register(congress_id, again, now=LATER)
    assert (known.registration_id, known.token) == (second.registration_id, None)


def test_one_attendee_sends_five_mails_an_hour_to_strangers(session, erika):
    """SEC-30: whichever addresses and names are typed; an organiser is not stopped."""
    for number in range(MOST_PER_HOUR - 1):
        correct(erika, email=f"fremd-{number}@example.org")
    correct(erika, given_name="Werbung")

    with pytest.raises(TooManyCorrections):
        correct(erika, email="fremd@example.org")
    with pytest.raises(TooManyCorrections):
        correct(erika, given_name="Noch mehr")
    assert len(news(session)) == MOST_PER_HOUR
    assert correct(erika, actor=COMMAND, given_name="Erika").is_stored
    assert correct(erika, email=NEW, now=LATER + timedelta(hours=1, seconds=1)).is_asked


def test_a_name_is_not_the_address_of_another_congress(session, erika):
    """The rule of one person counts within a congress."""
    other = a_congress(slug="zweiter")
    registering.register(other.id, replace(a_request(1), family_name="Meier"), now=OPEN)

    assert correct(erika, family_name="Meier").is_stored
