"""Last days of their own for changes and for cancelling, where a congress names any.

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

COLUMNS = ("changes_until", "withdrawals_until")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("congresses", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("congresses", name)
