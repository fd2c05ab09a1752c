"""What is kept of an act on the draft of a programme so that it can be undone for a while."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from congress.domain.hosts import Host
from congress.domain.modes import ItemMode
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Allocation

KEPT = timedelta(days=1)  # people who were taken out are then forgotten
# By their verbs in the log, which keeps beside each what was before.
ACTS = (
    "item_added",
    "item_edited",
    "item_removed",
    "item_restored",
    "item_taken_back",
    "item_undone",
)


def as_json(plan: ItemPlan) -> dict[str, Any]:
    """Return a plan as a column keeps it."""
    slot = [plan.slot.starts_at.isoformat(), plan.slot.ends_at.isoformat()]
    by = plan.minimum_by.isoformat() if plan.minimum_by else None
    return asdict(plan) | {"slot": slot, "minimum_by": by}


def plan_of(kept: Mapping[str, Any]) -> ItemPlan:
    """Return the plan that was kept."""
    by = kept.get("minimum_by")
    people = (each | {"state": PersonState(each["state"])} for each in kept["people"])
    changes = {
        "kind": ItemKind(kept["kind"]),
        "slot": TimeSlot(*map(datetime.fromisoformat, kept["slot"])),
        "people": tuple(PersonPlan(**each) for each in people),
        "minimum_by": date.fromisoformat(by) if by else None,
        "host": Host(**kept.get("host", {})),
        "mode": ItemMode(kept.get("mode", ItemMode.BOTH)),
        "allocation": Allocation(kept["allocation"]) if kept.get("allocation") else None,
    }
    return ItemPlan(**{**kept, **changes})


def mark_of(plan: ItemPlan, released: Mapping[str, Any] | None) -> str:
    """Return what tells an item from what anybody makes of it, by an edit or a release.

    Places of what is public change by themselves, and undoing leaves them alone.
    """
    places = (plan.places, plan.waiting_list) if released is None else ()
    values = (plan.version, json.dumps(released, sort_keys=True), places)
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]
