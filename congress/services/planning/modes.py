"""Another way of taking part in a congress, and the link for doing so online when its hour comes.

Nobody loses a place by another way: it is refused while somebody takes part in one that would be
no more. Those of an online congress that becomes hybrid go on online, on the places there.
"""

from datetime import datetime

from sqlalchemy import func, select, update

from congress.base import table_of
from congress.domain.access import SYSTEM
from congress.domain.congresses import Congress
from congress.domain.hall import ONLINE
from congress.domain.modes import EventMode, Mode, TakePartOtherwise
from congress.domain.places import Resize
from congress.domain.registration import RegistrationState
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import Congress as Row
from congress.models import Registration
from congress.queries import held_links, programme
from congress.services import places
from congress.services.mails import telling
from congress.services.planning import publishing
from congress.services.planning.publishing import Line, Shown
from congress.transaction import transaction

PEOPLE = table_of(Registration)
WAYS = {
    EventMode.ONSITE: frozenset({Mode.ONSITE}),
    EventMode.ONLINE: frozenset({Mode.ONLINE}),
    EventMode.HYBRID: frozenset(Mode),
}


def adopt(row: Row, before: Rules, after: Rules, *, now: datetime) -> None:
    """Let people of a held congress take part as rules say from now on; the row is flushed.

    Where it becomes online only, or is so no longer, public calendars say so with a new revision.
    Raises TakePartOtherwise.
    """
    if before.mode is after.mode:
        return
    for mode in WAYS[before.mode] - WAYS[after.mode]:
        if people := _count(row.id, mode):
            raise TakePartOtherwise(people, mode)
    if after.mode is not EventMode.HYBRID:
        everybody = update(PEOPLE).where(PEOPLE.c.congress_id == row.id)
        db.session.execute(everybody.values(mode=after.mode.usual))
    if {before.mode, after.mode} == {EventMode.ONLINE, EventMode.HYBRID}:
        _count_elsewhere(row, after)
    if EventMode.ONLINE in {before.mode, after.mode}:
        row.sequence += 1
        row.revised_at = max(now.replace(microsecond=0), row.revised_at)
    db.session.flush()


def _count(congress_id: int, mode: Mode) -> int:
    here = select(func.count()).where(
        PEOPLE.c.congress_id == congress_id,
        PEOPLE.c.mode == mode,
        PEOPLE.c.state != RegistrationState.CANCELLED,
    )
    return db.session.scalars(here).one()


def _count_elsewhere(row: Row, after: Rules) -> None:
    """Count those online among places of their own, or no longer; nobody else is there."""
    taken, waiting = row.taken + row.online_taken, row.waiting + row.online_waiting
    apart = after.mode is EventMode.HYBRID
    capacity = after.online_places or None if apart else row.capacity
    beyond = max(0, taken - capacity) if capacity is not None else 0
    row.taken, row.waiting, row.overbooked = (0, 0, 0) if apart else (taken, waiting, beyond)
    row.online_taken, row.online_waiting, row.online_overbooked = (
        (taken, waiting, beyond) if apart else (0, 0, 0)
    )
    row.online_capacity = capacity if apart else None


def resize_online(congress_id: int, rules: Rules, *, now: datetime) -> None:
    """Let another number of places online count, inside a running transaction; some move up."""
    if not rules.is_hybrid:
        return
    with places.held(congress_id, now=now) as ledger:
        is_open = ledger.hall.places[ONLINE].waiting_list_open
        ledger.carry_out(Resize({ONLINE: (rules.online_places or None, is_open)}))
        telling.moved_up(ledger)


def tell_link(row: Row, congress: Congress, *, now: datetime) -> None:
    """Tell the links of a held congress that were held back, with the calendar entries revised."""
    row.link_told_at = now
    known = {
        each.id: Shown(each.face)
        for each in programme.released_items(row.id)
        if each.face.online_link and not each.face.cancelled
    }
    line = Line("link_told")
    publishing.publish(
        row, congress, line, actor=SYSTEM, now=now, with_programme=False, moved=known
    )


def next_step(*, now: datetime) -> bool:
    """Tell the links of the next congress whose hour has come; returns whether there was one."""
    number = held_links.find_due(now)
    if number is None:
        return False
    with transaction():
        row, congress = publishing.hold(number)
        if held_links.find_due(now) == number:  # another worker may have been faster
            tell_link(row, congress, now=now)
    return True
