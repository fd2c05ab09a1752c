"""Reminders of a congress: how each is set, whom it would reach, and how far it has gone out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, or_, select

from congress.base import columns_of, table_of
from congress.domain import invitations
from congress.domain.congresses import CongressState
from congress.domain.invitations import Invitation
from congress.domain.people import fold_email
from congress.domain.planning.contributors import Contributor
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.reminders import (
    ONE_OF_EACH,
    OPEN_AFTER_THE_END,
    USUAL,
    Reminder,
    Setting,
    Which,
)
from congress.extensions import db
from congress.models import Booking, Congress, CongressDay, Registration, ReminderSetting
from congress.queries import attendances, congresses, dead_mailboxes, programme, unchosen
from congress.queries import invitations as invited
from congress.queries.planning import contributors

REMINDERS, CONGRESSES = table_of(ReminderSetting), table_of(Congress)
PEOPLE, DAYS, BOOKINGS = table_of(Registration), table_of(CongressDay), table_of(Booking)
STORED = "id reminder is_added item_id is_on on_since days hour text told started_at finished_at"
SORTS = tuple(Reminder)
MAY_REMIND = (CongressState.PUBLISHED, CongressState.FINISHED)


@dataclass(frozen=True)
class ReminderStanding:
    """One reminder as it is set, and how far it has gone out."""

    which: Which
    setting: Setting
    row_id: int = 0  # of none yet
    on_since: datetime | None = None
    told: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None


def of_congress(congress_id: int) -> dict[Which, ReminderStanding]:
    """Return every reminder of a congress: of each sort the one, then what was added.

    The one of a sort that has no row is as usual.
    """
    rows = db.session.execute(
        select(*columns_of(REMINDERS, STORED))
        .where(REMINDERS.c.congress_id == congress_id)
        .order_by(REMINDERS.c.id)
    )
    stored = {one.which: one for one in map(standing_of, rows)}
    usual = {each: ReminderStanding(each, USUAL[each.sort]) for each in ONE_OF_EACH}
    found = usual | stored
    return {each: found[each] for each in sorted(found, key=_in_order)}


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
    return [(row.congress_id, standing_of(row)) for row in db.session.execute(statement)]


def attendees_for(
    reminder: Reminder, congress_id: int, workshop_id: int | None = None
) -> Select[*tuple[int]]:
    """Return the attendees that a reminder is for, in the order of their registrations.

    With a workshop: those who have a place there, nobody once it is called off; of those who have
    to choose another one: whoever had one there.
    """
    found = select(PEOPLE.c.id).where(PEOPLE.c.congress_id == congress_id)
    match reminder:
        case Reminder.UNCHOSEN:
            items = programme.released_items(congress_id)
            off = unchosen.called_off(items, congresses.get_congress(congress_id).rules.allocation)
            lost = [
                PEOPLE.c.id.in_(unchosen.people(each, items))
                for each in off
                if workshop_id in {None, each}
            ]
            found = found.where(or_(false(), *lost))
            found = found.where(PEOPLE.c.state != RegistrationState.CANCELLED)
        case Reminder.CAME | Reminder.STAYED_AWAY:
            found = found.where(*attendances.of_whom(came=reminder is Reminder.CAME))
        case _:
            found = found.where(PEOPLE.c.state == RegistrationState.CONFIRMED)
    if workshop_id is not None and reminder is not Reminder.UNCHOSEN:
        found = found.where(_has_place_in(congress_id, workshop_id))
    found = found.where(PEOPLE.c.unconfirmed_until.is_(None), ~dead_mailboxes.who())
    return found.where(PEOPLE.c.email_key != "").order_by(PEOPLE.c.id)


def count(reminder: Reminder, congress_id: int, workshop_id: int | None = None) -> int:
    """Return how many a reminder would reach now."""
    if reminder is Reminder.ASKED:
        return len(unanswered(congress_id))
    if reminder is Reminder.INVITED:
        return len(invited_without_answer(congress_id))
    if not knows_whom(reminder, congress_id):
        return 0
    people = attendees_for(reminder, congress_id, workshop_id).subquery()
    return db.session.scalars(select(func.count()).select_from(people)).one()


def knows_whom(reminder: Reminder, congress_id: int) -> bool:
    """Return whether it can be said whom a reminder is for: not as long as nobody is ticked off."""
    return not reminder.is_afterwards or attendances.is_recorded(congress_id)


def unanswered(congress_id: int) -> list[Contributor]:
    """Return the people of a programme who were asked by mail and have not answered, by number.

    With what they know of their parts: the letter is to name no draft.
    """
    people = contributors.of_congress(congress_id)
    found = [each for each in people if each.email and each.has_link and _is_asked(each)]
    dead = dead_mailboxes.among({fold_email(each.email) for each in found})
    found = [each.as_known for each in found if fold_email(each.email) not in dead]
    return sorted(found, key=lambda each: each.person_id)


def invited_without_answer(congress_id: int) -> list[Invitation]:
    """Return the invitations that were sent and not answered, to addresses that take mails."""
    found = invitations.unanswered(invited.of_congress(congress_id))
    keys = {each.id: fold_email(each.guest.email) for each in found}
    dead = dead_mailboxes.among(set(keys.values()))
    return [each for each in found if keys[each.id] not in dead]


def _is_asked(person: Contributor) -> bool:
    return any(part.is_asked for part in person.parts)


def _has_place_in(congress_id: int, workshop_id: int) -> ColumnElement[bool]:
    """Whether somebody has a place in a workshop that takes place."""
    held = {item.id for item in programme.released_items(congress_id) if not item.face.cancelled}
    if workshop_id not in held:
        return false()
    booked = select(BOOKINGS.c.registration_id).where(
        BOOKINGS.c.item_id == workshop_id, BOOKINGS.c.state == BookingState.CONFIRMED
    )
    return PEOPLE.c.id.in_(booked)


def _in_order(which: Which) -> tuple[int, int]:
    return SORTS.index(which.sort), which.number


def standing_of(row: ReminderSetting | Row[*tuple[Any, ...]]) -> ReminderStanding:
    """Return how far a stored reminder is."""
    return ReminderStanding(
        which=Which(Reminder(row.reminder), row.id if row.is_added else 0),
        setting=Setting(row.is_on, row.days, row.hour, row.text or None, row.item_id),
        row_id=row.id,
        on_since=row.on_since,
        told=row.told,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
