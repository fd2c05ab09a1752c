"""Whoever registers several people: the contact of a group, and what holds for it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, false, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

FROM_A_FORM = text("form_key <> ''")


class RegistrationGroup(Base):
    """The contact of people who were registered in one form; its people name it.

    Name and address are there to send the link to, and go when nobody of the group is registered
    any more, or its congress is over.
    """

    __tablename__ = "registration_groups"
    __table_args__ = (
        partial_index(
            "uq_registration_groups_form", "congress_id form_key", where=FROM_A_FORM, unique=True
        ),
        CheckConstraint("in_workshops IN ('', 'together', 'apart')", name="in_workshops_known"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    given_name: Mapped[str]
    family_name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str]
    language: Mapped[str]
    # Whether they come only together: all have a place in the congress, or all wait.
    together: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Where workshops are given by wishes: all in the same one, or each in another.
    in_workshops: Mapped[str] = mapped_column(default="", server_default="")
    form_key: Mapped[str] = mapped_column(default="")  # which form it came from: a double submit
    added_key: Mapped[str] = mapped_column(default="", server_default="")  # the last that added
    # How many were named in these forms, whether or not they were registered already.
    named: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[datetime]
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
