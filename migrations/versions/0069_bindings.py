"""Which items are bound to each other: one of several, or one only with another.

Revision ID: 0069
Revises: 0068
"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("one_of", "only_with"):
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("programme_items", column)


def downgrade() -> None:
    for name in ("only_with", "one_of"):
        op.drop_column("programme_items", name)
