"""What letters state of wishes for workshops, and of the places that were given by them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NotRequired, TypedDict


class WishesFacts(TypedDict):
    """What somebody wishes for in one choice."""

    starts_at: str
    ends_at: str
    items: Sequence[int]  # all workshops of the choice, by their numbers
    ranked: Sequence[Mapping[str, object]]  # workshops as in all letters, the dearest first
    any_other: bool
    no_place: bool  # they said that they want none


class AssignedFacts(TypedDict):
    """One choice that was assigned: its workshops, what somebody got and how, and had before.

    Who said nothing of it at all (`unsaid`) got nothing. Some of it may be `free` all the same.
    """

    among: list[int]
    starts_at: str
    ends_at: str
    got: int | None
    how: str  # by "wish", as of a fixed place, or "none"; without a place by hand: ruled out
    had: Sequence[Mapping[str, object]]  # workshops as in all letters
    free: NotRequired[bool]
    unsaid: NotRequired[bool]


class AboutWishes(TypedDict, total=False):
    """The part of a letter that says so."""

    wishes: list[WishesFacts]
    wishes_until: str  # until before when they are ranked
    has_wished: bool  # or said that no place is needed, of any choice
    assigned: list[AssignedFacts]  # by wishes, all at once
    reassigned: bool  # once more, with as little change as possible


def ended_by_both(
    newer: Mapping[int, Sequence[int]], older: Mapping[int, Sequence[int]]
) -> dict[int, Sequence[int]]:
    """Return whose wishes for what was moved ended, by the one move of it or by the other."""
    return {key: sorted({*newer.get(key, ()), *older.get(key, ())}) for key in {**newer, **older}}


def wants_any(letter: Mapping[str, Any]) -> bool:
    """Return whether the reader wishes for anything that takes place."""
    return any(map(_counts, letter.get("wishes", ())))


def instead(letter: Mapping[str, Any], lost: Iterable[int]) -> dict[int, bool]:
    """Return in the place of what wishes decide, and whether the reader has any that count."""
    choices = letter.get("wishes", ())
    return {key: _counts(each) for key in lost for each in choices if key in each["items"]}


def _counts(choice: Mapping[str, Any]) -> bool:
    """Return whether wishes of a choice are for anything that takes place."""
    return choice["any_other"] or any(not item["cancelled"] for item in choice["ranked"])
