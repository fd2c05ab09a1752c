"""Invitations for tests: stored, with a link that opens them."""
# ruff: noqa: ANN401 - the columns of a row have many types

from dataclasses import asdict, fields
from itertools import count
from typing import Any

from congress.domain.invitations import Guest
from congress.domain.tokens import GuestLink
from congress.models import Congress, Invitation
from congress.services import tokens
from tests.builders import OPEN, add

_numbers = count(1)
OF_GUEST = {each.name for each in fields(Guest)}


def an_invitation(congress: Congress | int, **values: Any) -> Invitation:
    """Store an invitation that was sent, to somebody by name unless `values` say otherwise."""
    usual = {"email": f"gast{next(_numbers)}@example.org", "given_name": "Gerda"}
    said = usual | {"family_name": "Gast"} | values
    guest = Guest(**{name: value for name, value in said.items() if name in OF_GUEST})
    more = {name: value for name, value in values.items() if name not in OF_GUEST}
    kept = tokens.fresh(GuestLink.INVITED)[1]
    congress_id = congress if isinstance(congress, int) else congress.id
    known = {"congress_id": congress_id, "created_at": OPEN, "sent_at": OPEN}
    return add(Invitation(**asdict(guest) | guest.keys | kept | known | more))


def token_of(invitation: Invitation) -> str:
    """Return the secret part of the link that opens it."""
    token = tokens.make_again(GuestLink.INVITED, invitation.nonce, invitation.key_id)
    assert token
    return token
