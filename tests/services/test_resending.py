"""Links again, consents and tokens: what leaves a trace and what must not."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE
from congress.domain.registration_request import VOLUNTARY
from congress.domain.tokens import TokenPurpose
from congress.models import AccessToken, AuditLine, OutboxMessage
from congress.queries.calendars import find_personal
from congress.queries.registrations import find_own, get_own
from congress.services import changing, consenting, registering, tokens
from tests.builders import OPEN, a_congress, a_request


def links(session):
    return session.scalars(select(OutboxMessage.id).where(OutboxMessage.kind == "link")).all()


def test_all_links_of_an_address_come_in_one_mail(session):
    congress = a_congress()
    ids = [
        registering.register(
            congress.id,
            a_request(1, given_name=name, email="rathaus@example.org", form_key=name),
            now=OPEN,
        ).registration_id
        for name in ("Erika", "Max")
    ]

    registering.resend_link(congress.id, " RATHAUS@example.org ", now=OPEN)

    [letter] = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "link")).all()
    assert letter.facts["registrations"] == ids
    assert letter.facts["names"] == ["Erika Muster-1", "Max Muster-1"]


def test_an_unknown_address_and_an_ended_registration_get_nothing(session):
    """SEC-24."""
    congress = a_congress()
    done = registering.register(congress.id, a_request(1), now=OPEN)
    changing.withdraw(done.registration_id, actor=ATTENDEE, now=OPEN)

    for address in ("erika.muster-1@example.org", "nobody@example.org"):
        registering.resend_link(congress.id, address, now=OPEN)

    assert session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "link")).all() == []


def test_five_links_an_hour_are_enough(session):
    """SEC-30."""
    congress = a_congress()
    registering.register(congress.id, a_request(1), now=OPEN)

    for minute in range(8):
        at = OPEN + timedelta(minutes=minute)
        registering.resend_link(congress.id, "erika.muster-1@example.org", now=at)

    assert len(links(session)) == 5


def test_a_link_can_be_made_again_and_opens_until_it_is_revoked(session):
    done = registering.register(a_congress().id, a_request(1), now=OPEN)

    assert tokens.token_for(done.registration_id, TokenPurpose.MANAGE) == done.token
    assert find_own(str(done.token)).registration.id == done.registration_id
    assert find_personal(str(done.token), TokenPurpose.FEED) is None
    session.execute(update(AccessToken).values(revoked_at=OPEN))
    session.commit()
    assert find_own(str(done.token)) is None


@pytest.mark.parametrize("purpose", VOLUNTARY)
def test_a_consent_is_withdrawn_as_easily_as_given(session, purpose):
    """GDPR-03."""
    done = registering.register(a_congress().id, a_request(1), now=OPEN)

    for given in (True, True, False, False):
        consenting.set_consent(done.registration_id, purpose, given=given, actor=ATTENDEE, now=OPEN)

    [consent] = [each for each in get_own(done.registration_id).consents if each.purpose == purpose]
    assert (consent.given_at, consent.withdrawn_at) == (OPEN, OPEN)
    verbs = session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs == ["registered", "consent_given", "consent_withdrawn"]
