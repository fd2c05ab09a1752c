"""Changing the particulars of a congress: what it says of itself, and how one registers."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from congress.domain.access import Actor
from congress.domain.hall import CONGRESS
from congress.domain.planning.particulars import (
    PLACES,
    EditedMeanwhile,
    Particulars,
    faults,
    mark_of_amendment,
)
from congress.domain.planning.release import StateUnseen
from congress.domain.planning.scheduling import TitleMissing
from congress.domain.texts import REQUIRED_LANGUAGE
from congress.services import placing
from congress.services.placing import Sizes
from congress.services.planning import adopting, publishing
from congress.services.planning.publishing import Line
from congress.transaction import transaction

# Not stated in the log: long, the address of somebody, or only for those who have a place.
ONLY_NAMED = frozenset(
    {"lead", "description", "directions", "accessibility", "contact_email", "online_link"}
)


def amend(
    congress_id: int, wanted: Particulars, *, version: str, seen: str, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Save other particulars, and publish them where the congress is public.

    Returns the names of what changed. Whoever is concerned is told; of the programme nothing is
    published. Raises EditedMeanwhile when `version` is not that of what was saved last,
    StateUnseen when the congress is not as it was `seen` when it was asked who is told, and
    TitleMissing, OpensAfterDeadline, OpenToSomebody and DeadlineAfterEnd.
    """
    with transaction():
        row, congress = publishing.hold(congress_id)
        before = Particulars.of(congress)
        if before.version != version:
            raise EditedMeanwhile
        if mark_of_amendment(congress, wanted) != seen:
            raise StateUnseen
        for _name, refusal in faults(wanted.period, congress, now):
            raise refusal
        if not wanted.title.get(REQUIRED_LANGUAGE):
            raise TitleMissing
        names = before.changes(wanted)
        stated = {name: getattr(wanted, name) for name in names if name not in PLACES}
        sizes: Sizes = {}
        if set(names) & set(PLACES):
            sizes = {CONGRESS: (wanted.capacity, wanted.waiting_list)}
        if stated:
            adopting.write_values(row, stated)
            changes = _changes(before, wanted, stated)
            line = Line("congress_edited", [*stated], {"changes": changes})
            publishing.publish(
                row, congress, line, actor=actor, now=now, with_programme=False, sizes=sizes
            )
        elif sizes:
            placing.adopt_places(congress_id, sizes, actor=actor, now=now)
    return names


def _changes(before: Particulars, after: Particulars, names: Iterable[str]) -> dict[str, list[Any]]:
    """Return what was and what is, where that is short and about nobody, for the log."""
    return {
        name: [_plain(getattr(each, name)) for each in (before, after)]
        for name in names
        if name not in ONLY_NAMED
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - any of the particulars
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return dict(value) if isinstance(value, Mapping) else value
