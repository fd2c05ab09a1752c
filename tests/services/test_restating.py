"""Another contact while mails wait: who is written anew, and who is when it goes out anyway."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.mailings import Audience, To
from congress.domain.mails.truth import STATED_ANEW
from congress.domain.planning.particulars import Particulars
from congress.extensions import db
from congress.models import Congress, OutboxMessage
from congress.queries import congresses, mailing_readers
from congress.queries import mailings as queries
from congress.services import registering
from congress.services.mails import mailing_steps, mailings
from congress.services.mails.mailings import Content
from congress.services.planning import amending, previewing
from tests.newsletter_readers import a_newsletter_reader
from tests.services.outdated_house import House, claimed

pytestmark = pytest.mark.usefixtures("database")
CONTACT = "neu@example.org"


def send(congress_id, to, *, now) -> None:
    content = Content({"de": "Bald"}, {"de": "Es geht los."}, Audience(to))
    made = {"actor": COMMAND, "now": now}
    number = mailings.save(congress_id, content, mailing_id=None, version=0, **made)
    mailing = queries.find(congress_id, number)
    assert mailing is not None
    seen = mailings.mark_of(mailing, mailing_readers.recipients_of(mailing))
    mailings.send(congress_id, number, seen=seen, **made)
    while mailing_steps.next_step(now=now):
        pass


def amend(congress_id, *, now) -> None:
    before = Particulars.of(congresses.get_congress(congress_id))
    wanted = replace(before, contact_email=CONTACT)
    seen = previewing.of_particulars(congress_id, wanted, now=now, with_names=False).seen
    amending.amend(congress_id, wanted, version=before.version, seen=seen, actor=COMMAND, now=now)


def contacts() -> dict[str, set[str]]:
    """Which contacts the mails of each kind that wait have stored."""
    db.session.rollback()
    found: dict[str, set[str]] = {}
    for row in db.session.scalars(select(OutboxMessage).where(OutboxMessage.state == "queued")):
        found.setdefault(row.kind, set()).add(row.facts["congress"]["contact"])
    return found


def test_what_is_written_anew_when_it_goes_out_is_left_alone_until_then():
    house = House()
    a_newsletter_reader(db.session.get_one(Congress, house.id))
    now = house.remind()
    for to in (To.ATTENDEES, To.NEWSLETTER):
        send(house.id, to, now=now)
    registering.confirm_again(house.people[0], actor=COMMAND, now=now)

    amend(house.id, now=now)

    known = contacts()
    # Some went before anybody is reminded, and nobody wished here.
    later = STATED_ANEW - {MessageKind.REGISTRATION_OPENED, MessageKind.ASSIGNED}
    assert {kind for kind, stored in known.items() if stored == {""}} == later
    assert known["confirmed"] == {CONTACT}
    named = {(each.kind, each.facts["congress"]["contact"]) for each in claimed(now)}
    assert named == {(kind, CONTACT) for kind in known}
