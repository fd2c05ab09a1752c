"""Reminders of a congress: how each is set, whom it would reach, and how far it has gone out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from congress.base import columns_of, table_of
from congress.domain.congresses import CongressState
from congress.domain.planning.contributors import Contributor
from congress.domain.registration import RegistrationState
from congress.domain.reminders import OPEN_AFTER_THE_END, USUAL, Reminder, Setting
from congress.extensions import db
from congress.models import Congress, CongressDay, Registration, ReminderSetting
from congress.queries import attendances, programme, unchosen
from congress.queries.planning import contributors

REMINDERS, CONGRESSES = table_of(ReminderSetting), table_of(Congress)
PEOPLE, DAYS = table_of(Registration), table_of(CongressDay)
STORED = "reminder is_on on_since days hour text told started_at finished_at"
MAY_REMIND = (CongressState.PUBLISHED, CongressState.FINISHED)


@dataclass(frozen=True)
class ReminderStanding:
    """One reminder as it is set, and how far it has gone out."""

    reminder: Reminder
    setting: Setting
    on_since: datetime | None = None
    told: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None


def of_congress(congress_id: int) -> dict[Reminder, ReminderStanding]:
    """Return every reminder of a congress, in their order; one without a row is as usual."""
    rows = db.session.execute(
        select(*columns_of(REMINDERS, STORED)).where(REMINDERS.c.congress_id == congress_id)
    )
    stored = {row.reminder: _as_standing(row) for row in rows}
    return {each: stored.get(each, ReminderStanding(each, USUAL[each])) for each in Reminder}


def waiting(*, now: datetime) -> list[tuple[int, ReminderStanding]]:
    """Return the reminders of all congresses that may still go out, each with its congress."""
    not_long_over = select(DAYS.c.congress_id).where(DAYS.c.ends_at > now - OPEN_AFTER_THE_END)
    statement = (
        select(*columns_of(REMINDERS, f"congress_id {STORED}"))
        .join(CONGRESSES, CONGRESSES.c.id == REMINDERS.c.congress_id)
        .where(
            REMINDERS.c.is_on.is_(True),
            REMINDERS.c.finished_at.is_(None),
            CONGRESSES.c.state.in_(MAY_REMIND),
            CONGRESSES.c.id.in_(not_long_over),
        )
        .order_by(REMINDERS.c.id)
    )
    return [(row.congress_id, _as_standing(row)) for row in db.session.execute(statement)]


def attendees_for(reminder: Reminder, congress_id: int) -> Select[*tuple[int]]:
    """Return the attendees that a reminder is for, in the order of their registrations."""
    found = select(PEOPLE.c.id).where(PEOPLE.c.congress_id == congress_id)
    match reminder:
        case Reminder.UNCHOSEN:
            items = programme.released_items(congress_id)
            off = [item.id for item in items if item.bookable and item.face.cancelled]
            lost = [PEOPLE.c.id.in_(unchosen.people(each, items)) for each in off]
            found = found.where(or_(*lost) if lost else PEOPLE.c.id.is_(None))
            found = found.where(PEOPLE.c.state != RegistrationState.CANCELLED)
        case Reminder.CAME | Reminder.STAYED_AWAY:
            found = found.where(*attendances.of_whom(came=reminder is Reminder.CAME))
        case _:
            found = found.where(PEOPLE.c.state == RegistrationState.CONFIRMED)
    found = found.where(PEOPLE.c.unconfirmed_until.is_(None))
    return found.where(PEOPLE.c.email_key != "").order_by(PEOPLE.c.id)


def count(reminder: Reminder, congress_id: int) -> int:
    """Return how many a reminder would reach now."""
    if reminder is Reminder.ASKED:
        return len(unanswered(congress_id))
    if not knows_whom(reminder, congress_id):
        return 0
    people = attendees_for(reminder, congress_id).subquery()
    return db.session.scalars(select(func.count()).select_from(people)).one()


def knows_whom(reminder: Reminder, congress_id: int) -> bool:
    """Return whether it can be said whom a reminder is for: not as long as nobody is ticked off."""
    return not reminder.is_afterwards or attendances.is_recorded(congress_id)


def unanswered(congress_id: int) -> list[Contributor]:
    """Return the people of a programme who were asked by mail and have not answered, by number."""
    people = contributors.of_congress(congress_id)
    found = [each for each in people if each.email and each.has_link and _is_asked(each)]
    return sorted(found, key=lambda each: each.person_id)


def _is_asked(person: Contributor) -> bool:
    return any(part.is_asked for part in person.parts)


def _as_standing(row: Row[*tuple[Any, ...]]) -> ReminderStanding:
    setting = Setting(row.is_on, row.days, row.hour, row.text)
    return ReminderStanding(
        Reminder(row.reminder), setting, row.on_since, row.told, row.started_at, row.finished_at
    )
