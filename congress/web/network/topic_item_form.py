"""The form of the item of the programme that treats a topic; the rest is edited there."""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from congress.domain.congresses import Congress
from congress.domain.network.topics import LONGEST_TITLE, TopicFacts
from congress.domain.planning import adding
from congress.domain.planning.adding import Spot
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import LONGEST_TEXT
from congress.domain.times.time_slots import TimeSlot
from congress.web import languages
from congress.web.entries import Entry, read_line, read_text
from congress.web.languages import gettext as _
from congress.web.network.topic_forms import LONGEST_CHOICE, Form, read_format
from congress.web.organiser.readers import clock_of, moment_of


def item_form(facts: TopicFacts, meeting: Congress, spots: Sequence[Spot]) -> Form:
    """Return the form of the item that treats a topic, after what a day holds already."""
    zone, days = meeting.zone, meeting.days
    free = next(((day, slot) for day in days if (slot := adding.slot_after(day, spots))), None)
    day, slot = free or (days[0], days[0])
    say = languages.dates(zone).bare_time
    entries = {
        "title_de": Entry("title_de", _("Title (German)"), facts.title, required=True),
        "title_en": Entry("title_en", _("Title (English)")),
        "text_de": Entry("text_de", _("Text (German)"), facts.need),
        "kind": Entry("kind", _("Format"), facts.kind, required=True),
        "day": Entry("day", _("Day"), _local(day, zone).isoformat(), required=True),
        "starts": Entry(
            "starts", _("Begins at"), say(slot.starts_at.astimezone(zone)), required=True
        ),
        "ends": Entry("ends", _("Ends at"), say(slot.ends_at.astimezone(zone)), required=True),
    }
    return Form(entries)


def days_of(meeting: Congress) -> list[tuple[str, str]]:
    """Return the days of a meeting, to choose from."""
    say = languages.dates(meeting.zone).day
    return [
        (_local(day, meeting.zone).isoformat(), str(say(day.starts_at))) for day in meeting.days
    ]


def read_item(form: Form, posted: Mapping[str, str], meeting: Congress) -> ItemPlan | None:
    """Take over what was typed of an item; nothing where it cannot be used."""
    given = form.entries
    missing = _("Please enter a title.")
    for name in ("title_de", "title_en"):
        read_line(given[name], posted.get(name, ""), most=LONGEST_TITLE, missing=missing)
    read_text(given["text_de"], posted.get("text_de", ""), most=LONGEST_TEXT)
    kind, slot = read_format(given["kind"], posted), _slot(given, posted, meeting)
    if form.errors or kind is None or slot is None:
        return None
    title = {"de": given["title_de"].value, "en": given["title_en"].value}
    return ItemPlan(
        code="",
        kind=kind,
        title={language: said for language, said in title.items() if said},
        slot=slot,
        abstract={"de": given["text_de"].value} if given["text_de"].value else {},
    )


def _slot(
    given: Mapping[str, Entry], posted: Mapping[str, str], meeting: Congress
) -> TimeSlot | None:
    zone, days = meeting.zone, meeting.days
    given["day"].value = posted.get("day", "")[:LONGEST_CHOICE]
    day = next((each for each in days if str(_local(each, zone)) == given["day"].value), None)
    if day is None:
        given["day"].errors.append(_("Please choose one of these."))
    for name in ("starts", "ends"):
        read_line(given[name], posted.get(name, ""), most=LONGEST_CHOICE)
    starts, ends = clock_of(given["starts"]), clock_of(given["ends"])
    if day is None or starts is None or ends is None:
        return None
    on = _local(day, zone)
    begins = moment_of(given["starts"], on, starts, None, zone)
    over = moment_of(given["ends"], on, ends, None, zone)
    if begins and over and over <= begins:
        given["ends"].errors.append(_("Please enter a time after the beginning."))
    if given["ends"].errors or begins is None or over is None:
        return None
    return TimeSlot(begins, over)


def _local(day: TimeSlot, zone: ZoneInfo) -> date:
    return day.starts_at.astimezone(zone).date()
