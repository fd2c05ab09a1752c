"""What organisers note about a registration.

Revision ID: 0032
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "registrations", sa.Column("note", sa.String(), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("registrations", "note")
