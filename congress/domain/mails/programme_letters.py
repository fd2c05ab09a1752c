"""The facts of letters to whoever has a part in a programme, or proposes one."""

from typing import NotRequired, TypedDict

from congress.domain.mails.messages import CongressFacts


class PartFacts(TypedDict):
    """What somebody does in one item."""

    role: str  # in words
    number: int | None
    title: str
    starts_at: str
    ends_at: str
    room: str
    online_link: NotRequired[str]  # of its own; where they agreed, and it is published


class ContributorFacts(TypedDict):
    """A letter to somebody in the programme; the link stands in it by number, never by value."""

    congress: CongressFacts
    given_name: str  # always empty: a name of the programme is one text
    family_name: str
    contributor: int
    asked: list[PartFacts]
    agreed: list[PartFacts]


class MovedPartFacts(TypedDict):
    """What somebody does in one item, and when and where it was to be."""

    now: PartFacts
    was: PartFacts
    off: bool
    back: bool  # it takes place after all


class MovedFacts(TypedDict):
    """A letter about items that moved, to somebody who has a part in them."""

    congress: CongressFacts
    given_name: str  # always empty: a name of the programme is one text
    family_name: str
    contributor: int
    moved: list[MovedPartFacts]


class CodeFacts(TypedDict):
    """A letter with a code; it stands in it by the number of the login, never by value."""

    congress: CongressFacts
    given_name: str  # always empty: a name of the programme is one text
    family_name: str
    login: int


class ProposalFacts(TypedDict):
    """A letter about what somebody proposed; the link stands in it by number, never by value."""

    congress: CongressFacts
    given_name: str
    family_name: str
    proposal: int
    title: str
    kind: str  # in the recipient's language


class CallFacts(TypedDict):
    """Until when proposals can be corrected: the first moments too late, ISO 8601, UTC."""

    closes_at: str
    before: str


class DeadlineFacts(ProposalFacts):
    """Another last day of a call, to somebody who proposed something in answer to it."""

    call: CallFacts
    others: list[str]  # titles of what they proposed as well; their links are not in the letter


class AnswerFacts(ProposalFacts):
    """The answer to a proposal, in an organiser's words."""

    paragraphs: list[list[str]]  # each with its lines
    answer: str  # `calls.Answering`; letters written before there were several lack it
