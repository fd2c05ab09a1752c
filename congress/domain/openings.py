"""Being told when registration opens: asked for, confirmed by mail, told once and forgotten."""

from datetime import timedelta

from congress.domain.eligibility import eligibility
from congress.domain.errors import Refused
from congress.domain.hall import Hall
from congress.domain.registration import CongressFull, RegistrationNotOpenYet

# What somebody agreed to; another text is another version (GDPR-03).
CONSENT_VERSION = "2026-11-29"
KEPT_UNCONFIRMED = timedelta(days=7)


class OpeningNotAwaited(Refused):
    """Registration is open by now, or nobody can say any more that it will be."""


def is_awaited(hall: Hall) -> bool:
    """Return whether registration will open, and nothing but its time is in the way."""
    reasons = eligibility(hall)
    waits = any(isinstance(each, RegistrationNotOpenYet) for each in reasons)
    return waits and all(
        isinstance(each, RegistrationNotOpenYet | CongressFull) for each in reasons
    )


def has_opened(hall: Hall) -> bool:
    """Return whether those who asked can be told; where all is taken the page says so."""
    return all(isinstance(each, CongressFull) for each in eligibility(hall))
