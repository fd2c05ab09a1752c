"""What letters state of wishes for workshops, where places are given by them and not given yet."""

from collections.abc import Mapping, Sequence
from typing import TypedDict


class WishesFacts(TypedDict):
    """What somebody wishes for in one choice."""

    starts_at: str
    ends_at: str
    ranked: Sequence[Mapping[str, object]]  # workshops as in all letters, the dearest first
    any_other: bool


class AboutWishes(TypedDict, total=False):
    """The part of a letter that says so."""

    wishes: list[WishesFacts]
    wishes_until: str  # until before when they are ranked
    has_wished: bool  # or said that no place is needed
