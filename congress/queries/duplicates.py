"""Who may stand twice in the list of a congress, read from one index, however many stand there.

With 20,000 people that takes a tenth of a second.
"""

from typing import Any

from sqlalchemy import Select, or_, select

from congress.base import columns_of, table_of
from congress.domain.duplicates import Candidate, Listed, Pair, candidates, people_in
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Registration, ToldApart
from congress.queries.congresses import Heading
from congress.queries.kept import Kept
from congress.queries.unchanged import state_of

PEOPLE, APART = map(table_of, (Registration, ToldApart))
ITSELF = PEOPLE.alias("itself")
LISTED = columns_of(PEOPLE, "id likeness organisation_key email_key")
ACTIVE = PEOPLE.c.state != RegistrationState.CANCELLED
_counted: Kept[int] = Kept()


def of_congress(congress_id: int) -> list[Candidate]:
    """Return everybody who may stand there twice, but for those said to be two people."""
    return _candidates(congress_id, select(*LISTED).where(PEOPLE.c.congress_id == congress_id))


def count(congress: Heading) -> int:
    """Return how many people may stand there twice, looked for once for each state of it."""
    return _counted.at(state_of(congress), lambda: (people_in(of_congress(congress.id)), True))


def of_registration(congress_id: int, registration_id: int) -> list[Candidate]:
    """Return with whom one person may stand there twice."""
    name, email = (
        select(ITSELF.c[column]).where(ITSELF.c.id == registration_id).scalar_subquery()
        for column in ("likeness", "email_key")
    )
    is_like = or_(PEOPLE.c.likeness == name, (PEOPLE.c.email_key == email) & (email != ""))
    alike = select(*LISTED).where(PEOPLE.c.congress_id == congress_id, is_like)
    return [each for each in _candidates(congress_id, alike) if registration_id in each.pair]


def _candidates(congress_id: int, people: Select[*tuple[Any, ...]]) -> list[Candidate]:
    rows = db.session.execute(people.where(ACTIVE))
    return candidates([Listed._make(row) for row in rows], _apart(congress_id))


def _apart(congress_id: int) -> set[Pair]:
    rows = db.session.execute(
        select(APART.c.registration_id, APART.c.other_id)
        .join(PEOPLE, PEOPLE.c.id == APART.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id)
    )
    return {(row.registration_id, row.other_id) for row in rows}
