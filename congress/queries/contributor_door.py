"""Whom one expects at the door without a registration: who has a part in the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select

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
    came = {
        row.person_id: row.came_at
        for row in db.session.execute(
            select(*columns_of(CAME, "person_id came_at")).where(
                CAME.c.congress_id == congress_id, CAME.c.day == day
            )
        )
    }
    return [
        AtTheDoor(each.person_id, each.name, each.affiliation, came.get(each.person_id))
        for each in unregistered(congress_id)
    ]


def unregistered(congress_id: int) -> list[Contributes]:
    """Return who has a part in a congress and no place in it, by name."""
    everybody = _contributing(congress_id)
    if not everybody:
        return []
    rows = db.session.execute(
        select(*columns_of(REGISTERED, "email_key name_key")).where(
            REGISTERED.c.congress_id == congress_id,
            REGISTERED.c.state == RegistrationState.CONFIRMED,
            REGISTERED.c.name_key.in_([each.name_key for each in everybody])
            | REGISTERED.c.email_key.in_([each.email_key for each in everybody if each.email_key]),
        )
    ).all()
    names, mailboxes = ({row[at] for row in rows} for at in (1, 0))
    return without_registration(everybody, names=names, mailboxes=mailboxes - {""})


def find_name(congress_id: int, person_id: int) -> str | None:
    """Return what somebody of the programme is called; of another congress there is nobody."""
    found = (each for each in _contributing(congress_id) if each.person_id == person_id)
    return next((each.name for each in found), None)


def _contributing(congress_id: int) -> list[Contributes]:
    reached = and_(KNOWN.c.person_id == PEOPLE.c.id, KNOWN.c.congress_id == congress_id)
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
    rows = db.session.execute(
        select(*columns_of(PEOPLE, "id name affiliation"), KNOWN.c.email)
        .outerjoin(KNOWN, reached)
        .where(PEOPLE.c.id.in_(with_a_part))
    )
    found = [
        Contributes(row.id, row.name, row.affiliation, fold_email(row.email or "")) for row in rows
    ]
    return sorted(found, key=lambda each: (fold_for_order(each.name), each.person_id))
