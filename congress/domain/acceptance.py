"""The item of the programme that an accepted proposal becomes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from congress.domain import calls
from congress.domain.calls import Content, Proposal, ProposalKind
from congress.domain.planning import adding
from congress.domain.planning.item_plan import EditedItem, ItemPlan, PersonPlan
from congress.domain.programme import DIALOGUE_PARTNER, Face, ItemKind, PersonState
from congress.domain.texts import REQUIRED_LANGUAGE, Texts
from congress.domain.times.time_slots import TimeSlot

SPEAKER = "speaker"
ITEM_KINDS = {
    ProposalKind.PRACTICE_EXAMPLE: (ItemKind.PRACTICE_EXAMPLE, SPEAKER),
    ProposalKind.WORKSHOP: (ItemKind.WORKSHOP, DIALOGUE_PARTNER),
}


class Prospect(StrEnum):
    """What its author can be told of the item, which changes for the public by releases only."""

    STAND = "stand"  # there is none
    PLANNED = "planned"
    PUBLIC = "public"
    AGAIN = "again"  # called off for the public, and planned again
    OFF = "off"
    GONE = "gone"


def prospect(proposal: Proposal, face: Face | None, *, is_off: bool = False) -> Prospect:
    """Return how it stands with an accepted proposal.

    `face` is what the public sees of its item, `is_off` whether it is planned as called off.
    """
    if not proposal.has_item:
        return Prospect.STAND
    if proposal.is_item_gone:
        return Prospect.GONE
    if face is None:
        return Prospect.PLANNED
    if not face.cancelled:
        return Prospect.PUBLIC
    return Prospect.OFF if is_off else Prospect.AGAIN


def plan_of(content: Content, slot: TimeSlot, number: int | None) -> ItemPlan:
    """Return a new item with what was proposed."""
    kind, _role = ITEM_KINDS[content.kind]
    is_workshop = kind is ItemKind.WORKSHOP
    return ItemPlan(
        code="",
        kind=kind,
        title=_texts(content.title, content.language),
        abstract=_texts(content.abstract, content.language),
        slot=slot,
        number=number if is_workshop else None,
        bookable=is_workshop,
        people=(_author(content),),
    )


def again(plan: ItemPlan, content: Content) -> ItemPlan:
    """Return an item that was called off as one that takes place, with its author in it."""
    author = _author(content)
    others = [each for each in plan.people if (each.name, each.role) != (author.name, author.role)]
    is_there = len(others) < len(plan.people)
    people = tuple(
        replace(each, state=PersonState.CONFIRMED) if each not in others else each
        for each in plan.people
    )
    return replace(plan, cancelled=False, people=people if is_there else (author, *people))


def usual_slot(kind: ItemKind, items: Iterable[ItemPlan], days: Sequence[TimeSlot]) -> TimeSlot:
    """Return the time that is offered: that of others of its kind, else after what is there."""
    held = [each for each in items if not each.cancelled]
    alike = [each.slot for each in held if each.kind is kind]
    if alike:
        return max(alike)
    spots = [adding.Spot(each.slot, each.number, each.cancelled) for each in held]
    free = filter(None, (adding.slot_after(day, spots) for day in days))
    first = days[0]
    whole = TimeSlot(first.starts_at, min(first.starts_at + adding.USUAL_LENGTH, first.ends_at))
    return next(free, whole)


def seen_of(proposals: Iterable[Proposal], item: EditedItem | None) -> str:
    """Return what tells these proposals, and the item of a single one, from any later state."""
    mark = calls.mark_of(proposals)
    if item is None:
        return mark
    return f"{mark}-{item.plan.version}-{'new' if item.released is None else 'known'}"


def _author(content: Content) -> PersonPlan:
    _kind, role = ITEM_KINDS[content.kind]
    affiliation = {REQUIRED_LANGUAGE: content.organisation} if content.organisation else {}
    return PersonPlan(content.name, affiliation, role, PersonState.CONFIRMED)


def _texts(text: str, language: str) -> Texts:
    """Return a text in its language, and in German as well, which no item goes without."""
    return {REQUIRED_LANGUAGE: text, language: text}
