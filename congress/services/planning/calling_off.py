"""Calling a congress off: everybody registered is told, and every calendar corrected."""

from datetime import datetime

from congress.domain.access import Actor
from congress.domain.congresses import CongressState
from congress.domain.planning.release import require_can_be_called_off
from congress.services.planning import publishing
from congress.services.planning.publishing import Line
from congress.transaction import transaction


def call_off(congress_id: int, *, actor: Actor, now: datetime) -> int:
    """Cancel a published congress; returns how many people are told. There is no way back.

    Registrations stay as they are, so that people can still be written to; their calendar
    entries are cancelled, and nobody moves up any more.
    """
    with transaction():
        row, before = publishing.hold(congress_id)
        require_can_be_called_off(before.state)
        row.state = CongressState.CANCELLED
        line = Line("congress_cancelled")
        return publishing.publish(
            row, before, line, actor=actor, now=now, with_programme=False
        ).told
