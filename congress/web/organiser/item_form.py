"""The form of a programme item: what was typed, read into values, with sentences for what is not.

People are rows that buttons add and take away, so the form works without JavaScript.
"""

import re
import secrets
from dataclasses import dataclass, field
from itertools import count, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import (
    DIALOGUE_PARTNER,
    LONGEST_LINE,
    LONGEST_ROLE,
    LONGEST_SHORT_TITLE,
    LONGEST_TEXT,
    PersonState,
    is_role,
)
from congress.domain.texts import REQUIRED_LANGUAGE, in_language
from congress.web import languages
from congress.web.entries import Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.readers import (
    read_link,
)

FORM_KEY = re.compile(r"[0-9a-f]{32}")
LONGEST_OF_PERSON = (LONGEST_LINE, LONGEST_LINE, LONGEST_ROLE, 20, LONGEST_ROLE)
MOST_PEOPLE = 30  # to be added here; a file may bring more, and none of them is lost


class PersonRow(NamedTuple):
    """The fields of one person."""

    name: Entry
    affiliation: Entry
    role: Entry
    state: Entry
    other: Entry  # a role that is not among those to choose from

    @property
    def is_requested(self) -> bool:
        return self.state.value == PersonState.REQUESTED

    @property
    def is_unnamed(self) -> bool:
        """Whether the public would be told no name."""
        is_named = bool(self.name.value) and self.state.value == PersonState.CONFIRMED
        return not is_named and self.state.value != PersonState.DECLINED


@dataclass
class ItemForm:
    """All fields of an item; `read_plan` says what they mean once nothing is wrong."""

    kind: Entry  # this and the number: of a new item only
    number: Entry
    title_de: Entry
    title_en: Entry
    short_title_de: Entry
    short_title_en: Entry
    abstract_de: Entry
    abstract_en: Entry
    day: Entry
    starts: Entry
    ends: Entry
    room: Entry
    online_link: Entry
    capacity: Entry
    waiting_list: Entry
    bookable: Entry
    same_as: Entry
    mode: Entry
    one_of: Entry
    only_with: Entry
    minimum: Entry
    minimum_by: Entry
    cancelled: Entry
    version: str
    key: str  # of a new item: the same form sent twice adds one
    people: list[PersonRow] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        """Every field of the item itself that can be wrong, in the order of the page."""
        texts = [
            self.kind,
            self.number,
            self.title_de,
            self.title_en,
            self.short_title_de,
            self.short_title_en,
        ]
        texts += [self.abstract_de, self.abstract_en]
        return [
            *texts,
            self.day,
            self.starts,
            self.ends,
            self.room,
            self.online_link,
            self.bookable,
            self.capacity,
            self.same_as,
            self.mode,
            self.one_of,
            self.only_with,
            self.minimum,
            self.minimum_by,
        ]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, each with the name of its field: two times can be wrong in one way."""
        found = [error for entry in self.entries for error in told(entry)]
        for number, row in enumerate(self.people, 1):
            person = _("Person %(number)d", number=number)
            for entry in (row.name, row.affiliation, row.role, row.other):
                found += [(where, f"{person}, {what}") for where, what in told(entry)]
        return found

    def add_person(self) -> None:
        """Add an empty row."""
        if len(self.people) < MOST_PEOPLE:
            self.people.append(_person_row(len(self.people), state=PersonState.REQUESTED))

    def remove_person(self, number: str) -> None:
        """Take a row away; the others move up."""
        kept = [row for index, row in enumerate(self.people) if str(index) != number]
        self.people = [
            _person_row(index, *(entry.value for entry in row)) for index, row in enumerate(kept)
        ]


def filled(plan: ItemPlan, zone: ZoneInfo) -> ItemForm:
    """Return the form with the values of an item."""
    form = empty()
    form.version = plan.version
    form.title_de.value, form.title_en.value = plan.title.get("de", ""), plan.title.get("en", "")
    form.short_title_de.value = plan.short_title.get("de", "")
    form.short_title_en.value = plan.short_title.get("en", "")
    form.abstract_de.value = plan.abstract.get("de", "")
    form.abstract_en.value = plan.abstract.get("en", "")
    starts, ends = plan.slot.starts_at.astimezone(zone), plan.slot.ends_at.astimezone(zone)
    form.day.value = starts.date().isoformat()
    say = languages.dates(zone).bare_time  # as pages write it; typed in any usual form
    form.starts.value, form.ends.value = say(starts), say(ends)
    form.room.value, form.online_link.value = plan.room or "", plan.online_link
    form.cancelled.value = "y" if plan.cancelled else ""
    form.capacity.value = "" if plan.places is None else str(plan.places)
    form.waiting_list.value = "y" if plan.waiting_list else ""
    form.bookable.value = "y" if plan.bookable else ""
    form.same_as.value = plan.same_as
    form.one_of.value, form.only_with.value = plan.one_of, plan.only_with
    form.mode.value = plan.mode
    form.minimum.value = "" if plan.minimum is None else str(plan.minimum)
    if plan.minimum_by is not None:
        form.minimum_by.value = languages.dates(zone).date(plan.minimum_by)
    form.people = [
        _person_row(
            index,
            name=each.name or "",
            affiliation=in_language(each.affiliation, REQUIRED_LANGUAGE),
            role=each.role,
            state=each.state,
        )
        for index, each in enumerate(plan.people)
    ]
    return form


def typed(sent: MultiDict[str, str]) -> ItemForm:
    """Return the form with what was sent, and what is wrong with single fields."""
    form = empty()
    form.version = sent.get("version", "")[:64]
    key = sent.get("form_key", "")
    form.key = key if FORM_KEY.fullmatch(key) else form.key
    missing = _("Please enter a title in German.")
    read_line(form.title_de, sent.get("title_de", ""), most=LONGEST_LINE, missing=missing)
    read_line(form.title_en, sent.get("title_en", ""), most=LONGEST_LINE)
    short_de, short_en = form.short_title_de, form.short_title_en
    read_line(short_en, sent.get("short_title_en", ""), most=LONGEST_SHORT_TITLE)
    read_line(short_de, sent.get("short_title_de", ""), most=LONGEST_SHORT_TITLE)
    if short_en.value and not short_de.value:
        short_de.errors.append(_("Please enter a short title in German as well."))
    read_text(form.abstract_de, sent.get("abstract_de", ""), most=LONGEST_TEXT)
    read_text(form.abstract_en, sent.get("abstract_en", ""), most=LONGEST_TEXT)
    if form.abstract_en.value and not form.abstract_de.value:
        form.abstract_de.errors.append(_("Please enter a description in German as well."))
    for entry in (
        form.kind,
        form.number,
        form.day,
        form.starts,
        form.ends,
        form.room,
        form.capacity,
        form.same_as,
        form.mode,
        form.one_of,
        form.only_with,
        form.minimum,
        form.minimum_by,
    ):
        read_line(entry, sent.get(entry.name, ""), most=40)
    read_link(form.online_link, sent.get("online_link", ""))
    form.waiting_list.value = "y" if sent.get("waiting_list") else ""
    form.bookable.value = "y" if sent.get("bookable") else ""
    form.cancelled.value = "y" if sent.get("cancelled") else ""
    for index in takewhile(lambda index: f"person-{index}-role" in sent, count()):
        row = _person_row(index)
        for entry, most in zip(row, LONGEST_OF_PERSON, strict=True):
            read_line(entry, sent.get(entry.name, ""), most=most)
        if row.role.value and not is_role(row.role.value):
            row.role.errors.append(_("Please choose one of the roles."))
        if row.other.value and not row.other.errors and not is_role(row.other.value):
            row.other.errors.append(_("Please enter the role in German, or as “German / English”."))
        form.people.append(row)
    return form


def empty() -> ItemForm:
    """Return the form with nothing in it."""
    return ItemForm(
        kind=Entry("kind", _("Kind"), required=True),
        number=Entry("number", _("Number")),
        title_de=Entry("title_de", _("Title (German)"), required=True),
        title_en=Entry("title_en", _("Title (English)")),
        short_title_de=Entry("short_title_de", _("Short title (German)")),
        short_title_en=Entry("short_title_en", _("Short title (English)")),
        abstract_de=Entry("abstract_de", _("Description (German)")),
        abstract_en=Entry("abstract_en", _("Description (English)")),
        day=Entry("day", _("Day"), required=True),
        starts=Entry("starts", _("Starts"), required=True),
        ends=Entry("ends", _("Ends"), required=True),
        room=Entry("room", _("Room")),
        online_link=Entry("online_link", _("Online link")),
        capacity=Entry("capacity", _("Places")),
        waiting_list=Entry("waiting_list", _("With a waiting list")),
        bookable=Entry("bookable", _("People choose it when they register")),
        same_as=Entry("same_as", _("The same as")),
        mode=Entry("mode", _("On site or online")),
        one_of=Entry("one_of", _("Only one of these, with")),
        only_with=Entry("only_with", _("Only together with")),
        minimum=Entry("minimum", _("Minimum number of people")),
        minimum_by=Entry("minimum_by", _("Checked on")),
        cancelled=Entry("cancelled", _("Cancelled: not taking place")),
        version="",
        key=secrets.token_hex(16),
    )


def _person_row(
    index: int,
    name: str = "",
    affiliation: str = "",
    role: str = DIALOGUE_PARTNER,
    state: str = "",
    other: str = "",
) -> PersonRow:
    return PersonRow(
        name=Entry(f"person-{index}-name", _("Name"), value=name),
        affiliation=Entry(f"person-{index}-affiliation", _("Organisation"), value=affiliation),
        role=Entry(f"person-{index}-role", _("Role"), value=role, required=True),
        state=Entry(f"person-{index}-state", _("Status"), value=state, required=True),
        other=Entry(f"person-{index}-other", _("Another role"), value=other),
    )
