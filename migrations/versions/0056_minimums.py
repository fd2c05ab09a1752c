"""How many people a workshop needs, and when organisers were asked and answered.

Revision ID: 0056
Revises: 0055
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

COLUMNS = {
    "minimum": sa.Integer(),
    "minimum_by": sa.Date(),
    "minimum_asked_at": sa.DateTime(timezone=True),
    "minimum_settled_at": sa.DateTime(timezone=True),
}
OPEN = sa.text("minimum IS NOT NULL AND minimum_asked_at IS NULL")


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("programme_items", sa.Column(name, kind, nullable=True))
    op.create_index(
        "ix_programme_items_unasked",
        "programme_items",
        ["congress_id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_programme_items_unasked", "programme_items")
    for name in reversed(COLUMNS):
        op.drop_column("programme_items", name)
