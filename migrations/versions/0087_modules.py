"""What is known of each module of a course: title and place, by day.

Revision ID: 0087
Revises: 0086
"""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column added, not a table built anew: SQLite would lose its checks.
    op.add_column(
        "congresses", sa.Column("modules", sa.JSON(), server_default="{}", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("congresses", "modules")
