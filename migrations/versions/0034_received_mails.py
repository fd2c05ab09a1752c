"""Mailboxes that take nothing, answers of calendars, mails for a human.

Revision ID: 0034
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0030"
branch_labels = None
depends_on = None

OPEN = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "dead_mailboxes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dead_mailboxes")),
        sa.UniqueConstraint("email_key", name=op.f("uq_dead_mailboxes_email_key")),
    )
    op.create_index(op.f("ix_dead_mailboxes_since"), "dead_mailboxes", ["since"], unique=False)
    op.create_table(
        "calendar_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer IN ('ACCEPTED', 'TENTATIVE', 'DECLINED')",
            name=op.f("ck_calendar_replies_answer_known"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_calendar_replies_registration_id_registrations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_replies")),
        sa.UniqueConstraint(
            "registration_id", "uid", name=op.f("uq_calendar_replies_registration_id_uid")
        ),
    )
    op.create_table(
        "received_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_received_mails_congress_id_congresses"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_received_mails_registration_id_registrations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_mails")),
        sa.UniqueConstraint("digest", name=op.f("uq_received_mails_digest")),
    )
    op.create_index(
        op.f("ix_received_mails_received_at"), "received_mails", ["received_at"], unique=False
    )
    op.create_index(
        "ix_received_mails_open",
        "received_mails",
        ["congress_id"],
        unique=False,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    with op.batch_alter_table("outbox_control") as table:
        table.add_column(sa.Column("replies_fault", sa.String(), server_default="", nullable=False))
        table.add_column(
            sa.Column("replies_fault_since", sa.DateTime(timezone=True), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox_control") as table:
        table.drop_column("replies_fault_since")
        table.drop_column("replies_fault")
    op.drop_table("received_mails")
    op.drop_table("calendar_replies")
    op.drop_table("dead_mailboxes")
