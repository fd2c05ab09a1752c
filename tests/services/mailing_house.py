"""A congress whose organisers write info mails, for the tests of these."""

from datetime import timedelta

from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.mails.mailings import (
    Audience,
)
from congress.extensions import db
from congress.models import (
    Mailing,
    OutboxMessage,
)
from congress.queries import mailing_readers
from congress.queries import mailings as queries
from congress.queries.mailings import WrittenMailing
from congress.services import registering
from congress.services.mails import mailing_steps, mailings
from congress.services.mails.mailings import Content
from tests.builders import OPEN, a_congress, a_request, a_workshop, send_everything

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
LATER = OPEN + timedelta(hours=2)
PDF = b"%PDF-1.7 " + b"x" * 100
TEXT = {
    "de": "Liebe Runde,\n\nlos, {Vorname}.\n\n{Workshops}\n\n**Bis** bald: [Ihre Seite]({Link})",
    "en": "It begins, {given name}.",
}
SUBJECT = {"de": "{Titel}: so geht es", "en": "How to get there"}
EVERYBODY = Audience()


class House:
    """A congress with a workshop and three who are registered."""

    def __init__(self) -> None:
        self.congress = a_congress()
        self.id = self.congress.id
        self.workshop = a_workshop(self.congress, number=1)
        self.people = [self.register(number) for number in (1, 2, 3)]
        send_everything()

    def register(self, number: int) -> int:
        request = a_request(number, self.workshop)
        return registering.register(self.id, request, now=OPEN).registration_id

    def write(self, audience: Audience = EVERYBODY, *, text=None, subject=None) -> int:
        content = Content(subject or SUBJECT, text or TEXT, audience)
        return mailings.save(
            self.id, content, mailing_id=None, version=0, actor=ORGANISER, now=OPEN
        )

    def seen(self, mailing_id: int) -> str:
        mailing = found_in(self, mailing_id)
        return mailings.mark_of(mailing, mailing_readers.recipients_of(mailing))

    def send(self, mailing_id: int, **values: str) -> int:
        seen = values.pop("seen", None) or self.seen(mailing_id)
        return mailings.send(self.id, mailing_id, seen=seen, actor=ORGANISER, now=OPEN)

    def act(self, do, mailing_id: int):
        return do(self.id, mailing_id, actor=ORGANISER, now=OPEN)

    def state(self, mailing_id: int) -> str:
        db.session.expire_all()
        return db.session.get_one(Mailing, mailing_id).state


def found_in(house: House, mailing_id: int) -> WrittenMailing:
    mailing = queries.find(house.id, mailing_id)
    assert mailing is not None
    return mailing


def reached(house: House, audience: Audience) -> list[int]:
    """Return whom an info mail of this audience reaches now."""
    mailing = found_in(house, house.write(audience, text={"de": "Hallo"}))
    return [each.id for each in mailing_readers.recipients_of(mailing).reached]


def letters():
    db.session.rollback()
    of_kind = select(OutboxMessage).where(OutboxMessage.kind == "info_mail")
    return db.session.scalars(of_kind.order_by(OutboxMessage.id)).all()


def work(now=OPEN):
    while mailing_steps.next_step(now=now):
        pass
