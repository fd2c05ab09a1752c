"""Readers of newsletters for tests."""

from typing import Any

from congress.domain.people import fold_email
from congress.domain.tokens import ReaderLink
from congress.models import Congress, NewsletterReader
from congress.services.tokens import fresh
from tests.builders import OPEN, add


def a_newsletter_reader(
    congress: Congress | None,  # none: the network's
    number: int = 1,
    **values: Any,  # noqa: ANN401 - columns
) -> NewsletterReader:
    """Somebody who has confirmed that they want the newsletter."""
    email = values.pop("email", f"leserin{number}@example.org")
    said = {"email": email, "email_key": fold_email(email), "language": "de"}
    _link, kept = fresh(ReaderLink.NEWSLETTER)
    moments = {"asked_at": OPEN, "confirmed_at": OPEN, "consent": "2026-11-29", "channel": "web"}
    return add(
        NewsletterReader(
            congress_id=congress.id if congress else None, **said | kept | moments | values
        )
    )
