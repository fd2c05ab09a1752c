"""Who speaks for an organisation: contact persons and deputies, and what is refused of them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from congress.domain.errors import Refused
from congress.domain.names import full_name
from congress.domain.network.terms import ContactRole, Term
from congress.domain.people import fold_email, fold_name, name_order

# After the end of a term: so long a successor asks back, and a letter about a meeting of the year
# before finds whoever was there. Then the person goes; what they did stays without their name.
KEPT_AFTER_TERM = timedelta(days=365)
MOST_DEPUTIES = 5  # that an organisation names by itself: each of them gets a mail


class TermNotInForce(Refused):
    """Somebody speaks for an organisation no longer, or not yet."""


class NothingToTakeBack(Refused):
    """Nobody is to follow on somebody, or whoever follows speaks for the organisation already."""


class IsHandedOver(Refused):
    """Somebody is to follow on this person already."""


class NotForDeputies(Refused):
    """Deputies are named and taken out by contact persons alone."""


@dataclass(eq=False)
class EnoughDeputies(Refused):
    """An organisation has as many deputies as it may name by itself."""

    most: int


class NotOfYours(Refused):
    """Somebody is not of the organisation for which a contact person speaks."""


class AlreadySpeaks(Refused):
    """The same person speaks for the same organisation in these days already."""


class ContactEditedMeanwhile(Refused):
    """Somebody else saved this contact person after the form was opened."""


@dataclass(eq=False)
class TooEarly(Refused):
    """A term would end before it began; the first day that is possible."""

    earliest: date


@dataclass(frozen=True)
class ContactDetails:
    """What the office knows of somebody who speaks for an organisation."""

    role: ContactRole
    given_name: str
    family_name: str
    email: str
    function: str = ""
    phone: str = ""
    language: str = "de"

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def keys(self) -> dict[str, str]:
        """What tells one from another, and puts them in order."""
        return {
            "email_key": fold_email(self.email),
            "name_key": fold_name(self.given_name, self.family_name),
            "name_order": name_order(self.family_name, self.given_name),
        }


def version_of(details: ContactDetails, term: Term) -> str:
    """Return what tells these facts from others: nobody saves over what they have not seen."""
    return hashlib.sha256(repr((details, term)).encode()).hexdigest()[:16]


def changes(before: ContactDetails, after: ContactDetails) -> list[str]:
    """Return the names of what is said differently."""
    names = (each.name for each in fields(before))
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def ended_on(term: Term, day: date) -> Term:
    """Return a term that ends on a day, if it does not end before. Raises TooEarly."""
    if day < term.starts_on:
        raise TooEarly(term.starts_on)
    return Term(term.starts_on, day if term.ends_on is None else min(day, term.ends_on))


def handed_over(term: Term, starts_on: date) -> Term:
    """Return a term after which another one begins: it ends the day before. Raises TooEarly."""
    if starts_on <= term.starts_on:
        raise TooEarly(term.starts_on + timedelta(days=1))
    return ended_on(term, starts_on - timedelta(days=1))


@dataclass(frozen=True)
class Contact:
    """Somebody who speaks, spoke or is to speak for an organisation."""

    id: int
    organisation_id: int
    organisation: str
    details: ContactDetails
    term: Term
    has_link: bool = False
    was_sent: bool = False

    @property
    def name(self) -> str:
        return self.details.name

    @property
    def version(self) -> str:
        return version_of(self.details, self.term)


def coming_successor(contact: Contact, others: Iterable[Contact], day: date) -> Contact | None:
    """Return who is to follow on somebody from the day after their last one, and has not begun."""
    if contact.term.ends_on is None or contact.term.ends_on < day:
        return None
    begins = contact.term.ends_on + timedelta(days=1)
    follows = (
        each
        for each in others
        if (each.details.role, each.term.starts_on) == (contact.details.role, begins)
    )
    return next(follows, None)
