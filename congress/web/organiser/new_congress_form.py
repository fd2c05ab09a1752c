"""The form of a new congress: what was typed, read into its essentials, with helping sentences."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from congress import extensions
from congress.domain.congresses import CongressKind
from congress.domain.pasting.clock_words import read_times
from congress.domain.pasting.day_words import read_date
from congress.domain.pasting.settling import Frame, moment
from congress.domain.planning.first_plan import Essentials, slug_from
from congress.domain.programme import LONGEST_LINE
from congress.domain.slugs import RESERVED, is_slug
from congress.domain.times.local_time import NoSuchTime
from congress.domain.times.time_slots import TimeSlot
from congress.web import refusals
from congress.web.entries import (
    UNREADABLE,
    Entry,
    read_address,
    read_line,
    read_text,
    told,
)
from congress.web.languages import gettext as _
from congress.web.languages import number
from congress.web.organiser.readers import YEARS, day_of, places_of

LONGEST_LEAD, LONGEST_ADDRESS = 1000, 500
LINES = (
    *("title", "day", "last_day", "starts", "ends", "town", "venue", "deadline", "capacity"),
    *("host", "funder", "slug", "opens"),
)
LONGEST_ROWS = 60_000  # characters
MOST_DAYS = 14
# Word's line break within a paragraph; what else nobody sees is left out.
_LINE_BREAKS = re.compile("\r\n|\r|\x0b|\u2028|\u2029")
_UNSEEN = re.compile(
    "[\x00-\x08\x0c-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


@dataclass
class NewCongressForm:
    """All fields; `read_essentials` says what they mean once nothing is wrong."""

    title: Entry
    day: Entry
    last_day: Entry
    starts: Entry
    ends: Entry
    town: Entry
    venue: Entry
    deadline: Entry
    capacity: Entry
    host: Entry
    funder: Entry
    contact: Entry
    slug: Entry
    kind: Entry
    opens: Entry
    address: Entry
    lead: Entry
    rows: Entry
    confirmed: Entry

    @property
    def entries(self) -> list[Entry]:
        """Every field, in the order of the page."""
        return list(vars(self).values())

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries for error in told(entry)]

    @property
    def has_more(self) -> bool:
        """Whether anything is in the part that opens on demand, or wrong there."""
        folded = (self.slug, self.opens, self.address, self.lead)
        return any(entry.value or entry.errors for entry in folded)


def blank(contact: str) -> NewCongressForm:
    """Return the form as one finds it."""
    form = _empty()
    form.contact.value = contact
    return form


def typed(sent: MultiDict[str, str]) -> NewCongressForm:
    """Return the form with what was sent, and what is wrong with single fields."""
    form = _empty()
    missing = {
        "title": _("Please enter a title."),
        "day": _("Please enter the day, for example 21.10.2026."),
        "starts": _("Please enter when it starts, for example 9:30."),
        "ends": _("Please enter when it ends, for example 16:30."),
        "town": _("Please enter the town."),
        "deadline": _("Please enter the last day to register, for example 7.10.2026."),
        "host": _("Please enter who hosts the event."),
    }
    for name in LINES:
        entry = getattr(form, name)
        read_line(entry, sent.get(name, ""), most=LONGEST_LINE, missing=missing.get(name, ""))
    read_text(form.address, sent.get("address", ""), most=LONGEST_ADDRESS)
    read_text(form.lead, sent.get("lead", ""), most=LONGEST_LEAD)
    is_demo = extensions.settings().is_demo
    contact = read_address(form.contact, sent.get("contact", ""), is_demo=is_demo)
    form.contact.value = contact or form.contact.value
    if sent.get("kind") in set(CongressKind):
        form.kind.value = sent["kind"]
    form.confirmed.value = "y" if sent.get("confirmed") else ""
    _read_rows(form.rows, sent.get("rows", ""))
    return form


def frame_of(form: NewCongressForm) -> Frame | None:
    """Return days and hours as far as they are right; the rows can be read without."""
    first = read_date(form.day.value)
    last = read_date(form.last_day.value) if form.last_day.value else first
    starts, ends = _minutes(form.starts.value), _minutes(form.ends.value)
    if first is None or last is None or starts is None or ends is None or starts >= ends:
        return None
    if first.year not in YEARS or not 0 <= (last - first).days < MOST_DAYS:
        return None
    days = tuple(first + timedelta(days=each) for each in range((last - first).days + 1))
    return Frame(days, starts, ends, ZoneInfo(extensions.settings().timezone))


def read_essentials(form: NewCongressForm, frame: Frame | None, now: datetime) -> Essentials | None:
    """Return what the form means, or None when something in it has to be corrected."""
    _check_days(form)
    _check_hours(form)
    deadline = day_of(form.deadline)
    opens = day_of(form.opens) if form.opens.value else None
    capacity = places_of(form.capacity, least=1)
    slots = _slots(form, frame) if frame is not None else ()
    if not frame or not deadline or not slots or form.errors:
        return None
    essentials = Essentials(
        slug=form.slug.value or slug_from(form.title.value, frame.days[0].year),
        title=form.title.value,
        kind=CongressKind(form.kind.value),
        days=slots,
        deadline=deadline,
        opens=opens,
        capacity=capacity,
        town=form.town.value,
        venue=form.venue.value,
        address=form.address.value,
        lead=form.lead.value,
        host=form.host.value,
        funder=form.funder.value,
        contact_email=form.contact.value,
        timezone=frame.zone.key,
    )
    _check_slug(form)
    _check_period(form, essentials, now)
    return None if form.errors else essentials


def _read_rows(entry: Entry, sent: str) -> None:
    """Keep tabs, also the first: an empty cell at the start is a cell."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_BREAKS.sub("\n", sent)))
    entry.value = text.strip("\n").rstrip()
    if UNREADABLE in text:
        entry.errors.append(
            _("Some characters could not be read and show as “�”. Please type them again.")
        )
    if len(text) > LONGEST_ROWS:
        entry.errors.append(
            _(
                "Please shorten the entry to at most %(most)s characters; it has %(length)s.",
                most=number(LONGEST_ROWS),
                length=number(len(text)),
            )
        )


def _check_days(form: NewCongressForm) -> None:
    first, last = day_of(form.day), day_of(form.last_day) if form.last_day.value else None
    if first and last and last < first:
        form.last_day.errors.append(_("The last day is before the first day."))
    elif first and last and (last - first).days >= MOST_DAYS:
        form.last_day.errors.append(
            _("The last day must be at most %(days)d days after the first.", days=MOST_DAYS - 1)
        )


def _check_hours(form: NewCongressForm) -> None:
    starts, ends = (_minutes(entry.value) for entry in (form.starts, form.ends))
    for entry, minutes in ((form.starts, starts), (form.ends, ends)):
        if minutes is None and not entry.errors:
            entry.errors.append(_("Please enter a time such as 10:30."))
    if starts is not None and ends is not None and starts >= ends:
        form.ends.errors.append(_("The event must end after it starts."))


def _check_slug(form: NewCongressForm) -> None:
    slug = form.slug.value
    if slug and (not is_slug(slug) or slug in RESERVED):
        form.slug.errors.append(
            _(
                "This name cannot be used in an address. Please use 3 to 60 lower-case "
                "letters, digits and hyphens."
            )
        )


def _check_period(form: NewCongressForm, essentials: Essentials, now: datetime) -> None:
    if essentials.opens_at(now) < essentials.closes_at:
        return
    if essentials.opens is not None:
        form.opens.errors.append(_("Registration would open after its deadline."))
    else:
        form.deadline.errors.append(_("This day is over. Please enter a later one."))


def _slots(form: NewCongressForm, frame: Frame) -> Sequence[TimeSlot]:
    """Return the hours of each day; a clock that skips them is said at the field."""
    found = []
    for day in frame.days:
        for entry, minutes in ((form.starts, frame.starts), (form.ends, frame.ends)):
            try:
                found.append(moment(day, minutes, frame.zone))
            except NoSuchTime as refusal:
                entry.errors.append(refusals.text(refusal, frame.zone))
                return ()
    return [TimeSlot(*pair) for pair in zip(found[::2], found[1::2], strict=True)]


def _minutes(text: str) -> int | None:
    times = read_times(text)
    is_one = times is not None and times.ends is None and not times.all_day
    return times.starts if times is not None and is_one else None


def _empty() -> NewCongressForm:
    return NewCongressForm(
        title=Entry("title", _("Title"), required=True),
        day=Entry("day", _("Day"), required=True),
        last_day=Entry("last_day", _("Last day")),
        starts=Entry("starts", _("Starts"), required=True),
        ends=Entry("ends", _("Ends"), required=True),
        town=Entry("town", _("Town"), required=True),
        venue=Entry("venue", _("Venue")),
        deadline=Entry("deadline", _("Registration deadline"), required=True),
        capacity=Entry("capacity", _("Places in total")),
        host=Entry("host", _("Host"), required=True),
        funder=Entry("funder", _("Funded by")),
        contact=Entry("contact", _("Email for questions"), required=True),
        slug=Entry("slug", _("Short name in the address")),
        kind=Entry("kind", _("Kind of event"), value=CongressKind.FACHKONGRESS, required=True),
        opens=Entry("opens", _("Registration opens")),
        address=Entry("address", _("Postal address of the venue")),
        lead=Entry("lead", _("Introduction")),
        rows=Entry("rows", _("Paste rows from Excel or Word")),
        confirmed=Entry("confirmed", _("Everyone named in the programme has agreed to take part")),
    )
