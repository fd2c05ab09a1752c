"""Wishing for workshops where their places are given by wishes: by oneself, or by organisers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, Table, Text, bindparam, cast, delete, insert, select, update

from congress.base import table_of
from congress.domain import allocation, ranking
from congress.domain.access import Actor
from congress.domain.conditions import active, not_over, published, require
from congress.domain.congresses import Congress
from congress.domain.hall import CONGRESS, Hall, Person
from congress.domain.mode_conditions import fits_mode
from congress.domain.programme import ProgrammeItem
from congress.domain.ranking import NotByWishes, Ranked, Wishes, WishesClosed
from congress.domain.registration_request import RegistrationRequest
from congress.domain.retention import KEPT_A_MONTH
from congress.domain.slots import Slot, choices
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import (
    Announcement,
    AuditLine,
    Booking,
    FormerWish,
    Registration,
    WishDecision,
    WorkshopWish,
)
from congress.queries import announcements, congresses, programme
from congress.queries.registrations import congress_of, standings
from congress.queries.retention import long_over
from congress.services import auditing
from congress.services.places import Ledger
from congress.transaction import transaction

PEOPLE, WISHES = table_of(Registration), table_of(WorkshopWish)
BOOKINGS, DECISIONS, LINES = map(table_of, (Booking, WishDecision, AuditLine))
FORMER = table_of(FormerWish)
RANKED = "wished"  # in the log
NEW_WISHES = insert(WISHES).inline()
SAID = select(PEOPLE.c.id, PEOPLE.c.wished_at).where(
    PEOPLE.c.id.in_(bindparam("people", expanding=True))
)


def wish(
    registration_id: int, wished: Mapping[int, Wishes], *, actor: Actor, now: datetime
) -> bool:
    """Keep what somebody wishes for in some choices, by `Slot.key`; whether anything changed.

    Nothing is given by it yet. Organisers may do it until the places are given. Raises
    WishesClosed, NotByWishes, and what stands in the way of a workshop or of changing anything.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_of(registration_id)))
        items = programme.kept_items(congress)
        hall = Hall.of(congress, items, now=now)
        [standing] = standings([registration_id])
        require((active, not_over, published), hall, standing.person, CONGRESS)
        if actor.is_attendee:
            require_open(congress, now)
        slots = checked(congress, items, wished, hall, standing.person)
        before = ranking.by_choice(slots, standing.wishes)
        changed = {
            slot.key: wished[slot.key]
            for slot in slots
            if ranking.still(before.get(slot.key), ranking.offered(slot)) != wished[slot.key]
        }
        if not changed:
            return False
        _give_up(standing, [slot for slot in slots if slot.key in changed], now)
        own = WISHES.c.registration_id == registration_id
        gone = [item.id for slot in slots if slot.key in changed for item in slot.workshops]
        db.session.execute(delete(WISHES).where(own, WISHES.c.item_id.in_(gone)))
        store([(registration_id, _lines(changed, slots))])
        answered = update(PEOPLE).where(PEOPLE.c.id == registration_id)
        db.session.execute(answered.values(wished_at=now))
        auditing.record(
            RANKED,
            actor=actor,
            now=now,
            congress_id=congress.id,
            registration_id=registration_id,
            details=stated(changed),
        )
        return True


def _give_up(standing: Standing, slots: Iterable[Slot], now: datetime) -> None:
    """Remember what somebody had ranked that is called off, and forget what is not any more."""
    items = {item.id: item for slot in slots for item in slot.workshops}
    off = {key for key, item in items.items() if item.face.cancelled}
    had = {each.item_id for each in standing.wishes if each.rank and not each.any_other} & off
    mine = FORMER.c.registration_id == standing.id
    over = had | (items.keys() - off)
    db.session.execute(delete(FORMER).where(mine, FORMER.c.item_id.in_(over)))
    facts = {"registration_id": standing.id, "given_up_at": now}
    if had:
        db.session.execute(insert(FORMER), [facts | {"item_id": key} for key in sorted(had)])


def admit(ledger: Ledger, request: RegistrationRequest, *, at_any_time: bool = False) -> None:
    """Refuse wishes with which somebody registers, where they cannot be kept."""
    if not request.wishes:
        return
    if not at_any_time:
        require_open(ledger.congress, ledger.now)
    items = list(ledger.items().values())
    checked(ledger.congress, items, request.wishes, ledger.hall, request.newcomer)


def checked(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    wished: Mapping[int, Wishes],
    hall: Hall,
    person: Person,
) -> list[Slot]:
    """Return the choices that are wished in, and refuse what cannot be wished for there."""
    taking = allocation.taking_wishes(items, congress.rules.allocation)
    slots = [slot for slot in taking if slot.key in wished]
    if len(slots) < len(wished):
        raise NotByWishes
    for slot in slots:
        ranking.require_offered(slot, wished[slot.key])
        for key in wished[slot.key].ranked:
            require((fits_mode,), hall, person, key)
    return slots


def require_open(congress: Congress, now: datetime) -> None:
    """Refuse wishes that come too late."""
    if now >= congress.wishes_close_at:
        raise WishesClosed(congress.wishes_close_at)


def lines(request: RegistrationRequest, items: Iterable[ProgrammeItem]) -> tuple[Ranked, ...]:
    """Return every line of the wishes with which somebody registers."""
    return tuple(_lines(request.wishes, choices(list(items)))) if request.wishes else ()


def store(people: Iterable[tuple[int, Iterable[Ranked]]]) -> None:
    """Store wishes of people who have none yet for these, inside a running transaction."""
    rows = [
        {"registration_id": number} | line._asdict() for number, wished in people for line in wished
    ]
    if rows:
        db.session.execute(NEW_WISHES, rows)


def _lines(wished: Mapping[int, Wishes], slots: Iterable[Slot]) -> Iterator[Ranked]:
    for slot in slots:
        if slot.key in wished:
            yield from wished[slot.key].rows(ranking.offered(slot))


def hand_on(ledger: Ledger, giver: int, taker: int) -> None:
    """Let what a registration that is about to end wishes for go on in another one.

    In each choice of which the other says nothing. Inside a running transaction.
    """
    found = db.session.execute(SAID, {"people": [giver, taker]})
    said = {number: moment for number, moment in found}  # noqa: C416 - rows, not pairs
    slots = choices(list(ledger.items().values()))
    for table in (WISHES, FORMER):
        _pass_on(table, giver, taker, slots)
    if said[taker] is None:
        answered = update(PEOPLE).where(PEOPLE.c.id == taker)
        db.session.execute(answered.values(wished_at=said[giver]))


def _pass_on(table: Table, giver: int, taker: int, slots: Iterable[Slot]) -> None:
    """Give wishes of somebody to somebody else, in each choice in which these have none."""
    choice_of = {item.id: slot.key for slot in slots for item in slot.workshops}
    about = select(table.c.registration_id, table.c.item_id).where(
        table.c.registration_id.in_((giver, taker))
    )
    rows = db.session.execute(about).all()
    known = {choice_of.get(item) for person, item in rows if person == taker}
    goes_on = [item for _person, item in rows if choice_of.get(item) not in known]
    of_giver = (table.c.registration_id == giver, table.c.item_id.in_(goes_on))
    db.session.execute(update(table).where(*of_giver).values(registration_id=taker))


def forget_given_up(ledger: Ledger, had: Person, has: Person) -> None:
    """Let whoever gave a place that was given by wishes up want no other of that time either.

    Else the next assignment would give it back to them. What they wait for they go on wishing for.
    Inside a running transaction.
    """
    items = list(ledger.items().values())
    gone = [
        item.id
        for slot in allocation.assigned(items)
        if _has_place(slot, had) and not _has_place(slot, has)
        for item in slot.workshops
        if has.booked(item.id) is None
    ]
    if gone:
        own = WISHES.c.registration_id == has.id
        db.session.execute(delete(WISHES).where(own, WISHES.c.item_id.in_(gone)))


def _has_place(slot: Slot, person: Person) -> bool:
    return any(person.has_place(item.id) for item in slot.workshops)


def forget_old(*, now: datetime) -> int:
    """Delete what people wished for a month after their congress; returns how many wishes.

    With it goes when they said so, which wish each place was, what organisers decided, what the log
    says of them, and in news of what was moved whose wishes ended by it.
    """
    ended = long_over(now, KEPT_A_MONTH)
    here = PEOPLE.c.congress_id.in_(ended)
    over = select(PEOPLE.c.id).where(here)
    with transaction():
        places = update(BOOKINGS).where(BOOKINGS.c.registration_id.in_(over))
        db.session.execute(places.where(BOOKINGS.c.wish.is_not(None)).values(wish=None))
        people = update(PEOPLE).where(here, PEOPLE.c.wished_at.is_not(None))
        db.session.execute(people.values(wished_at=None))
        for table in (DECISIONS, FORMER):
            db.session.execute(delete(table).where(table.c.registration_id.in_(over)))
        _forget_in_news(ended)
        _forget_in_log(ended)
        result = db.session.execute(delete(WISHES).where(WISHES.c.registration_id.in_(over)))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _forget_in_news(ended: Select[int]) -> None:
    of_wishes = cast(Announcement.news, Text).contains('"unranked"')
    for row in db.session.scalars(
        select(Announcement).where(Announcement.congress_id.in_(ended), of_wishes)
    ):
        row.news = announcements.without_people(row.news)


def _forget_in_log(ended: Select[int]) -> None:
    """Leave in the log that somebody ranked something, and not what."""
    of_wishes = (LINES.c.congress_id.in_(ended), LINES.c.verb == RANKED)
    says_what = cast(LINES.c.details, Text) != "{}"
    db.session.execute(update(LINES).where(*of_wishes, says_what).values(details={}))


def stated(wished: Mapping[int, Wishes]) -> dict[str, object]:
    """Return wishes for the log: of each choice the workshops in order, and whether any will do."""
    said = [(list(each.ranked), each.any_other) for each in wished.values()]
    return {"wishes": said, "items": [key for ranked, _any in said for key in ranked]}
