"""All that is printed for a congress on one page, by day, and the files behind it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain import on_paper
from congress.domain.access import Right
from congress.domain.attendance import day_to_show, days_of
from congress.domain.congresses import Congress
from congress.domain.people import fold_name
from congress.domain.programme import ProgrammeItem
from congress.domain.sign_in import NumberedSheet, SheetFor
from congress.formats import (
    print_confirmation,
    print_heading,
    print_places,
    print_sign_in,
    print_signs,
)
from congress.formats.print_sign_in import SignIn
from congress.queries import attendees, congresses, contributor_door, programme
from congress.queries import on_paper as queries
from congress.services import handing_out, printing_sheets
from congress.services.handing_out import NAMES, HandOut, Sheets
from congress.web import access, handed_out, languages
from congress.web.languages import gettext as _
from congress.web.organiser import frame

MOST_ROWS = 5_000  # of sheets in one file: while it is made, each takes 80 KB of memory
ALL = "ALL"  # no code has capital letters


@dataclass(frozen=True)
class DaySheets:
    """What there is to print for one day, with how many people or rooms it is about."""

    day: date
    name: str
    people: int
    items: Sequence[tuple[ProgrammeItem, int]]
    rooms: int
    signs: int

    @property
    def booked(self) -> int:
        """How many rows all sheets of the items have."""
        return sum(count for _item, count in self.items)


def prints() -> str:
    """Show what there is to print, by day."""
    congress = congresses.with_content(access.workspace())
    items = programme.kept_items(access.workspace())
    is_hybrid = congress.rules.is_hybrid
    people, booked = 0, dict[int, int]()
    if access.may(Right.EXPORT_ATTENDEES):
        people = queries.count_on_site(congress.id, is_hybrid=is_hybrid)
        booked = queries.counts_on_site(congress.id, is_hybrid=is_hybrid)
    return frame.page(
        "print.html",
        current="print",
        days=[_day(congress, items, day, people, booked) for day in days_of(congress)],
        has_programme=bool(items),
        funder=print_heading.funder(congress, languages.current()),
        name_of=_name,
    )


def _day(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    day: date,
    people: int,
    booked: dict[int, int],
) -> DaySheets:
    here = on_paper.on_day(items, day, congress.zone)
    return DaySheets(
        day,
        frame.dates().day(day),
        people,
        [(each, booked.get(each.id, 0)) for each in here if each.bookable],
        len(on_paper.by_room(here, languages.current())),
        len(on_paper.on_signs(here)),
    )


def sign_in_sheets() -> Response:
    """Hand out the sheet of the congress, of one item or of all items of a day."""
    congress, day, here = _asked_day()
    wanted = request.args.get("of", "")
    items = {each.id: each for each in here if each.bookable and wanted in {ALL, each.code}}
    if not items and wanted:
        abort(404)
    meant = [SheetFor(day, each) for each in items] or [SheetFor(day)]
    if _rows(congress, items) > MOST_ROWS:
        frame.notify(
            _(
                "One file holds at most %(most)s people. Please print the sign-in sheets one by"
                " one, or use check-in.",
                most=languages.number(MOST_ROWS),
            )
        )
        return frame.go_to("/print")
    now, actor = clock.now(), access.actor()
    sheets = printing_sheets.note_sheets(congress.id, meant, actor=actor, now=now)
    named = {each.registration_id: each for each in queries.everybody(congress.id)}
    language = languages.current()
    printed = print_sign_in.printed(
        congress,
        [
            _sheet_of(congress, each, items[each.meant.item_id])
            if each.meant.item_id
            else _sheet_of_day(congress, each, here)
            for each in sheets
        ],
        named,
        language=language,
        now=now,
    )
    count = sum(len(each.rows) for each in sheets)
    part = _("all-workshops") if wanted == ALL else wanted
    return _file(congress.id, HandOut(Sheets.SIGN_IN, printed, count, NAMES, part=part))


def _rows(congress: Congress, items: Collection[int]) -> int:
    """Return how many rows the sheets of some items have; without any, that of the congress."""
    is_hybrid = congress.rules.is_hybrid
    if not items:
        return queries.count_on_site(congress.id, is_hybrid=is_hybrid)
    booked = queries.counts_on_site(congress.id, is_hybrid=is_hybrid)
    return sum(booked.get(each, 0) for each in items)


def _sheet_of_day(
    congress: Congress, sheet: NumberedSheet, here: Sequence[ProgrammeItem]
) -> SignIn:
    """Return the sheet of a day in words; below sign those of its programme without a row."""
    language = languages.current()
    slots = {each.starts_at.astimezone(congress.zone).date(): each for each in congress.days}
    others = contributor_door.unregistered(congress.id)
    if len(slots) > 1:
        named = {fold_name(each.name) for each in on_paper.on_signs(here)}
        others = [each for each in others if each.name_key in named]
    return SignIn(
        languages.text(congress.title),
        print_heading.moment(congress, slots[sheet.meant.day], language),
        print_heading.place(congress, language),
        sheet,
        [(each.name, languages.text(each.affiliation)) for each in others],
    )


def _sheet_of(congress: Congress, sheet: NumberedSheet, item: ProgrammeItem) -> SignIn:
    """Return the sheet of an item in words; below sign those in it who have no row."""
    rows = {fold_name(row.name) for row in sheet.rows}
    return SignIn(
        _name(item),
        print_heading.moment(congress, item.slot, languages.current()),
        languages.text(item.face.room),
        sheet,
        [
            (each.name, languages.text(each.affiliation))
            for each in on_paper.on_signs([item])
            if fold_name(each.name) not in rows
        ],
    )


def places_list(code: str) -> Response:
    """Hand out who has a place in a workshop, for whoever hosts it (GDPR-10)."""
    congress = congresses.with_content(access.workspace())
    item = programme.find_item(congress.id, code)
    if item is None or not item.bookable:
        abort(404)
    people = queries.in_item(congress.id, item.id)
    printed = print_places.printed(
        congress, item, people, language=languages.current(), now=clock.now()
    )
    what = HandOut(Sheets.PLACES, printed, len(people), NAMES, item_id=item.id, part=item.code)
    return _file(congress.id, what)


def attendee_confirmation(registration_id: int) -> ResponseReturnValue:
    """Hand out the confirmation of somebody's registration, where it is true."""
    congress = congresses.with_content(access.workspace())
    found = attendees.find_attendee(congress.id, registration_id) or abort(404)
    person = found.own.standing
    if not on_paper.may_be_confirmed(congress, person):
        frame.notify(
            _(
                "There is no confirmation for %(person)s, as no place is confirmed.",
                person=person.name,
            )
        )
        return frame.go_to(f"/attendees/{registration_id}")
    organisation = found.own.details.get("organisation", "")
    printed = print_confirmation.printed(
        congress, person, organisation, language=person.language, now=clock.now()
    )
    what = HandOut(Sheets.CONFIRMATION, printed, 1, NAMES, registration_id=registration_id)
    return _file(congress.id, what)


def door_signs() -> Response:
    """Hand out a sign for each room with what takes place there on a day."""
    congress, day, here = _asked_day()
    rooms = on_paper.by_room(here, languages.current())
    printed = print_signs.door_signs(
        congress, day, rooms or abort(404), language=languages.current(), now=clock.now()
    )
    return _file(congress.id, HandOut(Sheets.DOOR_SIGNS, printed, len(rooms)))


def table_signs() -> Response:
    """Hand out a sign for each person that the programme of a day names."""
    congress, _day, here = _asked_day()
    people = on_paper.on_signs(here)
    printed = print_signs.table_signs(
        congress, people or abort(404), language=languages.current(), now=clock.now()
    )
    return _file(congress.id, HandOut(Sheets.TABLE_SIGNS, printed, len(people)))


def _asked_day() -> tuple[Congress, date, list[ProgrammeItem]]:
    """Return the day that an address names, else the one to come, with what is public of it."""
    congress = congresses.with_content(access.workspace())
    days, named = days_of(congress), request.args.get("day")
    today = clock.now().astimezone(congress.zone).date()
    by_name = {each.isoformat(): each for each in days}
    day = by_name.get(named) or abort(404) if named else day_to_show(days, today)
    items = programme.kept_items(access.workspace())
    return congress, day, on_paper.on_day(items, day, congress.zone)


def _name(item: ProgrammeItem) -> str:
    return print_heading.item_name(item, languages.current())


def _file(congress_id: int, what: HandOut) -> Response:
    done = handing_out.hand_out(congress_id, what, actor=access.actor(), now=clock.now())
    return handed_out.made(done)
