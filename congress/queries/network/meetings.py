"""Which members came to which network meetings: six statements, however many there are.

Of a municipality is who chose it, has an address in its confirmed mail domain, or named it as the
register does. Who belonged to the network is asked of the first day of each meeting.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, exists, func, select

from congress.base import columns_of, table_of
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.folding import fold_for_order
from congress.domain.network.meetings import Cell, Count, cell
from congress.domain.network.membership import (
    MembershipRecord,
    MembershipState,
    belongs_on,
)
from congress.domain.organisation_names import domains_above
from congress.domain.registration import RegistrationState
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import (
    Attendance,
    Congress,
    CongressDay,
    ContactPerson,
    Invitation,
    Membership,
    Organisation,
    OrganisationAlias,
    OrganisationDomain,
    Registration,
)

MOST = 40  # meetings, the last ones: twenty years
CONGRESSES, DAYS, PEOPLE = map(table_of, (Congress, CongressDay, Registration))
RECORDS, NAMES, ALIASES = map(table_of, (Membership, Organisation, OrganisationAlias))
DOMAINS, CONTACTS = table_of(OrganisationDomain), table_of(ContactPerson)
ATTENDANCES, INVITATIONS = table_of(Attendance), table_of(Invitation)
CAME = exists().where(ATTENDANCES.c.registration_id == PEOPLE.c.id)


@dataclass(frozen=True)
class Meeting:
    """A meeting that is or was public."""

    id: int
    slug: str
    title: Texts
    day: date
    is_over: bool


@dataclass(frozen=True)
class Line:
    """A municipality, and what it was to each meeting, in their order."""

    organisation_id: int
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Meetings from the last to the first, and every organisation that belonged or came."""

    meetings: tuple[Meeting, ...]
    lines: tuple[Line, ...]

    def people(self, at: int) -> int:
        """Return how many people of these organisations were at one meeting."""
        cells = (line.cells[at] for line in self.lines)
        return sum(each.people for each in cells if each.presence == "present")


def matrix(*, now: datetime) -> Matrix:
    """Return the last meetings, and what every municipality of the network was to each."""
    meetings = _meetings(now)
    members = _members()
    counts = _counts(meetings, _Finder(members))
    checked = {number for number, of in counts.items() if any(each.present for each in of.values())}
    lines = [_line(each, meetings, counts, checked) for each in members]
    return Matrix(tuple(meetings), tuple(each for each in lines if _is_shown(each)))


@dataclass(frozen=True)
class _Member:
    id: int
    name: str
    short_name: str
    history: tuple[MembershipRecord, ...]


class _Finder:
    """Finds of which member somebody is."""

    def __init__(self, members: Iterable[_Member]) -> None:
        self._ids = {each.id for each in members}
        self._by_name: dict[str, int] = {}
        aliases = select(*columns_of(ALIASES, "organisation_id name")).order_by(ALIASES.c.id)
        names = [(row.organisation_id, row.name) for row in db.session.execute(aliases)]
        names += [(each.id, each.short_name) for each in members]
        names += [(each.id, each.name) for each in members]  # the own one counts most
        for number, name in names:
            if name and number in self._ids:
                self._by_name[fold_for_order(name)] = number
        domains = select(*columns_of(DOMAINS, "organisation_id domain"))
        self._by_domain: dict[str, int] = {
            row.domain: row.organisation_id for row in db.session.execute(domains)
        }

    def of(self, chosen: int | None, organisation_key: str, email_key: str = "") -> int | None:
        """Return the member; None for whoever is of none."""
        if chosen is not None:
            return chosen if chosen in self._ids else None
        for domain in domains_above(email_key):
            if domain in self._by_domain:
                return self._by_domain[domain]
        return self._by_name.get(organisation_key)


def _meetings(now: datetime) -> list[Meeting]:
    starts_at, ends_at = func.min(DAYS.c.starts_at), func.max(DAYS.c.ends_at)
    statement = (
        select(
            *columns_of(CONGRESSES, "id slug title timezone"),
            starts_at.label("starts_at"),
            ends_at.label("ends_at"),
        )
        .join(DAYS, DAYS.c.congress_id == CONGRESSES.c.id)
        .where(
            CONGRESSES.c.kind == CongressKind.NETWORK_MEETING,
            CONGRESSES.c.state.in_((CongressState.PUBLISHED, CongressState.FINISHED)),
        )
        .group_by(CONGRESSES.c.id)
        .order_by(starts_at.desc(), CONGRESSES.c.id.desc())
        .limit(MOST)
    )
    return [
        Meeting(
            row.id,
            row.slug,
            row.title,
            row.starts_at.astimezone(ZoneInfo(row.timezone)).date(),
            row.ends_at <= now,
        )
        for row in db.session.execute(statement)
    ]


def _members() -> list[_Member]:
    """Return every organisation with its history as it is believed, in the order of names."""
    statement = (
        select(
            *columns_of(NAMES, "id name short_name"),
            *columns_of(RECORDS, "state since recorded_at"),
        )
        .join(RECORDS, RECORDS.c.organisation_id == NAMES.c.id)
        .where(RECORDS.c.superseded_at.is_(None))
        .order_by(NAMES.c.search, NAMES.c.id, RECORDS.c.since, RECORDS.c.id)
    )
    rows: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in db.session.execute(statement):
        rows[row.id].append(row)
    return [
        _Member(
            number,
            of[0].name,
            of[0].short_name,
            tuple(
                MembershipRecord(MembershipState(row.state), row.since, row.recorded_at)
                for row in of
            ),
        )
        for number, of in rows.items()
    ]


def _counts(meetings: list[Meeting], finder: _Finder) -> dict[int, dict[int, Count]]:
    """Return how many people there are of each member, by meeting."""
    numbers = [each.id for each in meetings]
    found: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    people = select(
        *columns_of(PEOPLE, "congress_id state organisation_id organisation_key email_key"),
        CAME.label("has_come"),
    ).where(PEOPLE.c.congress_id.in_(numbers), PEOPLE.c.state != RegistrationState.CANCELLED)
    for row in db.session.execute(people):
        member = finder.of(row.organisation_id, row.organisation_key, row.email_key)
        if member is not None:
            found[row.congress_id, member][_standing(row)] += 1
    invited = (
        select(
            INVITATIONS.c.congress_id, CONTACTS.c.organisation_id, INVITATIONS.c.organisation_key
        )
        .outerjoin(CONTACTS, CONTACTS.c.id == INVITATIONS.c.contact_id)
        .where(
            INVITATIONS.c.congress_id.in_(numbers),
            INVITATIONS.c.sent_at.is_not(None),
            INVITATIONS.c.withdrawn_at.is_(None),
        )
    )
    for meeting, chosen, organisation_key in db.session.execute(invited):
        member = finder.of(chosen, organisation_key)
        if member is not None:
            found[meeting, member]["invited"] += 1
    counts: dict[int, dict[int, Count]] = defaultdict(dict)
    for (meeting, member), of in found.items():
        counts[meeting][member] = Count(**of)
    return counts


def _standing(row: Row[*tuple[Any, ...]]) -> str:
    if row.has_come:
        return "present"
    return "registered" if row.state == RegistrationState.CONFIRMED else "waiting"


def _line(
    member: _Member,
    meetings: list[Meeting],
    counts: Mapping[int, Mapping[int, Count]],
    checked: set[int],
) -> Line:
    cells = tuple(
        cell(
            counts.get(each.id, {}).get(member.id, Count()),
            belongs=belongs_on(member.history, each.day),
            was_checked=each.is_over and each.id in checked,
        )
        for each in meetings
    )
    return Line(member.id, member.name, cells)


def _is_shown(line: Line) -> bool:
    return any(each.presence != "no_member" for each in line.cells)
