"""An application for membership of the network: what is said, and how far it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from congress.domain.errors import Refused
from congress.domain.names import full_name
from congress.domain.network.conditions import Check, Condition, Held
from congress.domain.people import fold_email

LONGEST_ANSWER = 2000  # characters
# Whoever was declined, or withdrew, may come back within half a year and be known.
KEPT_AFTER_NO = timedelta(days=180)
# The year in which the office may have to explain why it said yes; what proves it stays longer.
KEPT_AFTER_YES = timedelta(days=365)
# An open form takes files: so many from everybody together, so that nobody fills the database.
MOST_OPEN_DOCUMENTS = 100


class ApplicationState(StrEnum):
    """How far an application is."""

    NEW = "new"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class AppliedEnough(Refused):
    """Many applications came under one address within an hour."""


class NoRoomForDocuments(Refused):
    """So many applications with a document are open that no more documents are taken."""


class ApplicationSettled(Refused):
    """It was answered or withdrawn: it stays as it is."""


class ApplicationUnseen(Refused):
    """An application is other than what an answer was written to."""


class OrganisationUndecided(Refused):
    """Nobody has said yet which organisation of the register it is about."""


class ConditionsMissing(Refused):
    """Conditions are not fulfilled, and nobody has said that it becomes a member all the same."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self.conditions = tuple(conditions)


class MemberTooEarly(Refused):
    """An organisation is to become a member before it was there, or too far ahead."""


@dataclass(frozen=True)
class Applicant:
    """Who speaks for the organisation: its contact person once it is a member."""

    given_name: str
    family_name: str
    function: str
    phone: str
    email: str

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class Application:
    """An application as it is stored; `registered` is the organisation's name in the register."""

    id: int
    state: ApplicationState
    organisation: str  # as it was typed
    organisation_id: int | None
    registered: str
    applicant: Applicant
    checks: tuple[Check, ...]
    document: tuple[int, str] | None  # its number and its name
    language: str
    created_at: datetime
    changed_at: datetime
    answered_at: datetime | None = None
    answer: str = ""
    member_from: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it, and it was not withdrawn."""
        return self.state is ApplicationState.NEW

    @property
    def called(self) -> str:
        """The organisation, as the register knows it."""
        return self.registered or self.organisation

    @property
    def version(self) -> str:
        """What tells it from what it was before, or will be: an answer is to what was read."""
        return f"{self.changed_at.astimezone(UTC).isoformat()} {self.organisation_id or ''}"


def same(one: Applicant, other: Applicant) -> bool:
    """Return whether two forms name the same person and what they say of them."""
    told = (one.name, one.function, one.phone, fold_email(one.email))
    return told == (other.name, other.function, other.phone, fold_email(other.email))


def as_facts(checks: Iterable[Check]) -> dict[str, Any]:
    """Return what is said of conditions as JSON holds it; the document stands apart."""
    return {
        str(each.condition): {
            "held": str(each.held),
            "shown_on": each.shown_on.isoformat() if each.shown_on else None,
            "words": each.words,
        }
        for each in checks
    }


def from_facts(said: Mapping[str, Any], *, has_document: bool) -> tuple[Check, ...]:
    """Return what is said of conditions, in their order; the document is of the declaration."""
    return tuple(
        Check(
            condition,
            Held(found["held"]),
            date.fromisoformat(found["shown_on"]) if found["shown_on"] else None,
            found["words"],
            has_document and condition is Condition.DECLARATION,
        )
        for condition in Condition
        if (found := said.get(condition)) is not None
    )
