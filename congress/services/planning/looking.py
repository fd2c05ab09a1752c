"""Giving a congress colours of its own, or those of the house again."""

from datetime import datetime

from congress.domain import editing
from congress.domain.access import Actor
from congress.domain.look import HOUSE, Look, LookEditedMeanwhile, faint
from congress.services import auditing
from congress.services.planning import publishing
from congress.transaction import transaction


def wear(
    congress_id: int, look: Look | None, *, version: str, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Save the colours of a congress, which its pages and the next mails wear at once.

    Returns the names of what changed. Raises LookEditedMeanwhile when `version` is not that of
    what was saved last; colours that cannot be seen are the caller's question.
    """
    wanted = look.values if look else HOUSE
    if any(colour and faint(name, colour) for name, colour in wanted.items()):
        raise ValueError("these colours cannot be seen")
    with transaction():
        row, congress = publishing.hold(congress_id)
        before = congress.look.values if congress.look else HOUSE
        if editing.version_of(before) != version:
            raise LookEditedMeanwhile
        names = editing.changes(before, wanted)
        if names:
            row.look = look.values if look else {}
            auditing.record(
                "look_edited",
                actor=actor,
                now=now,
                congress_id=congress_id,
                fields=names,
                details={"changes": {name: [before[name], wanted[name]] for name in names}},
            )
    return names
