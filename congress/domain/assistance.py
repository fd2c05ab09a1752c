"""What somebody needs to take part: said with their consent, read by one role, deleted early.

It is health data (Art. 9 GDPR), so it stands apart from all else that is known of them, in no
letter, list, file or search (GDPR-04).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.fields import ASSISTANCE, FieldUse
from congress.domain.registration import RegistrationState

LONGEST = 500  # characters
GONE_WITHIN = timedelta(days=14)  # of the end of the congress, as the privacy notice promises
TIDIED_AFTER = GONE_WITHIN - timedelta(days=1)  # the worker looks once a day


class Need(StrEnum):
    """What can be ticked, in the order of the form."""

    SIGN_LANGUAGE = "sign_language"
    INDUCTION_LOOP = "induction_loop"
    STEP_FREE = "step_free"
    ALLERGIES = "allergies"
    OTHER = "other"


IN_WORDS = frozenset({Need.ALLERGIES, Need.OTHER})  # nobody can see to them unexplained


class AssistanceNotAsked(Refused):
    """The congress does not ask for it, or no longer."""


@dataclass(frozen=True)
class Needs:
    """What one person needs; no trace of a program shows it."""

    kinds: tuple[Need, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)

    @classmethod
    def of(cls, kinds: Iterable[str], text: str) -> "Needs":
        """Return what was ticked and written; a text alone is about something else."""
        ticked = frozenset(kinds)
        known = tuple(each for each in Need if each in ticked)
        return cls(known or ((Need.OTHER,) if text else ()), text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is needed."""
        return not self.kinds

    @property
    def lacks_words(self) -> bool:
        """Whether it takes words to see to it, and there are none."""
        return not self.text and not IN_WORDS.isdisjoint(self.kinds)


NOTHING_NEEDED = Needs()


@dataclass(frozen=True)
class Totals:
    """How many need something, and how many what: of those who have a place, and who wait."""

    people: int = 0
    waiting: int = 0
    kinds: Mapping[Need, int] = field(default_factory=dict)  # of those who have a place
    kinds_waiting: Mapping[Need, int] = field(default_factory=dict)


def totals(found: Iterable[tuple[str, Iterable[str]]]) -> Totals:
    """Return how many need what, given where each of them stands and what was ticked."""
    stated = [(state, frozenset(kinds)) for state, kinds in found]
    seated = [kinds for state, kinds in stated if state == RegistrationState.CONFIRMED]
    queued = [kinds for state, kinds in stated if state == RegistrationState.WAITING]
    return Totals(len(seated), len(queued), _counted(seated), _counted(queued))


def is_asked(fields: Mapping[str, FieldUse]) -> bool:
    """Return whether a congress asks, by how it asks its questions."""
    return fields.get(ASSISTANCE, FieldUse.OFF) is not FieldUse.OFF


def _counted(stated: Iterable[frozenset[str]]) -> dict[Need, int]:
    every = [kind for kinds in stated for kind in kinds]
    return {need: every.count(need) for need in Need if need in every}
