"""Projects of the network: what they are, who takes part, and which step follows which."""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.texts import Texts

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_RESULTS, LONGEST_CONTACT = 200, 5_000, 5_000, 200
LONGEST_PERSON = 200  # characters
MOST_PARTS = 500  # organisations in one project
# After the end of a project its office may have to ask back; then names and addresses go.
KEPT_AFTER_PROJECT = timedelta(days=365)


class ProjectKind(StrEnum):
    """What a project is."""

    PUBLICATION = "publication"
    WORKING_GROUP = "working_group"
    CONTRIBUTION = "contribution"  # to an event of others
    INITIATIVE_CIRCLE = "initiative_circle"  # helps to plan a congress


class ProjectState(StrEnum):
    """How far a project is."""

    PROPOSED = "proposed"
    RUNNING = "running"
    FINISHED = "finished"
    DECLINED = "declined"


class ProjectStep(StrEnum):
    """What the office does with a project."""

    ACCEPT = "accept"
    DECLINE = "decline"
    FINISH = "finish"
    RESUME = "resume"


class Part(StrEnum):
    """In which way an organisation takes part."""

    LEAD = "lead"
    PARTNER = "partner"
    PARTICIPANT = "participant"


# From which states a step is possible, and where it leads.
STEPS: Mapping[ProjectStep, tuple[frozenset[ProjectState], ProjectState]] = {
    ProjectStep.ACCEPT: (
        frozenset({ProjectState.PROPOSED, ProjectState.DECLINED}),
        ProjectState.RUNNING,
    ),
    ProjectStep.DECLINE: (frozenset({ProjectState.PROPOSED}), ProjectState.DECLINED),
    ProjectStep.FINISH: (frozenset({ProjectState.RUNNING}), ProjectState.FINISHED),
    ProjectStep.RESUME: (frozenset({ProjectState.FINISHED}), ProjectState.RUNNING),
}
ANSWERS = frozenset({ProjectStep.ACCEPT, ProjectStep.DECLINE})  # to who proposed it
SHOWABLE = frozenset({ProjectState.RUNNING, ProjectState.FINISHED})
CLOSED = frozenset({ProjectState.FINISHED, ProjectState.DECLINED})


@dataclass
class StepNotPossible(Refused):
    """Somebody else has taken the project elsewhere meanwhile."""

    state: ProjectState


class ProjectEditedMeanwhile(Refused):
    """Somebody else saved the project after the form was opened."""


class ProjectNotShown(Refused):
    """A project that is proposed or declined is nothing for the public."""


class PartOfOffice(Refused):
    """Who leads a project or is its partner is settled with the office."""


class TooManyParts(Refused):
    """As many organisations are in the project as there may be."""


@dataclass(frozen=True)
class ProjectFacts:
    """What is said of a project; the names are those of the columns."""

    kind: ProjectKind
    title: Texts
    summary: Texts = field(default_factory=dict)
    results: Texts = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    contact: str = ""  # a name that everybody may read, as whoever bears it has agreed

    @property
    def version(self) -> str:
        """What tells these facts from others: nobody saves over what they have not seen."""
        said = [dict(sorted(each.items())) for each in (self.title, self.summary, self.results)]
        rest = astuple(self)
        return hashlib.sha256(repr((said, rest[0], rest[4:])).encode()).hexdigest()[:16]

    def changes_to(self, other: "ProjectFacts") -> list[str]:
        """Return the names of what another one says differently."""
        names = (each.name for each in fields(self))
        return [name for name in names if getattr(self, name) != getattr(other, name)]


@dataclass(frozen=True)
class PartFacts:
    """An organisation in a project; the person is for the office only."""

    part: Part
    person: str = ""
    email: str = ""


def after(state: ProjectState, step: ProjectStep) -> ProjectState:
    """Return where a step leads. Raises StepNotPossible."""
    before, then = STEPS[step]
    if state not in before:
        raise StepNotPossible(state)
    return then


def possible(state: ProjectState) -> tuple[ProjectStep, ...]:
    """Return the steps that a project can take."""
    return tuple(step for step, (before, _then) in STEPS.items() if state in before)


def require_showable(state: ProjectState) -> None:
    """Refuse to show the public what the network has not taken on. Raises ProjectNotShown."""
    if state not in SHOWABLE:
        raise ProjectNotShown
