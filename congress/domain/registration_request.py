"""What somebody asks for: the checked contents of a registration form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from congress.domain.fields import COLUMNS, FIELDS, values
from congress.domain.folding import fold_for_order, fold_for_search
from congress.domain.hall import NOBODY, Person
from congress.domain.people import fold_email, fold_name

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
class RegistrationRequest:
    """A person and the person's wishes; `form_key` tells a double submit from a second try."""

    given_name: str
    family_name: str
    email: str
    organisation: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)  # to fields without a column
    language: str = "de"
    choices: tuple[WishedWorkshop, ...] = ()
    consents: tuple[str, ...] = ()
    form_key: str = ""

    @property
    def email_key(self) -> str:
        return fold_email(self.email)

    @property
    def name_key(self) -> str:
        return fold_name(self.given_name, self.family_name)

    @property
    def newcomer(self) -> Person:
        """What the rules of places need of somebody who is not stored yet."""
        return NOBODY

    def columns(self) -> dict[str, Any]:
        """Return what the row of a registration takes from the request, by column."""
        names = (*COLUMNS, "language", "form_key", "email_key", "name_key")
        return {name: getattr(self, name) for name in names} | {
            "register_key": fold_name(self.organisation),
            "organisation_key": fold_for_order(self.organisation),
            "family_key": fold_for_order(self.family_name, self.given_name),
            "search": fold_for_search(*values(vars(self), FIELDS).values()),
            "answers": {name: answer for name, answer in self.answers.items() if answer},
        }
