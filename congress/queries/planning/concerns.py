"""What organisers are warned of in the programme they work on, in four statements."""

from collections import defaultdict

from sqlalchemy import select

from congress.base import columns_of
from congress.domain.modes import ItemMode
from congress.domain.planning.concerns import Concern, Online, concerns
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import ItemKind, PersonState
from congress.domain.rules import Rules
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Congress as Row
from congress.models import CongressDay, Contribution, Person, ProgrammeItem, Room
from congress.queries.planning.scheduling import rooms


def of_congress(congress_id: int) -> tuple[Concern, ...]:
    """Return what is wrong with the working programme, published or not."""
    found = db.session.execute(
        select(*columns_of(CongressDay, "starts_at ends_at"), *columns_of(Row, "rules online_link"))
        .join(Row, Row.id == CongressDay.congress_id)
        .where(Row.id == congress_id)
    ).all()
    days = [TimeSlot(each.starts_at, each.ends_at) for each in found]
    online = Online()
    for each in found[:1]:
        online = Online(Rules.of(each.rules).mode, bool(each.online_link))
    return concerns(_items(congress_id), rooms(congress_id), days, online)


def _items(congress_id: int) -> list[ItemPlan]:
    """Read what takes place, as far as it can stand in the way."""
    people = _people(congress_id)
    rows = db.session.execute(
        select(
            *columns_of(
                ProgrammeItem,
                "id code kind title short_title number starts_at ends_at bookable capacity minimum "
                "mode online_link",
            ),
            Room.code.label("room"),
        )
        .outerjoin(Room, Room.id == ProgrammeItem.room_id)
        .where(ProgrammeItem.congress_id == congress_id, ProgrammeItem.cancelled.is_(False))
    )
    return [
        ItemPlan(
            code=row.code,
            kind=ItemKind(row.kind),
            title=row.title,
            short_title=row.short_title,
            slot=TimeSlot(row.starts_at, row.ends_at),
            number=row.number,
            room=row.room,
            bookable=row.bookable,
            places=row.capacity if row.bookable else None,
            minimum=row.minimum if row.bookable else None,
            people=tuple(people[row.id]),
            mode=ItemMode(row.mode),
            online_link=row.online_link,
        )
        for row in rows
    ]


def _people(congress_id: int) -> dict[int, list[PersonPlan]]:
    rows = db.session.execute(
        select(Contribution.item_id, Person.name, *columns_of(Contribution, "role state"))
        .join(Person, Person.id == Contribution.person_id)
        .join(ProgrammeItem, ProgrammeItem.id == Contribution.item_id)
        .where(ProgrammeItem.congress_id == congress_id)
        .order_by(Contribution.item_id, Contribution.position)
    )
    found: dict[int, list[PersonPlan]] = defaultdict(list)
    for item_id, name, role, state in rows:
        found[item_id].append(PersonPlan(name, {}, role, PersonState(state)))
    return found
