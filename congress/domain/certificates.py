"""Certificates of attendance: who may have one, what it says, and how it is checked later.

What was said is kept without whose certificate it is: of the name only a digest is left, which
whoever has the code on the paper can compare (GDPR-08).
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.modes import EventMode
from congress.domain.module_facts import module_on
from congress.domain.modules import Share
from congress.domain.paper import Meal
from congress.domain.people import fold_name_alike
from congress.domain.programme import ProgrammeItem
from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot
from congress.domain.tokens import Key

# Without letters that are taken for others: 80 bits, as nobody is to find one by trying.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP, BITS = 16, 4, 5
KEPT = timedelta(days=3653)  # ten years, in which employers and funders may ask
LONGEST_SIGNER = 120  # characters, of the name and of the function
_MISREAD = str.maketrans("OIL", "011")
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


class NothingToCertify(Refused):
    """Nobody has ticked somebody off, so nothing says that they were there."""


class NotOverYet(Refused):
    """Who was there to the end is not known yet."""


@dataclass(eq=False)
class TooFewModules(Refused):
    """Somebody was there, but on fewer days than the congress asks for."""

    share: Share
    percent: int


class SignatureEditedMeanwhile(Refused):
    """Somebody else saved who signs after this form was opened."""


@dataclass(frozen=True)
class WasIn:
    """A workshop in which somebody was."""

    item_id: int
    title: Texts
    slot: TimeSlot


@dataclass(frozen=True)
class Statement:
    """What a certificate says of whoever it names."""

    title: Texts
    place: str
    days: tuple[TimeSlot, ...]  # of the congress, on which they were there
    workshops: tuple[WasIn, ...] = ()
    meals: Mapping[date, tuple[Meal, ...]] = field(default_factory=dict)  # free on these days
    held: int = 0  # how many days there were, where one had to attend a share of them
    modules: Mapping[date, Texts] = field(default_factory=dict)  # their titles, by day

    @property
    def length(self) -> timedelta:
        """How long all of it took by the programme, breaks included."""
        return sum((day.ends_at - day.starts_at for day in self.days), timedelta())

    @property
    def facts(self) -> tuple[object, ...]:
        """What tells it from one that says something else, whatever things are called."""
        was_in = frozenset((each.item_id, each.slot) for each in self.workshops)
        return self.days, was_in, tuple(sorted(self.meals.items()))

    @property
    def as_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "title": dict(self.title),
            "place": self.place,
            "days": [_moments(day) for day in self.days],
            "workshops": [
                {"id": each.item_id, "title": dict(each.title), "slot": _moments(each.slot)}
                for each in self.workshops
            ],
            "meals": {day.isoformat(): list(meals) for day, meals in self.meals.items()},
        }
        if self.held:
            said["held"] = self.held
        if self.modules:
            titles = {day.isoformat(): dict(title) for day, title in self.modules.items()}
            said["modules"] = titles
        return said

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Statement":
        """Return what a row holds."""
        return cls(
            stored["title"],
            stored["place"],
            tuple(_slot(each) for each in stored["days"]),
            tuple(
                WasIn(each["id"], each["title"], _slot(each["slot"]))
                for each in stored["workshops"]
            ),
            {
                date.fromisoformat(day): tuple(Meal(each) for each in meals)
                for day, meals in stored["meals"].items()
            },
            stored.get("held", 0),
            {date.fromisoformat(day): each for day, each in stored.get("modules", {}).items()},
        )

    def digest(self, name: str, code: str) -> str:
        """Return what is kept of the name, so that it can be compared and not be read.

        The code makes it so: it stands on the paper and nowhere else.
        """
        said = json.dumps(self.as_json, sort_keys=True)
        return hashlib.sha256("\n".join((code, fold_name_alike(name), said)).encode()).hexdigest()

    def is_founded(
        self, days: AbstractSet[date], items: AbstractSet[int], congress: Congress
    ) -> bool:
        """Return whether it is known still of somebody that they were there.

        `items` are those of which it is, and those that have gone from the programme.
        """
        said = {day.starts_at.astimezone(congress.zone).date() for day in self.days}
        return said <= days and {each.item_id for each in self.workshops} <= items


def require_certifiable(
    congress: Congress,
    *,
    was_there: bool,
    by_organisers: bool,
    now: datetime,
    share: Share | None = None,
) -> None:
    """Refuse a certificate of what did not take place, is not over, or was not attended.

    `share` is what one person attended, of which the congress may ask for more.

    Organisers hand them out at the end, so for them it is over when its last day has begun.
    """
    took_place = congress.state in {CongressState.PUBLISHED, CongressState.FINISHED}
    if not (took_place and was_there):
        raise NothingToCertify
    if now < (congress.days[-1].starts_at if by_organisers else congress.ends_at):
        raise NotOverYet
    least = congress.rules.certificate_from
    if share is not None and not share.reaches(least):
        raise TooFewModules(share, least)


def statement(
    congress: Congress, days: Sequence[date], items: Iterable[ProgrammeItem]
) -> Statement:
    """Return what is certified of whoever was there on these days and in these items."""
    there = [day for day in congress.days if day.starts_at.astimezone(congress.zone).date() in days]
    was_in = sorted(items, key=lambda each: (each.slot, each.id))
    is_online = congress.rules.mode is EventMode.ONLINE  # and so nobody came to a place
    return Statement(
        congress.title,
        "" if is_online else congress.town,
        tuple(there),
        tuple(WasIn(each.id, each.face.title, each.slot) for each in was_in),
        {} if is_online else congress.paper.free_on(days),
        len(congress.days) if congress.rules.certificate_from else 0,
        {day: module_on(congress.modules, day).title for day in days if _has_title(congress, day)},
    )


def _has_title(congress: Congress, day: date) -> bool:
    return bool(module_on(congress.modules, day).title)


def is_enough(said: Statement, congress: Congress) -> bool:
    """Return whether what somebody attended is enough for a certificate."""
    share = Share(len(said.days), len(congress.days))
    return share.attended > 0 and share.reaches(congress.rules.certificate_from)


def code_of(key: Key, nonce: str) -> str:
    """Return the code of a certificate, to be typed from paper: "7K2M-Q9XT-…"."""
    mac = hmac.new(key.secret, f"certificate:{nonce}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(mac)
    plain = "".join(ALPHABET[number >> BITS * at & len(ALPHABET) - 1] for at in range(LENGTH))
    return "-".join(plain[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_code(typed: str) -> str | None:
    """Return a code as it is printed, however it was typed; None where it cannot be one."""
    plain = "".join(char for char in typed.upper() if char.isalnum()).translate(_MISREAD)
    if not _CODE.fullmatch(plain):
        return None
    return "-".join(plain[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def _moments(slot: TimeSlot) -> list[str]:
    return [slot.starts_at.isoformat(), slot.ends_at.isoformat()]


def _slot(moments: Sequence[str]) -> TimeSlot:
    starts, ends = map(datetime.fromisoformat, moments)
    return TimeSlot(starts, ends)
