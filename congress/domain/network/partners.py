"""Local partners whom a member municipality invites to a themed workshop."""

from dataclasses import dataclass
from datetime import datetime

from congress.domain.congresses import Congress, CongressKind, CongressState
from congress.domain.errors import Refused
from congress.domain.network.membership import BELONGING, MembershipState


class PartnersNotAsked(Refused):
    """Nobody names local partners for this event, or nobody of this organisation."""


@dataclass(eq=False)
class EnoughPartners(Refused):
    """A municipality has named as many partners as it may."""

    most: int


def asks_for_partners(congress: Congress, *, now: datetime) -> bool:
    """Return whether municipalities name partners for an event at present."""
    return (
        congress.kind == CongressKind.TOPIC_WORKSHOP
        and congress.rules.partners_most > 0
        and congress.state is CongressState.PUBLISHED
        and not congress.is_over(now)
    )


def require_may_name(
    congress: Congress, state: MembershipState | None, *, named: int, now: datetime
) -> None:
    """Refuse a further partner. Raises PartnersNotAsked and EnoughPartners."""
    if state not in BELONGING or not asks_for_partners(congress, now=now):
        raise PartnersNotAsked
    if named >= congress.rules.partners_most:
        raise EnoughPartners(congress.rules.partners_most)
