"""Invitations remember which municipality named the person as a local partner.

Revision ID: 0089
Revises: 0088
"""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

NAMED = sa.text("named_by_id IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("invitations") as invitations:
        invitations.add_column(sa.Column("named_by_id", sa.Integer(), nullable=True))
        invitations.create_foreign_key(
            op.f("fk_invitations_named_by_id_organisations"),
            "organisations",
            ["named_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.create_index(
        "ix_invitations_named_by",
        "invitations",
        ["named_by_id", "congress_id"],
        sqlite_where=NAMED,
        postgresql_where=NAMED,
    )


def downgrade() -> None:
    op.drop_index("ix_invitations_named_by", "invitations")
    with op.batch_alter_table("invitations") as invitations:
        invitations.drop_constraint(
            op.f("fk_invitations_named_by_id_organisations"), type_="foreignkey"
        )
        invitations.drop_column("named_by_id")
