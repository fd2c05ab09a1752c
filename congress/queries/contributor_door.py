"""Whom one expects at the door without a registration: who has a part in the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, select

from congress.base import columns_of, table_of
from congress.domain.attendance import Contributes, without_registration
from congress.domain.folding import fold_for_order, fold_sought
from congress.domain.people import fold_email
from congress.domain.programme import PersonState
from congress.domain.registration import RegistrationState
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import (
    Contribution,
    Contributor,
    ContributorAttendance,
    Person,
    ProgrammeItem,
    Registration,
)

DOES, ITEMS, PEOPLE, KNOWN = map(table_of, (Contribution, ProgrammeItem, Person, Contributor))
CAME, REGISTERED = table_of(ContributorAttendance), table_of(Registration)


@dataclass(frozen=True)
class AtTheDoor:
    """Somebody of the programme as the door knows them."""

    id: int
    name: str
    affiliation: Texts
    came_at: datetime | None

    def is_found(self, words: Sequence[str]) -> bool:
        """Whether all words find them, folded like the text they are looked for in."""
        said = fold_sought(" ".join((self.name, *self.affiliation.values())))
        return all(word in said for word in words)


def expected(congress_id: int, day: date) -> list[AtTheDoor]:
    """Return who confirmed a part in what is published and has no place, by name."""
    came = and_(
        CAME.c.person_id == PEOPLE.c.id, CAME.c.congress_id == congress_id, CAME.c.day == day
    )
    rows = db.session.execute(
        _contributing(congress_id).outerjoin(CAME, came).add_columns(CAME.c.came_at)
    ).all()
    since = {row.id: row.came_at for row in rows}
    return [
        AtTheDoor(each.person_id, each.name, each.affiliation, since[each.person_id])
        for each in _unregistered(congress_id, rows)
    ]


def unregistered(congress_id: int) -> list[Contributes]:
    """Return who has a part in a congress and no place in it, by name."""
    return _unregistered(congress_id, db.session.execute(_contributing(congress_id)).all())


def find_name(congress_id: int, person_id: int) -> str | None:
    """Return what somebody of the programme is called; of another congress there is nobody."""
    one = _contributing(congress_id).where(PEOPLE.c.id == person_id)
    row = db.session.execute(one).one_or_none()
    return row.name if row else None


def _contributing(congress_id: int) -> Select[*tuple[Any, ...]]:
    with_a_part = (
        select(DOES.c.person_id)
        .join(ITEMS, ITEMS.c.id == DOES.c.item_id)
        .where(
            DOES.c.state == PersonState.CONFIRMED,
            ITEMS.c.congress_id == congress_id,
            ITEMS.c.released.is_not(None),
            ITEMS.c.cancelled.is_(False),
        )
    )
    reached = and_(KNOWN.c.person_id == PEOPLE.c.id, KNOWN.c.congress_id == congress_id)
    return (
        select(*columns_of(PEOPLE, "id name affiliation"), KNOWN.c.email)
        .outerjoin(KNOWN, reached)
        .where(PEOPLE.c.id.in_(with_a_part))
    )


def _unregistered(congress_id: int, rows: Sequence[Row[Any]]) -> list[Contributes]:
    everybody = [
        Contributes(row.id, row.name, row.affiliation, fold_email(row.email or "")) for row in rows
    ]
    if not everybody:
        return []
    registered = db.session.execute(
        select(*columns_of(REGISTERED, "email_key name_key")).where(
            REGISTERED.c.congress_id == congress_id,
            REGISTERED.c.state == RegistrationState.CONFIRMED,
            REGISTERED.c.name_key.in_([each.name_key for each in everybody])
            | REGISTERED.c.email_key.in_([each.email_key for each in everybody if each.email_key]),
        )
    ).all()
    names, mailboxes = ({row[at] for row in registered} for at in (1, 0))
    found = without_registration(everybody, names=names, mailboxes=mailboxes - {""})
    return sorted(found, key=lambda each: (fold_for_order(each.name), each.person_id))
