"""The newsletter of a congress: asked for, confirmed from the mailbox, left at any time."""

from datetime import timedelta

# What somebody agreed to; another text is another version (GDPR-03).
CONSENT_VERSION = "2026-11-29"
KEPT_UNCONFIRMED = timedelta(days=7)
