"""That a place is none of somebody's own wishes: any other was welcome too.

Revision ID: 0107
Revises: 0106
"""

import sqlalchemy as sa
from alembic import op

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assignment_outcomes") as outcomes:
        outcomes.add_column(
            sa.Column("any_other", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("assignment_outcomes") as outcomes:
        outcomes.drop_column("any_other")
