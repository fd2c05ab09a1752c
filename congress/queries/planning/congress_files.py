"""Congresses as the plans that files are made of: the working values, for export and copying.

Beside the plan of an item stand its two faces: the one it shows, and the one a release would give.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, count

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload, undefer

from congress.base import values_of
from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.congress_file.plan import (
    CongressPlan,
    DayPlan,
    Logo,
    OrganisationPlan,
    RegistrationPlan,
    RoomPlan,
)
from congress.domain.congresses import CongressState, OrganisationRole
from congress.domain.fields import uses
from congress.domain.hosts import NOBODY, Host
from congress.domain.modes import ItemMode
from congress.domain.own_questions import from_json
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import Face, ItemKind, PersonState, PublicPerson
from congress.domain.rules import Rules
from congress.domain.texts import written
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Allocation
from congress.extensions import db
from congress.models import (
    Congress,
    CongressOrganisation,
    Contribution,
    Organisation,
    ProgrammeItem,
)
from congress.queries.accounts import find_congress_id
from congress.queries.congresses import PERIOD, about
from congress.queries.programme import as_face

ALL_OF_AN_ITEM = (
    joinedload(ProgrammeItem.room),
    joinedload(ProgrammeItem.host),
    selectinload(ProgrammeItem.contributions).joinedload(Contribution.person),
)


def find_plan(slug: str) -> CongressPlan | None:
    """Return a congress as a plan, in its state of editing."""
    row = db.session.scalars(
        select(Congress)
        .where(Congress.slug == slug)
        .options(
            selectinload(Congress.days),
            selectinload(Congress.rooms),
            selectinload(Congress.carriers)
            .joinedload(CongressOrganisation.organisation)
            .options(undefer(Organisation.logo)),
        ),
        execution_options={"populate_existing": True},
    ).one_or_none()
    return as_plan(row, items_of(row.id)) if row else None


def get_plan(slug: str) -> CongressPlan:
    """Return a congress that exists as a plan."""
    plan = find_plan(slug)
    if plan is None:
        raise LookupError(slug)
    return plan


def find_last_edition(slug: str) -> CongressPlan | None:
    """Return the congress from which one was copied."""
    edition = aliased(Congress)
    statement = (
        select(Congress.slug)
        .join(edition, edition.edition_of_id == Congress.id)
        .where(edition.slug == slug)
    )
    last = db.session.scalars(statement).one_or_none()
    return find_plan(last) if last is not None else None


def is_taken(slug: str) -> bool:
    """Return whether a congress has this name, draft or not."""
    return find_congress_id(slug) is not None


def free_slug(suggestion: str) -> str:
    """Return a name that no congress has: two editions in one year are told apart by a number."""
    numbered = chain([suggestion], (f"{suggestion}-{number}" for number in count(2)))
    return next(slug for slug in numbered if not is_taken(slug))


def has_unpublished_changes(slug: str) -> bool:
    """Return whether an import would publish what organisers have edited and not released."""
    congress_id = find_congress_id(slug)
    return congress_id is not None and is_edited(items_of(congress_id))


def is_edited(items: Sequence[ProgrammeItem]) -> bool:
    """Return whether the working values of any item differ from what the public sees."""
    return any(working_face(item) != released_face(item) for item in items)


def items_of(congress_id: int) -> list[ProgrammeItem]:
    """Return the items of a congress with rooms and people, in order of time."""
    statement = (
        select(ProgrammeItem)
        .where(ProgrammeItem.congress_id == congress_id)
        .options(*ALL_OF_AN_ITEM)
        .order_by(
            ProgrammeItem.starts_at, ProgrammeItem.ends_at, ProgrammeItem.number, ProgrammeItem.code
        )
    )
    # Counters and places are written past the rows that the session remembers.
    return list(db.session.scalars(statement, execution_options={"populate_existing": True}))


def as_plan(row: Congress, items: list[ProgrammeItem]) -> CongressPlan:
    """Return the working values of a congress and its items."""
    return CongressPlan(
        **about(row),
        registration=RegistrationPlan(
            **values_of(row, f"{PERIOD} wishes_until capacity waiting_list one_mail confirm_hours"),
            fields=uses(row.fields),
            reminder=CalendarAlarm(row.reminder),
            rules=Rules.of(row.rules),
        ),
        days=tuple(
            DayPlan(day.day, TimeSlot(day.starts_at, day.ends_at))
            for day in sorted(row.days, key=lambda day: day.starts_at)
        ),
        organisations=tuple(as_organisation_plan(carrier) for carrier in row.carriers),
        rooms=tuple(RoomPlan(room.code, room.name, room.seats) for room in row.rooms),
        items=tuple(as_item_plan(item) for item in items),
        questions=from_json(row.questions),
    )


def as_organisation_plan(carrier: CongressOrganisation) -> OrganisationPlan:
    """Return an organisation in its role."""
    row = carrier.organisation
    logo = None
    if row.logo is not None:
        logo = Logo(row.logo, row.logo_type or "", row.logo_alt or {})
    return OrganisationPlan(
        **values_of(row, "name short_name kind ags website"),
        role=OrganisationRole(carrier.role),
        logo=logo,
    )


def as_item_plan(row: ProgrammeItem) -> ItemPlan:
    """Return the working values of an item, loaded with its room and people."""
    return ItemPlan(
        **values_of(row, "code number title bookable waiting_list cancelled online_link"),
        **values_of(row, "minimum minimum_by same_as one_of only_with"),
        kind=ItemKind(row.kind),
        mode=ItemMode(row.mode),
        allocation=Allocation(row.allocation) if row.allocation else None,
        short_title=written(row.short_title),
        abstract=written(row.abstract),
        slot=TimeSlot(row.starts_at, row.ends_at),
        room=row.room.code if row.room else None,
        places=row.capacity if row.bookable else None,
        people=tuple(_as_person_plan(each) for each in row.contributions),
        host=Host(row.host.name, row.host.sector) if row.host else NOBODY,
    )


def _as_person_plan(row: Contribution) -> PersonPlan:
    return PersonPlan(
        name=row.person.name if row.person else None,
        affiliation=written(row.affiliation or (row.person.affiliation if row.person else {})),
        role=row.role,
        state=PersonState(row.state),
    )


def working_face(row: ProgrammeItem) -> Face:
    """Return the face an item would have if it were released now.

    Somebody who has not agreed yet takes part without name and affiliation; who
    declined is left out.
    """
    return Face(
        title=row.title,
        short_title=row.short_title,
        abstract=row.abstract,
        slot=TimeSlot(row.starts_at, row.ends_at),
        room=row.room.name if row.room else {},
        people=tuple(
            _public(each) for each in row.contributions if each.state != PersonState.DECLINED
        ),
        cancelled=row.cancelled,
        online_link=row.online_link,
    )


def _public(row: Contribution) -> PublicPerson:
    person = row.person
    if person is None:
        return PublicPerson(name=None, affiliation=row.affiliation, role=row.role)
    if row.state != PersonState.CONFIRMED:
        # "Head of …" would name somebody who has not agreed.
        return PublicPerson(name=None, affiliation={}, role=row.role)
    return PublicPerson(person.name, row.affiliation or person.affiliation, row.role)


def released_face(row: ProgrammeItem) -> Face | None:
    """Return the face an item shows, or None if it was never released."""
    if row.released is None or row.released_starts_at is None or row.released_ends_at is None:
        return None
    return as_face(row.released, row.released_starts_at, row.released_ends_at)


def find_open_edition(slug: str, *, now: datetime) -> str | None:
    """Return the name of an edition made from a congress for which one may register now."""
    last = select(Congress.id).where(Congress.slug == slug).scalar_subquery()
    statement = (
        select(Congress.slug)
        .where(
            Congress.edition_of_id == last,
            Congress.state == CongressState.PUBLISHED,
            Congress.opens_at <= now,
            Congress.closes_at > now,
        )
        .order_by(Congress.id)
    )
    return db.session.scalars(statement).first()
