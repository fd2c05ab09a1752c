"""What organisers publish by hand: the edited programme, a draft, the end of a congress."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from congress.domain.access import Actor
from congress.domain.attendee_list import Wanted
from congress.domain.congresses import CongressState
from congress.domain.mails.reach import Reach
from congress.domain.planning import item_plan
from congress.domain.planning.release import (
    ChangesUnseen,
    StateUnreachable,
    require_can_be_called_off,
    require_can_be_held_after_all,
    require_reachable,
    require_seen,
    set_of_changes,
    tells_people,
)
from congress.queries import attendees
from congress.queries.planning import contributors, scheduling
from congress.services.courses import letters
from congress.services.planning import publishing, telling_people
from congress.services.planning.publishing import Line
from congress.transaction import transaction


def release(
    congress_id: int,
    *,
    actor: Actor,
    now: datetime,
    seen: str | None = None,
    only: Collection[str] | None = None,
) -> int:
    """Publish all changes of the programme, or those of items with these codes; return how many.

    Whoever has or waits for a place in one of them, and whoever has a part in what is moved or
    called off, is told in the same transaction, unless the congress is over. Raises
    StateUnreachable for a draft, whose programme is published with it, and ChangesUnseen when the
    changes are others than those `seen` before.
    """
    with transaction():
        row, before = publishing.hold(congress_id)
        if before.state is CongressState.DRAFT:
            raise StateUnreachable
        edited = item_plan.only(scheduling.edited_items(congress_id), only)
        if seen not in {None, set_of_changes(edited)}:
            raise ChangesUnseen
        line = Line("programme_released", is_wanted=False)
        people = contributors.concerned(congress_id, only).told
        shown = publishing.show_programme(congress_id, now=now, only=only)
        published = publishing.publish(
            row, before, line, actor=actor, now=now, with_programme=False, moved=shown
        )
        if tells_people(before, now):
            telling_people.tell(before, people, now=now)
    return len(published.items)


def change_state(
    congress_id: int,
    wanted: CongressState,
    *,
    actor: Actor,
    now: datetime,
    seen: str | None = None,
) -> Reach:
    """Publish a draft, with its programme as it stands, take it back, or mark it as finished.

    Returns whom that is told.
    What people knew when a congress was finished and what changed since is told when it is opened
    again. Raises StateUnreachable, SomebodyRegistered, NotBegunYet, and StateUnseen when the
    congress is not as it was `seen` before.
    """
    with transaction():
        row, before = publishing.hold(congress_id)
        require_seen(seen, before.state, row.revision)
        count = attendees.count(congress_id, Wanted())
        require_reachable(before.state, wanted, registrations=count)
        row.state = wanted
        line = Line("state_changed", details={"state": wanted, "before": before.state})
        is_new = before.state is CongressState.DRAFT
        return publishing.publish(
            row, before, line, actor=actor, now=now, with_programme=is_new
        ).told


def call_off(congress_id: int, *, actor: Actor, now: datetime, seen: str | None = None) -> Reach:
    """Cancel a published congress; returns whom that is told.

    Registrations stay as they are, so that people can still be written to; their calendar
    entries are cancelled, and nobody moves up any more. Reminders that wait are dropped when they
    are claimed, and info mails are paused. Whoever applied for a course and has no place is told as
    well. Raises StateUnreachable and StateUnseen.
    """
    with transaction():
        row, before = publishing.hold(congress_id)
        require_seen(seen, before.state, row.revision)
        require_can_be_called_off(before.state)
        row.state = CongressState.CANCELLED
        line = Line("congress_cancelled")
        told = publishing.publish(
            row, before, line, actor=actor, now=now, with_programme=False
        ).told
        if tells_people(before, now):
            letters.called_off(replace(before, state=CongressState.CANCELLED), now=now)
        return told


def hold_after_all(
    congress_id: int, *, actor: Actor, now: datetime, seen: str | None = None
) -> Reach:
    """Take back that a congress was called off; returns whom that is told.

    Everybody has the places of before, with the same calendar entries, and whoever is next moves
    up where a place was given back meanwhile. Raises StateUnreachable and StateUnseen.
    """
    with transaction():
        row, before = publishing.hold(congress_id)
        require_seen(seen, before.state, row.revision)
        require_can_be_held_after_all(before.state, is_over=before.is_over(now))
        row.state = CongressState.PUBLISHED
        line = Line("congress_held_after_all")
        return publishing.publish(
            row, before, line, actor=actor, now=now, with_programme=False
        ).told
