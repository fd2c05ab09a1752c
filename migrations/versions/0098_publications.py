"""Publications among materials: editors, publisher, year; and of which module something is.

Revision ID: 0098
Revises: 0097
"""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Columns added, not a table built anew: SQLite would lose its checks.
    for name in ("editors", "publisher", "year"):
        op.add_column("materials", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("materials", sa.Column("day", sa.Date(), nullable=True))


def downgrade() -> None:
    for name in ("day", "year", "publisher", "editors"):
        op.drop_column("materials", name)
