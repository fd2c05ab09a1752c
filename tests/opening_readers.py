"""People who want to know when registration opens, for tests."""

from typing import Any

from congress.domain.people import fold_email
from congress.domain.tokens import OpeningLink
from congress.models import Congress, OpeningReader
from congress.services.tokens import fresh
from tests.builders import BEFORE, add


def an_opening_reader(
    congress: Congress,
    number: int = 1,
    **values: Any,  # noqa: ANN401 - columns
) -> OpeningReader:
    """Somebody who has confirmed that they want to be told."""
    email = values.pop("email", f"gespannt{number}@example.org")
    said = {"email": email, "email_key": fold_email(email), "language": "de"}
    _link, kept = fresh(OpeningLink.OPENING)
    moments = {"asked_at": BEFORE, "confirmed_at": BEFORE, "consent": "2026-11-29"}
    return add(OpeningReader(congress_id=congress.id, **said | kept | moments | values))
