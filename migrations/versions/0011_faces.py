"""The face of a congress: its colour, and how large the logos are.

Revision ID: 0011
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from congress.domain.images import image_size

revision = "0011"
down_revision = "0007"
branch_labels = None
depends_on = None

ORGANISATIONS = sa.table(
    "organisations",
    sa.column("id", sa.Integer),
    sa.column("logo", sa.LargeBinary),
    sa.column("logo_width", sa.Integer),
    sa.column("logo_height", sa.Integer),
)


def upgrade() -> None:
    # Column by column: SQLite would lose the checks of a table that is built anew.
    op.add_column(
        "congresses", sa.Column("colour", sa.String(), nullable=False, server_default="blue")
    )
    for name in ("logo_width", "logo_height"):
        op.add_column("organisations", sa.Column(name, sa.Integer(), nullable=True))
    bind = op.get_bind()
    with_logo = sa.select(ORGANISATIONS.c.id).where(ORGANISATIONS.c.logo.is_not(None))
    for number in bind.scalars(with_logo).all():
        this = ORGANISATIONS.c.id == number
        size = image_size(bind.scalars(sa.select(ORGANISATIONS.c.logo).where(this)).one())
        if size:
            values = {"logo_width": size[0], "logo_height": size[1]}
            bind.execute(sa.update(ORGANISATIONS).where(this).values(values))


def downgrade() -> None:
    op.drop_column("organisations", "logo_height")
    op.drop_column("organisations", "logo_width")
    op.drop_column("congresses", "colour")
