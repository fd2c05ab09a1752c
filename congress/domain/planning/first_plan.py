"""A new congress from what its organiser says first: the essentials, and a programme."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from congress.domain.congress_file.plan import (
    CongressPlan,
    DayPlan,
    OrganisationPlan,
    RegistrationPlan,
    RoomPlan,
)
from congress.domain.congresses import CongressKind, CongressState, OrganisationRole
from congress.domain.fields import FieldUse
from congress.domain.folding import fold_for_order
from congress.domain.pasting.people import SPEAKER
from congress.domain.people import fold_name
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import DIALOGUE_PARTNER, ItemKind
from congress.domain.registration import end_of_day
from congress.domain.rules import Access, Rules
from congress.domain.texts import REQUIRED_LANGUAGE, Texts
from congress.domain.times import local_time
from congress.domain.times.time_slots import TimeSlot

LONGEST_SLUG_WORDS = 45
DELEGATES = 2  # of each member, at a network meeting whose organiser has not said otherwise
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, kw_only=True)
class Essentials:
    """What a congress needs before anything else; texts are German, days in their order."""

    slug: str
    title: str
    kind: CongressKind
    days: Sequence[TimeSlot]
    deadline: date
    opens: date | None  # None: as soon as it is published
    capacity: int | None
    town: str
    venue: str
    address: str
    lead: str
    host: str
    funder: str
    contact_email: str
    timezone: str

    @property
    def closes_at(self) -> datetime:
        """The first moment too late: the day counts to its end."""
        return end_of_day(self.deadline, ZoneInfo(self.timezone)).astimezone(UTC)

    def opens_at(self, now: datetime) -> datetime:
        if self.opens is None:
            return now.replace(microsecond=0)
        return local_time.start_of_day(self.opens, ZoneInfo(self.timezone))


def first_plan(
    essentials: Essentials, rooms: Sequence[RoomPlan], items: Sequence[ItemPlan], *, now: datetime
) -> CongressPlan:
    """Return the draft of a congress; what is not asked is as a congress file would leave it."""
    zone = ZoneInfo(essentials.timezone)
    return CongressPlan(
        slug=essentials.slug,
        kind=essentials.kind,
        state=CongressState.DRAFT,
        title={REQUIRED_LANGUAGE: essentials.title},
        lead=_german(essentials.lead),
        description={},
        cost={},
        town=essentials.town,
        venue=_german(essentials.venue),
        address=essentials.address,
        directions={},
        accessibility={},
        timezone=essentials.timezone,
        contact_email=essentials.contact_email,
        registration=_registration(essentials, now),
        days=tuple(
            DayPlan(slot.starts_at.astimezone(zone).date(), slot) for slot in essentials.days
        ),
        organisations=_organisations(essentials),
        rooms=tuple(rooms),
        items=tuple(_of_kind(each, essentials.kind) for each in items),
    )


def _of_kind(item: ItemPlan, kind: CongressKind) -> ItemPlan:
    """Return an item as this kind of event has it: what one chooses on a Social Day is a placement.

    A pasted table says "workshop" for everything with places; there is nobody to ask there.
    """
    if kind is not CongressKind.SOCIAL_DAY or item.kind is not ItemKind.WORKSHOP:
        return item
    people = tuple(
        replace(each, role=SPEAKER) if each.role == DIALOGUE_PARTNER else each
        for each in item.people
    )
    return replace(item, kind=ItemKind.PLACEMENT, people=people)


def slug_from(title: str, year: int) -> str:
    """Return a short name made of the first words of a title and the year."""
    plain = fold_for_order(title.casefold().translate(_GERMAN))
    slug = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        if len(slug) + len(word) >= LONGEST_SLUG_WORDS:
            break
        slug = f"{slug}-{word}" if slug else word
    slug = slug or "kongress"
    return slug if str(year) in slug.split("-") else f"{slug}-{year}"


def _registration(essentials: Essentials, now: datetime) -> RegistrationPlan:
    """Return how one registers; at a network meeting members do, so many each."""
    usual = RegistrationPlan(
        opens_at=essentials.opens_at(now),
        closes_at=essentials.closes_at,
        capacity=essentials.capacity,
    )
    if essentials.kind is not CongressKind.NETWORK_MEETING:
        return usual
    is_large = essentials.capacity is None or essentials.capacity > DELEGATES
    rules = Rules(access=Access.MEMBERS, quota=DELEGATES if is_large else 0)
    return replace(usual, rules=rules, fields={**usual.fields, "organisation": FieldUse.REQUIRED})


def _german(text: str) -> Texts:
    return {REQUIRED_LANGUAGE: text} if text else {}


def _organisations(essentials: Essentials) -> tuple[OrganisationPlan, ...]:
    """Somebody who is host and funder at once is named in both roles."""
    named = ((essentials.host, OrganisationRole.HOST), (essentials.funder, OrganisationRole.FUNDER))
    return tuple(OrganisationPlan(name, role) for name, role in named if fold_name(name))
