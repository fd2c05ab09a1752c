"""What a congress says of itself and asks of whoever registers, as organisers change it.

Its short name, its days, rooms, organisations and programme are no part of it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.congresses import Colour, Congress, CongressKind
from congress.domain.errors import Refused
from congress.domain.fields import FieldUse
from congress.domain.mails.congress_news import IN_PLACE
from congress.domain.planning.item_plan import changed_fields
from congress.domain.registration import DEADLINES, RegistrationPeriod, end_of_day
from congress.domain.texts import Texts

DIGEST = 8  # characters for each of the particulars in a version


class EditedMeanwhile(Refused):
    """Somebody else saved particulars of the congress after this form was opened."""


class OpensAfterDeadline(Refused):
    """Registration would open when its deadline has passed already."""


@dataclass(eq=False)
class DeadlineAfterEnd(Refused):
    """One could still register when the last day of the congress is over."""

    ends_at: datetime


class EndsBeforeOpening(Refused):
    """Changes or cancellations would end before registration opens."""


class OpenToSomebody(Refused):
    """Registration would open anew when people have registered, and could change nothing."""


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """All of it, in the order of the page; a `capacity` of None has no limit."""

    title: Texts
    lead: Texts
    description: Texts
    kind: CongressKind
    colour: Colour
    town: str
    venue: Texts
    address: str
    online_link: str = ""
    directions: Texts
    accessibility: Texts
    cost: Texts
    contact_email: str
    opens_at: datetime
    closes_at: datetime  # the first moment too late
    changes_until: datetime | None = None
    withdrawals_until: datetime | None = None
    capacity: int | None
    waiting_list: bool
    fields: Mapping[str, FieldUse]
    one_mail: bool
    reminder: CalendarAlarm = CalendarAlarm.NONE
    confirm_hours: int = 0  # for which a place is held until its address is confirmed

    @classmethod
    def of(cls, congress: Congress) -> "Particulars":
        """Return those of a congress."""
        own: dict[str, Any] = {
            **{name: getattr(congress.period, name) for name in OF_PERIOD},
            "capacity": congress.places.capacity,
            "waiting_list": congress.places.waiting_list_open,
        }
        return cls(**own, **{name: getattr(congress, name) for name in NAMES if name not in own})

    def applied_to(self, congress: Congress) -> Congress:
        """Return a congress as it would be with these; its places change by the rules of queues."""
        values = {name: getattr(self, name) for name in NAMES if name not in OF_REGISTRATION}
        return replace(congress, **values, period=self.period)

    @property
    def period(self) -> RegistrationPeriod:
        return RegistrationPeriod(**{name: getattr(self, name) for name in OF_PERIOD})

    def changes(self, after: "Particulars") -> tuple[str, ...]:
        """Return the names of what is otherwise afterwards, in the order of the page."""
        return changed_fields(self, after, dict(zip(NAMES, NAMES, strict=True)))

    @property
    def version(self) -> str:
        """What tells these from any others, one by one."""
        return "".join(_digest(getattr(self, name)) for name in NAMES)

    def changed_since(self, version: str) -> tuple[str, ...]:
        """Return the names of what is not as in a version; all of them where that is none."""
        pieces = [version[at : at + DIGEST] for at in range(0, len(version), DIGEST)]
        if len(pieces) != len(NAMES):
            return NAMES
        return tuple(
            name
            for name, piece in zip(NAMES, pieces, strict=True)
            if _digest(getattr(self, name)) != piece
        )

    def over(self, stored: "Particulars", version: str) -> "Particulars":
        """Return what is stored with what somebody changed who began from a version.

        So what others saved meanwhile stays where it was left alone.
        """
        return replace(
            stored, **{name: getattr(self, name) for name in self.changed_since(version)}
        )


NAMES = tuple(each.name for each in fields(Particulars))
OF_PERIOD = ("opens_at", *DEADLINES)
OF_REGISTRATION = (*OF_PERIOD, "capacity", "waiting_list")
PLACES = ("capacity", "waiting_list")
TOLD = ("title", *IN_PLACE, "online_link")  # whoever has or waits for a place hears of it


def told(
    before: Particulars, after: Particulars, *, starts_at: datetime, now: datetime
) -> tuple[str, ...]:
    """Return the names of what changes that whoever has or waits for a place hears of."""
    was, becomes = (each.period.as_told(starts_at) for each in (before, after))
    hears = {*TOLD, *DEADLINES} if was.closes_otherwise(becomes, now) else {*TOLD}
    return tuple(name for name in before.changes(after) if name in hears)


def faults(
    period: RegistrationPeriod, congress: Congress, now: datetime
) -> list[tuple[str, Refused]]:
    """Return why registration cannot be open then, with the name of what is to be changed.

    A deadline that a file set after the end may stay: it stands in nobody's way.
    """
    found: list[tuple[str, Refused]] = []
    if period.opens_at >= period.closes_at:
        found.append(("opens_at", OpensAfterDeadline()))
    elif shuts_out(period, congress, now):
        found.append(("opens_at", OpenToSomebody()))
    last = (congress.ends_at - timedelta(microseconds=1)).astimezone(congress.zone).date()
    for name in DEADLINES:
        moment = getattr(period, name)
        if moment is None:
            continue
        if name != "closes_at" and moment <= period.opens_at:
            found.append((name, EndsBeforeOpening()))
        is_late = moment > end_of_day(last, congress.zone)
        if is_late and moment != getattr(congress.period, name):
            found.append((name, DeadlineAfterEnd(congress.ends_at)))
    return found


def shuts_out(period: RegistrationPeriod, congress: Congress, now: datetime) -> bool:
    """Return whether people who registered could not change anything until it opens again.

    Their letters promised that they can. Where it has not opened yet, it may open later: whoever
    organisers have entered could not change anything before either.
    """
    is_open_later = congress.period.opens_at <= now < period.opens_at
    return is_open_later and bool(congress.places.taken or congress.places.waiting)


def mark_of_amendment(congress: Congress, wanted: Particulars) -> str:
    """Return what a question about other particulars rests on: who is told follows from it."""
    days = [[each.starts_at, each.ends_at] for each in congress.days]
    facts = [str(congress.state), _stated(days), Particulars.of(congress).version, wanted.version]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def _digest(value: object) -> str:
    return hashlib.sha256(repr(_stated(value)).encode()).hexdigest()[:DIGEST]


def _stated(value: Any) -> Any:  # noqa: ANN401 - any of the particulars
    """Return a value so that it reads the same however it was put together."""
    if isinstance(value, Mapping):
        return sorted((name, str(each)) for name, each in value.items())
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_stated(each) for each in value]
    return str(value)
