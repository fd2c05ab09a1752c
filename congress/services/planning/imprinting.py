"""Saying what stands on the printed sheets of a congress."""

from collections.abc import Mapping
from datetime import datetime

from congress.domain import editing, paper
from congress.domain.access import Actor
from congress.domain.attendance import days_of
from congress.domain.paper import PaperEditedMeanwhile
from congress.services import auditing
from congress.services.planning import publishing
from congress.transaction import transaction


def imprint(
    congress_id: int, values: Mapping[str, str], *, version: str, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Save it for whatever is printed from now on; returns the names of what changed.

    Raises PaperEditedMeanwhile when `version` is not that of what was saved last.
    """
    with transaction():
        row, congress = publishing.hold(congress_id)
        before = paper.whole(row.paper, days_of(congress))
        if editing.version_of(before) != version or before.keys() != values.keys():
            raise PaperEditedMeanwhile
        names = editing.changes(before, values)
        if names:
            row.paper = paper.written(values)
            auditing.record(
                "paper_edited",
                actor=actor,
                now=now,
                congress_id=congress_id,
                fields=names,
                details={"changes": {name: [before[name], values[name]] for name in names}},
            )
    return names
