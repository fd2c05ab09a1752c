"""Secret links: made from a key and a nonce, so that they can be made again and never stored.

The database holds the nonce, the name of the key and a SHA-256 for look-up (OWASP ASVS 11.5):
whoever steals it opens nothing, a link can be sent again, and a new nonce revokes the old link.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

CODE_LENGTH = 6
LENGTH = 43
# What a scanner set to an English keyboard types on a German one.
OTHER_KEYBOARD = str.maketrans("yzYZß?", "zyZY-_")


class TokenPurpose(StrEnum):
    """What a link opens; a token of one purpose never opens another."""

    MANAGE = "manage"
    FEED = "feed"
    CHECK_IN = "check_in"  # opens nothing: it tells the door who somebody is


class AddressLink(StrEnum):
    """The link that confirms a new address of a registration."""

    CONFIRM = "confirm_address"


class RegistrationLink(StrEnum):
    """The link that confirms a registration from its mailbox."""

    CONFIRM = "confirm_registration"


class HandOverLink(StrEnum):
    """The link by which a named colleague takes a place over."""

    ACCEPT = "accept_hand_over"


class ReaderLink(StrEnum):
    """The link of somebody who asked for a newsletter: confirm, choose, leave."""

    NEWSLETTER = "newsletter"


class OpeningLink(StrEnum):
    """The link of somebody who wants to know when registration opens: confirm, leave."""

    OPENING = "opening"


class GroupLink(StrEnum):
    """The link by which a contact sees and changes the group they registered."""

    CONTACT = "group_contact"


class PersonLink(StrEnum):
    """The link of somebody in a programme to what they do in one congress."""

    CONTRIBUTOR = "contributor"
    PROPOSAL = "proposal"


class GuestLink(StrEnum):
    """The link by which somebody who is invited registers, or says no."""

    INVITED = "invited"


class FeedbackLink(StrEnum):
    """The link by which somebody who was there says what they think of it."""

    BALLOT = "feedback_ballot"


class ApplicationLink(StrEnum):
    """The link by which somebody sees, corrects and withdraws an application for membership."""

    APPLICANT = "membership_application"


class CourseLink(StrEnum):
    """The links of whoever applies for a course, and of whoever is named to take part."""

    APPLICANT = "course_application"
    NAMED = "course_named"


class MunicipalityLink(StrEnum):
    """The link by which somebody who speaks for an organisation sees what concerns it."""

    CONTACT = "municipality_contact"


@dataclass(frozen=True)
class Key:
    """A secret and the name under which rows remember it."""

    secret: bytes

    @property
    def id(self) -> str:
        """Eight hex digits that tell keys apart and tell nothing about them."""
        return hashlib.sha256(b"key-id" + self.secret).hexdigest()[:8]


def make(key: Key, purpose: StrEnum, nonce: str) -> str:
    """Return the token (43 characters, base64url, 256 bits) for a nonce."""
    mac = hmac.new(key.secret, f"{purpose}:{nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def readings(typed: str) -> tuple[str, ...]:
    """Return the tokens that a scanner at a door may mean by what it types."""
    said = "".join(typed.split())[-LENGTH:]  # what was scanned last, where more stands before it
    found = dict.fromkeys((said, said.translate(OTHER_KEYBOARD)))
    return tuple(each for each in found if len(each) == LENGTH)


def code(key: Key, nonce: str) -> str:
    """Return six digits for a nonce, short enough to be typed: they count for minutes and once."""
    mac = hmac.new(key.secret, f"code:{nonce}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(mac) % 10**CODE_LENGTH:0{CODE_LENGTH}}"


def digest(token: str) -> str:
    """Return the SHA-256 (hex) under which a token is looked up."""
    return hashlib.sha256(token.encode()).hexdigest()
