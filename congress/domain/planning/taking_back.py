"""Taking back what was edited of an item and not published: it is as the public sees it again.

The public sees less than organisers plan: no room but its name, and nobody who has not agreed.
What it does not see stays as it was edited, as far as it fits what is published.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.planning.item_plan import FIELDS, EditedItem, ItemPlan, PersonPlan
from congress.domain.programme import Face, PersonState, PublicPerson

STATES = (PersonState.REQUESTED, PersonState.CONFIRMED, PersonState.DECLINED)
AS_THEY_ARE = ("title", "short_title", "abstract", "time", "online_link", "cancelled")


def as_published(item: EditedItem, rooms: Sequence[RoomPlan]) -> ItemPlan:
    """Return the plan that shows what is published; of an item never published, what it is."""
    face = item.released
    if face is None:
        return item.plan
    changes: dict[str, Any] = {
        FIELDS[name]: getattr(face, FIELDS[name]) for name in item.changes if name in AS_THEY_ARE
    }
    if "room" in item.changes:
        changes["room"] = _room(face, item.plan, rooms)
    if "people" in item.changes:
        changes["people"] = _people(face.people, item.plan.people)
    return replace(item.plan, **changes)


def can_be_taken_back(item: EditedItem, rooms: Sequence[RoomPlan]) -> bool:
    """Return whether anything is left to take back: a room renamed is no change of the item."""
    return as_published(item, rooms) != item.plan


def would_go(items: Sequence[EditedItem], rooms: Sequence[RoomPlan]) -> list[EditedItem]:
    """Return what is planned otherwise than it is public: what is new would be removed."""
    return [
        item
        for item in items
        if item.changes and (item.released is None or can_be_taken_back(item, rooms))
    ]


def digest_of(items: Sequence[EditedItem]) -> str:
    """Return what tells these drafts from all others."""
    values = [(item.plan.code, item.plan.version, item.changes) for item in items]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def _room(face: Face, plan: ItemPlan, rooms: Sequence[RoomPlan]) -> str | None:
    """Return the room of that name; if none is called so any more, the item stays where it is."""
    if not face.room:
        return None
    return next((room.code for room in rooms if room.name == face.room), plan.room)


def _people(
    public: Sequence[PublicPerson], planned: Sequence[PersonPlan]
) -> tuple[PersonPlan, ...]:
    """Return who is planned so that these are public."""
    left = list(planned)
    for each in public:
        known = next((plan for plan in left if each.name and plan.name == each.name), None)
        if known is not None:
            left.remove(known)
    found = [_planned(each, left) for each in public]
    return (*found, *(plan for plan in left if plan.state is PersonState.DECLINED))


def _planned(person: PublicPerson, left: list[PersonPlan]) -> PersonPlan:
    """Return who is public like this; for somebody without a name, whoever is left and fits."""
    if person.name is not None:
        return PersonPlan(person.name, person.affiliation, person.role, PersonState.CONFIRMED)
    fitting = [plan for plan in left if _may_be(plan, person)]
    if not fitting:
        return PersonPlan(None, person.affiliation, person.role, PersonState.REQUESTED)
    best = min(fitting, key=lambda plan: (plan.role != person.role, STATES.index(plan.state)))
    left.remove(best)
    is_named = best.name is not None and best.state is PersonState.CONFIRMED
    is_unseen = is_named or best.state is PersonState.DECLINED
    return replace(best, role=person.role, state=PersonState.REQUESTED if is_unseen else best.state)


def _may_be(plan: PersonPlan, person: PublicPerson) -> bool:
    """Who has not agreed is public without an affiliation."""
    shown = {} if plan.name else dict(plan.affiliation)
    return shown == dict(person.affiliation)
