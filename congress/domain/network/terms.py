"""Terms of contact persons and deputies: from a day to a day, both counted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ContactRole(StrEnum):
    """In which way somebody speaks for an organisation."""

    CONTACT = "contact"
    DEPUTY = "deputy"


@dataclass(frozen=True)
class Term:
    """From when until when somebody speaks for an organisation; without an end until further."""

    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the term holds on a day: the last one still counts to its end."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def is_over_on(self, day: date) -> bool:
        """Return whether the last day is past."""
        return self.ends_on is not None and self.ends_on < day

    def meets(self, other: "Term") -> bool:
        """Return whether there is a day on which both hold."""
        begins, ends = max(self.starts_on, other.starts_on), (self.ends_on, other.ends_on)
        return all(last is None or begins <= last for last in ends)
