"""Who works in the network: accounts with a role there, and administrators."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from congress.base import columns_of, table_of
from congress.domain.network.access import NetworkRole
from congress.extensions import db
from congress.models import AccountSession, User

USERS, SESSIONS = table_of(User), table_of(AccountSession)


@dataclass(frozen=True)
class Colleague:
    """An account and its role in the network; administrators may do everything and need none."""

    id: int
    email: str
    name: str
    role: NetworkRole | None
    is_administrator: bool
    last_login: datetime | None

    @property
    def called(self) -> str:
        return self.name or self.email


def colleagues() -> list[Colleague]:
    """Return everybody who may open pages of the network, administrators last."""
    last_login = (
        select(func.max(SESSIONS.c.started_at))
        .where(SESSIONS.c.user_id == USERS.c.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            *columns_of(USERS, "id email name network_role administrator"),
            last_login.label("last_login"),
        )
        .where(
            or_(USERS.c.network_role.is_not(None), and_(USERS.c.administrator, USERS.c.active)),
        )
        .order_by(USERS.c.administrator, USERS.c.email_key)
    )
    return [
        Colleague(
            row.id,
            row.email,
            row.name,
            NetworkRole(row.network_role) if row.network_role else None,
            row.administrator,
            row.last_login,
        )
        for row in rows
    ]


def find_colleague(account_id: int) -> Colleague | None:
    """Return somebody who has a role in the network."""
    found = (each for each in colleagues() if each.id == account_id and each.role)
    return next(found, None)
