"""Who speaks for members on a day, by their address, and everybody a meeting may invite."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from congress.base import columns_of, table_of
from congress.domain.congresses import Congress
from congress.domain.network.delegates import Candidate, Invited, Selection, select_for
from congress.domain.network.membership import BELONGING
from congress.domain.network.terms import ContactRole, Term
from congress.extensions import db
from congress.models import ContactPerson, Organisation
from congress.queries import dead_mailboxes, invitations
from congress.queries.network import members

PEOPLE, ORGANISATIONS = table_of(ContactPerson), table_of(Organisation)
CANDIDATES = (
    select(
        *columns_of(PEOPLE, "id role given_name family_name email email_key language"),
        *columns_of(PEOPLE, "organisation_id starts_on ends_on"),
        ORGANISATIONS.c.name.label("organisation"),
    )
    .join(ORGANISATIONS, ORGANISATIONS.c.id == PEOPLE.c.organisation_id)
    .order_by(ORGANISATIONS.c.search, PEOPLE.c.role, PEOPLE.c.name_order, PEOPLE.c.id)
)


def organisations_of(email_keys: Collection[str], day: date) -> Mapping[str, list[str]]:
    """Return for which members somebody with one of these addresses speaks on a day."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _speaking(day, PEOPLE.c.email_key.in_(email_keys)):
        found[row.email_key].append(row.organisation)
    return found


def speaking(contact_ids: Collection[int], day: date) -> set[int]:
    """Return those of some contact persons who speak for a member on a day."""
    return {row.id for row in _speaking(day, PEOPLE.c.id.in_(contact_ids))}


def selection(congress: Congress) -> Selection:
    """Return whom a meeting would invite now, and who is left out."""
    found = candidates(congress.first_day)
    dead = dead_mailboxes.among({each.guest.keys["email_key"] for each in found})
    invited = Invited.of(invitations.of_congress(congress.id))
    return select_for(congress.first_day, found, invited, dead)


def candidates(day: date) -> list[Candidate]:
    """Return everybody who is known to speak for an organisation at any time.

    With whether the organisation belongs to the network on the day; in the order of organisations.
    """
    belonging = {each.id for each in members.members_on(day)}
    return [
        Candidate(
            id=row.id,
            organisation=row.organisation,
            role=ContactRole(row.role),
            given_name=row.given_name,
            family_name=row.family_name,
            email=row.email,
            language=row.language,
            term=Term(row.starts_on, row.ends_on),
            belongs=row.organisation_id in belonging,
        )
        for row in db.session.execute(CANDIDATES)
    ]


def _speaking(day: date, who: ColumnElement[bool]) -> list[Row[*tuple[Any, ...]]]:
    holds = or_(PEOPLE.c.ends_on.is_(None), PEOPLE.c.ends_on >= day)
    rows = db.session.execute(CANDIDATES.where(who, PEOPLE.c.starts_on <= day, holds)).all()
    of = {row.organisation_id for row in rows}
    found = members.states_on(day, states=BELONGING, of=of) if of else []
    belonging = {each.id for each in found}
    return [row for row in rows if row.organisation_id in belonging]
