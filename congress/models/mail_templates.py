"""The mails of a congress in its organisers' words."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class MailTemplate(Base):
    """One kind of mail in one language; what is empty is as the program says it."""

    __tablename__ = "mail_templates"
    __table_args__ = (
        UniqueConstraint("congress_id", "kind", "language"),
        CheckConstraint("language IN ('de', 'en')", name="language_known"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    kind: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
