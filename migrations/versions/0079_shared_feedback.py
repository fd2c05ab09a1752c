"""Whether dialogue partners see what was said of their own workshop.

Revision ID: 0079
Revises: 0078
"""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feedback_surveys") as batch_op:
        batch_op.add_column(
            sa.Column("is_shared", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("feedback_surveys") as batch_op:
        batch_op.drop_column("is_shared")
