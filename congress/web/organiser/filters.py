"""The filters of the attendee list, which stand in the address and only there (SEC-34).

What an address names and does not exist is left out of account, so old links still open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import request

from congress.domain import allocation, attendee_list
from congress.domain.attendee_list import LONGEST_SEARCH, MOST_MARKED, NAME, RIGHTS, Sort, Wanted
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.own_questions import CHOSEN, OwnQuestion
from congress.domain.priority import NO_GROUPS, PriorityGroups
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.slots import Slot
from congress.formats.answer_words import choice
from congress.queries import congresses, programme, quota_groups
from congress.queries.workspaces import Workspace
from congress.web import access, languages
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.organiser import frame

LAST_PAGE = 100_000
NO_ADDRESS, DEAD_MAILBOX, UNCONFIRMED = "none", "dead", "unconfirmed"
DECLINED = "declined"
HANDED_OVER = "yes"
OPEN_CHOICE = "open"
ON_RESERVE = "yes"
LONGEST_KEY = 400
CAME = INVITED = {"yes": True, "no": False}

Member = TypeVar("Member", bound=StrEnum)


@dataclass(frozen=True)
class Filters(Wanted):
    """What the address asks for, and how to write it again with one thing changed."""

    page: int = 1
    workshops: Sequence[ProgrammeItem] = ()
    columns: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()  # columns to choose from
    questions: tuple[OwnQuestion, ...] = ()  # of the congress, whose answers one may read
    priority_groups: PriorityGroups = NO_GROUPS
    is_hybrid: bool = False  # and people choose how to take part
    by_wishes: Sequence[Slot] = ()  # the choices whose places are given so

    @property
    def workshop(self) -> ProgrammeItem | None:
        return self._offered(self.workshop_id)

    @property
    def waiting_for(self) -> ProgrammeItem | None:
        return self._offered(self.waiting_for_id)

    @property
    def unchosen(self) -> ProgrammeItem | None:
        return self._offered(self.unchosen_id)

    @property
    def silent(self) -> Slot | None:
        """The choice by wishes of which those shown have said nothing."""
        found = (slot for slot in self.by_wishes if slot.key == self.silent_id)
        return next(found, None)

    @property
    def was_in(self) -> ProgrammeItem | None:
        return self._offered(self.was_in_id)

    @property
    def missed(self) -> ProgrammeItem | None:
        return self._offered(self.missed_id)

    def _offered(self, item_id: int | None) -> ProgrammeItem | None:
        return next((item for item in self.workshops if item.id == item_id), None)

    @property
    def is_filtered(self) -> bool:
        chosen = (self.words, self.state, self.workshop, self.waiting_for, self.unchosen, self.ids)
        marks = (self._of_address, self.has_declined, self.has_overlap, self.answered)
        counted = (self.quota_key, self.on_reserve, self.is_substituted, self.group_id)
        attended = (self.was_in, self.missed)
        said = (self.priority_group, self.kind, self.mode, self.silent)
        known = (*chosen, *marks, *attended, *counted, *said)
        return any(known) or self.has_come is not None or self.is_invited is not None

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What can be asked for of answers, as an address says it, and in words."""
        language = languages.current()
        found = []
        for each in self.questions:
            label = languages.text(each.label)
            keys = each.choices if each.kind in CHOSEN else ()
            found += [
                (f"{each.key}:{key}", f"{label}: {choice(each, key, language)}") for key in keys
            ]
            found.append((f"{each.key}:", _("%(question)s: no answer", question=label)))
        return found

    @property
    def answer(self) -> str:
        """What is asked for, in words."""
        return dict(self.answers).get(":".join(self.answered or ()), "")

    @property
    def priority_group(self) -> str:
        """The group whose people are asked for, by its name."""
        return "" if self.priority is None else self.priority_groups.name_of(self.priority)

    def query(self, **changes: str | int | None) -> str:
        """Return the part of an address after "?" with some filters changed; None takes one out."""
        query = urlencode(self.parts(**changes), safe=",")
        return f"?{query}" if query else ""

    def parts(self, **changes: str | int | None) -> dict[str, str | int]:
        """Return the same by name, for the fields of a form that keeps the filters."""
        parts: dict[str, str | int | None] = {
            "q": self.search if self.words else None,
            "state": self.state,
            "workshop": self.workshop.code if self.workshop else None,
            "waiting": self.waiting_for.code if self.waiting_for else None,
            "unchosen": self.unchosen.code if self.unchosen else None,
            "silent": self.silent.workshops[0].code if self.silent else None,
            "was_in": self.was_in.code if self.was_in else None,
            "missed": self.missed.code if self.missed else None,
            "ids": ",".join(map(str, self.ids)) or None,
            "came": next((each for each in CAME if CAME[each] is self.has_come), None),
            "address": self._of_address,
            "calendar": DECLINED if self.has_declined else None,
            "substituted": HANDED_OVER if self.is_substituted else None,
            "overlap": OPEN_CHOICE if self.has_overlap else None,
            "counts": self.quota_key or None,
            "group": self.group_id,
            "reserve": ON_RESERVE if self.on_reserve else None,
            "priority": self.priority_group or None,
            "mode": self.mode,
            "invited": next((each for each in INVITED if INVITED[each] is self.is_invited), None),
            "kind": self.kind,
            "answer": ":".join(self.answered) if self.answered else None,
            "sort": None if (self.sort, self.is_descending) == (Sort.NAME, False) else self._sorted,
            "columns": None if self.columns == self._usual else self.listed_columns,
        }
        parts |= changes
        return {name: value for name, value in parts.items() if value is not None}

    @property
    def _of_address(self) -> str | None:
        """What is wanted of the address, as an address of the list says it."""
        marks = {
            NO_ADDRESS: self.has_no_address,
            DEAD_MAILBOX: self.has_dead_mailbox,
            UNCONFIRMED: self.is_unconfirmed,
        }
        return next((name for name, is_wanted in marks.items() if is_wanted), None)

    @property
    def listed_columns(self) -> str:
        """The columns as an address lists them; names alone are a list too."""
        return ",".join(self.columns or [NAME])

    @property
    def _usual(self) -> tuple[str, ...]:
        return attendee_list.chosen((), self.offered)

    @property
    def here(self) -> str:
        """The part of an address after "?" that shows this page of the list."""
        return self.query(page=self.page if self.page > 1 else None)

    def sorted_by(self, sort: Sort) -> str:
        """Return the address of the same list sorted by a column, or turned round."""
        turned = sort is self.sort and not self.is_descending
        return self.query(sort=f"-{sort}" if turned else str(sort)) or "?"

    def direction(self, sort: Sort) -> str:
        """Return the value of `aria-sort` for a column."""
        if sort is not self.sort:
            return ""
        return "descending" if self.is_descending else "ascending"

    @property
    def _sorted(self) -> str:
        return f"-{self.sort}" if self.is_descending else str(self.sort)


def from_address(workspace: Workspace) -> Filters:
    """Read the filters of this request."""
    workshops = programme.kept_workshops(workspace)
    ids = {item.code: item.id for item in workshops}
    called_off = {item.code: item.id for item in workshops if item.face.cancelled}
    named = request.args.get("sort", "")
    roles = access.account().roles_in(workspace.id)
    congress = congresses.with_content(workspace)
    questions, groups = (
        attendee_list.readable(roles, congress.questions),
        congress.rules.priority_groups,
    )
    is_hybrid = congress.rules.is_hybrid
    by_wishes = allocation.by_wishes(workshops, congress.rules.allocation)
    choice_of = {item.code: slot.key for slot in by_wishes for item in slot.workshops}
    offered = attendee_list.choosable(
        roles,
        questions,
        has_groups=bool(groups.names),
        is_hybrid=is_hybrid,
        has_wishes=bool(by_wishes),
    )
    return Filters(
        search=printable(request.args.get("q", "")),
        state=member(RegistrationState, request.args.get("state", "")),
        workshop_id=ids.get(request.args.get("workshop", "")),
        waiting_for_id=ids.get(request.args.get("waiting", "")),
        unchosen_id=called_off.get(request.args.get("unchosen", "")),
        silent_id=choice_of.get(request.args.get("silent", "")),
        was_in_id=ids.get(request.args.get("was_in", "")),
        missed_id=ids.get(request.args.get("missed", "")),
        ids=_marked(),
        has_come=CAME.get(request.args.get("came", "")),
        has_no_address=request.args.get("address") == NO_ADDRESS,
        has_dead_mailbox=request.args.get("address") == DEAD_MAILBOX,
        is_unconfirmed=request.args.get("address") == UNCONFIRMED,
        is_substituted=request.args.get("substituted") == HANDED_OVER,
        has_declined=request.args.get("calendar") == DECLINED,
        has_overlap=request.args.get("overlap") == OPEN_CHOICE,
        quota_key=request.args.get("counts", "")[:LONGEST_KEY],
        group_id=read_id(request.args.get("group", "")),
        on_reserve=request.args.get("reserve") == ON_RESERVE,
        priority=groups.find(request.args.get("priority", "")[:LONGEST_KEY]),
        is_invited=INVITED.get(request.args.get("invited", "")),
        kind=member(PersonKind, request.args.get("kind", "")),
        mode=member(Mode, request.args.get("mode", "")) if is_hybrid else None,
        answered=_answered(questions),
        sort=member(Sort, named.removeprefix("-")) or Sort.NAME,
        is_descending=named.startswith("-"),
        names_only=not access.may(RIGHTS["email"]),
        page=min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE),
        workshops=workshops,
        columns=attendee_list.chosen(_columns(), offered),
        offered=offered,
        questions=questions,
        priority_groups=groups,
        is_hybrid=is_hybrid,
        by_wishes=by_wishes,
    )


def _answered(questions: Sequence[OwnQuestion]) -> tuple[str, str] | None:
    """The question that the address names with something that can be chosen, or with nothing."""
    key, colon, chosen = request.args.get("answer", "").partition(":")
    question = next((each for each in questions if each.key == key), None)
    is_known = question is not None and (not chosen or chosen in question.choices)
    return (key, chosen) if colon and is_known else None


def silent_in_words(chosen: Filters) -> str:
    """Say of which choice those shown have said nothing."""
    if chosen.silent is None:
        return ""
    return _("No wishes given: %(when)s", when=time_in_words(chosen.silent))


def time_in_words(slot: Slot) -> str:
    """Say when a choice takes place."""
    dates = frame.dates()
    return f"{dates.day(slot.time.starts_at)}, {dates.range(slot.time)}"


def invited_in_words(chosen: Filters) -> str:
    """Say whether those who came by an invitation are shown, or those who did not."""
    if chosen.is_invited is None:
        return ""
    return _("By invitation") if chosen.is_invited else _("Without an invitation")


def counted_as(chosen: Filters) -> str:
    """Return the name of the organisation with which the people shown are counted."""
    workspace = access.workspace()
    quota = congresses.with_content(workspace).rules.quota
    group = quota_groups.find(workspace.id, chosen.quota_key, quota)
    return group.name if group else chosen.quota_key


def _marked() -> tuple[int, ...]:
    """The people that the address names: listed in one, or each on its own, as forms send them."""
    parts = [each for part in request.args.getlist("ids") for each in part.split(",")]
    numbers = {number for each in parts if (number := read_id(each)) is not None}
    return tuple(sorted(numbers)[:MOST_MARKED])


def _columns() -> list[str]:
    """The columns that the address names: listed in one, or each on its own, as forms send them."""
    return [each for part in request.args.getlist("columns") for each in part.split(",")]


def printable(text: str) -> str:
    """Return what was typed into a search in one line, as far as it can be looked for."""
    clean = "".join(char if char.isprintable() else " " for char in text[:LONGEST_SEARCH])
    return " ".join(clean.split())


def member(kind: type[Member], value: str) -> Member | None:
    """Return what a word of the address names, if it names anything."""
    try:
        return kind(value)
    except ValueError:
        return None
