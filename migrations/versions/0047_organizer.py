"""Which mailbox invites in the calendar entries of a congress.

Nobody knows who did until now: the sender of the next entry is taken for it.

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "congresses", sa.Column("organizer", sa.String(), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("congresses", "organizer")
