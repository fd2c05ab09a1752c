"""Somebody who corrects themselves, and what is written because of it."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from congress.domain.access import ATTENDEE, Actor
from congress.domain.correction import shown
from congress.domain.registration_request import Details
from congress.models import AddressChange, OutboxMessage
from congress.queries.registrations import get_own
from congress.services import addresses, correcting, registering
from congress.services.correcting import Corrected
from congress.services.registering import Registered
from congress.transaction import transaction
from tests.builders import OPEN, a_congress, a_request, a_workshop

Database = scoped_session[Session]
OLD, NEW = "erika.muster-1@example.org", "erika@beispiel.example.org"
LATER = OPEN + timedelta(minutes=5)


def in_a_workshop(session: Database) -> Registered:
    """Somebody in a workshop, whose mails have gone out: registration and secret of the link."""
    congress = a_congress()
    done = registering.register(congress.id, a_request(1, a_workshop(congress)), now=OPEN)
    sent(session)
    return done


def details(person: Registered, **changes: str) -> Details:
    return Details.of(get_own(person.registration_id).person.said | changes)


def correct(
    person: Registered, *, actor: Actor = ATTENDEE, now: datetime = LATER, **changes: str
) -> Corrected:
    own = get_own(person.registration_id)
    seen = shown(own.person, own.wanted_address(now=now)) if actor.is_attendee else own.person
    after = details(person, **changes)
    return correcting.correct(
        person.registration_id, after, version=seen.version, actor=actor, now=now
    )


def sent(session: Database) -> None:
    """Let everything written so far be sent and forgotten."""
    with transaction():
        session.execute(update(OutboxMessage).values(state="sent"))


def news(session: Database) -> list[tuple[str, str, str | None, int | None]]:
    """What has been written since: kind, recipient, method and sequence of the object in it."""
    rows = session.scalars(
        select(OutboxMessage).where(OutboxMessage.state == "queued").order_by(OutboxMessage.id)
    )
    return [
        (row.kind, row.recipient, entry.get("method"), entry.get("sequence"))
        for row in rows
        for entry in [row.facts.get("entry", {})]
    ]


def link_to_confirm(session: Database) -> str:
    """The link as the worker makes it for the mail."""
    number = session.scalars(select(AddressChange.id)).one()
    return str(addresses.link_for(number)).rpartition("/")[2]
