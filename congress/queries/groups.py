"""Groups: what the link of a contact opens, who is in them, and of which somebody is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from congress.base import columns_of, table_of
from congress.domain import tokens
from congress.domain.groups import Contact, GroupLinkOver, InWorkshops
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import Congress, Registration, RegistrationGroup
from congress.queries.registrations import STANDS_ALONE, standings
from congress.queries.retention import ENDED_UNCONFIRMED

GROUPS, PEOPLE = table_of(RegistrationGroup), table_of(Registration)
CONGRESSES = table_of(Congress)
CONTACT = "given_name family_name email language"
IS_ACTIVE = PEOPLE.c.state != RegistrationState.CANCELLED
TOGETHER = (
    select(PEOPLE.c.group_id, PEOPLE.c.id)
    .join(GROUPS, GROUPS.c.id == PEOPLE.c.group_id)
    .where(PEOPLE.c.group_id.in_(bindparam("ids", expanding=True)), GROUPS.c.together, IS_ACTIVE)
    .order_by(PEOPLE.c.joined_at, PEOPLE.c.id)
)
MATES = PEOPLE.alias("mates")
OFFERED_WITH = (
    select(PEOPLE.c.id, func.count(MATES.c.id))
    .join(GROUPS, GROUPS.c.id == PEOPLE.c.group_id)
    .join(MATES, MATES.c.group_id == PEOPLE.c.group_id)
    .where(
        PEOPLE.c.id.in_(bindparam("ids", expanding=True)),
        GROUPS.c.together,
        MATES.c.state == RegistrationState.OFFERED,
        MATES.c.unconfirmed_until.is_(None),
    )
    .group_by(PEOPLE.c.id)
)
FOUND = select(
    *columns_of(GROUPS, "id congress_id together named added_key in_workshops"),
    *columns_of(GROUPS, CONTACT),
    CONGRESSES.c.slug,
).join(CONGRESSES, CONGRESSES.c.id == GROUPS.c.congress_id)


@dataclass(frozen=True)
class Group:
    """People who were registered by one contact, and whether they come only together.

    So many were `named`, and the last form that added some is known by `added_key`.
    """

    id: int
    congress_id: int
    slug: str
    contact: Contact
    together: bool
    named: int = 0
    added_key: str = ""
    in_workshops: InWorkshops = InWorkshops.ANYHOW

    def left(self, most: int, shown: Sequence[Standing]) -> int:
        """Return how many more people of `most` it can have, by those who are `shown`.

        Counted are all who were named, so that this says of nobody whether they were registered
        already (SEC-24); only whoever is seen to have cancelled makes room. Below 0 after another
        rule.
        """
        gone = [each for each in shown if each.state is RegistrationState.CANCELLED]
        return most - self.named + len(gone)


def find(token: str) -> Group | None:
    """Return the group that the link of its contact opens."""
    return _find(GROUPS.c.digest == tokens.digest(token))


def get_opened(token: str) -> Group:
    """Return the same; raises GroupLinkOver where the link opens nothing."""
    group = find(token)
    if group is None:
        raise GroupLinkOver
    return group


def find_by_id(group_id: int | None) -> Group | None:
    """Return a group by its number, as long as its contact is kept."""
    return _find(GROUPS.c.id == group_id) if group_id is not None else None


def of_contact(congress_id: int, email_key: str) -> list[int]:
    """Return the numbers of the groups that somebody registered by an address."""
    mine = (GROUPS.c.congress_id == congress_id, GROUPS.c.email_key == email_key)
    return list(db.session.scalars(select(GROUPS.c.id).where(*mine).order_by(GROUPS.c.id)))


def people(group_id: int) -> list[Standing]:
    """Return where everybody of a group stands, also whoever has left; a person once."""
    return standings(_people(group_id))


def shown(group_id: int) -> list[Standing]:
    """Return the same as the contact may see it: nobody whose address was never confirmed.

    Else whoever is missing would be known to be registered already (SEC-24).
    """
    found = standings(_people(group_id).where(~ENDED_UNCONFIRMED))
    return [each for each in found if not each.is_unconfirmed]


def _people(group_id: int) -> Select[*tuple[int]]:
    return select(PEOPLE.c.id).where(
        PEOPLE.c.group_id == group_id, STANDS_ALONE, PEOPLE.c.substituted_by_id.is_(None)
    )


def together(ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return who is in those of these groups that come only together, in order of their places."""
    found: dict[int, tuple[int, ...]] = dict.fromkeys(ids, ())
    for group_id, person in db.session.execute(TOGETHER, {"ids": list(ids)}):
        found[group_id] = (*found[group_id], person)
    return found


def offered_with(ids: Collection[int]) -> dict[int, int]:
    """Return to how many of a group that comes only together it is one offer, by person.

    Nobody whose address is still to be confirmed is counted, as nobody learns of them (SEC-24).
    """
    rows = db.session.execute(OFFERED_WITH, {"ids": list(ids)})
    return {row[0]: row[1] for row in rows}


def _find(which: ColumnElement[bool]) -> Group | None:
    row = db.session.execute(FOUND.where(which)).one_or_none()
    if row is None:
        return None
    contact = Contact(row.given_name, row.family_name, row.email, row.language)
    return Group(
        *(row.id, row.congress_id, row.slug, contact, row.together),
        *(row.named, row.added_key, InWorkshops(row.in_workshops)),
    )
