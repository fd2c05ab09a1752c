"""What a stand needs, and where it is.

Revision ID: 0053
Revises: 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

FITTINGS = ("needs_table", "needs_power", "needs_wall")


def upgrade() -> None:
    for name in FITTINGS:
        op.add_column(
            "proposals", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.add_column(
        "proposals", sa.Column("stand_place", sa.String(), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("proposals", "stand_place")
    for name in FITTINGS:
        op.drop_column("proposals", name)
