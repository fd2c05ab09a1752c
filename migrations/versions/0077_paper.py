"""What stands on the printed sheets of a congress: who funds it, which meals are free.

Revision ID: 0077
Revises: 0076
"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column added, not a table built anew: SQLite would lose its checks.
    op.add_column("congresses", sa.Column("paper", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("congresses", "paper")
