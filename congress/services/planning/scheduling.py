"""Editing programme items: working values, which the public sees after the next release."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.planning import taking_back
from congress.domain.planning.adding import uid_of
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.scheduling import DraftsUnseen, require_fits
from congress.extensions import db
from congress.models import ProgrammeItem
from congress.queries.planning import scheduling as queries
from congress.services import placing
from congress.services.placing import Sizes
from congress.services.planning import publishing, reworking
from congress.transaction import transaction


def add_item(
    congress_id: int, plan: ItemPlan, *, actor: Actor, now: datetime, form_key: str = ""
) -> str:
    """Add an item, which the public sees after the next release; returns its code.

    The same form sent twice adds one. Raises EndsBeforeStart, OutsideCongress,
    TitleMissing, MinimumAbovePlaces, MinimumTooLate and DayWithoutMinimum.
    """
    with transaction():
        congress, seen = publishing.hold(congress_id)
        reworking.require_makes_sense(plan, seen)
        uid = uid_of(congress_id, plan, form_key)
        added = select(ProgrammeItem.code).where(ProgrammeItem.uid == uid)
        if (code := db.session.scalars(added).one_or_none()) is not None:
            return code
        return reworking.add(congress, plan, uid, actor=actor, now=now).code


def edit_item(item_id: int, plan: ItemPlan, *, version: str, actor: Actor, now: datetime) -> None:
    """Save the working values of an item, and its places.

    Places count at once, because registration cannot wait for a release. Raises EditedMeanwhile
    when `version` is not that of the values saved last, EndsBeforeStart, OutsideCongress,
    TitleMissing, ItemGone, MinimumAbovePlaces, MinimumTooLate and DayWithoutMinimum.
    """
    with transaction():
        held = reworking.hold(item_id, version)
        row = held.row
        reworking.require_makes_sense(plan, held.seen)
        if reworking.write(held, plan, "item_edited", actor=actor, now=now):
            db.session.flush()  # places are read from the database
        if row.bookable and row.released is not None:
            sizes: Sizes = {row.id: (plan.places, plan.waiting_list)}
            is_freed = plan.only_with != held.before.only_with
            placing.adopt_places(
                row.congress_id, sizes, freed={row.id} if is_freed else (), actor=actor, now=now
            )


def remove_item(item_id: int, *, version: str, actor: Actor, now: datetime) -> bool:
    """Take an item out of the programme; returns whether it is gone.

    What was never public and never booked goes at once. All else is called off by the next
    release, and stays to be seen. Raises EditedMeanwhile and ItemGone.
    """
    with transaction():
        held = reworking.hold(item_id, version)
        return reworking.remove(held, actor=actor, now=now)


def move_item(
    item_id: int,
    starts_at: datetime,
    room: str | None,
    *,
    version: str,
    actor: Actor,
    now: datetime,
) -> bool:
    """Let an item begin at another moment or be in another room; returns whether it is moved.

    It lasts as long as before, and the public sees it there after the next release. Raises
    EditedMeanwhile, ItemGone and OutsideCongress.
    """
    with transaction():
        held = reworking.hold(item_id, version)
        plan = replace(held.before, slot=held.before.slot.moved_to(starts_at), room=room)
        require_fits(plan.slot, held.seen.days)
        return reworking.write(held, plan, "item_edited", actor=actor, now=now)


def take_back(item_id: int, *, version: str, actor: Actor, now: datetime) -> bool:
    """Make an item again what the public sees of it; returns whether it was anything else.

    Its places stay, for they count at once. Raises EditedMeanwhile and ItemGone.
    """
    with transaction():
        held = reworking.hold(item_id, version)
        item = queries.get_edited(item_id)
        plan = taking_back.as_published(item, queries.rooms(held.congress.id))
        return reworking.write(held, plan, "item_taken_back", actor=actor, now=now)


def take_back_all(congress_id: int, *, seen: str, actor: Actor, now: datetime) -> int:
    """Make all items again what the public sees of them; what is new goes. Returns how many.

    Raises DraftsUnseen when the drafts are others than those `seen`.
    """
    with transaction():
        publishing.hold(congress_id)
        rooms = queries.rooms(congress_id)
        items = taking_back.would_go(queries.edited_items(congress_id), rooms)
        if taking_back.digest_of(items) != seen:
            raise DraftsUnseen
        for item in items:
            held = reworking.hold(item.id)
            if item.released is None:
                reworking.remove(held, actor=actor, now=now)
            else:
                plan = taking_back.as_published(item, rooms)
                reworking.write(held, plan, "item_taken_back", actor=actor, now=now)
        return len(items)
