"""Rows of the attendee list, which say only what its columns need, made into parts of the list."""

import json
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, String, cast

from congress.base import table_of
from congress.domain.attendee_list import ListedBooking
from congress.domain.attendee_parts import ListedPart
from congress.domain.fields import ANSWERS
from congress.domain.own_questions import Given
from congress.domain.ranking import Ranked
from congress.domain.registration import RegistrationState
from congress.models import Organisation
from congress.queries.positions import InQueue
from congress.queries.registrations import PEOPLE

# The fields of a line that stand in its row.
ROW: dict[str, ColumnElement[Any]] = {
    **{name: PEOPLE.c[name] for name in ("id", "state", "given_name", "family_name", "email")},
    "organisation": PEOPLE.c.organisation,
    "answers": cast(PEOPLE.c.answers, String),  # read together, which takes a third of the time
    **{name: PEOPLE.c[name] for name in ("language", "created_at")},
    "ags": table_of(Organisation).c.ags,
    "note": PEOPLE.c.note,
    "unconfirmed_until": PEOPLE.c.unconfirmed_until,
    **{name: PEOPLE.c[name] for name in ("priority", "kind", "mode")},
}
WHOLE = tuple(ROW)
ALWAYS = frozenset({"id", "state", "unconfirmed_until"})
# Which field a column says; most are called alike.
FIELD_OF = {"registered_at": "created_at", **{each.name: "answers" for each in ANSWERS}}
# Looked up thousands of times in one export: quicker than asking the enumerations.
REGISTRATION_STATES = {str(state): state for state in RegistrationState}
Said = TypeVar("Said")
Nothing = TypeVar("Nothing")
NO_CONSENT: AbstractSet[str] = frozenset()
NO_ANSWER: Given = MappingProxyType({})


@dataclass(frozen=True)
class Beside:
    """What is said of people beside their own rows, by their ids."""

    queue: Mapping[int, InQueue]
    bookings: Mapping[int, Sequence[ListedBooking]] = field(default_factory=dict)
    consents: Mapping[int, AbstractSet[str]] = field(default_factory=dict)
    days: Mapping[int, Sequence[date]] = field(default_factory=dict)
    was_in: Mapping[int, Sequence[int]] = field(default_factory=dict)
    answers: Mapping[int, Given] = field(default_factory=dict)
    invited: Mapping[int, str] = field(default_factory=dict)
    wishes: Mapping[int, Sequence[Ranked]] = field(default_factory=dict)


def fields_of(columns: Collection[str]) -> tuple[str, ...]:
    """Return which fields of a row these columns need."""
    needed = ALWAYS | {FIELD_OF.get(column, column) for column in columns}
    return tuple(name for name in ROW if name in needed)


def part(fields: Sequence[str], rows: Sequence[Sequence[Any]], beside: Beside) -> ListedPart:
    """Return a part of the list, of rows (one at least) that hold these fields."""
    read: dict[str, Sequence[Any]] = dict.fromkeys(WHOLE, ())
    read |= zip(fields, zip(*rows, strict=True), strict=True)
    people = read["id"]
    read["state"] = [REGISTRATION_STATES[state] for state in read["state"]]
    read["answers"] = json.loads(f"[{','.join(read['answers'])}]")
    bookings = _of_each(people, beside.bookings, ())
    if RegistrationState.REQUESTED in read["state"]:
        bookings = [
            [each.as_wish() for each in booked] if state is RegistrationState.REQUESTED else booked
            for state, booked in zip(read["state"], bookings, strict=True)
        ]
    at = _of_each(people, beside.queue, None)
    return ListedPart(
        **read,
        position=[each and each.position for each in at],
        bookings=bookings,
        consents=_of_each(people, beside.consents, NO_CONSENT),
        days=_of_each(people, beside.days, ()),
        was_in=_of_each(people, beside.was_in, ()),
        said=_of_each(people, beside.answers, NO_ANSWER),
        reserve=[each.on_reserve.position if each and each.on_reserve else None for each in at],
        invitation=_of_each(people, beside.invited, None),
        wishes=_of_each(people, beside.wishes, ()),
    )


def _of_each(
    people: Sequence[int], said: Mapping[int, Said], nothing: Nothing
) -> list[Said | Nothing]:
    """Return what is said of each person: often nothing of anybody."""
    return [said.get(each, nothing) for each in people] if said else [nothing] * len(people)
