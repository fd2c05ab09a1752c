"""What somebody says of themselves and asks for: the checked contents of a registration form."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from congress.domain.answer_files import AnswerFile
from congress.domain.assistance import NOTHING_NEEDED, Needs
from congress.domain.fields import ANSWERS, COLUMNS, FIELDS, values
from congress.domain.folding import fold_for_order, fold_for_search
from congress.domain.hall import NOBODY, Person
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.own_questions import Given
from congress.domain.people import fold_email, fold_name, likeness, name_order
from congress.domain.quotas import NOT_COUNTED
from congress.domain.ranking import Wishes

# What one can agree to or take note of.
PRIVACY_NOTICE = "privacy_notice"
VOLUNTARY = ("attendee_list", "photos")


@dataclass(frozen=True)
class WishedWorkshop:
    """One wish: a workshop, the one whose place to hold while waiting, a question in advance."""

    item_id: int
    safe_item_id: int | None = None
    question: str = ""


@dataclass(frozen=True)
class Details:
    """Who somebody is and how they are reached, by the fields of a registration."""

    given_name: str
    family_name: str
    email: str
    organisation: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)  # to fields without a column

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Self:
        """Return what was said, by the names of the fields; fields that are left out are empty."""
        answers = {each.name: said.get(each.name, "") for each in ANSWERS}
        return cls(**{name: said.get(name, "") for name in COLUMNS}, answers=answers)

    @property
    def said(self) -> dict[str, str]:
        """Every field by its name, empty ones too."""
        return values(vars(self), FIELDS)

    @property
    def version(self) -> str:
        """What tells these details from any others: nobody overwrites what they have not seen."""
        return hashlib.sha256(repr(sorted(self.said.items())).encode()).hexdigest()[:16]

    @property
    def email_key(self) -> str:
        return fold_email(self.email)

    @property
    def name_key(self) -> str:
        return fold_name(self.given_name, self.family_name)

    def columns(self) -> dict[str, Any]:
        """Return what the row of a registration takes over, by column."""
        names = (*COLUMNS, "email_key", "name_key")
        return {name: getattr(self, name) for name in names} | {
            "register_key": fold_name(self.organisation),
            "organisation_key": fold_for_order(self.organisation),
            "family_key": name_order(self.family_name, self.given_name),
            "likeness": likeness(self.given_name, self.family_name),
            "search": fold_for_search(*self.said.values()),
            "answers": {name: answer for name, answer in self.answers.items() if answer},
        }


@dataclass(frozen=True)
class RegistrationRequest(Details):
    """A person and the person's wishes; `form_key` tells a double submit from a second try.

    Whoever has no address is known by name alone; `apart` tells two of one name from each other.
    """

    language: str = "de"
    choices: tuple[WishedWorkshop, ...] = ()
    wishes: Mapping[int, Wishes] = field(default_factory=dict)  # by `Slot.key`, where ranked
    consents: tuple[str, ...] = ()
    form_key: str = ""
    is_repaired: bool = False  # something was taken over not quite as typed
    apart: str = ""
    needs: Needs = NOTHING_NEEDED
    own_answers: Given = field(
        default_factory=dict, repr=False
    )  # to what the congress asks on its own
    files: Mapping[str, AnswerFile] = field(default_factory=dict, repr=False)  # among the answers
    quota_key: str = NOT_COUNTED  # the organisation they are counted with
    invitation_id: int | None = None  # by whose link they come
    group_id: int | None = None  # with whom somebody registers them
    mode: Mode = Mode.ONSITE
    kind: PersonKind = PersonKind.ATTENDEE
    speaks: bool | None = None  # for a member, where that matters

    @property
    def name_key(self) -> str:
        return f"{super().name_key} {self.apart}".rstrip()

    @property
    def newcomer(self) -> Person:
        """What the rules of places need of somebody who is not stored yet."""
        is_invited = self.invitation_id is not None
        asked = replace(NOBODY, quota_key=self.quota_key, mode=self.mode, kind=self.kind)
        return replace(asked, is_invited=is_invited, speaks=self.speaks)

    def columns(self) -> dict[str, Any]:
        names = ("language", "form_key", "quota_key", "invitation_id", "group_id", "mode", "kind")
        return super().columns() | {name: getattr(self, name) for name in names}
