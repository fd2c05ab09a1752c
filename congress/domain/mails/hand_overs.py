"""The facts of the question whether somebody comes instead."""

from typing import NotRequired, TypedDict

from congress.domain.mails.messages import CongressFacts


class HandOverFacts(TypedDict):
    """A question to a colleague who is to come instead; the link stands in it by number."""

    congress: CongressFacts
    given_name: str
    family_name: str
    from_whom: str
    waits: bool  # who asks has no place yet
    waits_on_reserve: NotRequired[bool]  # on the reserve list of their organisation
    mode: NotRequired[str]  # how they take part, where not everybody is on site
    modules_held: NotRequired[int]  # of a course that has begun
    hand_over: int
    expires_at: str
