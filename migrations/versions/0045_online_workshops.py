"""Of the link by which one takes part online in one workshop.

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

ITEMS = sa.table(
    "programme_items",
    sa.column("id", sa.Integer),
    sa.column("released", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    op.add_column(
        "programme_items", sa.Column("online_link", sa.String(), server_default="", nullable=False)
    )


def downgrade() -> None:
    bind = op.get_bind()
    shown = sa.select(ITEMS).where(ITEMS.c.released.is_not(None))
    for number, face in bind.execute(shown).all():
        if face.pop("online_link", None) is not None:
            bind.execute(sa.update(ITEMS).where(ITEMS.c.id == number).values(released=face))
    op.drop_column("programme_items", "online_link")
