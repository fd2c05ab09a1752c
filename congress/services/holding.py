"""Holding one registration: for what concerns nobody's place, so that its congress need not be."""

from dataclasses import dataclass

from sqlalchemy import select

from congress.base import columns_of
from congress.domain.modes import Mode
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Registration

COLUMNS = columns_of(Registration, "id congress_id state note merged_into_id mode")


@dataclass(frozen=True)
class Held:
    """A registration as it stands while it is held; `goes_on_as` is itself unless it was merged."""

    congress_id: int
    state: RegistrationState
    note: str
    goes_on_as: int
    mode: Mode


def hold(registration_id: int) -> Held:
    """Hold a registration until the transaction ends: a double click is done once."""
    statement = select(*COLUMNS).where(Registration.id == registration_id)
    row = db.session.execute(statement.with_for_update(key_share=True)).one()
    state, goes_on_as = RegistrationState(row.state), row.merged_into_id or row.id
    return Held(row.congress_id, state, row.note, goes_on_as, Mode(row.mode))
