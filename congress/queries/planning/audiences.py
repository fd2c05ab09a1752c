"""Documents that are not for everybody: for those who took part, and for members of the network."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from congress.base import columns_of, table_of
from congress.domain.planning.materials import Material, MaterialAudience
from congress.domain.registration import RegistrationState
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import Attendance, Congress, Registration
from congress.models import Material as Row
from congress.queries.congresses import PUBLIC
from congress.queries.network import members
from congress.queries.planning.materials import COLUMNS, as_material

TABLE, CONGRESSES = table_of(Row), table_of(Congress)
PEOPLE, ATTENDANCES = table_of(Registration), table_of(Attendance)
CAME = exists().where(ATTENDANCES.c.registration_id == PEOPLE.c.id)
# Who has a place, or came without one.
TAKES_PART = or_(PEOPLE.c.state == RegistrationState.CONFIRMED, CAME)
# Asked along with a registration: most events have none, and then the page asks no further.
HAS_FOR_PARTICIPANTS = exists().where(
    TABLE.c.congress_id == PEOPLE.c.congress_id,
    TABLE.c.is_published,
    TABLE.c.audience == MaterialAudience.PARTICIPANTS,
)


def for_participant(registration_id: int) -> list[Material]:
    """Return what somebody may have of the event at which they have a place or were."""
    statement = _shown(MaterialAudience.PARTICIPANTS).join(
        PEOPLE, PEOPLE.c.congress_id == TABLE.c.congress_id
    )
    mine = statement.where(PEOPLE.c.id == registration_id, TAKES_PART)
    return [as_material(row) for row in db.session.execute(mine)]


def for_members() -> list[tuple[Texts, list[Material]]]:
    """Return what members may have, by the titles of its events, the latest first."""
    statement = _shown(MaterialAudience.MEMBERS).add_columns(
        CONGRESSES.c.id.label("event"), CONGRESSES.c.title.label("event_title")
    )
    latest = statement.order_by(None).order_by(CONGRESSES.c.id.desc(), TABLE.c.id)
    found: dict[int, tuple[Texts, list[Material]]] = {}
    for row in db.session.execute(latest):
        found.setdefault(row.event, (row.event_title, []))[1].append(as_material(row))
    return list(found.values())


def file(audience: MaterialAudience, material_id: int) -> tuple[bytes, str, str] | None:
    """Return bytes, media type and name of a file that is for an audience, while it is shown."""
    statement = (
        select(*columns_of(TABLE, "content media_type name"))
        .join(CONGRESSES, CONGRESSES.c.id == TABLE.c.congress_id)
        .where(TABLE.c.id == material_id, TABLE.c.content.is_not(None), *_of(audience))
    )
    row = db.session.execute(statement).one_or_none()
    return (row.content, row.media_type, row.name) if row else None


def reach(congress_id: int, today: date) -> dict[MaterialAudience, int]:
    """Return how many people may read what is for those who took part, and for members today."""
    placed = select(func.count()).select_from(PEOPLE)
    placed = placed.where(PEOPLE.c.congress_id == congress_id, TAKES_PART)
    return {
        MaterialAudience.PARTICIPANTS: db.session.scalars(placed).one(),
        MaterialAudience.MEMBERS: len(members.delegates_on(today)),
    }


def _shown(audience: MaterialAudience) -> Select[*tuple[Any, ...]]:
    return (
        select(*COLUMNS)
        .join(CONGRESSES, CONGRESSES.c.id == TABLE.c.congress_id)
        .where(*_of(audience))
        .order_by(TABLE.c.id)
    )


def _of(audience: MaterialAudience) -> tuple[ColumnElement[bool], ...]:
    return TABLE.c.is_published, TABLE.c.audience == audience, CONGRESSES.c.state.in_(PUBLIC)
