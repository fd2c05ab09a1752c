"""Organisations as the quota of a congress counts them: spellings, domains, other numbers.

Revision ID: 0058
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
COUNTED = sa.text("quota_key <> ''")


def _of_congress(table: str, *columns: sa.Column[object], unique: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f(f"fk_{table}_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("congress_id", unique, name=op.f(f"uq_{table}_congress_id_{unique}")),
    )


def upgrade() -> None:
    _of_congress(
        "quota_spellings",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("likeness", FOLDED, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("told", sa.Boolean(), server_default=sa.false(), nullable=False),
        unique="words",
    )
    op.create_index("ix_quota_spellings_likeness", "quota_spellings", ["congress_id", "likeness"])
    _of_congress(
        "quota_domains",
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        unique="domain",
    )
    _of_congress(
        "quota_exceptions",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "places IS NULL OR places >= 0", name=op.f("ck_quota_exceptions_places")
        ),
        unique="key",
    )
    op.add_column(
        "registrations", sa.Column("quota_key", sa.String(), server_default="", nullable=False)
    )
    op.create_index(
        "ix_registrations_quota",
        "registrations",
        ["congress_id", "quota_key", "state"],
        sqlite_where=COUNTED,
        postgresql_where=COUNTED,
    )


def downgrade() -> None:
    op.drop_index("ix_registrations_quota", "registrations")
    op.drop_column("registrations", "quota_key")
    for table in ("quota_exceptions", "quota_domains", "quota_spellings"):
        op.drop_table(table)
