"""The facts of letters to whoever is invited to a congress."""

from typing import NotRequired, TypedDict

from congress.domain.mails.messages import CongressFacts


class InvitationFacts(TypedDict):
    """A letter to somebody invited; the link stands in it by number, never by value."""

    congress: CongressFacts
    given_name: str
    family_name: str
    invitation: int
    organisation: str
    places: int
    is_organisation: bool  # who names its people itself
    invited_by: NotRequired[str]  # the municipality that named a local partner
    opens_at: NotRequired[str]  # where registration is yet to open
    wishes_until: NotRequired[str]  # until before when one ranks workshops, where places go by that
    # In a reminder, as in those of `LetterFacts`.
    reminder: NotRequired[str]
    reminder_number: NotRequired[int]
    lines: NotRequired[list[str]]
