"""The team of a congress: who may do what in it, and who has not come yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, and_, func, or_, select

from congress.base import columns_of
from congress.domain.access import Role
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import AccountSession, CongressRole, NetworkProject, ProjectPart, User
from congress.queries import lent_roles


@dataclass(frozen=True)
class Member:
    """An account with what it is to a congress.

    Nothing is told of the time before the invitation: whether somebody had an account already is
    no business of whoever invites.
    """

    id: int
    email: str
    name: str  # empty until they come
    roles: frozenset[Role]
    given_at: datetime | None
    last_login: datetime | None  # none since they were invited
    own_roles: frozenset[Role]  # in this congress, also those that are over
    until: date | None = None  # the last day, of somebody from a planning circle
    circle: Texts | None = None  # the project they come from

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def is_over(self) -> bool:
        """Whether nothing counts any more of what they were lent."""
        return self.until is not None and not self.roles

    @property
    def called(self) -> str:
        return self.name or self.email


def members(congress_id: int, *, now: datetime) -> list[Member]:
    """Return everybody who may open a congress, administrators last."""
    last_login = (
        select(func.max(AccountSession.started_at))
        .where(AccountSession.user_id == User.id)
        .scalar_subquery()
    )
    here = and_(CongressRole.user_id == User.id, CongressRole.congress_id == congress_id)
    rows = db.session.execute(
        select(
            *columns_of(User, "id email email_key name administrator"),
            CongressRole.role,
            CongressRole.given_at,
            CongressRole.until,
            lent_roles.in_force(now).label("counts"),
            NetworkProject.title.label("circle"),
            last_login.label("last_login"),
        )
        .outerjoin(CongressRole, here)
        .outerjoin(ProjectPart, ProjectPart.id == CongressRole.project_part_id)
        .outerjoin(NetworkProject, NetworkProject.id == ProjectPart.project_id)
        .where(or_(CongressRole.id.is_not(None), and_(User.administrator, User.active)))
        .order_by(User.email_key, CongressRole.id)
    )
    by_account: dict[int, list[Row[*tuple[object, ...]]]] = {}
    for row in rows:
        by_account.setdefault(row.id, []).append(row)
    found = [_member(of_one) for of_one in by_account.values()]
    return sorted(found, key=lambda each: not each.own_roles)


def find_member(congress_id: int, account_id: int, *, now: datetime) -> Member | None:
    """Return somebody who has a role of this congress."""
    found = (
        each for each in members(congress_id, now=now) if each.id == account_id and each.own_roles
    )
    return next(found, None)


def _member(rows: list[Row[*tuple[object, ...]]]) -> Member:
    first = rows[0]
    own = {Role(row.role) for row in rows if row.role}
    roles = {Role(row.role) for row in rows if row.role and row.counts}
    given_at = _earliest(row.given_at for row in rows)
    last_login = first.last_login
    if given_at and last_login and last_login < given_at:
        last_login = None
    return Member(
        id=first.id,
        email=first.email,
        name=first.name if last_login else "",
        roles=frozenset(roles | ({Role.ADMINISTRATOR} if first.administrator else set())),
        given_at=given_at,
        last_login=last_login,
        own_roles=frozenset(own),
        until=first.until,
        circle=first.circle,
    )


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the first of them, or none where one is unknown: they came before that was kept."""
    known = list(moments)
    return None if None in known else min(each for each in known if each)
