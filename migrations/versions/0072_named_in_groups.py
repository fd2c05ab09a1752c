"""How many people the contact of a group has named.

Revision ID: 0072
Revises: 0071
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("registration_groups") as batch_op:
        batch_op.add_column(sa.Column("added_key", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("named", sa.Integer(), nullable=False, server_default="0"))
    # Whoever was registered already left no trace in a group: of these nobody is counted.
    op.execute(
        "UPDATE registration_groups SET named ="
        " (SELECT COUNT(*) FROM registrations WHERE group_id = registration_groups.id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("registration_groups") as batch_op:
        batch_op.drop_column("named")
        batch_op.drop_column("added_key")
