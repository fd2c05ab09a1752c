"""When something takes place."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, order=True)
class TimeSlot:
    """A start and an end, both aware; half open, so that what follows at once does not overlap."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "TimeSlot") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    @property
    def duration(self) -> timedelta:
        return self.ends_at - self.starts_at

    def moved_to(self, starts_at: datetime) -> "TimeSlot":
        """Return a time as long as this one, also over a change of the clocks."""
        length = self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC)
        return TimeSlot(starts_at, starts_at.astimezone(UTC) + length)
