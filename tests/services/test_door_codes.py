"""The codes for the door: whose letters show one, and who registered before there were any."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from sqlalchemy import select, update

from congress import mailer, worker
from congress.domain import tokens as domain
from congress.domain.mails.kinds import MessageKind
from congress.domain.tokens import TokenPurpose
from congress.formats import codes
from congress.models import AccessToken, OutboxMessage, Registration
from congress.services import door_codes, registering, tokens
from congress.transaction import transaction
from tests.builders import ENDS, OPEN, a_congress, a_registration, a_request

CODE, MINUTE = TokenPurpose.CHECK_IN, timedelta(minutes=1)


def test_everybody_gets_a_code_and_those_of_before_get_theirs_once(session):
    congress = a_congress()
    new = registering.register(congress.id, a_request(), now=OPEN).registration_id
    old = [a_registration(congress, family_name=name).id for name in ("Adler", "Birke")]
    with transaction():
        tokens.issue(old[0], CODE, now=OPEN)
    before = tokens.tokens_for([new, old[0]], CODE)
    assert [door_codes.issue_missing(now=OPEN) for _time in range(2)] == [True, False]
    known = tokens.tokens_for([new, *old], CODE)
    assert len(set(known.values())) == 3
    assert {each: known[each] for each in before} == before

    with transaction():
        tokens.renew(new, now=OPEN)
    assert tokens.token_for(new, CODE) not in {None, known[new]}
    session.execute(update(AccessToken).values(revoked_at=OPEN))
    session.commit()
    assert door_codes.issue_missing(now=OPEN)
    assert set(tokens.tokens_for([new, *old], CODE)) == {new, *old}
    digests = select(AccessToken.digest).where(AccessToken.revoked_at.is_not(None))
    assert domain.digest(known[new]) in session.scalars(digests).all()


@pytest.mark.parametrize(
    ("changes", "asked", "has_code"),
    [
        ({}, {}, True),
        ({"capacity": 0}, {}, False),  # waits
        ({"rules": {"mode": "online"}}, {}, False),  # comes to no door
        ({"rules": {"mode": "hybrid"}}, {"mode": "online"}, False),
        ({"one_mail": True}, {}, True),  # beside the invitation, not within it
    ],
)
def test_the_letter_of_who_has_a_place_shows_it_and_fetches_nothing(
    session, changes, asked, has_code
):
    congress = a_congress(**changes)
    number = registering.register(congress.id, a_request(**asked), now=OPEN).registration_id
    with time_machine.travel(OPEN, tick=False):
        worker.deliver()
    mails = [message_from_bytes(each.raw, policy=policy.default) for each in mailer.delivered()]
    [letter] = [each for each in mails if not each["Subject"].startswith("Kalendereintrag")]
    html = letter.get_body(("html",)).get_content()
    pictures = [part for part in letter.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == ("<img" in html) == has_code
    if has_code:
        [picture] = pictures
        name = picture["Content-ID"].strip("<>")
        assert f'src="cid:{name}"' in html
        token = str(tokens.token_for(number, CODE))
        assert picture.get_content() == codes.png(token)
        of_letter = OutboxMessage.kind == MessageKind.CONFIRMED
        kept = session.scalars(select(OutboxMessage.content).where(of_letter)).one()
        [masked] = [
            part.get_content()
            for part in message_from_bytes(kept, policy=policy.default).walk()
            if part.get_content_type() == "image/png"
        ]
        assert len(masked) == len(codes.png(token))
        assert set(masked) == {0}


def test_no_letter_shows_a_code_once_no_door_opens(session):
    congress = a_congress()
    registering.register(congress.id, a_request(), now=OPEN)
    of_letter = OutboxMessage.kind == MessageKind.CONFIRMED
    mails = session.execute(select(*OutboxMessage.__table__.columns).where(of_letter)).all()

    assert len(door_codes.of_mails(mails, now=ENDS - MINUTE)) == 1
    assert door_codes.of_mails(mails, now=ENDS) == {}
    [made] = session.scalars(select(OutboxMessage).where(of_letter))
    [person] = session.scalars(select(Registration))
    for row, name, value in (
        (congress, "state", "cancelled"),
        (person, "state", "cancelled"),
        (made, "content", b"made already"),
    ):
        before = getattr(row, name)
        setattr(row, name, value)
        session.commit()
        mails = session.execute(select(*OutboxMessage.__table__.columns).where(of_letter)).all()
        assert door_codes.of_mails(mails, now=OPEN) == {}, name
        setattr(row, name, before)
        session.commit()
