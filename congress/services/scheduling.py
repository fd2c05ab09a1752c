"""Editing programme items: working values, which the public sees after the next release."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.scheduling import (
    EditedMeanwhile,
    ItemEdit,
    PersonEntry,
    TitleMissing,
    require_fits,
)
from congress.domain.texts import REQUIRED_LANGUAGE, in_language
from congress.domain.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Congress, CongressDay, Contribution, Person, ProgrammeItem
from congress.queries.scheduling import as_edit
from congress.services import adopting, auditing, placing
from congress.transaction import transaction


def edit_item(
    item_id: int,
    edit: ItemEdit,
    *,
    places: tuple[int | None, bool] | None,
    version: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Save the working values of an item; `places` are the capacity and the waiting list.

    Places count at once, because registration cannot wait for a release. Raises EditedMeanwhile
    when `version` is not that of the values saved last, EndsBeforeStart, OutsideCongress and
    TitleMissing.
    """
    with transaction():
        _lock_congress_of(item_id)
        row = db.session.scalars(
            select(ProgrammeItem).where(ProgrammeItem.id == item_id),
            execution_options={"populate_existing": True},
        ).one()
        before = as_edit(row)
        if before.version != version:
            raise EditedMeanwhile
        if not edit.title.get(REQUIRED_LANGUAGE):
            raise TitleMissing
        require_fits(edit.slot, _days(row.congress_id))
        fields = _changed(before, edit)
        if fields:
            _write(row, before, edit)
            auditing.record(
                "item_edited",
                actor=actor,
                now=now,
                congress_id=row.congress_id,
                item_id=row.id,
                fields=fields,
            )
            db.session.flush()  # places are read from the database
        if places is not None and row.bookable and row.released is not None:
            wanted: dict[int | None, tuple[int | None, bool]] = {row.id: places}
            placing.adopt_places(row.congress_id, wanted, actor=actor, now=now)


def _lock_congress_of(item_id: int) -> None:
    """Hold the congress before its items, like everybody who gives places."""
    db.session.execute(
        select(Congress.id)
        .join(ProgrammeItem, ProgrammeItem.congress_id == Congress.id)
        .where(ProgrammeItem.id == item_id)
        .with_for_update(key_share=True, of=Congress)
    )


def _days(congress_id: int) -> list[TimeSlot]:
    rows = db.session.execute(
        select(CongressDay.starts_at, CongressDay.ends_at)
        .where(CongressDay.congress_id == congress_id)
        .order_by(CongressDay.starts_at)
    )
    return [TimeSlot(row.starts_at, row.ends_at) for row in rows]


def _changed(before: ItemEdit, after: ItemEdit) -> list[str]:
    pairs = {
        "title": (dict(before.title), dict(after.title)),
        "abstract": (dict(before.abstract), dict(after.abstract)),
        "time": (before.slot, after.slot),
        "room": (before.room_id, after.room_id),
        "people": (before.people, after.people),
        "cancelled": (before.is_cancelled, after.is_cancelled),
    }
    return [name for name, (old, new) in pairs.items() if old != new]


def _write(row: ProgrammeItem, before: ItemEdit, edit: ItemEdit) -> None:
    row.title = dict(edit.title)
    row.abstract = dict(edit.abstract)
    row.starts_at, row.ends_at = edit.slot.starts_at, edit.slot.ends_at
    row.room_id = edit.room_id
    row.cancelled = edit.is_cancelled
    if before.people != edit.people:
        _write_people(row, edit.people)


def _write_people(row: ProgrammeItem, entries: Sequence[PersonEntry]) -> None:
    """Replace the people of an item; somebody of the same name stays the same person."""
    known = {each.person.name: each.person for each in row.contributions if each.person}
    before = set(known.values())
    texts = {
        (each.person.name if each.person else "", in_language(each.affiliation, "de")): each
        for each in row.contributions
    }
    contributions = []
    for position, entry in enumerate(entries):
        kept = texts.get((entry.name, entry.affiliation))
        contributions.append(
            Contribution(
                person=_person(entry.name, known) if entry.name else None,
                # Translations of an affiliation that was left alone stay.
                affiliation=kept.affiliation if kept else _german(entry.affiliation),
                role=entry.role,
                state=entry.state,
                position=position,
            )
        )
    row.contributions = contributions
    db.session.flush()
    adopting.forget_people(before)


def _person(name: str, known: dict[str, Person]) -> Person:
    if name not in known:
        known[name] = Person(name=name)
        db.session.add(known[name])
    return known[name]


def _german(text: str) -> dict[str, str]:
    return {REQUIRED_LANGUAGE: text} if text else {}
