"""The two days a list can be asked for: on which something held, and as it was known on which."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from flask import request

from congress import clock
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.network.frame import today, zone
from congress.web.organiser.readers import day_of

LONGEST_DAY = 40
ONE_DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


@dataclass(frozen=True)
class Days:
    """What the address asks for; a day that is none counts as if it were not there."""

    on: Entry
    known: Entry
    day: date
    known_on: date | None  # None: as known today

    @property
    def known_at(self) -> datetime | None:
        """The last moment of the day as known on which is asked; None asks about now."""
        return end_of(self.known_on) if self.known_on else None

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong with the days typed."""
        return [*told(self.on), *told(self.known)]

    @property
    def is_asked(self) -> bool:
        """Whether another day than today is asked for."""
        return self.day != today() or self.known_on is not None

    def query(self, **more: object) -> str:
        """Return what stands behind an address that asks for the same days."""
        asked: dict[str, object] = {}
        if self.day != today():
            asked["on"] = self.day.isoformat()
        if self.known_on:
            asked["known"] = self.known_on.isoformat()
        asked |= {name: value for name, value in more.items() if value}
        return f"?{urlencode(asked)}" if asked else ""


def days_asked() -> Days:
    """Read both days from the address."""
    on, known = Entry("on", _("On the day")), Entry("known", _("As known on"))
    for entry in (on, known):
        read_line(entry, request.args.get(entry.name, ""), most=LONGEST_DAY)
    day = day_of(on) if on.value else None
    known_on = day_of(known) if known.value else None
    if known_on is not None and known_on >= today():
        known_on = None  # what will be known, nobody knows
    for entry, found in ((on, day), (known, known_on)):
        if found is not None:
            entry.value = f"{found:%d.%m.%Y}"
        elif not entry.errors:
            entry.value = ""
    return Days(on, known, day or today(), known_on)


def end_of(day: date) -> datetime:
    """Return the last moment of a local day."""
    return datetime.combine(day + ONE_DAY, time(), zone()).astimezone(clock.now().tzinfo) - INSTANT
