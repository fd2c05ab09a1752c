"""Short titles of programme items, for lists, overview, own page and log.

What was released before stays as it is: without the key a face has no short title.

Revision ID: 0010
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

ITEMS = sa.table(
    "programme_items",
    sa.column("id", sa.Integer),
    sa.column("released", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    # A column added, not a table built anew: SQLite would lose its checks.
    op.add_column(
        "programme_items",
        sa.Column("short_title", sa.JSON(), nullable=False, server_default="{}"),
    )


def downgrade() -> None:
    bind = op.get_bind()
    shown = sa.select(ITEMS).where(ITEMS.c.released.is_not(None))
    for number, face in bind.execute(shown).all():
        if face.pop("short_title", None) is not None:
            bind.execute(sa.update(ITEMS).where(ITEMS.c.id == number).values(released=face))
    op.drop_column("programme_items", "short_title")
