"""Further reminders beside the one of each sort, and some that are for one workshop alone.

Down again, those go: the version before would send them to everybody.

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

ONE_OF_EACH = sa.text("NOT is_added")
OF_EACH_SORT, OF_AN_ITEM = "uq_reminders_one_of_each", "fk_reminders_item_id_programme_items"
REMINDERS = sa.table(
    "reminders", sa.column("is_added", sa.Boolean), sa.column("item_id", sa.Integer)
)


def upgrade() -> None:
    with op.batch_alter_table("reminders") as table:
        table.drop_constraint(op.f("uq_reminders_congress_id_reminder"), type_="unique")
        table.add_column(
            sa.Column("is_added", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        table.add_column(sa.Column("item_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f(OF_AN_ITEM), "programme_items", ["item_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index(op.f("ix_reminders_item_id"), "reminders", ["item_id"])
    op.create_index(
        OF_EACH_SORT,
        "reminders",
        ["congress_id", "reminder"],
        unique=True,
        sqlite_where=ONE_OF_EACH,
        postgresql_where=ONE_OF_EACH,
    )


def downgrade() -> None:
    further = sa.or_(REMINDERS.c.is_added, REMINDERS.c.item_id.is_not(None))
    op.execute(sa.delete(REMINDERS).where(further))
    op.drop_index(OF_EACH_SORT, table_name="reminders")
    op.drop_index(op.f("ix_reminders_item_id"), table_name="reminders")
    with op.batch_alter_table("reminders") as table:
        table.drop_constraint(op.f(OF_AN_ITEM), type_="foreignkey")
        table.drop_column("item_id")
        table.drop_column("is_added")
        table.create_unique_constraint(
            op.f("uq_reminders_congress_id_reminder"), ["congress_id", "reminder"]
        )
