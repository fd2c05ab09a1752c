"""Other registrations as notes name them: those under one address, of one name, of one person."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from congress.base import columns_of
from congress.domain.names import full_name
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Registration
from congress.queries.registrations import STANDS_ALONE


@dataclass(frozen=True)
class Neighbour:
    """Another registration, as a note names it: under the same address, or of the same name."""

    id: int
    name: str
    state: RegistrationState
    email: str = ""
    organisation: str = ""


def people(congress_id: int, registration_ids: Collection[int]) -> tuple[Neighbour, ...]:
    """Return these people of a congress."""
    return _found(Registration.congress_id == congress_id, Registration.id.in_(registration_ids))


def in_mailbox(congress_id: int, email_key: str, but: int) -> tuple[Neighbour, ...]:
    """Return who else is registered under an address."""
    return _found(
        Registration.congress_id == congress_id,
        Registration.email_key == email_key,
        Registration.id != but,
        STANDS_ALONE,
    )


def in_group(group_id: int, but: int) -> tuple[Neighbour, ...]:
    """Return who else a contact registered with somebody, also whoever has left."""
    here = (Registration.group_id == group_id, Registration.id != but)
    return _found(*here, STANDS_ALONE)


def merged_into(registration_id: int) -> tuple[Neighbour, ...]:
    """Return the registrations of the same person that went into one."""
    return _found(Registration.merged_into_id == registration_id)


def find(registration_id: int | None) -> Neighbour | None:
    """Return one registration, where one is named."""
    found = _found(Registration.id == registration_id) if registration_id else ()
    return next(iter(found), None)


def substituted_by(registration_id: int) -> tuple[Neighbour, ...]:
    """Return the registrations of others whose places one took over."""
    return _found(Registration.substituted_by_id == registration_id)


def _found(*conditions: ColumnElement[bool]) -> tuple[Neighbour, ...]:
    rows = db.session.execute(
        select(*columns_of(Registration, "id given_name family_name email organisation state"))
        .where(*conditions)
        .order_by(Registration.family_key, Registration.id)
    )
    return tuple(
        Neighbour(
            row.id,
            full_name(row.given_name, row.family_name),
            RegistrationState(row.state),
            row.email,
            row.organisation,
        )
        for row in rows
    )
