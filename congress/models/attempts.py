"""Failed attempts of late: what limits are counted from."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from congress.base import Base


class Attempt(Base):
    """One attempt that counts; `key` says of what, and is a digest where that is personal.

    Written outside `transaction()`, in a file of its own where the database is SQLite, so that
    counting never waits for registrations (SEC-33).
    """

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_key", "key", "at"), Index("ix_attempts_at", "at"))

    key: Mapped[str]
    at: Mapped[datetime]
