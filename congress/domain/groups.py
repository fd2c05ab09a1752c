"""Groups: several people whom one contact registers, each with a registration of their own.

Who they are together, what is refused of a whole group, and how long the contact is kept.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.names import full_name
from congress.domain.people import fold_email, fold_name
from congress.domain.standing import Standing

KEPT_AFTER_LAST = timedelta(days=30)  # the contact, once nobody of the group is registered


@dataclass(frozen=True)
class Contact:
    """Who registers others: they come themselves only where they are among these."""

    given_name: str
    family_name: str
    email: str
    language: str

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def email_key(self) -> str:
        return fold_email(self.email)

    def named_to(self, person: Standing) -> str:
        """Return who registered somebody, as they read it; nothing for the contact in person."""
        mine = (self.email_key, fold_name(self.given_name, self.family_name))
        theirs = (fold_email(person.email), fold_name(person.given_name, person.family_name))
        return "" if mine == theirs else self.name


class InWorkshops(StrEnum):
    """How the people of a group want to sit where workshops are given by wishes."""

    ANYHOW = ""
    TOGETHER = "together"
    APART = "apart"


@dataclass(eq=False)
class GroupTooLarge(Refused):
    """More people than a group can have; 0 where there are no groups."""

    most: int


@dataclass(eq=False)
class RefusedForOne(Refused):
    """What stands in the way of one person of a group, and so of the whole form."""

    name: str
    reason: Refused


class GroupLinkOver(Refused):
    """The group is over, or nobody of it is registered any more."""


def require_size(most: int, people: int) -> None:
    """Refuse a group of more people than may be in one."""
    if people > most:
        raise GroupTooLarge(most)
