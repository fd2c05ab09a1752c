"""Info mails and a newsletter of the network, which belong to no congress, and their archive.

Revision ID: 0102
Revises: 0101
"""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
OF_NETWORK = sa.text("congress_id IS NULL")
MAILINGS = sa.table("mailings", sa.column("id"), sa.column("congress_id"), sa.column("copy_of_id"))
MAILS = sa.table("outbox_messages", sa.column("mailing_id"))
FILES = sa.table("mailing_files", sa.column("mailing_id"))
READERS = sa.table("newsletter_readers", sa.column("congress_id"))


def upgrade() -> None:
    _let_congress(be_missing=True)
    op.create_index(
        "ix_newsletter_readers_network",
        "newsletter_readers",
        ["email_key"],
        unique=True,
        sqlite_where=OF_NETWORK,
        postgresql_where=OF_NETWORK,
    )
    op.create_table(
        "archived_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("readers", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("search", FOLDED, nullable=False),
        sa.Column("archived_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "readers IN ('members', 'public')", name=op.f("ck_archived_mails_readers_known")
        ),
        sa.ForeignKeyConstraint(
            ["mailing_id"],
            ["mailings.id"],
            name=op.f("fk_archived_mails_mailing_id_mailings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived_mails")),
        sa.UniqueConstraint("mailing_id", name=op.f("uq_archived_mails_mailing_id")),
        sa.UniqueConstraint("code", name=op.f("uq_archived_mails_code")),
    )


def downgrade() -> None:
    op.drop_table("archived_mails")
    op.drop_index("ix_newsletter_readers_network", "newsletter_readers")
    # What is of the network has no place in the tables of before.
    theirs = sa.select(MAILINGS.c.id).where(MAILINGS.c.congress_id.is_(None))
    for table, column in ((MAILS, "mailing_id"), (MAILINGS, "copy_of_id")):
        of_theirs = table.c[column].in_(theirs)
        op.execute(sa.update(table).where(of_theirs).values({column: None}))
    op.execute(sa.delete(FILES).where(FILES.c.mailing_id.in_(theirs)))
    for table in (MAILINGS, READERS):
        op.execute(sa.delete(table).where(table.c.congress_id.is_(None)))
    _let_congress(be_missing=False)


def _let_congress(*, be_missing: bool) -> None:
    for table in ("mailings", "newsletter_readers"):
        with op.batch_alter_table(table) as changed:
            changed.alter_column("congress_id", existing_type=sa.Integer(), nullable=be_missing)
