"""When whoever is invited was told that the congress is called off.

Of congresses that are called off already nobody is told any more.

Revision ID: 0066
Revises: 0065
"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitations", sa.Column("told_off_at", sa.DateTime(timezone=True)))
    op.execute(
        "UPDATE invitations SET told_off_at = sent_at"
        " WHERE congress_id IN (SELECT id FROM congresses WHERE state = 'cancelled')"
    )


def downgrade() -> None:
    op.drop_column("invitations", "told_off_at")
