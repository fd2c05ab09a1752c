"""When somebody was given a role, so that the team's page knows who has not come since.

Of roles from before nobody knows it.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column added, not a table built anew: SQLite would lose its checks.
    op.add_column(
        "congress_roles", sa.Column("given_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("congress_roles", "given_at")
