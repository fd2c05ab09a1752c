"""For which contact person of a member an invitation is.

Revision ID: 0088
Revises: 0087
"""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitations") as table:
        table.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            table.f("fk_invitations_contact_id_contact_persons"),
            "contact_persons",
            ["contact_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(
            "ix_invitations_contact_id",
            ["contact_id"],
            sqlite_where=sa.text("contact_id IS NOT NULL"),
            postgresql_where=sa.text("contact_id IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("invitations") as table:
        table.drop_index("ix_invitations_contact_id")
        table.drop_constraint("fk_invitations_contact_id_contact_persons", type_="foreignkey")
        table.drop_column("contact_id")
