"""Invitations with what became of them: who is registered by each stands with the registrations."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Executable,
    Row,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)

from congress.base import columns_of, table_of, values_of
from congress.domain import tokens
from congress.domain.congresses import CongressState
from congress.domain.invitations import Comer, Counts, Guest, Invitation
from congress.domain.kinds import PersonKind
from congress.domain.names import full_name
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Congress, CongressDay, Organisation, Registration
from congress.models import Invitation as InvitationRow
from congress.queries.kept import Kept
from congress.queries.unchanged import State

INVITATIONS, PEOPLE = table_of(InvitationRow), table_of(Registration)
CONGRESSES, DAYS = table_of(Congress), table_of(CongressDay)
ORGANISATIONS = table_of(Organisation)
GUEST = "email given_name family_name organisation language places kind"
STANDS = (
    "id congress_id created_at sent_at told_off_at declined_at withdrawn_at reason represented_by "
    "contact_id"
)
NAMED_BY = func.coalesce(
    select(ORGANISATIONS.c.name)
    .where(ORGANISATIONS.c.id == INVITATIONS.c.named_by_id)
    .scalar_subquery(),
    "",
).label("named_by")
ALL: Select[*tuple[Any, ...]] = select(
    *columns_of(INVITATIONS, f"{GUEST} {STANDS}"), NAMED_BY
).order_by(INVITATIONS.c.id)
PERSON = "id given_name family_name likeness state unconfirmed_until merged_into_id"
BY_LINK = select(PEOPLE.c.invitation_id, *columns_of(PEOPLE, PERSON))
# Who is registered otherwise, by hand say, has answered too; a name alone is no person.
OTHERWISE = select(INVITATIONS.c.id, *columns_of(PEOPLE, PERSON)).join(
    INVITATIONS,
    (INVITATIONS.c.congress_id == PEOPLE.c.congress_id)
    & (INVITATIONS.c.email_key == PEOPLE.c.email_key)
    & (INVITATIONS.c.name_key == PEOPLE.c.name_key),
)
OTHERWISE = OTHERWISE.where(
    PEOPLE.c.state != literal_column("'cancelled'"),  # as in the index, which else is not used
    PEOPLE.c.invitation_id.is_(None),
    INVITATIONS.c.name_key != "",
)
UNTOLD = (
    select(CONGRESSES.c.id)
    .where(
        CONGRESSES.c.state == CongressState.CANCELLED,
        select(DAYS.c.id)
        .where(DAYS.c.congress_id == CONGRESSES.c.id, DAYS.c.ends_at > bindparam("now"))
        .exists(),
        select(INVITATIONS.c.id)
        .where(
            INVITATIONS.c.congress_id == CONGRESSES.c.id,
            INVITATIONS.c.sent_at.is_not(None),
            INVITATIONS.c.declined_at.is_(None),
            INVITATIONS.c.withdrawn_at.is_(None),
            INVITATIONS.c.told_off_at.is_(None)
            | (INVITATIONS.c.told_off_at < INVITATIONS.c.sent_at),
        )
        .exists(),
    )
    .order_by(CONGRESSES.c.id)
)

_counted: Kept[Counts] = Kept()


class Delegated(NamedTuple):
    """An invitation of somebody who speaks for a member."""

    id: int
    congress_id: int
    contact_id: int


def of_congress(congress_id: int) -> list[Invitation]:
    """Return every invitation to a congress, in the order in which they were entered."""
    rows = db.session.execute(ALL.where(INVITATIONS.c.congress_id == congress_id)).all()
    if not rows:
        return []
    mine = PEOPLE.c.congress_id == congress_id
    by_link = BY_LINK.where(mine, PEOPLE.c.invitation_id.is_not(None))
    return _with_comers(rows, union_all(by_link, OTHERWISE.where(mine)))


def counts(congress_id: int, state: State) -> Counts | None:
    """Return how many there are and what came of them; None without any.

    Counted once for each state of the congress and each that was sent, for a thousand are read.
    """
    held = select(func.count(), func.count(INVITATIONS.c.sent_at))
    row = db.session.execute(held.where(INVITATIONS.c.congress_id == congress_id)).one()
    if not row[0]:
        return None
    return _counted.at((*state, *row), lambda: (Counts.of(of_congress(congress_id)), True))


def named_by(organisation_id: int, congress_id: int) -> list[Invitation]:
    """Return those that a municipality named for one congress, as far as they hold."""
    mine = (INVITATIONS.c.named_by_id == organisation_id, INVITATIONS.c.congress_id == congress_id)
    return _found(ALL.where(*mine, INVITATIONS.c.withdrawn_at.is_(None)))


def some(numbers: Collection[int]) -> list[Invitation]:
    """Return these invitations, as far as they are there."""
    return _found(ALL.where(INVITATIONS.c.id.in_(numbers)))


def delegates(numbers: Collection[int]) -> list[Delegated]:
    """Return those of some invitations that are for whoever speaks for a member."""
    found = select(*columns_of(INVITATIONS, "id congress_id contact_id")).where(
        INVITATIONS.c.id.in_(numbers), INVITATIONS.c.contact_id.is_not(None)
    )
    return [Delegated(*row) for row in db.session.execute(found)] if numbers else []


def find(congress_id: int, invitation_id: int) -> Invitation | None:
    """Return one invitation to a congress."""
    one = (INVITATIONS.c.congress_id == congress_id, INVITATIONS.c.id == invitation_id)
    return _one(ALL.where(*one))


def get(invitation_id: int) -> Invitation:
    """Return an invitation that exists."""
    [found] = _found(ALL.where(INVITATIONS.c.id == invitation_id))
    return found


def find_by_token(token: str) -> Invitation | None:
    """Return the invitation that a personal link opens, also one that was withdrawn."""
    return _one(ALL.where(INVITATIONS.c.digest == tokens.digest(token)))


def of_registration(registration_id: int) -> Invitation | None:
    """Return the invitation by which somebody registered, or could have; None without any."""
    by_link = select(PEOPLE.c.invitation_id).where(PEOPLE.c.id == registration_id)
    otherwise = (
        OTHERWISE.with_only_columns(INVITATIONS.c.id)
        .where(PEOPLE.c.id == registration_id)
        .order_by(INVITATIONS.c.id)
        .limit(1)
    )
    mine = func.coalesce(by_link.scalar_subquery(), otherwise.scalar_subquery())
    return _one(ALL.where(INVITATIONS.c.id == mine))


def is_any(congress_id: int) -> bool:
    """Return whether anybody is invited to a congress."""
    found = select(INVITATIONS.c.id).where(INVITATIONS.c.congress_id == congress_id)
    return bool(db.session.scalar(select(found.exists())))


def find_untold(now: datetime) -> int | None:
    """Return a congress, called off and not over, of which somebody invited may not know that."""
    return db.session.scalars(UNTOLD, {"now": now}).first()


def of_whom(whose: ColumnElement[bool]) -> dict[int, str]:
    """Return whom the invitations were for by which registrations came, by these."""
    called = (INVITATIONS.c.organisation, INVITATIONS.c.given_name, INVITATIONS.c.family_name)
    rows = db.session.execute(
        select(PEOPLE.c.id, *called)
        .join(INVITATIONS, INVITATIONS.c.id == PEOPLE.c.invitation_id)
        .where(whose)
    )
    return {
        number: ", ".join(filter(None, (organisation, full_name(given, family))))
        for number, organisation, given, family in rows
    }


def _one(statement: Any) -> Invitation | None:  # noqa: ANN401 - a select of these columns
    return next(iter(_found(statement)), None)


def _found(statement: Any) -> list[Invitation]:  # noqa: ANN401 - a select of these columns
    rows = db.session.execute(statement).all()
    numbers = [row.id for row in rows]
    if not numbers:
        return []
    by_link = BY_LINK.where(PEOPLE.c.invitation_id.in_(numbers))
    otherwise = OTHERWISE.where(INVITATIONS.c.id.in_(numbers))
    return _with_comers(rows, union_all(by_link, otherwise))


def _with_comers(rows: Sequence[Row[Any]], found: Executable) -> list[Invitation]:
    comers: dict[int, list[Comer]] = defaultdict(list)
    for invitation_id, *values in db.session.execute(found):
        person = dict(zip(PERSON.split(), values, strict=True))
        has_ended = person["state"] == RegistrationState.CANCELLED
        is_their_no = person["unconfirmed_until"] is None and person["merged_into_id"] is None
        comers[invitation_id].append(
            Comer(
                person["id"],
                full_name(person["given_name"], person["family_name"]),
                person["likeness"],
                not has_ended,
                has_ended and is_their_no,
            )
        )
    return [
        Invitation(
            **values_of(row, f"{STANDS} named_by"),
            guest=Guest(**values_of(row, GUEST) | {"kind": PersonKind(row.kind)}),
            comers=tuple(sorted(comers[row.id], key=lambda each: each.id)),
        )
        for row in rows
    ]
