"""Places that are handed over to a named colleague.

Revision ID: 0062
Revises: 0061
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

REFERENCE = "fk_registrations_substituted_by_id_registrations"
INDEX, SUBSTITUTED = "ix_registrations_substituted", sa.text("substituted_by_id IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("registrations") as table:
        table.add_column(sa.Column("substituted_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(REFERENCE, "registrations", ["substituted_by_id"], ["id"])
    op.create_index(
        INDEX,
        "registrations",
        ["substituted_by_id"],
        unique=False,
        sqlite_where=SUBSTITUTED,
        postgresql_where=SUBSTITUTED,
    )
    op.create_table(
        "hand_overs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_hand_overs_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
        sa.UniqueConstraint("digest", name=op.f("uq_hand_overs_digest")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_hand_overs_registration_id")),
    )
    op.create_index(op.f("ix_hand_overs_expires_at"), "hand_overs", ["expires_at"])


def downgrade() -> None:
    op.drop_table("hand_overs")
    op.drop_index(INDEX, table_name="registrations")
    with op.batch_alter_table("registrations") as table:
        table.drop_constraint(REFERENCE, type_="foreignkey")
        table.drop_column("substituted_by_id")
