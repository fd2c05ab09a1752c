"""Which workshops are the same one, offered several times.

Revision ID: 0063
Revises: 0062
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "programme_items", sa.Column("same_as", sa.String(), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("programme_items", "same_as")
