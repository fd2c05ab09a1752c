"""Whom no mail reaches: how many, and who, where the account may see names."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import session

from congress.domain.access import Right
from congress.domain.mails.reach import Reach
from congress.queries import neighbours
from congress.queries.neighbours import Neighbour
from congress.web import access
from congress.web.languages import ngettext

MOST_NAMED = 5
KEPT = "out_of_reach"


@dataclass(frozen=True)
class Unreached:
    """People who have to be told in another way than by mail; not all of them are named.

    `count` are without an address, `dead` have one that takes no mail.
    """

    count: int
    people: Sequence[Neighbour] = ()
    dead: int = 0
    people_of_dead: Sequence[Neighbour] = ()
    is_listed: bool = True  # in the list of attendees; not whoever proposed something


def named(reach: Reach) -> Unreached | None:
    """Return whom it does not reach, by name where that can be; None where there is nobody."""
    return _named(len(reach.unreached), reach.unreached, len(reach.dead), reach.dead)


def _named(
    count: int, unreached: Sequence[int], dead_count: int, dead: Sequence[int]
) -> Unreached | None:
    if not count and not dead_count:
        return None
    return Unreached(count, _people(count, unreached), dead_count, _people(dead_count, dead))


def _people(count: int, numbers: Sequence[int]) -> Sequence[Neighbour]:
    if not count or not access.may(Right.SEE_ATTENDEES) or count > MOST_NAMED:
        return ()
    return neighbours.people(access.workspace().id, sorted(numbers))


def keep(reach: Reach) -> None:
    """Keep for the next page who has to be told by whoever has just done something."""
    if reach.unreached or reach.dead:  # names stay out of the cookie
        unreached, dead = reach.unreached, reach.dead
        some, of_dead = list(unreached[:MOST_NAMED]), list(dead[:MOST_NAMED])
        session[KEPT] = [len(unreached), some, len(dead), of_dead]


def take() -> Unreached | None:
    """Return whom the last act left to be told, once."""
    return _named(*session.pop(KEPT, (0, [], 0, [])))


def told(reach: Reach) -> str:
    """Say how many people hear of what was just done; nothing where nobody does."""
    if not reach.people:
        return ""
    return ngettext(
        "%(num)d person will receive an email shortly.",
        "%(num)d people will receive an email shortly.",
        reach.people,
    )
