"""Moments as facts hold them."""

from datetime import UTC, datetime


def moment(value: datetime) -> str:
    """Return a moment as ISO 8601, UTC."""
    return value.astimezone(UTC).isoformat()
