"""Who registered again: one person in two registrations, of which the earlier one has ended."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select

from congress.base import table_of
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import CalendarEntry, Registration

PEOPLE = table_of(Registration)
EARLIER = PEOPLE.alias("earlier")
LEFT, CONTINUED = (table_of(CalendarEntry).alias(name) for name in ("left_entry", "continued"))
IN_THE_SAME_MAILBOX = (
    (PEOPLE.c.congress_id == EARLIER.c.congress_id)
    & (PEOPLE.c.email_key == EARLIER.c.email_key)
    & (PEOPLE.c.email_key != "")  # a name alone is no person
    & (PEOPLE.c.id > EARLIER.c.id)
    & (EARLIER.c.state == RegistrationState.CANCELLED)
    & EARLIER.c.merged_into_id.is_(None)  # whose person has not left
)
CAME_BACK = IN_THE_SAME_MAILBOX & (PEOPLE.c.name_key == EARLIER.c.name_key)
# Whose name was corrected since is known by the calendar entry that goes on.
GOES_ON = IN_THE_SAME_MAILBOX & (
    (PEOPLE.c.name_key == EARLIER.c.name_key)
    | select(LEFT.c.id)
    .join(CONTINUED, CONTINUED.c.uid == LEFT.c.uid)
    .where(LEFT.c.registration_id == EARLIER.c.id, CONTINUED.c.registration_id == PEOPLE.c.id)
    .correlate(EARLIER, PEOPLE)
    .exists()
)
# As which one somebody goes on whose registration was merged, or who registered again.
STANDS_FOR = func.coalesce(
    EARLIER.c.merged_into_id,
    select(func.max(PEOPLE.c.id))
    .where(GOES_ON, PEOPLE.c.state != RegistrationState.CANCELLED)
    .correlate(EARLIER)
    .scalar_subquery(),
    EARLIER.c.id,
)
NEWER = (
    select(PEOPLE.c.id)
    .join_from(PEOPLE, EARLIER, GOES_ON)
    .where(EARLIER.c.id == bindparam("registration_id"))
)
REGISTERED_AGAIN = (
    select(func.max(PEOPLE.c.created_at))
    .join_from(PEOPLE, EARLIER, GOES_ON)
    .where(
        EARLIER.c.id == bindparam("registration_id"),
        PEOPLE.c.state != RegistrationState.CANCELLED,
    )
)

WHO_CAME_BACK = (
    select(EARLIER.c.id)
    .join_from(PEOPLE, EARLIER, GOES_ON)
    .where(
        EARLIER.c.id.in_(bindparam("registration_ids", expanding=True)),
        PEOPLE.c.state != RegistrationState.CANCELLED,
    )
)


def who_came_back(registration_ids: Collection[int]) -> set[int]:
    """Return those of some registrations whose person is registered again in a later one."""
    if not registration_ids:
        return set()
    found = db.session.scalars(WHO_CAME_BACK, {"registration_ids": list(registration_ids)})
    return set(found)


def registered_again(registration_id: int) -> datetime | None:
    """Return when somebody whose registration has ended registered again, if that one stands."""
    found: datetime | None = db.session.scalar(
        REGISTERED_AGAIN, {"registration_id": registration_id}
    )
    return found
