"""The form with which an organiser registers somebody: who it is, workshops, what was said."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from congress.domain import allocation
from congress.domain.assistance import is_asked
from congress.domain.congresses import Congress
from congress.domain.hall import CONGRESS, Key
from congress.domain.kinds import Contingents, PersonKind
from congress.domain.priority import OTHERS
from congress.domain.programme import ProgrammeItem
from congress.domain.registration_request import (
    PRIVACY_NOTICE,
    VOLUNTARY,
    Details,
    RegistrationRequest,
)
from congress.domain.room import ByHand
from congress.domain.slots import in_slots
from congress.queries import contingents
from congress.services.entering import Entering
from congress.web.entries import TICKED, Entry, read_line
from congress.web.languages import gettext as _
from congress.web.organiser import seats
from congress.web.organiser.filters import member
from congress.web.organiser.seats import BEYOND, WAIT, SeatChoice
from congress.web.registration.assistance_form import AssistanceForm, assistance_form
from congress.web.registration.forms import asks_no_more, check_choices
from congress.web.registration.mode_form import ModeForm, mode_form
from congress.web.registration.obstacles import no_longer_ranked
from congress.web.registration.person import PersonForm, person_form
from congress.web.registration.questions_form import QuestionsForm, questions_form
from congress.web.registration.ranking_form import RankingForm, ranking_form

LONGEST_NAME = 100
LANGUAGES = ("de", "en")
FORM_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass
class EntryForm:
    """Everything on the page, as typed; `errors` has what is wrong, in the order of the page."""

    congress: Congress
    person: PersonForm
    mode: ModeForm
    kind: Entry
    language: Entry
    full: Entry
    priority: Entry
    seats: list[SeatChoice]
    rankings: RankingForm
    assistance: AssistanceForm
    questions: QuestionsForm
    said_by: Entry
    key: str
    contingents: Contingents = field(default_factory=dict)  # places held back
    consents: set[str] = field(default_factory=set)
    is_told: bool = True
    is_another: bool = False
    taken: frozenset[str] = frozenset()  # workshops that somebody takes over, by their codes
    obstacles: list[str] = field(default_factory=list)

    @property
    def asks_beyond(self) -> bool:
        """Whether it was asked what is to be though places are free, because of a quota."""
        return not self.is_full and self.full.value in {WAIT, BEYOND}

    @property
    def is_full(self) -> bool:
        """Whether what is to be has to be asked for the congress itself."""
        if self.mode.is_shown and not self.mode.choice.value:
            return not self.congress.has_free_place
        places, contingent = self.mode.places, self.contingents.get(self.as_kind)
        is_held = contingent is not None and contingent.left > 0 and places.empty != 0
        is_theirs = is_held and places is self.congress.places
        return not (places.has_free_place or is_theirs)

    @property
    def as_kind(self) -> PersonKind:
        """As what they come."""
        return PersonKind(self.kind.value)

    def read(self, posted: Mapping[str, str]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with."""
        self.key = _key(posted.get("form_key", ""))
        self.person.read(posted)
        self.mode.read(posted)
        language = posted.get("language", "")
        self.language.value = language if language in LANGUAGES else LANGUAGES[0]
        kind = member(PersonKind, posted.get(self.kind.name, ""))
        self.kind.value = kind or PersonKind.ATTENDEE
        self._read_full(posted)
        self._read_priority(posted)
        for seat in self.seats:
            seat.is_asked = self.full.value != WAIT
            seat.read(posted)
        if asks_no_more([seat.choice for seat in self.seats], posted):
            self.obstacles.append(check_choices())
        self.rankings.read(posted)
        if self.rankings.asks_no_more(posted):
            self.obstacles.append(no_longer_ranked().advice)
        wanted = {seat.choice.choice.value for seat in self.seats if seat.wish}
        self.questions.read(posted, wanted | self.taken, may_lack=True)
        needs = self.assistance.read(posted)
        self.consents = {
            name for name in (PRIVACY_NOTICE, *VOLUNTARY) if posted.get(name) == TICKED
        }
        read_line(self.said_by, posted.get("said_by", ""), most=LONGEST_NAME)
        is_needed = bool(self.consents & set(VOLUNTARY)) or not needs.is_empty
        if is_needed and not self.said_by.value and not self.said_by.errors:
            self.said_by.errors.append(_("Please enter who gave the consent."))
        self.is_told = posted.get("is_told") == TICKED
        self.is_another = posted.get("is_another") == TICKED
        return not self.errors

    def _read_full(self, posted: Mapping[str, str]) -> None:
        self.full.value = posted.get("full", "")
        if not self.is_full:
            return
        if self.full.value == WAIT and not self.congress.places.waiting_list_open:
            self.full.errors.append(_("The event has no waiting list."))
        elif self.full.value not in {WAIT, BEYOND}:
            self.full.errors.append(_("Please choose what should happen."))

    def _read_priority(self, posted: Mapping[str, str]) -> None:
        groups = self.congress.rules.priority_groups
        read_line(self.priority, posted.get("priority", self.priority.value), most=LONGEST_NAME)
        if groups.names and groups.find(self.priority.value) is None:
            self.priority.errors.append(_("Please choose one of these."))

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: the id of the field to go to, and a sentence."""
        found: list[tuple[str | None, str]] = [(None, each) for each in self.obstacles]
        found += self.person.errors + self.mode.errors
        found += [(self.full.id, each) for each in self.full.errors]
        found += [(self.priority.id, each) for each in self.priority.errors]
        found += [error for seat in self.seats for error in seat.errors]
        found += self.rankings.errors
        found += self.questions.errors
        found += self.assistance.errors
        return found + [(self.said_by.id, each) for each in self.said_by.errors]

    def to_request(self) -> RegistrationRequest:
        """Return the checked contents."""
        return RegistrationRequest(
            **vars(Details.of(self.person.checked)),
            language=self.language.value,
            choices=tuple(seat.wish for seat in self.seats if seat.wish is not None),
            wishes=self.rankings.wishes,
            consents=tuple(name for name in (PRIVACY_NOTICE, *VOLUNTARY) if name in self.consents),
            form_key=self.key,
            needs=self.assistance.needs,
            own_answers=self.questions.given,
            mode=self.mode.mode,
            kind=self.as_kind,
        )

    def to_entering(self) -> Entering:
        """Return what an organiser says beside it."""
        by_hand = seats.by_hand(self.seats)
        here: frozenset[Key] = frozenset({CONGRESS})
        return Entering(
            by_hand=ByHand(
                beyond=by_hand.beyond | (here if self.full.value == BEYOND else frozenset()),
                waits=by_hand.waits | (here if self.full.value == WAIT else frozenset()),
                alone=by_hand.alone,
            ),
            is_told=self.is_told,
            is_another=self.is_another,
            said_by=self.said_by.value,
            priority=self.congress.rules.priority_groups.find(self.priority.value) or OTHERS,
        )


def entry_form(congress: Congress, items: Sequence[ProgrammeItem], *, now: datetime) -> EntryForm:
    """Return the empty form of a congress."""
    ranked = allocation.unassigned(items, congress.rules.allocation)
    return EntryForm(
        congress=congress,
        person=person_form(congress, is_trusted=True),
        mode=mode_form(congress),
        kind=Entry("kind", _("Attending as"), PersonKind.ATTENDEE),
        language=Entry("language", _("Language of the emails"), LANGUAGES[0], required=True),
        full=Entry("full", _("The event is fully booked. What should happen?"), required=True),
        priority=Entry(
            "priority", _("Priority group"), congress.rules.priority_groups.name_of(OTHERS)
        ),
        seats=seats.seat_choices(in_slots(items), ranked),
        rankings=ranking_form(congress, items, now=now, by_organiser=True),
        assistance=assistance_form(is_asked=is_asked(congress.fields), for_another=True),
        questions=questions_form(congress, [item for item in items if item.bookable]),
        said_by=Entry("said_by", _("Who said so?")),
        key=secrets.token_hex(16),
        contingents=contingents.contingents(congress.id, congress.rules),
    )


def _key(posted: str) -> str:
    """Return the mark by which a form sent twice is known."""
    return posted if FORM_KEY.fullmatch(posted) else secrets.token_hex(16)
