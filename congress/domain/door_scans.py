"""What devices at doors have read, also while they were offline, and what came of each scan."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from congress.domain.attendance import is_expected_online
from congress.domain.modes import Mode
from congress.domain.registration import RegistrationState
from congress.domain.rules import Rules

MOST_AT_ONCE = 50  # scans in one request: a transaction of them stays short
LONGEST_WAIT = timedelta(days=2)
DEVICE_LENGTH = 4  # letters of its mark that people read


class Outcome(StrEnum):
    """What came of a scan; of each there is one, whatever is sent again."""

    CAME = "came"
    AGAIN = "again"  # this device had read them there before
    ELSEWHERE = "elsewhere"  # somebody else had ticked them off there before
    AT_ONCE = "at_once"  # came, and into something else at the same time
    NOT_BOOKED = "not_booked"
    NO_PLACE = "no_place"  # withdrawn meanwhile, or waits
    STAYS_AWAY = "stays_away"  # takes part online
    REPLACED = "replaced"  # there is a newer code
    UNKNOWN = "unknown"
    NO_DOOR = "no_door"


NEWLY_THERE = frozenset({Outcome.CAME, Outcome.AT_ONCE})
# Seen twice: that stays so, whoever is there.
DOUBLED = frozenset({Outcome.ELSEWHERE, Outcome.AT_ONCE})
# What somebody has to look at: each was let in on the spot or sent away, and the list says less.
TO_LOOK_AT = frozenset(Outcome) - {Outcome.CAME, Outcome.AGAIN}


@dataclass(frozen=True)
class Scan:
    """One scan as a device says it: whose code, by digest, or whom somebody picked by name."""

    uuid: str
    day: date
    item_id: int | None
    digest: str
    registration_id: int | None
    device_at: datetime  # by the clock of the device
    is_let_in: bool  # whoever stood there wanted it, place or not


@dataclass(frozen=True)
class Scanned:
    """Whom a scan is about, as they stand now."""

    id: int
    state: RegistrationState
    mode: Mode
    is_unconfirmed: bool
    is_replaced: bool
    booked: frozenset[int]


def judge(
    scan: Scan,
    person: Scanned | None,
    there: Mapping[int | None, str],
    *,
    device: str,
    rules: Rules,
    meeting: Mapping[int | None, AbstractSet[int]],
) -> Outcome:
    """Return what comes of a scan.

    `there` has where they were seen on that day, and by which device (empty for none); `meeting`
    has the doors that are open on that day, each with what is at the same time.
    """
    if person is None:
        return Outcome.UNKNOWN
    before, item = there.get(scan.item_id), scan.item_id
    is_stranger = item is not None and item not in person.booked and not scan.is_let_in
    checks = (
        (item not in meeting, Outcome.NO_DOOR),
        (person.is_replaced, Outcome.REPLACED),
        (before == device, Outcome.AGAIN),
        (before is not None, Outcome.ELSEWHERE),
        (person.state is not RegistrationState.CONFIRMED, Outcome.NO_PLACE),
        (is_expected_online(rules, person.mode), Outcome.STAYS_AWAY),
        (is_stranger, Outcome.NOT_BOOKED),
        (bool(meeting.get(item, frozenset()) & there.keys()), Outcome.AT_ONCE),
    )
    return next((outcome for holds, outcome in checks if holds), Outcome.CAME)


def corrected(device_at: datetime, *, ahead: timedelta, now: datetime) -> datetime:
    """Return when a scan really was, by a device whose clock is `ahead`.

    Never after now, nor long before: a clock that was set in between would say anything.
    """
    return min(max(device_at - ahead, now - LONGEST_WAIT), now)


def in_order(scans: Collection[Scan]) -> list[Scan]:
    """Return scans as they were made, each once."""
    by_mark = {scan.uuid: scan for scan in scans}
    return sorted(by_mark.values(), key=lambda scan: (scan.device_at, scan.uuid))
