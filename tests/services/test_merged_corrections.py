"""Corrections in a row, before the mails about them went out: one letter, and none for nothing."""

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND
from congress.models import OutboxMessage
from congress.services import changing
from tests.services.corrections import LATER, NEW, OLD, correct, in_a_workshop, news

THIRD = "dritte@example.org"


@pytest.fixture
def erika(session):
    return in_a_workshop(session)


def corrections(session, kind):
    statement = select(OutboxMessage).where(
        OutboxMessage.kind == kind, OutboxMessage.state == "queued"
    )
    letter = session.scalars(statement).one()
    return [(each["label"], each["before"], each["after"]) for each in letter.facts["corrected"]]


def test_three_corrections_in_a_row_are_one_letter_with_the_newest_entry(session, erika):
    correct(erika, family_name="Maier")
    correct(erika, family_name="Meier", function="Amt")
    correct(erika, organisation="Stadt Hamm", function="Ehrenamt")

    assert news(session) == [("corrected", OLD, "REQUEST", 2)]
    assert corrections(session, "corrected") == [
        ("Nachname", "Muster-1", "Meier"),
        ("Funktion", "", "Ehrenamt"),
        ("Organisation", "Stadt Lünen", "Stadt Hamm"),
    ]


def test_what_is_again_as_it_was_is_told_to_nobody(session, erika):
    correct(erika, family_name="Maier")
    correct(erika, family_name="Muster-1")

    assert news(session) == []


def test_who_withdraws_hears_of_no_correction_any_more(session, erika):
    correct(erika, function="Ehrenamt")
    changing.withdraw(erika.registration_id, actor=ATTENDEE, now=LATER)

    assert news(session) == [("withdrawn", OLD, "CANCEL", 1)]


def test_a_new_address_gets_one_letter_with_what_was_corrected_before(session, erika):
    correct(erika, function="Ehrenamt")
    correct(erika, actor=COMMAND, email=NEW)
    correct(erika, actor=COMMAND, email=THIRD)

    assert [each for each in news(session) if each[0] != "calendar_request"] == [
        ("address_left", OLD, "CANCEL", 1),
        ("readdressed", THIRD, None, None),
    ]
    assert corrections(session, "readdressed") == [
        ("Funktion", "", "Ehrenamt"),
        ("E-Mail", OLD, THIRD),
    ]
