"""The link by which one takes part online: what is one, and whose it is.

It opens the same room for everybody, so it is told to those alone who have a place or have agreed
to contribute, and stands on no page, in no feed and in no file that others see. In a hybrid
congress it is for those who take part online; and it may be held back until shortly before.
"""

from datetime import datetime
from urllib.parse import quote, urlsplit, urlunsplit

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.modes import EventMode, Mode
from congress.domain.planning.contributors import Part
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.rules import Rules
from congress.domain.standing import Standing, StandingBooking

LONGEST_LINK = 1_000  # characters; meeting services write several hundred
NOT_IN_LINKS = frozenset("<>\"'\\^`{|}")
KEPT = "-._~/?:@!$&()*+,;=%"  # beside letters and figures (RFC 3986, 3.3), and what is quoted
ENDED = frozenset({CongressState.CANCELLED, CongressState.FINISHED})


class NotAnOnlineLink(Refused):
    """What was given is no whole address of a page that is reached encrypted."""


def as_link(text: str) -> str:
    """Return a web address as letters, pages and calendars can all write it, or raise.

    The host is written as IDNA (RFC 5890), other characters beyond ASCII are percent-encoded.
    Raises NotAnOnlineLink unless it is `https`, of a named host, without a user, and short enough.
    """
    try:
        if not text.isprintable() or NOT_IN_LINKS & set(text) or " " in text:
            raise NotAnOnlineLink
        parts = urlsplit(text)
        _port = parts.port  # looked at, as it is read only then
        host = parts.netloc.encode("idna").decode().lower()
    except ValueError:
        raise NotAnOnlineLink from None
    is_named = "." in (parts.hostname or "").strip(".") and not {"@", "[", "%"} & set(host)
    if parts.scheme != "https" or not is_named:
        raise NotAnOnlineLink
    rest = (quote(each, safe=KEPT) for each in (parts.path, parts.query, parts.fragment))
    link = urlunsplit(("https", host, *rest))
    if len(link) > LONGEST_LINK:
        raise NotAnOnlineLink
    return link


def link_for(congress: Congress, standing: Standing) -> str:
    """Return the link that somebody is told; none without a place that is sure, or to come."""
    return congress.online_link if _may_know(congress, standing) else ""


def link_to(booking: StandingBooking, congress: Congress, standing: Standing) -> str:
    """Return the link to a workshop of its own; none without a place in it, or where it is off."""
    face = booking.item.face
    has_place = booking.state is BookingState.CONFIRMED and not face.cancelled
    return face.online_link if has_place and _may_know(congress, standing) else ""


def link_to_part(part: Part, congress: Congress) -> str:
    """Return the link by which whoever has agreed to contribute takes part online.

    That of the item; that of the congress where the item has none of its own.
    """
    is_told = part.may_know_links and congress.state not in ENDED
    return (part.online_link or congress.online_link) if is_told else ""


def takes_part_online(congress: Congress, mode: Mode) -> bool:
    """Return whether somebody comes to no place: all of an online congress, some of a hybrid one.

    Where people come to a place, a link is for those who have to stay away.
    """
    return stays_away(congress.rules, mode)


def stays_away(rules: Rules, mode: Mode) -> bool:
    """Return the same by the rules of a congress."""
    return rules.mode is EventMode.ONLINE or (rules.is_hybrid and mode is Mode.ONLINE)


def is_told(congress: Congress, mode: Mode) -> bool:
    """Return whether links are told by now to whoever has a place and takes part in one way."""
    is_for_them = not congress.rules.is_hybrid or mode is Mode.ONLINE
    return is_for_them and not congress.holds_link_back


def link_comes_at(congress: Congress, standing: Standing) -> datetime | None:
    """Return when somebody is told the link, where it is held back until then."""
    is_expected = congress.online_link or takes_part_online(congress, standing.mode)
    is_for_them = not congress.rules.is_hybrid or standing.mode is Mode.ONLINE
    if not (congress.holds_link_back and is_expected and is_for_them and _has_place(standing)):
        return None
    return congress.link_comes_at if congress.state not in ENDED else None


def comes_with_place(congress: Congress, standing: Standing) -> bool:
    """Return whether somebody is told the link once they have a place, which they have not yet."""
    return congress.state not in ENDED and not _has_place(standing)


def _has_place(standing: Standing) -> bool:
    return standing.state is RegistrationState.CONFIRMED and not standing.is_unconfirmed


def _may_know(congress: Congress, standing: Standing) -> bool:
    is_told_them = is_told(congress, standing.mode) and congress.state not in ENDED
    return _has_place(standing) and is_told_them
