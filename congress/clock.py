"""What time it is, asked once at the edge of the program and handed inward as `now`."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current moment, aware and in UTC."""
    return datetime.now(UTC)
