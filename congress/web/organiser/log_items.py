"""The words of the log about programme items: what was edited in them, from what to what."""

from datetime import date, datetime

from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot
from congress.queries.audit import LogLine
from congress.web.languages import gettext, short_name, text
from congress.web.organiser import frame
from congress.web.organiser.field_names import field_name


def name_of(line: LogLine) -> str:
    """Return the name of the item that a line is about, if it is about one."""
    return short_name(line.item.number, line.item) if line.item else ""


def edited(line: LogLine) -> str:
    """Say what was edited."""
    told = [_from_to_in_item(line, field) for field in line.fields]
    return gettext("“%(item)s” was edited: %(fields)s.", item=name_of(line), fields="; ".join(told))


def taken_back(line: LogLine) -> str:
    """Say what of the edited was taken back before anybody saw it."""
    told = [_from_to_in_item(line, field) for field in line.fields]
    return gettext(
        "Unpublished changes to “%(item)s” were taken back: %(fields)s.",
        item=name_of(line),
        fields="; ".join(told),
    )


def undone(line: LogLine) -> str:
    """Say what of an edit was undone."""
    told = [_from_to_in_item(line, field) for field in line.fields]
    return gettext(
        "What was edited in “%(item)s” was undone: %(fields)s.",
        item=name_of(line),
        fields="; ".join(told),
    )


def _from_to_in_item(line: LogLine, field: str) -> str:
    """Say from what to what, where the reader's language has both; a translation is only named."""
    values = line.details.get("changes", {}).get(field)
    if values is None:
        return field_name(field)
    if field in {"minimum", "minimum_by"}:
        before, after = map(_plain, values)
        return f"{field_name(field)} {before} → {after}"
    if field == "cancelled":
        return gettext("Cancelled: not taking place") if values[1] else gettext("On after all")
    if field == "bookable":
        is_chosen = gettext("people choose it when they register")
        return is_chosen if values[1] else gettext("nobody chooses it any more")
    before, after = _slots(*values) if field == "time" else map(_quoted, values)
    return field_name(field) if before == after else f"{field_name(field)} {before} → {after}"


def _plain(value: int | str | None) -> str:
    """Say a number, or a day as it is kept."""
    if isinstance(value, str):
        return frame.dates().date(date.fromisoformat(value))
    return "–" if value is None else str(value)


def _quoted(value: Texts) -> str:
    return gettext("“%(title)s”", title=text(value)) if value else "–"


def _slots(*values: tuple[str, str]) -> list[str]:
    """Say two times, with the day where it is another one."""
    dates = frame.dates()
    slots = [TimeSlot(*map(datetime.fromisoformat, value)) for value in values]
    days = [dates.date(slot.starts_at) for slot in slots]
    if len(set(days)) == 1:
        return [dates.range(slot) for slot in slots]
    return [f"{day}, {dates.range(slot)}" for day, slot in zip(days, slots, strict=True)]
