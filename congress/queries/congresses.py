"""Congresses as their public pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, selectinload

from congress.base import columns_of, table_of, values_of
from congress.domain import own_questions
from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.congresses import (
    ABOUT,
    Colour,
    Congress,
    CongressKind,
    CongressState,
    NamedOrganisation,
    OrganisationRole,
)
from congress.domain.fields import uses
from congress.domain.look import Look
from congress.domain.paper import Paper
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import Phase, RegistrationPeriod
from congress.domain.rules import Rules
from congress.domain.texts import written
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places
from congress.extensions import db
from congress.models import Announcement, CongressOrganisation
from congress.models import Congress as Row
from congress.models import ProgrammeItem as ItemRow
from congress.queries import programme
from congress.queries.announcements import OPEN_NEWS
from congress.queries.kept import Kept
from congress.queries.programme import COUNTED, as_places

PUBLIC = (CongressState.PUBLISHED, CongressState.CANCELLED, CongressState.FINISHED)

ALL_OF_IT = (
    selectinload(Row.days),
    selectinload(Row.carriers).joinedload(CongressOrganisation.organisation),
)

SHOWN = "name short_name website logo_digest logo_alt logo_width logo_height legal"

_contents: Kept[Congress] = Kept()


@dataclass(frozen=True)
class Heading:
    """The least that a finished page must know to be right: one small query."""

    id: int
    revision: int
    content_revision: int
    state: CongressState
    period: RegistrationPeriod
    places: Places
    online_places: Places  # of a hybrid congress; how many there are is one of its rules

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC

    @property
    def taken(self) -> int:
        """How many places are taken, on site and online."""
        return self.places.taken + self.online_places.taken

    @property
    def waiting(self) -> int:
        """How many people wait for one, in either line."""
        return self.places.waiting + self.online_places.waiting

    def phase(self, now: datetime) -> Phase:
        return self.period.phase(now)


TABLE = table_of(Row)
PERIOD = "opens_at closes_at changes_until withdrawals_until"
COUNTED_ONLINE = "online_capacity online_taken online_waiting waiting_list online_overbooked"
HEADING = columns_of(
    TABLE,
    f"id revision content_revision state {PERIOD} {COUNTED}"
    " online_capacity online_taken online_waiting online_overbooked held_back",
)
_online_counters = attrgetter(*COUNTED_ONLINE.split())

# Made once: building a statement costs as much as sending it.
BY_SLUG = select(*HEADING).where(TABLE.c.slug == bindparam("slug"))
BY_ID = select(*HEADING).where(TABLE.c.id == bindparam("congress_id"))
ITEMS = table_of(ItemRow)
OF_ITEM = "item_"
_item_counters = attrgetter(*(OF_ITEM + name for name in COUNTED.split()))
WITH_PLACES = (
    select(*HEADING, *(ITEMS.c[name].label(OF_ITEM + name) for name in ("id", *COUNTED.split())))
    .outerjoin(
        ITEMS,
        (ITEMS.c.congress_id == TABLE.c.id)
        & ITEMS.c.bookable
        & ITEMS.c.released_starts_at.is_not(None),
    )
    .where(TABLE.c.slug == bindparam("slug"))
)
ANNOUNCING = select(*HEADING).where(
    TABLE.c.id
    == select(Announcement.congress_id)
    .where(*OPEN_NEWS)
    .order_by(Announcement.id)
    .limit(1)
    .scalar_subquery()
)
HELD = BY_ID.with_for_update(key_share=True)


def find_heading(slug: str) -> Heading | None:
    """Return what decides whether a finished page of a congress is still true."""
    row = db.session.execute(BY_SLUG, {"slug": slug}).one_or_none()
    return as_heading(row) if row else None


def find_public(slug: str) -> Heading | None:
    """Return a congress that the public may see."""
    heading = find_heading(slug)
    return heading if heading and heading.is_public else None


def find_open(slug: str) -> tuple[Congress, list[ProgrammeItem]] | None:
    """Return a public congress and its programme with the places of now, in one look."""
    rows = db.session.execute(WITH_PLACES, {"slug": slug}).all()
    heading = as_heading(rows[0]) if rows else None
    if not heading or not heading.is_public:
        return None
    places = {row.item_id: Places(*_item_counters(row)) for row in rows if row.item_id is not None}
    return with_content(heading), programme.with_places(heading, places)


def as_heading(row: sa.Row[*tuple[Any, ...]]) -> Heading:
    """Return a row of the columns `HEADING` as a value."""
    return Heading(
        id=row.id,
        revision=row.revision,
        content_revision=row.content_revision,
        state=CongressState(row.state),
        period=RegistrationPeriod(**values_of(row, PERIOD)),
        places=replace(as_places(row), held_back=row.held_back),
        online_places=Places(*_online_counters(row)),
    )


def find_congress(slug: str) -> Congress | None:
    """Return a congress in any state; what may be seen of it is the caller's question."""
    heading = find_heading(slug)
    return with_content(heading) if heading else None


def get_heading(congress_id: int) -> Heading:
    """Return the heading of a congress that exists."""
    return as_heading(db.session.execute(BY_ID, {"congress_id": congress_id}).one())


def get_congress(congress_id: int) -> Congress:
    """Return a congress that exists."""
    return with_content(get_heading(congress_id))


def find_announcing() -> Heading | None:
    """Return the congress whose news is to be told next."""
    row = db.session.execute(ANNOUNCING).one_or_none()
    return as_heading(row) if row else None


def hold(congress_id: int) -> Heading:
    """Hold a congress until the transaction ends: nobody else gives places in it meanwhile."""
    return as_heading(db.session.execute(HELD, {"congress_id": congress_id}).one())


def with_content(heading: Heading) -> Congress:
    """Return the whole congress of a heading; only its counters were read afresh."""

    def read() -> tuple[Congress, int]:
        statement = select(Row).where(Row.id == heading.id).options(*ALL_OF_IT)
        row = db.session.scalars(statement, execution_options={"populate_existing": True}).one()
        return as_congress(row), row.content_revision

    content = _contents.get(heading, read)
    lets_pass = content.rules.passes_over
    return replace(
        content,
        places=replace(heading.places, lets_pass=lets_pass),
        online_places=replace(heading.online_places, lets_pass=lets_pass),
        revision=heading.revision,
    )


def public_congresses() -> list[Congress]:
    """Return every congress that the public may see, the latest first."""
    statement = (
        select(Row)
        .join(Row.days)
        .where(Row.state.in_(PUBLIC))
        .options(contains_eager(Row.days), ALL_OF_IT[1])
    )
    congresses = [as_congress(row) for row in db.session.scalars(statement).unique()]
    return sorted(congresses, key=lambda each: (each.starts_at, each.id), reverse=True)


def as_congress(row: Row) -> Congress:
    """Return a row, its days and organisations as the value that pages and rules work with."""
    return Congress(
        **about(row),
        **values_of(
            row,
            "id one_mail confirm_hours revision content_revision uid sequence revised_at"
            " evidence_until wishes_until wish_seed",
        ),
        days=tuple(sorted(TimeSlot(day.starts_at, day.ends_at) for day in row.days)),
        period=RegistrationPeriod(**values_of(row, PERIOD)),
        places=replace(as_places(row), held_back=row.held_back),
        online_places=Places(*_online_counters(row)),
        organisations=as_organisations(row.carriers),
        fields=uses(row.fields),
        reminder=CalendarAlarm(row.reminder),
        look=Look.of(row.look),
        letters=row.letters,
        paper=Paper.of(row.paper),
        modules=row.modules,
        rules=Rules.of(row.rules),
        link_is_out=row.link_told_at is not None,
        questions=own_questions.from_json(row.questions),
    )


def about(row: Row) -> dict[str, Any]:
    """Return what a congress says of itself (`About`), without languages nobody wrote."""
    values = {name: getattr(row, name) for name in ABOUT}
    texts = {name: written(each) for name, each in values.items() if isinstance(each, dict)}
    return (
        values
        | texts
        | {
            "kind": CongressKind(row.kind),
            "state": CongressState(row.state),
            "colour": Colour(row.colour),
        }
    )


def as_organisations(carriers: Sequence[CongressOrganisation]) -> tuple[NamedOrganisation, ...]:
    """Return the organisations of a congress in the organiser's order."""
    return tuple(
        NamedOrganisation(
            role=OrganisationRole(carrier.role),
            **values_of(carrier.organisation, SHOWN),
        )
        for carrier in carriers
    )
