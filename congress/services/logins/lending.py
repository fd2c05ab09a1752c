"""People of a planning circle in the team of a congress, with a role until a day."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import and_, delete, exists, or_, select

from congress.base import table_of
from congress.domain.access import Actor, Role
from congress.domain.network.projects import ProjectState
from congress.extensions import db
from congress.models import CongressRole, ContactPerson, NetworkProject, ProjectPart, User
from congress.queries.lent_roles import in_force
from congress.services.logins import accounts, team
from congress.transaction import transaction

ROLES = table_of(CongressRole)


def lend(
    congress_id: int,
    project_id: int,
    part_ids: Collection[int],
    role: Role,
    until: date,
    *,
    actor: Actor,
    now: datetime,
) -> tuple[list[str], list[str]]:
    """Give people of a running project a role until the end of a day, and mail how to get there.

    Returns the addresses of those who have it now, and of those who were in the team already.
    Whose role from a circle is over or without cause gets the new one instead.
    """
    with transaction():
        congress = team.held(congress_id)
        lent: list[str] = []
        there: list[str] = []
        for part in _parts(project_id, part_ids):
            user = accounts.find(part.email) or accounts.new(part.email, now=now)
            _drop_ended(user, congress_id, now=now)
            if user.administrator or any(
                each.congress_id == congress_id for each in user.congress_roles
            ):
                there.append(part.email)
                continue
            user.congress_roles.append(
                CongressRole(
                    congress_id=congress_id,
                    role=role,
                    given_at=now,
                    until=until,
                    project_part_id=part.id,
                )
            )
            db.session.flush()
            team.mail(user, congress, now=now)
            team.record("colleague_invited", user, congress_id, actor=actor, now=now, after=[role])
            lent.append(part.email)
        return lent, there


def take_back(part_id: int) -> None:
    """Take the roles that somebody had from a part in a project, inside a transaction."""
    db.session.execute(delete(ROLES).where(ROLES.c.project_part_id == part_id))


def take_back_of_former(organisation_id: int, email_key: str) -> None:
    """Take the roles lent to an address that nobody of an organisation has any more.

    Whether a term has ended is asked by the address, and nothing would end them otherwise.
    """
    row = table_of(ContactPerson)
    is_known = exists().where(
        row.c.organisation_id == organisation_id, row.c.email_key == email_key
    )
    lent = (
        select(ROLES.c.id)
        .join(ProjectPart, ProjectPart.id == ROLES.c.project_part_id)
        .join(User, User.id == ROLES.c.user_id)
        .where(
            ProjectPart.organisation_id == organisation_id, User.email_key == email_key, ~is_known
        )
    )
    db.session.execute(delete(ROLES).where(ROLES.c.id.in_(lent)))


def take_back_of_ended(last_day: date) -> None:
    """Take the roles of whoever's term as contact person ended before a day, in a transaction.

    Terms are forgotten after a while, and nothing else would say then that one had ended. Whoever
    speaks for the organisation again, or only stopped later, keeps theirs.
    """
    row, later = table_of(ContactPerson), table_of(ContactPerson).alias()
    spoke_later = exists().where(
        later.c.organisation_id == row.c.organisation_id,
        later.c.email_key == row.c.email_key,
        or_(later.c.ends_on.is_(None), later.c.ends_on >= last_day),
    )
    ended = (
        select(ROLES.c.id)
        .join(ProjectPart, ProjectPart.id == ROLES.c.project_part_id)
        .join(User, User.id == ROLES.c.user_id)
        .join(
            row,
            and_(
                row.c.organisation_id == ProjectPart.organisation_id,
                row.c.email_key == User.email_key,
            ),
        )
        .where(row.c.ends_on < last_day, ~spoke_later)
    )
    db.session.execute(delete(ROLES).where(ROLES.c.id.in_(ended)))


def _parts(project_id: int, part_ids: Collection[int]) -> list[ProjectPart]:
    """Lock the parts of a running project in which somebody is named."""
    return list(
        db.session.scalars(
            select(ProjectPart)
            .join(NetworkProject, NetworkProject.id == ProjectPart.project_id)
            .where(
                ProjectPart.id.in_(part_ids),
                ProjectPart.project_id == project_id,
                ProjectPart.email != "",
                NetworkProject.state == ProjectState.RUNNING,
            )
            .order_by(ProjectPart.id)
            .with_for_update(of=ProjectPart)
        )
    )


def _drop_ended(user: User, congress_id: int, *, now: datetime) -> None:
    ended = select(CongressRole.id).where(
        CongressRole.user_id == user.id,
        CongressRole.congress_id == congress_id,
        ~in_force(now),
    )
    gone = list(db.session.scalars(ended))
    if gone:
        db.session.execute(delete(ROLES).where(ROLES.c.id.in_(gone)))
        db.session.expire(user, ["congress_roles"])
