"""The facts of the mail to the contact of a group."""

from typing import NotRequired, TypedDict

from congress.domain.mails.messages import CongressFacts


class GroupFacts(TypedDict):
    """What the contact of a group reads: whom they registered; the link by the group's number."""

    congress: CongressFacts
    given_name: str
    family_name: str
    group: int
    names: list[str]
    together: NotRequired[bool]  # they come only together
    by_offer: NotRequired[bool]  # and a place that becomes free is to be accepted
    wishes_until: NotRequired[str]  # until before when each of them ranks workshops
