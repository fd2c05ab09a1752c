"""Two forms with one person's details, and an address that is wanted no longer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.correction import AddressLinkOver, EditedMeanwhile, shown
from congress.models import AddressChange, AuditLine
from congress.queries.registrations import get_own
from congress.services import correcting
from congress.services.correcting import Corrected
from tests.services.corrections import (
    LATER,
    NEW,
    OLD,
    correct,
    details,
    in_a_workshop,
    link_to_confirm,
    news,
    sent,
)

STRANGER = "stranger@example.org"


@pytest.fixture
def erika(session):
    return in_a_workshop(session)


def save(person, actor, version, **changes: str):
    return correcting.correct(
        person.registration_id, details(person, **changes), version=version, actor=actor, now=LATER
    )


def wanted(person):
    return get_own(person.registration_id).wanted_address(now=LATER)


def test_an_address_confirmed_while_an_organiser_has_the_form_open_is_not_taken_back(
    session, erika
):
    opened = get_own(erika.registration_id).person.version
    correct(erika, email=NEW)
    correcting.confirm_address(link_to_confirm(session), now=LATER)

    with pytest.raises(EditedMeanwhile):
        save(erika, COMMAND, opened, email=OLD, function="Ehrenamt")

    own = get_own(erika.registration_id)
    assert (own.standing.email, own.details["function"]) == (NEW, "")
    assert save(erika, COMMAND, own.person.version, function="Ehrenamt").is_stored


def test_one_tab_does_not_undo_what_another_one_saved(session, erika):
    opened = get_own(erika.registration_id).person.version
    correct(erika, family_name="Meier")

    with pytest.raises(EditedMeanwhile):
        save(erika, ATTENDEE, opened, family_name="Muster-1", function="Ehrenamt")

    assert get_own(erika.registration_id).standing.family_name == "Meier"


def test_one_tab_does_not_drop_the_address_asked_for_in_another_one(session, erika):
    opened = get_own(erika.registration_id).person.version
    correct(erika, email=NEW)

    with pytest.raises(EditedMeanwhile):
        save(erika, ATTENDEE, opened, function="Ehrenamt")

    assert wanted(erika) == NEW


def test_one_form_sent_twice_is_stored_and_asked_once(session, erika):
    opened = get_own(erika.registration_id).person.version
    changes = {"email": NEW, "function": "Ehrenamt"}

    first = save(erika, ATTENDEE, opened, **changes)
    told = news(session)
    second = save(erika, ATTENDEE, opened, **changes)

    assert first == Corrected(is_stored=True, is_asked=True)
    assert second == Corrected(is_asked=True)
    assert news(session) == told


def test_who_saves_the_address_that_stands_wants_the_other_one_no_longer(session, erika):
    """A mistyped address is often a stranger's."""
    correct(erika, email=STRANGER)
    link = link_to_confirm(session)
    sent(session)

    done = correct(erika, now=LATER + timedelta(minutes=1))

    assert done == Corrected(is_kept=True)
    assert (wanted(erika), news(session)) == ("", [])
    with pytest.raises(AddressLinkOver):
        correcting.confirm_address(link, now=LATER)
    line = session.scalars(select(AuditLine).where(AuditLine.verb == "address_kept")).one()
    assert line.personal == {"before": {"email": STRANGER}, "after": {"email": OLD}}


@pytest.mark.parametrize("actor", [ATTENDEE, COMMAND])
def test_the_new_address_is_dropped_by_itself_and_only_once(session, erika, actor):
    correct(erika, email=STRANGER)

    for _ in range(2):
        correcting.keep_address(erika.registration_id, actor=actor, now=LATER)

    assert session.scalars(select(AddressChange)).all() == []
    kept = select(AuditLine.actor).where(AuditLine.verb == "address_kept")
    assert session.scalars(kept).all() == [actor.kind]


def test_correcting_something_else_leaves_an_address_waiting_and_asks_nobody_again(session, erika):
    correct(erika, email=NEW)
    link = link_to_confirm(session)
    sent(session)

    by_herself = correct(erika, email=NEW, function="Ehrenamt")
    by_organiser = correct(erika, actor=COMMAND, organisation="Stadt Hamm")

    assert by_herself == by_organiser == Corrected(is_stored=True)
    assert {kind for kind, *_ in news(session)} == {"corrected"}
    assert correcting.confirm_address(link, now=LATER)


def test_saving_once_more_while_an_address_waits_asks_there_again(session, erika):
    correct(erika, email=NEW)
    sent(session)
    stands = shown(get_own(erika.registration_id).person, NEW)

    done = correcting.correct(
        erika.registration_id, stands, version=stands.version, actor=ATTENDEE, now=LATER
    )

    assert done == Corrected(is_asked=True)
    assert news(session) == [("confirm_address", NEW, None, None)]
