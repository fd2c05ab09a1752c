"""What the public calendars say: one entry per programme item, one per congress.

They mark nobody as busy. Whoever subscribes sees what is moved move and what is cancelled
stand there as cancelled: nothing that was shown once disappears.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from congress.domain.calendars.calendar import Content, Entry, Status
from congress.domain.congresses import Congress, CongressState
from congress.domain.modes import EventMode
from congress.domain.programme import ProgrammeItem
from congress.domain.texts import in_language, in_one_line
from congress.domain.times.time_slots import TimeSlot

KEEP_CANCELLED = timedelta(days=90)
PUBLIC = frozenset({CongressState.PUBLISHED, CongressState.CANCELLED, CongressState.FINISHED})
MIDNIGHT_BELONGS_TO_THE_DAY_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True)
class Wording:
    """The language of a calendar, and the words and addresses that the rules do not know.

    `cancelled` comes before a title because several programs ignore STATUS; `people` says who
    takes part, `hours` when, each as one line, `online` that nobody comes to any place.
    """

    language: str
    cancelled: str
    online: str
    people: Callable[[ProgrammeItem], str]
    hours: Callable[[Congress, TimeSlot], str]
    congress_url: Callable[[Congress], str]
    item_url: Callable[[Congress, ProgrammeItem], str]


def of_programme(
    congress: Congress, items: Sequence[ProgrammeItem], wording: Wording
) -> list[Entry]:
    """Return the calendar of one congress; without a programme it is the congress itself.

    Of a course it is its modules.
    """
    _require_public(congress)
    if not items:
        return _of_congress(congress, wording)
    return [item_entry(congress, item, wording) for item in items]


def of_all(congresses: Sequence[Congress], wording: Wording) -> list[Entry]:
    """Return the calendar of all congresses in order of time: one entry each, or one a module."""
    for each in congresses:
        _require_public(each)
    in_order = sorted(congresses, key=lambda each: (each.starts_at, each.id))
    return [entry for each in in_order for entry in _of_congress(each, wording)]


def _of_congress(congress: Congress, wording: Wording) -> list[Entry]:
    if not congress.is_course:
        return [congress_entry(congress, wording)]
    return [module_entry(congress, number, wording) for number in range(len(congress.days))]


def module_entry(congress: Congress, number: int, wording: Wording) -> Entry:
    """Return the entry of a module of a course, counted from 0.

    The same module in order is the same entry, so that one that is moved moves.
    """
    language, slot = wording.language, congress.days[number]
    title = in_language(congress.title, language)
    of_module = in_language(congress.module_of(slot).title, language)
    content = Content(
        summary=f"{title}: {of_module}" if of_module else title,
        starts=slot.starts_at,
        ends=slot.ends_at,
        timezone=congress.timezone,
        location=_location(congress, wording, slot=slot),
        description=in_language(congress.lead, language),
        url=wording.congress_url(congress),
    )
    uid, revised_at = f"module-{number + 1}-{congress.uid}", congress.revised_at
    entry = Entry(uid, congress.sequence, revised_at, _status(congress), content, transparent=True)
    return with_cancelled_title(entry, wording.cancelled)


def item_entry(congress: Congress, item: ProgrammeItem, wording: Wording) -> Entry:
    """Return the entry of a released item.

    It names the venue, so it is revised with the item and with the congress: the sum of both
    SEQUENCEs rises with either and never falls.
    """
    face, language = item.face, wording.language
    lines = (in_language(face.abstract, language), wording.people(item))
    content = Content(
        summary=in_language(face.title, language),
        starts=face.slot.starts_at,
        ends=face.slot.ends_at,
        timezone=congress.timezone,
        location=_location(congress, wording, in_language(face.room, language), face.slot),
        description="\n\n".join(line for line in lines if line),
        url=wording.item_url(congress, item),
    )
    entry = Entry(
        uid=item.uid,
        sequence=item.sequence + congress.sequence,
        revised_at=max(item.revised_at or congress.revised_at, congress.revised_at),
        status=_status(congress, is_cancelled=face.cancelled),
        content=content,
        transparent=True,
    )
    return with_cancelled_title(entry, wording.cancelled)


def congress_entry(congress: Congress, wording: Wording) -> Entry:
    """Return the entry of a congress: whole days, from first to last; of a course the first.

    The hours stand in the description. So the entry is the same in every calendar, whether the
    programme is known or not, and one UID never says two things.
    """
    language = wording.language
    hours = "\n".join(wording.hours(congress, day) for day in congress.days)
    lines = (in_language(congress.lead, language), hours)
    ends_at = congress.days[0].ends_at if congress.is_course else congress.ends_at
    last = ends_at - MIDNIGHT_BELONGS_TO_THE_DAY_BEFORE
    content = Content(
        summary=in_language(congress.title, language),
        starts=congress.starts_at.astimezone(congress.zone).date(),
        ends=last.astimezone(congress.zone).date() + timedelta(days=1),
        timezone=congress.timezone,
        location=_location(congress, wording),
        description="\n\n".join(line for line in lines if line),
        url=wording.congress_url(congress),
    )
    revised_at, status = congress.revised_at, _status(congress)
    entry = Entry(congress.uid, congress.sequence, revised_at, status, content, transparent=True)
    return with_cancelled_title(entry, wording.cancelled)


def _status(congress: Congress, *, is_cancelled: bool = False) -> Status:
    is_off = is_cancelled or congress.state is CongressState.CANCELLED
    return Status.CANCELLED if is_off else Status.CONFIRMED


def with_cancelled_title(entry: Entry, prefix: str) -> Entry:
    """Return an entry whose title says that it is cancelled, if it is; said once only."""
    summary = entry.content.summary
    if entry.status is not Status.CANCELLED or summary.startswith(prefix):
        return entry
    return replace(entry, content=replace(entry.content, summary=f"{prefix} {summary}"))


def still_shown(entries: Sequence[Entry], *, now: datetime) -> list[Entry]:
    """Return a personal calendar's entries; cancelled ones stay for `KEEP_CANCELLED`."""
    return [
        entry
        for entry in entries
        if entry.status is not Status.CANCELLED or now < entry.revised_at + KEEP_CANCELLED
    ]


def _require_public(congress: Congress) -> None:
    if congress.state not in PUBLIC:
        raise ValueError(f"congress {congress.id} is a draft and in no public calendar")


def _location(
    congress: Congress, wording: Wording, room: str = "", slot: TimeSlot | None = None
) -> str:
    if congress.rules.mode is EventMode.ONLINE:
        return wording.online
    return _joined(room, place(congress, wording.language, slot))


def place(congress: Congress, language: str, slot: TimeSlot | None = None) -> str:
    """Return venue and address on one line; an address that names the town is enough.

    What begins on a day that is held elsewhere, as modules of a course are, is there.
    """
    if slot and (elsewhere := in_language(congress.module_of(slot).place, language)):
        return elsewhere
    address = in_one_line(congress.address)
    town = "" if congress.town in address else congress.town
    return _joined(in_language(congress.venue, language), address, town)


def _joined(*parts: str) -> str:
    return ", ".join(part.strip() for part in parts if part.strip())
