"""What a row of the attendee list says, column by column."""

from collections.abc import Iterable, Mapping, Sequence

from congress.domain import ranking
from congress.domain.access import Right
from congress.domain.attendee_list import (
    MODE,
    NAME,
    NOTE,
    PRIORITY,
    WAS_IN,
    WISHES,
    ListedAttendee,
    ListedBooking,
)
from congress.domain.fields import ANSWERS, FIELDS, NAMES, FieldUse
from congress.domain.kinds import PersonKind
from congress.domain.own_questions import OwnQuestion
from congress.domain.priority import PriorityGroups
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState
from congress.domain.registration_request import VOLUNTARY
from congress.domain.slots import choices
from congress.formats import answer_words, attendee_list
from congress.queries import congresses
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.mode_words import IN_SENTENCES
from congress.web.organiser.filters import Filters

LONGEST_NAMES = 60  # characters, in two lines
OF_ANSWERS = frozenset(each.name for each in ANSWERS)


def headings(chosen: Filters) -> dict[str, str]:
    """Return what stands above each column, the same words as in the files."""
    found = attendee_list.headings(languages.current(), chosen.questions)
    return {name: words for name, (words, _width) in found.items()}


def lines(people: Iterable[ListedAttendee], chosen: Filters) -> list[dict[str, object]]:
    """Return the rows: each person, and what the cells list, by column; the page knows the rest."""
    by_id = {item.id: item for item in chosen.workshops}
    asked = {each.column: each for each in chosen.questions}
    return [
        {
            "person": person,
            "cells": {
                each: _cell(person, each, by_id, asked, chosen.priority_groups)
                for each in chosen.columns
            },
        }
        for person in people
    ]


def correctable() -> dict[str, str]:
    """Return the fields that can be corrected in each column, parted by spaces."""
    if not access.may(Right.CHANGE_ATTENDEES):
        return {}
    asked = congresses.get_congress(access.workspace().id).fields
    shown = [each.name for each in FIELDS if asked.get(each.name, each.use) is not FieldUse.OFF]
    return {NAME: " ".join(NAMES)} | {each: each for each in shown if each not in NAMES}


def _cell(
    person: ListedAttendee,
    column: str,
    workshops: Mapping[int, ProgrammeItem],
    asked: Mapping[str, OwnQuestion],
    groups: PriorityGroups,
) -> Sequence[str]:
    places = [each for each in person.bookings if each.item_id in workshops]
    if column == "workshop":
        has = {each.item_id for each in places if each.state is BookingState.CONFIRMED}
        return _names([item for item in workshops.values() if item.id in has])
    if column == "waiting_for":
        waits = [each for each in places if each.state is not BookingState.CONFIRMED]
        return [_waiting(each, workshops[each.item_id]) for each in waits]
    if column == WAS_IN:
        return _names([item for item in workshops.values() if item.id in person.was_in])
    if column == "question":
        return [each.question for each in places if each.question]
    if column == WISHES:
        return _wished(person, workshops)
    if column == PRIORITY:
        words = groups.name_of(person.priority)
    elif column in asked:
        words = answer_words.cell(asked[column], languages.current(), person)
    else:
        words = _words(person, column)
    return [words] if words else []


def _wished(person: ListedAttendee, workshops: Mapping[int, ProgrammeItem]) -> list[str]:
    """Return what somebody wishes for, one choice after the other."""
    names = {key: _marked(number_of(item), item) for key, item in workshops.items()}
    said = ranking.by_choice(choices([*workshops.values()]), person.wishes) if person.wishes else {}
    return [attendee_list.wished(each, names, languages.current()) for each in said.values()]


def _words(person: ListedAttendee, column: str) -> str:
    if column in VOLUNTARY:
        return _("yes") if column in person.consents else _("no")
    if column in OF_ANSWERS:
        return person.answers.get(column, "")
    if column == "came":
        return attendee_list.days_there(person.days, languages.current())
    if column == "invitation":
        return attendee_list.invited_as(person.invitation, languages.current())
    if column == "language":
        return {"de": _("German"), "en": _("English")}[person.language]
    of_person = {
        "organisation": person.organisation,
        MODE: str(IN_SENTENCES[person.mode]),
        "email": person.email,
        "ags": person.ags,
        NOTE: person.note,
        "kind": attendee_list.kinds(languages.current())[PersonKind(person.kind)],
    }
    return of_person.get(column) or ""


def number_of(item: ProgrammeItem) -> str:
    """Return how a workshop is called where space is short."""
    return str(item.number or languages.short_name(None, item.face))


def _names(workshops: Sequence[ProgrammeItem]) -> list[str]:
    """Return what a row calls several workshops: their numbers where it would become long."""
    names = [languages.short_name(item.number, item.face) for item in workshops]
    if len(names) > 1 and len(", ".join(names)) > LONGEST_NAMES:
        names = [number_of(item) for item in workshops]
    return [_marked(name, item) for name, item in zip(names, workshops, strict=True)]


def _marked(name: str, item: ProgrammeItem) -> str:
    """A place in what is called off is none, though the list keeps who had it."""
    return _("%(workshop)s (cancelled)", workshop=name) if item.face.cancelled else name


def _waiting(booking: ListedBooking, item: ProgrammeItem) -> str:
    name = _marked(number_of(item), item)
    if booking.state is BookingState.OFFERED and not item.face.cancelled:
        return _("%(workshop)s (offered)", workshop=name)
    if booking.position is None or item.face.cancelled:
        return name
    return _("%(workshop)s (position %(number)d)", workshop=name, number=booking.position)
