"""Texts of the network: what becomes of a version, when it can be commented on, what is answered.

A version that was put up for comments or adopted is never changed again: what is to be different
is the next version.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.texts import Texts

LONGEST_TITLE, LONGEST_TEXT, LONGEST_CHANGES, LONGEST_BODY = 200, 50_000, 2_000, 300
LONGEST_COMMENT, LONGEST_ANSWER = 5_000, 2_000  # characters
MOST_COMMENTS = 100  # of one organisation on one version
LONGEST_PERIOD = timedelta(days=365)
# After the answers somebody may ask back who wrote for a municipality; then only it is known.
KEPT_AFTER_COMMENTS = timedelta(days=365)
HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t#]*")


class TextKind(StrEnum):
    """What a text of the network is."""

    QUALITY_CRITERIA = "quality_criteria"
    JOINT_DECLARATION = "joint_declaration"  # members sign it
    PLAN_OF_ACTION = "plan_of_action"
    OTHER = "other"


class VersionState(StrEnum):
    """How far a version of a text is."""

    DRAFT = "draft"
    IN_COMMENT = "in_comment"  # until its last day, and afterwards while it is worked in
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


class VersionStep(StrEnum):
    """What happens to a version."""

    OPEN = "open"  # for comments
    ADOPT = "adopt"
    SUPERSEDE = "supersede"  # by a version adopted later


class Answer(StrEnum):
    """What became of a comment."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"


# From which states a step is possible, and where it leads.
STEPS: Mapping[VersionStep, tuple[frozenset[VersionState], VersionState]] = {
    VersionStep.OPEN: (frozenset({VersionState.DRAFT}), VersionState.IN_COMMENT),
    VersionStep.ADOPT: (
        frozenset({VersionState.DRAFT, VersionState.IN_COMMENT}),
        VersionState.ADOPTED,
    ),
    VersionStep.SUPERSEDE: (
        frozenset({VersionState.IN_COMMENT, VersionState.ADOPTED}),
        VersionState.SUPERSEDED,
    ),
}
OPEN = frozenset({VersionState.DRAFT, VersionState.IN_COMMENT})
PUBLIC = frozenset(VersionState) - {VersionState.DRAFT}


@dataclass
class VersionStepNotPossible(Refused):
    """Somebody else has taken the version further meanwhile."""

    state: VersionState


class VersionEditedMeanwhile(Refused):
    """Somebody else saved the version after the form was opened."""


class CommentsStillOpen(Refused):
    """Municipalities can still comment: nothing is adopted or begun anew before that ends."""


class VersionOpenAlready(Refused):
    """There is a draft of this text already."""


class NextHasBegun(Refused):
    """The next version has begun: comments on the one before would come too late for it."""


class CommentsOver(Refused):
    """The last day for comments is over, or none can be made yet."""


class TooManyComments(Refused):
    """An organisation has made as many comments on a version as it may."""


class CommentEditedMeanwhile(Refused):
    """Somebody else of the organisation saved the comment after the form was opened."""


class AnswersMissing(Refused):
    """Comments are without an answer; they are answered before a later version is adopted."""


@dataclass(frozen=True)
class VersionFacts:
    """What a version says, and what it changes."""

    body: Texts
    changes: Texts = field(default_factory=dict)

    @property
    def version(self) -> str:
        """What tells these facts from others: nobody saves over what they have not seen."""
        said = [sorted(each.items()) for each in astuple(self)]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Adoption:
    """When a version was adopted, and by whom in words, such as a network meeting."""

    day: date
    by: str


def after(state: VersionState, step: VersionStep) -> VersionState:
    """Return where a step leads. Raises VersionStepNotPossible."""
    before, then = STEPS[step]
    if state not in before:
        raise VersionStepNotPossible(state)
    return then


def takes_comments(
    state: VersionState, starts_on: date | None, ends_on: date | None, today: date
) -> bool:
    """Whether comments can be made today; the last day counts to its end."""
    if state is not VersionState.IN_COMMENT or starts_on is None or ends_on is None:
        return False
    return starts_on <= today <= ends_on


def is_waiting(state: VersionState, ends_on: date | None, today: date) -> bool:
    """Whether the last day for comments is still to come or is today."""
    return state is VersionState.IN_COMMENT and ends_on is not None and today <= ends_on


def mark_of(*said: str | None) -> str:
    """Return what tells a comment and its answer from what they were before."""
    return hashlib.sha256(repr([str(each or "") for each in said]).encode()).hexdigest()[:16]


def sections(text: str) -> list[str]:
    """Return the headings of a text, each once, in their order: what a comment can be about."""
    found = (HEADING.fullmatch(line) for line in text.splitlines())
    return list(dict.fromkeys(each[1] for each in found if each and each[1]))
