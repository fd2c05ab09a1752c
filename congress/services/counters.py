"""The counters of places as the database keeps them: changed by what was decided.

They change in the database, whose CHECK is the last guard.
"""

from collections.abc import Mapping

from sqlalchemy import bindparam, update

from congress.base import table_of
from congress.domain.hall import CONGRESS, ONLINE, Key
from congress.domain.workshops import Places
from congress.extensions import db
from congress.models import Congress as CongressRow
from congress.models import ProgrammeItem as ItemRow

CONGRESSES, ITEMS = table_of(CongressRow), table_of(ItemRow)
COUNT_IN_CONGRESS, COUNT_IN_ITEM = (
    update(table)
    .where(table.c.id == bindparam("counted_id"))
    .values(
        capacity=bindparam("new_capacity"),
        waiting_list=bindparam("is_open"),
        overbooked=bindparam("too_many"),
        taken=table.c.taken + bindparam("more_taken"),
        waiting=table.c.waiting + bindparam("more_waiting"),
    )
    for table in (CONGRESSES, ITEMS)
)
COUNT_IN_CONGRESS = COUNT_IN_CONGRESS.values(
    revision=CONGRESSES.c.revision + 1, held_back=bindparam("new_held_back")
)
COUNT_IN_BOTH = COUNT_IN_CONGRESS.values(
    online_capacity=bindparam("online_new_capacity"),
    online_overbooked=bindparam("online_too_many"),
    online_taken=CONGRESSES.c.online_taken + bindparam("online_more_taken"),
    online_waiting=CONGRESSES.c.online_waiting + bindparam("online_more_waiting"),
)


def write(congress_id: int, before: Mapping[Key, Places], after: Mapping[Key, Places]) -> None:
    """Write the counters of a held congress and of its workshops, and raise its revision."""
    congress = _change(congress_id, before[CONGRESS], after[CONGRESS])
    congress["new_held_back"] = after[CONGRESS].held_back
    if ONLINE in after:
        online = _change(congress_id, before[ONLINE], after[ONLINE])
        congress |= {f"online_{name}": value for name, value in online.items()}
    db.session.execute(COUNT_IN_BOTH if ONLINE in after else COUNT_IN_CONGRESS, congress)
    items = [
        _change(key, before[key], places)
        for key, places in after.items()
        if key and places != before[key]
    ]
    if items:
        db.session.execute(COUNT_IN_ITEM, items)


def _change(counted_id: int, before: Places, after: Places) -> dict[str, object]:
    """Return what makes the places of a row from before those after."""
    return {
        "counted_id": counted_id,
        "new_capacity": after.capacity,
        "is_open": after.waiting_list_open,
        "too_many": after.overbooked,
        "more_taken": after.taken - before.taken,
        "more_waiting": after.waiting - before.waiting,
    }
