"""An organiser registers somebody: as the form does, and with what only organisers decide."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import func, select

from congress.domain.hall import CONGRESS
from congress.domain.registration import (
    CongressNotTakingPart,
    NoFreePlace,
    NoPlaceIn,
    RegisteredAlready,
    SameName,
)
from congress.domain.registration_request import RegistrationRequest
from congress.domain.room import ByHand
from congress.models import AuditLine, Congress, Consent, OutboxMessage, Registration
from congress.queries import invariants
from congress.queries.registrations import get_own
from congress.services import entering, registering
from congress.services.entering import Entering
from tests.builders import BEFORE, LATE, OPEN, STARTS, a_congress, a_request, a_workshop
from tests.services.mail_house import ORGANISER

ASKED = ByHand()


def enter(
    congress: Congress,
    request: RegistrationRequest,
    *,
    now: datetime = LATE,
    by_hand: ByHand = ASKED,
    **said: bool | str,
) -> int:
    told = Entering(by_hand, **said)  # type: ignore[arg-type]
    return entering.enter(congress.id, request, told, actor=ORGANISER, now=now)


def last_line(session):
    return session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()


def kinds(session):
    session.rollback()
    return session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()


@pytest.mark.parametrize("now", [BEFORE, OPEN, LATE, STARTS])
def test_somebody_is_registered_at_any_time_as_by_the_form(session, now):
    congress = a_congress()
    workshop = a_workshop(congress)

    number = enter(congress, a_request(1, workshop), now=now)

    own = get_own(number)
    assert [each.item.id for each in own.standing.confirmed] == [workshop.id]
    assert kinds(session) == ["confirmed", "calendar_request"]
    line = last_line(session)
    assert (line.verb, line.actor, line.user_id) == ("entered", "organiser", 1)
    assert line.details == {"state": "confirmed", "told": True, "overbooked": []}
    assert invariants.list_broken() == []


def test_consents_are_kept_as_said_to_an_organiser_with_who_said_so(session):
    congress = a_congress()
    request = a_request(1, consents=("photos",))

    enter(congress, request, said_by="sie selbst, am Telefon")
    registering.register(congress.id, a_request(2), now=OPEN)

    session.rollback()
    rows = session.execute(select(Consent.purpose, Consent.channel).order_by(Consent.id)).all()
    assert [tuple(each) for each in rows] == [("photos", "organiser"), ("privacy_notice", "form")]
    line = session.scalars(select(AuditLine).where(AuditLine.verb == "entered")).one()
    assert (line.fields, line.personal) == (["photos"], {"said_by": "sie selbst, am Telefon"})


def test_no_mail_goes_out_if_none_is_wanted_and_later_ones_do(session):
    congress = a_congress()
    number = enter(congress, a_request(1), is_told=False)

    assert kinds(session) == []
    assert last_line(session).details["told"] is False
    assert invariants.list_broken() == []

    registering.confirm_again(number, actor=ORGANISER, now=LATE)
    assert kinds(session) == ["confirmed", "calendar_request"]


def test_a_full_congress_and_a_full_workshop_want_a_word_each(session):
    congress = a_congress(capacity=1)
    workshop = a_workshop(congress, capacity=1)
    registering.register(congress.id, a_request(1, workshop), now=OPEN)
    request = a_request(2, workshop)
    both, here = frozenset({CONGRESS, workshop.id}), frozenset({CONGRESS})

    with pytest.raises(NoFreePlace):
        enter(congress, request)
    with pytest.raises(NoPlaceIn):
        enter(congress, request, by_hand=ByHand(beyond=here))
    waits = enter(congress, request, by_hand=ByHand(waits=here))
    beyond = enter(congress, a_request(3, workshop), by_hand=ByHand(beyond=both))

    assert get_own(waits).standing.position == 1
    assert [each.item.id for each in get_own(beyond).standing.confirmed] == [workshop.id]
    assert last_line(session).details["overbooked"] == [None, workshop.id]
    session.expire_all()
    assert session.get_one(Congress, congress.id).overbooked == 1
    assert invariants.list_broken() == []


def test_who_is_registered_already_is_pointed_out_and_not_doubled(session):
    congress = a_congress()
    known = registering.register(congress.id, a_request(1), now=OPEN).registration_id
    again = replace(a_request(1), form_key="another")

    with pytest.raises(RegisteredAlready) as same:
        enter(congress, again, is_another=True)
    assert same.value.people == (known,)
    with pytest.raises(SameName) as named:
        enter(congress, replace(again, email="anders@example.org"))
    assert named.value.people == (known,)
    other = enter(congress, replace(again, email="anders@example.org"), is_another=True)

    # The same form sent twice is one registration; another person of one mailbox is welcome.
    assert enter(congress, replace(again, email="anders@example.org")) == other
    enter(congress, replace(again, given_name="Max", form_key="max"))
    session.rollback()
    assert session.scalars(select(func.count()).select_from(Registration)).one() == 3


def test_nobody_is_registered_for_what_does_not_take_place(session):
    for number, state in enumerate(("draft", "cancelled", "finished")):
        congress = a_congress(slug=f"kongress-{number}", state=state)
        with pytest.raises(CongressNotTakingPart):
            enter(congress, a_request(number))
