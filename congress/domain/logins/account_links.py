"""Mailed links with which organisers choose a password, and what the mails about them state."""

from enum import StrEnum
from typing import TypedDict


class AccountLinkPurpose(StrEnum):
    """Why a link was mailed; also the first part of its address."""

    INVITATION = "invitation"
    RESET = "reset"


class AccountFacts(TypedDict):
    """A mail about an account; the link stands in it by number, never by value."""

    purpose: str
    name: str
    email: str
    congresses: list[str]  # titles of what the account may work on
    is_administrator: bool
    expires_at: str
    link: int
