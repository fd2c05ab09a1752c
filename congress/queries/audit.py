"""The log of a congress: what was done by whom, newest first."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from congress.base import columns_of, values_of
from congress.domain.access import ActorKind
from congress.domain.log_filter import ABOUT, EVERYTHING, LogFilter, Subject
from congress.domain.names import full_name
from congress.domain.planning.reversal import ACTS
from congress.domain.programme import NamedItem
from congress.extensions import db
from congress.models import AuditLine, ProgrammeItem, Registration, User
from congress.queries import dead_mailboxes

BATCH = 2000
AT_THE_DOOR = ("came", "came_taken_back", "contributor_came", "contributor_came_taken_back")
FROM_PAPER = ("signed", "signed_taken_back")
NO_ACTS = ("moved_up", "place_offered", "offer_expired", *AT_THE_DOOR, *FROM_PAPER)
EDITS = ("item_edited", "item_taken_back", "item_undone")
CALLED = func.coalesce(func.nullif(User.name, ""), User.email)


@dataclass(frozen=True)
class LogLine:
    """One line, with what its words need; people have their names of today, items those of then."""

    id: int
    at: datetime
    verb: str
    actor: ActorKind
    account: str  # who, when an organiser acted
    registration_id: int | None
    person: str
    item: NamedItem | None
    fields: tuple[str, ...]
    details: dict[str, Any]
    personal: dict[str, Any]
    items: Mapping[int, NamedItem]  # those that the details know by their ids
    accounts: Mapping[int, str]  # so are these


@dataclass(frozen=True)
class MovedUp:
    """Somebody who won a place, or is offered one, by what somebody else did."""

    id: int
    name: str
    has_mailbox: bool
    is_dead: bool = False  # their address takes no mail
    is_offered: bool = False


def of_congress(
    congress_id: int,
    wanted: LogFilter = EVERYTHING,
    *,
    before: int | None = None,
    limit: int,
    acts_only: bool = False,
) -> list[LogLine]:
    """Return the newest lines of a congress, or those older than a line.

    Of acts only, without whoever moved up by them, of whom a line says how many, and without the
    many who come in at the door. What a line says is put together on reading, so whoever wants
    words in it looks there.
    """
    statement = _lines().where(AuditLine.congress_id == congress_id, *_conditions(wanted))
    if acts_only:
        statement = statement.where(AuditLine.verb.not_in(NO_ACTS))
    if before is not None:
        statement = statement.where(AuditLine.id < before)
    return _read(statement.limit(limit))


def whole(congress_id: int, wanted: LogFilter) -> Iterator[LogLine]:
    """Return all lines of a congress, some at a time."""
    before = None
    while lines := of_congress(congress_id, wanted, before=before, limit=BATCH):
        yield from lines
        before = lines[-1].id


def actors(congress_id: int) -> dict[int, str]:
    """Return the organisers who did something in a congress, by name."""
    statement = (
        select(User.id, CALLED)
        .where(User.id.in_(select(AuditLine.user_id).where(AuditLine.congress_id == congress_id)))
        .order_by(func.lower(CALLED), User.id)
    )
    named = db.session.execute(statement)
    return {number: name for number, name in named}  # noqa: C416 - rows, not pairs


def of_registration(registration_id: int) -> list[LogLine]:
    """Return all lines about one attendee, with those of registrations merged into this one."""
    merged = select(Registration.id).where(Registration.merged_into_id == registration_id)
    its_own = AuditLine.registration_id == registration_id
    return _read(_lines().where(or_(its_own, AuditLine.registration_id.in_(merged))))


def of_item(congress_id: int, item_id: int, *, limit: int) -> list[LogLine]:
    """Return the newest lines about the planning of an item: of it alone, or of a publication.

    Lines about a person name the person, and are none of them.
    """
    of_congress = (AuditLine.congress_id == congress_id, AuditLine.registration_id.is_(None))
    several = select(AuditLine.id, AuditLine.details).where(
        *of_congress, AuditLine.item_id.is_(None)
    )
    published = [
        number
        for number, details in db.session.execute(several)
        if item_id in _list(details.get("items"))
    ]
    is_about = or_(AuditLine.item_id == item_id, AuditLine.id.in_(published))
    return _read(_lines().where(*of_congress, is_about).limit(limit))


def moved_up(congress_id: int, at: datetime) -> list[MovedUp]:
    """Return who moved up or was offered a place by what was done at a moment, by name."""
    statement = (
        select(AuditLine.verb, *columns_of(Registration, "id given_name family_name email_key"))
        .join(AuditLine, AuditLine.registration_id == Registration.id)
        .where(
            AuditLine.congress_id == congress_id,
            AuditLine.at == at,
            AuditLine.verb.in_(("moved_up", "place_offered")),
        )
        .order_by(Registration.family_key, Registration.id, AuditLine.id)
    )
    rows = db.session.execute(statement).all()
    dead = dead_mailboxes.among({row.email_key for row in rows if row.email_key})
    return [
        MovedUp(
            row.id,
            full_name(row.given_name, row.family_name),
            bool(row.email_key),
            row.email_key in dead,
            is_offered=row.verb == "place_offered",
        )
        for row in rows
    ]


def others_follow(congress_id: int, at: datetime) -> bool:
    """Return whether more people were to move up by what was done at a moment."""
    found = exists().where(
        AuditLine.congress_id == congress_id,
        AuditLine.at == at,
        AuditLine.verb == "moving_up_goes_on",
    )
    return bool(db.session.scalar(select(found)))


def can_be_undone(congress_id: int, at: datetime, *, user_id: int | None) -> bool:
    """Return whether somebody did something to the draft of the programme at a moment."""
    act = exists().where(
        AuditLine.congress_id == congress_id,
        AuditLine.at == at,
        AuditLine.user_id == user_id,
        AuditLine.verb.in_(ACTS),
    )
    return bool(db.session.scalars(select(act)).one())


def of_lines(ids: Select[*tuple[int]]) -> list[LogLine]:
    """Return some lines by their numbers."""
    return _read(_lines().where(AuditLine.id.in_(ids)))


def _conditions(wanted: LogFilter) -> list[ColumnElement[bool]]:
    said: list[ColumnElement[bool]] = []
    if wanted.actor:
        said.append(AuditLine.actor == wanted.actor)
    if wanted.user_id:
        said.append(AuditLine.user_id == wanted.user_id)
    if wanted.since:
        said.append(AuditLine.at >= wanted.since)
    if wanted.until:
        said.append(AuditLine.at < wanted.until)
    if wanted.subject:
        said.append(_is_about(wanted.subject))
    return said


def _is_about(subject: Subject) -> ColumnElement[bool]:
    """Whether lines say so of themselves, or name something that says it."""
    by_itself = AuditLine.verb.in_([verb for verb, about in ABOUT.items() if about is subject])
    has_person, has_item = AuditLine.registration_id.is_not(None), AuditLine.item_id.is_not(None)
    seen = {
        Subject.REGISTRATIONS: has_person,
        Subject.PROGRAMME: and_(~has_person, has_item),
        Subject.CONGRESS: and_(~has_person, ~has_item),
    }
    if subject not in seen:
        return by_itself
    return or_(by_itself, and_(AuditLine.verb.not_in(ABOUT), seen[subject]))


def _lines() -> Select[*tuple[Any, ...]]:
    # One of the two names may be empty.
    name = func.trim(Registration.given_name + " " + Registration.family_name)
    return (
        select(
            *columns_of(
                AuditLine,
                "id at congress_id verb actor registration_id item_id fields details personal",
            ),
            func.coalesce(CALLED, "").label("account"),
            func.coalesce(name, "").label("person"),
        )
        .outerjoin(User, User.id == AuditLine.user_id)
        .outerjoin(Registration, Registration.id == AuditLine.registration_id)
        .order_by(AuditLine.id.desc())
    )


def _read(statement: Select[*tuple[Any, ...]]) -> list[LogLine]:
    rows = db.session.execute(statement).all()
    if not rows:
        return []
    numbers = {number for row in rows for number in (row.item_id, *_mentioned(row.details))}
    items, accounts = named(numbers - {None}), _accounts(rows)
    renamings = _renamings(rows[0].congress_id, items, since=rows[-1].id)
    lines = []
    for row in rows:
        while renamings and renamings[0].id > row.id:
            items = items | _before(renamings.popleft(), items)
        lines.append(
            LogLine(
                **values_of(row, "id at verb account registration_id person details personal"),
                actor=ActorKind(row.actor),
                fields=tuple(row.fields),
                item=items.get(row.item_id) or _named_in(row.details),
                items=items,
                accounts=accounts,
            )
        )
    return lines


def _named_in(details: Mapping[str, Any]) -> NamedItem | None:
    """Return the name that a line keeps of an item that is gone."""
    return NamedItem(**details["named"]) if "named" in details else None


def named(numbers: Collection[int]) -> dict[int, NamedItem]:
    """Return what items are called today."""
    if not numbers:
        return {}
    words = columns_of(ProgrammeItem, "number title short_title")
    statement = select(ProgrammeItem.id, *words).where(ProgrammeItem.id.in_(numbers))
    return {number: NamedItem(*words) for number, *words in db.session.execute(statement)}


def _accounts(rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, str]:
    numbers = {row.details["account"] for row in rows if "account" in row.details}
    if not numbers:
        return {}
    named = db.session.execute(select(User.id, CALLED).where(User.id.in_(numbers)))
    return {number: name for number, name in named}  # noqa: C416 - rows, not pairs


def _renamings(
    congress_id: int, items: Mapping[int, NamedItem], *, since: int
) -> deque[Row[int, int | None, dict[str, Any]]]:
    """Return the lines, newest first, by which any of these items may have got another name."""
    if not items:
        return deque()
    of_one = and_(AuditLine.verb.in_(EDITS), AuditLine.item_id.in_(items))
    statement = (
        select(AuditLine.id, AuditLine.item_id, AuditLine.details)
        .where(AuditLine.congress_id == congress_id, AuditLine.id > since)
        .where(or_(of_one, AuditLine.verb == "congress_imported"))
        .order_by(AuditLine.id.desc())
    )
    return deque(db.session.execute(statement))


def _before(
    line: Row[int, int | None, dict[str, Any]], items: Mapping[int, NamedItem]
) -> dict[int, NamedItem]:
    """Return those of the items that a line renamed, as they were called before it."""
    renamed = line.details.get("renamed", {})  # by the number of the item, as text in JSON
    changes = {int(number): each for number, each in renamed.items()}
    if line.item_id is not None:
        changes[line.item_id] = line.details.get("changes", {})
    return {
        number: replace(items[number], **_first_of(each, "title", "short_title"))
        for number, each in changes.items()
        if number in items
    }


def _first_of(changes: Mapping[str, Sequence[Any]], *names: str) -> dict[str, Any]:
    return {name: changes[name][0] for name in names if name in changes}


def _mentioned(details: Mapping[str, Any]) -> set[int]:
    of_person = [each for key in ("before", "after") for each in _list(details.get(key))]
    whole = {
        *_list(details.get("items")),
        *_list(details.get("overbooked")),
        *_list(details.get("alone")),
        *_list(details.get("given_up")),
        *_list(details.get("asked_for")),
        *(item_id for item_id, _state in of_person),
    }
    return whole | ({details["item"]} if "item" in details else set())


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
