"""What of one's own the page shows to machines: the code for the door, the calendar's address."""

from datetime import datetime

from markupsafe import Markup

from congress import links
from congress.domain.online import takes_part_online
from congress.domain.registration import RegistrationState
from congress.domain.tokens import TokenPurpose
from congress.formats import codes
from congress.queries.registrations import Opened
from congress.services import tokens


def code(own: Opened, *, now: datetime) -> Markup | None:
    """Return what the door reads, for whoever has a place and comes to one."""
    standing = own.registration.standing
    is_expected = standing.state is RegistrationState.CONFIRMED and not own.congress.is_over(now)
    if not is_expected or takes_part_online(own.congress, standing.mode):
        return None
    token = _made_again(own, TokenPurpose.CHECK_IN)
    return codes.svg(token) if token else None


def feed(own: Opened) -> tuple[str, str] | None:
    """Return the address of one's own calendar feed, for programs and for copying."""
    token = _made_again(own, TokenPurpose.FEED)
    if token is None:
        return None
    address = links.personal_feed(token)
    return links.webcal(address), address


def _made_again(own: Opened, purpose: TokenPurpose) -> str | None:
    kept = own.kept.get(purpose)
    return tokens.make_again(purpose, *kept) if kept else None
