"""Mails that could not be delivered and that somebody has settled in another way.

Going down, they count as not delivered again: a warning too many is better than one too few.

Revision ID: 0022
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column added, not a table built anew: SQLite would lose its checks.
    op.add_column(
        "outbox_messages", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("outbox_messages", "settled_at")
