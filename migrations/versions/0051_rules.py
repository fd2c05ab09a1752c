"""The rules of registration that a congress chooses, where they are not the usual ones.

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("congresses", sa.Column("rules", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("congresses", "rules")
