"""What a choice is called and asks: between workshops, between other things, or yes or no.

What is no workshop is never called one. A sentence about several things speaks of workshops as
long as all of them are.
"""

from collections.abc import Iterable
from typing import Any

from congress.domain.programme import ProgrammeItem
from congress.domain.slots import Slot
from congress.web import languages
from congress.web.languages import gettext as _


def spoken_name(item: ProgrammeItem) -> str:
    """Return what a sentence calls a workshop: its number, or its short title."""
    if item.number:
        return languages.number_name(item)
    return _("“%(title)s”", title=languages.short_title(item.face))


def only_workshops(items: Iterable[ProgrammeItem]) -> bool:
    """Return whether everything that can be booked is a workshop."""
    return all(item.is_workshop for item in items if item.bookable)


def of_page(items: Iterable[ProgrammeItem]) -> dict[str, Any]:
    """Return what the page of somebody needs to speak of choices."""
    return {
        "choice_name": name,
        "another_choice": another,
        "only_workshops": only_workshops(items),
    }


def is_yes_or_no(slot: Slot) -> bool:
    """Return whether there is one thing to say yes or no to, such as the evening."""
    offered = slot.offered
    return len(offered) == 1 and not offered[0].is_workshop


def name(slot: Slot) -> str:
    """Return what a list of errors calls a choice."""
    if is_yes_or_no(slot):
        return languages.short_title(slot.offered[0].face)
    kind = slot.kind
    return languages.kind_name(kind) if kind else _("Your selection")


def has_namesake(slot: Slot, slots: Iterable[Slot]) -> bool:
    """Return whether another choice is called the same, so that its time has to tell which."""
    return any(each.key != slot.key and name(each) == name(slot) for each in slots)


def legend(slot: Slot) -> str:
    """Return what stands above a choice in the form of registration."""
    if is_yes_or_no(slot):
        title = languages.text(slot.offered[0].face.title)
        return _("%(title)s: will you take part?", title=title)
    return _("Your workshop") if only_workshops(slot.offered) else name(slot)


def another(slot: Slot, *, has_one: bool) -> str:
    """Return what stands above a choice on the page of one's own, for who has one or has none."""
    if only_workshops(slot.offered):
        return _("New workshop") if has_one else _("Your workshop")
    return name(slot)


def note(slot: Slot, times: str) -> str:
    """Return what stands beside the legend: when, and that one of them is to be chosen."""
    if is_yes_or_no(slot):
        return times
    overlap = any(item.slot != slot.time for item in slot.workshops)
    return f"{times}, " + (_("they overlap, so choose one") if overlap else _("choose one"))


def nothing(slot: Slot) -> str:
    """Return how one says that one wants none of it."""
    if is_yes_or_no(slot):
        return _("No")
    if only_workshops(slot.offered):
        return _("I do not need a workshop place")
    return _("None of these")


def nothing_for_them(slot: Slot) -> str:
    """Return how a contact says that somebody of the group wants none of it."""
    if only_workshops(slot.offered):
        return _("No workshop place needed")
    return _("No") if is_yes_or_no(slot) else _("None of these")


def none_of(slot: Slot) -> str:
    """Return what organisers read where somebody has nothing of a choice."""
    if only_workshops(slot.offered):
        return _("No workshop")
    return _("No") if is_yes_or_no(slot) else _("None of these")


def none_at_this_time(slot: Slot) -> str:
    """Return how an organiser takes from somebody what they have of a choice."""
    return _("No workshop at this time") if only_workshops(slot.offered) else none_of(slot)


def please_choose(slot: Slot) -> str:
    """Return what is wrong where nothing was chosen."""
    if is_yes_or_no(slot):
        return _("Please answer with yes or no.")
    if only_workshops(slot.offered):
        return _("Please choose a workshop, or say that you do not need one.")
    return _("Please choose one, or say that you want none of these.")


def not_offered(slot: Slot) -> str:
    """Return what is wrong where something was chosen that is no longer there."""
    if only_workshops(slot.offered):
        return _("The workshop you chose is no longer offered at this time. Please choose again.")
    return _("What you chose is no longer offered at this time. Please choose again.")


def please_keep_one(slot: Slot) -> str:
    """Return what is wrong where nothing was chosen to keep while waiting."""
    if only_workshops(slot.offered):
        return _(
            "Please choose a workshop with free places to keep while you wait, "
            "or “None, I will just wait”."
        )
    return _(
        "Please choose something with free places to keep while you wait, "
        "or “None, I will just wait”."
    )
