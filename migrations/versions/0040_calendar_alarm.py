"""Of what a congress lets calendars remind people.

Revision ID: 0040
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "congresses", sa.Column("reminder", sa.String(), server_default="none", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("congresses", "reminder")
