"""The form in which one contact registers several people: who they are, and a block for each.

It works without any script: a button sends the form for one block more, and a block that was left
empty counts for nothing. What only a person can say, such as needs and consents, is asked on the
page of each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from congress.domain.congresses import Congress
from congress.domain.fields import NAMES, FieldKind
from congress.domain.groups import Contact
from congress.domain.programme import ProgrammeItem
from congress.domain.registration_request import PRIVACY_NOTICE, Details, RegistrationRequest
from congress.web.entries import TICKED, Entry, read_number, told
from congress.web.languages import gettext as _
from congress.web.registration.form_tokens import FormToken
from congress.web.registration.forms import (
    Errors,
    SlotChoice,
    asks_no_more,
    check_choices,
    choices_in,
)
from congress.web.registration.mode_form import ModeForm, mode_form
from congress.web.registration.obstacles import Obstacle, obstacles_of
from congress.web.registration.person import PersonForm, person_form
from congress.web.registration.question_picks import Limits
from congress.web.registration.questions_form import QuestionsForm, questions_form

CONTACT, COMES, TOGETHER, PEOPLE = "contact-", "contact_comes", "together", "people"
AT_FIRST = 2  # blocks on a new page
MOST_SENT = 99


@dataclass
class PersonBlock:
    """One person of the group, from 1: who it is, the choices, what everybody has to answer."""

    number: int
    person: PersonForm
    slots: list[SlotChoice]
    questions: QuestionsForm
    mode: ModeForm
    is_empty: bool = False
    more: Errors = field(default_factory=list)

    @property
    def prefix(self) -> str:
        return f"p{self.number}-"

    def read(self, posted: Mapping[str, str]) -> None:
        """Take over what was typed; what was left empty as a whole is no person."""
        own = _of(posted, self.prefix)
        self.person.read(own)
        self.mode.read(own)
        for slot in self.slots:
            slot.read(own, must_choose=True)
        self.questions.read(own, {slot.choice.value for slot in self.slots if slot.wish})
        said = [entry.value for entry in self.person.entries.values()]
        self.is_empty = not any([*said, *(slot.choice.value for slot in self.slots)])
        if asks_no_more(self.slots, own):
            self.more.append((None, check_choices()))

    def name_entries(self) -> None:
        """Give each entry the name that it has on the page, as several people have the same."""
        for each in self._entries:
            each.name = f"{self.prefix}{each.name}"
        for pick in (pick for row in self.questions.rows for pick in row.picks):
            pick.name = f"{self.prefix}{pick.name}"

    def forget_errors(self) -> None:
        """Say nothing of what is missing yet."""
        for each in self._entries:
            each.errors.clear()
        self.more.clear()

    @property
    def _entries(self) -> list[Entry]:
        entries = [*self.person.entries.values(), *(row.entry for row in self.questions.rows)]
        entries.append(self.mode.choice)
        for slot in self.slots:
            entries += [slot.choice, slot.safe, slot.question]
        return entries

    @property
    def errors(self) -> Errors:
        found = self.more + self.person.errors + self.mode.errors
        for slot in self.slots:
            found += slot.errors
        return found + self.questions.errors

    @property
    def details(self) -> Details:
        return Details.of(self.person.checked)

    def to_request(self, language: str) -> RegistrationRequest:
        """Return the checked contents."""
        return RegistrationRequest(
            **vars(self.details),
            language=language,
            choices=tuple(slot.wish for slot in self.slots if slot.wish is not None),
            consents=(PRIVACY_NOTICE,),
            is_repaired=self.person.is_repaired,
            own_answers=self.questions.given,
            mode=self.mode.mode,
        )


@dataclass
class GroupForm:
    """Everything on the page, as typed; without a contact it adds people to a group."""

    token: FormToken
    contact: PersonForm | None
    people: list[PersonBlock]
    privacy: Entry
    most: int
    comes: bool = True  # the contact is the first person
    together: bool = False
    obstacles: list[Obstacle] = field(default_factory=list)
    is_checked: bool = False

    def read(self, posted: Mapping[str, str]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with."""
        self.is_checked = True
        for block in self.people:
            block.read(posted)
        self.comes = posted.get(COMES) == TICKED
        self.together = posted.get(TOGETHER) == TICKED
        self._read_contact(posted)
        if posted.get(PRIVACY_NOTICE) == TICKED:
            self.privacy.value = TICKED
        else:
            self.privacy.errors.append(
                _("Please confirm that everyone has agreed. Otherwise we cannot accept the form.")
            )
        self.obstacles += obstacles_of(self.token, posted)
        self._drop_empty()
        self._find_twice()
        for block in self.people:
            block.name_entries()
        return not self.errors

    def grow(self) -> None:
        """Say nothing of what is missing, as a block more is all that was asked for."""
        self.is_checked = False
        self.obstacles.clear()
        self.privacy.errors.clear()
        for each in self.contact.entries.values() if self.contact else ():
            each.errors.clear()
        for block in self.people:
            block.forget_errors()

    def _read_contact(self, posted: Mapping[str, str]) -> None:
        if self.contact is None:
            return
        self.contact.read(_of(posted, CONTACT))
        for each in self.contact.entries.values() if self.comes else ():
            each.errors.clear()

    def _drop_empty(self) -> None:
        for block in self.people[1:]:
            if block.is_empty:
                block.forget_errors()

    def _find_twice(self) -> None:
        seen: set[tuple[str, str]] = set()
        for block in self.filled:
            who = (block.details.email_key, block.details.name_key)
            if who in seen and block.details.email:
                first = next(iter(block.person.entries.values()))
                first.errors.append(_("This person is in the form already."))
            seen.add(who)

    @property
    def filled(self) -> list[PersonBlock]:
        """The blocks in which somebody stands; the first always is one."""
        return [each for each in self.people if each.number == 1 or not each.is_empty]

    @property
    def may_grow(self) -> bool:
        return len(self.people) < self.most

    @property
    def errors(self) -> Errors:
        """What is wrong: the id of the field to go to, and a sentence that names the field."""
        if not self.is_checked:
            return []
        listed: Errors = [(None, each.advice) for each in self.obstacles]
        for block in self.filled:
            listed += [(where, self._of_whom(block, said)) for where, said in block.errors]
        if self.contact is not None and not self.comes:
            listed += self.contact.errors
        return listed + told(self.privacy)

    def _of_whom(self, block: PersonBlock, sentence: str) -> str:
        number = block.number
        return _("Person %(number)d, %(sentence)s", number=number, sentence=sentence)

    @property
    def heading(self) -> str | None:
        """What it is that stands in the way, unless entries are to be put right too."""
        return self.obstacles[0].heading if len(self.obstacles) == len(self.errors) > 0 else None

    def to_contact(self, language: str) -> Contact:
        """Return who the contact is: the first person, or somebody who does not come."""
        said = self.people[0].person if self.comes or not self.contact else self.contact
        details = Details.of(said.checked)
        return Contact(details.given_name, details.family_name, details.email, language)


def group_form(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    token: FormToken,
    *,
    people: int,
    most: int,
    has_contact: bool = True,
) -> GroupForm:
    """Return an empty form with so many blocks, of which there can be `most`."""
    numbers = range(1, max(1, min(people, most)) + 1)
    label, limits = _("Consent of everyone"), Limits(congress)
    return GroupForm(
        token=token,
        contact=_contact(congress) if has_contact else None,
        people=[_block(congress, items, number, limits) for number in numbers],
        privacy=Entry(PRIVACY_NOTICE, label, required=True),
        most=most,
    )


def blocks_in(posted: Mapping[str, str]) -> int:
    """Return how many blocks a form was sent with."""
    return read_number(posted.get(PEOPLE, ""), most=MOST_SENT) or AT_FIRST


def _block(
    congress: Congress, items: Sequence[ProgrammeItem], number: int, limits: Limits
) -> PersonBlock:
    workshops = [item for item in items if item.bookable]
    questions = questions_form(congress, workshops, limits=limits)
    questions.rows = [row for row in questions.rows if row.question.is_required]
    person = person_form(congress)
    for each, entry in person.entries.items():
        if each.kind is FieldKind.EMAIL:
            entry.description = _("Please enter the person’s own: their personal link goes there.")
    return PersonBlock(number, person, choices_in(congress, items), questions, mode_form(congress))


def _contact(congress: Congress) -> PersonForm:
    form = person_form(congress)
    form.entries = {
        each: replace(entry, name=f"{CONTACT}{entry.name}", description="", required=True)
        for each, entry in form.entries.items()
        if each.name in NAMES or each.kind is FieldKind.EMAIL
    }
    return form


def _of(posted: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return what was sent with names that begin so, without that beginning."""
    return {
        name.removeprefix(prefix): value
        for name, value in posted.items()
        if name.startswith(prefix)
    }
