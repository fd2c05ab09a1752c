"""People of a programme say who they are: shown, and as a draft.

Revision ID: 0024
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Columns added, not a table built anew.
    op.add_column("contributors", sa.Column("bio", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("contributors", sa.Column("draft", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("contributors", "draft")
    op.drop_column("contributors", "bio")
