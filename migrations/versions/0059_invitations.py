"""Invitations, and by which of them somebody registered.

Revision ID: 0059
Revises: 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

HOLDS = sa.text("withdrawn_at IS NULL")
INVITED = sa.text("invitation_id IS NOT NULL")
OF_A_PERSON = "fk_registrations_invitation_id_invitations"


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in (
                *("given_name", "family_name", "organisation", "email", "email_key", "name_key"),
                *("organisation_key", "language"),
            )
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("nonce", "key_id", "digest")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("sent_at", "declined_at", "withdrawn_at")
        ),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("represented_by", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint("places >= 1", name=op.f("ck_invitations_places")),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_invitations_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitations_digest")),
    )
    op.create_index(op.f("ix_invitations_congress_id"), "invitations", ["congress_id"])
    op.create_index(
        "uq_invitations_guest",
        "invitations",
        ["congress_id", "email_key", "name_key", "organisation_key"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )
    with op.batch_alter_table("registrations") as table:
        table.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f(OF_A_PERSON), "invitations", ["invitation_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(
        "ix_registrations_invitation",
        "registrations",
        ["invitation_id"],
        sqlite_where=INVITED,
        postgresql_where=INVITED,
    )


def downgrade() -> None:
    op.drop_index("ix_registrations_invitation", table_name="registrations")
    with op.batch_alter_table("registrations") as table:
        table.drop_constraint(op.f(OF_A_PERSON), type_="foreignkey")
        table.drop_column("invitation_id")
    op.drop_table("invitations")
