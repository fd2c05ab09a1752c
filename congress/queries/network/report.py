"""The figures of the report to the funder, counted in the database: a fixed number of statements.

What has taken place counts: occasions that have ended and were not called off, by their last day.
People come from an organisation of the register, by its number or under one of its names.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Subquery, case, extract, func, or_, select
from sqlalchemy.sql.selectable import FromClause

from congress.base import columns_of, table_of
from congress.domain.congresses import CongressKind
from congress.domain.mails.mailings import MailingState
from congress.domain.network import districts
from congress.domain.network.funder_report import (
    UNKNOWN,
    FunderReport,
    Mails,
    Members,
    Period,
    by_area,
    by_kind,
    by_year,
    of_occasions,
)
from congress.domain.network.keys import DISTRICT
from congress.domain.network.masking import masked, total
from congress.domain.network.membership import MembershipState
from congress.domain.network.occasions import Occasion, Workshop
from congress.domain.network.organisations import Kind
from congress.domain.programme import ALWAYS_CHOSEN
from congress.domain.registration import BookingState
from congress.domain.times.local_time import start_of_day
from congress.extensions import db
from congress.models import (
    Attendance,
    Booking,
    Congress,
    CongressDay,
    Mailing,
    Organisation,
    OrganisationAlias,
    ProgrammeItem,
    Registration,
)
from congress.queries.network import members, report_cohorts, report_projects
from congress.queries.network.report_people import HAS_PLACE, HELD, occasion_of, registered

CONGRESSES, DAYS, PEOPLE = table_of(Congress), table_of(CongressDay), table_of(Registration)
CAME, ITEMS, BOOKED = table_of(Attendance), table_of(ProgrammeItem), table_of(Booking)
ORGANISATIONS, ALIASES = table_of(Organisation), table_of(OrganisationAlias)
MAILINGS = table_of(Mailing)
APART = "\x01"  # between address and name of a person


@dataclass(frozen=True)
class _Reached:
    """By kind, year and area: the municipalities, and how many people in which year."""

    kinds: dict[CongressKind, set[int]]
    years: dict[int, set[int]]
    areas: dict[str, set[int]]
    people: dict[str, list[int]]


def report(period: Period, zone: ZoneInfo, *, now: datetime) -> FunderReport:
    """Return what there was in some years, as far as it is over; `zone` says when they begin."""
    today = now.astimezone(zone).date()
    held = _held(period, now)
    occasions = _occasions(held)
    workshops = _workshops(held)
    until = min(period.last, today.year - 1)
    reached = _reached(held, until)
    everywhere = set[int]().union(*reached.kinds.values())
    found, elsewhere, unknown = by_area(reached.people, reached.areas)
    network_mails, mails = _mails(period, zone)
    return FunderReport(
        period,
        by_kind(occasions, workshops, reached.kinds),
        of_occasions(occasions, workshops, len(everywhere)),
        found,
        elsewhere,
        unknown,
        until,
        network_mails,
        mails,
        _members(min(period.ends_on, today)),
        by_year(period, occasions, workshops, reached.years),
        report_projects.of_period(period),
        report_cohorts.of_period(period, now=now),
    )


def _held(period: Period, now: datetime) -> Subquery:
    """Return the occasions that count, with the year of each."""
    last = func.max(DAYS.c.day)
    return (
        select(*columns_of(CONGRESSES, "id kind"), extract("year", last).label("year"))
        .join(DAYS, DAYS.c.congress_id == CONGRESSES.c.id)
        .where(CONGRESSES.c.state.in_(HELD))
        .group_by(CONGRESSES.c.id, CONGRESSES.c.kind)
        .having(last.between(period.starts_on, period.ends_on), func.max(DAYS.c.ends_at) <= now)
        .subquery()
    )


def _occasions(held: Subquery) -> list[Occasion]:
    """Return the occasions in two statements."""
    rows = db.session.execute(
        select(*columns_of(CONGRESSES, "id kind rules"), held.c.year).join(
            held, held.c.id == CONGRESSES.c.id
        )
    ).all()
    came = (
        select(CAME.c.registration_id).distinct().subquery()
    )  # to the congress or into a workshop, on any day
    has_come = came.c.registration_id.is_not(None)
    counted = (
        select(PEOPLE.c.congress_id, PEOPLE.c.mode, has_come.label("came"), func.count())
        .join(held, held.c.id == PEOPLE.c.congress_id)
        .outerjoin(came, came.c.registration_id == PEOPLE.c.id)
        .where(HAS_PLACE)
        .group_by(PEOPLE.c.congress_id, PEOPLE.c.mode, has_come)
    )
    people: dict[int, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for congress_id, mode, is_there, number in db.session.execute(counted):
        people[congress_id][mode, bool(is_there)] += number
    return [occasion_of(row.kind, row.rules, people[row.id], int(row.year)) for row in rows]


def _workshops(held: Subquery) -> list[Workshop]:
    has_place = (BOOKED.c.state == BookingState.CONFIRMED) & HAS_PLACE
    rows = db.session.execute(
        select(
            *columns_of(ITEMS, "id capacity"),
            *columns_of(held, "kind year"),
            func.count(case((has_place, BOOKED.c.id))).label("booked"),
        )
        .join(held, held.c.id == ITEMS.c.congress_id)
        .outerjoin(BOOKED, BOOKED.c.item_id == ITEMS.c.id)
        .outerjoin(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
        .where(
            ITEMS.c.bookable,
            ITEMS.c.kind.in_(ALWAYS_CHOSEN),
            ITEMS.c.released_starts_at.is_not(None),
            ~ITEMS.c.cancelled,
        )
        .group_by(*columns_of(ITEMS, "id capacity"), *columns_of(held, "kind year"))
    )
    return [
        Workshop(CongressKind(row.kind), row.booked, row.capacity, int(row.year)) for row in rows
    ]


def _reached(held: Subquery, until: int) -> _Reached:
    """Return from where people came, in two statements."""
    register, organisation = registered()
    area = _area(register)
    is_municipality = register.c.kind == Kind.MUNICIPALITY
    with_place = organisation.join(held, held.c.id == PEOPLE.c.congress_id)
    year = held.c.year
    municipalities = (
        select(held.c.kind, year, area, register.c.id)
        .distinct()
        .select_from(with_place)
        .where(HAS_PLACE, is_municipality)
    )
    kinds: dict[CongressKind, set[int]] = defaultdict(set)
    years: dict[int, set[int]] = defaultdict(set)
    areas: dict[str, set[int]] = defaultdict(set)
    for kind, in_year, where, number in db.session.execute(municipalities):
        kinds[CongressKind(kind)].add(number)
        years[int(in_year)].add(number)
        if in_year <= until:
            areas[where].add(number)
    person = PEOPLE.c.email_key + APART + PEOPLE.c.name_key
    counted = (
        select(area.label("area"), year, func.count(person.distinct()))
        .select_from(with_place)
        .where(HAS_PLACE, year <= until)
        .group_by(area, year)
    )
    people: dict[str, list[int]] = defaultdict(list)
    for where, _year, number in db.session.execute(counted):
        people[where].append(number)
    return _Reached(kinds, years, areas, people)


def _area(register: FromClause) -> ColumnElement[str]:
    """Return the district in North Rhine-Westphalia, another Land, or that neither is known."""
    key = func.coalesce(register.c.district, func.substr(register.c.ags, 1, DISTRICT), UNKNOWN)
    land = func.substr(key, 1, 2)
    return case(
        (key.in_(sorted(districts.KEYS)), key),
        (or_(key == UNKNOWN, land == districts.LAND), UNKNOWN),
        else_=land,
    )


def _mails(period: Period, zone: ZoneInfo) -> tuple[Mails, Mails]:
    """Return the info mails of these years, of the network and of events.

    What went out counts, also where it was stopped.
    """
    begins = start_of_day(period.starts_on, zone)
    ends = start_of_day(period.ends_on + timedelta(days=1), zone)
    rows = db.session.execute(
        select(*columns_of(MAILINGS, "congress_id done")).where(
            MAILINGS.c.done > 0,
            MAILINGS.c.state.in_((MailingState.SENT, MailingState.STOPPED)),
            MAILINGS.c.started_at >= begins,
            MAILINGS.c.started_at < ends,
        )
    ).all()
    of_network = [row.done for row in rows if row.congress_id is None]
    of_events = [row.done for row in rows if row.congress_id is not None]
    return _told(of_network), _told(of_events)


def _told(readers: Sequence[int]) -> Mails:
    return Mails(len(readers), total(map(masked, readers)))


def _members(day: date) -> Members:
    states = Counter(each.state for each in members.members_on(day))
    return Members(day, states[MembershipState.MEMBER], states[MembershipState.PARTNER])
