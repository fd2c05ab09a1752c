"""What can be wrong with an assignment, each with the facts that name it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What makes an assignment invalid, or every one impossible."""


@dataclass(frozen=True)
class TooMany(Fault):
    """More people than places."""

    workshop: int
    places: int
    people: int


@dataclass(frozen=True)
class TooFew(Fault):
    """Fewer people than a workshop needs."""

    workshop: int
    least: int
    people: int


@dataclass(frozen=True)
class TooFewTogether(Fault):
    """Minimum numbers that cannot all be met: how many people lack at least, by workshop."""

    missing: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class NotBoth(Fault):
    """Somebody has two workshops that nobody can have both of."""

    person: int
    first: int
    second: int


@dataclass(frozen=True)
class Alone(Fault):
    """Somebody has what goes only with another that they do not have."""

    person: int
    workshop: int


@dataclass(frozen=True)
class NotWished(Fault):
    """Somebody has what they did not wish for, or cannot have."""

    person: int
    workshop: int


@dataclass(frozen=True)
class NotKept(Fault):
    """Somebody lacks a place that they have in any case."""

    person: int
    workshop: int


@dataclass(frozen=True)
class TooManyOfOne(Fault):
    """More people of one organisation are in a workshop than may."""

    organisation: str
    workshop: int
    people: int


@dataclass(frozen=True)
class Torn(Fault):
    """A group that wants to be together is not."""

    people: frozenset[int]
    slot: int


@dataclass(frozen=True)
class NotApart(Fault):
    """Two of a group that wants to be apart are together."""

    people: frozenset[int]
    workshop: int
