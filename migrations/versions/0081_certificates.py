"""Certificates of attendance, and who signs them.

Revision ID: 0081
Revises: 0080
"""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("name_digest", sa.String(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_certificates_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_certificates_registration_id_registrations"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_certificates_code_digest")),
    )
    op.create_index("ix_certificates_congress_id", "certificates", ["congress_id"])
    op.create_index("ix_certificates_registration_id", "certificates", ["registration_id"])
    op.create_index("ix_certificates_issued_at", "certificates", ["issued_at"])
    op.create_table(
        "certificate_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_certificate_signatures_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_signatures")),
        sa.UniqueConstraint("congress_id", name=op.f("uq_certificate_signatures_congress_id")),
    )


def downgrade() -> None:
    op.drop_table("certificate_signatures")
    op.drop_index("ix_certificates_issued_at", "certificates")
    op.drop_index("ix_certificates_registration_id", "certificates")
    op.drop_index("ix_certificates_congress_id", "certificates")
    op.drop_table("certificates")
