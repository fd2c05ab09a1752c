"""The facts of the mail that asks somebody who was there what they think of it."""

from typing import NotRequired, TypedDict

from congress.domain.mails.messages import CongressFacts


class FeedbackFacts(TypedDict):
    """The question, or its reminder; the link by the number of the ballot."""

    congress: CongressFacts
    given_name: str
    family_name: str
    ballot: int
    answer_by: str  # the first moment too late
    is_reminder: NotRequired[bool]
