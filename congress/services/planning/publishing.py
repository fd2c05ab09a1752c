"""Publishing: the only way to change what the public sees, in one order.

Show the new programme, pass on the places, tell whoever is concerned, leave a line in the log.
A release, an import and calling a congress off differ in what they write before.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.congresses import Congress, CongressState
from congress.domain.hall import CONGRESS
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.news import News
from congress.domain.mails.reach import NOBODY, Reach
from congress.domain.mails.untold import NOTHING, Untold
from congress.domain.places import PassOn
from congress.domain.planning.release import (
    ENDED,
    is_on_calendars,
    is_on_public_calendars,
    require_may_be_finished,
    tells_people,
)
from congress.domain.programme import Face
from congress.extensions import db
from congress.models import Congress as Row
from congress.models import ProgrammeItem
from congress.queries import announcements, congresses
from congress.queries.chosen_anew import CALLED_OFF_AT
from congress.queries.planning import moves
from congress.queries.planning.congress_files import ALL_OF_AN_ITEM, released_face, working_face
from congress.queries.programme import as_json, released_items
from congress.services import places, placing
from congress.services.mails import (
    announcing,
    mailings_off,
    reminding_anew,
    restating,
    telling,
)
from congress.services.placing import Sizes
from congress.services.planning import following_moves

# What the calendar entry of a congress says (`domain.public_calendar.congress_entry`).
ON_THE_ENTRY = ("days", "title", "lead", "town", "venue", "address", "timezone", "modules")
# What people hear of when it changes.
NEWS = ("days", *announcements.OF_CONGRESS)


@dataclass(frozen=True)
class Line:
    """What the log says of a publication; how many items and people is added."""

    verb: str
    fields: Sequence[str] = ()
    details: dict[str, Any] = field(default_factory=dict)
    is_wanted: bool = True  # also when the public sees nothing new


@dataclass(frozen=True)
class Published:
    """What the public sees anew, and whom that is told."""

    items: tuple[int, ...] = ()
    told: Reach = NOBODY


@dataclass(frozen=True)
class Shown:
    """An item with a new face; `known` is the one before, where calendars say something else."""

    known: Face | None


def hold(congress_id: int) -> tuple[Row, Congress]:
    """Hold a congress that is to be changed; returns its row, and it as the public sees it."""
    statement = select(Row).where(Row.id == congress_id).options(*congresses.ALL_OF_IT)
    row = db.session.scalars(
        statement.with_for_update(key_share=True), execution_options={"populate_existing": True}
    ).one()
    return row, congresses.as_congress(row)


def publish(
    row: Row,
    before: Congress,
    line: Line,
    *,
    actor: Actor,
    now: datetime,
    with_programme: bool = True,
    moved: Mapping[int, Shown] | None = None,
    sizes: Sizes | None = None,
) -> Published:
    """Make what was written visible, inside the running transaction.

    `before` is the congress as the public saw it; `sizes` are other numbers of places. Without
    the programme, drafts of it stay what they are, and `moved` is what was shown of it by itself.
    Raises NotBegunYet where something is called finished that is to come, or moved there.
    """
    shown = show_programme(row.id, now=now) if with_programme else dict(moved or {})
    db.session.flush()
    unranked = following_moves.follow(before, {key: each.known for key, each in shown.items()})
    with places.held(row.id, now=now) as ledger:
        after = ledger.congress
        if (before.state, before.starts_at) != (after.state, after.starts_at):
            require_may_be_finished(after.state, after.starts_at, now)
        if not (line.is_wanted or shown or before != after):
            return Published()
        if _changed(before, after, ON_THE_ENTRY):
            row.sequence += 1
            row.revised_at = max(now.replace(microsecond=0), row.revised_at)
        placing.resize(ledger, sizes or {}, actor=actor)
        has_opened = before.state is not CongressState.PUBLISHED or before.days != after.days
        # A file that says how many places there are may say as well for whom they are.
        looked_at = ledger.hall.workshops if has_opened else shown.keys() | (sizes or {}).keys()
        keys = looked_at & ledger.hall.workshops.keys()
        moved_up = sorted(ledger.carry_out(PassOn(frozenset({CONGRESS, *keys}))).gains)
        telling.moved_up(ledger)
    faces = {key: each.known for key, each in shown.items() if each.known is not None}
    restating.restate(before, after)
    reminded_anew = reminding_anew.begin_anew(before, after, now=now)
    if after.state is CongressState.CANCELLED and before.state is not after.state:
        mailings_off.pause_all(after.id, actor=actor, now=now)
    told = _tell(before, after, faces, unranked, now=now)
    details = line.details | {"items": list(shown), "told": told.people, "moved_up": moved_up}
    if reminded_anew:
        details["reminders"] = reminded_anew
    if told.unreached:
        details["unreached"] = len(told.unreached)
    if told.dead:
        details["dead"] = len(told.dead)
    ledger.record(line.verb, actor=actor, fields=line.fields, details=details)
    return Published(tuple(shown), told)


def show_programme(
    congress_id: int, *, now: datetime, only: Collection[str] | None = None
) -> dict[int, Shown]:
    """Write the released values of every item whose face changed, or of those with these codes.

    Returns them by item.
    """
    db.session.flush()
    rows = [row for row in hold_items(congress_id) if only is None or row.code in only]
    return {row.id: shown for row in rows if (shown := show(row, working_face(row), now=now))}


def hold_items(congress_id: int) -> Sequence[ProgrammeItem]:
    """Hold the items of a congress that are to be changed, and read them anew."""
    return db.session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.congress_id == congress_id)
        .options(*ALL_OF_AN_ITEM)
        .order_by(ProgrammeItem.id)
        .with_for_update(key_share=True, of=ProgrammeItem),
        execution_options={"populate_existing": True},
    ).all()


def show(row: ProgrammeItem, after: Face, *, now: datetime) -> Shown | None:
    """Release a face of an item; None when it is the one it shows.

    SEQUENCE and DTSTAMP of the public entry change only with what it says, so that an unchanged
    entry gives unchanged bytes (RFC 5546, section 2.1.4).
    """
    before = released_face(row)
    if before == after:
        return None
    kept = row.released or {}
    row.released = (
        as_json(after)
        | _called_off(kept, before, after, now=now)
        | moves.after_move(kept, before, after, now=now)
    )
    row.released_starts_at = after.slot.starts_at
    row.released_ends_at = after.slot.ends_at
    if before is not None and is_on_public_calendars(before, after):
        row.sequence += 1
        row.revised_at = max(now, row.revised_at)
    return Shown(before if before is not None and is_on_calendars(before, after) else None)


def _called_off(
    released: Mapping[str, Any], before: Face | None, after: Face, *, now: datetime
) -> dict[str, Any]:
    """Return what is kept of when an item was called off last, also once it takes place again."""
    if after.cancelled and before is not None and not before.cancelled:
        return {CALLED_OFF_AT: now.isoformat()}
    return {name: value for name, value in released.items() if name == CALLED_OFF_AT}


def is_news(before: Congress, after: Congress, now: datetime) -> bool:
    """Return whether everybody is concerned by what a congress is from now on."""
    return _changed(before, after, NEWS) or before.closes_otherwise(after, now)


def _changed(before: Congress, after: Congress, names: Sequence[str]) -> bool:
    """Return whether any of this is otherwise, or the congress is called off or not any more."""
    if (before.state is CongressState.CANCELLED) != (after.state is CongressState.CANCELLED):
        return True
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _tell(
    before: Congress,
    after: Congress,
    faces: Mapping[int, Face],
    unranked: Mapping[int, Sequence[int]],
    *,
    now: datetime,
) -> Reach:
    """Tell whoever is concerned; a correction for the record is no news."""
    is_new = is_news(before, after, now)
    news = Untold(News(before if is_new else None, faces, is_new, unranked))
    if before.state is CongressState.PUBLISHED and after.state in ENDED:
        # Kept whole: until it takes place after all, nobody hears of what changes.
        known = {each.id: each.face for each in released_items(after.id) if each.bookable}
        last = News(before, {**known, **faces}, everybody=True)
        if after.state is CongressState.CANCELLED:
            off = MessageKind.CONGRESS_CANCELLED
            return announcing.announce(after, off, Untold(last), now=now)
        announcing.keep(after, last, now=now)
        return NOBODY
    if not tells_people(after, now):
        return NOBODY
    if before.state is CongressState.CANCELLED:
        return announcing.announce(after, MessageKind.HELD_AFTER_ALL, news, now=now)
    if before.state is CongressState.FINISHED:
        news = since_finished(after, news, now=now)
    if news.is_unknown:
        return NOBODY
    return announcing.announce(after, MessageKind.PROGRAMME_CHANGED, news, now=now)


def since_finished(after: Congress, news: Untold = NOTHING, *, now: datetime) -> Untold:
    """Return what is not as people knew it when a congress was finished that is opened again."""
    shown = {item.id: item.face for item in released_items(after.id)}

    def still_new(known: News) -> News:
        is_new = known.congress is not None and is_news(known.congress, after, now)
        faces = {
            key: face
            for key, face in known.faces.items()
            if key in shown and is_on_calendars(face, shown[key])
        }
        before = known.congress if is_new else None
        return replace(known, congress=before, faces=faces, everybody=is_new)

    return news.after(announcements.when_finished(after)).each(still_new)
