"""Of the link by which one takes part online.

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "congresses", sa.Column("online_link", sa.String(), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("congresses", "online_link")
