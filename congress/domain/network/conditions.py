"""The conditions of membership, as the network has agreed on them, and what proves each.

The network is open to all municipalities that have named a contact person, have made engagement
a cross-cutting task of their administration, sign the joint declaration, and take part in the
Ehrenamtskarte or plan to introduce it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from congress.domain.errors import Refused

LONGEST_EVIDENCE = 2000  # characters
MOST_DOCUMENTS = 60  # of one organisation
# After what a document proves holds no more: so long a report of the year before is asked about.
KEPT_AFTER_END = timedelta(days=730)


class Condition(StrEnum):
    """What a municipality fulfils to be a member, in the order in which it is asked."""

    CONTACT = "contact"  # a contact person is named
    CROSS_CUTTING = "cross_cutting"  # engagement is a cross-cutting task
    DECLARATION = "declaration"  # the joint declaration is signed
    CARD = "card"  # takes part in the Ehrenamtskarte, or plans to


class Held(StrEnum):
    """Whether a condition is fulfilled."""

    YES = "yes"
    PLANNED = "planned"
    NO = "no"


class Evidence(StrEnum):
    """What proves a condition."""

    DAY = "day"  # of the signature, since when
    WORDS = "words"
    DOCUMENT = "document"


PLANNABLE = frozenset({Condition.CARD})
NEEDED: Mapping[tuple[Condition, Held], frozenset[Evidence]] = {
    (Condition.CONTACT, Held.YES): frozenset({Evidence.WORDS}),
    (Condition.CROSS_CUTTING, Held.YES): frozenset({Evidence.WORDS}),
    (Condition.DECLARATION, Held.YES): frozenset({Evidence.DAY, Evidence.DOCUMENT}),
    (Condition.CARD, Held.YES): frozenset({Evidence.DAY}),
    (Condition.CARD, Held.PLANNED): frozenset({Evidence.WORDS}),
}


class NotPlannable(Refused):
    """A condition is to be planned that one fulfils or does not."""


class CheckedMeanwhile(Refused):
    """Somebody else checked the same condition after the page was opened."""


class TooManyDocuments(Refused):
    """There are as many documents of an organisation as there may be."""


@dataclass(frozen=True)
class Check:
    """What is known of one condition of an organisation, and what proves it."""

    condition: Condition
    held: Held
    shown_on: date | None = None
    words: str = ""
    has_document: bool = False

    @property
    def lacks(self) -> tuple[Evidence, ...]:
        """What is needed and not there, in the order of `Evidence`."""
        has = {
            Evidence.DAY: self.shown_on is not None,
            Evidence.WORDS: bool(self.words),
            Evidence.DOCUMENT: self.has_document,
        }
        needed = NEEDED.get((self.condition, self.held), frozenset())
        return tuple(each for each in Evidence if each in needed and not has[each])

    @property
    def is_fulfilled(self) -> bool:
        """Whether it is fulfilled, or planned where that is enough, and proven."""
        return self.held in answers(self.condition) - {Held.NO} and not self.lacks


def answers(condition: Condition) -> frozenset[Held]:
    """Return what can be said of a condition."""
    planned = {Held.PLANNED} if condition in PLANNABLE else set()
    return frozenset({Held.YES, Held.NO} | planned)


def require_answer(condition: Condition, held: Held) -> None:
    """Refuse what cannot be said of a condition. Raises NotPlannable."""
    if held not in answers(condition):
        raise NotPlannable


def missing(checks: Iterable[Check]) -> tuple[Condition, ...]:
    """Return which conditions an organisation does not fulfil, or has not proven."""
    fulfilled = {each.condition for each in checks if each.is_fulfilled}
    return tuple(each for each in Condition if each not in fulfilled)
