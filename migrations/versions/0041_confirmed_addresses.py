"""Until when a registration is held without its address confirmed, and how long a congress holds.

Revision ID: 0041
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0036"
branch_labels = None
depends_on = None

UNCONFIRMED = sa.text("unconfirmed_until IS NOT NULL")


def upgrade() -> None:
    op.add_column(
        "congresses",
        sa.Column("confirm_hours", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column(
        "registrations", sa.Column("unconfirmed_until", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_index(
        "ix_registrations_unconfirmed",
        "registrations",
        ["unconfirmed_until"],
        unique=False,
        sqlite_where=UNCONFIRMED,
        postgresql_where=UNCONFIRMED,
    )


def downgrade() -> None:
    op.drop_index("ix_registrations_unconfirmed", table_name="registrations")
    op.drop_column("registrations", "unconfirmed_until")
    op.drop_column("congresses", "confirm_hours")
