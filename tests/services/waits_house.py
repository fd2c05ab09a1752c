"""Whoever waits for several wishes of one time, after places were given by wishes."""

from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from congress.extensions import db
from congress.formats import letters
from congress.models import Booking, OutboxMessage, Registration
from congress.queries.registrations import get_own
from congress.services import registering
from tests.builders import OPEN, a_booking, a_congress, a_request, a_workshop, send_everything

BERLIN = ZoneInfo("Europe/Berlin")


class House:
    """Three workshops at one time, one place each, and who has them; Kim has the third wish.

    Kim waits for both above it, in each line behind the one who holds what Kim has.
    """

    def __init__(self, rules: dict[str, Any]) -> None:
        congress = a_congress(rules=rules)
        self.congress = congress.id
        items = [a_workshop(congress, number=number, capacity=1) for number in (1, 2, 3)]
        self.first, self.second, self.third = (item.id for item in items)
        came = [
            registering.register(congress.id, a_request(number, item), now=OPEN)
            for number, item in enumerate(items, 1)
        ]
        people = [each.registration_id for each in came]
        self.has_first, self.has_second, self.kim = people
        self.token = came[-1].token
        for person, rank in zip(people, (1, 1, 3), strict=True):
            mine = update(Booking).where(Booking.registration_id == person)
            db.session.execute(mine.values(wish=rank))
        kim, held = db.session.get_one(Registration, self.kim), self.booking(self.third)
        for item, rank in zip(items[:2], (1, 2), strict=True):
            a_booking(kim, item, state="waiting", instead_of_id=held, wish=rank)
        send_everything()

    def stands(self, person: int | None = None) -> str:
        """What somebody has (+), waits for (~) or is offered (?) by number, instead of what (/)."""
        db.session.rollback()
        standing = get_own(person or self.kim).standing
        signs = {"confirmed": "+", "waiting": "~", "offered": "?"}
        found = []
        for each in sorted(standing.bookings, key=lambda each: each.item.id):
            kept = standing.booking(each.instead_of)
            of = f"/{kept.item.number}" if kept and each.state != "confirmed" else ""
            found.append(f"{signs[each.state]}{each.item.number}{of}({each.wish})")
        return " ".join(found)

    def booking(self, item: int) -> int:
        of = select(Booking.id).where(Booking.registration_id == self.kim, Booking.item_id == item)
        return db.session.scalars(of.where(Booking.state != "cancelled")).one()

    def letter(self, kind: str) -> str:
        """The last letter of a kind to Kim, on one line."""
        mine = select(OutboxMessage).where(OutboxMessage.registration_id == self.kim)
        of_kind = mine.where(OutboxMessage.kind == kind).order_by(OutboxMessage.id.desc())
        row = db.session.scalars(of_kind).first()
        assert row is not None
        links: defaultdict[str, str] = defaultdict(lambda: "https://x.test")
        text = letters.compose(
            kind, "de", row.facts, links=links, zone=BERLIN, written_at=OPEN
        ).text
        return " ".join(text.split())
