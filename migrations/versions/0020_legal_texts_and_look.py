"""What is set on pages of their own: the legal texts of a host, colours and letters of a congress.

Revision ID: 0020
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column added, not a table built anew: SQLite would lose its checks.
    op.add_column(
        "organisations", sa.Column("legal", sa.JSON(), server_default="{}", nullable=False)
    )
    for name in ("look", "letters"):
        column = sa.Column(name, sa.JSON(), server_default="{}", nullable=False)
        op.add_column("congresses", column)


def downgrade() -> None:
    op.drop_column("congresses", "letters")
    op.drop_column("congresses", "look")
    op.drop_column("organisations", "legal")
