"""Rows for tests of ranked wishes: what people wish for, and a run that was worked out."""
# ruff: noqa: ANN401 - the columns of a row have many types

from collections.abc import Mapping, Sequence
from typing import Any

from congress.extensions import db
from congress.models import (
    AssignmentOutcome,
    AssignmentRun,
    Congress,
    ProgrammeItem,
    Registration,
    WorkshopWish,
)
from tests.builders import OPEN, add

BY_WISHES = {"allocation": "wishes"}
SEED = "8f3a51c2d4e6b790"


def wishes(person: Registration, *items: ProgrammeItem, at: Any = OPEN) -> None:
    """Let somebody rank workshops of one time, the dearest first."""
    person.wished_at = at
    for rank, item in enumerate(items, start=1):
        db.session.add(WorkshopWish(registration_id=person.id, item_id=item.id, rank=rank))
    db.session.commit()


def take_place_with(item: ProgrammeItem, other: ProgrammeItem) -> None:
    """Move an item to when another takes place, for all to see."""
    for name in ("starts_at", "ends_at", "released_starts_at", "released_ends_at"):
        setattr(item, name, getattr(other, name))
    db.session.commit()


def a_run(congress: Congress, **values: Any) -> AssignmentRun:
    """Store a run that is worked out, proven to be the best, and waits to be released."""
    facts: dict[str, Any] = {
        "kind": "first",
        "state": "done",
        "asked_by": None,
        "asked_at": OPEN,
        "finished_at": OPEN,
        "seed": SEED,
        "inputs_hash": "0" * 64,
        "solver": "HiGHS 1.12.0",
        "seconds": 1.2,
        "levels": levels(),
    }
    return add(AssignmentRun(congress_id=congress.id, **facts | values))


def levels(**values: tuple[int, int]) -> list[dict[str, Any]]:
    """Return each level with its value and what is proven of it; by default all are proven."""
    reached = {
        "empty_handed": (1, 1),
        "unmet": (2, 2),
        "moved": (0, 0),
        "dissatisfaction": (7, 7),
        "uneven": (0, 0),
        "lots": (90, 90),
    } | values
    return [
        {"name": name, "value": value, "bound": bound} for name, (value, bound) in reached.items()
    ]


def an_outcome(
    run: AssignmentRun,
    person: Registration,
    item: ProgrammeItem | None,
    *,
    slot: ProgrammeItem,
    reasons: Sequence[Mapping[str, Any]] = (),
    **values: Any,
) -> AssignmentOutcome:
    """Store what somebody gets of the time of `slot`, by default their first wish."""
    facts: dict[str, Any] = {
        "rank": None if item is None else 1,
        "how": "none" if item is None else "wish",
        "lot": 52,
    }
    return add(
        AssignmentOutcome(
            run_id=run.id,
            registration_id=person.id,
            slot=slot.id,
            item_id=item.id if item else None,
            reasons=list(reasons),
            **facts | values,
        )
    )


FIRST_COME = {"by_rank": [1, 2], "unmet": 0, "empty_handed": 0, "dissatisfaction": 2}


def figures(full: ProgrammeItem, other: ProgrammeItem, **values: Any) -> dict[str, Any]:
    """Return the figures of three lists: a first wish, a second one, and nothing."""
    facts: dict[str, Any] = {
        "people": 3,
        "lists": 3,
        "by_rank": [1, 1],
        "unmet": 1,
        "empty_handed": 1,
        "moved": 0,
        "worse": 0,
        "workshops": [
            _of_workshop(full, first=3, by_rank=[1, 0]),
            _of_workshop(other, first=0, by_rank=[0, 1]),
        ],
        "first_come": FIRST_COME,
        "dissatisfaction": 1,
    }
    return facts | values


def _of_workshop(item: ProgrammeItem, first: int, by_rank: list[int]) -> dict[str, Any]:
    return {
        "id": item.id,
        "places": item.capacity,
        "least": item.minimum or 0,
        "first": first,
        "wished": 3,
        "taken": 1,
        "by_rank": by_rank,
        "fixed": 0,
    }
