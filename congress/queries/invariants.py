"""What must be true of every congress after every use case; an empty answer means it is.

Each check is one statement over all congresses, so that it can also be asked of a large database.
"""

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from congress.domain.congresses import CongressKind, CongressState
from congress.domain.kinds import HELD_FOR, PersonKind
from congress.domain.modes import EventMode, Mode
from congress.domain.priority import OTHERS
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import (
    AccessToken,
    Announcement,
    Answer,
    AnswerFile,
    Booking,
    CalendarEntry,
    Congress,
    Invitation,
    OutboxMessage,
    ProgrammeItem,
    QuotaException,
    Registration,
    RegistrationGroup,
)
from congress.queries.announcements import OPEN_NEWS
from congress.queries.bindings import waits_for_another
from congress.queries.programme import at_one_time

# What is held for somebody is taken like what somebody has.
TAKES_PLACE = (Registration.state == RegistrationState.CONFIRMED) | Registration.holds_places
IS_OFFERED = Registration.state == RegistrationState.OFFERED
SITS = (BookingState.CONFIRMED, BookingState.OFFERED)
IS_IN = Registration.state == RegistrationState.CONFIRMED
HAS_LEFT = Registration.state == RegistrationState.CANCELLED
WAITS = Registration.state == RegistrationState.WAITING
EVENT_MODE = func.coalesce(Congress.rules["mode"].as_string(), str(EventMode.ONSITE))
# Counted online, where both ways have places of their own.
IS_APART = (EVENT_MODE == EventMode.HYBRID) & (Registration.mode == Mode.ONLINE)
HAS_PLACE = Booking.state.in_(SITS)
HAS_BOOKED = Booking.state != BookingState.CANCELLED


def list_broken() -> list[str]:
    """Return one line for each thing that is not as it must be (REL-07)."""
    return [
        f"{sentence}: {row}"
        for sentence, statement in CHECKS.items()
        for row in db.session.scalars(statement)
    ]


def _counted(which: ColumnElement[bool]) -> ScalarSelect[int]:
    counted = select(func.count()).where(Registration.congress_id == Congress.id)
    return counted.where(which).scalar_subquery()


def _booked(*states: BookingState) -> ScalarSelect[int]:
    """How many people who take a place in the congress have a workshop in one of some states."""
    counted = select(func.count()).select_from(Booking).join(Registration)
    of_item = Booking.item_id == ProgrammeItem.id
    return counted.where(of_item, Booking.state.in_(states), TAKES_PLACE).scalar_subquery()


def _too_many(table: type[Congress] | type[ProgrammeItem]) -> Select[int]:
    return select(table.id).where(table.taken > table.capacity + table.overbooked)


def _left_empty(table: type[Congress] | type[ProgrammeItem]) -> Select[int]:
    """A free place while somebody waits who may have it, and is not about to get it."""
    held_back = Congress.held_back if table is Congress else literal_column("0")
    is_free = table.capacity.is_(None) | (table.taken + held_back < table.capacity)
    is_open = Congress.state == CongressState.PUBLISHED
    return select(table.id).where(table.waiting > 0, is_free, is_open, ~Congress.moving_up)


def _endless(table: type[Registration] | type[Booking]) -> Select[int]:
    """Offered, and nobody knows until when; or held until then, and not offered."""
    is_offered = table.state == RegistrationState.OFFERED
    return select(table.id).where(is_offered != table.offered_until.is_not(None))


def _left_of(kind: PersonKind) -> ColumnElement[int]:
    """How many of the places held back for a kind of people nobody of it has."""
    places = func.coalesce(Congress.rules[HELD_FOR[kind]].as_integer(), 0)
    have = _counted((Registration.kind == kind) & (TAKES_PLACE | IS_OFFERED) & ~IS_APART)
    return case((places > have, places - have), else_=0)


def _held_back_for_who_waits() -> Select[int]:
    """An empty place, held back for people of a kind, while one of them waits alone."""
    is_alone = Registration.group_id.is_(None) & ~IS_APART
    is_waiting = Registration.state == RegistrationState.WAITING
    waits = [
        (_left_of(kind) > 0) & (_counted(is_alone & is_waiting & (Registration.kind == kind)) > 0)
        for kind in HELD_FOR
    ]
    is_empty = Congress.taken < Congress.capacity
    is_open = Congress.state == CongressState.PUBLISHED
    return select(Congress.id).where(or_(*waits), is_empty, is_open, ~Congress.moving_up)


def _online_left_empty() -> Select[int]:
    """The same of places online, which have a queue of their own."""
    is_free = Congress.online_capacity.is_(None) | (
        Congress.online_taken < Congress.online_capacity
    )
    is_open = Congress.state == CongressState.PUBLISHED
    return select(Congress.id).where(
        Congress.online_waiting > 0, is_free, is_open, ~Congress.moving_up
    )


def _is_passed_over_rightly(mode: Mode) -> ColumnElement[bool]:
    """Whether everybody who waits for a congress is on a reserve list, or in a group too large."""
    waits, inside = aliased(Registration), aliased(Registration)
    quota = func.coalesce(Congress.rules["quota"].as_integer(), 0)
    has_sent = (
        select(func.count())
        .where(
            inside.congress_id == waits.congress_id,
            inside.quota_key == waits.quota_key,
            inside.quota_key != literal_column("''"),
            inside.state.in_((RegistrationState.CONFIRMED, RegistrationState.OFFERED))
            | inside.holds_places,
        )
        .scalar_subquery()
    )
    may_send_more = exists().where(
        QuotaException.congress_id == waits.congress_id,
        QuotaException.key == waits.quota_key,
        QuotaException.places.is_(None) | (QuotaException.places > has_sent),
    )
    is_other = exists().where(
        QuotaException.congress_id == waits.congress_id, QuotaException.key == waits.quota_key
    )
    is_next = (
        (quota == 0) | (waits.quota_key == "") | may_send_more | (~is_other & (quota > has_sent))
    )
    on_site, away = _mates(waits, Mode.ONSITE), _mates(waits, Mode.ONLINE)
    has_two_ways = EVENT_MODE == EventMode.HYBRID
    free, free_online = (
        Congress.capacity - Congress.taken - Congress.held_back,
        Congress.online_capacity - Congress.online_taken,
    )
    are_too_many = (
        (~has_two_ways & (on_site + away > free))
        | (has_two_ways & (on_site > free))
        | (has_two_ways & (away > free_online))
    )
    # With a quota any of them may be one too many of an organisation.
    comes_later = (
        exists()
        .where(
            RegistrationGroup.id == waits.group_id,
            RegistrationGroup.together,
            (quota > 0) | are_too_many,
        )
        .correlate(waits, Congress)
    )
    somebody = exists().where(
        waits.congress_id == Congress.id,
        waits.state == RegistrationState.WAITING,
        is_next,
        ~comes_later,
        ~has_two_ways | (waits.mode == mode),
    )
    return ~somebody


def _mates(waits: type[Registration], mode: Mode) -> ScalarSelect[int]:
    """How many of the group of somebody wait in one way."""
    mate = aliased(Registration)
    in_group = (mate.group_id == waits.group_id, mate.state == RegistrationState.WAITING)
    counted = select(func.count()).where(*in_group, mate.mode == mode)
    return counted.correlate(waits).scalar_subquery()


def _in_two_places_at_once() -> Select[int]:
    one, other = aliased(Booking), aliased(Booking)
    first, second = aliased(ProgrammeItem), aliased(ProgrammeItem)
    return (
        select(one.registration_id)
        .join(other, (other.registration_id == one.registration_id) & (other.id > one.id))
        .join(first, first.id == one.item_id)
        .join(second, second.id == other.item_id)
        .where(
            one.state == BookingState.CONFIRMED,
            other.state == BookingState.CONFIRMED,
            at_one_time(first, second),
        )
    )


def _calendar_differs() -> Select[int]:
    """In the congress means a confirmed entry in the calendar, and the other way round.

    While news is still being told, those who are not told yet have the old entries.
    """
    being_told = exists().where(
        Announcement.congress_id == Congress.id,
        *OPEN_NEWS,
        Announcement.told_up_to < Registration.id,
    )
    # Modules of a course that had begun stay with whoever left it then.
    was_attended = (
        HAS_LEFT
        & (Congress.kind == CongressKind.TRAINING)
        & (CalendarEntry.day <= func.date(Registration.cancelled_at))
    )
    entry = exists().where(
        CalendarEntry.registration_id == Registration.id,
        CalendarEntry.status == "CONFIRMED",
        ~was_attended,
    )
    is_expected = IS_IN & (Congress.state != CongressState.CANCELLED)
    return select(Registration.id).join(Congress).where(is_expected != entry, ~being_told)


def _two_entries_for_a_day() -> Select[int]:
    entry = CalendarEntry
    days = select(entry.registration_id).where(entry.status == "CONFIRMED")
    return days.group_by(entry.registration_id, entry.day).having(func.count() > 1)


def _answered_twice() -> Select[int]:
    """Something chosen and something written, to one question."""
    other = aliased(Answer)
    return (
        select(Answer.registration_id)
        .join(other, other.registration_id == Answer.registration_id)
        .where(Answer.question == other.question, Answer.choice != "", other.choice == "")
    )


CHECKS: dict[str, Select[int]] = {
    "taken places of a congress differ from its registrations": select(Congress.id).where(
        Congress.taken != _counted((TAKES_PLACE | IS_OFFERED) & ~IS_APART)
    ),
    "places held back differ from those of the rules": select(Congress.id).where(
        Congress.held_back != sum((_left_of(kind) for kind in HELD_FOR), literal_column("0"))
    ),
    "a place is held back while somebody waits whom it is for": _held_back_for_who_waits(),
    "the queue of a congress is miscounted": select(Congress.id).where(
        Congress.waiting != _counted(WAITS & ~IS_APART)
    ),
    "taken places online differ from those who take part online": select(Congress.id).where(
        Congress.online_taken != _counted((TAKES_PLACE | IS_OFFERED) & IS_APART)
    ),
    "the queue for places online is miscounted": select(Congress.id).where(
        Congress.online_waiting != _counted(WAITS & IS_APART)
    ),
    "somebody takes part in a way that there is not": select(Registration.id)
    .join(Congress)
    .where(EVENT_MODE != EventMode.HYBRID, Registration.mode != EVENT_MODE, ~HAS_LEFT),
    "more people than places online": select(Congress.id).where(
        Congress.online_taken > Congress.online_capacity + Congress.online_overbooked
    ),
    "there are other places online than the rules say": select(Congress.id).where(
        EVENT_MODE == EventMode.HYBRID,
        func.coalesce(Congress.online_capacity, 0)
        != func.coalesce(Congress.rules["online_places"].as_integer(), 0),
    ),
    "a place online is empty while people wait": _online_left_empty().where(
        ~_is_passed_over_rightly(Mode.ONLINE)
    ),
    "taken places of a workshop differ from its bookings": select(ProgrammeItem.id).where(
        ProgrammeItem.taken != _booked(*SITS)
    ),
    "the queue of a workshop is miscounted": select(ProgrammeItem.id).where(
        ProgrammeItem.waiting != _booked(BookingState.WAITING)
    ),
    "more people than places in a congress": _too_many(Congress),
    "more people than places in a workshop": _too_many(ProgrammeItem),
    "a place of a congress is empty while people wait": _left_empty(Congress).where(
        ~_is_passed_over_rightly(Mode.ONSITE)
    ),
    "a place of a workshop is empty while people wait": _left_empty(ProgrammeItem)
    .join(Congress)
    .where(~ProgrammeItem.cancelled, ~waits_for_another()),
    "a workshop place without a place in the congress": select(Booking.id)
    .join(Registration)
    .where((HAS_PLACE & ~TAKES_PLACE) | (HAS_BOOKED & HAS_LEFT)),
    "a place of a congress is offered without an end": _endless(Registration),
    "a workshop place is offered without an end": _endless(Booking),
    "somebody stands in a workshop’s queue in another group than their own": select(Booking.id)
    .join(Registration)
    .where(Booking.priority != Registration.priority),
    "somebody is in a priority group and there are none": select(Registration.id)
    .join(Congress)
    .where(
        Registration.priority != OTHERS,
        func.coalesce(Congress.rules["priority"].as_string(), "") == "",
    ),
    "somebody came by an invitation to another congress": select(Registration.id)
    .join(Invitation, Invitation.id == Registration.invitation_id)
    .where(Invitation.congress_id != Registration.congress_id),
    "somebody is in a group of another congress": select(Registration.id)
    .join(RegistrationGroup, RegistrationGroup.id == Registration.group_id)
    .where(RegistrationGroup.congress_id != Registration.congress_id),
    "somebody sits in two workshops at once": _in_two_places_at_once(),
    "asked about a minimum that there is not": select(ProgrammeItem.id).where(
        ProgrammeItem.minimum.is_(None),
        ProgrammeItem.minimum_asked_at.is_not(None) | ProgrammeItem.minimum_settled_at.is_not(None),
    ),
    "a mail to nobody": select(OutboxMessage.id).where(OutboxMessage.recipient == ""),
    "a registration without a link": select(Registration.id).where(
        ~exists().where(AccessToken.registration_id == Registration.id)
    ),
    "the calendar says something else than the registration": _calendar_differs(),
    "a file that no answer names": select(AnswerFile.id).where(
        ~select(Answer.id)
        .where(
            Answer.registration_id == AnswerFile.registration_id,
            Answer.question == AnswerFile.question,
            Answer.text == AnswerFile.name,
        )
        .exists()
    ),
    "an answer in another congress than its registration": select(Answer.id)
    .join(Registration, Registration.id == Answer.registration_id)
    .where(Answer.congress_id != Registration.congress_id),
    "two answers where one is asked for": _answered_twice(),
    "the calendar says two things of one day": _two_entries_for_a_day(),
}
