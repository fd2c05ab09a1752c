"""A congress, somebody in it, and the mails that wait for that person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.registration_request import WishedWorkshop
from congress.models import OutboxMessage, ProgrammeItem
from congress.queries.registrations import get_own
from congress.services import changing, registering
from congress.services.planning import releasing
from tests.builders import OPEN, a_congress, a_request, a_workshop, send_everything

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


class House:
    """A congress with two workshops of one place each, and those who were told of their places."""

    def __init__(self, session: Session, **values: Any) -> None:  # noqa: ANN401 - columns have many types
        self.session = session
        self.congress = a_congress(**values)
        self.first = a_workshop(self.congress, number=1, capacity=1)
        self.second = a_workshop(self.congress, number=2, capacity=1)
        self.somebody = self.register(1, self.first)
        send_everything()

    def register(self, number: int, *choices: ProgrammeItem) -> int:
        request = a_request(number, *choices)
        return registering.register(self.congress.id, request, now=OPEN).registration_id

    def choose(self, workshop: ProgrammeItem) -> None:
        wish = WishedWorkshop(workshop.id)
        changing.change_workshops(self.somebody, [wish], actor=ATTENDEE, now=OPEN)

    def leave(self) -> None:
        [booking, *_] = get_own(self.somebody).standing.bookings
        changing.leave(self.somebody, booking.id, actor=ATTENDEE, now=OPEN)

    def withdraw(self, actor: Actor = ATTENDEE) -> None:
        changing.withdraw(self.somebody, actor=actor, now=OPEN)

    def release(self, **values: Any) -> None:  # noqa: ANN401
        self.session.rollback()
        statement = update(ProgrammeItem).where(ProgrammeItem.id == self.first.id)
        self.session.execute(statement.values(**values))
        self.session.commit()
        releasing.release(self.congress.id, actor=ORGANISER, now=OPEN)

    def call_off(self) -> None:
        releasing.call_off(self.congress.id, actor=ORGANISER, now=OPEN)

    def waiting(self) -> Sequence[OutboxMessage]:
        """Mails to the first person that wait to be sent."""
        self.session.rollback()
        return self.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.registration_id == self.somebody, OutboxMessage.state == "queued")
            .order_by(OutboxMessage.id)
        ).all()

    def kinds(self) -> list[tuple[str, str | None]]:
        return [(each.kind, method_of(each)) for each in self.waiting()]


def method_of(message: OutboxMessage) -> str | None:
    entry = message.facts.get("entry")
    return f"{entry['method']} {entry['sequence']}" if entry else None
