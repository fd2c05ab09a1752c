"""Why a mail could not be put into words.

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

UNWRITTEN = "not rendered, see the log for "


def upgrade() -> None:
    op.add_column(
        "outbox_messages", sa.Column("fault", sa.String(), server_default="", nullable=False)
    )
    mails = sa.table("outbox_messages", sa.column("fault"), sa.column("last_error"))
    op.execute(
        mails.update()
        .where(mails.c.last_error.like(f"{UNWRITTEN}%"))
        .values(fault="unwritten", last_error=sa.func.replace(mails.c.last_error, UNWRITTEN, ""))
    )


def downgrade() -> None:
    mails = sa.table("outbox_messages", sa.column("fault"), sa.column("last_error"))
    op.execute(
        mails.update()
        .where(mails.c.fault != "")
        .values(last_error=sa.literal(UNWRITTEN).op("||")(mails.c.last_error))
    )
    op.drop_column("outbox_messages", "fault")
