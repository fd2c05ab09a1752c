"""What membership rests on: conditions with evidence, documents, and applications.

Revision ID: 0086
Revises: 0085
"""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
APPLICATIONS, DOCUMENTS, CHECKS = (
    "membership_applications",
    "membership_documents",
    "condition_checks",
)


def upgrade() -> None:
    op.drop_index("ix_memberships_organisation", "memberships")
    op.create_index(
        "ix_memberships_history",
        "memberships",
        ["organisation_id", "since", "recorded_at", "id", "superseded_at", "state"],
    )
    _applications()
    _documents()
    _checks()


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"],
        ["organisations.id"],
        name=op.f(f"fk_{table}_organisation_id_organisations"),
    )


def _applications() -> None:
    texts = ("given_name", "family_name", "function", "email", "email_key", "phone", "language")
    op.create_table(
        APPLICATIONS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False, server_default="new"),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False, server_default=""),
        sa.Column("member_from", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'accepted', 'declined', 'withdrawn')",
            name=op.f(f"ck_{APPLICATIONS}_state_known"),
        ),
        _of_organisation(APPLICATIONS),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{APPLICATIONS}")),
        sa.UniqueConstraint("form_key", name=op.f(f"uq_{APPLICATIONS}_form_key")),
        sa.UniqueConstraint("digest", name=op.f(f"uq_{APPLICATIONS}_digest")),
    )
    op.create_index(f"ix_{APPLICATIONS}_state", APPLICATIONS, ["state", "id"])
    op.create_index(f"ix_{APPLICATIONS}_email", APPLICATIONS, ["email_key", "created_at"])
    op.create_index(f"ix_{APPLICATIONS}_organisation", APPLICATIONS, ["organisation_id"])


def _documents() -> None:
    op.create_table(
        DOCUMENTS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(organisation_id IS NULL) <> (application_id IS NULL)",
            name=op.f(f"ck_{DOCUMENTS}_of_one_thing"),
        ),
        _of_organisation(DOCUMENTS),
        sa.ForeignKeyConstraint(
            ["application_id"],
            [f"{APPLICATIONS}.id"],
            name=op.f(f"fk_{DOCUMENTS}_application_id_{APPLICATIONS}"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{DOCUMENTS}")),
    )
    op.create_index(f"ix_{DOCUMENTS}_organisation", DOCUMENTS, ["organisation_id"])
    op.create_index(f"ix_{DOCUMENTS}_application", DOCUMENTS, ["application_id"])


def _checks() -> None:
    op.create_table(
        CHECKS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False, server_default=""),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("superseded_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "condition IN ('contact', 'cross_cutting', 'declaration', 'card')",
            name=op.f(f"ck_{CHECKS}_condition_known"),
        ),
        sa.CheckConstraint(
            "held IN ('yes', 'planned', 'no')", name=op.f(f"ck_{CHECKS}_held_known")
        ),
        _of_organisation(CHECKS),
        sa.ForeignKeyConstraint(
            ["document_id"],
            [f"{DOCUMENTS}.id"],
            name=op.f(f"fk_{CHECKS}_document_id_{DOCUMENTS}"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{CHECKS}")),
    )
    op.create_index(f"ix_{CHECKS}_organisation", CHECKS, ["organisation_id", "condition"])
    op.create_index(f"ix_{CHECKS}_document", CHECKS, ["document_id"])
    believed = sa.text("superseded_at IS NULL")
    op.create_index(
        f"ix_{CHECKS}_believed",
        CHECKS,
        ["organisation_id", "condition"],
        unique=True,
        sqlite_where=believed,
        postgresql_where=believed,
    )


def downgrade() -> None:
    op.drop_table(CHECKS)
    op.drop_table(DOCUMENTS)
    op.drop_table(APPLICATIONS)
    op.drop_index("ix_memberships_history", "memberships")
    op.create_index("ix_memberships_organisation", "memberships", ["organisation_id", "since"])
