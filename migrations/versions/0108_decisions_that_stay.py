"""What was decided by hand outlives the release of an assignment; who keeps it is told from others.

Revision ID: 0108
Revises: 0107
"""

import sqlalchemy as sa
from alembic import op

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None

BEFORE = "how IN ('wish', 'by_hand', 'role', 'booked', 'none')"
SINCE = "how IN ('wish', 'by_hand', 'role', 'booked', 'held', 'none')"


def upgrade() -> None:
    with op.batch_alter_table("wish_decisions") as decisions:
        decisions.add_column(sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
        decisions.add_column(sa.Column("booking_id", sa.Integer(), nullable=True))
        decisions.create_foreign_key(
            op.f("fk_wish_decisions_booking_id_bookings"),
            "bookings",
            ["booking_id"],
            ["id"],
            ondelete="CASCADE",
        )
        decisions.create_index(op.f("ix_wish_decisions_booking_id"), ["booking_id"])
    _check(SINCE)


def downgrade() -> None:
    op.execute("UPDATE assignment_outcomes SET how = 'booked' WHERE how = 'held'")
    _check(BEFORE)
    # Until then they ended with the release.
    op.execute("DELETE FROM wish_decisions WHERE released_at IS NOT NULL")
    with op.batch_alter_table("wish_decisions") as decisions:
        decisions.drop_index(op.f("ix_wish_decisions_booking_id"))
        decisions.drop_constraint(op.f("fk_wish_decisions_booking_id_bookings"), type_="foreignkey")
        decisions.drop_column("booking_id")
        decisions.drop_column("released_at")


def _check(condition: str) -> None:
    with op.batch_alter_table("assignment_outcomes") as outcomes:
        outcomes.drop_constraint(op.f("ck_assignment_outcomes_how_known"), type_="check")
        outcomes.create_check_constraint(op.f("ck_assignment_outcomes_how_known"), condition)
