"""The form of what a congress says of itself and asks of those who register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from zoneinfo import ZoneInfo

from congress import clock, extensions
from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.confirming import MOST_HOURS
from congress.domain.congresses import Colour, Congress, CongressKind
from congress.domain.fields import ASSISTANCE, POSSIBLE_USES, FieldUse
from congress.domain.planning.particulars import NAMES, Particulars, faults
from congress.domain.programme import LONGEST_LINE, LONGEST_TEXT
from congress.domain.registration import RegistrationPeriod, end_of_day
from congress.domain.times import local_time
from congress.formats.congress_file_values import LEAD, SHORT
from congress.formats.field_words import field_words
from congress.web import languages, refusals
from congress.web.entries import Entry, read_address, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.readers import (
    LANGUAGES,
    clock_of,
    day_of,
    moment_of,
    places_of,
    read_link,
    texts_of,
)
from congress.web.organiser.settings_words import LABELS, label

# As many characters as a congress file may have there.
LINES = {"title": LONGEST_LINE, "venue": LONGEST_LINE}
LONG_TEXTS = {
    "lead": LEAD,
    "description": LONGEST_TEXT,
    "directions": LONGEST_TEXT,
    "accessibility": LONGEST_TEXT,
    "cost": SHORT,
}
TEXTS = LINES | LONG_TEXTS
LONGEST_VERSION = 400
BOXES = ("waiting_list", "one_mail")
REQUIRED = frozenset({"title_de", "kind", "colour", "opens_at", "closes_at"})
OF_THEIR_OWN = ("changes_until", "withdrawals_until")  # may be empty
SHORT_LINES = ("opens_at", "opens_clock", "closes_at", *OF_THEIR_OWN, "capacity", "confirm_hours")


@dataclass
class SettingsForm:
    """All entries by name; `read_particulars` says what they mean once nothing is wrong.

    `version` is that of what the form was opened with.
    """

    entries: dict[str, Entry]
    version: str = ""

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]

    @property
    def questions(self) -> list[Entry]:
        """What the registration form may ask, each with its use; assistance needs stand apart."""
        return [self[_use_of(name)] for name in POSSIBLE_USES if name != ASSISTANCE]

    @property
    def assistance(self) -> Entry:
        """Whether the form asks what somebody needs to take part."""
        return self[_use_of(ASSISTANCE)]

    def fill(self, **values: str) -> None:
        """Put values into entries of these names."""
        for name, value in values.items():
            self[name].value = value


def filled(own: Particulars, zone: ZoneInfo) -> SettingsForm:
    """Return the form with these particulars, in the words in which they can be typed."""
    form = _empty()
    form.version = own.version
    for name in TEXTS:
        for language in LANGUAGES:
            form[f"{name}_{language}"].value = getattr(own, name).get(language, "")
    opens = own.opens_at.astimezone(zone)
    form.fill(
        kind=own.kind,
        colour=own.colour,
        town=own.town,
        address=own.address,
        online_link=own.online_link,
        contact_email=own.contact_email,
        opens_at=_day(opens),
        opens_clock=languages.dates(zone).bare_time(opens),
        closes_at=_day(_last_moment(own.closes_at, zone)),
        **{
            name: _day(_last_moment(moment, zone)) if (moment := getattr(own, name)) else ""
            for name in OF_THEIR_OWN
        },
        capacity="" if own.capacity is None else str(own.capacity),
        waiting_list="y" if own.waiting_list else "",
        one_mail="y" if own.one_mail else "",
        reminder=own.reminder,
        confirm_hours=str(own.confirm_hours or ""),
        **{_use_of(name): use for name, use in own.fields.items()},
    )
    return form


def typed(sent: Mapping[str, str]) -> SettingsForm:
    """Return the form with what was sent, and what is wrong with single entries."""
    form = _empty()
    form.version = sent.get("version", "")[:LONGEST_VERSION]
    for name, most in TEXTS.items():
        read = read_line if name in LINES else read_text
        for language in LANGUAGES:
            entry = form[f"{name}_{language}"]
            read(entry, sent.get(entry.name, ""), most=most)
    read_line(form["town"], sent.get("town", ""), most=LONGEST_LINE)
    read_text(form["address"], sent.get("address", ""), most=SHORT)
    read_link(form["online_link"], sent.get("online_link", ""))
    is_demo = extensions.settings().is_demo
    contact = form["contact_email"]
    contact.value = (
        read_address(contact, sent.get(contact.name, ""), is_demo=is_demo) or contact.value
    )
    for name in SHORT_LINES:
        read_line(form[name], sent.get(name, ""), most=LONGEST_LINE)
    for name in BOXES:
        form[name].value = "y" if sent.get(name) else ""
    for name in ("kind", "colour", "reminder", *map(_use_of, POSSIBLE_USES)):
        read_line(form[name], sent.get(name, ""), most=LONGEST_LINE)
    return form


def read_particulars(form: SettingsForm, congress: Congress) -> Particulars | None:
    """Return what the form means, or None when something in it has to be corrected.

    What it does not show stays as it is in the congress: texts in further languages, and the hour
    of a deadline that a file has set within a day.
    """
    before, zone = Particulars.of(congress), congress.zone
    texts: dict[str, Any] = {name: _texts(form, name, before) for name in TEXTS}
    if not form["title_de"].value:
        form["title_de"].errors = [_("Please enter a title in German.")]
    _check_choices(form)
    if form["contact_email"].value == before.contact_email:
        form["contact_email"].errors.clear()  # a file may hold what no mail server would take
    opens_at, closes_at = _opening(form, before, zone), _last_day(form, "closes_at", before, zone)
    until = {name: _last_day(form, name, before, zone) for name in OF_THEIR_OWN}
    capacity, confirm_hours = places_of(form["capacity"]), _hours(form["confirm_hours"])
    if opens_at is not None and closes_at is not None:
        period = RegistrationPeriod(opens_at, closes_at, **until)
        for name, refusal in faults(period, congress, clock.now()):
            form[name].errors.append(refusals.text(refusal, congress.zone))
    if opens_at is None or closes_at is None or form.errors:
        return None
    return Particulars(
        **texts,
        kind=CongressKind(form["kind"].value),
        colour=Colour(form["colour"].value),
        town=form["town"].value,
        address=form["address"].value,
        online_link=form["online_link"].value,
        contact_email=form["contact_email"].value,
        opens_at=opens_at,
        closes_at=closes_at,
        changes_until=until["changes_until"],
        withdrawals_until=until["withdrawals_until"],
        capacity=capacity,
        waiting_list=bool(form["waiting_list"].value),
        one_mail=bool(form["one_mail"].value),
        reminder=CalendarAlarm(form["reminder"].value),
        confirm_hours=confirm_hours,
        fields={name: FieldUse(form[_use_of(name)].value) for name in POSSIBLE_USES},
    )


def _hours(entry: Entry) -> int:
    """Return for how many hours a place is held; an empty field asks nobody to confirm."""
    if not entry.value or entry.errors:
        return 0
    hours = read_number(entry.value, most=MOST_HOURS)
    if not hours:
        entry.errors.append(
            _("Please enter 1 to %(most)d hours, or leave the field empty.", most=MOST_HOURS)
        )
    return hours or 0


def _texts(form: SettingsForm, name: str, before: Particulars) -> dict[str, str]:
    """A text that stands in another language stands in German as well, as in a congress file."""
    german, english = (form[f"{name}_{language}"] for language in LANGUAGES)
    found = texts_of(getattr(before, name), german, english)
    if found and not german.value:
        german.errors.append(_("Please enter this in German as well."))
    return found


def _check_choices(form: SettingsForm) -> None:
    choices: dict[str, type[StrEnum]] = {
        "kind": CongressKind,
        "colour": Colour,
        "reminder": CalendarAlarm,
    }
    choices |= {_use_of(name): uses for name, uses in POSSIBLE_USES.items()}
    for name, choice in choices.items():
        if form[name].value not in set(choice):
            form[name].errors.append(_("Please choose one of these."))


def _opening(form: SettingsForm, before: Particulars, zone: ZoneInfo) -> datetime | None:
    """Without a clock time it opens when the day begins."""
    day = day_of(form["opens_at"])
    if not form["opens_clock"].value:
        return local_time.start_of_day(day, zone) if day else None
    clock = clock_of(form["opens_clock"])
    if day is None or clock is None:
        return None
    return moment_of(form["opens_clock"], day, clock, before.opens_at, zone)


def _last_day(
    form: SettingsForm, name: str, before: Particulars, zone: ZoneInfo
) -> datetime | None:
    """The day counts to its end; one that was left alone keeps the hour it has."""
    if name in OF_THEIR_OWN and not form[name].value:
        return None
    day, known = day_of(form[name]), getattr(before, name)
    if day is None:
        return None
    if known is not None and day == _last_moment(known, zone).date():
        return cast("datetime", known)
    return end_of_day(day, zone).astimezone(UTC)


def _last_moment(until: datetime, zone: ZoneInfo) -> datetime:
    return (until - timedelta(microseconds=1)).astimezone(zone)


def _day(moment: datetime) -> str:
    return f"{moment.day}.{moment.month}.{moment.year}"


def _use_of(field: str) -> str:
    return f"use_{field}"


def _empty() -> SettingsForm:
    """Entries stand in the order of the page, as their faults are said."""
    words = field_words(languages.current())
    uses = {_use_of(name): words[name].label for name in POSSIBLE_USES}
    labels = {name: label(name) for name in LABELS if name not in {*TEXTS, "fields"}}
    labels |= {"opens_clock": _("Opening time"), **uses}
    for name in TEXTS:
        labels[f"{name}_de"] = _("%(what)s (German)", what=label(name))
        labels[f"{name}_en"] = _("%(what)s (English)", what=label(name))
    order = [each for name in NAMES for each in _entries_of(name)]
    return SettingsForm(
        {name: Entry(name, labels[name], required=name in REQUIRED) for name in order}
    )


def _entries_of(name: str) -> list[str]:
    if name in TEXTS:
        return [f"{name}_{language}" for language in LANGUAGES]
    if name == "fields":
        return list(map(_use_of, POSSIBLE_USES))
    return ["opens_at", "opens_clock"] if name == "opens_at" else [name]
