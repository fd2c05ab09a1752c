"""Groups of registrations, as rows."""

# ruff: noqa: ANN401 - columns have many types

from typing import Any

from congress.domain.people import fold_email
from congress.domain.tokens import GroupLink
from congress.models import Congress, RegistrationGroup
from congress.services import tokens
from tests.builders import OPEN, add


def a_group(congress: Congress, **values: Any) -> RegistrationGroup:
    """Store a group without anybody; `values` replace what its contact said."""
    said = {"given_name": "Kim", "family_name": "Ost", "email": "kim@example.org"} | values
    known = {"email_key": fold_email(said["email"]), "language": "de", "created_at": OPEN}
    kept = tokens.fresh(GroupLink.CONTACT)[1]
    return add(RegistrationGroup(congress_id=congress.id, **said, **known, **kept))
