"""Who had ranked a workshop until it was called off, and has ranked others since."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, false, or_, select

from congress.base import table_of
from congress.domain.congresses import Congress
from congress.domain.programme import ProgrammeItem
from congress.extensions import db
from congress.models import FormerWish
from congress.queries import chosen_anew, wishes

FORMER = table_of(FormerWish)


def ranked(
    congress: Congress, item_ids: Collection[int], items: Sequence[ProgrammeItem]
) -> list[Select[int]]:
    """Choose who could rank some workshops again, as parts of a statement."""
    slots = wishes.taking_wishes(congress, items) if item_ids else ()
    return [
        _of([item.id for item in slot.workshops if item.id in item_ids]).where(
            FORMER.c.registration_id.not_in(wishes.placed_in(slot))
        )
        for slot in slots
    ]


def by_person(item_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the workshops, by who had ranked them."""
    found: dict[int, set[int]] = {}
    for person, item in db.session.execute(_of(item_ids).add_columns(FORMER.c.item_id)):
        found.setdefault(person, set()).add(item)
    return found


def _of(item_ids: Collection[int]) -> Select[int]:
    """Choose who did since these were called off last: who did before was told since."""
    meanwhile = [
        (FORMER.c.item_id == number) & (FORMER.c.given_up_at >= moment)
        for number, moment in chosen_anew.called_off(item_ids).items()
    ]
    return select(FORMER.c.registration_id).where(or_(false(), *meanwhile))
