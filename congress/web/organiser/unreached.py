"""Whom no mail reaches: how many, and who, where the account may see names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import session

from congress.domain.access import Right
from congress.domain.mails.reach import Reach
from congress.queries import neighbours
from congress.queries.neighbours import Neighbour
from congress.web import access
from congress.web.languages import ngettext

MOST_NAMED = 5
KEPT = "unreached"


@dataclass(frozen=True)
class Unreached:
    """People without an address who have to be told something; not all of them are named."""

    count: int
    people: Sequence[Neighbour] = ()


def named(registration_ids: Collection[int], count: int | None = None) -> Unreached | None:
    """Return who of these can be named; None where there is nobody."""
    count = len(registration_ids) if count is None else count
    if not count:
        return None
    some = sorted(registration_ids)[:MOST_NAMED]
    if not access.may(Right.SEE_ATTENDEES) or count > MOST_NAMED:
        return Unreached(count)
    return Unreached(count, neighbours.people(access.workspace().id, some))


def keep(reach: Reach) -> None:
    """Keep for the next page who has to be told by whoever has just done something."""
    if reach.unreached:  # names stay out of the cookie
        session[KEPT] = [len(reach.unreached), list(reach.unreached[:MOST_NAMED])]


def take() -> Unreached | None:
    """Return whom the last act left to be told, once."""
    count, some = session.pop(KEPT, (0, []))
    return named(some, count)


def told(reach: Reach) -> str:
    """Say how many people hear of what was just done; nothing where nobody does."""
    if not reach.people:
        return ""
    return ngettext(
        "%(num)d person will receive an email shortly.",
        "%(num)d people will receive an email shortly.",
        reach.people,
    )
