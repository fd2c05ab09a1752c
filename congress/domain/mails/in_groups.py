"""What letters to somebody say of the group they were registered with."""

from typing import NotRequired, TypedDict


class SpokenForFacts(TypedDict):
    """Who acted for somebody of their organisation."""

    name: str
    organisation: str


class InGroupFacts(TypedDict):
    """Part of the facts of every letter to somebody who registered."""

    registered_by: NotRequired[str]  # the contact of their group
    contact_of_group: NotRequired[str]  # of that of somebody in whose place they come
    by_contact: NotRequired[str]  # who changed or cancelled something for them
    by_municipality: NotRequired[SpokenForFacts]  # the same, by who speaks for an organisation
    # To how many of a group that comes only together a place in the congress is one offer.
    offered_with: NotRequired[int]
    accepted_for_all: NotRequired[bool]  # by somebody else of such a group
