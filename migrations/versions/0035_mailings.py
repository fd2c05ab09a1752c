"""Info mails with their attachments, and which mails are theirs.

Revision ID: 0035
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0040"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('scheduled', 'sending', 'paused')")
THEIRS = sa.text("mailing_id IS NOT NULL")
REFERENCE, INDEX = "fk_outbox_messages_mailing_id_mailings", "ix_outbox_messages_mailing"


def upgrade() -> None:
    op.create_table(
        "mailings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("readers", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("told_up_to", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("copy_of_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'scheduled', 'sending', 'paused', 'sent', 'stopped')",
            name=op.f("ck_mailings_state_known"),
        ),
        sa.CheckConstraint("done <= total", name=op.f("ck_mailings_progress")),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_mailings_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["copy_of_id"],
            ["mailings.id"],
            name=op.f("fk_mailings_copy_of_id_mailings"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailings")),
    )
    op.create_index(op.f("ix_mailings_congress_id"), "mailings", ["congress_id"], unique=False)
    op.create_index(
        "ix_mailings_open",
        "mailings",
        ["state", "scheduled_at", "id"],
        unique=False,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "mailing_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing_id"],
            ["mailings.id"],
            name=op.f("fk_mailing_files_mailing_id_mailings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_files")),
    )
    op.create_index(
        op.f("ix_mailing_files_mailing_id"), "mailing_files", ["mailing_id"], unique=False
    )
    with op.batch_alter_table("outbox_messages") as table:
        table.add_column(sa.Column("mailing_id", sa.Integer(), nullable=True))
        table.create_foreign_key(REFERENCE, "mailings", ["mailing_id"], ["id"], ondelete="SET NULL")
    op.create_index(
        INDEX,
        "outbox_messages",
        ["mailing_id", "state"],
        unique=False,
        sqlite_where=THEIRS,
        postgresql_where=THEIRS,
    )


def downgrade() -> None:
    op.drop_index(INDEX, table_name="outbox_messages")
    with op.batch_alter_table("outbox_messages") as table:
        table.drop_constraint(REFERENCE, type_="foreignkey")
        table.drop_column("mailing_id")
    op.drop_table("mailing_files")
    op.drop_table("mailings")
